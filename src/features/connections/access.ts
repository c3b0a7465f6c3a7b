/** The way to a connected account for the length of one job: a token from its lane, and the one way out. */
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import type { ShopDb } from "../../platform/database";
import { readConfig, type Bindings, type Config } from "../../platform/env";
import { laneOf } from "../../platform/lane";
import { auditLine } from "../../platform/once";
import type { World } from "../../platform/world";
import { originOf } from "../../http/site";
import { createSend, providerOf, type Access, type OAuthClient, type ProviderId } from "../../providers/registry";
import type { ConnectionId } from "../../kernel/ids";
import { readConnection, stateMoved, type ConnectionRow } from "./store";

/** Daybook as the provider knows it. Each provider has a redirect URI of its own, so that an answer names its sender. */
export function clientOf(config: Config, provider: ProviderId): OAuthClient {
  return { ...config.clients[provider], redirectUri: `${originOf("auth", config)}/connect/${provider}/callback` };
}

/**
 * A live grant for a connection, for up to `calls` calls, and how many milliseconds to wait before the first. The
 * connection is marked when its lane says that only a person can renew the grant (`reconnect_needed`).
 */
export async function accessTo(
  world: World, env: Bindings, db: ShopDb, connection: ConnectionRow, calls: number,
): Promise<Result<{ readonly access: Access; readonly waitMs: number }>> {
  const grant = await laneOf(env, db.shopId, connection.id).access({ calls });
  if (!grant.ok) return await noted(world, db, connection.id, grant);
  const send = createSend(world.transport(env), providerOf(connection.provider).manifest);
  const { accessToken, waitMs } = grant.value;
  return ok({ access: { send, accessToken, externalAccount: connection.externalAccount }, waitMs });
}
