/** A modal dialog on the browser's own element: it traps focus, closes with Escape and gives the focus back. */
import { createUniqueId, onCleanup, onMount, type JSX } from "solid-js";

/** Open for as long as it is rendered; `onClose` is called when the person closes it. */
export function Dialog(props: { title: string; class?: string; onClose: () => void; children: JSX.Element }): JSX.Element {
  let element: HTMLDialogElement | undefined;
  const title = createUniqueId();
  onMount(() => element?.showModal());
  // Closed before it leaves the page: only then does the browser return the focus to where it was.
  onCleanup(() => element?.close());
  const onBackdrop = (event: MouseEvent) => {
    if (event.target === element) props.onClose();
  };
  const onCancel = (event: Event) => {
    event.preventDefault();
    props.onClose();
  };
  return (
    <dialog ref={(made) => (element = made)} class={props.class} aria-labelledby={title} onCancel={onCancel} onClick={onBackdrop}>
      <div class="sheet">
        <h2 id={title}>{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  );
}
