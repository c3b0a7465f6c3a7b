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

/** A page that is asked for first: until it is there, and when it could not be had, the card has its title all the same. */
export function LoadedPage<T>(props: { live: Live<T>; title: string; children: (value: Accessor<T>) => JSX.Element }): JSX.Element {
  return (
    <Show
      when={props.live.value() !== undefined}
      fallback={<Card title={props.title}><Loaded live={props.live} skeleton={<Bars count={3} tall />}>{() => null}</Loaded></Card>}
    >
      <Loaded live={props.live} skeleton={null}>{props.children}</Loaded>
    </Show>
  );
}
