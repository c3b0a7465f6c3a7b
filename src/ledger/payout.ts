/**
 * The payout entry: what a processor paid into the bank, and what it kept of the takings that it settles (accounting
 * reference §2.1: Dr bank, Dr fees, Dr chargebacks and repayments, Cr card clearing). It is never part of a day's entry.
 */
import type { BusinessDate } from "../kernel/day";
import { hashOf } from "../kernel/ids";
import { sum, type Currency } from "../kernel/money";
import { failed, ok, type Result } from "../kernel/result";
import { entryOf, type Entry } from "./entry";
import type { LineSubject, Side } from "./lines";
import { accountFor, tagsFor, type AccountNature, type LineKey, type Mapping } from "./mapping";

/** Where a payout goes: an account at a bank, a card, or the balance that the processor itself keeps for the shop. */
export type PayoutDestination = "bank" | "card" | "balance";

/** What the processor took for something else than its fee: a loan's repayment, savings. `id` is one of a provider's closed list. */
export type Adjustment = { readonly id: string; readonly label: string; readonly nature: AccountNature; readonly minor: number };

/**
 * One payout as totals: no payment and no card is part of it. Amounts are minor units of `currency`. All but charges and
 * refunds are signed from the shop's purse: positive was kept by the processor, negative was given back.
 */
export type Payout = {
  /** The till's own id. */
  readonly id: string;
  /** Tells one reading of the payout from a later one that differs; the till's own. */
  readonly version: string;
  readonly processor: { readonly id: string; readonly name: string };
  /** The date at the bank. */
  readonly arrivalDate: BusinessDate;
  readonly currency: Currency;
  readonly destination: PayoutDestination;
  /** The bank did not take it: its net is still with the processor, and comes back in a later payout. */
  readonly hasFailed: boolean;
  readonly chargesMinor: number;
  readonly refundsMinor: number;
  readonly feesMinor: number;
  readonly disputesMinor: number;
  /** Held, reserved or paid out ahead by the processor: it stays on its way, and so in the clearing account. */
  readonly withheldMinor: number;
  readonly adjustments: readonly Adjustment[];
  /** What arrives; negative is taken from the bank. */
  readonly netMinor: number;
  /** Charges less refunds by the business date on which they were made, oldest first. Signed. */
  readonly settles: readonly { readonly date: BusinessDate; readonly minor: number }[];
};

/** A line of a payout before anybody says which account it goes to. `minor` is positive. */
export type PayoutLine = LineSubject & { readonly description: string; readonly side: Side; readonly minor: number };

/** Card takings wait in the account of this line until a payout settles them. */
export const CLEARING_KEY = "tender:card" as LineKey;

const DESTINATIONS: Readonly<Record<PayoutDestination, string>> = {
  bank: "Payouts to the bank", card: "Payouts to a card", balance: "Payouts to a balance",
};

/** What the shop was credited with less what was given back, before anything was kept. Signed. */
export function grossOf({ chargesMinor, refundsMinor }: Pick<Payout, "chargesMinor" | "refundsMinor">): number {
  return sum([chargesMinor, -refundsMinor]);
}

/** What leaves the clearing account with a payout. Signed: negative comes back into it. */
export function clearedOf(payout: Payout): number {
  return sum([grossOf(payout), -payout.withheldMinor, payout.hasFailed ? -payout.netMinor : 0]);
}

/** Refuses a payout whose parts do not come to its net (`out_of_balance`): something of it was not told. */
export function checkPayout(payout: Payout): Result<void> {
  const { currency, netMinor } = payout;
  const expectedMinor = sum([grossOf(payout), -keptOf(payout), -payout.withheldMinor]);
  const settledMinor = sum(payout.settles.map(({ minor }) => minor));
  const differenceMinor = expectedMinor - netMinor || grossOf(payout) - settledMinor;
  if (differenceMinor === 0) return ok(undefined);
  const message = `${payout.processor.name} lists parts of this payout that do not come to what it paid.`;
  return failed({ kind: "out_of_balance", differenceMinor, currency, message });
}

/** Fees, chargebacks and repayments: what is gone for good. Signed. */
function keptOf({ feesMinor, disputesMinor, adjustments }: Payout): number {
  return sum([feesMinor, disputesMinor, ...adjustments.map(({ minor }) => minor)]);
}

/**
 * The lines of a payout, debits first. What is negative stands on the other side, so that no line is: a payout that
 * takes money from the bank credits it (accounting reference §2.2, example B). Zero lines are left out.
 */
export function payoutLines(payout: Payout): readonly PayoutLine[] {
  const { processor, destination, adjustments } = payout;
  const debits = [
    signed(`payout:${destination}`, DESTINATIONS[destination], "asset", payout.hasFailed ? 0 : payout.netMinor),
    signed(`fee:${processor.id}`, `${processor.name} fees`, "expense", payout.feesMinor),
    signed("chargeback", "Chargebacks", "expense", payout.disputesMinor),
    ...adjustments.map(({ id, label, nature, minor }) => signed(`adjustment:${id}`, label, nature, minor)),
    { ...signed(CLEARING_KEY, "Card", "asset", -clearedOf(payout)), description: `Card takings settled by ${processor.name}` },
  ].filter(({ minor }) => minor > 0);
  return [...debits.filter(({ side }) => side === "debit"), ...debits.filter(({ side }) => side === "credit")];
}

function signed(key: string, label: string, nature: AccountNature, debitMinor: number): PayoutLine {
  const side = debitMinor < 0 ? "credit" : "debit";
  return { key: key as LineKey, label, nature, description: label, side, minor: Math.abs(debitMinor) };
}

/** The lines of a payout that have nowhere to go, in its order. */
export function missingPayoutLines(payout: Payout, mapping: Mapping): readonly LineSubject[] {
  return payoutLines(payout).filter(({ key }) => accountFor(mapping, key) === null);
}

/**
 * The entry of a payout. Refuses what `checkPayout` refuses; `unmapped` with every line that has no account;
 * `invalid_day` where nothing is left to book. Its lines carry the tags of their keys and of the shop's location.
 */
export function buildPayoutEntry(payout: Payout, mapping: Mapping, locationId: string | null = null): Result<Entry> {
  const checked = checkPayout(payout);
  if (!checked.ok) return checked;
  const missing = missingPayoutLines(payout, mapping);
  if (missing.length > 0) return failed({ kind: "unmapped", lines: missing.map(({ key, label }) => ({ key, label })) });
  const lines = payoutLines(payout).flatMap(({ key, description, side, minor }) => {
    const account = accountFor(mapping, key);
    const tags = tagsFor(mapping, key, locationId);
    return account === null ? [] : [{ key, description, account, side, minor, ...(tags.length === 0 ? {} : { tags }) }];
  });
  return lines.length === 0 ? failed({ kind: "invalid_day", message: "There is nothing to book in this payout" }) : ok(entryOf(payout.currency, lines));
}

/** 43 base64url characters. Equal for payouts that would be booked alike and settle the same days. Labels and versions are no part of it. */
export async function fingerprintOfPayout(payout: Payout): Promise<string> {
  const { currency, arrivalDate, settles } = payout;
  const lines = payoutLines(payout).map(({ key, side, minor }) => [key, side, minor]);
  return hashOf(JSON.stringify(["payout 1", currency, arrivalDate, lines, settles.map(({ date, minor }) => [date, minor])]));
}

/** What a fold is made for: everything of a payout that is told before its parts are. */
export type PayoutHead = Pick<Payout, "id" | "version" | "processor" | "arrivalDate" | "currency" | "destination" | "hasFailed" | "netMinor">;

/** Takes in the parts of one payout, one by one, and keeps sums alone. Amounts are signed as in `Payout`. */
export class PayoutFold {
  private chargesMinor = 0;
  private refundsMinor = 0;
  private feesMinor = 0;
  private disputesMinor = 0;
  private withheldMinor = 0;
  private readonly adjustments = new Map<string, Adjustment>();
  private readonly settles = new Map<BusinessDate, number>();

  constructor(private readonly head: PayoutHead) {}

  charge(date: BusinessDate, minor: number): void {
    this.chargesMinor = sum([this.chargesMinor, minor]);
    this.settle(date, minor);
  }

  /** `minor` is what was given back. */
  refund(date: BusinessDate, minor: number): void {
    this.refundsMinor = sum([this.refundsMinor, minor]);
    this.settle(date, -minor);
  }

  fee(minor: number): void {
    this.feesMinor = sum([this.feesMinor, minor]);
  }

  dispute(minor: number): void {
    this.disputesMinor = sum([this.disputesMinor, minor]);
  }

  withhold(minor: number): void {
    this.withheldMinor = sum([this.withheldMinor, minor]);
  }

  adjust(adjustment: Adjustment): void {
    const known = this.adjustments.get(adjustment.id)?.minor ?? 0;
    this.adjustments.set(adjustment.id, { ...adjustment, minor: sum([known, adjustment.minor]) });
  }

  /** What the parts so far come to. */
  netMinor(): number {
    const adjusted = [...this.adjustments.values()].map(({ minor }) => -minor);
    return sum([this.chargesMinor, -this.refundsMinor, -this.feesMinor, -this.disputesMinor, -this.withheldMinor, ...adjusted]);
  }

  finish(): Payout {
    const { head, chargesMinor, refundsMinor, feesMinor, disputesMinor, withheldMinor } = this;
    return {
      ...head, chargesMinor, refundsMinor, feesMinor, disputesMinor, withheldMinor,
      adjustments: [...this.adjustments.values()].filter(({ minor }) => minor !== 0).toSorted((one, other) => (one.id < other.id ? -1 : 1)),
      settles: [...this.settles].filter(([, minor]) => minor !== 0).map(([date, minor]) => ({ date, minor })).toSorted((one, other) => (one.date < other.date ? -1 : 1)),
    };
  }

  private settle(date: BusinessDate, minor: number): void {
    this.settles.set(date, sum([this.settles.get(date) ?? 0, minor]));
  }
}
