/** A shop's key is wrapped by a master key; masters rotate while everything stays readable. */
import { sql } from "drizzle-orm";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { systemRandom } from "../../src/kernel/clock";
import { newId, type ShopId } from "../../src/kernel/ids";
import { failed, ok } from "../../src/kernel/result";
import { openShopDb, type ShopDb } from "../../src/platform/database";
import type { MasterKeys } from "../../src/platform/env";
import type { Place, Sealer } from "../../src/platform/sealer";
import { createShopKey, rewrap, rewrapShopKey, sealerOf, shopKeyOf, type Keeper } from "../../src/platform/vault";

const k1 = systemRandom(32);
const k2 = systemRandom(32);
const keeperOf = (masters: MasterKeys): Keeper => ({ masters, random: systemRandom, clock: () => 1_000 });
const old = keeperOf({ current: "k1", keys: new Map([["k1", k1]]) });
const rotating = keeperOf({ current: "k2", keys: new Map([["k1", k1], ["k2", k2]]) });
const rotated = keeperOf({ current: "k2", keys: new Map([["k2", k2]]) });
const unavailable = failed({ kind: "key_unavailable" });

let db: ShopDb;
let place: Place;

beforeEach(() => {
  db = openShopDb(env, newId<ShopId>(systemRandom), 0);
  place = { table: "lane", column: "tokens", shopId: db.shopId, row: "r1" };
});

async function sealerFor(keeper: Keeper): Promise<Sealer> {
  const sealer = await sealerOf(keeper, db.shopId, await shopKeyOf(keeper, db));
  if (!sealer.ok) throw new Error("no sealer");
  return sealer.value;
}

const textOf = async (sealer: Sealer, sealed: string) => {
  const opened = await sealer.open(place, sealed);
  return opened.ok ? opened.value.reveal() : null;
};

describe("a shop's key", () => {
  it("is made at first use and is the same ever after", async () => {
    const first = await shopKeyOf(old, db);
    expect(first).toMatchObject({ masterId: "k1", keyId: expect.stringMatching(/^[a-z2-7]{10}$/) });
    expect(await shopKeyOf(old, db)).toEqual(first);
  });

  it("is one key even when many ask for it first at once", async () => {
    const keys = await Promise.all(Array.from({ length: 30 }, () => shopKeyOf(old, db)));
    expect(new Set(keys.map((key) => key.keyId)).size).toBe(1);
  });

  it("is another shop's neither to read nor to unwrap", async () => {
    const key = await shopKeyOf(old, db);
    const other = openShopDb(env, newId<ShopId>(systemRandom), 0);
    expect((await shopKeyOf(old, other)).keyId).not.toBe(key.keyId);
    expect(await sealerOf(old, other.shopId, key)).toEqual(unavailable);
  });

  it("does not unwrap under another name, another master key, or changed", async () => {
    const key = await shopKeyOf(old, db);
    expect(await sealerOf(old, db.shopId, { ...key, keyId: "other" })).toEqual(unavailable);
    expect(await sealerOf(rotated, db.shopId, key)).toEqual(unavailable);
    expect(await sealerOf(keeperOf({ current: "k1", keys: new Map([["k1", k2]]) }), db.shopId, key)).toEqual(unavailable);
    expect(await sealerOf(old, db.shopId, { ...key, wrapped: key.wrapped.slice(0, -2) })).toEqual(unavailable);
    expect(await sealerOf(old, db.shopId, { ...key, wrapped: "plain" })).toEqual(unavailable);
  });

  it("is not in the database in any readable form", async () => {
    const random = systemRandom(32);
    const key = await createShopKey({ ...old, random: (length) => (length === 32 ? random : systemRandom(length)) }, db.shopId);
    expect(key.wrapped).not.toContain(btoa(String.fromCharCode(...random)).slice(0, 8));
  });
});

describe("rotating the master key", () => {
  it("rewraps the shop's key and touches no sealed value", async () => {
    const sealed = await (await sealerFor(old)).seal(place, "token");
    expect(await textOf(await sealerFor(rotating), sealed)).toBe("token");
    expect(await rewrapShopKey(rotating, db)).toEqual(ok(true));
    expect(await textOf(await sealerFor(rotated), sealed)).toBe("token");
    expect(await textOf(await sealerFor(rotating), sealed)).toBe("token");
  });

  it("leaves no row under the old master, and then has nothing left to do", async () => {
    await shopKeyOf(old, db);
    await rewrapShopKey(rotating, db);
    const rows = await db.orm.all<{ master_id: string }>(sql`SELECT master_id FROM shop_key WHERE shop_key.shop_id = ${db.shopId}`);
    expect(rows).toEqual([{ master_id: "k2" }]);
    expect(await rewrapShopKey(rotating, db)).toEqual(ok(false));
    expect(await rewrapShopKey(rotating, openShopDb(env, newId<ShopId>(systemRandom), 1))).toEqual(ok(false));
  });

  it("goes on while values are sealed and opened", async () => {
    const before = await sealerFor(old);
    const work = Array.from({ length: 50 }, async (_, index) => {
      const sealer = index % 2 === 0 ? before : await sealerFor(rotating);
      const sealed = await sealer.seal(place, `token ${index}`);
      if (index === 25) await rewrapShopKey(rotating, db);
      return await textOf(await sealerFor(rotating), sealed);
    });
    expect(await Promise.all(work)).toEqual(Array.from({ length: 50 }, (_, index) => `token ${index}`));
  });

  it("says so when the old master is gone before its keys were rewrapped", async () => {
    const key = await shopKeyOf(old, db);
    expect(await rewrapShopKey(rotated, db)).toEqual(unavailable);
    expect(await rewrap(rotated, db.shopId, key)).toEqual(unavailable);
    expect(await rewrap(old, db.shopId, key)).toEqual(ok(key));
  });
});
