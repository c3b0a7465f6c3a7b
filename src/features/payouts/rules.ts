/**
 * The state machine of a payout: a day's discipline for the second entry. Only `posting` may call the books, under a
 * lease; only a look-up leaves `uncertain`. A row is compared and swapped by `changedAt`, which only ever grows.
 */
import { encodeBase32LowerCaseNoPadding } from "@oslojs/encoding";
import { assert } from "../../kernel/assert";
import type { BusinessDate } from "../../kernel/day";
import type { Failure } from "../../kernel/failure";
import type { ConnectionId, PayoutId } from "../../kernel/ids";
import type { Payout } from "../../ledger/payout";
import { stoppedStateOf, withAttempt, type Lease, type PendingEntry } from "../days/service";
import type { PayoutState } from "./contract";
import type { PayoutRow } from "./store";

/** Everything needed to find out, after a crash at any point, whether this entry reached the books, and to try again. */
export type PendingPayout = Pick<
  PendingEntry, "entry" | "revision" | "bookedOn" | "cause" | "booksConnectionId" | "documentNumber" | "requestId" | "mappingVersion" | "postedBy" | "mayBeInBooks"
> & {
  readonly kind: "payout" | "correction";
  readonly method: "journal";
  readonly payoutFingerprint: string;
};

/** Where each state may go. A state absent on the right of the current one is refused by `movedPayout`. */
export const NEXT_PAYOUT_STATES: Readonly<Record<PayoutState, readonly PayoutState[]>> = {
  ready: ["ready", "posting", "held", "failed", "nothing"],
  nothing: ["nothing", "ready", "posting", "held", "failed"],
  posting: ["posting", "ready", "changed", "posted", "held", "failed", "uncertain"],
  uncertain: ["uncertain", "posting"],
  posted: ["posted", "changed", "held"],
  changed: ["changed", "posting", "posted", "held", "failed"],
  held: ["ready", "nothing", "changed", "posted", "posting", "held", "failed"],
  failed: ["ready", "nothing", "changed", "posted", "posting", "held", "failed"],
};

/** What a reading brought. */
export type PayoutRead = { readonly totals: Payout; readonly fingerprint: string; readonly arrivalDate: BusinessDate };

/** Where a payout goes and what goes with it: what a state must have is part of its own shape. */
export type PayoutMove =
  | { readonly to: "ready" | "nothing" | "changed" | "posted"; readonly read?: PayoutRead }
  | { readonly to: "stopped"; readonly reason: Failure }
  /** Without a lease the entry was approved, and nobody has tried to post it yet. */
  | { readonly to: "posting"; readonly pending: PendingPayout; readonly lease: Lease | null }
  | { readonly to: "uncertain" }
  | { readonly to: "recorded"; readonly revision: number };

/** 26 characters: the same for every reading of the same payout. */
export async function payoutIdOf(connectionId: ConnectionId, externalId: string): Promise<PayoutId> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(["payout", connectionId, externalId])));
  return encodeBase32LowerCaseNoPadding(new Uint8Array(digest).subarray(0, 16)) as PayoutId;
}

/** Whether somebody may be talking to the books for this payout right now. */
export function isPayoutLeased(row: PayoutRow, now: number): boolean {
  return row.state === "posting" && row.leaseUntil !== null && row.leaseUntil > now;
}

/** Whether the books must be asked first what became of an earlier attempt. An approved entry nobody sent has no lease. */
export function payoutNeedsLookUp(row: PayoutRow): boolean {
  return row.state === "uncertain" || row.leaseToken !== null || row.pending?.mayBeInBooks === true;
}

/** The row after a move, with a line of its history (none where nothing is worth a line). Throws on a move that the states do not allow. */
export function movedPayout(before: PayoutRow, move: PayoutMove, now: number, note: string | null): PayoutRow {
  const after = { ...before, ...columnsOf(before, move) };
  assert(NEXT_PAYOUT_STATES[before.state].includes(after.state), `a payout that is ${before.state} does not become ${after.state}`);
  const attempts = note === null ? before.attempts : withAttempt(before.attempts, { at: now, text: note });
  return { ...after, attempts, changedAt: Math.max(now, before.changedAt + 1) };
}

const AT_REST = { reason: null, pending: null, leaseToken: null, leaseUntil: null } as const;

function columnsOf(before: PayoutRow, move: PayoutMove): Partial<PayoutRow> & Pick<PayoutRow, "state"> {
  switch (move.to) {
    case "ready":
    case "nothing":
    case "changed":
    case "posted":
      return { ...AT_REST, ...move.read, state: move.to };
    case "stopped":
      return { ...AT_REST, state: stoppedStateOf(move.reason), reason: move.reason };
    case "posting":
      return { ...AT_REST, state: "posting", pending: move.pending, leaseToken: move.lease?.token ?? null, leaseUntil: move.lease?.until ?? null };
    case "uncertain":
      return { ...AT_REST, state: "uncertain", pending: before.pending };
    case "recorded":
      return { ...AT_REST, state: "posted", revision: move.revision };
  }
}
