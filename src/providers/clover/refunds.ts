/**
 * Money given back within a window, on the day on which it was given back: refunds of payments, credits (manual refunds
 * without a sale), and reversals of credits. Amounts are stated with tax and tip; nothing of them is computed anew.
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import type { SalesDayFold } from "../../ledger/sales-day";
import type { Access } from "../contract";
import { find } from "./client";
import type { Goods } from "./goods";
import { createdWithin, readList } from "./lists";
import { serviceNameOf, UNALLOCATED } from "./names";
import type { Line, Order } from "./order";
import { book, partsOf, taxPartsOf, type Part } from "./parts";
import { chargesIn, minorOf, taxesIn, type Payments } from "./payments";
import { sharesOf } from "./ratio";
import { tenderOf, type TenderName } from "./tenders";
import { soldLines, totalsOf } from "./totals";
import { idIn, isWire, textOf, type Wire, type WireReader } from "./wire";

/** A refund as numbers; `lineIds` are the lines that came back, none where only an amount was given back. */
export type Refund = {
  readonly orderId: string;
  readonly tender: TenderName;
  readonly amountMinor: number;
  readonly tipMinor: number;
  readonly taxes: readonly Part[] | null;
  /** Service and additional charges that were given back. */
  readonly charges: readonly Part[];
  readonly lineIds: ReadonlySet<string>;
};

/** The refunds of a window. A refund goes back to its own tender where it names one, else to the payment's. */
export async function listRefunds(access: Access, window: Window, payments: Payments, reader: WireReader): Promise<Result<readonly Refund[]>> {
  const rows: Wire[] = [];
  const query = [...createdWithin(window), ["expand", "lineItems,taxableAmountRates,additionalCharges"] as const];
  const listed = await readList(access, "/refunds", query, reader, async (fresh) => {
    rows.push(...fresh.filter(hasHappened));
    return ok(undefined);
  });
  if (!listed.ok) return listed;
  const refunds: Refund[] = [];
  for (const row of rows) {
    const tender = await tenderBehind(access, row, payments);
    if (!tender.ok) return tender;
    refunds.push(refundOf(row, tender.value, reader));
  }
  return reader.problem === null ? ok(refunds) : failed(reader.problem);
}

/** A refund that was voided or failed gave nothing back, and one that is pending has not yet. */
function hasHappened(row: Wire): boolean {
  const isDone = row.status === undefined || row.status === null || row.status === "SUCCESS";
  return isDone && row.voided !== true && typeof row.deletedTime !== "number";
}

function refundOf(row: Wire, tender: TenderName, reader: WireReader): Refund {
  const service = isWire(row.serviceChargeAmount) ? row.serviceChargeAmount : null;
  const given: Part[] = service === null ? [] : [{ what: { kind: "charge", ...serviceNameOf(service) }, minor: reader.integer(service.amount, "amount") }];
  return {
    orderId: idIn(row.orderRef), tender, amountMinor: reader.integer(row.amount, "amount"), tipMinor: reader.integer(row.tipAmount, "tipAmount"),
    taxes: taxesIn(row, row.taxableAmountRates, reader), charges: [...given, ...chargesIn(row, reader)],
    lineIds: new Set(reader.list(row.lineItems, "lineItems").map((line) => textOf(line.id))),
  };
}

async function tenderBehind(access: Access, row: Wire, payments: Payments): Promise<Result<TenderName>> {
  if (isWire(row.overrideMerchantTender)) return ok(tenderOf(row.overrideMerchantTender));
  const paymentId = idIn(row.payment);
  const known = payments.byId.get(paymentId);
  if (known !== undefined || paymentId === "") return ok(known?.tender ?? tenderOf(null));
  const payment = await find(access, `/payments/${encodeURIComponent(paymentId)}`, [["expand", "tender"]]);
  return payment.ok ? ok(tenderOf(payment.value?.tender)) : payment;
}

/**
 * Books a refund on its order (null where Clover has none any more). What came back by line goes to the lines' categories;
 * money beyond their worth, or given back without naming lines, to refunds without goods. Answers that amount.
 */
export function bookRefund(day: SalesDayFold, goods: Goods, refund: Refund, order: Order | null): number {
  const { tender, tipMinor, charges } = refund;
  const lines = order === null ? [] : linesBack(order, refund);
  const taxes = refund.taxes ?? taxBack(order, lines);
  const goodsMinor = refund.amountMinor - tipMinor - minorOf(taxes) - minorOf(charges);
  const parts = order === null || lines.length === 0 ? [] : partsOf(order, lines);
  const worthMinor = minorOf(parts);
  const shares = sharesOf(parts.map(({ minor }) => minor), Math.min(goodsMinor, worthMinor));
  const back = parts.map((part, index) => ({ ...part, minor: shares[index] ?? 0 }));
  for (const part of [...back, ...taxes, ...charges]) book(day, goods, part, "out");
  if (tipMinor !== 0) day.tip.out(tipMinor);
  const restMinor = goodsMinor - minorOf(back);
  if (restMinor !== 0) day.category(UNALLOCATED.id, UNALLOCATED.label).returned(restMinor);
  day.tender(tender.kind, tender.id, tender.label).out(refund.amountMinor);
  day.order();
  return restMinor;
}

/** The lines that a refund names; all of them where it gives back everything that was to be paid. */
function linesBack(order: Order, { lineIds, amountMinor, tipMinor }: Refund): readonly Line[] {
  if (lineIds.size > 0) return order.lines.filter((line) => lineIds.has(line.id));
  return amountMinor - tipMinor === totalsOf(order).totalMinor ? soldLines(order) : [];
}

function taxBack(order: Order | null, lines: readonly Line[]): readonly Part[] {
  return order === null || lines.length === 0 ? [] : taxPartsOf(lines, totalsOf(order, lines));
}

/**
 * Books credits and reversals of credits. A credit is money back without a sale; its reversal, money received again. One
 * that is marked void with no reversal of its own never left the till. Answers how many there were.
 */
export async function bookCredits(access: Access, window: Window, day: SalesDayFold, goods: Goods, reader: WireReader): Promise<Result<number>> {
  let count = 0;
  const given = await readList(access, "/credits", [...createdWithin(window), ["expand", "tender,taxRates,creditRefunds"]], reader, async (rows) => {
    for (const row of rows.filter((credit) => wasGiven(credit, reader))) {
      bookCredit(day, goods, row, reader, "out");
      count += 1;
    }
    return ok(undefined);
  });
  if (!given.ok) return given;
  const reversed = await readList(access, "/credit_refunds", createdWithin(window), reader, async (rows) => {
    for (const row of rows) {
      const credit = await find(access, `/credits/${encodeURIComponent(idIn(row.credit))}`, [["expand", "tender,taxRates"]]);
      if (!credit.ok) return credit;
      if (credit.value !== null) bookCredit(day, goods, credit.value, reader, "in");
      count += 1;
    }
    return ok(undefined);
  });
  if (!reversed.ok) return reversed;
  return reader.problem === null ? ok(count) : failed(reader.problem);
}

function wasGiven(credit: Wire, reader: WireReader): boolean {
  const isDone = credit.result === undefined || credit.result === null || credit.result === "SUCCESS";
  return isDone && (credit.voided !== true || reader.list(credit.creditRefunds, "creditRefunds").length > 0);
}

function bookCredit(day: SalesDayFold, goods: Goods, row: Wire, reader: WireReader, direction: "in" | "out"): void {
  const taxes = taxesIn(row, row.taxRates, reader) ?? [];
  const amountMinor = reader.integer(row.amount, "amount");
  const goodsMinor = amountMinor - minorOf(taxes);
  const tender = tenderOf(row.tender);
  for (const tax of taxes) book(day, goods, tax, direction);
  const category = day.category(UNALLOCATED.id, UNALLOCATED.label);
  if (direction === "out") category.returned(goodsMinor);
  else category.gross(goodsMinor);
  day.tender(tender.kind, tender.id, tender.label)[direction](amountMinor);
  day.order();
}
