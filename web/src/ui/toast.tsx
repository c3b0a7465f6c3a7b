/** Success, said once, politely, at the bottom of the page. Failures never pass by here: they stay where they happened. */
import { createSignal, For, type JSX } from "solid-js";

type Toast = { readonly id: number; readonly text: string };

const SHOWN_MS = 6_000;
const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let lastId = 0;

/** Says that something worked. */
export function announce(text: string): void {
  const id = ++lastId;
  setToasts((shown) => [...shown.slice(-2), { id, text }]);
  setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), SHOWN_MS);
}

/** The live region; there is exactly one, and it is there before anything is said in it. */
export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      <For each={toasts()}>{(toast) => <p><span aria-hidden="true">✓ </span>{toast.text}</p>}</For>
    </div>
  );
}
