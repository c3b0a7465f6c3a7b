/** Looks at what Daybook posted for a payout as it stands in the books now: people may change and delete entries there. */
import type { Failure, FailureKind } from "../../kernel/failure";
import type { EntryLine } from "../../ledger/entry";
import { mayBeInBooks } from "../days/service";
import { FINISHED, readBack, type Outcome } from "../sync/service";
import type { SettlingJob } from "./job";
import type { ShopPayout } from "./load";
import { settle } from "./post";
import { payoutTitleOf } from "./words";

/** `as_known`: what people changed and want put right, as the difference from what was posted; nothing else changed. */
export type Looked = { readonly kind: "as_known"; readonly edits: readonly EntryLine[] } | { readonly kind: "ended"; readonly outcome: Outcome };

/** Whether the books are looked at before anything else: they told of a change, or the payout waits for what they hold. */
export function mustLook({ request }: Pick<SettlingJob, "request">, { payout, entries }: ShopPayout): boolean {
  const isTold = request.looks === true || payout.reason?.kind === "books_changed";
  return isTold && entries.length > 0 && !mayBeInBooks(payout.reason);
}

/** Compares every entry of a payout with the books. A change that nobody has decided about holds it, and ends the delivery. */
export async function lookAtPayout(job: SettlingJob, shopPayout: ShopPayout): Promise<Looked> {
  const { payout, books, entries } = shopPayout;
  const rows = entries.filter(({ booksConnectionId }) => booksConnectionId === books?.id).map((row) => ({ ...row, method: "journal" as const }));
  if (books === null || books.state !== "connected" || rows.length === 0) return ended(FINISHED);
  const looked = await readBack(job, books, rows, { decisions: payout.decisions, countsAll: false });
  if (looked.kind === "no_room") return ended({ kind: "postponed", afterSeconds: looked.afterSeconds });
  if (!looked.result.ok) return ended(notSeen(looked.result.failure));
  const inspection = looked.result.value;
  if (inspection.kind === "as_known") return { kind: "as_known", edits: inspection.seen.edits };
  const reason = inspection.failure;
  const isSame = JSON.stringify(payout.reason) === JSON.stringify(reason);
  return ended(isSame ? FINISHED : await settle(job, payout, { to: "stopped", reason }, payoutTitleOf(shopPayout, reason)));
}

/** Failures that pass by themselves; any other waits for the next evening. */
const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>(["provider_busy", "provider_down", "provider_unreadable", "key_unavailable"]);

function notSeen(failure: Failure): Outcome {
  if (failure.kind === "provider_busy" && failure.retryAfterSeconds !== null) return { kind: "again", afterSeconds: failure.retryAfterSeconds };
  return PASSING.has(failure.kind) ? { kind: "away" } : FINISHED;
}

function ended(outcome: Outcome): Looked {
  return { kind: "ended", outcome };
}
