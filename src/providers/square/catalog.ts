/**
 * Categories of what was sold: a line names a variation, the variation its item, the item its category. Deleted
 * objects are asked for, since they still stand on receipts; what Square forgot altogether stays without a category.
 */
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import type { Access } from "../contract";
import { get, post, unreadable } from "./client";
import { UNCATEGORIZED } from "./names";
import { isWire, textOf, type Wire } from "./wire";

export type Category = { readonly id: string; readonly label: string };

/** Most ids in one call (developer.squareup.com, BatchRetrieveCatalogObjects). */
const BATCH = 1_000;

/** The one reporting category of each variation; variations that Square does not know are absent. */
export async function categoriesOf(access: Access, variationIds: readonly string[]): Promise<Result<ReadonlyMap<string, Category>>> {
  const objects = await retrieve(access, variationIds);
  if (!objects.ok) return objects;
  const idOf = new Map(variationIds.flatMap((id) => {
    const categoryId = categoryIdOf(id, objects.value);
    return categoryId === null ? [] : [[id, categoryId] as const];
  }));
  // Related objects reach one level deep, to the item: the categories' names need a call of their own.
  const named = await retrieve(access, [...new Set(idOf.values())].filter((id) => id !== "" && !objects.value.has(id)));
  if (!named.ok) return named;
  const categoryOf = (id: string): Category => {
    if (id === "") return UNCATEGORIZED;
    const data = (objects.value.get(id) ?? named.value.get(id))?.category_data;
    return { id, label: (isWire(data) ? textOf(data.name) : "") || "A category that Square no longer knows" };
  };
  return ok(new Map([...idOf].map(([variationId, categoryId]) => [variationId, categoryOf(categoryId)])));
}

/** The id of the category, empty for an item without one, null when the variation or its item is unknown. */
function categoryIdOf(variationId: string, objects: ReadonlyMap<string, Wire>): string | null {
  const object = objects.get(variationId);
  const variation = object?.item_variation_data;
  const item = isWire(variation) ? objects.get(textOf(variation.item_id)) : object;
  if (item === undefined) return null;
  const data = item.item_data;
  if (!isWire(data)) return null;
  // An item may stand in several categories of the menu; only one is for reports, or sales would be counted twice.
  const first: unknown = Array.isArray(data.categories) ? data.categories[0] : undefined;
  return idIn(data.reporting_category) || idIn(first) || textOf(data.category_id);
}

function idIn(link: unknown): string {
  return isWire(link) ? textOf(link.id) : "";
}

async function retrieve(access: Access, ids: readonly string[]): Promise<Result<ReadonlyMap<string, Wire>>> {
  const objects = new Map<string, Wire>();
  for (let start = 0; start < ids.length; start += BATCH) {
    const answer = await post(access, "/v2/catalog/batch-retrieve", {
      object_ids: ids.slice(start, start + BATCH), include_related_objects: true, include_deleted_objects: true,
    });
    if (!answer.ok) return await unlessExpired(access, answer);
    for (const list of [answer.value.objects, answer.value.related_objects]) {
      if (list !== undefined && !Array.isArray(list)) return failed(unreadable("catalogue objects are not a list"));
      for (const object of (list ?? []) as unknown[]) if (isWire(object)) objects.set(textOf(object.id), object);
    }
  }
  return ok(objects);
}

/**
 * Catalogue calls have answered 500 to an expired token. Waiting would never help then, so a call that tells the
 * truth is made before "down" is believed.
 */
async function unlessExpired(access: Access, answer: Failed): Promise<Failed> {
  if (answer.failure.kind !== "provider_down") return answer;
  const probe = await get(access, "/v2/merchants/me");
  return probe.ok ? answer : probe;
}
