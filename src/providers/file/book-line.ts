/** Books one line of a file into its day: what is negative comes back, is reversed or is given back. */
import type { Flow, SalesDayFold } from "../../ledger/sales-day-fold";
import type { SaleLine } from "./line-reader";

/** Refunds of money that name no goods. */
export const UNALLOCATED = { id: "unallocated", label: "Refunds without goods" } as const;

/** Files know one tax and one service charge: the column. */
export const FILE_TAX = { id: "tax", label: "Sales tax" } as const;
export const FILE_SERVICE = { id: "service", label: "Service charges" } as const;

/** Adds a line to a day. */
export function addLine(day: SalesDayFold, line: SaleLine): void {
  const { category, grossMinor, discountMinor, refundedMinor } = line;
  if (grossMinor > 0) day.category(category.id, category.label).gross(grossMinor);
  if (grossMinor < 0) day.category(category.id, category.label).returned(-grossMinor);
  move(day.discount, discountMinor);
  move(day.tip, line.tipMinor);
  move(day.giftCard, line.giftSoldMinor);
  if (line.taxMinor !== 0) move(day.tax(FILE_TAX.id, FILE_TAX.label), line.taxMinor);
  if (line.serviceMinor !== 0) move(day.serviceCharge(FILE_SERVICE.id, FILE_SERVICE.label), line.serviceMinor);
  if (refundedMinor > 0) day.category(UNALLOCATED.id, UNALLOCATED.label).returned(refundedMinor);
  for (const tender of line.tenders) if (tender.minor !== 0) move(day.tender(tender.kind, tender.id, tender.label), tender.minor);
  if (line.cameBack) takeBack(day, line);
}

/** What was sold and came back on the same day: the same goods, discount and tax the other way. */
function takeBack(day: SalesDayFold, { category, grossMinor, discountMinor, taxMinor }: SaleLine): void {
  if (grossMinor > 0) day.category(category.id, category.label).returned(grossMinor);
  move(day.discount, -discountMinor);
  if (taxMinor !== 0) move(day.tax(FILE_TAX.id, FILE_TAX.label), -taxMinor);
}

function move(flow: Flow, minor: number): void {
  if (minor > 0) flow.in(minor);
  else if (minor < 0) flow.out(-minor);
}
