/** The frame of a page: its title in the tab and in a heading that takes the focus on arrival. */
import { createEffect, onMount, Show, type JSX } from "solid-js";
import { shellWords } from "../words";

let hasArrived = false;

type PageProps = {
  title: string;
  /** The line under the title. */
  about?: JSX.Element;
  actions?: JSX.Element;
  /** Beside the title: previous, next. */
  beside?: JSX.Element;
  children: JSX.Element;
};

/** Sets the tab's title; after the first page, moves the focus to the heading so that a reader hears where they are. */
export function Page(props: PageProps): JSX.Element {
  let heading: HTMLHeadingElement | undefined;
  createEffect(() => (document.title = `${props.title} · ${shellWords.brand}`));
  onMount(() => {
    if (hasArrived) heading?.focus({ preventScroll: true });
    hasArrived = true;
  });
  return (
    <>
      <header class="head">
        <div class="head-words">
          <div class="head-title">
            <h1 tabindex="-1" ref={(made) => (heading = made)}>{props.title}</h1>
            {props.beside}
          </div>
          <Show when={props.about}><p>{props.about}</p></Show>
        </div>
        <Show when={props.actions}><div class="head-actions">{props.actions}</div></Show>
      </header>
      {props.children}
    </>
  );
}

/** Moves the focus to the page's heading: where what was pressed has gone, reading goes on from there. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}
