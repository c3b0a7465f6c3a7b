/** The frame of a page at `auth.`: one card with its title, in the tab and in a heading. */
import { createEffect, onMount, Show, type Accessor, type JSX } from "solid-js";
import { shellWords } from "../words";
import type { Live } from "./live";
import { Bars, Loaded } from "./states";

let hasArrived = false;

/** The page's heading and the tab's title. After the first page it takes the focus, unless a form of the page has it. */
export function Heading(props: { title: string }): JSX.Element {
  let heading: HTMLHeadingElement | undefined;
  createEffect(() => (document.title = `${props.title} · ${shellWords.brand}`));
  onMount(() => {
    const isInForm = document.activeElement instanceof HTMLInputElement;
    if (hasArrived && !isInForm) heading?.focus({ preventScroll: true });
    hasArrived = true;
  });
  return <h1 tabindex="-1" ref={(made) => (heading = made)}>{props.title}</h1>;
}

/** A title, a sentence, and what is asked. */
export function Card(props: { title: string; about?: JSX.Element; children?: JSX.Element }): JSX.Element {
  return (
    <div class="card narrow">
      <Heading title={props.title} />
      <Show when={props.about}><p>{props.about}</p></Show>
      {props.children}
    </div>
  );
}

type LoadedCardProps<T> = { live: Live<T>; title: string; bars: number; children: (value: Accessor<T>) => JSX.Element };

/** A page that is a card of its own once its value is there; until then, and where it cannot be had, a card that already says which page this is. */
export function LoadedCard<T>(props: LoadedCardProps<T>): JSX.Element {
  return (
    <Show when={props.live.value() !== undefined} fallback={<Awaited {...props} />}>
      <Loaded live={props.live} skeleton={null}>{props.children}</Loaded>
    </Show>
  );
}

/** Its heading never takes the focus: the card that follows does. */
function Awaited<T>(props: LoadedCardProps<T>): JSX.Element {
  createEffect(() => (document.title = `${props.title} · ${shellWords.brand}`));
  return (
    <div class="card narrow awaited">
      <h1>{props.title}</h1>
      <Loaded live={props.live} skeleton={<Bars count={props.bars} tall />}>{props.children}</Loaded>
    </div>
  );
}
