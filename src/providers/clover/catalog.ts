/**
 * Categories of what was sold. Clover's items stand in as many categories as the merchant likes; sales are counted in one
 * of them: the first in the menu's order, and of two at the same place the one with the lower id.
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { Access } from "../contract";
import { find } from "./client";
import { unreadable } from "./errors";
import { readList } from "./lists";
import { UNCATEGORIZED, type Named } from "./names";
import { textOf, type Wire, type WireReader } from "./wire";

export type Category = Named & { readonly isAmbiguous: boolean };

/** Items that were deleted are in no list and are asked for one by one; more of them than this is no day's sale. */
const MOST_SINGLE_ITEMS = 500;

/** The category of each item; items that Clover does not know any more are absent. */
export async function categoriesOf(access: Access, itemIds: readonly string[], reader: WireReader): Promise<Result<ReadonlyMap<string, Category>>> {
  const categories = new Map<string, Category>();
  if (itemIds.length === 0) return ok(categories);
  const wanted = new Set(itemIds);
  const listed = await readList(access, "/items", [["expand", "categories"]], reader, async (rows) => {
    for (const item of rows) if (wanted.has(textOf(item.id))) categories.set(textOf(item.id), categoryOf(item, reader));
    return reader.problem === null ? ok(undefined) : failed(reader.problem);
  });
  if (!listed.ok) return listed;
  const missing = itemIds.filter((id) => !categories.has(id));
  if (missing.length > MOST_SINGLE_ITEMS) return failed(unreadable("too many items that were sold are not listed"));
  for (const id of missing) {
    const item = await find(access, `/items/${encodeURIComponent(id)}`, [["expand", "categories"]]);
    if (!item.ok) return item;
    if (item.value !== null) categories.set(id, categoryOf(item.value, reader));
  }
  return reader.problem === null ? ok(categories) : failed(reader.problem);
}

/** A category that was deleted keeps its id, so that what was mapped stays mapped. */
function categoryOf(item: Wire, reader: WireReader): Category {
  const [first, ...others] = reader.list(item.categories, "categories").toSorted((one, other) => (
    reader.integer(one.sortOrder, "sortOrder") - reader.integer(other.sortOrder, "sortOrder") || (textOf(one.id) < textOf(other.id) ? -1 : 1)
  ));
  if (first === undefined || textOf(first.id) === "") return { ...UNCATEGORIZED, isAmbiguous: false };
  return { id: textOf(first.id), label: textOf(first.name) || "A category without a name", isAmbiguous: others.length > 0 };
}
