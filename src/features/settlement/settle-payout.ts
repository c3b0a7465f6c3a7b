/** One payout, from its message to its rest: a pending entry is settled first, otherwise it is decided on. */
import { assert } from "../../kernel/assert";
import { SECOND } from "../../kernel/clock";
import type { Failure } from "../../kernel/failure";
import type { EntryLine } from "../../ledger/entry";
import { isAboutBooks } from "../days/service";
import { isPayoutLeased, payoutNeedsLookUp, type PayoutRow, type PendingPayout } from "../payouts/service";
import { FINISHED, type Outcome } from "../sync/service";
import type { SettlingJob } from "./job";
import { dateAtBank, loadShopPayout, type ShopPayout } from "./load";
import { lookAtPayout, mustLook } from "./look";
import { draftOf, postPayout, settle } from "./post";
import { blockOf, decide } from "./rules";
import { payoutTitleOf } from "./words";

/** Handles one delivery. Any number of them, in any order and at once, end with at most one entry of each revision in the books. */
export async function settlePayout(job: SettlingJob): Promise<Outcome> {
  const shopPayout = await loadShopPayout(job.db, job.request.payoutId);
  if (shopPayout === null) {
    job.world.log.warn("payout.no_such_payout", { shopId: job.db.shopId });
    return FINISHED;
  }
  const { payout } = shopPayout;
  const now = job.world.clock();
  if (isPayoutLeased(payout, now)) return { kind: "again", afterSeconds: ((payout.leaseUntil ?? now) - now) / SECOND + 1 };
  if (payout.pending !== null) return await settlePending(job, shopPayout, payout.pending);
  if (!mustLook(job, shopPayout)) return await decideAndPost(job, shopPayout, []);
  const looked = await lookAtPayout(job, shopPayout);
  if (looked.kind === "ended") return looked.outcome;
  return payout.reason?.kind === "books_changed" ? await decideAndPost(job, shopPayout, looked.edits) : FINISHED;
}

/** Finds out what became of an entry that was written down, and brings it to its end: the same entry, nothing newer. */
async function settlePending(job: SettlingJob, shopPayout: ShopPayout, pending: PendingPayout): Promise<Outcome> {
  const { payout, books } = shopPayout;
  const isThere = books !== null && books.id === pending.booksConnectionId && books.state === "connected";
  if (isThere) return await postPayout(job, shopPayout, books, pending);
  if (!payoutNeedsLookUp(payout)) {
    const reason = blockOf(shopPayout) ?? { kind: "not_connected" as const, role: "books" as const };
    return await settle(job, payout, { to: "stopped", reason }, payoutTitleOf(shopPayout, reason));
  }
  // The books that may hold it cannot be asked: nothing may be posted until they can.
  if (payout.state !== "posting") return FINISHED;
  return await settle(job, payout, { to: "uncertain" }, `${pending.documentNumber} is looked up when the books are connected again`);
}

/** `edits`: what people changed in the books by hand and want put right. */
async function decideAndPost(job: SettlingJob, shopPayout: ShopPayout, edits: readonly EntryLine[]): Promise<Outcome> {
  const { payout, books, location } = shopPayout;
  const decision = decide(shopPayout, { post: job.request.post, edits }, dateAtBank(location, job.world.clock()));
  switch (decision.kind) {
    case "nothing":
      return FINISHED;
    case "save":
      return await settle(job, payout, decision.move, decision.move.to === "stopped" ? payoutTitleOf(shopPayout, decision.move.reason) : null);
    case "tell":
      return await tellOnce(job, payout, payoutTitleOf(shopPayout, decision.reason));
    case "post": {
      assert(books !== null, "nothing is posted without books");
      return await postPayout(job, shopPayout, books, await draftOf(shopPayout, books, decision.proposal, job.request.by));
    }
  }
}

/** Adds a line to the history of a payout that stays as it is, unless it is the last one already. */
async function tellOnce(job: SettlingJob, payout: PayoutRow, note: string): Promise<Outcome> {
  const { reason, attempts } = payout;
  return reason === null || attempts.at(-1)?.text === note ? FINISHED : await settle(job, payout, { to: "stopped", reason }, note);
}

/** Gives a payout up after as many deliveries as the queue allows: visibly, so that a person or tomorrow's reading takes it up. */
export async function giveUpPayout(job: SettlingJob): Promise<void> {
  const shopPayout = await loadShopPayout(job.db, job.request.payoutId);
  if (shopPayout === null) return;
  const { payout, books } = shopPayout;
  if (payout.state === "uncertain" || payout.state === "posted" || isPayoutLeased(payout, job.world.clock())) return;
  // A look that came to nothing says nothing of the payout, and what only the books can tell stays its reason.
  if (job.request.looks === true || isAboutBooks(payout.reason)) return;
  if (payout.state === "posting" && payoutNeedsLookUp(payout)) {
    await settle(job, payout, { to: "uncertain" }, "Not looked up yet: the books did not answer. It is tried again tomorrow");
    return;
  }
  const reason: Failure = { kind: "provider_down", provider: books?.provider ?? "the provider", detail: `no usable answer in ${job.attempts} attempts` };
  await settle(job, payout, { to: "stopped", reason }, payoutTitleOf(shopPayout, reason));
}
