/**
 * A cookie that turns up on another host than the one it was given to. No browser does that: somebody took it. It opens
 * nothing, and the log of the shop or organisation that it belongs to says so, at most once an hour for each session.
 */
import { sql } from "drizzle-orm";
import { HOUR } from "../../kernel/clock";
import { admit } from "../../http/guard";
import { originOfRequest } from "../../http/origin";
import { organisationAuditLine } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import type { DirectoryDb } from "../../platform/database";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import { once } from "../../platform/once";
import type { World } from "../../platform/world";
import { isLive, isSecretOf, type Token } from "./rules";
import { readHqSession, readShopSession, type Entered, type EnteredHq } from "./store";
import { visitorOf } from "./visitor";

const ACTION = "session.foreign_host";

type Wiring = Pick<World, "clock" | "log" | "random">;

/** Notes a cookie that is good on another host than this one; nothing for any other. Never throws: the request is refused anyway. */
export async function noteForeignHost(world: Wiring, env: Bindings, request: Request, token: Token): Promise<void> {
  try {
    const directory = directoryDb(env);
    const ofShop = await readShopSession(directory, token.id);
    if (ofShop !== undefined && (await isElsewhere(world, request, token, ofShop))) await writeForShop(world, env, request, ofShop);
    const ofHq = ofShop === undefined ? await readHqSession(directory, token.id) : undefined;
    if (ofHq !== undefined && (await isElsewhere(world, request, token, ofHq))) await writeForOrganisation(world, directory, request, ofHq);
  } catch (error) {
    world.log.error("session.foreign_host_unwritten", errorFields(error));
  }
}

async function isElsewhere(world: Wiring, request: Request, token: Token, found: Entered | EnteredHq): Promise<boolean> {
  const isForeign = found.host !== new URL(request.url).host;
  return isForeign && isLive(found, world.clock()) && (await isSecretOf(token.secret, found.secretHash));
}

/** Somebody who is not known, from an address that may be erased. */
function strangerOf(request: Request): Actor {
  return { id: "stranger", through: null, personal: originOfRequest(request) };
}

async function writeForShop(world: Wiring, env: Bindings, request: Request, found: Entered): Promise<void> {
  world.log.warn(ACTION, { shopId: found.shopId });
  const visit = admit(env, visitorOf(found, request), "shop.read");
  if (!visit.ok) return;
  const at = world.clock();
  const key = `${ACTION}:${found.sessionId}:${Math.floor(at / HOUR)}`;
  const act = { key, input: {}, actor: strangerOf(request), action: ACTION, at, random: world.random };
  await once(visit.value.db, act, async () => ({ ok: true, value: { statements: [], answer: {}, audit: { subject: `person:${found.personId}` } } }));
}

async function writeForOrganisation(world: Wiring, directory: DirectoryDb, request: Request, found: EnteredHq): Promise<void> {
  world.log.warn(ACTION);
  const at = world.clock();
  const subject = `person:${found.personId}`;
  const [earlier] = await directory.all(sql`
    SELECT 1 FROM organisation_audit WHERE organisation_id = ${found.organisationId} AND action = ${ACTION} AND subject = ${subject} AND at > ${at - HOUR} LIMIT 1`);
  if (earlier !== undefined) return;
  await directory.batch([...organisationAuditLine(directory, found.organisationId, world.random, { at, actor: strangerOf(request), action: ACTION, subject })]);
}
