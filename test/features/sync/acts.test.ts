/** What people do with days, over HTTP: each act with its permission, its audit line and its refusals. */
import { describe, expect, it } from "vitest";
import { ROLES } from "../../../src/kernel/roles";
import { dayView, daysView, type DayView } from "../../../src/features/days/contract";
import { mappingSaved } from "../../../src/features/mapping/contract";
import { booked, BOWL, date, dayRow, entryRows, orderOf, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld, type ShopOptions } from "../../support/given";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-14");

async function givenReadDay(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, { mode: "approve", ...options });
  sell(given, shop.locations[0], DAY, [{ id: "A", lines: [BOWL], tipMinor: 100 }]);
  await sync(given, shop, DAY);
  return { given, shop, owner: visitorOf(given, shop), path: `/days/${shop.locations[0].id}/${DAY}` };
}

async function view(owner: ReturnType<typeof visitorOf>, path: string): Promise<DayView> {
  const { status, body } = await owner("GET", path);
  expect(status).toBe(200);
  return dayView.parse(body);
}

async function auditOf(given: GivenWorld, shop: GivenShop): Promise<string[]> {
  const { results } = await given.env.SHARD_0.prepare("SELECT action, actor FROM audit WHERE shop_id = ?1 AND action <> 'shop.created' ORDER BY seq").bind(shop.shopId).run<{ action: string; actor: string }>();
  expect(results.every(({ actor }) => actor === `person:${shop.visit().person.id}`)).toBe(true);
  return results.map(({ action }) => action);
}

describe("posting by hand", () => {
  it("posts exactly what the person saw, once, in their name, with a line in the audit log", async () => {
    const { given, shop, owner, path } = await givenReadDay();
    const seen = await view(owner, path);
    expect(seen).toMatchObject({ state: "ready", tieOut: { tillMinor: 1_619, entryMinor: 1_619, booksMinor: null }, booksName: "QuickBooks Online" });
    expect(seen.explanation).toMatchObject({ title: "This day waits for your approval", fixes: [{ act: "post" }] });
    const fingerprint = seen.proposal?.fingerprint;
    const presses = await Promise.all([1, 2, 3].map(() => owner("POST", `${path}/post`, { fingerprint })));
    expect(presses.every(({ status }) => status === 200)).toBe(true);
    await given.drain();
    const posted = await view(owner, path);
    expect(posted).toMatchObject({
      state: "posted", proposal: null, explanation: null, tieOut: { tillMinor: 1_619, entryMinor: 1_619, booksMinor: 1_619 },
      entries: [{ documentNumber: "DB-L00-260714-S1", postedBy: "Ada Owner", totalMinor: 1_619 }],
    });
    expect(posted.entries[0]?.booksUrl).toContain(`txnId=${booked(given, shop)[0]?.id}`);
    expect(posted.entries[0]?.lines).toEqual(seen.proposal?.lines);
    expect(booked(given, shop)).toHaveLength(1);
    expect(await auditOf(given, shop)).toContain("day.approved");
  });

  it("is refused when the entry is another by now, and posts nothing", async () => {
    const { given, shop, owner, path } = await givenReadDay();
    const fingerprint = (await view(owner, path)).proposal?.fingerprint;
    given.providers.square.control.putOrder(orderOf(shop.locations[0], DAY, { id: "B" }));
    await sync(given, shop, DAY);
    expect(await owner("POST", `${path}/post`, { fingerprint })).toMatchObject({ status: 409, body: { error: { kind: "conflict" } } });
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "ready", pending: null });
    expect(await auditOf(given, shop)).toEqual([]);
    expect(booked(given, shop)).toEqual([]);
  });

  it("posts what was approved, though the till changes before it is sent", async () => {
    const { given, shop, owner, path } = await givenReadDay();
    const fingerprint = (await view(owner, path)).proposal?.fingerprint;
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "throttle", retryAfterSeconds: 30 }, method: "POST", path: "journalentry" });
    await owner("POST", `${path}/post`, { fingerprint });
    given.providers.square.control.putOrder(orderOf(shop.locations[0], DAY, { id: "B" }));
    await given.drain();
    expect(await entryRows(shop, DAY)).toMatchObject([{ totalMinor: 1_619, postedBy: `person:${shop.visit().person.id}` }]);
  });

  it("is refused for a day that is posted, that is held, that has not closed, or that does not exist", async () => {
    const { given, shop, owner, path } = await givenReadDay();
    const fingerprint = (await view(owner, path)).proposal?.fingerprint;
    await owner("POST", `${path}/post`, { fingerprint });
    await given.drain();
    const place = shop.locations[0].id;
    expect(await owner("POST", `${path}/post`, { fingerprint })).toMatchObject({ status: 409 });
    expect(await owner("POST", `/days/${place}/2026-07-15/post`, { fingerprint })).toMatchObject({ status: 409 });
    expect(await owner("POST", `/days/${place}/2026-02-30/post`, { fingerprint })).toMatchObject({ status: 404 });
    expect(await owner("POST", `${path}/post`, { fingerprint: "short" })).toMatchObject({ status: 400 });
    expect(booked(given, shop)).toHaveLength(1);
    const held = await givenReadDay({ unmapped: ["tip"] });
    expect(await held.owner("POST", `${held.path}/post`, { fingerprint })).toMatchObject({ status: 422, body: { error: { kind: "unmapped" } } });
  });
});

describe("a day that is held for its lines", () => {
  it("names them, and is tried again by itself when the mapping has them", async () => {
    const { given, shop, owner, path } = await givenReadDay({ mode: "automatic", unmapped: ["sales:CAT_FOOD", "return:CAT_FOOD"] });
    const held = await view(owner, path);
    expect(held.explanation).toMatchObject({ title: "“Food” has no account yet", fixes: [{ act: "map_lines" }, { act: "retry" }], lines: [{ key: "sales:CAT_FOOD", label: "Food" }] });
    expect(held).toMatchObject({ proposal: null, tieOut: { tillMinor: 1_619, entryMinor: null, booksMinor: null } });
    await given.env.SHARD_0.prepare("INSERT INTO chart (shop_id, connection_id, accounts, read_at) VALUES (?1, ?2, ?3, 1)")
      .bind(shop.shopId, shop.booksId, JSON.stringify([{ id: "19", name: "Sales", type: "Income", class: "income", currency: "USD", isActive: true, isPostable: true }])).run();
    const saved = await owner("PUT", "/mapping", { version: 1, accounts: { "sales:CAT_FOOD": "19" } });
    expect(mappingSaved.parse(saved.body)).toEqual({ version: 2, retriedDays: 1 });
    await given.drain();
    expect(await view(owner, path)).toMatchObject({ state: "posted", entries: [{ mappingVersion: 2 }] });
  });
});

describe("reading and trying again", () => {
  it("reads a waiting day anew without posting it, even where posting is automatic by now", async () => {
    const { given, shop, owner, path } = await givenReadDay();
    await owner("PUT", "/posting", { mode: "automatic" });
    given.providers.square.control.putOrder(orderOf(shop.locations[0], DAY, { id: "B" }));
    expect(await owner("POST", `${path}/read`)).toMatchObject({ status: 200, body: { underWay: true } });
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "ready", totals: { orderCount: 2 } });
    expect(await auditOf(given, shop)).toEqual(["posting.changed", "day.read_again"]);
  });

  it("posts again what failed at the books only for a role that may post, where a person posts", async () => {
    for (const [role, state] of [["tech", "ready"], ["owner", "posted"]] as const) {
      const { given, shop, owner, path } = await givenReadDay();
      const { control } = given.providers.quickbooks;
      const food = control.accounts(shop.merchant.realm).find((account) => account.Name === "Food Sales")?.Id ?? "";
      control.setAccountActive(shop.merchant.realm, food, false);
      await owner("POST", `${path}/post`, { fingerprint: (await view(owner, path)).proposal?.fingerprint });
      await given.drain();
      const failed = await view(owner, path);
      expect(failed.explanation).toMatchObject({
        title: "QuickBooks Online refused this day: the account “Food Sales” was made inactive",
        meaning: "Nothing was posted and your books are unchanged.",
        lines: [{ key: "sales:CAT_FOOD", label: "Food" }],
        fixes: [{ act: "map_lines" }, { act: "open_books" }, { act: "retry" }],
      });
      expect(failed.explanation?.details).toContain("610");
      control.setAccountActive(shop.merchant.realm, food, true);
      await visitorOf(given, shop, role)("POST", `${path}/retry`);
      await given.drain();
      expect((await dayRow(shop, DAY)).state).toBe(state);
    }
  });

  it("finds out at once what became of an uncertain day, for whoever works on days", async () => {
    const { given, shop, owner, path } = await givenReadDay();
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await owner("POST", `${path}/post`, { fingerprint: (await view(owner, path)).proposal?.fingerprint });
    await given.queue.deliver(given.jobs.queue, given.env);
    expect((await view(owner, path)).explanation).toMatchObject({ title: "The answer of QuickBooks Online was lost on the way", fixes: [{ act: "look_up" }] });
    expect(await owner("POST", `${path}/post`, { fingerprint: "x".repeat(43) })).toMatchObject({ status: 409 });
    await visitorOf(given, shop, "tech")("POST", `${path}/retry`);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
  });
});

describe("switching to automatic", () => {
  it("posts nothing that was read before, and everything that closes from then on", async () => {
    const { given, shop, owner } = await givenReadDay({ startsOn: DAY });
    expect(await owner("PUT", "/posting", { mode: "automatic" })).toMatchObject({ status: 200, body: { mode: "automatic" } });
    expect(await owner("GET", "/posting")).toMatchObject({ status: 200, body: { mode: "automatic" } });
    await given.drain();
    given.pass(24 * 3_600_000);
    sell(given, shop.locations[0], date("2026-07-15"), [{ id: "NEXT" }]);
    await given.env.SHARD_0.prepare("UPDATE location SET next_due_at = ?2 WHERE shop_id = ?1").bind(shop.shopId, given.now() - 1).run();
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect(booked(given, shop).map((entry) => entry.number)).toEqual(["DB-L00-260715-S1"]);
    expect((await dayRow(shop, DAY)).state).toBe("ready");
  });
});

describe("the calendar", () => {
  it("has a square for every day since the first: read, missing, being read, or still open", async () => {
    const { given, shop, owner } = await givenReadDay({ startsOn: date("2026-07-12"), unmapped: ["tip"] });
    const { body, status } = await owner("GET", "/days?from=2026-07-10&to=2026-07-16");
    expect(status).toBe(200);
    const days = daysView.parse(body);
    expect(days.cells.map(({ date, state, takingsMinor }) => [date, state, takingsMinor])).toEqual([
      ["2026-07-12", "missing", null], ["2026-07-13", "missing", null], ["2026-07-14", "held", 1_619], ["2026-07-15", "open", null], ["2026-07-16", "open", null],
    ]);
    expect(days.needsWork).toMatchObject([{ date: DAY, headline: "“Tips” has no account yet" }]);
    expect(days.locations).toMatchObject([{ id: shop.locations[0].id, name: "Pier", code: "L00", today: "2026-07-15", startsOn: "2026-07-12", cutOffMinutes: 0 }]);
    expect(given.queue.waiting()).toEqual([]);
  });

  it("refuses ranges that make no sense", async () => {
    const { owner } = await givenReadDay();
    for (const range of ["from=2026-07-02&to=2026-07-01", "from=2026-01-01&to=2026-12-31", "from=2026-02-30&to=2026-03-01", "from=2026-07-01", "from=2026-07-01&to=2026-07-02&shop=other"]) {
      expect(await owner("GET", `/days?${range}`)).toMatchObject({ status: 400, body: { error: { kind: "invalid_input" } } });
    }
  });
});

describe("permissions", () => {
  it("hold for every act, and what is refused changes nothing", async () => {
    const { given, shop, path } = await givenReadDay();
    const allowed: Readonly<Record<string, readonly string[]>> = {
      [`GET ${path}`]: ["owner", "admin", "tech", "viewer"], "GET /days?from=2026-07-01&to=2026-07-02": ["owner", "admin", "tech", "viewer"],
      [`POST ${path}/read`]: ["owner", "admin", "tech"], [`POST ${path}/retry`]: ["owner", "admin", "tech"], [`POST ${path}/post`]: ["owner", "admin"],
      "GET /posting": ["owner", "admin"], "PUT /posting": ["owner", "admin"], "GET /backfills": ["owner", "admin", "tech", "viewer"],
      "POST /backfills": ["owner", "admin", "tech"], "PUT /mapping": ["owner", "admin"], "POST /mapping/accounts": ["owner", "admin"],
      "POST /mapping/versions/1/restore": ["owner", "admin"], "GET /lookalikes?from=2026-07-01&to=2026-07-02": ["owner", "admin"],
    };
    for (const [route, roles] of Object.entries(allowed)) {
      const [method, address] = route.split(" ") as ["GET" | "POST" | "PUT", string];
      for (const role of ROLES.filter((role) => !roles.includes(role))) {
        expect(await visitorOf(given, shop, role)(method, address, method === "GET" ? undefined : {}), `${role} ${route}`).toMatchObject({ status: 403 });
      }
    }
    expect(given.queue.waiting()).toEqual([]);
    expect(await auditOf(given, shop)).toEqual([]);
  });
});
