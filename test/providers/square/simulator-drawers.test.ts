/** The simulated drawers and gift cards refuse what Square refuses, and give no more than was asked for. */
import { describe, expect, it } from "vitest";
import { ask, codeOf, tokenOf, type Answer } from "./asking";
import { drawer } from "./drawers";
import { givenOrders, givenSquare } from "./given";
import { sale } from "./sales";

const closedAt = { start_at: "2026-07-14T08:00:00Z", end_at: "2026-07-15T08:00:00Z" };

describe("drawers and gift cards", () => {
  const range = `begin_time=${closedAt.start_at}&end_time=${closedAt.end_at}`;

  it.each([
    ["/v2/cash-drawers/shifts", "400 MISSING_REQUIRED_PARAMETER"], ["/v2/cash-drawers/shifts?location_id=LC", "403 FORBIDDEN"],
    ["/v2/cash-drawers/shifts?location_id=LA&state=CLOSED", "400 UNKNOWN_QUERY_PARAMETER"], ["/v2/cash-drawers/shifts?location_id=LA&begin_time=noon", "400 INVALID_TIME"],
    ["/v2/cash-drawers/shifts?location_id=LA&cursor=x", "400 INVALID_CURSOR"], ["/v2/cash-drawers/shifts/D/events", "400 MISSING_REQUIRED_PARAMETER"],
    ["/v2/cash-drawers/shifts/NOBODY/events?location_id=LA", "404 NOT_FOUND"], ["/v2/cash-drawers/shifts/D/events?location_id=LB", "404 NOT_FOUND"],
    ["/v2/cash-drawers/shifts/D/events?location_id=LA&begin_time=2026-01-01T00:00:00Z", "400 UNKNOWN_QUERY_PARAMETER"],
    ["/v2/gift-cards/activities?type=PRESENT", "400 INVALID_ENUM_VALUE"], ["/v2/gift-cards/activities?reason=COMPLIMENTARY", "400 UNKNOWN_QUERY_PARAMETER"],
    ["/v2/gift-cards/activities?end_time=now", "400 INVALID_TIME"], ["/v2/gift-cards/activities?cursor=x", "400 INVALID_CURSOR"],
    ["/v2/gift-cards", "404 NOT_FOUND"],
  ])("refuse %s: %s", async (path, code) => {
    const world = givenSquare();
    world.control.putDrawer(drawer());
    expect(await codeOf(ask(world, path, { token: await tokenOf(world) }))).toBe(code);
  });

  it.each(["/v2/cash-drawers/shifts?location_id=LA", "/v2/cash-drawers/shifts/D/events?location_id=LA", "/v2/gift-cards/activities"])("are only read: %s", async (path) => {
    const world = givenSquare();
    const token = await tokenOf(world);
    for (const method of ["POST", "PUT", "DELETE"]) expect(await codeOf(ask(world, path, { token, method, body: {} }))).toBe("405 METHOD_NOT_ALLOWED");
  });

  it("are found from their beginning on, and not at the end of the range where a drawer was opened", async () => {
    const world = givenSquare();
    const [first, end] = [Date.parse(closedAt.start_at), Date.parse(closedAt.end_at)];
    for (const [id, openedAt] of [["FIRST", first], ["LAST", end - 1], ["END", end], ["BEFORE", first - 1]] as const) world.control.putDrawer(drawer({ id, openedAt, endedAt: null }));
    const [, { cash_drawer_shifts: shifts }] = await ask(world, `/v2/cash-drawers/shifts?location_id=LA&${range}`, { token: await tokenOf(world) });
    expect((shifts as readonly { readonly id: string }[]).map(({ id }) => id)).toEqual(["FIRST", "LAST"]);
  });

  it("of one merchant show nothing to another", async () => {
    const world = givenOrders([sale({ id: "OA", lines: [{ name: "Gift card", itemType: "GIFT_CARD", unitMinor: 500 }] })]);
    const activities = async (merchant: string): Promise<Answer> => await ask(world, `/v2/gift-cards/activities?${range}`, { token: await tokenOf(world, merchant) });
    expect(await activities("MERCHANT_C")).toEqual([200, {}]);
    expect((await activities("MERCHANT_A"))[1]).toMatchObject({ gift_card_activities: [{ type: "ACTIVATE", activate_activity_details: { order_id: "OA" } }] });
  });
});
