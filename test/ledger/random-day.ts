/** Days at random: everything that a day can hold, in any mix, and the tender that makes it balance. */
import * as fc from "fast-check";
import type { Entry } from "../../src/ledger/entry";
import { linesOf } from "../../src/ledger/lines";
import type { Mapping } from "../../src/ledger/mapping";
import { createSalesDayFold, TENDER_KINDS, type SalesDay, type SalesDayFold } from "../../src/ledger/sales-day";
import { mappingOf } from "./examples";

/** One amount said by a till. A day is what these come to, in any order. */
export type Said =
  | { readonly what: "gross" | "returned" | "charge" | "charge back" | "tax" | "tax back" | "tips paid" | "moved" | "paid out"; readonly id: string; readonly minor: number }
  | { readonly what: "discount" | "discount back" | "comp" | "comp back" | "tip" | "tip back" | "gift" | "gift back" | "promotion" | "house payment"; readonly minor: number }
  | { readonly what: "tender" | "tender back"; readonly kind: (typeof TENDER_KINDS)[number]; readonly id: string; readonly minor: number }
  | { readonly what: "over or short" | "rounding"; readonly minor: number };

const minor = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 500_000 }) }, fc.constant(0), fc.integer({ min: 0, max: 1_000_000_000_000 }));
const id = fc.constantFrom("a", "b", "c", "Z", "é");

const said: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constantFrom("gross", "returned", "charge", "charge back", "tax", "tax back", "tips paid", "moved", "paid out"), id, minor,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom("discount", "discount back", "comp", "comp back", "tip", "tip back", "gift", "gift back", "promotion", "house payment"),
      minor,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom("tender", "tender back"), kind: fc.constantFrom(...TENDER_KINDS), id: fc.constantFrom("", "", "x"), minor,
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("over or short"), minor: fc.integer({ min: -50_000, max: 50_000 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("rounding"), minor: fc.integer({ min: -1, max: 1 }) }) },
);

/** Anything that a till may say in a day, most of it out of balance. Labels follow ids. */
export const sayings: fc.Arbitrary<readonly Said[]> = fc.array(said, { maxLength: 40 });

/** A day folded from anything: its tenders seldom pay for its sales. */
export const anyDay: fc.Arbitrary<SalesDay> = sayings.map((all) => foldOf(all).finish());

/** A day whose tenders pay exactly for its sales, refunds exceeding sales included. */
export const balancedDay: fc.Arbitrary<SalesDay> = fc.tuple(sayings, fc.constantFrom(...TENDER_KINDS))
  .map(([all, kind]) => foldOf([...all, ...settling(all, kind)]).finish());

export function foldOf(all: readonly Said[]): SalesDayFold {
  const fold = createSalesDayFold("USD");
  fold.order(all.length + 50);
  for (const one of all) say(fold, one);
  return fold;
}

function say(fold: SalesDayFold, said: Said): void {
  switch (said.what) {
    case "gross": return fold.category(said.id, `Category ${said.id}`).gross(said.minor);
    case "returned": return fold.category(said.id, `Category ${said.id}`).returned(said.minor);
    case "charge": return fold.serviceCharge(said.id, `Charge ${said.id}`).in(said.minor);
    case "charge back": return fold.serviceCharge(said.id, `Charge ${said.id}`).out(said.minor);
    case "tax": return fold.tax(said.id, `Tax ${said.id}`).in(said.minor);
    case "tax back": return fold.tax(said.id, `Tax ${said.id}`).out(said.minor);
    case "moved": return fold.paidOut("moved", said.id, `Moved ${said.id}`, said.minor);
    case "tips paid": return fold.paidOut("tips", said.id, `Tips ${said.id}`, said.minor);
    case "paid out": return fold.paidOut("expense", said.id, `Paid ${said.id}`, said.minor);
    case "discount": return fold.discount.in(said.minor);
    case "discount back": return fold.discount.out(said.minor);
    case "comp": return fold.comp.in(said.minor);
    case "comp back": return fold.comp.out(said.minor);
    case "tip": return fold.tip.in(said.minor);
    case "tip back": return fold.tip.out(said.minor);
    case "gift": return fold.giftCard.in(said.minor);
    case "gift back": return fold.giftCard.out(said.minor);
    case "promotion": return fold.giftCard.promotional(said.minor);
    case "house payment": return fold.houseAccountPayment(said.minor);
    case "tender": return fold.tender(said.kind, said.id, `Tender ${said.id}`).in(said.minor);
    case "tender back": return fold.tender(said.kind, said.id, `Tender ${said.id}`).out(said.minor);
    case "over or short": return fold.cashOverShort(said.minor);
    case "rounding": return fold.rounding(said.minor);
  }
}

/** What each saying does to sales less tenders, written out once more and independently of the ledger. */
const EFFECT: Readonly<Record<Said["what"], -1 | 0 | 1>> = {
  gross: 1, returned: -1, charge: 1, "charge back": -1, tax: 1, "tax back": -1, "tips paid": 0, moved: 0, "paid out": 0,
  discount: -1, "discount back": 1, comp: -1, "comp back": 1, tip: 1, "tip back": -1, gift: 1, "gift back": -1,
  promotion: 0, "house payment": 1, tender: -1, "tender back": 1, "over or short": 0, rounding: 1,
};

/** Sales less tenders of what was said, in minor units. */
export function differenceOf(all: readonly Said[]): number {
  return all.reduce((total, one) => total + EFFECT[one.what] * one.minor, 0);
}

function settling(all: readonly Said[], kind: (typeof TENDER_KINDS)[number]): Said[] {
  const missing = differenceOf(all);
  return [{ what: missing > 0 ? "tender" : "tender back", kind, id: "", minor: Math.abs(missing) }];
}

/** Every line of the days to an account of its own, named after its key. */
export function mappingFor(...days: readonly SalesDay[]): Mapping {
  return mappingOf(Object.fromEntries(days.flatMap((day) => linesOf(day).map((line) => [line.key, line.key]))));
}

/** Debits less credits by account, accounts at zero left out: what a trial balance shows of entries. */
export function balances(lines: Entry["lines"]): Record<string, number> {
  const totals = new Map<string, number>();
  for (const { account, side, minor } of lines) {
    totals.set(account.id, (totals.get(account.id) ?? 0) + (side === "debit" ? minor : -minor));
  }
  return Object.fromEntries([...totals].filter(([, total]) => total !== 0));
}
