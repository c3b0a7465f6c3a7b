/** What needs a bookkeeper in all their shops, to be gone through by keyboard. */
import { createSignal, For, Show, type Accessor, type JSX } from "solid-js";
import type { WorkItem, WorkView } from "../../../../src/features/work/contract";
import { workApi } from "../../auth-api";
import { Heading } from "../../ui/card";
import { createLive } from "../../ui/live";
import { leadToSignIn } from "../../ui/signed-in";
import { Bars, Loaded, Problem } from "../../ui/states";
import { createWork, type Work } from "./controller";
import { Item } from "./item";
import { workWords as words } from "./words";

/** auth. /work */
export default function WorkPage(): JSX.Element {
  const live = createLive({ key: () => "work", ask: workApi.work });
  leadToSignIn(live);
  return (
    <>
      <nav class="tabs"><a href="/">{words.shops}</a><a href="/work" aria-current="page">{words.title}</a></nav>
      <Heading title={words.title} />
      <Loaded live={live} skeleton={<Bars count={6} tall />}>{(view) => <Found view={view} onChanged={() => void live.reload()} />}</Loaded>
    </>
  );
}

function Found(props: { view: Accessor<WorkView>; onChanged: () => void }): JSX.Element {
  const work = createWork(() => props.onChanged());
  const isIdle = () => props.view().items.length === 0;
  return (
    <>
      <Show when={!isIdle()} fallback={<div class="nothing"><h2>{words.noneTitle}</h2><p>{words.none(props.view().shops)}</p></div>}>
        <p>{words.about(props.view().items.length, props.view().shops)}</p>
        <p class="small keys-line">{words.keys}</p>
      </Show>
      <Show when={work.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <List items={props.view().items} work={work} />
      <ul class="rows">
        <For each={props.view().problems}>{(one) => <li><span><b>{one.name}</b> {words.problems[one.problem]}</span> <a href={one.url} rel="external">{words.enter}</a></li>}</For>
      </ul>
      <Show when={props.view().left > 0}><p class="small">{words.left(props.view().left)}</p></Show>
      <p class="buttons"><button type="button" class="button" onClick={() => props.onChanged()}>{words.refresh}</button></p>
    </>
  );
}

/** One item is in the tab order; arrows, J and K move it, and its acts have a key each. */
function List(props: { items: readonly WorkItem[]; work: Work }): JSX.Element {
  let list: HTMLUListElement | undefined;
  const [at, setAt] = createSignal(0);
  const current = () => Math.min(at(), props.items.length - 1);
  const focus = (index: number) => {
    const next = Math.max(0, Math.min(index, props.items.length - 1));
    setAt(next);
    list?.querySelectorAll<HTMLElement>("[data-item]")[next]?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const isOnItem = event.target instanceof HTMLElement && event.target.dataset["item"] !== undefined;
    const item = props.items[current()];
    if (item === undefined || !isOnItem || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focus(current() + 1), j: () => focus(current() + 1), ArrowUp: () => focus(current() - 1), k: () => focus(current() - 1),
      Home: () => focus(0), End: () => focus(props.items.length - 1),
      Enter: () => list?.querySelectorAll<HTMLElement>("[data-item]")[current()]?.querySelector<HTMLAnchorElement>("a")?.click(),
      r: () => void props.work.retry(item), p: () => props.work.ask(item),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <ul class="work" aria-label={words.list} ref={(made) => (list = made)} onKeyDown={press}>
      <For each={props.items}>{(item, index) => <Item item={item} work={props.work} isAt={index() === current()} onFocus={() => setAt(index())} />}</For>
    </ul>
  );
}
