/**
 * Chooses an account by typing (the combobox pattern of the ARIA practices). Enter takes the suggestion or the marked
 * account and moves the focus to the next box of the same list; Escape leaves everything as it was.
 */
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show, type JSX } from "solid-js";
import type { ChartAccount, MappingLine } from "../../../src/features/mapping/contract";
import { accountOptions } from "./accounts";
import { Icon } from "./icon";

export type AccountChoice = { readonly id: string; readonly name: string };

type BoxProps = {
  label: string;
  accounts: readonly ChartAccount[];
  nature: MappingLine["nature"];
  value: AccountChoice | null;
  suggestion: MappingLine["suggestion"];
  isDisabled?: boolean;
  describedBy?: string | undefined;
  onChoose: (account: AccountChoice) => void;
  /** Shift with an arrow while the list is closed: the focus goes one box up or down, and the page hears of it. */
  onExtend?: ((by: 1 | -1) => void) | undefined;
  /** Offered as the last row of the list where it is given. */
  onCreate?: ((typed: string) => void) | undefined;
  createWord?: string;
};

/** The box and its list. */
export function AccountBox(props: BoxProps): JSX.Element {
  const box = createBox(props);
  return (
    <div class="account-box" classList={{ open: box.isOpen(), proposed: props.value === null && props.suggestion !== null }} onFocusOut={box.onFocusOut}>
      <input
        ref={box.setInput} type="text" role="combobox" autocomplete="off" spellcheck={false} aria-label={props.label} aria-autocomplete="list"
        aria-expanded={box.isOpen()} aria-controls={box.id} aria-activedescendant={box.isOpen() ? `${box.id}-${box.at()}` : undefined} aria-describedby={props.describedBy}
        disabled={props.isDisabled} value={box.shown()} placeholder={props.suggestion?.account.name ?? "Choose an account"}
        onInput={(event) => box.type(event.currentTarget.value)} onKeyDown={box.onKey} onClick={box.open}
      />
      <Icon name="down" />
      <ul id={box.id} role="listbox" aria-label={props.label} hidden={!box.isOpen()}>
        <For each={box.options()}>
          {(option, index) => (
            <li id={`${box.id}-${index()}`} role="option" aria-selected={index() === box.at()} onPointerDown={(event) => event.preventDefault()} onPointerMove={() => box.setAt(index())} onClick={() => box.choose(index())}>
              <span>{option.account.name}</span><small>{option.isSuggested ? "Suggested" : option.account.type}</small>
            </li>
          )}
        </For>
        <Show when={box.hasCreate()}>
          <li id={`${box.id}-${box.options().length}`} role="option" class="create" aria-selected={box.at() === box.options().length} onPointerDown={(event) => event.preventDefault()} onPointerMove={() => box.setAt(box.options().length)} onClick={() => box.choose(box.options().length)}>
            <span>{props.createWord ?? "Create another…"}</span>
          </li>
        </Show>
        <Show when={box.options().length === 0 && !box.hasCreate()}><li class="none" role="option" aria-disabled="true" aria-selected="false">No account by that name</li></Show>
      </ul>
    </div>
  );
}

/** What the list offers, and which of it is marked: the chosen account first, and the best match while typing. */
function createOptions(props: BoxProps, { id, isOpen, typed }: { id: string; isOpen: () => boolean; typed: () => string | null }) {
  const [at, setAt] = createSignal(0);
  const options = createMemo(() => (isOpen() ? accountOptions(props.accounts, props.nature, props.suggestion?.account.id ?? null, typed() ?? "") : []));
  const hasCreate = () => props.onCreate !== undefined;
  const last = () => options().length - (hasCreate() ? 0 : 1);
  createEffect(on([isOpen, typed], () => setAt(typed() === null ? Math.max(0, options().findIndex((option) => option.account.id === props.value?.id)) : 0)));
  createEffect(on(at, (index) => document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: "nearest" }), { defer: true }));
  return { options, at, setAt, hasCreate, last };
}

function createBox(props: BoxProps) {
  let input: HTMLInputElement | undefined;
  const id = createUniqueId();
  const [typed, setTyped] = createSignal<string | null>(null);
  const [isOpen, setOpen] = createSignal(false);
  const { options, at, setAt, hasCreate, last } = createOptions(props, { id, isOpen, typed });

  const close = () => { setOpen(false); setTyped(null); };
  const open = () => {
    if (props.isDisabled || isOpen()) return;
    setOpen(true);
    input?.select();
  };
  const take = (account: AccountChoice) => {
    close();
    props.onChoose(account);
    focusNext(input);
  };
  const choose = (index: number) => {
    const option = options()[index];
    if (option !== undefined) return take({ id: option.account.id, name: option.account.name });
    const text = typed() ?? "";
    close();
    props.onCreate?.(text);
  };
  const step = (by: number) => {
    if (isOpen()) setAt(Math.max(0, Math.min(last(), at() + by)));
    else open();
  };
  const enter = () => {
    if (isOpen()) choose(at());
    else if (props.value === null && props.suggestion !== null) take(props.suggestion.account);
    else open();
  };
  const extend = (by: 1 | -1) => {
    if (isOpen()) return step(by);
    props.onExtend?.(by);
    if (props.onExtend !== undefined) focusNext(input, by);
  };
  return {
    id, isOpen, at, setAt, options, hasCreate, choose, open,
    onKey: keysOf({ Enter: enter, ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: () => (isOpen() ? close() : "not mine"), "Shift ArrowDown": () => extend(1), "Shift ArrowUp": () => extend(-1) }),
    setInput: (element: HTMLInputElement) => (input = element),
    shown: () => typed() ?? props.value?.name ?? "",
    type: (text: string) => { setTyped(text); setOpen(true); },
    onFocusOut: (event: FocusEvent & { currentTarget: HTMLElement }) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) close();
    },
  };
}

/** Runs what a key means here; a key that is not ours goes on to the page and the browser. */
function keysOf(acts: Readonly<Record<string, () => unknown>>): (event: KeyboardEvent) => void {
  return (event) => {
    const act = acts[event.shiftKey ? `Shift ${event.key}` : event.key];
    if (act === undefined || act() === "not mine") return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** The next box of the list that this one stands in, or the one before; at the end the focus stays. */
function focusNext(input: HTMLInputElement | undefined, by: 1 | -1 = 1): void {
  const boxes = [...(input?.closest("[data-account-list]")?.querySelectorAll<HTMLInputElement>(".account-box input:not(:disabled)") ?? [])];
  const next = input === undefined ? undefined : boxes[boxes.indexOf(input) + by];
  (next ?? input)?.focus();
  // As after Tab: what is typed next takes the place of what stands there.
  next?.select();
}
