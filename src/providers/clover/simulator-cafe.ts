/** The café of the demo and of the tests: a small shelf with the oddities that a real inventory grows over the years. */
import type { Category, Item, TaxRate } from "./simulator-wire";

const MENU_TIME = 1_760_000_000_000;

export const CATEGORIES = {
  coffee: { id: "CATC0FFEE0001", name: "Coffee", sortOrder: 1 },
  kitchen: { id: "CATK1TCHEN001", name: "Kitchen", sortOrder: 2 },
  specials: { id: "CATSPEC1A1S01", name: "Specials", sortOrder: 3 },
  retail: { id: "CATRETA100001", name: "Retail", sortOrder: 4 },
  old: { id: "CAT0DMENV0001", name: "Last winter's menu", sortOrder: 5, deleted: true },
} as const satisfies Record<string, Category>;

/** New York's combined rate as two, so that each is rounded by itself. */
export const SALES_TAX: TaxRate = { id: "TAXNYCSA1ES01", name: "NY Sales Tax", rate: 887_500, isDefault: true };
export const PREPARED_FOOD_TAX: TaxRate = { id: "TAXPREPF00D01", name: "Prepared food", rate: 100_000 };

/** What a cashier picks from: an item, the taxes on it, and how often it is sold against the others. */
export type Sellable = Item & { readonly taxes: readonly TaxRate[]; readonly weight: number };

function item(id: string, name: string, price: number, categories: readonly Category[], more: Partial<Sellable> = {}): Sellable {
  return {
    id, name, price, priceType: "FIXED", isRevenue: true, hidden: false, modifiedTime: MENU_TIME, categories: { elements: categories }, taxes: [SALES_TAX], weight: 1,
    ...more,
  };
}

/** One item stands in two categories, one in none, one was deleted, one is a gift card. */
export const MENU: readonly Sellable[] = [
  item("1TEM1ATTE0001", "Latte", 475, [CATEGORIES.coffee], { weight: 12 }),
  item("1TEMC0RTAD001", "Cortado", 425, [CATEGORIES.coffee], { weight: 8 }),
  item("1TEMBVRGER001", "Burger", 1_395, [CATEGORIES.kitchen], { weight: 6, taxes: [SALES_TAX, PREPARED_FOOD_TAX] }),
  item("1TEMCH0WDER01", "Chowder", 1_150, [CATEGORIES.specials, CATEGORIES.kitchen], { weight: 4, taxes: [SALES_TAX, PREPARED_FOOD_TAX] }),
  item("1TEMSA1AD0001", "Salad by weight", 1_299, [CATEGORIES.kitchen], { weight: 3, priceType: "PER_UNIT", taxes: [SALES_TAX, PREPARED_FOOD_TAX] }),
  item("1TEMBEANS0001", "House beans", 1_850, [CATEGORIES.retail], { weight: 2, taxes: [] }),
  item("1TEMM1TTENS01", "Oven mitt", 1_400, [], { weight: 1 }),
  item("1TEMST0VT0001", "Winter stout cake", 650, [CATEGORIES.old], { weight: 1, deletedTime: MENU_TIME }),
  item("1TEMG1FTCRD01", "Gift card", 2_500, [CATEGORIES.retail], { weight: 1, isRevenue: false, taxes: [] }),
];

/** The menu as Clover's inventory lists it. */
export function inventory(): readonly Item[] {
  return MENU.map(({ id, name, price, priceType, isRevenue, hidden, modifiedTime, deletedTime, categories }) => ({
    id, name, price, priceType, isRevenue, hidden, modifiedTime, ...(deletedTime === undefined ? {} : { deletedTime }), categories,
  }));
}
