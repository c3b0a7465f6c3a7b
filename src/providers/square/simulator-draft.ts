/** What a simulated sale is before it is priced: the basket as a cashier would ring it up. */
import type { ItemType, OrderReturn, TaxType, TenderType } from "./simulator-wire";

/** Amounts are minor units of the draft's currency; percentages decimal text as Square writes them ("8.875"). */
export type DraftLine = {
  readonly name?: string; readonly variationName?: string; readonly variationId?: string; readonly itemType?: ItemType;
  readonly quantity?: number; readonly unitMinor: number; readonly isTaxable?: boolean;
  readonly modifiers?: readonly { readonly id?: string; readonly name: string; readonly minor: number }[];
};

export type DraftTax = { readonly id?: string; readonly name: string; readonly percentage: string; readonly type?: TaxType };

/** By percentage or by amount, on the whole order. */
export type DraftDiscount = { readonly id?: string; readonly name: string; readonly percentage?: string; readonly minor?: number };

export type DraftCharge = {
  readonly id?: string; readonly name: string; readonly percentage?: string; readonly minor?: number;
  readonly type?: "AUTO_GRATUITY" | "CUSTOM"; readonly isTaxable?: boolean;
};

/** `minor` is what the tender pays of the order, without `tipMinor`; a failed one pays nothing. */
export type DraftTender = {
  readonly id: string; readonly type: TenderType; readonly minor: number; readonly tipMinor?: number;
  readonly status?: "AUTHORIZED" | "CAPTURED" | "VOIDED" | "FAILED"; readonly cashGivenMinor?: number;
  readonly note?: string; readonly card?: { readonly brand: string; readonly last4: string; readonly holder?: string };
};

export type OrderDraft = {
  readonly id: string; readonly locationId: string; readonly currency: string;
  /** Epoch milliseconds. */
  readonly createdAt: number; readonly closedAt: number;
  readonly lines: readonly DraftLine[];
  readonly taxes?: readonly DraftTax[];
  readonly discounts?: readonly DraftDiscount[];
  readonly charges?: readonly DraftCharge[];
  /** How the amount due (after rounding, before tips) is paid. Negative when more comes back than is bought. */
  readonly tenders?: (dueMinor: number) => readonly DraftTender[];
  /** Europe and Australia: an inclusive tax stays inside `gross_sales_money`. US, Canada, Japan: it is taken out. */
  readonly grossHoldsTax?: boolean;
  /** The smallest coin when everything is paid in cash: 5 rounds the total to five. */
  readonly roundToMinor?: number;
  readonly returns?: readonly OrderReturn[];
  readonly sourceName?: string; readonly customerId?: string; readonly ticketName?: string;
};
