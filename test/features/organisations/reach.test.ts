/** The one way from an organisation into a shop: membership of this moment, a line in both logs, and only then the shop's rows. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { REACHES, type ReachAction } from "../../../src/features/organisations/rules";
import { reach, reachEach, shopsInReach } from "../../../src/features/organisations/service";
import type { PersonCard } from "../../../src/features/people/service";
import { admit, type ShopCard } from "../../../src/http/guard";
import type { HqVisit, OrganisationCard } from "../../../src/http/hq-guard";
import { ok } from "../../../src/kernel/result";
import type { SessionId } from "../../../src/kernel/ids";
import { hqRoleMay, HQ_ROLES, type HqRole } from "../../../src/kernel/roles";
import type { Bindings } from "../../../src/platform/env";
import { createBrowser, createTestWorld } from "../../support/app";
import { givenPerson, givenShop, must, signIn } from "../../support/people";
import { belongingOf, givenBelonging, givenHqMember, givenOrganisation, organisationLog, shopLog } from "./house";

const world = createTestWorld();
const ACTIONS = Object.keys(REACHES) as ReachAction[];
let hanna: PersonCard;
let mara: PersonCard;
let organisation: OrganisationCard;
let shops: readonly ShopCard[];
let first: ShopCard;

beforeAll(async () => {
  [hanna, mara] = [await givenPerson(world, "Hanna"), await givenPerson(world, "Mara")];
  organisation = await givenOrganisation(world, "tidewater", hanna);
  first = await givenShop(world, "harbour", mara);
  shops = [first, await givenShop(world, "lantern", mara)];
  for (const { id } of shops) await givenBelonging(organisation, id);
});

/** Somebody on the organisation's site, as its guard lets them through, with a session that really is. */
async function visitOf(person: PersonCard, role: HqRole = "hq_owner", at = organisation): Promise<HqVisit> {
  await signIn(world, createBrowser(world), person);
  const sessionId = await env.DIRECTORY.prepare("SELECT id FROM session WHERE person_id = ?").bind(person.id).first<SessionId>("id");
  if (sessionId === null) throw new Error("nobody is signed in");
  return { organisation: at, person: { id: person.id, name: person.name, email: person.email }, role, sessionId, provedAt: 0, secondFactorAt: null, from: { address: "", place: "", device: "" } };
}

const reachesOf = async (shop: ShopCard) => (await shopLog(shop)).filter(({ action }) => action === "shop.reached");
const reachesInOrganisation = async () => (await organisationLog(organisation.id)).filter(({ action }) => action === "shop.reached");

async function counts(): Promise<number[]> {
  return [(await reachesInOrganisation()).length, ...(await Promise.all(shops.map(reachesOf))).map(({ length }) => length)];
}

/** The bindings with one database that cannot be written. */
function broken(name: "DIRECTORY" | `SHARD_${0 | 1}`): Bindings {
  const batch = async () => {
    throw new Error("the disk is full");
  };
  const real: D1Database = env[name];
  return { ...env, [name]: new Proxy(real, { get: (target, key) => (key === "batch" ? batch : (Reflect.get(target, key) as (...values: unknown[]) => unknown).bind(target)) }) };
}

describe("somebody of the organisation", () => {
  it("reaches its shop as the role that theirs stands for, with a line in both logs that says through what and for what", async () => {
    const visit = must(await reach(world, env, await visitOf(hanna), first.id, "days.posted"));
    expect(visit).toMatchObject({ shop: { slug: "harbour" }, role: "admin", through: organisation.id, person: { name: "Hanna" } });
    expect((await visit.db.orm.all("SELECT 1")).length).toBe(1);
    const after = '{"as":"admin","for":"days.posted"}';
    expect((await reachesOf(first)).at(-1)).toMatchObject({ actor: `person:${hanna.id}`, through: `organisation:${organisation.id}`, after });
    expect((await reachesInOrganisation()).at(-1)).toMatchObject({ actor: `person:${hanna.id}`, through: null, subject: `shop:${first.id}`, after });
  });

  it("may as a viewer read and nothing else", async () => {
    const ben = await givenPerson(world, "Ben");
    await givenHqMember(organisation, ben, "hq_viewer");
    // The role is the directory's, not the one that the visit was let through with.
    const visit = await visitOf(ben, "hq_owner");
    for (const action of ACTIONS) {
      const result = await reach(world, env, visit, first.id, action);
      expect([action, result.ok]).toEqual([action, hqRoleMay("hq_viewer", REACHES[action].hq)]);
      if (result.ok) expect(result.value.role).toBe("viewer");
      else expect(result.failure.kind).toBe("not_permitted");
    }
  });

  it("finds the shop absent from the next call on when they are taken out, disabled or signed out", async () => {
    const ben = await givenPerson(world, "Revoked");
    const visit = await visitOf(ben);
    const takenAway = [
      () => env.DIRECTORY.prepare("DELETE FROM organisation_member WHERE person_id = ?").bind(ben.id),
      () => env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(ben.id),
      () => env.DIRECTORY.prepare("DELETE FROM session WHERE person_id = ?").bind(ben.id),
    ];
    for (const take of takenAway) {
      await givenHqMember(organisation, ben, "hq_owner");
      await env.DIRECTORY.prepare("UPDATE person SET disabled_at = NULL WHERE id = ?").bind(ben.id).run();
      must(await reach(world, env, visit, first.id, "days.viewed"));
      await take().run();
      const before = await counts();
      expect(await reach(world, env, visit, first.id, "days.viewed")).toMatchObject({ failure: { kind: "not_found" } });
      expect(await shopsInReach(env, visit)).toEqual([]);
      expect(await counts()).toEqual(before);
    }
  });

  it("does not reach a shop that left, or that is another's, and no line says they did", async () => {
    const visit = await visitOf(hanna);
    const stranger = await givenShop(world, "stranger", mara);
    const gone = await givenShop(world, "gone", mara);
    await givenBelonging(organisation, gone.id);
    must(await reach(world, env, visit, gone.id, "days.viewed"));
    await env.DIRECTORY.prepare("UPDATE shop SET organisation_id = NULL WHERE id = ?").bind(gone.id).run();
    for (const shop of [gone, stranger]) {
      const before = [(await shopLog(shop)).length, ...await counts()];
      expect(await reach(world, env, visit, shop.id, "days.viewed")).toEqual({ ok: false, failure: { kind: "not_found" } });
      expect([(await shopLog(shop)).length, ...await counts()]).toEqual(before);
      expect(await belongingOf(shop.id)).toBeNull();
    }
  });

  it("shows a second factor first where the shop asks for one", async () => {
    const visit = await visitOf(hanna);
    const shop = await givenShop(world, "careful", mara);
    await givenBelonging(organisation, shop.id);
    await env.DIRECTORY.prepare("UPDATE shop SET requires_second_factor = 1 WHERE id = ?").bind(shop.id).run();
    expect(await reach(world, env, visit, shop.id, "days.viewed")).toMatchObject({ failure: { kind: "second_factor_needed" } });
    expect(await shopLog(shop)).toEqual([]);
    await env.DIRECTORY.prepare("UPDATE session SET second_factor_at = 1 WHERE id = ?").bind(visit.sessionId).run();
    must(await reach(world, env, visit, shop.id, "days.viewed"));
    await env.DIRECTORY.prepare("UPDATE shop SET organisation_id = NULL WHERE id = ?").bind(shop.id).run();
  });
});

describe("a line that cannot be written", () => {
  it("in the organisation's log keeps everybody out, and leaves no line in the shop's", async () => {
    const visit = await visitOf(hanna);
    const before = await counts();
    await expect(reach(world, broken("DIRECTORY"), visit, first.id, "days.viewed")).rejects.toThrow("the disk is full");
    expect(await counts()).toEqual(before);
  });

  it("in the shop's log keeps everybody out, and leaves one line too many in the organisation's own", async () => {
    const visit = await visitOf(hanna);
    const [inOrganisation = 0, ...inShops] = await counts();
    await expect(reach(world, broken(`SHARD_${first.shard as 0 | 1}`), visit, first.id, "days.viewed")).rejects.toThrow("the disk is full");
    expect(await counts()).toEqual([inOrganisation + 1, ...inShops]);
  });

  it("in one shop's log, among many, leaves that shop out and shows the others", async () => {
    const visit = await visitOf(hanna);
    const shard = first.shard as 0 | 1;
    const inReach = await shopsInReach(env, visit);
    expect(new Set(inReach.map((shop) => shop.shard)).size).toBe(2);
    const opened: string[] = [];
    const reached = await reachEach(world, broken(`SHARD_${shard}`), visit, { shops: inReach, action: "days.viewed" }, async ({ shop }) => ok(opened.push(shop.slug)));
    expect(reached.map(({ shop, result }) => [shop.slug, result.ok])).toEqual(inReach.map((shop) => [shop.slug, shop.shard !== shard]));
    expect(reached.find(({ shop }) => shop.id === first.id)?.result).toEqual({ ok: false, failure: { kind: "out_of_order" } });
    expect(opened).toEqual(inReach.filter((shop) => shop.shard !== shard).map(({ slug }) => slug));
    expect(world.lines.some((line) => line.includes("reach.broke") && line.includes(first.id))).toBe(true);
    await expect(reachEach(world, broken("DIRECTORY"), visit, { shops: inReach, action: "days.viewed" }, async () => ok(null))).rejects.toThrow("the disk is full");
  });

  it("cannot be gone around: the members' way admits nobody who comes through an organisation", async () => {
    const reached = must(await reach(world, env, await visitOf(hanna), first.id, "days.viewed"));
    expect(() => admit(env, reached, "days.read")).toThrow("with a line");
  });
});

describe("three hundred calls of anybody for anything, while people and shops come and go", () => {
  it("leave as many lines in each shop's log as it was reached, and their sum in the organisation's", async () => {
    const people = await Promise.all(HQ_ROLES.map(async (role, index) => ({ role, visit: await visitOf(await givenPerson(world, `Random ${index}`), role) })));
    const before = await counts();
    const granted = shops.map(() => 0);
    let seed = 20_260_714;
    const pick = (many: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * many);
    };
    const call = async (): Promise<void> => {
      const who = people[pick(people.length)];
      const at = pick(shops.length);
      const shop = shops[at];
      const action = ACTIONS[pick(ACTIONS.length)];
      if (who === undefined || shop === undefined || action === undefined) throw new Error("picked nothing");
      if (pick(10) === 0) await givenHqMember(organisation, { ...who.visit.person }, who.role);
      if (pick(15) === 0) await env.DIRECTORY.prepare("DELETE FROM organisation_member WHERE person_id = ?").bind(who.visit.person.id).run();
      if (pick(12) === 0) await env.DIRECTORY.prepare("UPDATE shop SET organisation_id = ? WHERE id = ?").bind(pick(2) === 0 ? null : organisation.id, shop.id).run();
      if (pick(8) === 0) {
        const inReach = await shopsInReach(env, who.visit);
        for (const one of await reachEach(world, env, who.visit, { shops: inReach, action }, async () => ok(null))) {
          const index = shops.findIndex(({ id }) => id === one.shop.id);
          if (one.result.ok && index >= 0) granted[index] = (granted[index] ?? 0) + 1;
        }
      } else if ((await reach(world, env, who.visit, shop.id, action)).ok) granted[at] = (granted[at] ?? 0) + 1;
    };
    for (let turn = 0; turn < 30; turn += 1) await Promise.all(Array.from({ length: 10 }, call));
    const [inOrganisation = 0, ...inShops] = await counts();
    expect(inShops.map((many, index) => many - (before[index + 1] ?? 0))).toEqual(granted);
    expect(inOrganisation - (before[0] ?? 0)).toBe(granted.reduce((sum, many) => sum + many, 0));
    expect(Math.min(...granted)).toBeGreaterThan(10);
  }, 20_000);
});
