/**
 * The mapping: which account of the books each line of the day goes to. Keys carry the till's ids, never names,
 * so that renaming a category changes nothing.
 */
import type { Brand } from "../kernel/ids";
import { linesOf, type LineSubject } from "./lines";
import type { SalesDay } from "./sales-day";
import { mergeTags, type MappingTags, type Tag } from "./tag";

/**
 * `sales:<category>` `return:<category>` `discount` `comp` `service_charge:<id>` `tax:<id>` `tip` `gift_card_sold`
 * `gift_card_redeemed` `gift_card_promotion` `house_account_payment` `tender:<kind>[:<id>]` `paid_out:<id>`
 * `cash_moved` `cash_over_short` `rounding`. A category without an id is `sales:uncategorized`; a refund that names no goods is
 * `return:unallocated`. Gift cards redeemed are a tender and have their own key; tips paid in cash go to `tip`.
 * Payouts have `payout:<destination>` `fee:<processor>` `chargeback` `adjustment:<kind>` beside `tender:card`.
 */
export type LineKey = Brand<string, "LineKey">;

/** What the books call the account; `id` decides, `name` is for people and may be out of date. */
export type AccountRef = { readonly id: string; readonly name: string };

export type Mapping = {
  /** 1 for the first saved mapping of a shop, then one more with every change. 0 = nothing saved yet. */
  readonly version: number;
  readonly accounts: Readonly<Record<LineKey, AccountRef>>;
  /** Class, location, tracking category; absent where the shop uses none. */
  readonly tags?: MappingTags;
};

/** What an account must be for a line to make accounting sense (accounting reference §2.1, "Account type"). */
export type AccountNature = "income" | "contra_income" | "liability" | "asset" | "expense";

/**
 * Where a line goes, or null. A line without an account of its own goes where its other half goes: returns of a
 * category with its sales, gift cards redeemed with those sold, payments on house accounts with the charges; and the
 * latter two the other way round. Nothing else falls back: a tender, tax or discount in the wrong account is worse than
 * a day that waits for a click.
 */
export function accountFor(mapping: Mapping, key: LineKey): AccountRef | null {
  const own = lookUp(mapping, key);
  if (own !== null) return own;
  const other = otherHalf(key);
  return other === null ? null : lookUp(mapping, other);
}

/**
 * What a line carries in the books: its own tags, or else its other half's, over those of the location it was sold at.
 * Empty where nobody chose any.
 */
export function tagsFor({ tags }: Mapping, key: LineKey, locationId: string | null): readonly Tag[] {
  if (tags === undefined) return [];
  const other = otherHalf(key);
  const own = tagsAt(tags.lines, key) ?? (other === null ? null : tagsAt(tags.lines, other)) ?? [];
  return mergeTags(own, locationId === null ? [] : (tagsAt(tags.locations, locationId) ?? []));
}

/** The lines of a day that have nowhere to go, each key once, in the day's order. */
export function missingLines(day: SalesDay, mapping: Mapping): readonly LineSubject[] {
  const missing = new Map<LineKey, LineSubject>();
  for (const { key, label, nature } of linesOf(day)) {
    if (!missing.has(key) && accountFor(mapping, key) === null) missing.set(key, { key, label, nature });
  }
  return [...missing.values()];
}

const HALVES: ReadonlyMap<string, string> = new Map([
  ["gift_card_redeemed", "gift_card_sold"],
  ["gift_card_sold", "gift_card_redeemed"],
  ["house_account_payment", "tender:house_account"],
  ["tender:house_account", "house_account_payment"],
]);

function otherHalf(key: LineKey): LineKey | null {
  if (key.startsWith("return:")) return `sales:${key.slice("return:".length)}` as LineKey;
  return (HALVES.get(key) ?? null) as LineKey | null;
}

function lookUp(mapping: Mapping, key: LineKey): AccountRef | null {
  return Object.hasOwn(mapping.accounts, key) ? (mapping.accounts[key] ?? null) : null;
}

function tagsAt(tags: Readonly<Record<string, readonly Tag[]>>, at: string): readonly Tag[] | null {
  return Object.hasOwn(tags, at) ? (tags[at] ?? null) : null;
}
