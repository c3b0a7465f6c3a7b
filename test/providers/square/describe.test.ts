import { describe, expect, it } from "vitest";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { connect, givenSquare, transportOf } from "./given";

describe("a merchant", () => {
  it("is known by name, with every location, shut ones included", async () => {
    const { access } = await connect(givenSquare());
    expect(await square.describe(access)).toEqual({ ok: true, value: {
      name: "Pirouette Café",
      locations: [
        { id: "LA", name: "Pirouette", zone: "America/New_York", currency: "USD", isActive: true, cutOffMinutes: null },
        { id: "LB", name: "Closed kiosk", zone: "America/Chicago", currency: "USD", isActive: false, cutOffMinutes: null },
      ],
    } });
  });

  it("sees nothing of another merchant", async () => {
    const { access } = await connect(givenSquare(), "MERCHANT_C");
    expect(await square.describe(access)).toMatchObject({ ok: true, value: { name: "Other <Shop> & Co", locations: [{ id: "LC" }] } });
  });

  it.each([
    ["without a time zone", { id: "L", currency: "USD" }],
    ["in a time zone that nobody knows", { id: "L", currency: "USD", timezone: "Mars/Olympus" }],
    ["without a currency", { id: "L", timezone: "Europe/Berlin" }],
    ["without an id", { currency: "EUR", timezone: "Europe/Berlin" }],
    ["that is no object", "L"],
  ])("with a location %s is not described by halves", async (_, location) => {
    const world = givenSquare();
    const { access } = await connect(world);
    const send = createSend(async (request) =>
      request.url.endsWith("/v2/locations") ? Response.json({ locations: [location] }) : await transportOf(world.app)(request), square.manifest);
    expect(await square.describe({ ...access, send })).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });

  it.each([["/v2/merchants/me"], ["/v2/locations"]])("is not described while %s is down", async (path) => {
    const world = givenSquare();
    const { access } = await connect(world);
    world.control.fault({ kind: "unavailable", path });
    expect(await square.describe(access)).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
  });
});
