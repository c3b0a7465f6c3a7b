/** The SQL of connections: the shop's own rows first, then the two tables of the DIRECTORY. */
import { and, asc, eq, gt, isNull, lte, sql } from "drizzle-orm";
import type { ConnectionId, LocationId } from "../../kernel/ids";
import type { DirectoryDb, Query, ShopDb } from "../../platform/database";
import type { Statement } from "../../platform/audit";
import { chart, connectedAccount, connection, location, oauthFlow } from "./table";

export type ConnectionRow = typeof connection.$inferSelect;
export type LocationRow = typeof location.$inferSelect;
export type FlowRow = typeof oauthFlow.$inferSelect;
export type { Choice } from "./table";
export type ChartRow = typeof chart.$inferSelect;

/** A location with a schedule that is never empty. `wasChosen`: a cut-off was chosen for it at some time. */
export type Location = LocationRow & { readonly wasChosen: boolean };

/** Every connection of the shop, ended ones included, oldest first; not asked yet. */
export function connectionsQuery(db: ShopDb): Query<ConnectionRow> {
  return db.orm.select().from(connection).where(eq(connection.shopId, db.shopId)).orderBy(asc(connection.connectedAt), asc(connection.id));
}

/** Every connection of the shop, ended ones included, oldest first. */
export async function readConnections(db: ShopDb): Promise<ConnectionRow[]> {
  return await connectionsQuery(db);
}

/** One connection of the shop, or undefined: absent and another shop's are the same. */
export async function readConnection(db: ShopDb, id: ConnectionId): Promise<ConnectionRow | undefined> {
  return await db.orm.select().from(connection).where(and(eq(connection.shopId, db.shopId), eq(connection.id, id))).get();
}

/** Every location of the shop, by name; not asked yet. */
export function locationsQuery(db: ShopDb): Query<LocationRow> {
  return db.orm.select().from(location).where(eq(location.shopId, db.shopId)).orderBy(asc(location.name), asc(location.id));
}

/** Every location of the shop, by name. */
export async function readLocations(db: ShopDb): Promise<LocationRow[]> {
  return await locationsQuery(db);
}

/** The row of one location of the shop, if there is one; not asked yet. */
export function locationQuery(db: ShopDb, id: LocationId): Query<LocationRow> {
  return db.orm.select().from(location).where(and(eq(location.shopId, db.shopId), eq(location.id, id)));
}

/** One location of the shop, or undefined. */
export async function readLocation(db: ShopDb, id: LocationId): Promise<LocationRow | undefined> {
  const [row] = await locationQuery(db, id);
  return row;
}

/** The accounts of the books as last read, or undefined where they were never read. */
export async function readChart(db: ShopDb, connectionId: ConnectionId): Promise<ChartRow | undefined> {
  return await db.orm.select().from(chart).where(and(eq(chart.shopId, db.shopId), eq(chart.connectionId, connectionId))).get();
}

/** Writes a connection as it stands now: a new row, or the same id connected again. */
export function connectionWritten(db: ShopDb, row: ConnectionRow): Statement {
  const { name, currency, closedThrough, state, scopes, connectedBy, connectedAt, checkedAt } = row;
  return db.orm.insert(connection).values({ ...row, shopId: db.shopId }).onConflictDoUpdate({
    target: [connection.shopId, connection.id],
    set: { name, currency, closedThrough, state, scopes, connectedBy, connectedAt, checkedAt },
    setWhere: eq(connection.shopId, db.shopId),
  });
}

export type AccountState = Pick<ConnectionRow, "name" | "currency" | "closedThrough" | "checkedAt">;

/** Writes what the provider says of the account now; the state is not touched, for it may have ended meanwhile. */
export function accountRefreshed(db: ShopDb, id: ConnectionId, account: AccountState): Statement {
  return db.orm.update(connection).set(account).where(and(eq(connection.shopId, db.shopId), eq(connection.id, id)));
}

/** Moves a connection out of `from`; brings no row when it is in another state already. */
export function stateMoved(
  db: ShopDb, id: ConnectionId, from: ConnectionRow["state"], to: Pick<ConnectionRow, "state" | "checkedAt">,
): Query<{ id: ConnectionId }> {
  return db.orm.update(connection).set(to)
    .where(and(eq(connection.shopId, db.shopId), eq(connection.id, id), eq(connection.state, from))).returning({ id: connection.id });
}

/** Ends a connection, whatever its state, and stops the planner at its locations; what was chosen is kept. */
export function connectionEnded(db: ShopDb, id: ConnectionId, checkedAt: number): readonly [Statement, Statement] {
  return [
    db.orm.update(connection).set({ state: "disconnected", checkedAt }).where(and(eq(connection.shopId, db.shopId), eq(connection.id, id))),
    db.orm.update(location).set({ nextDueAt: null }).where(and(eq(location.shopId, db.shopId), eq(location.connectionId, id))),
  ];
}

/**
 * Adds locations and renames known ones, as one statement however many; equal rows are not written. A due instant
 * takes effect only where the planner has none: what it moved forward meanwhile is not taken back.
 */
export function locationsWritten(db: ShopDb, rows: readonly LocationRow[]): Statement {
  const json = JSON.stringify(rows);
  return db.orm.run(sql`
    INSERT INTO location (shop_id, id, connection_id, external_id, name, code, zone, currency, cut_offs, starts_on, next_due_at, till_cut_off)
    SELECT ${db.shopId}, value ->> 'id', value ->> 'connectionId', value ->> 'externalId', value ->> 'name', value ->> 'code',
      value ->> 'zone', value ->> 'currency', value ->> 'cutOffs', value ->> 'startsOn', value ->> 'nextDueAt', value ->> 'tillCutOff'
    FROM json_each(${json}) WHERE true
    ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, next_due_at = coalesce(location.next_due_at, excluded.next_due_at),
      till_cut_off = excluded.till_cut_off
    WHERE location.name <> excluded.name OR location.till_cut_off IS NOT excluded.till_cut_off OR (location.next_due_at IS NULL AND excluded.next_due_at IS NOT NULL)`);
}

export type LocationChange = Pick<LocationRow, "startsOn" | "cutOffs" | "code" | "nextDueAt">;

/** Writes a choice. A code that another location of the shop has breaks the unique index, and with it the batch. */
export function locationChanged(db: ShopDb, id: LocationId, change: LocationChange): Statement {
  return db.orm.update(location).set(change).where(and(eq(location.shopId, db.shopId), eq(location.id, id)));
}

/** Replaces the accounts and dimensions of the books by those just read. */
export function chartWritten(
  db: ShopDb, connectionId: ConnectionId, { accounts, dimensions }: Pick<ChartRow, "accounts" | "dimensions">, readAt: number,
): Statement {
  return db.orm.insert(chart).values({ shopId: db.shopId, connectionId, accounts, dimensions, readAt }).onConflictDoUpdate({
    target: [chart.shopId, chart.connectionId],
    set: { accounts, dimensions, readAt },
    setWhere: eq(chart.shopId, db.shopId),
  });
}

/** Keeps a new flow, and clears away those that ran out: the table never holds more than ten minutes of them. */
export async function insertFlow(directory: DirectoryDb, flow: FlowRow, now: number): Promise<void> {
  await directory.batch([
    directory.delete(oauthFlow).where(lte(oauthFlow.expiresAt, now)),
    directory.insert(oauthFlow).values(flow),
  ]);
}

/** The flow of a ticket that was not used yet. */
export async function findFlow(directory: DirectoryDb, ticketHash: string): Promise<FlowRow | undefined> {
  return await directory.select().from(oauthFlow).where(and(eq(oauthFlow.ticketHash, ticketHash), isNull(oauthFlow.stateHash))).get();
}

export type FlowState = { readonly stateHash: string; readonly challenge: string; readonly expiresAt: number };

/** Turns a ticket into a state. Of two at once one wins; the other, and every later one, gets false. */
export async function useTicket(directory: DirectoryDb, ticketHash: string, state: FlowState, now: number): Promise<boolean> {
  const used = await directory.update(oauthFlow).set(state)
    .where(and(eq(oauthFlow.ticketHash, ticketHash), isNull(oauthFlow.stateHash), gt(oauthFlow.expiresAt, now)))
    .returning({ ticketHash: oauthFlow.ticketHash });
  return used.length === 1;
}

/** Takes the flow of a state out of the table: whoever presents the state again finds nothing. */
export async function consumeFlow(directory: DirectoryDb, stateHash: string): Promise<FlowRow | undefined> {
  return await directory.delete(oauthFlow).where(eq(oauthFlow.stateHash, stateHash)).returning().get();
}

export type AccountClaim = typeof connectedAccount.$inferSelect;

/** Whether any shop holds one of these accounts, of which a grant may open hundreds. */
export async function isAnyClaimed(directory: DirectoryDb, provider: AccountClaim["provider"], accounts: readonly string[]): Promise<boolean> {
  const isListed = sql`${connectedAccount.externalAccount} IN (SELECT value FROM json_each(${JSON.stringify(accounts)}))`;
  const claim = await directory.select({ shopId: connectedAccount.shopId }).from(connectedAccount).where(and(eq(connectedAccount.provider, provider), isListed)).limit(1).get();
  return claim !== undefined;
}

/** Who holds an account at a provider, or undefined. */
export async function findClaim(
  directory: DirectoryDb, { provider, externalAccount }: Pick<AccountClaim, "provider" | "externalAccount">,
): Promise<AccountClaim | undefined> {
  return await directory.select().from(connectedAccount)
    .where(and(eq(connectedAccount.provider, provider), eq(connectedAccount.externalAccount, externalAccount))).get();
}

/**
 * Claims an account for a shop and answers with the connection that holds it: the given one, or an earlier one of the
 * same shop. Null when it hangs on another shop; of two shops at once one gets it.
 */
export async function claimAccount(directory: DirectoryDb, claim: AccountClaim): Promise<ConnectionId | null> {
  await directory.insert(connectedAccount).values(claim).onConflictDoNothing();
  const held = await findClaim(directory, claim);
  return held?.shopId === claim.shopId ? held.connectionId : null;
}

/** Lets an account go, if it is this connection that holds it. */
export async function releaseAccount(directory: DirectoryDb, claim: AccountClaim): Promise<void> {
  const { provider, externalAccount, shopId, connectionId } = connectedAccount;
  await directory.delete(connectedAccount).where(and(
    eq(provider, claim.provider), eq(externalAccount, claim.externalAccount), eq(shopId, claim.shopId), eq(connectionId, claim.connectionId),
  ));
}
