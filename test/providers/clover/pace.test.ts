/** What a day costs at Clover, against what is asked of the pace for it. */
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import { clover } from "../../../src/providers/clover";
import { draftRefund } from "../../../src/providers/clover/simulator-returns";
import { connect, givenClover, MERCHANT, noon, window } from "./given";
import { freshId, ofMenu, sale } from "./sales";

describe("an ordinary day, with a refund of yesterday's sale", () => {
  it("makes as many calls as its pace is asked for", async () => {
    const sold = sale({ at: noon - DAY });
    const refunded = draftRefund(sold, { id: freshId("R"), at: noon, lines: [0] });
    const world = givenClover([sale(), sale({ lines: [ofMenu("Burger")] }), { ...sold, orders: refunded.orders, refunds: refunded.refunds }]);
    const { access } = await connect(world);
    const before = world.control.journal().length;
    expect((await clover.readDay(access, { locationId: MERCHANT, currency: "USD", window })).ok).toBe(true);
    expect(world.control.journal().slice(before).map(({ path }) => path)).toHaveLength(clover.callsToReadDay);
  });
});

describe("Clover's limit of 16 calls a second", () => {
  it("is not reached by what was saved up and what comes in one second together", () => {
    const { callsAtOnce, callsPerMinute } = clover.manifest.pace;
    expect(callsAtOnce + callsPerMinute / 60).toBeLessThanOrEqual(16);
  });
});
