/** What the grid shows, kept in the address so that back, reload, a sent link and the way back from a day show the same. */
import type { GridRow, Need } from "../../../../src/features/headquarters/contract";
import { NEEDS } from "../../hq-words";

export type GridFilters = { readonly need: Need | null; readonly find: string };

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the address; whatever makes no sense in it is as if it were not there. */
export function readGridFilters(query: Query): GridFilters {
  const find = query["find"];
  return { need: NEEDS.find((need) => need === query["need"]) ?? null, find: typeof find === "string" ? find.slice(0, 100) : "" };
}

/** The query of the filters, with its question mark, or nothing; what is the default is left out. */
export function gridQuery({ need, find }: GridFilters): string {
  const query = new URLSearchParams();
  if (need !== null) query.set("need", need);
  if (find !== "") query.set("find", find);
  return query.size === 0 ? "" : `?${query}`;
}

/** The rows that the filters leave, in the server's order. */
export function filterRows(rows: readonly GridRow[], { need, find }: GridFilters): GridRow[] {
  const wanted = find.trim().toLowerCase();
  return rows.filter((row) => (need === null || row.needs[need] > 0) && (wanted === "" || `${row.shop.name} ${row.shop.slug}`.toLowerCase().includes(wanted)));
}
