/** What a report says of days: figures of one, sums of many, and whether what was posted comes to what the till says now. */
import { sum, type Currency } from "../../kernel/money";
import type { EntryLine } from "../../ledger/entry";
import { linesOf } from "../../ledger/lines";
import { createSalesDayFold, dayTotals, type InAndOut, type SalesDay } from "../../ledger/sales-day";
import { toTotalsView } from "../days/service";
import type { ReportDay, ReportSum, ReportTotals } from "./contract";

/** The figures of one day that stand in a row. Reductions are discounts and comps, less those that returns reversed. */
export function figuresOf(day: SalesDay): NonNullable<ReportDay["figures"]> {
  const { grossMinor, netMinor, taxMinor, tipsMinor, collectedMinor } = dayTotals(day);
  const returnsMinor = sum(day.categories.map((row) => row.returnedMinor));
  return { grossMinor, reductionsMinor: sum([grossMinor, -returnsMinor, -netMinor]), returnsMinor, netMinor, taxMinor, tipsMinor, collectedMinor };
}

export type TieOut = Pick<ReportDay, "tillMinor" | "booksMinor" | "ties">;

/**
 * Till and books of one day. Corrections add to what was posted and reversals take away from it, so that no single entry
 * need equal the till: what is compared is the net of each line over all entries. The books' amount is the till's with
 * the credits that are missing or too many: the till's figure is that side, also of a day whose sides differ.
 */
export function tieOutOf(totals: SalesDay | null, posted: readonly EntryLine[] | null): TieOut {
  const tillMinor = totals === null ? null : dayTotals(totals).takingsMinor;
  if (posted === null) return { tillMinor, booksMinor: null, ties: null };
  const [target, found] = [netsOf(totals === null ? [] : linesOf(totals)), netsOf(posted)];
  const keys = new Set([...target.keys(), ...found.keys()]);
  const ties = [...keys].every((key) => (target.get(key) ?? 0) === (found.get(key) ?? 0));
  return { tillMinor, booksMinor: sum([tillMinor ?? 0, creditsOf(found), -creditsOf(target)]), ties };
}

/** Debits less credits by line key; a key may stand on both sides of a day. */
function netsOf(lines: readonly Pick<EntryLine, "key" | "side" | "minor">[]): ReadonlyMap<string, number> {
  const nets = new Map<string, number>();
  for (const { key, side, minor } of lines) nets.set(key, sum([nets.get(key) ?? 0, side === "debit" ? minor : -minor]));
  return nets;
}

function creditsOf(nets: ReadonlyMap<string, number>): number {
  return sum([...nets.values()].map((net) => Math.max(-net, 0)));
}

/** Adds days up as they are read, and forgets them: one sum for each currency. */
export class ReportFold {
  readonly #sums = new Map<Currency, { readonly fold: ReturnType<typeof createSalesDayFold>; days: number; tieOut: ReportTotals["tieOut"] }>();

  /** One day that was read. */
  add(totals: SalesDay, { tillMinor, booksMinor, ties }: TieOut): void {
    let all = this.#sums.get(totals.currency);
    if (all === undefined) {
      all = { fold: createSalesDayFold(totals.currency), days: 0, tieOut: { tillMinor: 0, booksMinor: 0, notPostedMinor: 0, postedDays: 0, ties: true } };
      this.#sums.set(totals.currency, all);
    }
    all.fold.add(totals);
    all.days += 1;
    const so = all.tieOut;
    all.tieOut = booksMinor === null
      ? { ...so, notPostedMinor: sum([so.notPostedMinor, tillMinor ?? 0]) }
      : { ...so, tillMinor: sum([so.tillMinor, tillMinor ?? 0]), booksMinor: sum([so.booksMinor, booksMinor]), postedDays: so.postedDays + 1, ties: so.ties && ties === true };
  }

  /** The sums, by currency. */
  finish(): ReportTotals[] {
    return [...this.#sums].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([currency, { fold, days, tieOut }]) => toTotals(currency, days, fold.finish(), tieOut));
  }
}

function toTotals(currency: Currency, days: number, all: SalesDay, tieOut: ReportTotals["tieOut"]): ReportTotals {
  const view = toTotalsView(all);
  const sums = (rows: readonly (InAndOut & { readonly label: string })[]) => rows.map(toSum);
  return {
    currency, days, tieOut, summary: summaryOf(all),
    categories: sums(view.categories.map(({ label, grossMinor, returnedMinor }) => ({ label, inMinor: grossMinor, outMinor: returnedMinor }))),
    taxes: sums(view.others.filter(({ key }) => key.startsWith("tax:"))),
    tenders: sums(view.tenders),
  };
}

function toSum({ label, inMinor, outMinor }: InAndOut & { readonly label: string }): ReportSum {
  return { label, inMinor, outMinor, netMinor: sum([inMinor, -outMinor]) };
}

/** From gross to collected: each line is there when it has an amount, the totals always. */
function summaryOf(all: SalesDay): ReportTotals["summary"] {
  const figures = figuresOf(all);
  const line = (label: string, minor: number) => (minor === 0 ? [] : [{ label, minor, isTotal: false }]);
  const net = (flow: InAndOut) => sum([flow.inMinor, -flow.outMinor]);
  return [
    { label: "Gross sales", minor: figures.grossMinor, isTotal: false },
    ...line("Discounts", -net(all.discounts)),
    ...line("Comps", -net(all.comps)),
    ...line("Returns", -figures.returnsMinor),
    { label: "Net sales", minor: figures.netMinor, isTotal: true },
    ...line("Service charges", sum(all.serviceCharges.map(net))),
    ...line("Tax", figures.taxMinor),
    ...line("Tips", figures.tipsMinor),
    ...line("Gift cards sold", net(all.giftCards)),
    ...line("House account payments", all.houseAccountPaymentsMinor),
    ...line("Rounding", all.roundingMinor),
    { label: "Collected by all tenders", minor: figures.collectedMinor, isTotal: true },
  ];
}
