import { describe, expect, it } from "vitest";
import { MINUTE } from "../../../src/kernel/clock";
import { clover } from "../../../src/providers/clover";
import type { Batch } from "../../../src/providers/clover/simulator-wire";
import { isAllowed } from "../../../src/providers/send";
import { givenClover, MERCHANT, noon, readDay, tryDay, window, type World } from "./given";
import { sale } from "./sales";

const PAGE = 1_000;

/** A busy day: `count` lattes, one every few seconds. */
function lattes(count: number): readonly Batch[] {
  return Array.from({ length: count }, (_, index) => sale({ at: window.start + (index + 1) * 10_000 }));
}

function pagesOf(world: World, kind: string): readonly string[] {
  return world.control.journal().filter(({ path, query }) => path.endsWith(`/${kind}`) && !query.includes("limit=1&") && !query.endsWith("limit=1"))
    .map(({ query }) => new URLSearchParams(query).get("offset") ?? "");
}

describe("a long day", () => {
  it("is read page by page, each beginning with the last row of the one before", async () => {
    const world = givenClover(lattes(2_300));
    const reading = await readDay(world);
    expect(reading.orderCount).toBe(2_300);
    expect(reading.day.tenders).toMatchObject([{ inMinor: 2_300 * 517 }]);
    expect(pagesOf(world, "payments")).toEqual(["0", "999", "1998"]);
  });

  it("counts nothing twice when a row comes between two pages, and not less when one goes", async () => {
    const world = givenClover(lattes(1_500));
    const late = sale({ at: window.end - 5_000 });
    const [order] = late.orders;
    const [payment] = late.payments;
    if (order === undefined || payment === undefined) throw new Error("a sale has both");
    world.control.put(MERCHANT, { orders: [order] });
    world.control.move({ merchantId: MERCHANT, kind: "payments", id: payment.id, row: payment, afterPages: 1 });
    expect((await readDay(world)).orderCount).toBe(1_501);
    expect(pagesOf(world, "payments")).toEqual(["0", "999", "0", "999"]);
  });

  it("misses no row when one before it is deleted between two pages", async () => {
    const batches = lattes(1_500);
    const world = givenClover(batches);
    const gone = batches[1_490]?.orders[0];
    world.control.move({ merchantId: MERCHANT, kind: "orders", id: gone?.id ?? "", row: null, afterPages: 1 });
    const reading = await readDay(world);
    expect(reading.day.tenders).toMatchObject([{ inMinor: 1_500 * 517 }]);
    expect(reading.orderCount).toBe(1_500);
  });

  it("is left for later when its list does not hold still", async () => {
    const world = givenClover(lattes(PAGE + 200));
    for (let round = 0; round < 8; round += 1) {
      const [payment] = sale({ at: window.end - 1_000 + round }).payments;
      if (payment === undefined) throw new Error("a sale is paid");
      world.control.move({ merchantId: MERCHANT, kind: "payments", id: payment.id, row: payment, afterPages: 1 + 2 * round });
    }
    expect(await tryDay(world)).toMatchObject({ ok: false, failure: { kind: "provider_busy", retryAfterSeconds: null } });
  });
});

describe("what is asked of Clover", () => {
  it("is never more than three expansions, never without a window, and only reads", async () => {
    const world = givenClover([sale(), sale({ at: window.start - MINUTE, payments: [{ at: noon }] })]);
    await readDay(world);
    const calls = world.control.journal().filter(({ path }) => path.startsWith("/v3/"));
    expect(calls.every(({ method, status }) => method === "GET" && status === 200)).toBe(true);
    for (const { path, query } of calls) {
      const asked = new URLSearchParams(query);
      expect((asked.get("expand") ?? "").split(",").length).toBeLessThanOrEqual(3);
      if (/\/(?:orders|payments|refunds|credits|credit_refunds)$/.test(path)) expect(asked.getAll("filter")).toEqual([`createdTime>=${window.start}`, `createdTime<${window.end}`]);
    }
  });

  it.each([
    ["POST", "https://api.clover.com/v3/merchants/M/orders"], ["DELETE", "https://api.clover.com/v3/merchants/M/orders/O"], ["PUT", "https://api.clover.com/v3/merchants/M/items/I"],
    ["POST", "https://api.clover.com/v3/merchants/M/orders/O/payments"], ["GET", "https://api.clover.com/v3/merchants/M/customers"], ["GET", "https://api.clover.com/v3/merchants/M/employees"],
    ["GET", "https://www.clover.com/v3/merchants/M/orders"], ["GET", "http://api.clover.com/v3/merchants/M/orders"], ["GET", "https://api.clover.com.evil.example/v3/merchants/M/orders"],
  ])("cannot be %s %s", (method, url) => {
    expect(isAllowed(clover.manifest, method, new URL(url))).toBe(false);
  });

  it("is few calls for an ordinary day", async () => {
    const world = givenClover(lattes(300));
    await readDay(world);
    expect(world.control.journal().filter(({ path }) => path.startsWith("/v3/"))).toHaveLength(7);
  });

  it("brings no card, customer or employee into the reading", async () => {
    const reading = await readDay(givenClover([sale({ payments: [{ tipMinor: 5 }] })]));
    expect(JSON.stringify(reading)).not.toMatch(/4242|VISA|EMP/);
  });
});
