/**
 * The mapping: which account of the books each line of the day goes to. Keys carry the till's ids, never names,
 * so that renaming a category changes nothing.
 */
import type { Brand } from "../kernel/ids";

/**
 * `sales:<category>` `return:<category>` `discount` `comp` `service_charge:<id>` `tax:<id>` `tip` `gift_card_sold`
 * `gift_card_redeemed` `gift_card_promotion` `house_account_payment` `tender:<kind>[:<id>]` `paid_out:<id>`
 * `cash_over_short` `rounding`. A category without an id is `sales:uncategorized`; a refund that names no goods is
 * `return:unallocated`. Gift cards redeemed are a tender and have their own key.
 */
export type LineKey = Brand<string, "LineKey">;

/** What the books call the account; `id` decides, `name` is for people and may be out of date. */
export type AccountRef = { readonly id: string; readonly name: string };

export type Mapping = {
  /** 1 for the first saved mapping of a shop, then one more with every change. 0 = nothing saved yet. */
  readonly version: number;
  readonly accounts: Readonly<Record<LineKey, AccountRef>>;
};

/** What an account must be for a line to make accounting sense (`reference`: double-entry conventions). */
export type AccountNature = "income" | "contra_income" | "liability" | "asset" | "expense";
