/**
 * What becomes of a payout that was read, decided without asking anybody. What is in the books is corrected by the
 * target less everything posted (accounting reference §2.3): never by an update, and never in a closed period.
 */
import { addDays, type BusinessDate } from "../../kernel/day";
import type { Failure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import { deltaBetween, EDITED, postedOfTill, withPostedTags } from "../../ledger/correction";
import { entryOf, type Entry, type EntryLine } from "../../ledger/entry";
import { accountFor, type LineKey } from "../../ledger/mapping";
import { buildPayoutEntry, checkPayout, payoutLines, type Payout } from "../../ledger/payout";
import { mayBeInBooks } from "../days/service";
import type { PayoutMove, SettlePayout } from "../payouts/service";
import type { ShopPayout } from "./load";

/** What is to be posted, and under which date. */
export type Proposal = { readonly entry: Entry; readonly kind: "payout" | "correction"; readonly bookedOn: BusinessDate; readonly cause: string };

export type Decision =
  | { readonly kind: "nothing" }
  | { readonly kind: "save"; readonly move: PayoutMove }
  /** Something else is the matter as well with a payout that stays stopped as it is. */
  | { readonly kind: "tell"; readonly reason: Failure }
  | { readonly kind: "post"; readonly proposal: Proposal };

/** The message's word on posting, and what people changed in the books by hand and want put right. */
export type Wish = { readonly post: SettlePayout["post"]; readonly edits: readonly EntryLine[] };

const NOTHING: Decision = { kind: "nothing" };

/** Decides on a payout as it was last read. `today` is the date on the wall at its location. */
export function decide(shopPayout: ShopPayout, wish: Wish, today: BusinessDate): Decision {
  const { entries } = shopPayout;
  if (entries.length === 0 && isEmpty(shopPayout)) return rest(shopPayout, "nothing");
  // Nobody who has not given the bank's side an account wants payouts posted: nothing is held for it.
  if (entries.length === 0 && wish.post !== "yes" && !isSwitchedOn(shopPayout)) return rest(shopPayout, "ready");
  const proposal = proposalOf(shopPayout, wish.edits);
  if (!proposal.ok) return stop(shopPayout, proposal.failure, wish);
  if (proposal.value === null) return rest(shopPayout, "posted");
  if (!wantsPosting(shopPayout, wish, today)) return rest(shopPayout, entries.length === 0 ? "ready" : "changed");
  const blocked = blockOf(shopPayout) ?? closedFor(shopPayout, proposal.value);
  return blocked === null ? { kind: "post", proposal: proposal.value } : stop(shopPayout, blocked, wish);
}

function wantsPosting({ payout, rule }: ShopPayout, { post, edits }: Wish, today: BusinessDate): boolean {
  // Somebody keeps this payout by hand in the books: what changed since is theirs to approve.
  const isKept = payout.decisions.some(({ kind }) => kind === "edit_accepted");
  return post === "yes" || edits.length > 0 || (rule.mode === "automatic" && payout.arrivalDate <= today && !isKept);
}

/**
 * The entry that a payout comes to with the mapping of now, or what holds it. Null when the books hold all of it already.
 * Without `edits`, changes by hand and what put them right are taken to cancel out.
 */
export function proposalOf(shopPayout: ShopPayout, edits: readonly EntryLine[] = []): Result<Proposal | null> {
  const { payout, books, entries, location } = shopPayout;
  const { totals, arrivalDate } = payout;
  const expected = books?.currency ?? location.currency;
  if (totals.currency !== expected) return failed({ kind: "currency_mismatch", expected, found: totals.currency });
  if (edits.length === 0 && entries.at(-1)?.payoutFingerprint === payout.fingerprint) return ok(null);
  const closedThrough = books?.closedThrough ?? null;
  const bookedOn = closedThrough !== null && arrivalDate <= closedThrough ? addDays(closedThrough, 1) : arrivalDate;
  const target = isEmpty(shopPayout) ? ok([]) : linesToHold(shopPayout);
  if (!target.ok) return target;
  if (entries.length === 0) return ok({ entry: entryOf(totals.currency, target.value), kind: "payout", bookedOn, cause: "" });
  const posted = entries.flatMap(({ lines }) => lines);
  const delta = deltaBetween(target.value, edits.length === 0 ? postedOfTill(posted) : [...posted, ...edits]);
  return ok(delta.length === 0 ? null : { entry: entryOf(totals.currency, delta), kind: "correction", bookedOn, cause: causeOf(totals, delta) });
}

function causeOf({ hasFailed, processor }: Payout, delta: readonly EntryLine[]): string {
  if (delta.every(({ key }) => key === EDITED)) return "What was changed by hand is put right";
  return hasFailed ? "The bank sent the payout back" : `${processor.name} changed the payout`;
}

/** What the books should hold of a payout, all entries about it together. */
function linesToHold({ payout, mapping, location, entries }: ShopPayout): Result<readonly EntryLine[]> {
  const built = buildPayoutEntry(payout.totals, mapping, location.id);
  return built.ok ? ok(withPostedTags(built.value.lines, entries.flatMap(({ lines }) => lines))) : built;
}

/** What stands between an entry and the books before they are called; null where nothing does. */
export function blockOf({ books }: Pick<ShopPayout, "books">): Failure | null {
  if (books === null) return { kind: "not_connected", role: "books" };
  return books.state === "reconnect_needed" ? { kind: "reconnect_needed", provider: books.provider } : null;
}

/** Nothing moves to another date than the bank's but what a person has approved as it is, date and all. */
function closedFor({ payout, books }: ShopPayout, { bookedOn }: Proposal): Failure | null {
  return bookedOn === payout.arrivalDate ? null : { kind: "period_closed", closedThrough: books?.closedThrough ?? null };
}

/** Whether the shop has said where its payouts go. */
export function isSwitchedOn({ payout, mapping }: Pick<ShopPayout, "payout" | "mapping">): boolean {
  return accountFor(mapping, `payout:${payout.totals.destination}` as LineKey) !== null;
}

function isEmpty({ payout }: ShopPayout): boolean {
  return checkPayout(payout.totals).ok && payoutLines(payout.totals).length === 0;
}

function rest({ payout }: ShopPayout, to: "ready" | "nothing" | "changed" | "posted"): Decision {
  // While something of it may stand in the books, only a look-up may say that it does not.
  return payout.state === to || mayBeInBooks(payout.reason) ? NOTHING : { kind: "save", move: { to } };
}

function stop({ payout }: ShopPayout, reason: Failure, { edits }: Wish): Decision {
  // What has it looked up stays its reason whatever else is the matter: without that it could be posted a second time, and
  // what is to be put right would be forgotten.
  if (mayBeInBooks(payout.reason) || edits.length > 0) return { kind: "tell", reason };
  const isSame = JSON.stringify(payout.reason) === JSON.stringify(reason);
  return isSame ? NOTHING : { kind: "save", move: { to: "stopped", reason } };
}
