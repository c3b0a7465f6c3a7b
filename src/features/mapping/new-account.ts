/** "Create this account in QuickBooks": a new account of the kind that a line needs. */
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import type { LineKey } from "../../ledger/mapping";
import type { Visit } from "../../http/guard";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { booksOf, chartOf, keepNewAccount, liveConnection, refreshAccount, withAccess, type ConnectionRow } from "../connections/service";
import type { ChartAccount } from "./contract";
import { refusalOf, type OccurringLine } from "./rules";

/** A creation, a currency that its answer may leave out, and, at Xero, the chart in which a code is free. */
const CALLS_TO_CREATE = 3;

export type Wish = { readonly line: OccurringLine; readonly name: string };

/**
 * Creates an account in the connected books and adds it to the chart; nothing is mapped to it yet. An account of that
 * name that can take the line counts as created, so that pressing twice, or after a lost answer, gives one account.
 * `not_connected`, `reconnect_needed`, `conflict` for a name that is taken by an account that cannot take the line.
 */
export async function createAccount(world: World, env: Bindings, visit: Visit, { line, name }: Wish): Promise<Result<ChartAccount>> {
  const connection = await liveConnection(visit.db, "books");
  if (!connection.ok) return connection;
  const books = booksOf(connection.value);
  const kind = books.newAccountTypes[line.nature];
  const target = { db: visit.db, connection: connection.value, calls: CALLS_TO_CREATE };
  const created = await withAccess(world, env, target, (access) => books.createAccount(access, { name, ...kind }));
  if (!created.ok) return await findInstead(world, env, visit, { line, name, connection: connection.value, created });
  const { id, type, class: accountClass, currency, isActive, isPostable } = created.value;
  const account: ChartAccount = { id, name: created.value.name, type, class: accountClass, currency, isActive, isPostable };
  await keepNewAccount(world, visit, connection.value.id, account);
  return ok(account);
}

type Search = Wish & { readonly connection: ConnectionRow; readonly created: Failed };

/** A taken name, or an answer that was lost: what the books hold under the name now decides. */
async function findInstead(world: World, env: Bindings, visit: Visit, { line, name, connection, created }: Search): Promise<Result<ChartAccount>> {
  const isOpen = created.failure.kind === "conflict" || created.failure.kind === "answer_lost";
  if (!isOpen) return created;
  const fresh = await refreshAccount(world, env, { db: visit.db, connection, zone: visit.shop.zone });
  if (!fresh.ok) return created;
  const chart = await chartOf(visit.db, connection.id);
  const account = chart?.accounts.find((known) => known.name.toLowerCase() === name.trim().toLowerCase());
  if (account === undefined) return created;
  const refusal = refusalOf(line, account, connection.currency ?? visit.shop.currency);
  return refusal === null ? ok(account) : failed({ kind: "conflict", message: `There is an account of that name already. ${refusal}` });
}

/** The line that an account is wanted for; `invalid_input` when it does not occur. */
export function lineOf(lines: readonly OccurringLine[], key: LineKey): Result<OccurringLine> {
  const line = lines.find((known) => known.key === key);
  const message = "This line does not occur in your sales.";
  return line === undefined ? failed({ kind: "invalid_input", message, fields: [{ path: "key", message }] }) : ok(line);
}
