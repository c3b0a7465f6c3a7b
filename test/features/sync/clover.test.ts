/** A shop from Clover's consent page to its books: every button is pressed as a person would, by the product's own API. */
import { describe, expect, it } from "vitest";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import { HOUR, MINUTE, systemRandom } from "../../../src/kernel/clock";
import { draftSale, TENDERS } from "../../../src/providers/clover/simulator-draft";
import { idOf } from "../../../src/providers/clover/simulator-state";
import { ofMenu } from "../../providers/clover/sales";
import { bookedByAccount, connect, DUBLIN, enter, givenKitchen, givenOpenKitchen, NEW_YORK } from "../../support/kitchen";

describe("a kitchen with Clover", () => {
  it.each([NEW_YORK, DUBLIN])("in region $region is connected by consent, and its day stands in the books to the cent", async (place) => {
    const { given, clover, visitor, api, window: { start, end }, put, post } = await givenOpenKitchen(place);
    const { locations, offers } = await visitor.call<ConnectionsView>("GET", `${api}/connections`);
    expect(offers.find(({ provider }) => provider === "clover")?.regions.map(({ id }) => id)).toEqual(["na", "eu", "la"]);
    expect(locations).toMatchObject([{ name: "Cove Kitchen", zone: place.zone, currency: place.currency, tillCutOffMinutes: place.summaryHour * 60 }]);
    for (const draft of [
      { at: start + 9 * HOUR, payments: [{ tipMinor: 100 }] },
      { at: start + 10 * HOUR, lines: [ofMenu("Burger"), ofMenu("Latte")], payments: [{ tender: TENDERS.cash }] },
      // Ordered before the day ends and paid after it: the next day's.
      { at: end - MINUTE, payments: [{ at: end + MINUTE }] },
    ]) put(draftSale({ id: `S${idOf(systemRandom, 12)}`, currency: place.currency, lines: [ofMenu("Latte")], ...draft }));

    await post();

    const booked = bookedByAccount(given);
    // By card 5.17 and a tip of 1.00; in cash 20.50, of which 1.80 is tax.
    expect(booked).toMatchObject({ "Square Clearing": 617, "Cash on Hand": 2_050, "Tips Payable": -100, "Sales Tax Payable": -(42 + 166 + 14) });
    expect(Object.values(booked).reduce((sum, minor) => sum + minor, 0)).toBe(0);
    expect(clover.control.journal().every(({ host }) => host === `api.${place.region === "eu" ? "eu." : ""}clover.com` || host.startsWith("www."))).toBe(true);
  });

  it("connects again in the region that it was in, without being asked", async () => {
    const kitchen = givenKitchen(DUBLIN);
    const api = await enter(kitchen, DUBLIN);
    await connect(kitchen, api, { provider: "clover", region: "eu" }, { merchant: kitchen.merchantId });
    kitchen.clover.control.uninstall(kitchen.merchantId);
    expect((await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId })).searchParams.get("connected")).toBe("clover");
  });

  it("is asked for a region that there is", async () => {
    const kitchen = givenKitchen(NEW_YORK);
    const api = await enter(kitchen, NEW_YORK);
    await expect(connect(kitchen, api, { provider: "clover", region: "mars" }, {})).rejects.toThrow("Clover is not to be found there.");
    await expect(connect(kitchen, api, { provider: "quickbooks", region: "na" }, {})).rejects.toThrow("is not to be found there.");
  });

  it("that comes from Clover's App Market is told to begin in Daybook, and one that says no stays as it was", async () => {
    const kitchen = givenKitchen(NEW_YORK);
    const api = await enter(kitchen, NEW_YORK);
    const ended = await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId, decision: "market" });
    expect(ended.pathname).toBe("/connect/clover/callback");
    expect((await kitchen.visitor.open(ended)).text).toContain("Begin this in Daybook");
    expect((await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId, decision: "deny" })).searchParams.get("refused")).toBe("denied");
    expect((await kitchen.visitor.call<ConnectionsView>("GET", `${api}/connections`)).connections).toEqual([]);
  });

  it("whose app lacks a permission is told so at once, and nothing is kept", async () => {
    const kitchen = givenKitchen(NEW_YORK);
    const api = await enter(kitchen, NEW_YORK);
    kitchen.clover.control.fault({ kind: "unauthorized", path: "/items" });
    expect((await connect(kitchen, api, { provider: "clover" }, { merchant: kitchen.merchantId })).searchParams.get("refused")).toBe("scopes_missing");
  });
});
