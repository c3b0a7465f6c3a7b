/** The café of the demo and of the tests: a small shelf with every oddity that a real catalogue grows over the years. */
import { buildCatalogue, type Catalogue, type ItemSpec } from "./simulator-catalogue";

const MILKS = [
  { id: "MOD_OAT", name: "Oat milk", minor: 75 },
  { id: "MOD_SHOT", name: "Extra shot", minor: 100 },
];

const ITEMS: readonly ItemSpec[] = [
  {
    id: "ITEM_LATTE", name: "Latte", category: "CAT_COFFEE", modifiers: MILKS,
    variations: [{ id: "VAR_LATTE_S", name: "Small", minor: 425, weight: 14 }, { id: "VAR_LATTE_L", name: "Large", minor: 525, weight: 10 }],
  },
  { id: "ITEM_FLAT", name: "Flat white", category: "CAT_COFFEE", modifiers: MILKS, variations: [{ id: "VAR_FLAT", name: "Regular", minor: 450, weight: 12 }] },
  { id: "ITEM_DRIP", name: "Drip coffee", category: "CAT_COFFEE", style: "legacy", variations: [{ id: "VAR_DRIP", name: "Regular", minor: 300, weight: 14 }] },
  { id: "ITEM_CHAI", name: "Chai", category: "CAT_TEA", style: "categories", variations: [{ id: "VAR_CHAI", name: "Regular", minor: 475, weight: 7 }] },
  { id: "ITEM_GREEN", name: "Green tea", category: "CAT_TEA", variations: [{ id: "VAR_GREEN", name: "Regular", minor: 375, weight: 5 }] },
  { id: "ITEM_CROISSANT", name: "Croissant", category: "CAT_BAKERY", variations: [{ id: "VAR_CROISSANT", name: "Butter", minor: 395, weight: 11 }] },
  { id: "ITEM_SCONE", name: "Scone", category: "CAT_BAKERY", variations: [{ id: "VAR_SCONE", name: "Ginger", minor: 365, weight: 6 }] },
  { id: "ITEM_SANDWICH", name: "Egg sandwich", category: "CAT_FOOD", variations: [{ id: "VAR_SANDWICH", name: "Regular", minor: 1_050, weight: 6 }] },
  { id: "ITEM_BOWL", name: "Grain bowl", category: "CAT_FOOD", variations: [{ id: "VAR_BOWL", name: "Regular", minor: 1_395, weight: 4 }] },
  { id: "ITEM_BEANS", name: "House beans", category: "CAT_BEANS", variations: [{ id: "VAR_BEANS", name: "12 oz", minor: 1_850, weight: 3 }] },
  { id: "ITEM_MUG", name: "Mug", category: "CAT_MERCH", fate: "deleted", variations: [{ id: "VAR_MUG", name: "Blue", minor: 1_600, weight: 1 }] },
  { id: "ITEM_TEE", name: "T-shirt", category: "CAT_OLD", variations: [{ id: "VAR_TEE", name: "Medium", minor: 2_800, weight: 1 }] },
  { id: "ITEM_SPECIAL", name: "Special", category: "", style: "none", variations: [{ id: "VAR_SPECIAL", name: "Today", minor: 900, weight: 1 }] },
  { id: "ITEM_LOST", name: "Pop-up plate", category: "CAT_FOOD", fate: "lost", variations: [{ id: "VAR_LOST", name: "Regular", minor: 1_200, weight: 1 }] },
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
