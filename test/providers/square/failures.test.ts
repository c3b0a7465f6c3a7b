import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import type { Failure } from "../../../src/kernel/failure";
import type { DayReading } from "../../../src/providers/contract";
import type { Result } from "../../../src/kernel/result";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import type { Fault } from "../../../src/providers/square/simulator-state";
import { connect, givenOrders, givenSquare, transportOf, window, type World } from "./given";
import { drawer } from "./drawers";
import { back, plainRefund, sale } from "./sales";

const request = { locationId: "LA", currency: "USD", window };
const sold = sale({ id: "SOLD" });
const returned = back(sold);

/** A day that needs every endpoint: a sale, a return, a refund without goods, and a drawer. */
function busyWorld(): World {
  const world = givenOrders([sold, returned.order], [returned.refund, plainRefund(sold, 10)]);
  world.control.putDrawer(drawer());
  return world;
}

async function readWith(world: World, fault: Partial<Fault> & Pick<Fault, "kind">): Promise<Result<DayReading>> {
  const { access } = await connect(world);
  world.control.fault(fault);
  return await square.readDay(access, request);
}

/** Reads a day whose search answers this value. */
async function readValue(value: unknown, currency = "USD"): Promise<Result<DayReading>> {
  const world = givenSquare();
  const { access } = await connect(world);
  const send = createSend(async (asked) =>
    asked.url.endsWith("/v2/orders/search") ? Response.json(value) : await transportOf(world.app)(asked), square.manifest);
  return await square.readDay({ ...access, send }, { ...request, currency });
}

const PATHS = ["/v2/orders/search", "/v2/refunds", "/v2/orders/batch-retrieve", "/v2/catalog/batch-retrieve", "/v2/cash-drawers/shifts", "/v2/cash-drawers/shifts/D", "/v2/gift-cards/activities"];
const KINDS: readonly (readonly [Fault["kind"], Failure["kind"]])[] = [
  ["rate_limited", "provider_busy"], ["internal_error", "provider_down"], ["bad_gateway", "provider_down"], ["unavailable", "provider_down"],
  ["answer_lost", "provider_down"], ["truncated", "provider_unreadable"], ["empty", "provider_unreadable"],
];

describe("trouble at Square", () => {
  it.each(PATHS.flatMap((path) => KINDS.map(([fault, failure]) => [path, fault, failure] as const)))(
    "at %s, %s, is told as %s and never as a day", async (path, fault, failure) => {
      expect(await readWith(busyWorld(), { kind: fault, path }))
        .toMatchObject({ ok: false, failure: { kind: failure, provider: "square" } });
    },
  );

  it("passes: the next reading of the same day works", async () => {
    const world = busyWorld();
    expect((await readWith(world, { kind: "unavailable", path: "/v2/orders" })).ok).toBe(false);
    const { access } = await connect(world);
    expect((await square.readDay(access, request)).ok).toBe(true);
  });

  it.each([[7, 7], [undefined, null]] as const)("names the wait that Square asks for (%s), or none", async (retryAfterSeconds, expected) => {
    const fault = { kind: "rate_limited" as const, path: "/v2/orders", ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
    expect(await readWith(busyWorld(), fault)).toMatchObject({ ok: false, failure: { retryAfterSeconds: expected } });
  });

  it("in a slow body is waited for as long as the deadline allows", async () => {
    expect((await readWith(busyWorld(), { kind: "slow_body", path: "/v2/orders/search" })).ok).toBe(true);
  });

  it("that hangs ends with the deadline", async () => {
    const world = busyWorld();
    const { access } = await connect(world);
    world.control.fault({ kind: "hang", path: "/v2/orders" });
    const hasty = { ...access, send: (outgoing: Parameters<typeof access.send>[0]) => access.send({ ...outgoing, deadlineMs: 5 }) };
    expect(await square.readDay(hasty, request)).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
  });

  it("on the second page is told, too", async () => {
    const many = Array.from({ length: 501 }, (_, index) => sale({ id: `MANY${index}` }));
    expect(await readWith(givenOrders(many), { kind: "bad_gateway", path: "/v2/orders/search", skip: 1 }))
      .toMatchObject({ ok: false, failure: { kind: "provider_down" } });
  });
});

describe("a grant that no longer opens the door", () => {
  it("was revoked: a person must connect again", async () => {
    const world = busyWorld();
    const { access } = await connect(world);
    world.control.revoke("MERCHANT_A");
    expect(await square.readDay(access, request))
      .toMatchObject({ ok: false, failure: { kind: "reconnect_needed", answer: { status: 401, code: "ACCESS_TOKEN_REVOKED" } } });
  });

  it("was never given: a person must connect", async () => {
    const { access } = await connect(busyWorld());
    expect(await square.readDay({ ...access, accessToken: "EAAAguess" }, request))
      .toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("expired: told apart, so that the caller refreshes once", async () => {
    const world = busyWorld();
    const { access } = await connect(world);
    world.pass(31 * DAY);
    expect(await square.readDay(access, request))
      .toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { code: "ACCESS_TOKEN_EXPIRED" } } });
  });

  it("expired while the catalogue answers 500: found out, rather than waited for", async () => {
    const world = busyWorld();
    const { access } = await connect(world);
    world.control.settings({ catalogueHidesExpiry: true });
    const send: typeof access.send = async (outgoing) => {
      if (outgoing.url.includes("/v2/catalog/")) world.pass(31 * DAY);
      return await access.send(outgoing);
    };
    expect(await square.readDay({ ...access, send }, request))
      .toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { code: "ACCESS_TOKEN_EXPIRED" } } });
  });

  it("does not reach a location of another merchant", async () => {
    const { access } = await connect(busyWorld(), "MERCHANT_C");
    expect(await square.readDay(access, request))
      .toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { status: 403, code: "FORBIDDEN" } } });
  });

  it("shows nobody its token", async () => {
    const { access } = await connect(givenSquare());
    const errors = [{ code: "FORBIDDEN", detail: `no: ${access.accessToken}` }];
    const send = createSend(() => Promise.resolve(Response.json({ errors }, { status: 403 })), square.manifest);
    expect(JSON.stringify(await square.readDay({ ...access, send }, request))).not.toContain(access.accessToken);
  });
});

describe("an answer that is not as documented", () => {
  const line = { item_type: "ITEM", gross_sales_money: { amount: 425, currency: "USD" } };
  const order = { id: "O", location_id: "LA", state: "COMPLETED" };
  const grossing = (money: object): object => ({ orders: [{ ...order, line_items: [{ ...line, gross_sales_money: money }] }] });

  it.each([
    ["no object", []],
    ["orders that are no list", { orders: { 0: order } }],
    ["an order that is no object", { orders: [order, "O2"] }],
    ["an order without an id", { orders: [{ ...order, id: undefined }] }],
    ["an order of another location", { orders: [{ ...order, location_id: "LB" }] }],
    ["lines that are no list", { orders: [{ ...order, line_items: "none" }] }],
    ["an amount in text", grossing({ amount: "425", currency: "USD" })],
    ["an amount with a fraction", grossing({ amount: 4.25, currency: "USD" })],
    ["an amount beyond what is exact", grossing({ amount: 2 ** 53, currency: "USD" })],
    ["an amount without a currency", grossing({ amount: 425 })],
    ["a cursor that leads nowhere", { orders: [order], cursor: "again" }],
  ])("holds %s: it is unreadable, not a day", async (_, value) => {
    expect(await readValue(value)).toMatchObject({ ok: false, failure: { kind: "provider_unreadable", provider: "square" } });
  });

  it("says errors beside a 200: it is the error that counts", async () => {
    const errors = [{ category: "RATE_LIMIT_ERROR", code: "RATE_LIMITED", detail: "slow down" }];
    expect(await readValue({ orders: [order], errors })).toMatchObject({ ok: false, failure: { kind: "provider_busy" } });
  });

  it("lacks what may be absent: it reads as nothing", async () => {
    expect(await readValue({ orders: [{ ...order, line_items: [{}], taxes: [{}], tenders: [{ type: "CARD" }], rounding_adjustment: null }] }))
      .toMatchObject({ ok: true, value: { orderCount: 1, day: { categories: [], tenders: [] } } });
  });

  it("is in another currency: both are named", async () => {
    expect(await readValue({ orders: [{ ...order, line_items: [line] }] }, "CAD"))
      .toMatchObject({ ok: false, failure: { kind: "currency_mismatch", expected: "CAD", found: "USD" } });
  });

  it.each([
    ["an amount of a refund in text", [
      { id: "R", status: "COMPLETED", created_at: "2026-07-14T12:00:00Z", amount_money: { amount: "1", currency: "USD" } },
    ]],
    ["refunds that are no list", "none"],
  ])("holds %s: it is unreadable, too", async (_, refunds) => {
    const world = givenSquare();
    const { access } = await connect(world);
    const send = createSend(async (asked) =>
      asked.url.includes("/v2/refunds") ? Response.json({ refunds }) : await transportOf(world.app)(asked), square.manifest);
    expect(await square.readDay({ ...access, send }, request)).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });
});
