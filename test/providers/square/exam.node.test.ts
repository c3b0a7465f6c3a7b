/** The simulator sits Square's own exam: the official SDK drives it over HTTP, and the published schemas judge it. */
import { once } from "node:events";
import { serve } from "@hono/node-server";
import { SquareClient, SquareError } from "square";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAllowed } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { generateOrders } from "../../../src/providers/square/simulator-orders";
import { payoutIdOf } from "../../../src/providers/square/simulator-payouts";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { squareHook } from "../../../src/providers/square/simulator-webhook";
import { listedSource } from "../../../src/providers/square/simulator-source";
import { client, connect, consent, date, givenSquare, noon, transportOf, window } from "./given";
import { shiftsOfExam } from "./drawers";
import { readSpecification } from "./specification";

const profile = {
  ...cafeProfile, returnShare: 0.06, plainRefundShare: 0.4, discountShare: 0.3, compShare: 0.1, oddTenderShare: 0.3, splitShare: 0.2,
  giftCardSoldShare: 0.05, giftCardRedeemedShare: 0.1, autoGratuityShare: 0.2, deliveryShare: 0.2, cashCoinMinor: 5,
};
const day = generateOrders({ seed: "exam", locationId: "LA", date, window, catalogue: cafeCatalogue("USD"), volume: 620, profile });
const world = givenSquare(listedSource([day]));
for (const shift of shiftsOfExam()) world.control.putDrawer(shift);
world.control.putGiftCardIncrease({ id: "GIVEN", locationId: "LA", at: noon, minor: 5_000, gan: "7783320001234567", reason: "COMPLIMENTARY" });
const specification = readSpecification();
const isAbsent = specification === null;

let base = "";
let server: ReturnType<typeof serve>;
beforeAll(async () => {
  server = serve({ fetch: (request) => transportOf(world.app)(request), hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  server.close();
  await once(server, "close");
});

const sdk = (token = ""): SquareClient => new SquareClient({ token, baseUrl: base });
const secret = { clientId: client.clientId, clientSecret: client.clientSecret };

async function authorized(): Promise<SquareClient> {
  return sdk((await connect(world)).tokens.accessToken);
}

const closedAt = { startAt: new Date(window.start).toISOString(), endAt: new Date(window.end - 1).toISOString() };
const search = {
  locationIds: ["LA"], limit: 250,
  query: {
    filter: { stateFilter: { states: ["COMPLETED" as const] }, dateTimeFilter: { closedAt } },
    sort: { sortField: "CLOSED_AT" as const, sortOrder: "ASC" as const },
  },
};

describe("the official SDK", () => {
  it("exchanges a code, refreshes with the same refresh token, asks for the status, and revokes everything", async () => {
    const code = (await consent(world, "MERCHANT_C")).searchParams.get("code") ?? "";
    const first = await sdk().oAuth.obtainToken({ ...secret, grantType: "authorization_code", code, redirectUri: client.redirectUri });
    expect(first).toMatchObject({ tokenType: "bearer", merchantId: "MERCHANT_C", shortLived: false });
    const second = await sdk().oAuth.obtainToken({ ...secret, grantType: "refresh_token", refreshToken: first.refreshToken ?? "" });
    expect(second.refreshToken).toBe(first.refreshToken);
    expect((await sdk(first.accessToken).oAuth.retrieveTokenStatus()).scopes).toEqual(square.manifest.scopes);
    const revoked = await sdk().oAuth.revokeToken(
      { clientId: client.clientId, accessToken: second.accessToken ?? "" }, { headers: { Authorization: `Client ${client.clientSecret}` } },
    );
    expect(revoked.success).toBe(true);
    const refused = await sdk(first.accessToken).locations.list().catch((error: unknown) => error);
    if (!(refused instanceof SquareError)) throw new Error("a revoked token must be refused");
    expect([refused.statusCode, refused.errors[0]?.code]).toEqual([401, "ACCESS_TOKEN_REVOKED"]);
  });

  it("lists the merchant and its locations", async () => {
    const authorizedSdk = await authorized();
    expect((await authorizedSdk.merchants.get({ merchantId: "me" })).merchant?.businessName).toBe("Pirouette Café");
    expect((await authorizedSdk.locations.list()).locations?.map((location) => location.timezone))
      .toEqual(["America/New_York", "America/Chicago"]);
  });

  it("pages through a day of orders and finds each once, to the cent", async () => {
    const { orders } = await authorized();
    const found: { readonly id: string | undefined; readonly minor: bigint | null | undefined }[] = [];
    let cursor: string | undefined;
    do {
      const page = await orders.search({ ...search, ...(cursor === undefined ? {} : { cursor }) });
      for (const order of page.orders ?? []) found.push({ id: order.id, minor: order.totalMoney?.amount });
      cursor = page.cursor;
    } while (cursor !== undefined);
    const completed = day.orders.filter((order) => order.state === "COMPLETED");
    expect(found).toEqual(completed.map((order) => ({ id: order.id, minor: BigInt(order.total_money.amount) })));
  });

  it("retrieves orders and catalogue objects in batches", async () => {
    const { orders, catalog } = await authorized();
    const ids = day.orders.slice(0, 3).map((order) => order.id);
    expect((await orders.batchGet({ orderIds: [...ids, "nobody"] })).orders?.map((order) => order.id)).toEqual(ids);
    const objects = await catalog.batchGet({ objectIds: ["VAR_LATTE_S"], includeRelatedObjects: true });
    expect([objects.objects?.[0]?.type, objects.relatedObjects?.[0]?.id]).toEqual(["ITEM_VARIATION", "ITEM_LATTE"]);
  });

  it("walks all refunds and payments through their pages", async () => {
    const { refunds, payments } = await authorized();
    const ids: string[] = [];
    const range = { beginTime: closedAt.startAt, endTime: closedAt.endAt };
    for await (const refund of await refunds.list({ ...range, locationId: "LA" })) ids.push(refund.id);
    expect(ids.toSorted()).toEqual(day.refunds.map((refund) => refund.id).toSorted());
    expect(ids.length).toBeGreaterThan(100);
    let count = 0;
    for await (const payment of await payments.list({ ...range, limit: 100 })) count += payment.id === undefined ? 0 : 1;
    expect(count).toBe(day.orders.flatMap((order) => order.tenders ?? []).length);
  });

  it("walks the payouts and the parts of one through their pages", async () => {
    const { payouts } = await authorized();
    const ids: string[] = [];
    for await (const payout of await payouts.list({ locationId: "LA", beginTime: closedAt.startAt })) ids.push(payout.id ?? "");
    expect(ids).toEqual([payoutIdOf("LA", "2026-07-15" as typeof date), payoutIdOf("LA", date)].filter((id) => ids.includes(id)));
    const parts: string[] = [];
    for await (const entry of await payouts.listEntries({ payoutId: payoutIdOf("LA", date), limit: 100 })) parts.push(entry.id ?? "");
    expect(new Set(parts).size).toBe(parts.length);
    expect(parts.length).toBeGreaterThan(200);
  });

  it("walks the drawers, what happened at one of them, and gift cards through their pages", async () => {
    const { cashDrawers, giftCards } = await authorized();
    const shifts: string[] = [];
    for await (const shift of await cashDrawers.shifts.list({ locationId: "LA", beginTime: closedAt.startAt, limit: 1 })) shifts.push(`${shift.id} ${shift.state}`);
    expect(shifts).toEqual(["D CLOSED", "D2 ENDED", "D3 OPEN"]);
    const kinds = new Set<string>();
    for await (const event of await cashDrawers.shifts.listEvents({ locationId: "LA", shiftId: "D", limit: 50 })) kinds.add(event.eventType ?? "");
    expect([...kinds].toSorted()).toEqual(["CASH_TENDER_PAYMENT", "CASH_TENDER_REFUND", "NO_SALE", "OTHER_TENDER_PAYMENT", "PAID_IN", "PAID_OUT"]);
    const given: (string | undefined)[] = [];
    const range = { locationId: "LA", beginTime: closedAt.startAt, endTime: closedAt.endAt, limit: 10 };
    for await (const activity of await giftCards.activities.list(range)) given.push(activity.adjustIncrementActivityDetails?.reason);
    expect(given.length).toBeGreaterThan(30);
    expect(given.filter((reason) => reason !== undefined)).toEqual(["COMPLIMENTARY"]);
  });

  it("waits as long as a 429 asks, and gets through", async () => {
    world.control.fault({ kind: "rate_limited", path: "/v2/locations", retryAfterSeconds: 0 });
    expect((await (await authorized()).locations.list()).locations).toHaveLength(2);
  });
});

describe("Square's published description", () => {
  it("lies beside this checkout, or everything below is skipped", ({ skip }) => {
    skip(specification === null, "shared/specs is not beside this checkout: the simulator's answers are NOT judged");
    expect(specification?.operations.length).toBeGreaterThan(200);
  });

  async function answer(path: string, body?: object): Promise<unknown> {
    const { tokens } = await connect(world);
    const response = await fetch(`${base}${path}`, {
      headers: { authorization: `Bearer ${tokens.accessToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    return await response.json();
  }

  const query = {
    filter: {
      state_filter: { states: ["COMPLETED", "CANCELED"] },
      date_time_filter: { closed_at: { start_at: closedAt.startAt, end_at: closedAt.endAt } },
    },
    sort: { sort_field: "CLOSED_AT", sort_order: "ASC" },
  };

  it.skipIf(isAbsent).each([
    ["SearchOrdersResponse", "/v2/orders/search", { location_ids: ["LA"], limit: 1_000, query }],
    ["BatchRetrieveOrdersResponse", "/v2/orders/batch-retrieve", { order_ids: day.orders.slice(0, 20).map((order) => order.id) }],
    ["BatchRetrieveCatalogObjectsResponse", "/v2/catalog/batch-retrieve", {
      object_ids: cafeCatalogue("USD").objects.map((object) => object.id), include_related_objects: true, include_deleted_objects: true,
    }],
    ["ListPaymentRefundsResponse", `/v2/refunds?begin_time=${closedAt.startAt}`, undefined],
    ["ListPaymentsResponse", `/v2/payments?begin_time=${closedAt.startAt}`, undefined],
    ["GetPaymentRefundResponse", `/v2/refunds/${day.refunds[0]?.id}`, undefined],
    ["ListPayoutsResponse", "/v2/payouts?location_id=LA", undefined],
    ["ListPayoutEntriesResponse", `/v2/payouts/${payoutIdOf("LA", date)}/payout-entries`, undefined],
    ["ListCashDrawerShiftsResponse", `/v2/cash-drawers/shifts?location_id=LA&begin_time=${closedAt.startAt}`, undefined],
    ["ListCashDrawerShiftEventsResponse", "/v2/cash-drawers/shifts/D/events?location_id=LA&limit=1000", undefined],
    ["ListGiftCardActivitiesResponse", `/v2/gift-cards/activities?begin_time=${closedAt.startAt}`, undefined],
    ["ListLocationsResponse", "/v2/locations", undefined],
    ["RetrieveMerchantResponse", "/v2/merchants/me", undefined],
    ["SearchOrdersResponse", "/v2/orders/search", {}],
  ])("accepts what the simulator answers as %s at %s", async (schema, path, body) => {
    expect(specification?.problemsOf(schema, await answer(path, body)).slice(0, 5)).toEqual([]);
  });

  it.skipIf(isAbsent)("accepts what the simulator answers as ObtainTokenResponse", async () => {
    const code = (await consent(world, "MERCHANT_A")).searchParams.get("code");
    const body = { client_id: client.clientId, client_secret: client.clientSecret, grant_type: "authorization_code", code };
    expect(specification?.problemsOf("ObtainTokenResponse", await answer("/oauth2/token", body))).toEqual([]);
  });

  it.skipIf(isAbsent)("accepts what the simulator sends by itself as GiftCardActivityCreatedEvent", async () => {
    const news = { kind: "gift_card.activity.created", merchantId: "MERCHANT_A", locationId: "LA", at: noon, eventId: "E", retry: 0 } as const;
    const hook = await squareHook(news, "key", "https://daybook.example/hooks/square");
    expect(specification?.problemsOf("GiftCardActivityCreatedEvent", await hook.json())).toEqual([]);
  });

  it.skipIf(isAbsent)("offers hundreds of operations, of which Daybook may call fifteen, none of them writing sales data", () => {
    const operations = specification?.operations ?? [];
    const urlOf = (path: string): URL =>
      new URL(path.replace("{merchant_id}", "me").replaceAll(/\{[a-z_]+\}/g, "X"), "https://connect.squareup.com");
    const allowed = operations.filter(({ method, path }) => isAllowed(square.manifest, method, urlOf(path)));
    expect(allowed.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      "GET /v2/cash-drawers/shifts", "GET /v2/cash-drawers/shifts/{shift_id}/events", "GET /v2/gift-cards/activities",
      "GET /v2/locations", "GET /v2/merchants/{merchant_id}", "GET /v2/payments", "GET /v2/payouts", "GET /v2/payouts/{payout_id}/payout-entries", "GET /v2/refunds", "GET /v2/refunds/{refund_id}",
      "POST /oauth2/revoke", "POST /oauth2/token", "POST /v2/catalog/batch-retrieve", "POST /v2/orders/batch-retrieve", "POST /v2/orders/search",
    ]);
  });
});
