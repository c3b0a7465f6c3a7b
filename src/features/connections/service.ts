/** What the rest of Daybook may ask of connections, and what people do with them. */
import type { ConnectionId, LocationId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { directoryDb, type DirectoryDb, type ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { laneOf } from "../../platform/lane-client";
import { auditLine } from "../../platform/audit";
import type { World } from "../../platform/world";
import { isRemote, providerOf } from "../../providers/registry";
import { booksOf, withAccess } from "./access";
import { CALLS_TO_READ_ACCOUNT, readAccount, readingKept } from "./account";
import type { ChartAccount, ChartDimension, ConnectionsView } from "./contract";
import { toLocation } from "./rules";
import {
  accountRefreshed, chartWritten, connectionEnded, connectionsQuery, findClaim, locationsQuery, readChart, readConnection, readConnections, readLocation, readLocations,
  releaseAccount,
  type AccountClaim, type ConnectionRow, type Location,
} from "./store";
import { toConnectionsView } from "./view";

export { accessHere, accessTo, booksOf, clientOf, markReconnectNeeded, providerNameOf, reportAuthFailure, withAccess, type Granted } from "./access";
export { addLocation } from "./add-location";
export { beginConsent } from "./consent";
export { askToConnect } from "./letters";
export { grantPort } from "./grants";
export { connectionBackMessage } from "./messages";
export { chooseLocation } from "./locations";
export { closePeriod } from "./own-books";
export { dateDueAt, dueAfter, FIRST_DATE, scheduleOf, SETTLE_MINUTES, toLocation } from "./rules";
export { connectionsQuery, locationQuery, locationsQuery } from "./store";
export type { ConnectionRow, Location } from "./store";

/** The shop's tills, books and locations, and what can be connected. */
export async function viewConnections(db: ShopDb): Promise<ConnectionsView> {
  const [connections, locations] = await db.orm.batch([connectionsQuery(db), locationsQuery(db)]);
  return toConnectionsView(connections, locations.map(toLocation));
}

/** The connection that does a role's work now. `not_connected` where there is none, `reconnect_needed` where its grant has ended. */
export async function liveConnection(db: ShopDb, role: ConnectionRow["role"]): Promise<Result<ConnectionRow>> {
  const found = await currentConnection(db, role);
  if (found === null) return failed({ kind: "not_connected", role });
  return found.state === "reconnect_needed" ? failed({ kind: "reconnect_needed", provider: found.provider }) : ok(found);
}

/** The connection of a role that was not ended, whether or not its grant still lives; null where there is none. */
export async function currentConnection(db: ShopDb, role: ConnectionRow["role"]): Promise<ConnectionRow | null> {
  return currentOf(await readConnections(db), role);
}

/** The same among connections that were read already. */
export function currentOf(connections: readonly ConnectionRow[], role: ConnectionRow["role"]): ConnectionRow | null {
  return connections.find((row) => row.role === role && row.state !== "disconnected") ?? null;
}

/** One of the shop's connections, ended ones included, or null. */
export async function connectionById(db: ShopDb, id: ConnectionId): Promise<ConnectionRow | null> {
  return (await readConnection(db, id)) ?? null;
}

/** Who holds an account at a provider, and by which connection; null where nobody does. */
export async function holderOf(
  directory: DirectoryDb, account: Pick<AccountClaim, "provider" | "externalAccount">,
): Promise<Pick<AccountClaim, "shopId" | "connectionId"> | null> {
  return (await findClaim(directory, account)) ?? null;
}

/** All of the shop's locations, chosen or not, by name. */
export async function locationsOf(db: ShopDb): Promise<Location[]> {
  return (await readLocations(db)).map(toLocation);
}

/** One of the shop's locations, or null. */
export async function locationById(db: ShopDb, id: LocationId): Promise<Location | null> {
  const row = await readLocation(db, id);
  return row === undefined ? null : toLocation(row);
}

/** The accounts of a connection's books as last read, and when (epoch milliseconds); null where they never were. */
export async function chartOf(
  db: ShopDb, connectionId: ConnectionId,
): Promise<{ readonly accounts: readonly ChartAccount[]; readonly dimensions: readonly ChartDimension[]; readonly readAt: number } | null> {
  return (await readChart(db, connectionId)) ?? null;
}

/** Keeps an account that was just created in the books, with an audit line; the rest of the chart stays as read. */
export async function keepNewAccount(world: World, visit: Visit, connectionId: ConnectionId, account: ChartAccount): Promise<void> {
  const { db } = visit;
  const chart = await chartOf(db, connectionId);
  const others = (chart?.accounts ?? []).filter(({ id }) => id !== account.id);
  const at = world.clock();
  const audit = auditLine(db, world.random, {
    at, actor: actorOf(visit), action: "account.created", subject: connectionId, after: { accountId: account.id, name: account.name },
  });
  await db.orm.batch([chartWritten(db, connectionId, { accounts: [...others, account], dimensions: chart?.dimensions ?? [] }, chart?.readAt ?? at), ...audit]);
}

/**
 * Reads again what the account says of itself: locations of a till; name, currency, closing date and accounts of books.
 * `not_found`, `not_connected`, or what the provider fails with; then nothing is changed but the connection's state.
 */
export async function refreshConnection(world: World, env: Bindings, visit: Visit, id: ConnectionId): Promise<Result<ConnectionsView>> {
  const { db } = visit;
  const connection = await connectionById(db, id);
  if (connection === null) return failed({ kind: "not_found" });
  if (!isRemote(providerOf(connection.provider))) return ok(await viewConnections(db));
  const fresh = await refreshAccount(world, env, { db, connection, zone: visit.shop.zone });
  return fresh.ok ? ok(await viewConnections(db)) : fresh;
}

export type Refreshing = { readonly db: ShopDb; readonly connection: ConnectionRow; readonly zone: string };

/** The same for a job or another feature: reads the account and keeps what it says, in one write. */
export async function refreshAccount(world: World, env: Bindings, { db, connection, zone }: Refreshing): Promise<Result<void>> {
  if (connection.state === "disconnected") return failed({ kind: "not_connected", role: connection.role });
  const known = providerOf(connection.provider);
  const provider = isRemote(known) ? known : booksOf(connection);
  const reading = await withAccess(world, env, { db, connection, calls: CALLS_TO_READ_ACCOUNT }, (access) => readAccount(provider, access));
  if (!reading.ok) return reading;
  const { name, currency, closedThrough } = reading.value;
  const checked = { ...connection, name, currency, closedThrough, checkedAt: world.clock() };
  const kept = await readingKept(world, db, { connection: checked, reading: reading.value, shop: { id: db.shopId, zone }, resumeFrom: null });
  await db.orm.batch([accountRefreshed(db, connection.id, { name, currency, closedThrough, checkedAt: checked.checkedAt }), ...kept]);
  return ok(undefined);
}

/**
 * Ends a connection: first its state, so that no job uses it again, then the tokens, then the hold on the account.
 * Days and entries stay. Doing it again finishes what a crash left undone. `not_found` for an id of no connection.
 */
export async function disconnect(world: World, env: Bindings, visit: Visit, id: ConnectionId): Promise<Result<ConnectionsView>> {
  const { db } = visit;
  const connection = await connectionById(db, id);
  if (connection === null) return failed({ kind: "not_found" });
  if (connection.state !== "disconnected") {
    const now = world.clock();
    const audit = auditLine(db, world.random, {
      at: now, actor: actorOf(visit), action: "connection.disconnected", subject: id, after: { provider: connection.provider },
    });
    await db.orm.batch([...connectionEnded(db, id, now), ...audit]);
  }
  // What is nowhere else but here has no tokens and no hold on anything; its rows stay, so that connecting again goes on where it stopped.
  if (!isRemote(providerOf(connection.provider))) return ok(await viewConnections(db));
  await laneOf(env, db.shopId, id).destroy();
  await releaseAccount(directoryDb(env), { provider: connection.provider, externalAccount: connection.externalAccount, shopId: db.shopId, connectionId: id });
  return ok(await viewConnections(db));
}
