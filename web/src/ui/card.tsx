/** The frame of a page at `auth.`: one card with its title, in the tab and in a heading. */
import { createEffect, onMount, Show, type JSX } from "solid-js";
import { shellWords } from "../words";

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
