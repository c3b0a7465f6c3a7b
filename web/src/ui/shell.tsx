/** What stands around every page of a shop: the rail or the bar, the palette, the keys, the voice for success. */
import { createSignal, lazy, onCleanup, onMount, Show, Suspense, type JSX } from "solid-js";
import { shellWords } from "../words";
import { singleKeys } from "./choices";
import { Bar, Rail } from "./rail";
import { Bars, Waiting } from "./states";
import { Toasts } from "./toast";

const Palette = lazy(() => import("./palette"));
const KeySheet = lazy(() => import("./key-sheet"));

type Open = "palette" | "keys" | null;

/** The frame; `children` is the page. */
export function Shell(props: { children?: JSX.Element }): JSX.Element {
  const [open, setOpen] = createSignal<Open>(null);
  const close = () => setOpen(null);
  const onKey = (event: KeyboardEvent) => {
    const wanted = openedBy(event);
    if (wanted === null) return;
    event.preventDefault();
    setOpen(open() === wanted ? null : wanted);
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  return (
    <div class="app">
      <a class="skip" href="#page">{shellWords.skip}</a>
      <Rail onFind={() => setOpen("palette")} onKeys={() => setOpen("keys")} />
      <main id="page" tabindex="-1">
        <OfflineBanner />
        <Suspense fallback={<Waiting><Bars count={1} /><Bars count={6} tall /></Waiting>}>{props.children}</Suspense>
      </main>
      <Bar />
      <Toasts />
      <Suspense>
        <Show when={open() === "palette"}><Palette onClose={close} onKeys={() => setOpen("keys")} /></Show>
        <Show when={open() === "keys"}><KeySheet onClose={close} /></Show>
      </Suspense>
    </div>
  );
}

/** Ctrl/Cmd-K anywhere; "?" where it is not text and single keys are on. */
function openedBy(event: KeyboardEvent): Open {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return "palette";
  const target = event.target as HTMLElement | null;
  const isTyping = target?.closest("input, select, textarea, dialog") !== null;
  return event.key === "?" && singleKeys() && !isTyping ? "keys" : null;
}

function OfflineBanner(): JSX.Element {
  const [isOffline, setOffline] = createSignal(!navigator.onLine);
  const update = () => setOffline(!navigator.onLine);
  onMount(() => ["online", "offline"].forEach((name) => addEventListener(name, update)));
  onCleanup(() => ["online", "offline"].forEach((name) => removeEventListener(name, update)));
  return (
    <div role="status">
      <Show when={isOffline()}><p class="offline">{shellWords.offline}</p></Show>
    </div>
  );
}
