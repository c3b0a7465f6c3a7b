/** A photo in its frame: whole, or larger and scrolled. */
import { createSignal, onCleanup, onMount, Show, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import { singleKeys } from "../../ui/choices";
import { documentWords as words } from "./document-words";

/** Times its size in the frame. */
const STEPS = [1, 1.5, 2, 3, 4, 6, 8] as const;

/** `instead` where this browser cannot show it. */
export function Photo(props: { document: DocumentItem; url: string; instead: () => JSX.Element }): JSX.Element {
  let image: HTMLImageElement | undefined;
  const [at, setAt] = createSignal(0);
  const [isBroken, setBroken] = createSignal(false);
  const [wholeWidth, setWholeWidth] = createSignal(0);
  const go = (next: number) => {
    if (at() === 0) setWholeWidth(image?.clientWidth ?? 0);
    setAt(Math.max(0, Math.min(STEPS.length - 1, next)));
  };
  const factor = () => STEPS[at()] ?? 1;
  const onKey = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!singleKeys() || event.ctrlKey || event.metaKey || event.altKey || target?.closest("input, select, textarea, dialog") !== null) return;
    const acts: Readonly<Record<string, () => void>> = { "+": () => go(at() + 1), "=": () => go(at() + 1), "-": () => go(at() - 1), "0": () => go(0) };
    acts[event.key]?.();
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  const button = (name: string, next: number, isOff: boolean) => (
    <button type="button" class="button" aria-disabled={isOff ? "true" : undefined} onClick={() => go(next)}>{name}</button>
  );
  return (
    <Show when={!isBroken()} fallback={props.instead()}>
      <div class="viewer-acts">
        {button(words.smaller, at() - 1, at() === 0)}
        {button(words.larger, at() + 1, at() === STEPS.length - 1)}
        {button(words.whole, 0, at() === 0)}
        <span class="small" role="status">{words.zoom(Math.round(factor() * 100))}</span>
      </div>
      <div class={at() === 0 ? "stage whole" : "stage"} data-scrolls={at() === 0 ? undefined : ""} tabindex={at() === 0 ? undefined : 0} role="group" aria-label={at() === 0 ? words.viewer : words.stage}>
        <img
          ref={(made) => (image = made)} src={props.url} crossorigin="anonymous" alt={props.document.title} width={props.document.width ?? undefined} height={props.document.height ?? undefined}
          style={{ width: at() === 0 ? undefined : `${Math.round(wholeWidth() * factor())}px`, height: at() === 0 ? undefined : "auto" }} onError={() => setBroken(true)}
        />
      </div>
    </Show>
  );
}
