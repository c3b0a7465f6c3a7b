/** Asked before days are posted that were not posted before: what stands in the books already, and whether to go on. */
import { createSignal, lazy, Show, Suspense, type JSX } from "solid-js";
import type { LookalikesView } from "../../../../src/features/sync/contract";
import { shopApi, type Answer } from "../../api";

const LookalikeDialog = lazy(() => import("./lookalike-dialog"));

/** How far back the nightly job goes for missing days, and so what it could post once it is automatic. */
export const LOOK_BACK_DAYS = 35;

type Range = { readonly from: string; readonly to: string };
type Asked = { readonly range: Range; readonly answer: Answer<LookalikesView>; readonly go: () => Promise<void> };

export type LookalikeCheck = {
  /** Looks, and goes on at once where nothing is found; otherwise shows what is and asks. */
  readonly before: (range: Range, go: () => Promise<void>) => Promise<void>;
  readonly isBusy: () => boolean;
  readonly dialog: () => JSX.Element;
};

/** Lives with the page or dialog that posts. */
export function createLookalikeCheck(): LookalikeCheck {
  const [asked, setAsked] = createSignal<Asked | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const before = async (range: Range, go: () => Promise<void>) => {
    setBusy(true);
    const answer = await shopApi.lookalikes(range.from, range.to);
    setBusy(false);
    // Without books there is nothing to look through, and nothing that could be doubled.
    const isClear = answer.ok ? answer.value.found.length === 0 : answer.failure.kind === "not_connected";
    if (isClear) await go();
    else setAsked({ range, answer, go });
  };
  const goOn = async ({ go }: Asked) => {
    setAsked(null);
    await go();
  };
  const again = async ({ range, go }: Asked) => {
    setAsked(null);
    await before(range, go);
  };
  const dialog = () => (
    <Show when={asked()}>
      {(now) => <Suspense><LookalikeDialog answer={now().answer} onGo={() => void goOn(now())} onAgain={() => void again(now())} onClose={() => setAsked(null)} /></Suspense>}
    </Show>
  );
  return { before, isBusy, dialog };
}
