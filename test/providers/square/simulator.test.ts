import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/kernel/clock";
import { square } from "../../../src/providers/square";
import { listedSource } from "../../../src/providers/square/simulator-source";
import { ask, codeOf, tokenOf, type Answer } from "./asking";
import { drawer } from "./drawers";
import { client, connect, consent, givenOrders, givenSquare, noon, readDay, type World } from "./given";
import { sale } from "./sales";

const closedAt = { start_at: "2026-07-14T08:00:00Z", end_at: "2026-07-15T08:00:00Z" };
const query = {
  filter: { state_filter: { states: ["COMPLETED"] }, date_time_filter: { closed_at: closedAt } },
  sort: { sort_field: "CLOSED_AT", sort_order: "ASC" },
};

describe("the consent page", () => {
  const usual = { client_id: client.clientId, redirect_uri: client.redirectUri, scope: "ORDERS_READ", state: "s" };
  const address = (changes: Readonly<Record<string, string>>): string =>
    `/oauth2/authorize?${new URLSearchParams({ ...usual, ...changes }).toString()}`;

  it("is marked as simulated, offers Allow and Deny, and escapes what it shows", async () => {
    const page = await (await givenSquare().app.request(address({ seller: "MERCHANT_C", scope: "<b>" }))).text();
    for (const part of ["Square (simulated)", ">Allow<", ">Deny<", "Other &lt;Shop&gt; &amp; Co", "&lt;b&gt;", "\"MERCHANT_C\" selected"]) {
      expect(page).toContain(part);
    }
  });

  it.each([
    ["an unknown client", { client_id: "nobody" }],
    ["a redirect URI that only begins like the registered one", { redirect_uri: `${client.redirectUri}.evil.example` }],
    ["a redirect URI of another case", { redirect_uri: client.redirectUri.toUpperCase() }],
  ])("refuses %s without redirecting", async (_, changes) => {
    for (const method of ["GET", "POST"]) {
      const answer = await givenSquare().app.request(address(changes), { method });
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    }
  });
});

describe("the public-client flow", () => {
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
  const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  async function code(world: World): Promise<string> {
    const asked = new URLSearchParams({ client_id: client.clientId, scope: "ORDERS_READ", code_challenge: challenge });
    const body = new URLSearchParams({ decision: "allow", merchant: "MERCHANT_A" });
    const answer = await world.app.request(`/oauth2/authorize?${asked.toString()}`, { method: "POST", body });
    return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  }

  it("checks the verifier, rotates refresh tokens of single use, and ends after ninety days", async () => {
    const world = givenSquare();
    const base = { client_id: client.clientId };
    const redeem = async (code_verifier: string): Promise<Answer> =>
      await ask(world, "/oauth2/token", { body: { ...base, grant_type: "authorization_code", code: await code(world), code_verifier } });
    expect(await codeOf(redeem("wrong"))).toBe("401 UNAUTHORIZED");
    const [status, first] = await redeem(verifier);
    expect(status).toBe(200);
    const renew = { ...base, grant_type: "refresh_token", refresh_token: first.refresh_token };
    const [, second] = await ask(world, "/oauth2/token", { body: renew });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await codeOf(ask(world, "/oauth2/token", { body: renew }))).toBe("401 UNAUTHORIZED");
    world.pass(90 * DAY);
    expect(await codeOf(ask(world, "/oauth2/token", { body: { ...renew, refresh_token: second.refresh_token } })))
      .toBe("401 UNAUTHORIZED");
  });
});

describe("a token", () => {
  it.each([
    ["/v2/locations", "MERCHANT_PROFILE_READ", undefined], ["/v2/merchants/me", "MERCHANT_PROFILE_READ", undefined],
    ["/v2/refunds", "PAYMENTS_READ", undefined], ["/v2/payments", "PAYMENTS_READ", undefined],
    ["/v2/orders/search", "ORDERS_READ", { location_ids: ["LA"] }], ["/v2/orders/batch-retrieve", "ORDERS_READ", { order_ids: [] }],
    ["/v2/catalog/batch-retrieve", "ITEMS_READ", { object_ids: ["X"] }],
    ["/v2/cash-drawers/shifts?location_id=LA", "CASH_DRAWER_READ", undefined], ["/v2/cash-drawers/shifts/D/events?location_id=LA", "CASH_DRAWER_READ", undefined],
    ["/v2/gift-cards/activities", "GIFTCARDS_READ", undefined],
  ])("opens %s only with %s, and nothing when it is missing or dead", async (path, scope, body) => {
    const world = givenSquare();
    world.control.putDrawer(drawer());
    const back = await consent(world, "MERCHANT_A");
    const secret = { client_id: client.clientId, client_secret: client.clientSecret };
    const grant = { ...secret, grant_type: "authorization_code", code: back.searchParams.get("code") };
    const [, { access_token: token }] = await ask(world, "/oauth2/token", { body: grant });
    const state = world.control.snapshot();
    const only = (scopes: readonly string[]): void => {
      const held = state.tokens[String(token)];
      if (held !== undefined) world.control.restore({ ...state, tokens: { [String(token)]: { ...held, scopes } } });
    };
    const asked = { token: String(token), ...(body === undefined ? {} : { body }) };
    expect((await ask(world, path, asked))[0]).toBe(200);
    only(square.manifest.scopes.filter((one) => one !== scope));
    expect(await codeOf(ask(world, path, asked))).toBe("403 INSUFFICIENT_SCOPES");
    expect(await codeOf(ask(world, path, { ...asked, token: "EAAAguess" }))).toBe("401 UNAUTHORIZED");
    world.pass(30 * DAY);
    expect(await codeOf(ask(world, path, asked))).toBe("401 ACCESS_TOKEN_EXPIRED");
  });

  it("of one merchant sees nothing of another: no order, refund, object or location", async () => {
    const world = givenSquare(listedSource([{ orders: [sale({ id: "OA" })], refunds: [] }]));
    const token = await tokenOf(world, "MERCHANT_C");
    expect(await codeOf(ask(world, "/v2/orders/search", { token, body: { location_ids: ["LA"], query } }))).toBe("403 FORBIDDEN");
    expect(await ask(world, "/v2/orders/batch-retrieve", { token, body: { order_ids: ["OA"] } })).toEqual([200, {}]);
    expect(await ask(world, "/v2/refunds?location_id=LA", { token })).toEqual([200, {}]);
    expect(await ask(world, "/v2/payments?location_id=LA&begin_time=2026-01-01T00:00:00Z", { token })).toEqual([200, {}]);
    expect(await ask(world, "/v2/catalog/batch-retrieve", { token, body: { object_ids: ["VAR_LATTE_S"] } })).toEqual([200, {}]);
    expect(await codeOf(ask(world, "/v2/merchants/MERCHANT_A", { token }))).toBe("404 NOT_FOUND");
  });
});

/** The query with another filter. */
function filtered(filter: object): object {
  return { ...query, filter };
}

describe("SearchOrders", () => {
  const world = givenOrders([sale({ id: "O1" }), sale({ id: "O2", closedAt: noon + 1 }), sale({ id: "O3", closedAt: noon + 2 })]);

  it.each([
    ["no location", { location_ids: [] }, "400 MISSING_REQUIRED_PARAMETER"],
    ["eleven locations", { location_ids: Array.from({ length: 11 }, () => "LA") }, "400 ARRAY_LENGTH_TOO_LONG"],
    ["a limit above a thousand", { limit: 1_001 }, "400 INVALID_VALUE"],
    ["a limit of nothing", { limit: 0 }, "400 INVALID_VALUE"],
    ["another sort field than the filtered one", { query: { ...query, sort: { sort_field: "CREATED_AT" } } }, "400 INVALID_VALUE"],
    ["no sort field with a filter by closed_at", { query: { filter: query.filter } }, "400 INVALID_VALUE"],
    ["closed_at without states", { query: filtered({ date_time_filter: { closed_at: closedAt } }) }, "400 CONFLICTING_PARAMETERS"],
    ["closed_at with open orders", { query: filtered({ ...query.filter, state_filter: { states: ["OPEN"] } }) }, "400 CONFLICTING_PARAMETERS"],
    ["two time ranges", { query: filtered({ date_time_filter: { closed_at: closedAt, created_at: closedAt } }) }, "400 CONFLICTING_PARAMETERS"],
    ["a time that is none", { query: filtered({ date_time_filter: { closed_at: { start_at: "noon" } } }) }, "400 INVALID_TIME"],
    ["a range that ends before it starts", {
      query: filtered({ date_time_filter: { closed_at: { start_at: closedAt.end_at, end_at: closedAt.start_at } } }),
    }, "400 INVALID_TIME_RANGE"],
    ["an unknown order", { query: { ...query, sort: { sort_field: "CLOSED_AT", sort_order: "UP" } } }, "400 INVALID_SORT_ORDER"],
    ["an unknown field", { locations: ["LA"] }, "400 UNKNOWN_BODY_PARAMETER"],
    ["a cursor of nobody", { cursor: "xyz" }, "400 INVALID_CURSOR"],
  ])("refuses %s", async (_, changes, refusal) => {
    expect(await codeOf(ask(world, "/v2/orders/search", { token: await tokenOf(world), body: { location_ids: ["LA"], query, ...changes } })))
      .toBe(refusal);
  });

  it("refuses what is no JSON", async () => {
    expect(await codeOf(ask(world, "/v2/orders/search", { token: await tokenOf(world), body: "{" }))).toBe("400 EXPECTED_JSON_BODY");
  });

  it("binds a cursor to its query", async () => {
    const token = await tokenOf(world);
    const [, { cursor }] = await ask(world, "/v2/orders/search", { token, body: { location_ids: ["LA"], query, limit: 2 } });
    const [, rest] = await ask(world, "/v2/orders/search", { token, body: { location_ids: ["LA"], query, limit: 2, cursor } });
    expect(rest).toMatchObject({ orders: [{ id: "O3" }] });
    const other = { ...query, sort: { ...query.sort, sort_order: "DESC" } };
    expect(await codeOf(ask(world, "/v2/orders/search", { token, body: { location_ids: ["LA"], query: other, cursor } })))
      .toBe("400 INVALID_CURSOR");
  });

  it("includes both ends of the range, and answers {} to nothing", async () => {
    const token = await tokenOf(world);
    const between = (from: number, to: number): object => ({
      location_ids: ["LA"],
      query: filtered({
        ...query.filter, date_time_filter: { closed_at: { start_at: new Date(from).toISOString(), end_at: new Date(to).toISOString() } },
      }),
    });
    expect(await ask(world, "/v2/orders/search", { token, body: between(noon + 1, noon + 2) }))
      .toMatchObject([200, { orders: [{ id: "O2" }, { id: "O3" }] }]);
    expect(await ask(world, "/v2/orders/search", { token, body: between(noon - 9, noon - 1) })).toEqual([200, {}]);
  });
});

describe("the lists", () => {
  const sold = sale({ id: "O1" });
  const world = givenOrders([sold]);

  it("of payments take the main location by default, leave the tip out of the amount, and know fees ten seconds later", async () => {
    const token = await tokenOf(world);
    const [, body] = await ask(world, "/v2/payments?begin_time=2026-07-14T00:00:00Z&limit=5000", { token });
    expect(body.payments)
      .toMatchObject([{ id: "O1-P", amount_money: { amount: 425 }, total_money: { amount: 425 }, processing_fee: [{ type: "INITIAL" }] }]);
  });

  it("of catalogue objects leave out deleted ones unless asked for, and go one level deep", async () => {
    const token = await tokenOf(world);
    const retrieve = async (changes: object): Promise<readonly string[]> => {
      const ids = { object_ids: ["VAR_MUG", "VAR_LATTE_S", "VAR_LOST"] };
      const [, body] = await ask(world, "/v2/catalog/batch-retrieve", { token, body: { ...ids, ...changes } });
      return [...(body.objects ?? []) as { id: string }[], ...(body.related_objects ?? []) as { id: string }[]].map((object) => object.id);
    };
    expect(await retrieve({})).toEqual(["VAR_LATTE_S"]);
    expect(await retrieve({ include_related_objects: true })).toEqual(["VAR_LATTE_S", "ITEM_LATTE"]);
    expect(await retrieve({ include_related_objects: true, include_deleted_objects: true }))
      .toEqual(["VAR_MUG", "VAR_LATTE_S", "ITEM_MUG", "ITEM_LATTE"]);
  });

  it.each([
    ["GET", "/v2/orders/search", "405 METHOD_NOT_ALLOWED"], ["POST", "/v2/refunds", "405 METHOD_NOT_ALLOWED"],
    ["GET", "/v2/customers", "404 NOT_FOUND"],
  ])(
    "do not answer %s %s", async (method, path, refusal) => {
      expect(await codeOf(ask(world, path, { token: await tokenOf(world), method }))).toBe(refusal);
    },
  );
});

describe("what happens behind the curtain", () => {
  it("changes a day: a late sale, an adjusted tip, a voided sale", async () => {
    const world = givenOrders([sale({ id: "O1" }), sale({ id: "O2" })]);
    expect((await readDay(world)).day.tenders).toMatchObject([{ inMinor: 850 }]);
    world.control.putOrder(sale({ id: "LATE", closedAt: noon - 2 * HOUR }));
    world.control.adjustTip("O1", 300);
    world.control.removeOrder("O2");
    expect((await readDay(world)).day).toMatchObject({ tenders: [{ inMinor: 1_150 }], tips: { inMinor: 300 }, orderCount: 2 });
  });

  it("survives as plain JSON: tokens, changes and pending faults", async () => {
    const world = givenOrders([sale({ id: "O1" })]);
    const { access } = await connect(world);
    world.control.adjustTip("O1", 300);
    world.control.fault({ kind: "unavailable", path: "/v2/locations" });
    const kept = JSON.parse(JSON.stringify(world.control.snapshot())) as ReturnType<typeof world.control.snapshot>;
    const later = givenOrders([sale({ id: "O1" })]);
    later.control.restore(kept);
    expect((await ask(later, "/v2/locations", { token: access.accessToken }))[0]).toBe(503);
    expect((await ask(later, "/v2/locations", { token: access.accessToken }))[0]).toBe(200);
    expect((await readDay(later)).day.tips.inMinor).toBe(300);
  });

  it("can be worked under /__sim/, where bad input changes nothing", async () => {
    const world = givenSquare();
    const token = await tokenOf(world);
    expect((await ask(world, "/__sim/faults", { body: { kind: "unheard_of" } }))[0]).toBe(400);
    expect((await ask(world, "/__sim/faults", { body: { kind: "rate_limited", path: "/v2/locations", retryAfterSeconds: 9 } }))[0])
      .toBe(200);
    expect(await codeOf(ask(world, "/v2/locations", { token }))).toBe("429 RATE_LIMITED");
    expect((await ask(world, "/v2/locations", { token }))[0]).toBe(200);
    const [, journal] = await ask(world, "/__sim/journal");
    expect((journal.calls as { status: number }[]).slice(-2).map((call) => call.status)).toEqual([429, 200]);
    await ask(world, "/__sim/merchants/MERCHANT_A/revoke", { method: "POST" });
    expect(await codeOf(ask(world, "/v2/locations", { token }))).toBe("401 ACCESS_TOKEN_REVOKED");
  });
});
