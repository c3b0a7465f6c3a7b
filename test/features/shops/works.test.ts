/** Making shops: what they may be called, where they live, who belongs to them. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import { addMember, createShop, findShop, findShopBySlug, membershipOf, shopsOf } from "../../../src/features/shops/service";
import { MINUTE } from "../../../src/kernel/clock";
import { newId, type ShopId } from "../../../src/kernel/ids";
import { PERMISSIONS, roleMay, ROLES } from "../../../src/kernel/roles";
import { actorNamed } from "../../../src/platform/audit-leaf";
import { directoryDb } from "../../../src/platform/database";
import { shardsOf } from "../../../src/platform/env";
import { createTestWorld, originOf } from "../../support/app";
import { enteredBrowser, givenMember, givenPerson, givenShop, must } from "../../support/people";

const world = createTestWorld();
const directory = directoryDb(env);
type Line = { readonly seq: number; readonly action: string; readonly actor: string; readonly after: string; readonly fields: string };

let mara: PersonCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
});

const given = { slug: "harbour", name: "Harbour Coffee", zone: "America/New_York", currency: "USD" };

describe("a new shop", () => {
  it("lives on the shard with the fewest shops, also when many are made at once", async () => {
    const shops = await Promise.all(Array.from({ length: 7 }, async (_, index) => must(await createShop(world, env, { ...given, slug: `shop-${index}` }, mara.id))));
    const onShard = (shard: number) => shops.filter((shop) => shop.shard === shard).length;
    expect([onShard(0), onShard(1)]).toEqual([4, 3]);
    expect(must(await createShop(world, env, { ...given, slug: "shop-eight" }, mara.id)).shard).toBe(1);
  });

  it("begins its log with who made it and from where, before it is anybody's", async () => {
    const actor = { ...actorNamed(`person:${mara.id}`), personal: { name: "Mara", address: "203.0.113.7" } };
    const { id, shard } = must(await createShop(world, env, { ...given, slug: "told" }, mara.id, actor));
    const line = await shardsOf(env)[shard]?.prepare("SELECT seq, action, actor, after, fields FROM audit JOIN audit_personal USING (shop_id, seq) WHERE shop_id = ?1").bind(id).all<Line>();
    expect(line?.results).toMatchObject([{ seq: 1, action: "shop.created", actor: `person:${mara.id}` }]);
    expect(JSON.parse(line?.results[0]?.after ?? "{}")).toMatchObject({ address: "told", name: "Harbour Coffee" });
    expect(JSON.parse(line?.results[0]?.fields ?? "{}")).toMatchObject({ name: { value: "Mara" }, address: { value: "203.0.113.7" } });
  });

  it("is not made where its log cannot be written, and its name is free", async () => {
    const broken = { prepare: (query: string) => env.SHARD_0.prepare(query), batch: async () => await Promise.reject(new Error("the machine stopped")) } as unknown as D1Database;
    await expect(createShop(world, { ...env, SHARD_0: broken, SHARD_1: broken }, { ...given, slug: "lost" }, mara.id)).rejects.toThrow("the machine stopped");
    expect(must(await createShop(world, env, { ...given, slug: "lost" }, mara.id)).slug).toBe("lost");
  });

  it("that a crash left without an owner gives its name back after ten minutes, and not before", async () => {
    const late = createTestWorld();
    await env.DIRECTORY.prepare("INSERT INTO shop (id, slug, name, shard, zone, currency, state, created_at) VALUES (?1, 'left-over', 'Left', 0, 'UTC', 'USD', 'open', ?2)")
      .bind(newId<ShopId>(world.random), late.clock()).run();
    expect((await createShop(late, env, { ...given, slug: "leftover" }, mara.id)).ok).toBe(false);
    late.pass(10 * MINUTE);
    expect((await createShop(late, env, { ...given, slug: "leftover" }, mara.id)).ok).toBe(true);
  });

  it("belongs to its owner and is found by name and by id", async () => {
    const shop = must(await createShop(world, env, given, mara.id));
    expect(shop).toMatchObject({ ...given });
    expect(await findShopBySlug(directory, "harbour")).toEqual(shop);
    expect(await findShop(directory, shop.id)).toEqual(shop);
    expect(await membershipOf(directory, shop.id, mara.id)).toBe("owner");
    expect(await shopsOf(directory, mara.id)).toContainEqual({ slug: "harbour", name: "Harbour Coffee", role: "owner" });
  });

  it("is refused a name that is taken, and whoever asked becomes nobody's owner", async () => {
    const late = await givenPerson(world, "Late");
    await createShop(world, env, { ...given, slug: "taken" }, mara.id);
    const refused = await createShop(world, env, { ...given, slug: "taken" }, late.id);
    expect(refused).toMatchObject({ ok: false, failure: { kind: "conflict" } });
    expect(await shopsOf(directory, late.id)).toEqual([]);
    expect((await findShopBySlug(directory, "taken"))?.name).toBe("Harbour Coffee");
  });

  it("is refused a name that is Daybook's own, a disguise, or no host's name", async () => {
    for (const slug of ["auth", "api", "www", "admin", "ops", "files", "square", "hq-chain", "xn--80ak6aa92e", "a", "-a", "a-", "A1", "a_b", "a.b", "", "a b", "é1", "a".repeat(41), "_dmarc", "a\n"]) {
      expect([slug, (await createShop(world, env, { ...given, slug }, mara.id)).ok]).toEqual([slug, false]);
    }
  });

  it("is refused a zone, a currency or a name that is none", async () => {
    for (const wrong of [{ zone: "Mars/Olympus" }, { zone: "" }, { currency: "usd" }, { currency: "DOLLAR" }, { name: "  " }, { name: "x".repeat(101) }]) {
      expect([wrong, (await createShop(world, env, { ...given, slug: "wrong", ...wrong }, mara.id)).ok]).toEqual([wrong, false]);
    }
    expect(await findShopBySlug(directory, "wrong")).toBeNull();
  });
});

describe("a shop that is closed or never was", () => {
  it("is found by nobody, has no members, and takes none", async () => {
    const shop = await givenShop(world, "ending", mara);
    await env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE id = ?").bind(shop.id).run();
    for (const id of [shop.id, newId<ShopId>(world.random)]) {
      expect([await findShop(directory, id), await membershipOf(directory, id, mara.id)]).toEqual([null, null]);
      expect(await addMember(world, env, id, mara.id, "admin")).toEqual({ ok: false, failure: { kind: "not_found" } });
    }
    expect((await shopsOf(directory, mara.id)).map(({ slug }) => slug)).not.toContain("ending");
  });
});

describe("a shop's own page", () => {
  it("tells each role what it may, no more and no less", async () => {
    const shop = await givenShop(world, "roles", mara);
    for (const role of ROLES) {
      const person = await givenPerson(world, `Some ${role}`);
      await givenMember(world, shop, person, role);
      const browser = await enteredBrowser(world, person, shop);
      const view = await (await browser.api("GET", `${originOf("roles")}/api/shop`)).json<{ role: string; permissions: string[] }>();
      expect(view).toMatchObject({ role, permissions: PERMISSIONS.filter((permission) => roleMay(role, permission)) });
    }
  });
});
