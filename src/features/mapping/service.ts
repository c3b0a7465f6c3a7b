/** What the rest of Daybook may ask of the mapping: what goes where, who said so, and which accounts there are. */
import type { Result } from "../../kernel/result";
import type { LineKey } from "../../ledger/mapping";
import type { Visit } from "../../http/guard";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { chartOf as chartOfConnection, currentConnection } from "../connections/service";
import type { ChartAccount } from "./contract";
import { currentMapping, linesInUse } from "./load";
import { createAccount, lineOf } from "./new-account";
import { troublesOf, type Trouble } from "./rules";

export { viewEffect } from "./effect";
export { currencyOf, currentMapping, linesInUse, toMapping } from "./load";
export { restoreVersion, saveMapping } from "./save";
export type { Trouble } from "./rules";
export { latestQuery } from "./store";
export { refreshChart, viewMapping } from "./view";

/** The accounts of the connected books as last read; null where no books are connected or they were never read. */
export async function chartOf(db: ShopDb): Promise<{ readonly accounts: readonly ChartAccount[]; readonly readAt: number } | null> {
  const books = await currentConnection(db, "books");
  return books === null ? null : await chartOfConnection(db, books.id);
}

/** What of the mapping the connected books would refuse, by their accounts as last read; `currency`: the shop's own. */
export async function mappingTroubles(db: ShopDb, currency: string): Promise<Trouble[]> {
  const books = await currentConnection(db, "books");
  const chart = books === null ? null : await chartOfConnection(db, books.id);
  if (books === null || chart === null) return [];
  return troublesOf(await currentMapping(db), chart.accounts, chart.dimensions, books.currency ?? currency);
}

/**
 * Creates an account in the books for a line that occurs, by the name that the person gave. The account is in the chart
 * then; mapping the line to it is a change like any other. Fails as `createAccount` does.
 */
export async function createAccountFor(
  world: World, env: Bindings, visit: Visit, wish: { readonly key: string; readonly name: string },
): Promise<Result<ChartAccount>> {
  const line = lineOf(await linesInUse(visit.db), wish.key as LineKey);
  return line.ok ? await createAccount(world, env, visit, { line: line.value, name: wish.name }) : line;
}
