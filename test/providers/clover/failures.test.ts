import { describe, expect, it } from "vitest";
import { MINUTE, SECOND } from "../../../src/kernel/clock";
import { clover } from "../../../src/providers/clover";
import { accountOf } from "../../../src/providers/clover/account";
import type { Permission } from "../../../src/providers/clover/simulator-state";
import { inventory } from "../../../src/providers/clover/simulator-cafe";
import { connect, givenClover, IRISH, MERCHANT, tryDay, window } from "./given";
import { sale } from "./sales";

describe("who the merchant is", () => {
  it("is told with the zone, the currency and the hour at which the reports end the day", async () => {
    const { access } = await connect(givenClover());
    expect(await clover.describe(access)).toEqual({ ok: true, value: {
      name: "Cove Kitchen",
      locations: [{ id: MERCHANT, name: "Cove Kitchen", zone: "America/New_York", currency: "USD", isActive: true, cutOffMinutes: 180 }],
    } });
  });

  it.each([[13, null], [12, 720], [0, 0]])("takes a reporting hour of %i as %s minutes", async (summaryHour, cutOffMinutes) => {
    const merchants = [{ id: MERCHANT, name: "Cove Kitchen", region: "na" as const, timezone: "America/New_York", currency: "USD", summaryHour, items: [] }];
    const { access } = await connect(givenClover([], { merchants }));
    expect(await clover.describe(access)).toMatchObject({ value: { locations: [{ cutOffMinutes }] } });
  });

  it("is not told without a zone that the runtime knows", async () => {
    const merchants = [{ id: MERCHANT, name: "Cove Kitchen", region: "na" as const, timezone: "Atlantis/Reef", currency: "USD", summaryHour: 0, items: [] }];
    const { access } = await connect(givenClover([], { merchants }));
    expect(await clover.describe(access)).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });

  it.each(["merchant", "orders", "payments", "inventory"] as const)("is refused at once where the app lacks the permission for %s", async (missing) => {
    const permissions = (["merchant", "orders", "payments", "inventory"] as const satisfies readonly Permission[]).filter((one) => one !== missing);
    const merchants = [{ id: MERCHANT, name: "Cove Kitchen", region: "na" as const, timezone: "America/New_York", currency: "USD", summaryHour: 0, items: inventory(), permissions }];
    const { access } = await connect(givenClover([], { merchants }));
    expect(await clover.describe(access)).toMatchObject({ ok: false, failure: { kind: "reconnect_needed", answer: { status: 401 } } });
  });

  it.each(["na.C0VEK1TCHEN01", "eu.11FFEYK1TCH01"])("stands in the account's name: %s", (name) => {
    expect(accountOf(name)).toMatchObject({ merchantId: name.slice(3) });
  });

  it.each(["C0VEK1TCHEN01", "xx.C0VEK1TCHEN01", "na.C0VEK1TCHEN01.more", "na.../../orders", ""])("does not stand in %j", (name) => {
    expect(accountOf(name)).toBeNull();
  });
});

describe("a reading that fails", () => {
  it.each([
    ["unauthorized", "reconnect_needed"], ["internal_error", "provider_down"], ["bad_gateway", "provider_down"], ["unavailable", "provider_down"],
    ["truncated", "provider_unreadable"], ["empty", "provider_unreadable"], ["answer_lost", "provider_down"],
  ] as const)("for %s is %s, wherever it happens", async (kind, failure) => {
    for (const path of ["/payments", "/refunds", "/orders", "/credits", "/credit_refunds", "/items"]) {
      const world = givenClover([sale()]);
      world.control.fault({ kind, path });
      expect(await tryDay(world), path).toMatchObject({ ok: false, failure: { kind: failure, provider: "clover" } });
    }
  });

  it.each([["tokenLimit", null], ["crossTokenLimit", null], ["tokenConcurrentLimit", 7], ["crossTokenConcurrentLimit", 7]] as const)(
    "for too much of %s is told when to come back, where Clover says so", async (limit, retryAfterSeconds) => {
      const world = givenClover([sale()]);
      world.control.fault({ kind: "rate_limited", path: "/orders", limit, retryAfterSeconds: 7 });
      expect(await tryDay(world)).toMatchObject({ ok: false, failure: { kind: "provider_busy", retryAfterSeconds } });
    },
  );

  it("waits twice as long when Clover is asked before the wait is over", async () => {
    const world = givenClover([sale()]);
    const { access } = await connect(world);
    const read = async () => await clover.readDay(access, { locationId: MERCHANT, currency: "USD", window });
    world.control.fault({ kind: "rate_limited", path: "/payments", limit: "tokenConcurrentLimit", retryAfterSeconds: 4 });
    expect(await read()).toMatchObject({ failure: { kind: "provider_busy", retryAfterSeconds: 4 } });
    expect(await read()).toMatchObject({ failure: { kind: "provider_busy", retryAfterSeconds: 8 } });
    world.pass(8 * SECOND);
    expect((await read()).ok).toBe(true);
  });

  it("is held to sixteen calls a second by a Clover that counts them", async () => {
    const world = givenClover([sale()], { callsPerSecond: 16 });
    const { access } = await connect(world);
    const read = async () => await clover.readDay(access, { locationId: MERCHANT, currency: "USD", window });
    expect([(await read()).ok, (await read()).ok]).toEqual([true, true]);
    expect(await read()).toMatchObject({ ok: false, failure: { kind: "provider_busy" } });
    world.pass(SECOND);
    expect((await read()).ok).toBe(true);
  });

  it("with an access token that is over asks for a renewal", async () => {
    const world = givenClover();
    const { access } = await connect(world);
    world.pass(31 * MINUTE);
    expect(await clover.readDay(access, { locationId: MERCHANT, currency: "USD", window })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("of another merchant, or of another region, is refused", async () => {
    const world = givenClover();
    const { access } = await connect(world);
    const request = { currency: "USD", window };
    expect(await clover.readDay({ ...access, externalAccount: `eu.${IRISH}` }, { ...request, locationId: IRISH })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
    expect(await clover.readDay({ ...access, externalAccount: `eu.${MERCHANT}` }, { ...request, locationId: MERCHANT })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
    expect(await clover.readDay(access, { ...request, locationId: IRISH })).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });

  it.each([
    ["an amount that is text", { amount: "517" }], ["an amount with a fraction", { amount: 5.17 }], ["an amount that is too large", { amount: 2 ** 60 }],
    ["tax rates that are no list", { taxRates: [] }],
  ])("for %s is unreadable, and books nothing", async (_, change) => {
    const sold = sale();
    const [payment] = sold.payments;
    const world = givenClover([{ ...sold, payments: [{ ...payment, ...change } as never] }]);
    expect(await tryDay(world)).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });

  it("never echoes the token", async () => {
    const world = givenClover();
    const { access } = await connect(world);
    world.control.uninstall(MERCHANT);
    expect(JSON.stringify(await clover.describe(access))).not.toContain(access.accessToken);
  });
});
