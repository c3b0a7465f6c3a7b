/** The way to a connected account for the length of one job: a token from its lane, and the one way out. */
import { assert } from "../../kernel/assert";
import type { Failure } from "../../kernel/failure";
import type { ConnectionId } from "../../kernel/ids";
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import { originOf } from "../../http/site";
import type { ShopDb } from "../../platform/database";
import type { Bindings, Config } from "../../platform/env";
import { laneOf, type Lane } from "../../platform/lane-client";
import { auditLine } from "../../platform/audit";
import { DAYBOOK } from "../../platform/audit-leaf";
import type { World } from "../../platform/world";
import { createSend, providerOf, remoteOf, type Access, type Books, type OAuthClient, type ProviderId } from "../../providers/registry";
import { ownAccess, ownBooks } from "../journal/service";
import { breakerOf } from "./breaker";
import { isProviderId } from "./contract";
import { tellOfEnd } from "./letters";
import { readConnection, stateMoved, type ConnectionRow } from "./store";

/** Daybook as the provider knows it. Each provider has a redirect URI of its own, so that an answer names its sender. */
export function clientOf(config: Config, provider: ProviderId, region: string | null = null): OAuthClient {
  const [, credentials] = Object.entries(config.clients).find(([id]) => id === provider) ?? [];
  assert(credentials !== undefined, `${provider} knows Daybook as a client`);
  return { ...credentials, redirectUri: `${originOf("auth", config)}/connect/${provider}/callback`, region };
}

/** What people call a provider; a name that is no provider's stays as it is. */
export function providerNameOf(provider: string): string {
  return isProviderId(provider) ? providerOf(provider).manifest.name : provider;
}

/** The way to books that are kept here, where there is nothing to grant and nothing to wait for; null for all that is elsewhere. */
export function accessHere(world: World, db: ShopDb, connection: ConnectionRow): Access | null {
  return connection.provider === "journal" ? ownAccess(db, world) : null;
}

/** The books behind a connection of that role. */
export function booksOf(connection: ConnectionRow): Books {
  if (connection.provider === "journal") return ownBooks;
  const provider = providerOf(connection.provider);
  assert("createEntry" in provider, `${connection.provider} keeps books`);
  return provider;
}

/** A live grant for the length of one job. `waitMs`: how long to wait before the first call. */
export type Granted = { readonly access: Access; readonly waitMs: number; readonly lane: Lane };

/**
 * A live grant for up to `calls` calls. When the lane says that only a person can renew it, the connection is marked
 * and the failure is `reconnect_needed`; `provider_busy` (also while the provider is left alone) and `provider_down`
 * leave it as it is.
 */
export async function accessTo(
  world: World, env: Bindings, db: ShopDb, connection: ConnectionRow, calls: number,
): Promise<Result<Granted>> {
  const { provider, externalAccount } = connection;
  const breaker = breakerOf(world);
  const rest = breaker.restOf(provider, externalAccount);
  if (rest !== null) return failed({ kind: "provider_busy", provider, retryAfterSeconds: rest });
  const lane = laneOf(env, db.shopId, connection.id);
  const grant = await lane.access({ calls });
  if (!grant.ok) return await ended(world, env, db, connection, grant);
  const send = breaker.watch(createSend(world.transport(env), remoteOf(connection.provider).manifest), provider, externalAccount);
  const { accessToken, waitMs } = grant.value;
  return ok({ access: { send, accessToken, externalAccount }, waitMs, lane });
}

/**
 * Tells the lane that the provider would not take the token. Success: the lane has renewed it and a new `accessTo` may
 * work. `reconnect_needed`: the grant is dead, and the connection is marked.
 */
export async function reportAuthFailure(world: World, env: Bindings, db: ShopDb, connection: ConnectionRow, lane: Lane): Promise<Result<void>> {
  const report = await lane.reportDead();
  return report.ok ? report : await ended(world, env, db, connection, report);
}

/** How long a person's act waits for the provider's pace; milliseconds. */
const LONGEST_WAIT_MS = 2_000;

/** What to do with an account for the length of one act. */
export type Use<T> = (access: Access) => Promise<Result<T>>;

/**
 * Does one act of a person with a live grant, and once more when the provider would not take a token that could be
 * renewed. A moment is waited for the provider's pace; `provider_busy` rather than a longer wait: a person can press the
 * button again.
 */
export async function withAccess<T>(
  world: World, env: Bindings, { db, connection, calls }: { readonly db: ShopDb; readonly connection: ConnectionRow; readonly calls: number }, use: Use<T>,
): Promise<Result<T>> {
  const here = accessHere(world, db, connection);
  if (here !== null) return await use(here);
  for (let tries = 1; ; tries += 1) {
    const granted = await accessTo(world, env, db, connection, calls);
    if (!granted.ok) return granted;
    const { access, waitMs, lane } = granted.value;
    if (waitMs > LONGEST_WAIT_MS) return failed({ kind: "provider_busy", provider: connection.provider, retryAfterSeconds: Math.ceil(waitMs / 1_000) });
    if (waitMs > 0) await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
    const used = await use(access);
    if (used.ok || tries === 2 || !isAboutTheToken(used.failure)) return used;
    const report = await reportAuthFailure(world, env, db, connection, lane);
    if (!report.ok) return report;
  }
}

/** Whether a renewed token could change the answer: the grant was called dead, or the token too old (401). */
function isAboutTheToken(failure: Failure): boolean {
  return failure.kind === "reconnect_needed" || (failure.kind === "provider_refused" && failure.answer.status === 401);
}

/**
 * Marks a connection whose grant has ended, once; the audit log says when, and those who can connect it again are written
 * to. Nothing for one that is not connected.
 */
export async function markReconnectNeeded(world: World, env: Bindings, db: ShopDb, id: ConnectionId): Promise<void> {
  const connection = await readConnection(db, id);
  if (connection?.state !== "connected") return;
  const at = world.clock();
  const audit = auditLine(db, world.random, { at, actor: DAYBOOK, action: "connection.reconnect_needed", subject: id, after: { provider: connection.provider } });
  const [moved] = await db.orm.batch([stateMoved(db, id, "connected", { state: "reconnect_needed", checkedAt: at }), ...audit]);
  // Of several jobs that find it out at once, one has moved it: one letter each is enough.
  if (moved.length === 1) await tellOfEnd(world, env, db, connection);
}

/** A lane knows its provider's name only while it holds a grant; the row always does. */
async function ended(world: World, env: Bindings, db: ShopDb, connection: ConnectionRow, { failure }: Failed): Promise<Failed> {
  if (failure.kind !== "reconnect_needed") return failed(failure);
  await markReconnectNeeded(world, env, db, connection.id);
  return failed({ ...failure, provider: connection.provider });
}
