import { beforeEach, describe, expect, it } from "vitest";
import type { EffectView } from "../../../src/features/mapping/contract";
import { currentMapping, saveMapping } from "../../../src/features/mapping/service";
import { api, read } from "./given";
import { cafeDay, dayOf, openShop, type Shop } from "./shop";

const PLACES: Record<string, string> = {
  "sales:C1": "Coffee Sales", "sales:C2": "Food Sales", "tender:card": "Square Clearing", "tender:cash": "Cash on Hand",
  gift_card_sold: "Gift Cards Outstanding", "tax:T1": "Sales Tax Payable", tip: "Tips Payable",
};

let shop: Shop;
const effect = async (change: object) => await api(shop.owner, shop.house.harbour, "POST", "/mapping/effect", change);

beforeEach(async () => {
  shop = await openShop();
});

async function mapAll(without: readonly string[] = []): Promise<void> {
  const accounts = Object.fromEntries(Object.entries(PLACES).filter(([key]) => !without.includes(key)).map(([key, name]) => [key, shop.accountId(name)]));
  expect(await saveMapping(shop.house.world, shop.visit, { version: 0, accounts })).toMatchObject({ ok: true });
}

describe("the effect of a change, before it is saved", () => {
  it("is what the entries of the last seven read days would change by, to the cent, and saves nothing", async () => {
    for (let day = 1; day <= 9; day += 1) await shop.readDay(`2026-07-0${day}`, cafeDay(day * 100));
    await mapAll();
    const sales = (3 + 4 + 5 + 6 + 7 + 8 + 9) * 100;
    expect(await read<EffectView>(await effect({ version: 1, accounts: { "sales:C1": shop.accountId("Sales") } }))).toEqual({
      currency: "USD", from: "2026-07-03", to: "2026-07-09", dayCount: 7, unlockedDays: 0, stillWaitingDays: 0,
      rows: [
        { account: "Coffee Sales", tags: [], before: { debitMinor: 0, creditMinor: sales }, after: { debitMinor: 0, creditMinor: 0 } },
        { account: "Sales", tags: [], before: { debitMinor: 0, creditMinor: 0 }, after: { debitMinor: 0, creditMinor: sales } },
      ],
    });
    expect((await currentMapping(shop.visit.db)).version).toBe(1);
  });

  it("counts the days that it lets through, and those that still wait", async () => {
    await shop.readDay("2026-07-01", cafeDay());
    await shop.readDay("2026-07-02", dayOf((fold) => {
      fold.category("C1", "Coffee").gross(100);
      fold.category("C9", "Honey").gross(50);
      fold.tender("card", "", "").in(150);
    }));
    await mapAll(["sales:C1"]);
    const view = await read<EffectView>(await effect({ version: 1, accounts: { "sales:C1": shop.accountId("Coffee Sales") } }));
    expect(view).toMatchObject({ dayCount: 2, unlockedDays: 1, stillWaitingDays: 1 });
    expect(view.rows.find(({ account }) => account === "Coffee Sales")?.after.creditMinor).toBe(10_000);
  });

  it("shows tags apart, as the books will", async () => {
    const { house } = shop;
    house.quickbooks.control.setCompany(house.accounts.realm, { tracksClasses: true, classes: [{ Id: "1", Name: "Bar", Active: true }] });
    await shop.readDay("2026-07-01", cafeDay());
    await read(await api(shop.owner, house.harbour, "POST", "/mapping/refresh"));
    await mapAll();
    const { rows } = await read<EffectView>(await effect({ version: 1, tags: { lines: { "sales:C1": { class: "1" } } } }));
    expect(rows.map(({ account, tags, before, after }) => [account, tags, before.creditMinor, after.creditMinor])).toEqual([
      ["Coffee Sales", [], 10_000, 0], ["Coffee Sales", ["Bar"], 0, 10_000],
    ]);
  });

  it("leaves out days on which nothing was sold", async () => {
    await shop.readDay("2026-07-01", cafeDay());
    await shop.readDay("2026-07-02", dayOf(() => undefined));
    const view = await read<EffectView>(await effect({ version: 0, accounts: { tip: shop.accountId("Tips Payable") } }));
    expect(view).toMatchObject({ from: "2026-07-01", to: "2026-07-01", dayCount: 1, stillWaitingDays: 1, rows: [] });
  });

  it("is refused as saving would be, and to who may not change the mapping", async () => {
    await shop.readDay("2026-07-01", cafeDay());
    expect((await effect({ version: 3, accounts: { tip: shop.accountId("Tips Payable") } })).status).toBe(409);
    expect((await effect({ version: 0, accounts: { tip: "999" } })).status).toBe(400);
    expect((await effect({ version: 0 })).status).toBe(400);
    const viewer = await shop.house.someone("Vi", shop.house.harbour, "viewer");
    expect((await api(viewer, shop.house.harbour, "POST", "/mapping/effect", { version: 0, accounts: { tip: "1" } })).status).toBe(403);
  });
});
