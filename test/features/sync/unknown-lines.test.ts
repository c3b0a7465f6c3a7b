/** A line that nobody mapped blocks no day where the shop says so, and finds its own account by itself once it is mapped. */
import { describe, expect, it } from "vitest";
import { mappingSaved } from "../../../src/features/mapping/contract";
import { balancesInBooks, DAY } from "../../support/corrections";
import { booked, BOWL, dayRow, entryRows, LATTE, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { visitorOf } from "../../support/serve";

const FOOD = ["sales:CAT_FOOD", "return:CAT_FOOD"];

async function givenUnknownFood(unmapped: readonly string[] = FOOD) {
  const given = givenWorld();
  const shop = await givenShop(given, { unmapped });
  sell(given, shop.locations[0], DAY, [{ id: "A", lines: [BOWL, LATTE] }]);
  expect((await visitorOf(given, shop)("PUT", "/posting", { unknownLines: "uncategorized" })).status).toBe(200);
  return { given, shop, idOf: (name: string) => accountOf(given, shop, name) };
}

function accountOf(given: GivenWorld, shop: GivenShop, name: string): string {
  return given.providers.quickbooks.control.accounts(shop.merchant.realm).find((account) => account.Name === name)?.Id ?? "";
}

async function mapUncategorized({ env }: GivenWorld, { shopId }: GivenShop, account: string): Promise<void> {
  await env.SHARD_0.prepare(`INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at)
    SELECT shop_id, 2, json_set(accounts, '$.uncategorized', json_object('id', ?2, 'name', 'Sales')), saved_by, 2 FROM mapping WHERE shop_id = ?1`).bind(shopId, account).run();
}

describe("a line without an account", () => {
  it("goes to the account of unknown lines, and the day is posted", async () => {
    const { given, shop, idOf } = await givenUnknownFood();
    await mapUncategorized(given, shop, idOf("Sales"));
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(balancesInBooks({ given, shop })).toMatchObject({ [idOf("Sales")]: -1_395, [idOf("Coffee Sales")]: -425 });
  });

  it("is moved to its own by an ordinary correction once it is mapped, and no other day is looked at", async () => {
    const { given, shop, idOf } = await givenUnknownFood();
    await mapUncategorized(given, shop, idOf("Sales"));
    await sync(given, shop, DAY);
    await given.env.SHARD_0.prepare("INSERT INTO chart (shop_id, connection_id, accounts, read_at) VALUES (?1, ?2, ?3, 1)").bind(shop.shopId, shop.booksId, JSON.stringify(
      ["Food Sales", "Tea Sales"].map((name) => ({ id: idOf(name), name, type: "Income", class: "income", currency: "USD", isActive: true, isPostable: true })),
    )).run();
    const saved = await visitorOf(given, shop)("PUT", "/mapping", { version: 2, accounts: { "sales:CAT_FOOD": idOf("Food Sales") } });
    expect(mappingSaved.parse(saved.body)).toEqual({ version: 3, retriedDays: 1 });
    await given.drain();
    expect(await entryRows(shop, DAY)).toMatchObject([{ kind: "sales" }, { kind: "correction", cause: "“Food” was mapped", totalMinor: 1_395, mappingVersion: 3 }]);
    expect(balancesInBooks({ given, shop })).toMatchObject({ [idOf("Food Sales")]: -1_395 });
    expect(balancesInBooks({ given, shop })[idOf("Sales")]).toBeUndefined();
    await sync(given, shop, DAY);
    expect(booked(given, shop)).toHaveLength(2);
  });

  it("still holds the day where it is a tender, a tax or a tip, and where no account of unknown lines is mapped", async () => {
    const held = await givenUnknownFood([...FOOD, "tip"]);
    await sync(held.given, held.shop, DAY);
    expect(await dayRow(held.shop, DAY)).toMatchObject({ state: "held", reason: { kind: "unmapped", lines: [{ key: "sales:CAT_FOOD" }] } });
    const cash = await givenUnknownFood(["tender:card"]);
    await mapUncategorized(cash.given, cash.shop, cash.idOf("Sales"));
    await sync(cash.given, cash.shop, DAY);
    expect(await dayRow(cash.shop, DAY)).toMatchObject({ state: "held", reason: { kind: "unmapped", lines: [{ key: "tender:card" }] } });
  });
});
