/** Making shops: what they may be called, where they live, who belongs to them. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import { addMember, createShop, findShop, findShopBySlug, membershipOf, shopsOf } from "../../../src/features/shops/service";
import { newId, type ShopId } from "../../../src/kernel/ids";
import { PERMISSIONS, roleMay, ROLES } from "../../../src/kernel/roles";
import { directoryDb } from "../../../src/platform/database";
import { createTestWorld, originOf } from "../../support/app";
import { enteredBrowser, givenMember, givenPerson, givenShop, must } from "../../support/people";

const world = createTestWorld();
const directory = directoryDb(env);
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
