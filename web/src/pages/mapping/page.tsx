/** Where each line of the till goes in the books. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, For, on, Show, type Accessor, type JSX } from "solid-js";
import type { MappingView } from "../../../../src/features/mapping/contract";
import { shopApi, type Trouble } from "../../api";
import { ago } from "../../ui/dates";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { createMappingController, type MappingController } from "./controller";
import { acceptable, counts, isShown, needsAccount, readShow, type Show as ShowName } from "./lines";
import { MappingTable } from "./table";
import { mappingWords as words, showWords } from "./words";

/** /mapping */
export default function MappingPage(): JSX.Element {
  return <Permitted permission="mapping.read"><Mapping /></Permitted>;
}

function Mapping(): JSX.Element {
  const mapping = createMappingController();
  const [isReading, setReading] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const refresh = async () => {
    setReading(true);
    setTrouble(undefined);
    const answer = await shopApi.refreshAccounts();
    await mapping.live.reload();
    setReading(false);
    if (answer.ok) announce(words.refreshed);
    else setTrouble(answer.failure);
  };
  const suggestions = () => Object.keys(acceptable(mapping.lines())).length;
  return (
    <Page
      title={words.title}
      about={<About mapping={mapping} />}
      actions={
        <>
          <Show when={mapping.live.value()?.booksName}><Act permission="mapping.write" isBusy={isReading()} onPress={() => void refresh()}>{isReading() ? words.refreshing : words.refresh}</Act></Show>
          <Show when={suggestions() > 0}><Act permission="mapping.write" isPrimary onPress={mapping.acceptAll}>{words.accept(suggestions())}</Act></Show>
        </>
      }
    >
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void refresh()} />}</Show>
      <Show when={mapping.hasConflict()}><p class="notice" data-tone="held" role="alert">{words.conflict}</p></Show>
      <Loaded live={mapping.live} skeleton={<><Bars count={1} /><Bars count={8} tall /></>}>
        {(view) => <Lines view={view} mapping={mapping} />}
      </Loaded>
    </Page>
  );
}

function About(props: { mapping: MappingController }): JSX.Element {
  const shop = useShop();
  const need = () => props.mapping.lines().filter(needsAccount).length;
  return (
    <Show when={props.mapping.live.value()} fallback={"\u00a0"}>
      {(view) => <>{[words.version(view().version, view().savedBy, ago(view().savedAt ?? 0, Date.now(), shop.view().zone)), words.need(need()), words.saves].join(" · ")}</>}
    </Show>
  );
}

function Lines(props: { view: Accessor<MappingView>; mapping: MappingController }): JSX.Element {
  const at = useLocation();
  const navigate = useNavigate();
  const lines = () => props.mapping.lines();
  const show = createMemo(() => readShow(at.query["show"], props.view().lines));
  const [pinned, setPinned] = createSignal<{ show: ShowName; keys: ReadonlySet<string> }>(pin());
  function pin() {
    return { show: show(), keys: new Set(lines().filter((line) => isShown(line, show())).map((line) => line.key)) };
  }
  // A line that just got its account stays where it is until another filter is chosen: rows never jump under the hands.
  createEffect(on(() => at.query["show"], () => setPinned(pin()), { defer: true }));
  const shown = createMemo(() => lines().filter((line) => pinned().keys.has(line.key) || isShown(line, pinned().show)));
  return (
    <Show when={props.view().booksName !== null} fallback={<Nothing title={words.noBooks} text="" href="/connections" link={words.toConnections} />}>
      <Show when={lines().length > 0} fallback={<Nothing title={words.noneTitle} text={words.noneText} href="/set-up" link={words.noneLink} />}>
        <nav class="chips" aria-label={words.title}>
          <For each={counts(lines())}>
            {(entry) => <a class="chip" href={`/mapping?show=${entry.show}`} aria-current={pinned().show === entry.show ? "true" : undefined} noScroll>{showWords[entry.show]} {entry.many}</a>}
          </For>
        </nav>
        <Show when={shown().length > 0} fallback={<p class="nothing">{words.allDone} <button type="button" class="plain" onClick={() => navigate("/mapping?show=all")}>{words.showAll}</button></p>}>
          <section class="card flush"><MappingTable view={props.view()} lines={shown()} mapping={props.mapping} /></section>
        </Show>
      </Show>
    </Show>
  );
}

function Nothing(props: { title: string; text: string; href: string; link: string }): JSX.Element {
  return <div class="notice"><h2>{props.title}</h2><Show when={props.text !== ""}><p>{props.text}</p></Show><p><a class="button primary" href={props.href}>{props.link}</a></p></div>;
}
