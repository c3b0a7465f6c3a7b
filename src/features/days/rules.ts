/**
 * The state machine of a day (accounting reference, section 6). Only `posting` may call the books, under a lease;
 * only a look-up leaves `uncertain`.
 */
import type { ConnectionId } from "../../kernel/ids";
import type { Entry } from "../../ledger/entry";
import type { DayState } from "./contract";

/** Everything needed to find out, after a crash at any point, whether this entry reached the books, and to try again. */
export type PendingEntry = {
  readonly entry: Entry;
  readonly revision: number;
  readonly booksConnectionId: ConnectionId;
  readonly documentNumber: string;
  readonly requestId: string;
  readonly mappingVersion: number;
  readonly dayFingerprint: string;
  readonly postedBy: string;
};

/** Where each state may go. A state absent on the right of the current one is refused by the store. */
export const NEXT_STATES: Readonly<Record<DayState, readonly DayState[]>> = {
  collecting: ["ready", "held", "failed", "no_sales"],
  ready: ["collecting", "ready", "posting", "held", "failed", "no_sales"],
  posting: ["posted", "failed", "uncertain", "held"],
  uncertain: ["uncertain", "posting", "posted", "failed", "held"],
  posted: ["changed", "final"],
  final: ["changed"],
  held: ["collecting", "ready", "held", "failed", "no_sales"],
  failed: ["collecting", "ready", "held", "failed", "no_sales"],
  no_sales: ["no_sales", "ready", "held", "failed"],
  changed: ["posting", "posted", "held", "failed"],
  corrected: ["changed", "final"],
};

/** Whether a day may go from one state to another. */
export function mayBecome(from: DayState, to: DayState): boolean {
  return NEXT_STATES[from].includes(to);
}
