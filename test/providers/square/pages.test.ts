import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DayReading } from "../../../src/providers/contract";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { PAGE_SIZE } from "../../../src/providers/square/orders";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { generateOrders } from "../../../src/providers/square/simulator-orders";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { listedSource } from "../../../src/providers/square/simulator-source";
import type { Order } from "../../../src/providers/square/simulator-wire";
import { connect, date, givenSquare, readDay, transportOf, window, type World } from "./given";
import { sale } from "./sales";

const request = { seed: "pages", locationId: "LA", date, window, catalogue: cafeCatalogue("USD"), profile: cafeProfile };
const world = givenSquare();
const orders = generateOrders({ ...request, volume: 40 }).orders.filter((order) => order.state === "COMPLETED" && order.returns === undefined);

/** Reads a day whose search answers exactly these pages; everything else comes from the simulator. */
async function readPages(pages: readonly (readonly Order[])[], onSearch: (cursor: string) => void = () => {}): Promise<DayReading> {
  const send = createSend(async (asked) => {
    if (!asked.url.endsWith("/v2/orders/search")) return await transportOf(world.app)(asked);
    const { cursor = "0" } = await asked.json<{ cursor?: string }>();
    onSearch(cursor);
    const next = Number(cursor) + 1;
    const page = pages[Number(cursor)] ?? [];
    return Response.json({ ...(page.length > 0 ? { orders: page } : {}), ...(next < pages.length ? { cursor: String(next) } : {}) });
  }, square.manifest);
  const { access } = await connect(world);
  const reading = await square.readDay({ ...access, send }, { locationId: "LA", currency: "USD", window });
  if (!reading.ok) throw new Error(JSON.stringify(reading.failure));
  return reading.value;
}

const anyOrder = fc.shuffledSubarray([...orders], { minLength: orders.length, maxLength: orders.length });

describe("pages", () => {
  it("in any order, cut anywhere, with repeats within and across them, come to the same day", async () => {
    const { day } = await readPages([orders]);
    const anyPages = fc.record({ shuffled: anyOrder, repeats: fc.subarray([...orders]), size: fc.integer({ min: 1, max: 20 }) });
    await fc.assert(fc.asyncProperty(anyPages, async ({ shuffled, repeats, size }) => {
      const all = [...shuffled, ...repeats];
      const pages = Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
      const reading = await readPages(pages);
      expect(reading.day).toEqual(day);
      expect(reading).toMatchObject({ orderCount: orders.length, pageCount: pages.length });
    }), { numRuns: 40 });
  });

  it("may be empty in the middle without ending the day", async () => {
    expect((await readPages([orders.slice(0, 3), [], orders.slice(3, 5)])).orderCount).toBe(5);
  });

  it("are on their way one at a time", async () => {
    let open = 0;
    let most = 0;
    const pages = Array.from({ length: 6 }, (_, index) => [sale({ id: `P${index}` })]);
    const send = createSend(async (asked) => {
      if (!asked.url.endsWith("/v2/orders/search")) return await transportOf(world.app)(asked);
      most = Math.max(most, (open += 1));
      const { cursor = "0" } = await asked.json<{ cursor?: string }>();
      await Promise.resolve();
      open -= 1;
      const next = Number(cursor) + 1;
      return Response.json({ orders: pages[Number(cursor)], ...(next < pages.length ? { cursor: String(next) } : {}) });
    }, square.manifest);
    const { access } = await connect(world);
    const reading = await square.readDay({ ...access, send }, { locationId: "LA", currency: "USD", window });
    expect(reading).toMatchObject({ ok: true, value: { orderCount: 6, pageCount: 6 } });
    expect(most).toBe(1);
  });
});

const pathsOf = (asked: World): readonly string[] =>
  asked.control.journal().map((call) => call.path).filter((path) => path.startsWith("/v2/"));

describe("the questions that a reading asks", () => {
  it("replay the same query with each cursor, and are few", async () => {
    const busy = givenSquare(listedSource([generateOrders({ ...request, volume: PAGE_SIZE * 2 + 10 })]));
    const { pageCount } = await readDay(busy);
    const searches = busy.control.journal().filter((call) => call.path === "/v2/orders/search");
    const bodies = searches.slice(0, -1).map((call) => JSON.parse(call.body) as { cursor?: string });
    // The last search is for the checks that are still open.
    expect(JSON.parse(searches.at(-1)?.body ?? "{}")).toEqual({
      location_ids: ["LA"], limit: PAGE_SIZE,
      query: {
        filter: {
          state_filter: { states: ["OPEN"] },
          date_time_filter: { created_at: { start_at: "2026-07-14T08:00:00.000Z", end_at: "2026-07-15T07:59:59.999Z" } },
        },
        sort: { sort_field: "CREATED_AT", sort_order: "ASC" },
      },
    });
    expect(bodies.map((body) => ({ ...body, cursor: null }))).toEqual(Array.from({ length: 3 }, () => ({
      cursor: null,
      location_ids: ["LA"], limit: PAGE_SIZE,
      query: {
        filter: {
          state_filter: { states: ["COMPLETED"] },
          date_time_filter: { closed_at: { start_at: "2026-07-14T08:00:00.000Z", end_at: "2026-07-15T07:59:59.999Z" } },
        },
        sort: { sort_field: "CLOSED_AT", sort_order: "ASC" },
      },
    })));
    expect([pageCount, new Set(bodies.map((body) => body.cursor)).size]).toEqual([3, 3]);
    const others = pathsOf(busy).filter((path) => path !== "/v2/orders/search");
    expect(others.toSorted()).toEqual([
      "/v2/cash-drawers/shifts", "/v2/catalog/batch-retrieve", "/v2/catalog/batch-retrieve", "/v2/gift-cards/activities",
      "/v2/orders/batch-retrieve", "/v2/refunds",
    ]);
  });

  it("of a day without sales are five", async () => {
    const quiet = givenSquare();
    await readDay(quiet);
    expect(pathsOf(quiet).toSorted())
      .toEqual(["/v2/cash-drawers/shifts", "/v2/gift-cards/activities", "/v2/orders/search", "/v2/orders/search", "/v2/refunds"]);
  });
});
