/** Drawers and gifts of cards, from the till to the books: counted late, paid beyond what was taken, and never shown to an older grant. */
import { describe, expect, it } from "vitest";
import { HOUR } from "../../../src/kernel/clock";
import { windowOf } from "../../../src/kernel/day";
import { date, dayRow, entryRows, sync } from "../../support/days";
import { drawerOf, paidOut } from "../../support/drawer";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { inBooks, LATTE_BY_CARD, mapLine, paid, ring } from "../../support/ringing";

const DAY = date("2026-07-14");
const LATTE_IN_CASH = { "Undeposited Funds": 463, "Coffee Sales": -425, "Sales Tax Payable": -38 };

async function givenPlace(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, options);
  const [place] = shop.locations;
  const { start } = windowOf(place, DAY);
  return { given, shop, place, till: given.providers.square.control, noon: start + 12 * HOUR };
}

type Where = Awaited<ReturnType<typeof givenPlace>>;

const inCash = ({ given, place }: Where) => ring(given, place, DAY, { id: "CASH", tenders: (due) => [paid("CASH", due, { type: "CASH" })] });

describe("a drawer", () => {
  it("that is counted on the next morning corrects its posted day, and read again writes nothing", async () => {
    const where = await givenPlace();
    const { given, shop, place, till } = where;
    inCash(where);
    const drawer = drawerOf(place, DAY);
    till.putDrawer(drawer);
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual(LATTE_IN_CASH);
    till.putDrawer({ ...drawer, counted: { at: given.now(), minor: till.expectedCash(drawer) - 200 } });
    await sync(given, shop, DAY, { why: "reread" });
    expect(inBooks(where, "DB-L00-260714-C2")).toEqual({ "Cash Over and Short": 200, "Undeposited Funds": -200 });
    const [row, entries] = [await dayRow(shop, DAY), await entryRows(shop, DAY)];
    given.pass(HOUR);
    await sync(given, shop, DAY, { why: "reread" });
    expect([await dayRow(shop, DAY), await entryRows(shop, DAY)]).toEqual([row, entries]);
  });

  it("from which something was paid that has no account yet holds its day, and names the line", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    inCash(where);
    till.putDrawer(drawerOf(place, DAY, { movements: [paidOut("Milk", 120, noon)] }));
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "unmapped", lines: [{ key: "paid_out:expense", label: "Paid out of the drawer" }] } });
    await mapLine(where, "paid_out:expense", "Petty Cash Expenses");
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({ ...LATTE_IN_CASH, "Undeposited Funds": 343, "Petty Cash Expenses": 120 });
  });

  it("from which cash went to the bank makes no cost of it where its line goes to the bank", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    await mapLine(where, "cash_moved", "Checking");
    inCash(where);
    till.putDrawer(drawerOf(place, DAY, { movements: [paidOut("Bank deposit", 400, noon)] }));
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({ ...LATTE_IN_CASH, "Undeposited Funds": 63, Checking: 400 });
  });

  it("and nothing else, on a day without sales, is still a day with an entry", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    till.putDrawer(drawerOf(place, DAY, { movements: [paidOut("tips of the weekend", 5_000, noon)] }));
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual({ "Tips Payable": 5_000, "Undeposited Funds": -5_000 });
  });

  it("into which change was put is said in the day's history and changes nothing in the books", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    inCash(where);
    till.putDrawer(drawerOf(place, DAY, { movements: [{ ...paidOut("coins from Zelda", 2_000, noon), type: "PAID_IN" }] }));
    await sync(given, shop, DAY);
    expect(inBooks(where)).toEqual(LATTE_IN_CASH);
    const { attempts } = await dayRow(shop, DAY);
    expect(attempts[0]?.text).toContain("20.00 USD was put into the cash drawer; it belongs to the float and is not booked");
    expect(JSON.stringify(attempts)).not.toContain("Zelda");
  });
});

describe("a till that was connected before drawers were asked for", () => {
  it("goes on posting its days, says what they lack, and has it once it is connected again", async () => {
    const where = await givenPlace();
    const { given, shop, place, till, noon } = where;
    const state = till.snapshot();
    const narrow = (scopes: readonly string[]) => scopes.filter((scope) => scope !== "CASH_DRAWER_READ" && scope !== "GIFTCARDS_READ");
    till.restore({ ...state, tokens: Object.fromEntries(Object.entries(state.tokens).map(([key, token]) => [key, { ...token, scopes: narrow(token.scopes) }])) });
    ring(given, place, DAY, { id: "A" });
    till.putDrawer(drawerOf(place, DAY, { movements: [paidOut("Tips", 300, noon)] }));
    till.putGiftCardIncrease({ id: "G", locationId: place.externalId, at: noon, minor: 1_000, gan: "7783320001234567", reason: "COMPLIMENTARY" });
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(inBooks(where)).toEqual(LATTE_BY_CARD);
    expect((await dayRow(shop, DAY)).attempts[0]?.text).toContain("Square does not show Daybook the cash drawers and the gift cards that were given away");
    const { drawers, giftCardIncreases, orders } = till.snapshot();
    till.restore({ ...state, drawers, giftCardIncreases, orders });
    await sync(given, shop, DAY, { why: "reread" });
    expect(inBooks(where)).toEqual({ ...LATTE_BY_CARD, "Tips Payable": 300, "Undeposited Funds": -300, Promotions: 1_000, "Gift Cards Outstanding": -1_000 });
  });
});
