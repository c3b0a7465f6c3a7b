/** The states of every screen: waiting, a failure with its next step, nothing yet, not allowed. */
import { createSignal, createUniqueId, onCleanup, onMount, Show, type Accessor, type JSX } from "solid-js";
import type { Permission } from "../../../src/kernel/roles";
import type { Trouble } from "../api";
import { shellWords, stateOfPageWords as words } from "../words";
import type { Live } from "./live";
import { useShop } from "./shop";

/** Nothing for 200 ms, then a skeleton of the final height: fast answers never flash. */
export function Waiting(props: { children: JSX.Element }): JSX.Element {
  const [isLate, setLate] = createSignal(false);
  const timer = setTimeout(() => setLate(true), 200);
  onCleanup(() => clearTimeout(timer));
  return (
    <div class={isLate() ? "waiting late" : "waiting"} role="status" aria-busy="true">
      <span class="unseen">{isLate() ? words.loading : ""}</span>
      <div aria-hidden="true">{props.children}</div>
    </div>
  );
}

/** Grey bars of the final height of a line, a card, a table. */
export function Bars(props: { count: number; tall?: boolean }): JSX.Element {
  return <div class={props.tall ? "bars tall" : "bars"}>{Array.from({ length: props.count }, () => <i />)}</div>;
}

/** A failure where it happened: what, and what to do, with the button that does it. */
export function Problem(props: { trouble: Trouble; onRetry?: () => void }): JSX.Element {
  return (
    <div class="notice failed" role="alert">
      <h2><span aria-hidden="true">! </span>{props.trouble.title}</h2>
      <p>{props.trouble.next}</p>
      <Show when={props.onRetry}>
        <p><button type="button" class="button" onClick={() => props.onRetry?.()}>{words.again}</button></p>
      </Show>
      <Show when={props.trouble.reference !== ""}><p class="small">{words.reference(props.trouble.reference)}</p></Show>
    </div>
  );
}

/** Shows a live value; while there is none a skeleton or the failure, and a quiet line when a refresh failed. */
export function Loaded<T>(props: { live: Live<T>; skeleton: JSX.Element; children: (value: Accessor<T>) => JSX.Element }): JSX.Element {
  const again = () => void props.live.reload();
  return (
    <Show
      when={props.live.value()}
      fallback={
        <Show when={props.live.trouble()} fallback={<Waiting>{props.skeleton}</Waiting>}>
          {(trouble) => <Problem trouble={trouble()} onRetry={again} />}
        </Show>
      }
    >
      {(value) => (
        <>
          <Show when={props.live.trouble()}>
            <p class="stale" role="status">{words.stale} <button type="button" class="plain" onClick={again}>{words.again}</button></p>
          </Show>
          {props.children(value)}
        </>
      )}
    </Show>
  );
}

/** A page for those who may see it; everyone else learns whom to ask. */
export function Permitted(props: { permission: Permission; children: JSX.Element }): JSX.Element {
  const shop = useShop();
  return (
    <Show when={shop.may(props.permission)} fallback={<NotPermitted next={words.askFor(shop.whoMay(props.permission))} />}>
      {props.children}
    </Show>
  );
}

/** In place of a page, with a title of its own in the tab; `next` says whom to ask. */
export function NotPermitted(props: { next: string }): JSX.Element {
  onMount(() => (document.title = `${words.notPermitted.replace(".", "")} · ${shellWords.brand}`));
  return (
    <div class="notice">
      <h1>{words.notPermitted}</h1>
      <p>{props.next}</p>
    </div>
  );
}

type ActProps = {
  permission: Permission;
  onPress: () => void;
  isPrimary?: boolean;
  isBusy?: boolean;
  children: JSX.Element;
};

/** A button that needs a permission: without it, it stays where it is, disabled, and says who may press it. */
export function Act(props: ActProps): JSX.Element {
  const shop = useShop();
  const note = createUniqueId();
  const may = () => shop.may(props.permission);
  const press = () => {
    if (may() && !props.isBusy) props.onPress();
  };
  return (
    <span class="act">
      <button
        type="button"
        class={props.isPrimary ? "button primary" : "button"}
        aria-disabled={!may() || props.isBusy ? "true" : undefined}
        aria-describedby={may() ? undefined : note}
        onClick={press}
      >
        {props.children}
      </button>
      <Show when={!may()}><small id={note}>{words.needs(shop.whoMay(props.permission))}</small></Show>
    </span>
  );
}
