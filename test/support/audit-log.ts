/** Lines of audit logs, and what somebody could do to them who holds the database. */
import { env } from "cloudflare:workers";
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import type { ShopId } from "../../src/kernel/ids";
import { EMPTY_RANGE, rootOf, withLeaf, type Hash } from "../../src/kernel/merkle";
import { readCheckpoint, readVerifierKey, verifiedCheckpoint, type Checkpoint } from "../../src/kernel/checkpoint";
import { systemRandom } from "../../src/kernel/clock";
import { auditLine } from "../../src/platform/audit";
import { actorNamed, type AuditLine } from "../../src/platform/audit-leaf";
import { openShopDb } from "../../src/platform/database";
import type { World } from "../../src/platform/world";
import { createTestWorld } from "./app";
import { givenPerson, givenShop } from "./people";

export type LoggedShop = { readonly id: ShopId; readonly shard: number; readonly log: string };

/** A shop without a line in its log. */
export async function loggedShop(slug: string, world: World = createTestWorld()): Promise<LoggedShop> {
  const { id, shard } = await givenShop(world, slug, await givenPerson(world, `Owner of ${slug}`));
  return await emptied({ id, shard, log: `shop:${id}` });
}

/** The shop as if its log had not begun, so that a test counts its own lines alone. */
export async function emptied(shop: LoggedShop): Promise<LoggedShop> {
  await tamper(shop, ...["audit", "audit_personal", "audit_pending"].map((table) => `DELETE FROM ${table} WHERE shop_id = ?1`));
  return shop;
}

/** Writes lines as acts do, one batch each, in order. */
export async function write(shop: LoggedShop, count: number, line: Partial<AuditLine> = {}): Promise<void> {
  const db = openShopDb(env, shop.id, shop.shard);
  for (let index = 0; index < count; index += 1) {
    await db.orm.batch(auditLine(db, systemRandom, {
      at: 1_000 + index, actor: { ...actorNamed("person:ada"), personal: { name: "Ada" } }, action: "mapping.saved", subject: `mapping:${index}`, after: { index }, ...line,
    }));
  }
}

/** The shard where a shop lives, past the guard. */
export function shardOf({ shard }: Pick<LoggedShop, "shard">): D1Database {
  return shard === 0 ? env.SHARD_0 : env.SHARD_1;
}

/** Does what the triggers forbid, as somebody could who holds the database itself. `?1` is the shop. */
export async function tamper(shop: LoggedShop, ...statements: readonly string[]): Promise<void> {
  const shard = shardOf(shop);
  const { results } = await shard.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'").all<{ name: string; sql: string }>();
  await shard.batch([
    ...results.map(({ name }) => shard.prepare(`DROP TRIGGER ${name}`)),
    ...statements.map((statement) => shard.prepare(statement).bind(shop.id)),
    ...results.map(({ sql }) => shard.prepare(sql)),
  ]);
}

/** What stands in the shard of a log. */
export async function leafHashesOf(shop: LoggedShop): Promise<Hash[]> {
  const { results } = await shardOf(shop).prepare("SELECT leaf_hash FROM audit WHERE shop_id = ?1 ORDER BY seq").bind(shop.id).all<{ leaf_hash: string }>();
  return results.map(({ leaf_hash: hash }) => decodeBase64urlIgnorePadding(hash));
}

/** The root over leaves, grown one by one. */
export function rootOver(leaves: readonly Hash[]): Hash {
  return rootOf(leaves.reduce(withLeaf, EMPTY_RANGE));
}

/** What a sealed note says, its signature checked. */
export async function proved(sealed: { readonly note: string; readonly key: string } | null): Promise<Checkpoint> {
  const key = readVerifierKey(sealed?.key ?? "");
  const checkpoint = key === null ? null : await verifiedCheckpoint(sealed?.note ?? "", key);
  if (checkpoint === null) throw new Error(`not signed: ${JSON.stringify(readCheckpoint(sealed?.note ?? ""))}`);
  return checkpoint;
}
