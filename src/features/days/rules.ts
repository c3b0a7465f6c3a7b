/**
 * The state machine of a day (accounting reference, section 6). Only `posting` may call the books, under a lease;
 * only a look-up leaves `uncertain`. A row is compared and swapped by `changedAt`, which only ever grows.
 */
import { assert } from "../../kernel/assert";
import { SECOND } from "../../kernel/clock";
import type { BusinessDate } from "../../kernel/day";
import type { Failure, FailureKind } from "../../kernel/failure";
import type { ConnectionId, LocationId, ShopId } from "../../kernel/ids";
import type { EntryKind } from "../../ledger/document-number";
import type { Entry, EntryMethod } from "../../ledger/entry";
import type { SalesDay } from "../../ledger/sales-day";
import type { Attempt, DayState, Decision } from "./contract";
import type { DayRow } from "./store";

/** Everything needed to find out, after a crash at any point, whether this entry reached the books, and to try again. */
export type PendingEntry = {
  readonly entry: Entry;
  readonly revision: number;
  readonly kind: EntryKind;
  /** The date in the books: the business date, or the first open day where that lies in a closed period. */
  readonly bookedOn: BusinessDate;
  readonly method: EntryMethod;
  /** Why it is posted, in words; empty for a day's first entry. */
  readonly cause: string;
  /** The revision that a reversal takes back; null for every other kind. */
  readonly reverses: number | null;
  readonly booksConnectionId: ConnectionId;
  readonly documentNumber: string;
  readonly requestId: string;
  readonly mappingVersion: number;
  readonly dayFingerprint: string;
  /** `person:<id>` who asked for it, or `daybook`. */
  readonly postedBy: string;
  /** Whether an earlier attempt may have reached the books: then it is looked up before it is sent. */
  readonly mayBeInBooks: boolean;
  /** Of a reversal: what is posted in its place once everything that stands is taken back. Part of it, so that no crash loses it. */
  readonly follows?: Follower | null;
};

/** An entry that waits for reversals before it, and why it is posted. */
export type Follower = { readonly entry: Entry; readonly cause: string };

/** In the place of an entry's id in the books: a record that was never sent, since what it takes back was gone there already. */
export const NEVER_SENT = "";

/** The entries of a day (oldest first) that the books may hold: what a record that was never sent takes back is gone from there. */
export function heldInBooks<Row extends { readonly externalId: string }>(entries: readonly Row[]): readonly Row[] {
  return entries.slice(entries.findLastIndex(({ externalId }) => externalId === NEVER_SENT) + 1);
}

/** Where each state may go. A state absent on the right of the current one is refused by `moved`. */
export const NEXT_STATES: Readonly<Record<DayState, readonly DayState[]>> = {
  collecting: ["ready", "posting", "held", "failed", "no_sales"],
  ready: ["collecting", "ready", "posting", "held", "failed", "no_sales"],
  posting: ["posting", "ready", "posted", "corrected", "changed", "failed", "uncertain", "held"],
  uncertain: ["uncertain", "posting"],
  posted: ["posted", "changed", "posting", "held", "failed", "final", "ready"],
  final: ["posted", "corrected", "changed", "posting", "held", "failed", "ready"],
  held: ["collecting", "ready", "posting", "held", "failed", "no_sales", "posted", "corrected", "changed"],
  failed: ["collecting", "ready", "posting", "held", "failed", "no_sales", "posted", "corrected", "changed"],
  no_sales: ["no_sales", "ready", "posting", "held", "failed"],
  changed: ["changed", "posting", "posted", "corrected", "held", "failed", "ready"],
  corrected: ["corrected", "changed", "posting", "held", "failed", "final", "ready"],
};

/** Whether a day may go from one state to another. */
export function mayBecome(from: DayState, to: DayState): boolean {
  return NEXT_STATES[from].includes(to);
}

/** Longer than the deadlines of one creation and its read-back together, so that a live holder is never overtaken. */
export const LEASE_SECONDS = 120;

/** How much of its history a day keeps. */
export const MOST_ATTEMPTS = 20;
const LONGEST_ATTEMPT = 300;

/** What a failure does to a day: `held` waits for a decision of the shop, `failed` for somebody else's machine. */
const STOPPED_STATES = {
  out_of_balance: "held", unmapped: "held", rounding_too_large: "held", currency_mismatch: "held", invalid_day: "held",
  period_closed: "held", entry_differs: "held", books_changed: "held", open_checks: "held", already_in_books: "held",
  tag_inactive: "failed",
  account_inactive: "failed", account_unknown: "failed", duplicate_number: "failed", subscription_lapsed: "failed",
  reconnect_needed: "failed", not_connected: "failed", key_unavailable: "failed",
  provider_busy: "failed", provider_down: "failed", provider_unreadable: "failed", provider_refused: "failed", answer_lost: "failed",
  invalid_input: "failed", not_signed_in: "failed", wrong_credentials: "failed", wrong_proof: "failed", second_factor_needed: "failed", proof_needed: "failed",
  not_permitted: "failed", cross_site_refused: "failed",
  not_found: "failed", conflict: "failed", too_large: "failed", wrong_media_type: "failed", too_many_requests: "failed",
  opted_out: "failed", consent_held: "failed",
} as const satisfies Record<FailureKind, "held" | "failed">;

/** Whether a failure holds a day or fails it. */
export function stoppedStateOf(failure: Failure): "held" | "failed" {
  return STOPPED_STATES[failure.kind];
}

export type DayKey = { readonly shopId: ShopId; readonly locationId: LocationId; readonly businessDate: BusinessDate };

/** The row of a day that was never read: what the first write is compared with. `changedAt` 0 = no row yet. */
export function unreadDay({ shopId, locationId, businessDate }: DayKey): DayRow {
  return {
    shopId, locationId, businessDate, state: "collecting", reason: null, totals: null, fingerprint: null, pending: null,
    leaseToken: null, leaseUntil: null, revision: 0, attempts: [], decisions: [], changedAt: 0,
  };
}

/** Whether a row was ever written for the day. */
export function isKnown(day: DayRow): boolean {
  return day.changedAt > 0;
}

/** What a reading brought. */
export type Totals = { readonly totals: SalesDay; readonly fingerprint: string };

export type Lease = { readonly token: string; readonly until: number };

/** A lease from now on; `token` is random, so that no two holders can be taken for each other. */
export function leaseFrom(now: number, token: string): Lease {
  return { token, until: now + LEASE_SECONDS * SECOND };
}

/** Whether somebody may be talking to the books for this day right now. */
export function isLeased(day: DayRow, now: number): boolean {
  return day.state === "posting" && day.leaseUntil !== null && day.leaseUntil > now;
}

/** Whether the books must be asked first what became of an earlier attempt. An approved entry nobody sent has no lease. */
export function needsLookUp(day: DayRow): boolean {
  return day.state === "uncertain" || day.leaseToken !== null || day.pending?.mayBeInBooks === true;
}

/** Failures after which something of Daybook's may stand in the books although the day has no entry. */
export function mayBeInBooks(reason: Failure | null): boolean {
  return reason !== null && ["entry_differs", "duplicate_number", "answer_lost"].includes(reason.kind);
}

/** What a person did in the books, and what may stand there: it stays the reason until the books were looked at. */
export function isAboutBooks(reason: Failure | null): reason is Failure {
  return reason?.kind === "books_changed" || mayBeInBooks(reason);
}

/** Where a day goes and what goes with it: what a state must have is part of its own shape. */
export type Move =
  | { readonly to: "ready" | "no_sales" | "changed" | "posted" | "corrected" | "final"; readonly read?: Totals }
  | { readonly to: "stopped"; readonly reason: Failure; readonly read?: Totals }
  /** Without a lease the entry was approved, and nobody has tried to post it yet. */
  | { readonly to: "posting"; readonly pending: PendingEntry; readonly lease: Lease | null; readonly read?: Totals }
  | { readonly to: "uncertain" }
  /** `next`: what is sent after it, as good as approved; without it the day is `as`. */
  | { readonly to: "recorded"; readonly revision: number; readonly as: "posted" | "corrected" | "ready"; readonly next: PendingEntry | null };

/** The row after a move, with a line of its history (none where nothing is worth a line). Throws on a move that the states do not allow. */
export function moved(before: DayRow, move: Move, now: number, note: string | null): DayRow {
  const after = { ...before, ...columnsOf(before, move) };
  assert(mayBecome(before.state, after.state), `a day that is ${before.state} does not become ${after.state}`);
  const attempts = note === null ? before.attempts : withAttempt(before.attempts, { at: now, text: note });
  // Clocks may stand still or step back; the number that rows are compared by may not.
  return { ...after, attempts, changedAt: Math.max(now, before.changedAt + 1) };
}

/** Whether people took back what was posted: nothing is posted for the day until a person posts it. */
export function isUndone({ decisions }: Pick<DayRow, "decisions">): boolean {
  return decisions.some(({ kind }) => kind === "undone");
}

/** How many decisions a day remembers: one person cannot make more in a month than its table holds. */
const MOST_DECISIONS = 40;

/** The row with a decision and its line of history; the same decision about the same thing counts once. */
export function decided<Row extends Pick<DayRow, "decisions" | "attempts" | "changedAt">>(before: Row, decision: Decision, note: string): Row {
  const others = before.decisions.filter(({ kind, about, reading }) => kind !== decision.kind || about !== decision.about || reading !== decision.reading);
  return {
    ...before, decisions: [...others, decision].slice(-MOST_DECISIONS), attempts: withAttempt(before.attempts, { at: decision.at, text: note }),
    changedAt: Math.max(decision.at, before.changedAt + 1),
  };
}

/** The row without a decision that was overruled. */
export function withoutDecision(before: DayRow, kind: Decision["kind"]): DayRow {
  return { ...before, decisions: before.decisions.filter((decision) => decision.kind !== kind) };
}

/** Adds a line of history and lets the oldest go. */
export function withAttempt(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  // What JSON would write as six characters each could make the row too long for its table.
  const text = attempt.text.slice(0, LONGEST_ATTEMPT).toWellFormed().replace(/\p{Cc}/gu, " ");
  return [...attempts, { at: attempt.at, text }].slice(-MOST_ATTEMPTS);
}

const AT_REST = { reason: null, pending: null, leaseToken: null, leaseUntil: null } as const;

function columnsOf(before: DayRow, move: Move): Partial<DayRow> & Pick<DayRow, "state"> {
  switch (move.to) {
    case "ready":
    case "no_sales":
    case "changed":
    case "posted":
    case "corrected":
    case "final":
      return { ...AT_REST, ...move.read, state: move.to };
    case "stopped":
      return { ...AT_REST, ...move.read, state: stoppedStateOf(move.reason), reason: move.reason };
    case "posting":
      return {
        ...AT_REST, ...move.read, state: "posting", pending: move.pending,
        leaseToken: move.lease?.token ?? null, leaseUntil: move.lease?.until ?? null,
      };
    case "uncertain":
      return { ...AT_REST, state: "uncertain", pending: before.pending };
    case "recorded":
      return move.next === null
        ? { ...AT_REST, state: move.as, revision: move.revision }
        : { ...AT_REST, state: "posting", revision: move.revision, pending: move.next };
  }
}
