/**
 * A day as the lines of a journal, before anybody says which account each one goes to (accounting reference §2.1).
 * Nothing is netted but tenders: discounts, returns and refunds stand beside what they lessen, so that each can be read.
 */
import { sum } from "../kernel/money";
import type { AccountNature, LineKey } from "./mapping";
import type { PaidOut, SalesDay, TenderKind } from "./sales-day";
import { netTenders, type NetTender } from "./tender";

export type Side = "debit" | "credit";

/** What a line is, whatever its amount. The same key may stand on both sides of a day. */
export type LineSubject = {
  readonly key: LineKey;
  /** What a person maps: "Food", "Returns, Food", "Card". */
  readonly label: string;
  readonly nature: AccountNature;
};

export type DayLine = LineSubject & {
  /** What the line says in the books: "Sales, Food". */
  readonly description: string;
  readonly side: Side;
  /** Positive minor units of the day's currency. */
  readonly minor: number;
};

const TENDER_LABELS: Readonly<Record<TenderKind, string>> = {
  card: "Card", cash: "Cash", check: "Check", gift_card: "Gift cards redeemed", house_account: "House account",
  third_party: "Third party", store_credit: "Store credit", bank: "Bank transfer", wallet: "Wallet",
  buy_now_pay_later: "Buy now, pay later", other: "Other tender",
};

/**
 * The lines that a checked day needs, in the order in which a bookkeeper reads them: first the debits (tenders, the
 * drawer, discounts, comps, returns, refunds), then the credits (sales, charges, tax, tips, gift cards). Zero lines
 * are left out and no line is negative. An unbalanced day gives unequal sides.
 */
export function linesOf(day: SalesDay): readonly DayLine[] {
  const tenders = netTenders(day);
  const lines = [
    ...tenders.map((tender) => tenderLine(tender, "debit")),
    ...drawerLines(day),
    ...lesseningLines(day),
    ...refundLines(day),
    ...saleLines(day),
    ...giftCardCredits(day),
    ...reversalLines(day),
    ...tenders.map((tender) => tenderLine(tender, "credit")),
    line(overShort, "Cash over", "credit", day.cashOverShortMinor),
    line(rounding, "Rounding", "credit", day.roundingMinor),
  ];
  return lines.filter((line) => line.minor > 0);
}

/** Counted cash less than expected, and what left the drawer. Cash itself is already net of both. */
function drawerLines(day: SalesDay): DayLine[] {
  const expenses = day.paidOuts.filter((row) => row.purpose === "expense");
  const paidFor = (purpose: PaidOut["purpose"]): number => sum(day.paidOuts.filter((row) => row.purpose === purpose).map((row) => row.minor));
  return [
    line(overShort, "Cash short", "debit", -day.cashOverShortMinor),
    ...expenses.map((row) => {
      const label = readable(row.label, "Paid out");
      return line(subject(`paid_out:${row.id}`, label, "expense"), label, "debit", row.minor);
    }),
    line(cashMoved, "Cash moved out of the drawer", "debit", paidFor("moved")),
    line(tip, "Tips paid in cash", "debit", paidFor("tips")),
  ];
}

/** What makes the day smaller than its gross. */
function lesseningLines(day: SalesDay): DayLine[] {
  return [
    line(tip, "Tips refunded", "debit", day.tips.outMinor),
    line(discount, "Discounts", "debit", day.discounts.inMinor),
    line(comp, "Comps", "debit", day.comps.inMinor),
    ...day.categories.map((row) => {
      const label = returnLabel(row.id, row.label);
      return line(subject(`return:${row.id}`, label, "contra_income"), label, "debit", row.returnedMinor);
    }),
  ];
}

function refundLines(day: SalesDay): DayLine[] {
  return [
    ...day.serviceCharges.map((row) => line(serviceCharge(row), `${serviceCharge(row).label} refunded`, "debit", row.outMinor)),
    ...day.taxes.map((row) => line(tax(row), `${tax(row).label} refunded`, "debit", row.outMinor)),
    line(giftCardSold, "Gift cards refunded", "debit", day.giftCards.outMinor),
    line(subject("gift_card_promotion", "Gift cards given away", "contra_income"), "Gift cards given away", "debit", day.giftCards.promotionalMinor),
    line(rounding, "Rounding", "debit", -day.roundingMinor),
  ];
}

function saleLines(day: SalesDay): DayLine[] {
  return [
    ...day.categories.map((row) => {
      const label = readable(row.label, "Uncategorized");
      return line(subject(`sales:${row.id}`, label, "income"), `Sales, ${label}`, "credit", row.grossMinor);
    }),
    ...day.serviceCharges.map((row) => line(serviceCharge(row), serviceCharge(row).label, "credit", row.inMinor)),
    ...day.taxes.map((row) => line(tax(row), tax(row).label, "credit", row.inMinor)),
    line(tip, "Tips", "credit", day.tips.inMinor),
  ];
}

/** Promotional value is owed to its holder like any other: it joins the liability and its cost stands opposite. */
function giftCardCredits(day: SalesDay): DayLine[] {
  const { inMinor, promotionalMinor } = day.giftCards;
  const description = promotionalMinor === 0 ? "Gift cards sold" : "Gift cards sold and given away";
  return [
    line(giftCardSold, description, "credit", inMinor + promotionalMinor),
    line(
      subject("house_account_payment", "House account payments", "asset"),
      "House account payments", "credit", day.houseAccountPaymentsMinor,
    ),
  ];
}

function reversalLines(day: SalesDay): DayLine[] {
  return [
    line(discount, "Discounts reversed on returns", "credit", day.discounts.outMinor),
    line(comp, "Comps reversed on returns", "credit", day.comps.outMinor),
  ];
}

const tip = subject("tip", "Tips", "liability");
const discount = subject("discount", "Discounts", "contra_income");
const comp = subject("comp", "Comps", "contra_income");
const giftCardSold = subject("gift_card_sold", "Gift cards sold", "liability");
const cashMoved = subject("cash_moved", "Cash moved out of the drawer", "asset");
const overShort = subject("cash_over_short", "Cash over or short", "expense");
const rounding = subject("rounding", "Rounding", "expense");

type Named = { readonly id: string; readonly label: string };

function serviceCharge(row: Named): LineSubject {
  return subject(`service_charge:${row.id}`, readable(row.label, "Service charge"), "income");
}

function tax(row: Named): LineSubject {
  return subject(`tax:${row.id}`, readable(row.label, "Tax"), "liability");
}

/** A tender stands on the side that its net says; on the other its amount is negative and the line falls out. */
function tenderLine(tender: NetTender, side: Side): DayLine {
  const label = readable(tender.label, TENDER_LABELS[tender.kind]);
  return line(subject(tenderKey(tender), label, tenderNature(tender.kind)), label, side, side === "debit" ? tender.minor : -tender.minor);
}

function tenderKey({ kind, id }: NetTender): string {
  if (kind === "gift_card") return "gift_card_redeemed";
  return id === "" ? `tender:${kind}` : `tender:${kind}:${id}`;
}

/** Gift cards and store credit are the shop's own debt: taking them settles it. Everything else is money to come. */
function tenderNature(kind: TenderKind): AccountNature {
  return kind === "gift_card" || kind === "store_credit" ? "liability" : "asset";
}

/** A refund that names no goods says so in its own label; "Returns, Refunds without goods" says it twice. */
function returnLabel(id: string, label: string): string {
  return id === "unallocated" ? readable(label, "Refunds without goods") : `Returns, ${readable(label, "Uncategorized")}`;
}

function subject(key: string, label: string, nature: AccountNature): LineSubject {
  return { key: key as LineKey, label, nature };
}

function line(about: LineSubject, description: string, side: Side, minor: number): DayLine {
  return { ...about, description, side, minor };
}

/** A till's label fit for a line of the books: no control characters, one space between words, never empty. */
function readable(label: string, otherwise: string): string {
  const tidy = label.toWellFormed().replace(/[\p{Cc}\s]+/gu, " ").trim();
  return tidy === "" ? otherwise : tidy;
}
