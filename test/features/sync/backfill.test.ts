/** Back-fills: a range read or posted, with progress that survives anything, within bounds, and for those who may. */
import { describe, expect, it } from "vitest";
import { datesBetween } from "../../../src/kernel/day";
import { backfillsView, backfillView, type BackfillView } from "../../../src/features/sync/contract";
import { booked, date, dayRow, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { visitorOf } from "../../support/serve";

const FROM = date("2026-07-01");
const TO = date("2026-07-10");

async function givenHistory(options: ShopOptions = {}) {
  const given = givenWorld({ merchants: [{ locations: [{ name: "Pier" }, { name: "Market" }] }] });
  const shop = await givenShop(given, { mode: "preview", ...options });
  for (const on of datesBetween(FROM, TO)) {
    for (const location of shop.locations) if (on !== "2026-07-05") sell(given, location, on, [{ id: `${location.externalId}${on}` }]);
  }
  const owner = visitorOf(given, shop);
  const request = { locations: shop.locations.map(({ id }) => id), from: FROM, to: TO, post: true };
  const progress = async (id: string): Promise<BackfillView> => backfillView.parse((await owner("GET", `/backfills/${id}`)).body);
  return { given, shop, owner, request, progress };
}

const idOf = ({ body }: { readonly body: unknown }) => backfillView.parse(body).id;

describe("a back-fill", () => {
  it("posts every day of its range once, though the shop posts by hand, and says how it ended", async () => {
    const { given, shop, owner, request, progress } = await givenHistory();
    const id = idOf(await owner("POST", "/backfills", request));
    expect(await progress(id)).toMatchObject({ dayCount: 20, doneCount: 0, isFinished: false, outcomes: [] });
    await given.drain();
    expect(await progress(id)).toMatchObject({
      dayCount: 20, doneCount: 20, isFinished: true, problems: [], outcomes: [{ state: "no_sales", count: 2 }, { state: "posted", count: 18 }],
    });
    expect(booked(given, shop)).toHaveLength(18);
    expect(backfillsView.parse((await owner("GET", "/backfills")).body).backfills.map((one) => one.id)).toEqual([id]);
  });

  it("run again, twice at once and over days that are posted, posts nothing more", async () => {
    const { given, shop, owner, request, progress } = await givenHistory();
    await sync(given, shop, date("2026-07-03"), { post: "yes" });
    const ids = (await Promise.all([owner("POST", "/backfills", request), owner("POST", "/backfills", request)])).map(idOf);
    await given.drain();
    ids.push(idOf(await owner("POST", "/backfills", request)));
    await given.drain();
    for (const id of ids) expect(await progress(id)).toMatchObject({ doneCount: 20, isFinished: true });
    expect(booked(given, shop)).toHaveLength(18);
  });

  it("that only reads posts nothing, even where posting is automatic", async () => {
    const { given, shop, owner, request, progress } = await givenHistory({ mode: "automatic" });
    const id = idOf(await visitorOf(given, shop, "tech")("POST", "/backfills", { ...request, post: false }));
    await given.drain();
    expect(await progress(id)).toMatchObject({ outcomes: [{ state: "no_sales", count: 2 }, { state: "ready", count: 18 }] });
    expect(booked(given, shop)).toEqual([]);
    expect((await owner("GET", `/backfills/${id}`)).status).toBe(200);
  });

  it("counts days that a person must look at as done, and lists them", async () => {
    const { given, owner, request, progress } = await givenHistory({ unmapped: ["sales:CAT_COFFEE", "return:CAT_COFFEE"] });
    const id = idOf(await owner("POST", "/backfills", request));
    await given.drain();
    const view = await progress(id);
    expect(view).toMatchObject({ isFinished: true, outcomes: [{ state: "held", count: 18 }, { state: "no_sales", count: 2 }] });
    expect(view.problems).toHaveLength(18);
  });

  it("whose days have to be looked up or given up ends all the same", async () => {
    const { given, owner, request, progress, shop } = await givenHistory();
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry", times: 3, skip: 2 });
    given.providers.square.control.fault({ kind: "unavailable", path: "/v2/orders", times: 30 });
    const id = idOf(await owner("POST", "/backfills", request));
    await given.drain();
    expect(await progress(id)).toMatchObject({ isFinished: true, doneCount: 20 });
    expect(new Set(booked(given, shop).map((entry) => entry.number)).size).toBe(booked(given, shop).length);
  });

  it("is recorded by its message when the request dies after sending it", async () => {
    const { given, shop, owner, request } = await givenHistory();
    const dying = { ...given, env: { ...given.env, SHARD_0: withoutWrites(given.env.SHARD_0) } };
    expect((await visitorOf(dying, shop)("POST", "/backfills", request)).status).toBe(500);
    await given.drain();
    expect(backfillsView.parse((await owner("GET", "/backfills")).body).backfills).toMatchObject([{ dayCount: 20, doneCount: 20 }]);
  });

  it("leaves days before the shop's first one open to be asked for", async () => {
    const { given, shop, owner, request } = await givenHistory({ startsOn: date("2026-07-12") });
    await owner("POST", "/backfills", request);
    await given.drain();
    expect((await dayRow(shop, FROM)).state).toBe("posted");
  });
});

describe("a back-fill is refused", () => {
  it("for ranges that are reversed, too long, not over, or of dates that do not exist", async () => {
    const { given, owner, request } = await givenHistory();
    const ranges = [
      { from: TO, to: FROM }, { to: "2026-07-15" }, { to: "2031-01-01" }, { from: "2024-01-01" }, { from: "2026-02-30" }, { from: "2001-01-01", to: "2001-01-02" },
    ];
    for (const range of ranges) {
      expect(await owner("POST", "/backfills", { ...request, ...range }), JSON.stringify(range)).toMatchObject({ status: 400, body: { error: { kind: "invalid_input" } } });
    }
    expect(await owner("POST", "/backfills", { ...request, locations: [] })).toMatchObject({ status: 400 });
    expect(given.queue.waiting()).toEqual([]);
  });

  it("that posts, for a role that may not post; and for locations of nobody", async () => {
    const { given, shop, owner, request } = await givenHistory();
    expect(await visitorOf(given, shop, "tech")("POST", "/backfills", request)).toMatchObject({ status: 403 });
    expect(await owner("POST", "/backfills", { ...request, locations: [...request.locations, "a".repeat(26)] })).toMatchObject({ status: 404 });
    expect(given.queue.waiting()).toEqual([]);
  });
});

/** A database that can be read and not written: as if the Worker died before its first write. */
function withoutWrites(database: D1Database): D1Database {
  return {
    prepare: (sql: string) => database.prepare(sql),
    batch: async () => {
      throw new Error("the Worker died");
    },
  } as unknown as D1Database;
}
