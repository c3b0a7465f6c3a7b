/** Thinks for the page of a payout. Posting is never optimistic: what is shown is what the server has seen happen. */
import { createSignal, onCleanup, type Accessor } from "solid-js";
import type { PayoutDecision, PayoutView } from "../../../../src/features/payouts/contract";
import type { Answer, Trouble } from "../../api";
import { reportsApi } from "../../reports-api";
import { createActing } from "../../ui/acting";
import { createLive, type Live } from "../../ui/live";
import { payoutWords as words } from "./words";

/** An act is done by the queue a moment later: ask on for this long. */
const SETTLING_MS = 20_000;

export type PayoutAct = "post" | "retry" | PayoutDecision;

const SAID: Readonly<Record<PayoutAct, string>> = { post: words.approved, retry: words.retried, edit_accepted: words.decided, edit_corrected: words.decided };

export type PayoutController = {
  readonly payout: Live<PayoutView>;
  readonly busy: Accessor<PayoutAct | null>;
  readonly trouble: Accessor<Trouble | undefined>;
  readonly act: (name: PayoutAct) => Promise<void>;
};

/** Lives with the page; `id` follows the address. */
export function createPayoutController(id: Accessor<string>): PayoutController {
  const [busy, setBusy] = createSignal<PayoutAct | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before = "";
  const markOf = (view: PayoutView | undefined) => JSON.stringify([view?.row.state, view?.attempts, view?.entries.length]);
  const payout: Live<PayoutView> = createLive({
    key: () => `payout ${id()}`,
    ask: () => reportsApi.payout(id()),
    pollWhile: (view) => {
      const isMoving = view.row.state === "posting" || view.row.state === "uncertain";
      if (busy() !== null && !isMoving && markOf(view) !== before) setBusy(null);
      return isMoving || busy() !== null;
    },
  });
  const { act: tell, trouble } = createActing(payout);
  const act = async (name: PayoutAct) => {
    if (busy() !== null) return;
    before = markOf(payout.value());
    setBusy(name);
    if (!(await tell(send(name, id(), payout.value()), SAID[name]))) setBusy(null);
    clearTimeout(timer);
    timer = setTimeout(() => setBusy(null), SETTLING_MS);
  };
  onCleanup(() => clearTimeout(timer));
  return { payout, busy, trouble, act };
}

function send(name: PayoutAct, id: string, view: PayoutView | undefined): Promise<Answer<object>> {
  if (name === "post") return reportsApi.postPayout(id, view?.proposal?.fingerprint ?? "");
  return name === "retry" ? reportsApi.retryPayout(id) : reportsApi.decidePayout(id, name);
}
