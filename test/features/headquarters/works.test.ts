/** An organisation's shops side by side, and many days of one shop at once: over the organisation's own site. */
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { comparisonView, gridView, shopDateView, type GridView } from "../../../src/features/headquarters/contract";
import type { BulkOutcome } from "../../../src/features/sync/contract";
import { headquartersRoutes } from "../../../src/features/headquarters/routes";
import type { HqEnv, HqVisit } from "../../../src/http/hq-guard";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type OrganisationId, type SessionId } from "../../../src/kernel/ids";
import { ok } from "../../../src/kernel/result";
import type { HqRole } from "../../../src/kernel/roles";
import { readConfig } from "../../../src/platform/env";
import { booked, BOWL, date, dayRow, sell, sync } from "../../support/days";
import { countedBindings } from "../../support/counting";
import { givenShop, givenWorld, type GivenShop, type GivenWorld, type ShopOptions } from "../../support/given";
import { shopLog } from "../organisations/house";

const DAY = date("2026-07-14");
const BEFORE = date("2026-07-13");

/** An organisation over these shops, and a member of it who asks its site. */
async function headquarters(given: GivenWorld, shops: readonly GivenShop[], role: HqRole = "hq_owner") {
  const id = newId<OrganisationId>(systemRandom);
  const [personId = "", sessionId] = [shops[0]?.visit().person.id, newId<SessionId>(systemRandom)];
  const { DIRECTORY } = given.env;
  await DIRECTORY.batch([
    DIRECTORY.prepare("INSERT INTO organisation (id, slug, name, created_at) VALUES (?, ?, 'Tidewater Group', 1)").bind(id, `tide-${id.slice(0, 8)}`),
    DIRECTORY.prepare("INSERT INTO organisation_member (organisation_id, person_id, role, created_at) VALUES (?, ?, ?, 1)").bind(id, personId, role),
    DIRECTORY.prepare(`INSERT INTO session (id, person_id, secret_hash, state, factors, proved_at, device, address, place, created_at, last_used_at, expires_at)
      VALUES (?, ?, ?, 'open', '["password"]', 1, '', '', '', 1, 1, 9e15)`).bind(sessionId, personId, "h".repeat(43)),
    ...shops.map(({ shopId }) => DIRECTORY.prepare("UPDATE shop SET organisation_id = ? WHERE id = ?").bind(id, shopId)),
  ]);
  const organisation = { id, slug: "tide", name: "Tidewater Group" };
  const visit = { organisation, person: { id: personId, name: "Ada Owner", email: "ada@example.com" }, role, sessionId, provedAt: 0, from: { address: "", place: "", device: "" } } as HqVisit;
  return async <T>(method: string, path: string, env = given.env): Promise<{ status: number; body: T }> => {
    const app = new Hono<HqEnv>().use(async (c, next) => {
      c.set("world", given.world);
      c.set("config", readConfig(given.env));
      c.set("identifyHq", async () => ok(visit));
      await next();
    }).route("/api", headquartersRoutes);
    const init = method === "GET" ? {} : { body: "{}", headers: { "content-type": "application/json" } };
    const response = await app.fetch(new Request(`https://hq-tide.daybook.example/api${path}`, { method, ...init }), env);
    return { status: response.status, body: await response.json() };
  };
}

async function givenDay(given: GivenWorld, options: ShopOptions = {}): Promise<GivenShop> {
  const shop = await givenShop(given, { mode: "approve", ...options });
  sell(given, shop.locations[0], DAY, [{ id: `A${shop.shopId.slice(0, 6)}`, lines: [BOWL], tipMinor: 100 }]);
  await sync(given, shop, DAY);
  return shop;
}

describe("the grid", () => {
  it("shows the last 31 days of every shop, what needs most work first", async () => {
    const given = givenWorld({ merchants: [{ locations: [{ name: "Pier" }] }, { locations: [{ name: "Quay" }] }] });
    const ready = await givenDay(given);
    const held = await givenDay(given, { merchant: 1, shard: 1, unmapped: ["tip"] });
    const ask = await headquarters(given, [ready, held]);
    const { body } = await ask<GridView>("GET", "/grid");
    expect(gridView.parse(body).dates).toHaveLength(31);
    expect(body.rows.map(({ shop, needs }) => [shop.id, needs.held, needs.ready])).toEqual([[held.shopId, 1, 0], [ready.shopId, 0, 1]]);
    expect(body.rows[0]?.cells.find((cell) => cell.date === DAY)).toMatchObject({ state: "held", count: 1, of: 1 });
    expect(body.rows[1]?.shop.url).toMatch(/^https:\/\/harbour-/);
  });

  it("costs a shop two round trips: its line, and its days", async () => {
    const given = givenWorld();
    const ask = await headquarters(given, [await givenDay(given)]);
    const { env, cost } = countedBindings(given.env);
    expect((await ask("GET", "/grid", env)).status).toBe(200);
    expect(cost.trips).toBe(2);
  });

  it("names a shop that asks for a second factor, and shows nothing of it", async () => {
    const given = givenWorld();
    const shop = await givenDay(given);
    const ask = await headquarters(given, [shop]);
    await given.env.DIRECTORY.prepare("UPDATE shop SET requires_second_factor = 1 WHERE id = ?").bind(shop.shopId).run();
    const { body } = await ask<GridView>("GET", "/grid");
    expect(body.rows).toMatchObject([{ problem: "second_factor_needed", cells: [], needs: { ready: 0 } }]);
  });
});

describe("the comparison", () => {
  it("adds up what each shop sold, took in tax and tips, and on how many days", async () => {
    const given = givenWorld();
    const ask = await headquarters(given, [await givenDay(given)]);
    const { body } = await ask("GET", `/comparison?from=${BEFORE}&to=${DAY}`);
    expect(comparisonView.parse(body).rows).toMatchObject([
      { problem: null, currency: "USD", grossMinor: 1_395, netMinor: 1_395, taxMinor: 124, tipsMinor: 100, daysOpen: 1, booked: 0, read: 1 },
    ]);
  });

  it.each(["from=2026-07-14&to=2026-07-13", "from=2026-01-01&to=2026-07-13", "from=2026-02-30&to=2026-03-01"])("refuses %s", async (query) => {
    const given = givenWorld();
    const ask = await headquarters(given, [await givenShop(given)]);
    expect((await ask("GET", `/comparison?${query}`)).status).toBe(400);
  });
});

describe("a date of one shop", () => {
  it("is shown at every location with what is wrong, to be read", async () => {
    const given = givenWorld();
    const shop = await givenDay(given, { unmapped: ["tip"] });
    const ask = await headquarters(given, [shop], "hq_viewer");
    const { body } = await ask("GET", `/shops/${shop.shopId}/days/${DAY}`);
    expect(shopDateView.parse(body)).toMatchObject({ date: DAY, days: [{ state: "held", tieOut: { tillMinor: 1_619 }, title: expect.stringContaining("no account") as string }] });
    expect((await ask("GET", `/shops/${shop.shopId}/days/2026-02-30`)).status).toBe(404);
    expect((await ask("GET", `/shops/${"z".repeat(26)}/days/${DAY}`)).status).toBe(404);
  });
});

describe("many days at once", () => {
  it("are posted as they stand, each with its line through the organisation, and what does not work is named", async () => {
    const given = givenWorld();
    const shop = await givenDay(given);
    sell(given, shop.locations[0], BEFORE, [{ id: "B", lines: [BOWL] }]);
    await sync(given, shop, BEFORE);
    const ask = await headquarters(given, [shop], "hq_admin");
    expect((await ask<BulkOutcome>("POST", `/shops/${shop.shopId}/post`)).body).toEqual({ done: 2, of: 2, problems: [], left: 0 });
    await given.drain();
    expect([(await dayRow(shop, DAY)).state, (await dayRow(shop, BEFORE)).state, booked(given, shop).length]).toEqual(["posted", "posted", 2]);
    const lines = await shopLog({ id: shop.shopId, shard: shop.shard });
    expect(lines.filter(({ action, through }) => action === "day.approved" && through?.startsWith("organisation:") === true)).toHaveLength(2);
    expect((await ask<BulkOutcome>("POST", `/shops/${shop.shopId}/post`)).body).toMatchObject({ done: 0, of: 0 });
  });

  it("that are held or failed are tried again", async () => {
    const given = givenWorld();
    const shop = await givenDay(given, { unmapped: ["tip"] });
    const ask = await headquarters(given, [shop]);
    expect((await ask<BulkOutcome>("POST", `/shops/${shop.shopId}/retry`)).body).toEqual({ done: 1, of: 1, problems: [], left: 0 });
    expect(given.queue.waiting()).toHaveLength(1);
    const lines = (await shopLog({ id: shop.shopId, shard: shop.shard })).filter(({ through }) => through?.startsWith("organisation:") === true);
    expect(lines.map(({ action }) => action)).toEqual(["shop.reached", "day.retried"]);
    expect(lines[1]?.subject).toContain(DAY);
  });

  it("are not a viewer's to act on", async () => {
    const given = givenWorld();
    const shop = await givenDay(given);
    const ask = await headquarters(given, [shop], "hq_viewer");
    for (const act of ["post", "retry"]) expect((await ask("POST", `/shops/${shop.shopId}/${act}`)).status).toBe(403);
    expect(await shopLog({ id: shop.shopId, shard: shop.shard })).toEqual([]);
    expect(booked(given, shop)).toEqual([]);
  });
});
