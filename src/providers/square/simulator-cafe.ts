/** The café of the demo and of the tests: a small shelf with every oddity that a real catalogue grows over the years. */
import { buildCatalogue, type Catalogue, type ItemSpec } from "./simulator-catalogue";

const MILKS = [
  { id: "MOD_OAT", name: "Oat milk", minor: 75 },
  { id: "MOD_SHOT", name: "Extra shot", minor: 100 },
];

/** One variation: id, item, category, name of the variation, price, and how often it is sold against the others. */
function single(id: string, name: string, category: string, variation: string, minor: number, weight: number): ItemSpec {
  return { id: `ITEM_${id}`, name, category, variations: [{ id: `VAR_${id}`, name: variation, minor, weight }] };
}

const ITEMS: readonly ItemSpec[] = [
  {
    id: "ITEM_LATTE", name: "Latte", category: "CAT_COFFEE", modifiers: MILKS,
    variations: [
      { id: "VAR_LATTE_S", name: "Small", minor: 425, weight: 14 }, { id: "VAR_LATTE_L", name: "Large", minor: 525, weight: 10 },
    ],
  },
  { ...single("FLAT", "Flat white", "CAT_COFFEE", "Regular", 450, 12), modifiers: MILKS },
  { ...single("DRIP", "Drip coffee", "CAT_COFFEE", "Regular", 300, 14), style: "legacy" },
  { ...single("CHAI", "Chai", "CAT_TEA", "Regular", 475, 7), style: "categories" },
  single("GREEN", "Green tea", "CAT_TEA", "Regular", 375, 5),
  single("CROISSANT", "Croissant", "CAT_BAKERY", "Butter", 395, 11),
  single("SCONE", "Scone", "CAT_BAKERY", "Ginger", 365, 6),
  single("SANDWICH", "Egg sandwich", "CAT_FOOD", "Regular", 1_050, 6),
  single("BOWL", "Grain bowl", "CAT_FOOD", "Regular", 1_395, 4),
  single("BEANS", "House beans", "CAT_BEANS", "12 oz", 1_850, 3),
  { ...single("MUG", "Mug", "CAT_MERCH", "Blue", 1_600, 1), fate: "deleted" },
  single("TEE", "T-shirt", "CAT_OLD", "Medium", 2_800, 1),
  { ...single("SPECIAL", "Special", "", "Today", 900, 1), style: "none" },
  { ...single("LOST", "Pop-up plate", "CAT_FOOD", "Regular", 1_200, 1), fate: "lost" },
];

/** Prices are in minor units of `currency`; `prefix` keeps the ids of two shops apart. */
export function cafeCatalogue(currency: string, prefix = ""): Catalogue {
  const owned = (id: string): string => (id === "" ? "" : prefix + id);
  return buildCatalogue({
    currency,
    categories: [
      { id: owned("CAT_COFFEE"), name: "Coffee" }, { id: owned("CAT_TEA"), name: "Tea" }, { id: owned("CAT_BAKERY"), name: "Bakery" },
      { id: owned("CAT_FOOD"), name: "Food" }, { id: owned("CAT_BEANS"), name: "Coffee beans" },
      { id: owned("CAT_MERCH"), name: "Merchandise" }, { id: owned("CAT_OLD"), name: "Last year's shirts", isDeleted: true },
    ],
    items: ITEMS.map((item) => ({
      ...item, id: owned(item.id), category: owned(item.category),
      variations: item.variations.map((variation) => ({ ...variation, id: owned(variation.id) })),
    })),
  });
}
