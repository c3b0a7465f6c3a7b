/** Payouts and the bridge from takings to deposits as the web app sees them. Amounts are minor units, instants epoch milliseconds. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";
import { attempt, entryLineView, explanation } from "../days/contract";

/** `nothing`: it moved no money that the books do not hold already. `changed`: the till says something else than what was posted. */
export const PAYOUT_STATES = ["ready", "posting", "posted", "held", "failed", "uncertain", "changed", "nothing"] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];

export const PAYOUT_ENTRY_KINDS = ["payout", "correction"] as const;

/** Dates of arrival, both included. */
export const payoutsQuery = z.strictObject({ from: dateText, to: dateText });
export const payoutPath = z.strictObject({ payout: id });
/** What a person can decide about a payout whose entry somebody changed or deleted in the books. */
export const PAYOUT_DECISIONS = ["edit_accepted", "edit_corrected"] as const;
export type PayoutDecision = (typeof PAYOUT_DECISIONS)[number];
export const payoutDecision = z.strictObject({ kind: z.enum(PAYOUT_DECISIONS) });

export const bridgeQuery = z.strictObject({ from: dateText, to: dateText });

export const payoutRow = z.strictObject({
  id,
  locationId: id,
  arrivalDate: dateText,
  state: z.enum(PAYOUT_STATES),
  currency: z.string(),
  /** Card takings that it settles, before anything was kept. Signed. */
  grossMinor: z.number().int(),
  /** Fees, chargebacks, repayments and what is held back. Signed. */
  keptMinor: z.number().int(),
  netMinor: z.number().int(),
  /** What the processor says, what Daybook would book and what the books hold are one amount; null while nothing is in the books. */
  ties: z.boolean().nullable(),
  hasFailed: z.boolean(),
  headline: z.string().nullable(),
});
export type PayoutRowView = z.infer<typeof payoutRow>;

export const payoutsView = z.strictObject({
  /** Which of the shop's tills tells payouts: its name, or null where it tells none or there is no till. */
  toldBy: z.string().nullable(),
  tillName: z.string().nullable(),
  locations: z.array(z.strictObject({ id, name: z.string() })),
  payouts: z.array(payoutRow),
  /** Payouts of any date that wait for a person, newest first: at most 100. */
  needsWork: z.array(payoutRow),
  mode: z.enum(["preview", "approve", "automatic"]),
  today: dateText,
});
export type PayoutsView = z.infer<typeof payoutsView>;

export const payoutEntryView = z.strictObject({
  revision: z.number().int(),
  kind: z.enum(PAYOUT_ENTRY_KINDS),
  documentNumber: z.string(),
  bookedOn: dateText,
  cause: z.string(),
  totalMinor: z.number().int(),
  lines: z.array(entryLineView),
  postedAt: z.number().int(),
  booksUrl: z.string().nullable(),
});
export type PayoutEntryView = z.infer<typeof payoutEntryView>;

export const payoutView = z.strictObject({
  row: payoutRow,
  locationName: z.string(),
  processorName: z.string(),
  booksName: z.string().nullable(),
  /** What the payout consists of, in the order in which it comes to the net. Signed. */
  parts: z.array(z.strictObject({ label: z.string(), minor: z.number().int() })),
  settles: z.array(z.strictObject({ date: dateText, minor: z.number().int() })),
  /** What would be posted now, and under which date; null when it cannot be built or is in the books already. */
  proposal: z.strictObject({ lines: z.array(entryLineView), totalMinor: z.number().int(), bookedOn: dateText, fingerprint: z.string() }).nullable(),
  entries: z.array(payoutEntryView),
  explanation: explanation.nullable(),
  attempts: z.array(attempt),
  mode: z.enum(["preview", "approve", "automatic"]),
});
export type PayoutView = z.infer<typeof payoutView>;

const minor = z.number().int();

export const bridgeDay = z.strictObject({
  date: dateText,
  takenMinor: minor,
  refundedMinor: minor,
  /** Which payouts settled it, by their dates of arrival. */
  settled: z.array(z.strictObject({ payout: id, arrivalDate: dateText, minor })),
  /** Taken less refunded less settled: still on its way, or to be explained. */
  openMinor: minor,
});
export type BridgeDay = z.infer<typeof bridgeDay>;

/** From what a location took by card in a range of dates to what reached the bank in it. Each sum follows from the lines above it. */
export const bridge = z.strictObject({
  locationId: id,
  name: z.string(),
  currency: z.string(),
  /** By card, on the days of the range that were read. */
  takenMinor: minor,
  refundedMinor: minor,
  /** Settled in the range for other days; and for days in the range by payouts that arrived outside of it. */
  otherDaysMinor: minor,
  otherPayoutsMinor: minor,
  /** Of the days in the range, settled by no payout yet, and no older than ten days. */
  onItsWayMinor: minor,
  /** The same of older days: each is named in `unexplained`. */
  unexplainedMinor: minor,
  grossSettledMinor: minor,
  feesMinor: minor,
  chargebacksMinor: minor,
  adjustmentsMinor: minor,
  withheldMinor: minor,
  /** Sent, and not taken by the bank. */
  returnedMinor: minor,
  depositsMinor: minor,
  unexplained: z.array(z.strictObject({ date: dateText, minor })),
  days: z.array(bridgeDay),
});
export type BridgeView = z.infer<typeof bridge>;

/** By how many days ago something was taken, as of today. */
export const AGES = ["0-2", "3-5", "6-10", "over 10"] as const;

export const ageing = z.strictObject({
  processor: z.string(),
  currency: z.string(),
  /** Card takings of the last 60 days that no payout has settled, by age. */
  buckets: z.array(z.strictObject({ age: z.enum(AGES), minor })),
  openMinor: minor,
  /** Held back by the processor or returned by the bank: it comes back in a later payout. */
  withheldMinor: minor,
});
export type AgeingView = z.infer<typeof ageing>;

export const bridgeView = z.strictObject({
  toldBy: z.string().nullable(),
  tillName: z.string().nullable(),
  bridges: z.array(bridge),
  ageing: z.array(ageing),
  /** What the entries that Daybook posted leave in the clearing account, all of them together; null while it has no account. */
  clearing: z.strictObject({ account: z.string(), currency: z.string(), balanceMinor: minor }).nullable(),
});
export type BridgesView = z.infer<typeof bridgeView>;
