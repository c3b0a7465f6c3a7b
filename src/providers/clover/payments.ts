/** Payments of a window, as numbers: what was paid, with what, for which order. No card, customer or employee is read. */
import { failed, ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import type { Access } from "../contract";
import { createdWithin, readList } from "./lists";
import { chargeNameOf, serviceNameOf, taxNameOf, UNNAMED_TAX } from "./names";
import type { Part } from "./parts";
import { tenderOf, type TenderName } from "./tenders";
import { idIn, isWire, textOf, type Wire, type WireReader } from "./wire";

export const PAYMENT_EXPANDED = "tender,taxRates,additionalCharges";

/** A payment that moved money. Amounts are minor units. */
export type Payment = {
  readonly id: string;
  /** Empty where it was for no order. */
  readonly orderId: string;
  readonly createdAt: number;
  readonly tender: TenderName;
  /** Without the tip, with tax. */
  readonly amountMinor: number;
  readonly tipMinor: number;
  /** Handed out in cash on top of what was bought. */
  readonly cashbackMinor: number;
  /** The tax in the amount, as the till states it; null where it says nothing of it. */
  readonly taxes: readonly Part[] | null;
  /** The service charge in the amount, as the till states it; null where it says nothing of it. */
  readonly service: Part | null;
  /** Surcharges and the like. */
  readonly charges: readonly Part[];
};

/**
 * Results with which money moved, or will: an authorization that was completed, and a void that failed. An opened
 * authorization (AUTH) is a hold, not a sale (payments/Result of clover-android-sdk).
 */
const MOVED: ReadonlySet<unknown> = new Set(["SUCCESS", "AUTH_COMPLETED", "VOID_FAILED"]);
/** Taken while the device was offline and not settled yet: it may still be declined. */
const WAITING: ReadonlySet<unknown> = new Set(["OFFLINE_RETRYING", "PENDING"]);

export type Payments = {
  readonly byOrder: ReadonlyMap<string, readonly Payment[]>;
  readonly byId: ReadonlyMap<string, Payment>;
  /** Payments that are still on their way to the bank and are counted once they arrive. */
  readonly waiting: number;
  readonly pages: number;
};

/** Lists what was paid within a window, by the order that it was for. */
export async function listPayments(access: Access, window: Window, reader: WireReader): Promise<Result<Payments>> {
  const byId = new Map<string, Payment>();
  let waiting = 0;
  const pages = await readList(access, "/payments", [...createdWithin(window), ["expand", PAYMENT_EXPANDED]], reader, async (rows) => {
    for (const row of rows) {
      if (WAITING.has(row.result)) waiting += 1;
      const payment = paymentOf(row, reader);
      if (payment !== null) byId.set(payment.id, payment);
    }
    return reader.problem === null ? ok(undefined) : failed(reader.problem);
  });
  return pages.ok ? ok({ byId, byOrder: Map.groupBy(byId.values(), ({ orderId }) => orderId), waiting, pages: pages.value }) : pages;
}

/** A payment as numbers, or null for one that moved no money: declined, voided, or still waiting. */
export function paymentOf(row: Wire, reader: WireReader): Payment | null {
  if (!MOVED.has(row.result) || row.voided === true) return null;
  return {
    id: textOf(row.id),
    orderId: idIn(row.order),
    createdAt: reader.integer(row.createdTime, "createdTime"),
    tender: tenderOf(row.tender),
    amountMinor: reader.integer(row.amount, "amount"),
    tipMinor: reader.integer(row.tipAmount, "tipAmount"),
    cashbackMinor: reader.integer(row.cashbackAmount, "cashbackAmount"),
    taxes: taxesIn(row, row.taxRates, reader),
    service: isWire(row.serviceCharge)
      ? { what: { kind: "charge", ...serviceNameOf(row.serviceCharge) }, minor: reader.integer(row.serviceCharge.amount, "amount") }
      : null,
    charges: chargesIn(row, reader),
  };
}

/**
 * The tax of a payment or a refund by rate, as stated; null where nothing of it is. The stated sum decides: what the single
 * rates leave of it is tax without a name, and a cent that they have too much is taken from the largest.
 */
export function taxesIn(row: Wire, rates: unknown, reader: WireReader): readonly Part[] | null {
  const named = reader.list(rates, "taxRates").map((rate) => ({ what: { kind: "tax" as const, ...taxNameOf(rate) }, minor: reader.integer(rate.taxAmount, "taxAmount") }));
  if (row.taxAmount === undefined || row.taxAmount === null) return named.length === 0 ? null : named;
  const rest = reader.integer(row.taxAmount, "taxAmount") - named.reduce((sum, { minor }) => sum + minor, 0);
  if (rest >= 0 || named.length === 0) return rest === 0 ? named : [...named, { what: { kind: "tax", ...UNNAMED_TAX }, minor: rest }];
  const largest = Math.max(...named.map(({ minor }) => minor));
  const at = named.findIndex(({ minor }) => minor === largest);
  return named.map((part, index) => (index === at ? { ...part, minor: part.minor + rest } : part));
}

/** Surcharges and convenience fees; a cash discount is a negative one. */
export function chargesIn(row: Wire, reader: WireReader): readonly Part[] {
  return reader.list(row.additionalCharges, "additionalCharges").map((charge) => {
    const minor = reader.integer(charge.amount, "amount");
    return minor < 0 ? { what: { kind: "discount" }, minor } : { what: { kind: "charge", ...chargeNameOf(charge) }, minor };
  });
}

/** What some parts come to. */
export function minorOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { minor }) => sum + minor, 0);
}
