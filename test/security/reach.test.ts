/** The owner of one shop, with everything that could be known of another on the same shard, reaches nothing of it. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { laneOf } from "../../src/platform/lane-client";
import { ABSENT, ABSENT_ID, bodyOf, queryOf, valuesOf, type Ids } from "./town/bodies";
import { enterHq, newPerson } from "./town/people";
import { DOMAIN, HARBOUR, LANTERN } from "./town/plan";
import { nameOf, parametersOf, requestTo, routesOf, type Route } from "./town/routes";
import { belongingsOf } from "./town/rows";
import { connect, FIRST, setUp, YESTERDAY, type Working } from "./town/set-up";
import { openTown, type Town } from "./town/town";

vi.setConfig({ testTimeout: 180_000 });

let town: Town;
let theirs: Working;
let ours: Working;
let before: string;
let poolOfIds: string[];

beforeAll(async () => {
  town = await openTown();
  theirs = await setUp(town, town.harbour);
  ours = await setUp(town, town.lantern);
  await enterHq(ours.owner, ours.shop.slug);
  before = await belongingsOf(town, theirs.shop.id);
  poolOfIds = await idsOf(theirs);
}, 180_000);

/** Every id by which anything of a shop is known, to Daybook or to its providers. */
async function idsOf({ shop, tillId, booksId, locationId, backfillIds }: Working): Promise<string[]> {
  const { results } = await town.env.SHARD_0.prepare("SELECT external_id, document_number, request_id, entry_fingerprint FROM entry WHERE shop_id = ? LIMIT 2").bind(shop.id).all<Record<string, string>>();
  const session = await town.env.DIRECTORY.prepare("SELECT id FROM site_session WHERE shop_id = ?").bind(shop.id).first<string>("id");
  const entries = results.flatMap((row) => Object.values(row));
  return [tillId, booksId, locationId, ...backfillIds, shop.id, shop.ownerId, session ?? "", shop.plan.location, shop.plan.merchant, shop.plan.realm, ...entries];
}

function idsWith(working: Working): Ids {
  const { tillId, locationId, backfillIds, shop } = working;
  return { ...ABSENT, connection: tillId, location: locationId, backfill: backfillIds[0] ?? "", slug: shop.slug };
}

/** Status, headers and body as one text, without what differs between any two answers and what the caller itself sent. */
async function whole(response: Response, sent: readonly string[]): Promise<string> {
  const headers = [...response.headers].filter(([name]) => !["date", "set-cookie"].includes(name));
  const text = JSON.stringify([response.status, headers, (await response.text()).replace(/"reference":"[a-z2-7]{26}"/, '"reference":""')]);
  const plain = text.replace(/(?<=challenge=)[\w-]{43}/, "");
  return sent.filter((value) => value.length > 4).reduce((rest, value) => rest.replaceAll(value, "…"), plain);
}

/** What our owner is answered on a route of our own host. */
async function ask(route: Route, ids: Ids, values = valuesOf(parametersOf(route), ids)): Promise<string> {
  const body = bodyOf(route, ids);
  const request = requestTo(route, ours.shop.slug, { values, query: queryOf(route, ids), ...(body === undefined ? {} : { body }) });
  return await whole(await ours.owner.send(request), [...values, ...Object.values(ids)]);
}

function routesWithIds(): Route[] {
  return routesOf(town.app).filter((route) => parametersOf(route).some((name) => !["date", "provider"].includes(name)));
}

async function expectUntouched(): Promise<void> {
  expect(await belongingsOf(town, theirs.shop.id)).toBe(before);
}

describe("an id of another shop", () => {
  it("is one of ours on the same shard and one of theirs with days, entries, mapping and lanes", () => {
    expect(theirs.shop.shard).toBe(ours.shop.shard);
    expect(before.length).toBeGreaterThan(20_000);
    expect(poolOfIds.every((id) => id !== "")).toBe(true);
    expect(routesWithIds().length).toBeGreaterThanOrEqual(8);
  });

  it("answers on every route and in every place of a path as an id that does not exist, byte for byte", async () => {
    const wrong: string[] = [];
    for (const route of routesWithIds()) {
      const absent = await ask(route, ABSENT);
      for (const id of poolOfIds) {
        const values = parametersOf(route).map((name) => (name === "date" ? YESTERDAY : id));
        const foreign = await ask(route, ABSENT, values.map((value) => encodeURIComponent(value)));
        if (foreign !== absent) wrong.push(`${nameOf(route)} with ${id}: ${foreign} instead of ${absent}`);
      }
      // Whose hook it is says nothing: only Twilio's signature opens one, and without it all are refused alike.
      if (!absent.startsWith(route.path.startsWith("/public/hooks/texts/") ? "[403," : "[404,")) wrong.push(`${nameOf(route)} answers ${absent} to an id that does not exist`);
    }
    expect(wrong).toEqual([]);
    await expectUntouched();
  });

  it("answers in every body and query as one that does not exist", async () => {
    const wrong: string[] = [];
    for (const route of routesOf(town.app).filter(({ accepts }) => accepts.includes("json") || accepts.includes("query"))) {
      // What names nobody would only change what is ours. Whether a name is taken is told, and an offer reaches the other side: both are meant to.
      const [foreignly, absently] = [idsWith(theirs), ABSENT].map((some) => JSON.stringify([bodyOf(route, some), queryOf(route, some)]));
      if (foreignly === absently || /\/organisations$|\/auth\/api\/shops$|\/sign-up\/(?:slug|finish)$|\/offers$/.test(route.path)) continue;
      const own = valuesOf(parametersOf(route), { ...ABSENT, location: ours.locationId });
      const foreign = await ask(route, idsWith(theirs), own);
      const absent = await ask(route, ABSENT, own);
      if (foreign !== absent) wrong.push(`${nameOf(route)}: ${foreign} instead of ${absent}`);
    }
    expect(wrong).toEqual([]);
    await expectUntouched();
  });

  it("is a name among others in a list, and spoils the whole of it", async () => {
    const route = routesOf(town.app).find((one) => nameOf(one) === "POST /shop/api/backfills");
    const answers = await Promise.all([theirs.locationId, ABSENT_ID].map(async (id) => {
      const body = { locations: [ours.locationId, id], from: FIRST, to: YESTERDAY, post: true };
      return route === undefined ? "" : await whole(await ours.owner.send(requestTo(route, ours.shop.slug, { body })), [id]);
    }));
    expect(answers[0]).toMatch(/^\[404,/);
    expect(answers[0]).toBe(answers[1]);
  });
});

describe("what our owner is shown", () => {
  it("has nothing of theirs in it, on any page or list", async () => {
    const ids = { ...idsWith(ours), date: YESTERDAY };
    const shown: string[] = [];
    for (const route of routesOf(town.app).filter(({ method }) => method === "GET")) {
      if (route.path.startsWith("/auth/connect/")) continue;
      const request = requestTo(route, ours.shop.slug, { values: valuesOf(parametersOf(route), ids), query: queryOf(route, ids) });
      const response = await ours.owner.send(request);
      shown.push(JSON.stringify([...response.headers]) + await response.text());
    }
    expect(shown.filter((text) => text.toLowerCase().includes(HARBOUR.canary))).toEqual([]);
    expect(shown.filter((text) => text.toLowerCase().includes(LANTERN.canary)).length).toBeGreaterThan(5);
  });

  it("does not say whether a shop exists that they are not in", async () => {
    const entry = (slug: string): Request => new Request(`https://auth.${DOMAIN}/enter?site=${slug}&challenge=${"c".repeat(43)}&to=/`);
    const foreign = await ours.owner.send(entry(theirs.shop.slug));
    const absent = await ours.owner.send(entry("nobodys-shop"));
    expect(await whole(foreign, [theirs.shop.slug])).toBe(await whole(absent, ["nobodys-shop"]));
  });

  it("does not say whose an account is that they choose at a provider", async () => {
    const stolen = { ...ours.shop, plan: { ...ours.shop.plan, merchant: HARBOUR.merchant, realm: HARBOUR.realm } };
    await ours.owner.send(new Request(`https://${ours.shop.slug}.${DOMAIN}/api/connections/${ours.tillId}/disconnect`, { method: "POST", headers: { "sec-fetch-site": "same-origin" } }));
    const end = await connect(ours.owner, stolen, "square", "allow").catch((error: unknown) => String(error));
    expect(String(end)).toContain("refused=used_elsewhere");
    await connect(ours.owner, ours.shop, "square");
    expect(town.shown.filter((text) => text.includes(HARBOUR.canary) && text.includes(LANTERN.canary))).toEqual([]);
    await expectUntouched();
  });
});

describe("a code that was meant for another shop's host", () => {
  it("opens nothing on ours, and looks like no code at all", async () => {
    const left = await theirs.owner.send(new Request(`https://auth.${DOMAIN}/enter?site=${theirs.shop.slug}&challenge=${"c".repeat(43)}&to=/`));
    const code = new URL(left.headers.get("location") ?? "").searchParams.get("code") ?? "";
    expect(code).toHaveLength(43);
    const arrive = async (value: string) => await whole(await newPerson(town.handle).send(new Request(`https://${ours.shop.slug}.${DOMAIN}/enter?code=${value}&to=/`)), [value]);
    expect(await arrive(code)).toBe(await arrive("x".repeat(43)));
  });
});

describe("another shop's lane", () => {
  const calls = ["access", "expire", "reportDead", "status", "destroy", "rewrapKey"] as const;

  it.each(calls)("answers %s as if it were nobody's to whoever says he is another shop", async (method) => {
    const stub = town.env.LANE.getByName(`${theirs.shop.id}/${theirs.tillId}`) as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
    const result = await stub[method]?.({ shopId: ours.shop.id, connectionId: theirs.tillId }, 1);
    expect(result).toEqual({ ok: false, failure: { kind: "not_found" } });
    await expectUntouched();
  });

  it("is not found by our shop's id and their connection's", async () => {
    const access = await laneOf(town.env, ours.shop.id, theirs.tillId as Parameters<typeof laneOf>[2]).access({ calls: 1 });
    expect(access).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });
});

describe("a queue message that names another shop's ids", () => {
  const day = { date: YESTERDAY, why: "retry", post: "yes", by: "daybook", backfillId: null, postponed: 0 };
  const start = { backfillId: "b".repeat(26), from: FIRST, to: YESTERDAY, posts: true, by: "daybook", at: 1 };

  /** Their ids under our name, our ids under theirs, wrong shards, and a shop that does not exist. */
  function messages(): { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> }[] {
    const [mine, other] = [ours.shop, theirs.shop];
    const owners = [
      { shopId: mine.id, shard: mine.shard, locationId: theirs.locationId },
      { shopId: other.id, shard: other.shard, locationId: ours.locationId },
      { shopId: other.id, shard: 1, locationId: theirs.locationId },
      { shopId: ABSENT_ID, shard: 0, locationId: theirs.locationId },
    ];
    return owners.flatMap(({ locationId, ...owner }) => [
      { kind: "sync-day", payload: { ...owner, locationId, ...day } },
      { kind: "start-backfill", payload: { ...owner, locationIds: [locationId], ...start } },
    ]);
  }

  it("changes no row of either shop, and posts nothing", async () => {
    const state = async () => await belongingsOf(town, ours.shop.id, theirs.shop.id, ABSENT_ID as typeof ours.shop.id);
    // Letters of earlier tests still wait.
    await town.work();
    const calls = town.calls.length;
    const was = await state();
    for (const message of messages()) {
      await town.env.SYNC_QUEUE.send(message);
      await town.work();
      expect(await state(), JSON.stringify(message)).toBe(was);
    }
    expect(town.calls).toHaveLength(calls);
  }, 60_000);

  it("marks no day of another shop's back-fill", async () => {
    const [foreign = ""] = theirs.backfillIds;
    const was = await belongingsOf(town, theirs.shop.id);
    await town.env.SYNC_QUEUE.send({ kind: "sync-day", payload: { shopId: ours.shop.id, shard: ours.shop.shard, locationId: ours.locationId, ...day, backfillId: foreign } });
    await town.work();
    expect(await belongingsOf(town, theirs.shop.id)).toBe(was);
  });
});
