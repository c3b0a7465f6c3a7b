/** The frame of a page at `auth.`: one card with its title, in the tab and in a heading. */
import { createEffect, onMount, Show, type JSX } from "solid-js";
import { shellWords } from "../words";

let hasArrived = false;

/** Sets the tab's title. After the first page the heading takes the focus, unless a form inside has taken it. */
export function Card(props: { title: string; about?: JSX.Element; children?: JSX.Element }): JSX.Element {
  let heading: HTMLHeadingElement | undefined;
  createEffect(() => (document.title = `${props.title} · ${shellWords.brand}`));
  onMount(() => {
    const isFormFocused = document.activeElement?.closest("form") !== null && document.activeElement?.closest("form") !== undefined;
    if (hasArrived && !isFormFocused) heading?.focus({ preventScroll: true });
    hasArrived = true;
  });
  return (
    <div class="card narrow">
      <h1 tabindex="-1" ref={(made) => (heading = made)}>{props.title}</h1>
      <Show when={props.about}><p>{props.about}</p></Show>
      {props.children}
    </div>
  );
}
