/** The mapping of a shop: what goes where, who said so, and which accounts there are. */
import type { PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { AccountRef, LineKey, Mapping } from "../../ledger/mapping";
import { suggestAccounts } from "../../ledger/suggestion";
import { actorOf, type Visit } from "../../http/guard";
import { directoryDb, type ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { auditLine } from "../../platform/audit";
import type { World } from "../../platform/world";
import { chartOf as chartOfConnection, currentConnection, refreshAccount, type ConnectionRow } from "../connections/service";
import { daysStoppedBy, findDay, recentTotals } from "../days/service";
import { personById } from "../people/service";
import { recentPayouts } from "../payouts/service";
import type { ChartAccount, MappingChange, MappingView } from "./contract";
import { createAccount, lineOf } from "./new-account";
import { occurringPayoutLines } from "./payout-lines";
import { occurringLines, refusalOf, viewLines, type OccurringLine } from "./rules";
import { readLatest, versionAdded, type MappingRow } from "./store";

export { latestQuery } from "./store";

/** How many of the latest business days are looked through for lines, and how many older ones at most. */
const DAYS_LOOKED_THROUGH = 60;
const MOST_OLDER_DAYS = 40;

/** What stops a day until somebody changes the mapping. */
const MAPPING_FAILURES = ["unmapped", "account_inactive", "account_unknown"] as const;

/** The mapping that holds now; version 0 and empty before the first was saved. */
export async function currentMapping(db: ShopDb): Promise<Mapping> {
  return toMapping(await readLatest(db));
}

/** The mapping of a row, or the empty one where there is none. */
export function toMapping(row: MappingRow | undefined): Mapping {
  return row === undefined ? { version: 0, accounts: {} } : { version: row.version, accounts: row.accounts };
}

/** The accounts of the connected books as last read; null where no books are connected or they were never read. */
export async function chartOf(db: ShopDb): Promise<{ readonly accounts: readonly ChartAccount[]; readonly readAt: number } | null> {
  const books = await currentConnection(db, "books");
  return books === null ? null : await chartOfConnection(db, books.id);
}

/** The lines that occur in the shop's latest days, in older ones that wait for a mapping, and in its latest payouts. */
export async function linesInUse(db: ShopDb): Promise<OccurringLine[]> {
  const [recent, waiting, payouts] = await Promise.all([recentTotals(db, DAYS_LOOKED_THROUGH), daysStoppedBy(db, MAPPING_FAILURES), recentPayouts(db)]);
  const known = new Set(recent.map(({ date }) => date));
  const older = waiting.filter(({ businessDate }) => !known.has(businessDate)).slice(0, MOST_OLDER_DAYS);
  const rows = await Promise.all(older.map(({ locationId, businessDate }) => findDay(db, locationId, businessDate)));
  const found = rows.flatMap((row) => (row === null || row.totals === null ? [] : [{ date: row.businessDate, totals: row.totals }]));
  const lines = occurringLines([...recent, ...found]);
  return [...lines, ...occurringPayoutLines(payouts, lines)];
}

/** Everything of the mapping page. Amounts are in the books' currency, or the shop's while there are no books. */
export async function viewMapping(env: Bindings, visit: Visit): Promise<MappingView> {
  const { db } = visit;
  const [row, books, lines] = await Promise.all([readLatest(db), currentConnection(db, "books"), linesInUse(db)]);
  const chart = books === null ? null : await chartOfConnection(db, books.id);
  const mapping = toMapping(row);
  const currency = currencyOf(visit, books);
  const suggested = suggestAccounts(lines, chart?.accounts ?? [], mapping, currency);
  const suggestions = new Map(suggested.map(({ key, account, reason }) => [key, { account, reason }]));
  const savedBy = row === undefined ? null : await personById(directoryDb(env), row.savedBy as PersonId);
  return {
    version: mapping.version,
    savedBy: savedBy?.name ?? null,
    savedAt: row?.savedAt ?? null,
    currency,
    lines: viewLines({ lines, mapping, accounts: chart?.accounts ?? null, suggestions, currency }),
    accounts: [...(chart?.accounts ?? [])],
    accountsReadAt: chart?.readAt ?? null,
    booksName: books?.name ?? null,
  };
}

/** The currency in which the shop's days are posted. */
export function currencyOf(visit: Visit, books: ConnectionRow | null): string {
  return books?.currency ?? visit.shop.currency;
}

/** Reads the accounts again from the books, and the page anew. `not_connected`, or what the books fail with. */
export async function refreshChart(world: World, env: Bindings, visit: Visit): Promise<Result<MappingView>> {
  const books = await currentConnection(visit.db, "books");
  if (books === null) return failed({ kind: "not_connected", role: "books" });
  const fresh = await refreshAccount(world, env, { db: visit.db, connection: books, zone: visit.shop.zone });
  return fresh.ok ? ok(await viewMapping(env, visit)) : fresh;
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

/**
 * Saves changes on top of the version that the person saw, as a new version: who, when, and an audit line with it, or
 * nothing. `conflict` when another version was saved meanwhile; `invalid_input` names each line that does not occur
 * and each account that cannot take its line; `not_connected` without books.
 */
export async function saveMapping(world: World, visit: Visit, change: MappingChange): Promise<Result<Mapping>> {
  const { db } = visit;
  const current = await currentMapping(db);
  if (current.version !== change.version) return outdated();
  const books = await currentConnection(db, "books");
  const chart = books === null ? null : await chartOfConnection(db, books.id);
  if (chart === null) return failed({ kind: "not_connected", role: "books" });
  const lines = await linesInUse(db);
  const chosen = chooseAccounts({ change, lines, accounts: chart.accounts, currency: currencyOf(visit, books) });
  if (!chosen.ok) return chosen;
  const accounts = { ...current.accounts, ...chosen.value };
  const isSame = Object.entries(chosen.value).every(([key, account]) => current.accounts[key as LineKey]?.id === account.id);
  return isSame ? ok(current) : await addVersion(world, visit, { version: current.version + 1, accounts }, Object.keys(chosen.value));
}

type Choosing = {
  readonly change: MappingChange;
  readonly lines: readonly OccurringLine[];
  readonly accounts: readonly ChartAccount[];
  readonly currency: string;
};

function chooseAccounts({ change, lines, accounts, currency }: Choosing): Result<Record<LineKey, AccountRef>> {
  const byKey = new Map(lines.map((line) => [line.key as string, line]));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const chosen: Record<LineKey, AccountRef> = {};
  const fields: { path: string; message: string }[] = [];
  for (const [key, accountId] of Object.entries(change.accounts)) {
    const line = byKey.get(key);
    const account = byId.get(accountId);
    const refusal = line === undefined ? "This line does not occur in your sales." : refusalOf(line, account, currency);
    if (refusal !== null) fields.push({ path: `accounts.${key}`, message: refusal });
    else if (account !== undefined) chosen[key as LineKey] = { id: account.id, name: account.name };
  }
  const first = fields[0];
  return first === undefined ? ok(chosen) : failed({ kind: "invalid_input", message: first.message, fields });
}

async function addVersion(world: World, visit: Visit, mapping: Mapping, changed: readonly string[]): Promise<Result<Mapping>> {
  const { db, person } = visit;
  const now = world.clock();
  const audit = auditLine(db, world.random, {
    at: now, actor: actorOf(visit), action: "mapping.saved", subject: `mapping:${mapping.version}`,
    after: { lines: Object.fromEntries(changed.map((key) => [key, mapping.accounts[key as LineKey]?.id ?? ""])) },
  });
  try {
    await db.orm.batch([versionAdded(db, { ...mapping, savedBy: person.id, savedAt: now }), ...audit]);
    return ok(mapping);
  } catch (error) {
    // Of two people who save at once one loses to the primary key. Whether that was it is read, not guessed.
    if ((await currentMapping(db)).version >= mapping.version) return outdated();
    throw error;
  }
}

function outdated(): Result<never> {
  return failed({ kind: "conflict", message: "Somebody saved the mapping while you were choosing." });
}
