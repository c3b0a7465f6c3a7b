/** Payouts' entries in the exported journal: beside those of the days that they settle, under the date on which they arrived. */
import { describe, expect, it } from "vitest";
import type { JournalQuery } from "../../../src/features/reports/contract";
import { exportJournal } from "../../../src/features/reports/service";
import { date, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { must } from "../../support/people";
import { changePayout, readPayoutsOf } from "../../support/payouts";

const [SOLD, ARRIVED] = [date("2026-07-14"), date("2026-07-15")];

/** A sale by card, posted and paid out the next day. */
async function givenPaidOut() {
  const given = givenWorld();
  const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true });
  sell(given, shop.locations[0], SOLD, [{ id: "A" }]);
  await sync(given, shop, SOLD);
  await readPayoutsOf(given, shop);
  return { given, shop };
}

async function journal({ world }: GivenWorld, shop: GivenShop, query: Partial<JournalQuery> = {}): Promise<string> {
  const file = must(await exportJournal(world, shop.visit(), { from: SOLD, to: ARRIVED, format: "hledger", by: "business", ...query }));
  return await new Response(file.body).text();
}

const numbersIn = (text: string) => [...text.matchAll(/^\S+ \((DB-\S+)\)/gm)].map(([, number]) => number);

describe("a payout in the exported journal", () => {
  it("stands once, after the day that it settles, and leaves nothing in the clearing account", async () => {
    const { given, shop } = await givenPaidOut();
    const text = await journal(given, shop);
    expect(numbersIn(text)).toEqual(["DB-L00-260714-S1", "DB-L00-260715-P1"]);
    expect(text).toContain("2026-07-15 (DB-L00-260715-P1) Payout of Pier on 2026-07-15");
    expect([...text.matchAll(/^ {4}Assets:Square Clearing {2}(-?[\d.]+) USD/gm)].map(([, amount]) => Number(amount))).toEqual([4.63, -4.63]);
    expect(text).toContain("account Expenses:Merchant Fees  ; type:X");
  });

  it("is in every format, and in the range of its arrival alone", async () => {
    const { given, shop } = await givenPaidOut();
    for (const format of ["beancount", "iif", "csv"] as const) expect(await journal(given, shop, { format })).toContain("DB-L00-260715-P1");
    expect(numbersIn(await journal(given, shop, { to: SOLD }))).toEqual(["DB-L00-260714-S1"]);
    for (const by of ["business", "booked"] as const) expect(numbersIn(await journal(given, shop, { from: ARRIVED, by }))).toEqual(["DB-L00-260715-P1"]);
  });

  it("has what corrects it beside it, by the name of what it is", async () => {
    const { given, shop } = await givenPaidOut();
    changePayout(given, shop.locations[0], SOLD, { status: "FAILED" });
    await readPayoutsOf(given, shop);
    const text = await journal(given, shop);
    expect(numbersIn(text)).toEqual(["DB-L00-260714-S1", "DB-L00-260715-P1", "DB-L00-260715-P1-2"]);
    expect(text).toContain("Payout correction of Pier on 2026-07-15");
  });

  it("is of its location, and of no other shop", async () => {
    const { given, shop } = await givenPaidOut();
    const other = await givenShop(given, { startsOn: date("2026-07-01") });
    expect(numbersIn(await journal(given, shop, { location: shop.locations[0].id }))).toContain("DB-L00-260715-P1");
    expect(numbersIn(await journal(given, other))).toEqual([]);
  });

  it("is found by its date in the books where a shop has payouts and no day's entry", async () => {
    const given = givenWorld();
    const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true });
    sell(given, shop.locations[0], SOLD, [{ id: "A" }]);
    await readPayoutsOf(given, shop);
    expect(numbersIn(await journal(given, shop, { by: "booked" }))).toEqual(["DB-L00-260715-P1"]);
  });
});
