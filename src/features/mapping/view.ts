/** The mapping page: the lines, where each goes, what is suggested, and what there is to choose from. */
import type { PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { suggestAccounts } from "../../ledger/suggestion";
import type { Visit } from "../../http/guard";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { chartOf, currentConnection, refreshAccount } from "../connections/service";
import { personById } from "../people/service";
import type { MappingView } from "./contract";
import { currencyOf, linesInUse, taggableLocations, toMapping } from "./load";
import { viewLines, viewTags } from "./rules";
import { readLatest } from "./store";

/** Everything of the mapping page. Amounts are in the books' currency, or the shop's while there are no books. */
export async function viewMapping(env: Bindings, visit: Visit): Promise<MappingView> {
  const { db } = visit;
  const [row, books, lines] = await Promise.all([readLatest(db), currentConnection(db, "books"), linesInUse(db)]);
  const chart = books === null ? null : await chartOf(db, books.id);
  const mapping = toMapping(row);
  const currency = currencyOf(visit, books);
  const suggested = suggestAccounts(lines, chart?.accounts ?? [], mapping, currency);
  const suggestions = new Map(suggested.map(({ key, account, reason }) => [key, { account, reason }]));
  const savedBy = row === undefined ? null : await personById(directoryDb(env), row.savedBy as PersonId);
  const dimensions = chart?.dimensions ?? null;
  const locations = await taggableLocations(db, mapping);
  return {
    version: mapping.version,
    savedBy: savedBy?.name ?? null,
    savedAt: row?.savedAt ?? null,
    currency,
    lines: viewLines({ lines, mapping, accounts: chart?.accounts ?? null, dimensions, suggestions, currency }),
    accounts: [...(chart?.accounts ?? [])],
    dimensions: [...(dimensions ?? [])],
    locations: locations.map(({ id, name }) => ({ id, name, tags: viewTags(mapping.tags?.locations[id], dimensions) })),
    accountsReadAt: chart?.readAt ?? null,
    booksName: books?.name ?? null,
  };
}

/** Reads the accounts again from the books, and the page anew. `not_connected`, or what the books fail with. */
export async function refreshChart(world: World, env: Bindings, visit: Visit): Promise<Result<MappingView>> {
  const books = await currentConnection(visit.db, "books");
  if (books === null) return failed({ kind: "not_connected", role: "books" });
  const fresh = await refreshAccount(world, env, { db: visit.db, connection: books, zone: visit.shop.zone });
  return fresh.ok ? ok(await viewMapping(env, visit)) : fresh;
}
