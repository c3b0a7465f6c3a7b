/** What a simulated shop sells: Square's catalogue objects, and the list that a cashier picks from. */
import { money, type CatalogObject } from "./simulator-wire";

/** How an item names its category: Square has had three ways, and old objects keep theirs. */
export type CategoryStyle = "reporting" | "categories" | "legacy" | "none";

export type ItemSpec = {
  readonly id: string; readonly name: string; readonly category: string; readonly style?: CategoryStyle;
  /** Deleted items still stand on old receipts; lost ones Square no longer knows at all. */
  readonly fate?: "live" | "deleted" | "lost";
  readonly variations: readonly { readonly id: string; readonly name: string; readonly minor: number; readonly weight?: number }[];
  readonly modifiers?: readonly { readonly id: string; readonly name: string; readonly minor: number }[];
};

export type CatalogueSpec = {
  readonly currency: string;
  readonly categories: readonly { readonly id: string; readonly name: string; readonly isDeleted?: boolean }[];
  readonly items: readonly ItemSpec[];
};

/** One thing on the shelf; `until` is the running sum of weights, for picking. */
export type Sellable = {
  readonly variationId: string; readonly itemName: string; readonly variationName: string; readonly unitMinor: number;
  readonly modifiers: readonly { readonly id: string; readonly name: string; readonly minor: number }[];
  readonly until: number;
};

export type Catalogue = {
  readonly currency: string; readonly objects: readonly CatalogObject[]; readonly sellables: readonly Sellable[];
};

const UPDATED_AT = "2026-01-01T00:00:00.000Z";
const common = { updated_at: UPDATED_AT, version: 1_767_225_600_000, present_at_all_locations: true };

/** Catalogue objects and shelf of a specification. */
export function buildCatalogue(spec: CatalogueSpec): Catalogue {
  const categories = spec.categories.map((category): CatalogObject => ({
    ...common, type: "CATEGORY", id: category.id, is_deleted: category.isDeleted === true,
    category_data: { name: category.name, is_top_level: true },
  }));
  const items = spec.items.filter((item) => item.fate !== "lost").flatMap((item) => objectsOf(item, spec.currency));
  let until = 0;
  const sellables = spec.items.flatMap((item) => item.variations.map((variation): Sellable => {
    until += variation.weight ?? 1;
    return {
      variationId: variation.id, itemName: item.name, variationName: variation.name, unitMinor: variation.minor,
      modifiers: item.modifiers ?? [], until,
    };
  }));
  return { currency: spec.currency, objects: [...categories, ...items], sellables };
}

/** The sellable at a point 0 ≤ x < 1 of the shelf's weight. */
export function sellableAt(catalogue: Catalogue, point: number): Sellable {
  const total = catalogue.sellables.at(-1)?.until ?? 0;
  const found = catalogue.sellables.find((sellable) => sellable.until > point * total) ?? catalogue.sellables.at(-1);
  if (found === undefined) throw new Error("a simulated shop sells at least one thing");
  return found;
}

function objectsOf(item: ItemSpec, currency: string): readonly CatalogObject[] {
  const isDeleted = item.fate === "deleted";
  const variations = item.variations.map((variation): CatalogObject => ({
    ...common, type: "ITEM_VARIATION", id: variation.id, is_deleted: isDeleted,
    item_variation_data: {
      item_id: item.id, name: variation.name, pricing_type: "FIXED_PRICING", price_money: money(variation.minor, currency),
    },
  }));
  const parent: CatalogObject = {
    ...common, type: "ITEM", id: item.id, is_deleted: isDeleted, item_data: { name: item.name, ...categoryOf(item), variations },
  };
  return [parent, ...variations];
}

function categoryOf(item: ItemSpec): NonNullable<CatalogObject["item_data"]> | object {
  const link = { id: item.category, ordinal: 0 };
  const links: Record<CategoryStyle, object> = {
    reporting: { reporting_category: link, categories: [{ id: "MENU", ordinal: 1 }, link] },
    categories: { categories: [link] },
    legacy: { category_id: item.category },
    none: {},
  };
  return links[item.style ?? "reporting"];
}
