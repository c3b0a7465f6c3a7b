/** Where each line of the till goes in the books. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, For, lazy, on, onCleanup, onMount, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { MappingLine, MappingView } from "../../../../src/features/mapping/contract";
import { shopApi, type Trouble } from "../../api";
import { ago } from "../../ui/dates";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { createMappingController, type MappingController } from "./controller";
import { LocationTags } from "./location-tags";
import { PendingBar } from "./pending-bar";
import { createSelection } from "./selection";
import { createStaging, type Staging } from "./staging";
import { acceptable, counts, isShown, needsAccount, readShow, type Show as ShowName } from "./lines";
import { MappingTable } from "./table";
import { mappingWords as words, showWords } from "./words";

const Versions = lazy(() => import("./versions"));

/** /mapping */
export default function MappingPage(): JSX.Element {
  return <Permitted permission="mapping.read"><Mapping /></Permitted>;
}

function Mapping(): JSX.Element {
  const mapping = createMappingController();
  const staging = createStaging(mapping);
  const [hasVersions, setVersions] = createSignal(false);
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
          <Show when={(mapping.live.value()?.version ?? 0) > 0}><button type="button" class="button" onClick={() => setVersions(true)}>{words.versions}</button></Show>
          <Show when={mapping.live.value()?.booksName}><Act permission="mapping.write" isBusy={isReading()} onPress={() => void refresh()}>{isReading() ? words.refreshing : words.refresh}</Act></Show>
          <Show when={suggestions() > 0}><Act permission="mapping.write" isPrimary onPress={mapping.acceptAll}>{words.accept(suggestions())}</Act></Show>
        </>
      }
    >
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void refresh()} />}</Show>
      <Show when={mapping.hasConflict()}><p class="notice" data-tone="held" role="alert">{words.conflict}</p></Show>
      <Loaded live={mapping.live} skeleton={<><Bars count={1} /><Bars count={8} tall /></>}>
        {(view) => <Lines view={view} mapping={mapping} staging={staging} />}
      </Loaded>
      <Show when={hasVersions()}>
        <Suspense><Versions current={mapping.version()} onRestored={mapping.takeOver} onClose={() => setVersions(false)} /></Suspense>
      </Show>
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

type LinesProps = { view: Accessor<MappingView>; mapping: MappingController; staging: Staging };

function Lines(props: LinesProps): JSX.Element {
  const at = useLocation();
  const navigate = useNavigate();
  const lines = () => props.staging.lines();
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
        <Changeable staging={props.staging}>
          <Show when={shown().length > 0} fallback={<p class="nothing">{words.allDone} <button type="button" class="plain" onClick={() => navigate("/mapping?show=all")}>{words.showAll}</button></p>}>
            <Rows {...props} lines={shown()} />
          </Show>
          <LocationTags view={props.view()} staging={props.staging} />
        </Changeable>
      </Show>
    </Show>
  );
}

/** The table, with what is marked in it. */
function Rows(props: LinesProps & { lines: readonly MappingLine[] }): JSX.Element {
  const selection = createSelection();
  return (
    <>
      <p class="small" role="status">{selection.keys().size > 0 ? words.selected(selection.keys().size) : words.keys}</p>
      <section class="card flush"><MappingTable view={props.view()} lines={props.lines} mapping={props.mapping} staging={props.staging} selection={selection} /></section>
    </>
  );
}

/** Everything that can be changed, and below it what waits to be saved; saving gives the focus back to where it was. */
function Changeable(props: { staging: Staging; children: JSX.Element }): JSX.Element {
  let last: Element | undefined;
  const onSave = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    void props.staging.save();
  };
  onMount(() => document.addEventListener("keydown", onSave));
  onCleanup(() => document.removeEventListener("keydown", onSave));
  return (
    <>
      <div class="stack" onFocusIn={(event) => (last = event.target)}>{props.children}</div>
      <PendingBar staging={props.staging} onLeave={() => { if (last instanceof HTMLElement) last.focus(); }} />
    </>
  );
}

function Nothing(props: { title: string; text: string; href: string; link: string }): JSX.Element {
  return <div class="notice"><h2>{props.title}</h2><Show when={props.text !== ""}><p>{props.text}</p></Show><p><a class="button primary" href={props.href}>{props.link}</a></p></div>;
}
