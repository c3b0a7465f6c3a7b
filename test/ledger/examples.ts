/** The worked examples of the accounting reference (§2.2) as days, and what the books must say, line by line. */
import type { Entry, EntryLine, Side } from "../../src/ledger/entry";
import type { LineKey, Mapping } from "../../src/ledger/mapping";
import { createSalesDayFold, type SalesDay } from "../../src/ledger/sales-day";

/** Account, side, minor units, as printed in the reference. */
export type Printed = readonly [account: string, side: Side, minor: number];

export function mappingOf(accounts: Readonly<Record<string, string>>): Mapping {
  const entries = Object.entries(accounts).map(([key, name]) => [key, { id: `id of ${name}`, name }] as const);
  return { version: 1, accounts: Object.fromEntries(entries) };
}

export function printed(entry: Entry): Printed[] {
  return entry.lines.map(({ account, side, minor }) => [account.name, side, minor]);
}

/** A line of an entry by key, account and amount: the words do not matter. */
export function lineOf(key: string, account: string, side: Side, minor: number): EntryLine {
  return { key: key as LineKey, description: key, account: { id: `id of ${account}`, name: account }, side, minor };
}

/** Example A: partial refunds, tips, paid-outs and a short drawer in a café. */
export function ordinaryDay(): SalesDay {
  const fold = createSalesDayFold("USD");
  fold.category("food", "Food").gross(124_000);
  fold.category("beverage", "Beverage").gross(61_000);
  fold.category("merch", "Merch").gross(15_000);
  fold.discount.in(6_000);
  fold.comp.in(2_500);
  fold.serviceCharge("service", "Service charge").in(3_600);
  fold.tax("sales-tax", "Sales tax").in(15_803);
  fold.tip.in(21_450);
  fold.tender("card", "", "Card").in(190_240);
  fold.tender("cash", "", "Cash").in(42_113);
  fold.category("food", "Food").returned(1_800);
  fold.tax("sales-tax", "Sales tax").out(149);
  fold.tender("card", "", "Card").out(1_949);
  fold.category("merch", "Merch").returned(3_000);
  fold.tax("sales-tax", "Sales tax").out(248);
  fold.tender("cash", "", "Cash").out(3_248);
  fold.paidOut("expense", "supplies", "Supplies", 4_500);
  fold.paidOut("tips", "tips", "Tips to staff", 12_000);
  fold.cashOverShort(22_190 - 22_365);
  fold.order(412);
  return fold.finish();
}

export const ordinaryMapping = mappingOf({
  "sales:food": "Sales – Food", "sales:beverage": "Sales – Beverage", "sales:merch": "Sales – Merch",
  "return:food": "Returns – Food", "return:merch": "Returns – Merch",
  discount: "Discounts", comp: "Comps", "service_charge:service": "Service charges", "tax:sales-tax": "Sales tax payable",
  tip: "Tips payable", "tender:card": "Card clearing", "tender:cash": "Undeposited cash",
  "paid_out:supplies": "Supplies", cash_over_short: "Cash over/short",
});

export const ordinaryLines: readonly Printed[] = [
  ["Card clearing", "debit", 188_291],
  ["Undeposited cash", "debit", 22_190],
  ["Cash over/short", "debit", 175],
  ["Supplies", "debit", 4_500],
  ["Tips payable", "debit", 12_000],
  ["Discounts", "debit", 6_000],
  ["Comps", "debit", 2_500],
  ["Returns – Food", "debit", 1_800],
  ["Returns – Merch", "debit", 3_000],
  ["Sales tax payable", "debit", 397],
  ["Sales – Beverage", "credit", 61_000],
  ["Sales – Food", "credit", 124_000],
  ["Sales – Merch", "credit", 15_000],
  ["Service charges", "credit", 3_600],
  ["Sales tax payable", "credit", 15_803],
  ["Tips payable", "credit", 21_450],
];
export const ordinaryTotalMinor = 240_853;

/** Example B: refunds exceed sales in a boutique on 2 January. */
export function refundDay(): SalesDay {
  const fold = createSalesDayFold("USD");
  fold.category("apparel", "Apparel").gross(18_000);
  fold.category("accessories", "Accessories").gross(4_500);
  fold.discount.in(1_500);
  fold.tax("7", "Sales tax").in(1_470);
  fold.tender("card", "", "Card").in(16_050);
  fold.tender("cash", "", "Cash").in(6_420);
  fold.category("apparel", "Apparel").returned(64_000);
  fold.category("accessories", "Accessories").returned(6_000);
  fold.discount.out(6_400);
  fold.tax("7", "Sales tax").out(4_452);
  fold.tender("card", "", "Card").out(53_052);
  fold.tender("store_credit", "", "Store credit").out(15_000);
  fold.order(9);
  return fold.finish();
}

export const refundMapping = mappingOf({
  "sales:apparel": "Sales – Apparel", "sales:accessories": "Sales – Accessories",
  "return:apparel": "Returns – Apparel", "return:accessories": "Returns – Accessories",
  discount: "Discounts", "tax:7": "Sales tax payable", "tender:card": "Card clearing", "tender:cash": "Undeposited cash",
  "tender:store_credit": "Store-credit liability",
});

export const refundLines: readonly Printed[] = [
  ["Undeposited cash", "debit", 6_420],
  ["Discounts", "debit", 1_500],
  ["Returns – Accessories", "debit", 6_000],
  ["Returns – Apparel", "debit", 64_000],
  ["Sales tax payable", "debit", 4_452],
  ["Sales – Accessories", "credit", 4_500],
  ["Sales – Apparel", "credit", 18_000],
  ["Sales tax payable", "credit", 1_470],
  ["Discounts", "credit", 6_400],
  ["Card clearing", "credit", 37_002],
  ["Store-credit liability", "credit", 15_000],
];
export const refundTotalMinor = 82_372;

/** Example C: gift cards sold, redeemed, given away and refunded in a salon. */
export function giftCardDay(): SalesDay {
  const fold = createSalesDayFold("USD");
  fold.category("services", "Services").gross(90_000);
  fold.category("retail", "Retail").gross(30_000);
  fold.tax("6", "Sales tax").in(1_800);
  fold.tip.in(12_000);
  fold.giftCard.in(50_000);
  fold.giftCard.promotional(5_000);
  fold.giftCard.out(2_500);
  fold.tender("card", "", "Card").in(118_800);
  fold.tender("card", "", "Card").out(2_500);
  fold.tender("cash", "", "Cash").in(40_000);
  fold.tender("gift_card", "", "Gift card").in(25_000);
  fold.order(31);
  return fold.finish();
}

export const giftCardMapping = mappingOf({
  "sales:services": "Service revenue", "sales:retail": "Retail sales", "tax:6": "Sales tax payable", tip: "Tips payable",
  gift_card_sold: "Gift-card liability", gift_card_promotion: "Gift-card promotions",
  "tender:card": "Card clearing", "tender:cash": "Undeposited cash",
});

export const giftCardLines: readonly Printed[] = [
  ["Card clearing", "debit", 116_300],
  ["Undeposited cash", "debit", 40_000],
  ["Gift-card liability", "debit", 25_000],
  ["Gift-card liability", "debit", 2_500],
  ["Gift-card promotions", "debit", 5_000],
  ["Retail sales", "credit", 30_000],
  ["Service revenue", "credit", 90_000],
  ["Sales tax payable", "credit", 1_800],
  ["Tips payable", "credit", 12_000],
  ["Gift-card liability", "credit", 55_000],
];
export const giftCardTotalMinor = 188_800;

/** Example D: the day as first read, with the cash order that is voided later. */
export function dayBeforeCorrection(): SalesDay {
  const fold = createSalesDayFold("USD");
  fold.category("food", "Food").gross(102_000);
  fold.tax("8", "Sales tax").in(8_415);
  fold.tender("card", "", "Card").in(108_250);
  fold.tender("cash", "", "Cash").in(2_165);
  fold.order(20);
  return fold.finish();
}

/** Example D: as read again, with a late offline card sale of 42.00 + 3.47 and the cash order of 20.00 + 1.65 gone. */
export function dayAfterCorrection(): SalesDay {
  const fold = createSalesDayFold("USD");
  fold.category("food", "Food").gross(102_000 + 4_200 - 2_000);
  fold.tax("8", "Sales tax").in(8_415 + 347 - 165);
  fold.tender("card", "", "Card").in(108_250 + 4_547);
  fold.tender("cash", "", "Cash").in(2_165 - 2_165);
  fold.order(20);
  return fold.finish();
}

export const correctionMapping = mappingOf({
  "sales:food": "Food", "tax:8": "Tax", "tender:card": "Card clearing", "tender:cash": "Cash",
});

export const correctionLines: readonly Printed[] = [
  ["Card clearing", "debit", 4_547],
  ["Food", "credit", 2_200],
  ["Tax", "credit", 182],
  ["Cash", "credit", 2_165],
];
