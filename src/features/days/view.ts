/** A day's rows as the web app sees them. Amounts stay minor units; labels become readable. */
import type { z } from "zod";
import { oneSideOfPosted, postedOfTill } from "../../ledger/correction";
import type { Entry, EntryLine } from "../../ledger/entry";
import { linesOf } from "../../ledger/lines";
import { dayTotals, imbalanceOf, type InAndOut, type SalesDay, type TenderTotal } from "../../ledger/sales-day";
import type { DayCell, DayView, postedEntryView, ShownState, totalsView } from "./contract";
import { isUndone, NEVER_SENT, type PendingEntry } from "./rules";
import type { DayRow, EntryRow } from "./store";

type TotalsView = z.infer<typeof totalsView>;
type PostedEntryView = z.infer<typeof postedEntryView>;
type EntryLineView = PostedEntryView["lines"][number];

/** What sold, how it was paid, and what else there was. */
export function toTotalsView(day: SalesDay): TotalsView {
  return {
    currency: day.currency,
    orderCount: day.orderCount,
    categories: day.categories.map((row) => ({ ...row, label: named(row.label, row.id === "unallocated" ? "Refunds without goods" : "Uncategorized") })),
    tenders: day.tenders.map((row) => ({ key: keyOf(row), label: named(row.label, TENDER_LABELS[row.kind]), inMinor: row.inMinor, outMinor: row.outMinor })),
    others: othersOf(day).filter((row) => row.inMinor !== 0 || row.outMinor !== 0),
  };
}

/** The lines of an entry, each with the name of its account. */
export function toLineViews(lines: readonly EntryLine[]): EntryLineView[] {
  return lines.map(({ key, description, account, side, minor, tags }) => ({
    key, description, account: account.name, side, minor, ...(tags === undefined ? {} : { tags: tags.map(({ name }) => name) }),
  }));
}

/**
 * What is not posted yet: `face` is the entry that people see and approve by its fingerprint. Where everything that
 * stands is taken back before it, the pending entry itself is the first reversal.
 */
export function toProposal(order: Pick<PendingEntry, "kind" | "bookedOn" | "cause" | "follows">, face: Entry, fingerprint: string): NonNullable<DayView["proposal"]> {
  const { kind, bookedOn, cause, follows } = order;
  const replaces = follows !== null && follows !== undefined;
  return {
    lines: toLineViews(face.lines), totalMinor: face.totalMinor, fingerprint,
    kind: replaces ? "sales" : kind, bookedOn, cause: replaces ? follows.cause : cause, replaces,
  };
}

/** What stands in the books. `nameOf` turns who posted it into a name. */
export function toEntryView(row: EntryRow, booksUrl: string | null, nameOf: (actor: string) => string): PostedEntryView {
  return {
    revision: row.revision,
    kind: row.kind,
    bookedOn: row.bookedOn,
    cause: row.cause,
    reverses: row.reverses,
    documentNumber: row.documentNumber,
    currency: row.currency,
    totalMinor: row.totalMinor,
    lines: toLineViews(row.lines),
    mappingVersion: row.mappingVersion,
    postedAt: row.postedAt,
    postedBy: nameOf(row.postedBy),
    wasSent: row.externalId !== NEVER_SENT,
    booksUrl,
  };
}

/**
 * Till, entry and books for the strip that ties them: one side of each, corrections and reversals taken with their sign,
 * and by how much the till's own two sides differ. Minor units; null where there is nothing yet.
 */
export function toTieOut(currency: string, day: Tied, entries: readonly EntryRow[], proposal: Entry | null): DayView["tieOut"] {
  const isTakenBack = day.decisions !== undefined && isUndone({ decisions: day.decisions });
  const booksMinor = entries.length === 0 || isTakenBack ? null : postedSide(day.totals, entries);
  const imbalanceMinor = day.totals === null ? 0 : imbalanceOf(day.totals);
  return { currency, tillMinor: takingsOf(day.totals), entryMinor: booksMinor ?? proposal?.totalMinor ?? null, booksMinor, imbalanceMinor };
}

/** As much of a day as ties. What was taken back stands in the books as nothing, and the day waits to be posted again. */
type Tied = Pick<DayRow, "totals"> & Partial<Pick<DayRow, "decisions">>;

/** What changes by hand and what puts them right cancel out in the books, and so here. */
function postedSide(totals: SalesDay | null, entries: readonly EntryRow[]): number {
  return oneSideOfPosted(totals === null ? [] : linesOf(totals), postedOfTill(entries.flatMap((row) => row.lines)));
}

/** One square of the calendar. */
export function toCell(day: Pick<DayRow, "locationId" | "businessDate" | "totals">, state: ShownState, headline: string | null): DayCell {
  return { locationId: day.locationId, date: day.businessDate, state, takingsMinor: takingsOf(day.totals), headline };
}

/** One side of the day as the till says it, or null for a day that was not read. */
export function takingsOf(totals: SalesDay | null): number | null {
  return totals === null ? null : dayTotals(totals).takingsMinor;
}

const TENDER_LABELS: Readonly<Record<TenderTotal["kind"], string>> = {
  card: "Card", cash: "Cash", check: "Check", gift_card: "Gift card", house_account: "House account", third_party: "Third party",
  store_credit: "Store credit", bank: "Bank transfer", wallet: "Wallet", buy_now_pay_later: "Buy now, pay later", other: "Other tender",
};

function keyOf({ kind, id }: TenderTotal): string {
  return id === "" ? `tender:${kind}` : `tender:${kind}:${id}`;
}

type OtherView = TotalsView["others"][number];

function othersOf(day: SalesDay): OtherView[] {
  return [
    other("discount", "Discounts", day.discounts),
    other("comp", "Comps", day.comps),
    ...day.serviceCharges.map((row) => other(`service_charge:${row.id}`, named(row.label, "Service charge"), row)),
    ...day.taxes.map((row) => other(`tax:${row.id}`, named(row.label, "Tax"), row)),
    other("tip", "Tips", day.tips),
    other("gift_card_sold", "Gift cards sold", day.giftCards),
    other("gift_card_promotion", "Gift cards given away", { inMinor: day.giftCards.promotionalMinor, outMinor: 0 }),
    other("house_account_payment", "House account payments", { inMinor: day.houseAccountPaymentsMinor, outMinor: 0 }),
    ...day.paidOuts.map((row) => other(`paid_out:${row.id}`, named(row.label, "Paid out"), { inMinor: 0, outMinor: row.minor })),
    other("cash_over_short", "Cash over or short", signed(day.cashOverShortMinor)),
    other("rounding", "Rounding", signed(day.roundingMinor)),
  ];
}

function other(key: string, label: string, { inMinor, outMinor }: InAndOut): OtherView {
  return { key, label, inMinor, outMinor };
}

function signed(minor: number): InAndOut {
  return { inMinor: Math.max(minor, 0), outMinor: Math.max(-minor, 0) };
}

function named(label: string, otherwise: string): string {
  const tidy = label.toWellFormed().replace(/[\p{Cc}\s]+/gu, " ").trim();
  return tidy === "" ? otherwise : tidy;
}
