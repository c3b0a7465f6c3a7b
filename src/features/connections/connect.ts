/** What follows a consent that was proved to be the person's own: grant, account, tokens into the lane, rows. */
import { newId, type ConnectionId } from "../../kernel/ids";
import type { Failure } from "../../kernel/failure";
import type { TokenSet } from "../../kernel/grant";
import { actorOf, type Visit } from "../../http/guard";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { laneOf } from "../../platform/lane-client";
import { auditLine } from "../../platform/audit";
import { enqueue, message } from "../../platform/queue";
import type { World } from "../../platform/world";
import { createSend, remoteOf, type Access, type ExternalAccount, type ProviderId, type RemoteProvider } from "../../providers/registry";
import { clientOf } from "./access";
import { readAccount, readingKept, type AccountReading } from "./account";
import type { ConsentRefusal } from "./contract";
import { connectionBackMessage } from "./messages";
import { admitAccount, type Admission } from "./rules";
import { claimAccount, connectionWritten, isAnyClaimed, readConnections, readLocations, releaseAccount, type ConnectionRow } from "./store";

/** How it ended. Both names are shown where a person chose another account than the shop's. */
export type ConnectEnd =
  | { readonly kind: "connected" }
  | { readonly kind: "refused"; readonly reason: ConsentRefusal }
  | { readonly kind: "other_account"; readonly connectedName: string; readonly chosenName: string };

/** A grant that opens several accounts, of which a person must name one. */
export type Several = { readonly kind: "several"; readonly tokens: TokenSet; readonly accounts: readonly ExternalAccount[] };

type Coming = { readonly region: string | null; readonly provider: ProviderId; readonly query: Readonly<Record<string, string>>; readonly verifier: string };

/** A grant that was given and is not kept anywhere yet; `accounts` are the ids of all that it opens. */
type Grant = { readonly tokens: TokenSet; readonly access: Access; readonly accounts: readonly string[] };

/**
 * Exchanges the code and connects the account to the visit's shop, or says why not. Where the grant opens several, it is
 * the one that the shop has already; a shop that has none is to be asked.
 */
export async function connectAccount(world: World, env: Bindings, visit: Visit, coming: Coming): Promise<ConnectEnd | Several> {
  const provider = remoteOf(coming.provider);
  const error = coming.query["error"];
  if (error !== undefined) return refused(error === "access_denied" ? "denied" : "provider_failed");
  const send = createSend(world.transport(env), provider.manifest);
  const client = clientOf(readConfig(env), coming.provider, coming.region);
  const exchanged = await provider.oauth.exchange(send, client, coming.query, coming.verifier, world.clock());
  if (!exchanged.ok) return unfinished(world, visit, coming.provider, exchanged.failure.kind);
  const { tokens, accounts } = exchanged.value;
  const current = (await readConnections(visit.db)).find(({ role, state }) => role === provider.manifest.role && state !== "disconnected");
  if (accounts.length > 1 && current === undefined) return { kind: "several", tokens, accounts };
  const [first] = accounts;
  const account = accounts.find(({ id }) => id === current?.externalAccount) ?? first;
  return await connectOne(world, env, visit, { provider: coming.provider, tokens, account: account.id, accounts: accounts.map(({ id }) => id) });
}

export type Chosen = { readonly provider: ProviderId; readonly tokens: TokenSet; readonly account: string; readonly accounts: readonly string[] };

/**
 * Connects one of the accounts that a grant opens. A grant that is not kept is ended at the provider. The lane holds the
 * tokens before the row says "connected": a crash between the two leaves the connection as it was, and connecting again
 * mends it under the same id, which the claim has kept.
 */
export async function connectOne(world: World, env: Bindings, visit: Visit, { provider: id, tokens, account, accounts }: Chosen): Promise<ConnectEnd> {
  const provider = remoteOf(id);
  const send = createSend(world.transport(env), provider.manifest);
  const grant: Grant = { tokens, accounts, access: { send, accessToken: tokens.accessToken, externalAccount: account } };
  const end = await keepGrant(world, env, visit, provider, grant);
  if (end.kind !== "connected") await endGrant(world, env, provider, grant);
  return end;
}

async function keepGrant(world: World, env: Bindings, visit: Visit, provider: RemoteProvider, grant: Grant): Promise<ConnectEnd> {
  const { id, role, scopes } = provider.manifest;
  if (!scopes.every((scope) => grant.tokens.scopes.includes(scope))) return refused("scopes_missing");
  const reading = await readAccount(provider, grant.access);
  if (!reading.ok) return isForbidden(reading.failure) ? refused("scopes_missing") : unfinished(world, visit, id, reading.failure.kind);
  const connections = await readConnections(visit.db);
  const admission = admitAccount(connections, { role, provider: id, externalAccount: grant.access.externalAccount });
  const refusal = refusalOf(admission, reading.value) ?? (await currencyRefusal(visit, reading.value));
  if (refusal !== null) return refusal;
  const known = admission.kind === "known" ? admission.connection : null;
  const shopId = visit.shop.id;
  const claim = { provider: id, externalAccount: grant.access.externalAccount, shopId, connectionId: known?.id ?? newId<ConnectionId>(world.random) };
  const connectionId = await claimAccount(directoryDb(env), claim);
  if (connectionId === null) return refused("used_elsewhere");
  const installed = await laneOf(env, shopId, connectionId).install({ provider: id, tokens: grant.tokens });
  if (!installed.ok) {
    if (known === null) await releaseAccount(directoryDb(env), { ...claim, connectionId });
    return unfinished(world, visit, id, installed.failure.kind);
  }
  await record(world, visit, { provider, grant, reading: reading.value, connectionId, known });
  await enqueue(env.SYNC_QUEUE, [message(connectionBackMessage, { shopId, shard: visit.shop.shard })]);
  return { kind: "connected" };
}

type Kept = {
  readonly provider: RemoteProvider;
  readonly grant: Grant;
  readonly reading: AccountReading;
  readonly connectionId: ConnectionId;
  readonly known: ConnectionRow | null;
};

async function record(world: World, visit: Visit, { provider, grant, reading, connectionId, known }: Kept): Promise<void> {
  const now = world.clock();
  const { id, role } = provider.manifest;
  const connection: ConnectionRow = {
    shopId: visit.shop.id, id: connectionId, provider: id, role, externalAccount: grant.access.externalAccount,
    name: reading.name, currency: reading.currency, closedThrough: reading.closedThrough, state: "connected",
    scopes: grant.tokens.scopes, connectedBy: visit.person.id, connectedAt: now, checkedAt: now,
  };
  const resumeFrom = known?.state === "disconnected" ? known.checkedAt : null;
  const kept = await readingKept(world, visit.db, { connection, reading, shop: visit.shop, resumeFrom });
  const audit = auditLine(visit.db, world.random, {
    at: now, actor: actorOf(visit), action: known === null ? "connection.connected" : "connection.reconnected",
    subject: connectionId, after: { provider: id, externalAccount: connection.externalAccount },
  });
  await visit.db.orm.batch([connectionWritten(visit.db, connection), ...kept, ...audit]);
}

function refusalOf(admission: Admission, reading: AccountReading): ConnectEnd | null {
  if (admission.kind === "other_provider") return refused("other_provider");
  if (admission.kind !== "other_account") return null;
  return { kind: "other_account", connectedName: admission.connection.name, chosenName: reading.name };
}

/** Books in another currency than the locations already chosen could never take their days. */
async function currencyRefusal(visit: Visit, reading: AccountReading): Promise<ConnectEnd | null> {
  if (reading.currency === null) return null;
  const chosen = (await readLocations(visit.db)).filter((location) => location.startsOn !== null);
  return chosen.some((location) => location.currency !== reading.currency) ? refused("currency_mismatch") : null;
}

/**
 * Ends a grant that Daybook does not keep, so that none is left behind. Not while any shop holds one of its accounts: a
 * revocation reaches every grant of the account (Square, RevokeToken), and would cut off the shop that holds it.
 */
async function endGrant(world: World, env: Bindings, provider: RemoteProvider, { tokens, access, accounts }: Grant): Promise<void> {
  const { id } = provider.manifest;
  if (await isAnyClaimed(directoryDb(env), id, accounts)) return;
  const ended = await provider.oauth.revoke(access.send, clientOf(readConfig(env), id, tokens.region ?? null), tokens);
  if (!ended.ok) world.log.warn("connection.grant_left", { provider: id, kind: ended.failure.kind });
}

/**
 * A fresh grant that may not do what was asked for was given for less: the scopes stand in an address that a person can
 * edit. Where a provider says 401 of a missing permission, a grant of this very moment cannot have died either.
 */
function isForbidden(failure: Failure): boolean {
  return failure.kind === "reconnect_needed" || (failure.kind === "provider_refused" && failure.answer.status === 403);
}

function refused(reason: ConsentRefusal): ConnectEnd {
  return { kind: "refused", reason };
}

function unfinished(world: World, visit: Visit, provider: ProviderId, kind: string): ConnectEnd {
  world.log.warn("connection.unfinished", { shopId: visit.shop.id, provider, kind });
  return refused("provider_failed");
}
