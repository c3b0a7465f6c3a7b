import { describe, expect, it } from "vitest";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { generateOrders } from "../../../src/providers/square/simulator-orders";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { listedSource } from "../../../src/providers/square/simulator-source";
import { drawer, moved } from "./drawers";
import { date, givenSquare, readDay, window } from "./given";

const profile = { ...cafeProfile, returnShare: 0.1, plainRefundShare: 0.1, oddTenderShare: 0.3 };
const generated = generateOrders({ seed: "private", locationId: "LA", date, window, catalogue: cafeCatalogue("USD"), volume: 300, profile });

/** Everything in the day's JSON that belongs to one sale or one person. */
function traces(value: unknown, found = new Set<string>(), field = ""): ReadonlySet<string> {
  const isTrace = ["id", "order_id", "payment_id", "transaction_id", "customer_id", "ticket_name", "cardholder_name", "fingerprint", "last_4",
    "note", "source_order_id", "tender_id", "created_at", "closed_at"].includes(field);
  if (typeof value === "string" && isTrace) found.add(value);
  if (typeof value === "object" && value !== null) for (const [name, inner] of Object.entries(value)) traces(inner, found, name);
  return found;
}

describe("the reading of a day", () => {
  it("holds no id, name, card digit, note or time of any sale", async () => {
    const needles = [...traces(generated)];
    expect(needles.length).toBeGreaterThan(1_000);
    const reading = JSON.stringify(await readDay(givenSquare(listedSource([generated]))));
    // Four digits of a card could also be four digits of a total: they are looked for as text of their own.
    const digits = (needle: string): boolean => /^\d{4}$/.test(needle);
    expect(needles.filter((needle) => reading.includes(digits(needle) ? `"${needle}"` : needle))).toEqual([]);
  });

  it("holds no word, id or time of a drawer, its events or a gift card", async () => {
    const world = givenSquare();
    const at = window.start + 20_000_017;
    world.control.putDrawer(drawer({
      id: "SECRETSHIFT", description: "Zelda's drawer", counted: { at: window.end, minor: 9_000 },
      movements: [
        moved("PAID_OUT", 700, { id: "SECRETEVENT1", at, description: "Loan to Zelda <b>=1+1</b>\u0000" }), moved("PAID_OUT", 900, { id: "SECRETEVENT2", at, description: "tips Zelda" }),
        moved("PAID_OUT", 1_100, { id: "SECRETEVENT3", at, description: "Bank, Zelda's account 8317" }), moved("PAID_IN", 500, { id: "SECRETEVENT4", at, description: "from Zelda" }),
      ],
    }));
    world.control.putGiftCardIncrease({ id: "SECRETGIFT", locationId: "LA", at, minor: 5_000, gan: "7783329999999999", reason: "COMPLIMENTARY" });
    const reading = await readDay(world);
    expect(reading.day).toMatchObject({ giftCards: { promotionalMinor: 5_000 }, paidOuts: [{ minor: 700 }, { minor: 1_100 }, { minor: 900 }], cashOverShortMinor: 9_000 - 7_800 });
    expect(JSON.stringify(reading)).not.toMatch(/SECRET|Zelda|Loan|<b>|8317|77833|20000017|T13:33/);
  });

  it("is as long for a thousand sales as for three hundred", async () => {
    const more = generateOrders({ seed: "private", locationId: "LA", date, window, catalogue: cafeCatalogue("USD"), volume: 1_000, profile });
    const [one, other] = await Promise.all([generated, more].map((day) => readDay(givenSquare(listedSource([day])))));
    expect(JSON.stringify(other).length).toBeLessThan(JSON.stringify(one).length * 1.1);
  });
});
