import { beforeEach, describe, expect, it } from "vitest";
import type { MappingLine, MappingView } from "../../../src/features/mapping/contract";
import { createAccountFor, currentMapping, saveMapping } from "../../../src/features/mapping/service";
import { api, read } from "../connections/browser";
import { shardOf } from "../connections/house";
import { cafeDay, dayOf, openShop, type Shop } from "./shop";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
});

async function line(key: string): Promise<MappingLine> {
  const found = (await shop.view()).lines.find((one) => one.key === key);
  if (found === undefined) throw new Error(`there is no line ${key}`);
  return found;
}

describe("the mapping page", () => {
  it("shows the lines that occur, in a shopkeeper's words, with the accounts to choose from", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    const view = await shop.view();
    expect(view).toMatchObject({ version: 0, savedBy: null, currency: "USD", booksName: "Harbour Coffee LLC" });
    expect(view.lines.map(({ key, label, group }) => [group, key, label])).toEqual([
      ["sales", "sales:C1", "Coffee"],
      ["sales", "sales:C2", "Food"],
      ["sales", "return:C2", "Returns, Food"],
      ["tenders", "tender:card", "Card"],
      ["tenders", "tender:cash", "Cash"],
      ["tenders", "gift_card_redeemed", "Gift cards redeemed"],
      ["tax_and_tips", "tax:T1", "Sales tax 8.25%"],
      ["tax_and_tips", "tip", "Tips"],
      ["other", "gift_card_sold", "Gift cards sold"],
      ["other", "uncategorized", "Uncategorized sales"],
    ]);
    expect(view.lines.filter(({ isNeeded }) => !isNeeded).map(({ key }) => key)).toEqual(["uncategorized"]);
    expect((await line("gift_card_sold")).about).toBe("Not income: a liability until the card is used.");
    expect(view.accounts.find(({ name }) => name === "Tips Payable")).toMatchObject({ class: "liability", isPostable: true });
  });

  it("suggests accounts with the reason, and none where it would be a guess", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    expect((await line("sales:C1")).suggestion).toMatchObject({ account: { name: "Coffee Sales" }, reason: "its name matches" });
    expect((await line("gift_card_sold")).suggestion?.account.name).toBe("Gift Cards Outstanding");
    expect((await line("tip")).suggestion?.account.name).toBe("Tips Payable");
    for (const { suggestion } of (await shop.view()).lines) expect(suggestion?.account.name ?? "").not.toMatch(/A\/R|A\/P/);
  });

  it("adds up the last seven days on which a line occurred, all locations together, and takes back what was reversed", async () => {
    for (let day = 1; day <= 9; day += 1) await shop.readDay(`2026-07-0${day}`, cafeDay(day * 100));
    await shop.readDay("2026-06-01", dayOf((fold) => {
      fold.category("C9", "Honey").gross(700);
      fold.tip.out(100);
      fold.tender("cash", "", "").in(600);
    }));
    expect((await line("sales:C1")).recentMinor).toBe(300 + 400 + 500 + 600 + 700 + 800 + 900);
    expect((await line("sales:C9")).recentMinor).toBe(700);
    expect((await line("return:C2")).recentMinor).toBe(3_500);
    expect((await line("tender:cash")).recentMinor).toBe(7 * 5_100);
  });

  it("keeps a category's key under its latest name", async () => {
    await shop.readDay("2026-07-12", dayOf((fold) => fold.category("C1", "Coffee").gross(100)));
    await shop.readDay("2026-07-13", dayOf((fold) => fold.category("C1", "Espresso bar").gross(100)));
    expect(await line("sales:C1")).toMatchObject({ label: "Espresso bar", recentMinor: 200 });
  });

  it("shows lines of an old day that waits for the mapping", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    await shop.readDay("2025-01-01", dayOf((fold) => fold.category("OLD", "Fondue").gross(100)), { kind: "unmapped", lines: [] });
    await shop.readDay("2025-01-02", dayOf((fold) => fold.category("OLDER", "Raclette").gross(100)));
    const keys = (await shop.view()).lines.map(({ key }) => key);
    expect(keys).toContain("sales:OLD");
    expect(keys).not.toContain("sales:OLDER");
  });
});

describe("saving the mapping", () => {
  it("adds a version with who and when, keeps what was chosen before, and writes it to the audit log", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    const { house, visit } = shop;
    const coffee = shop.accountId("Coffee Sales");
    const first = await saveMapping(house.world, visit, { version: 0, accounts: { "sales:C1": coffee } });
    expect(first).toMatchObject({ ok: true, value: { version: 1, accounts: { "sales:C1": { id: coffee, name: "Coffee Sales" } } } });
    await saveMapping(house.world, visit, { version: 1, accounts: { "tender:cash": shop.accountId("Cash on Hand"), tip: shop.accountId("Tips Payable") } });
    expect(await currentMapping(visit.db)).toEqual({
      version: 2,
      accounts: {
        "sales:C1": { id: coffee, name: "Coffee Sales" }, "tender:cash": { id: shop.accountId("Cash on Hand"), name: "Cash on Hand" },
        tip: { id: shop.accountId("Tips Payable"), name: "Tips Payable" },
      },
    });
    expect(await shop.view()).toMatchObject({ version: 2, savedBy: "Ada", savedAt: house.world.clock() });
    const { results } = await shardOf(house, house.harbour).prepare("SELECT actor, subject, after FROM audit WHERE shop_id = ? AND action = 'mapping.saved' ORDER BY seq").bind(house.harbour.id).all();
    expect(results).toEqual([
      { actor: `person:${shop.owner.person.id}`, subject: "mapping:1", after: `{"lines":{"sales:C1":"${coffee}"}}` },
      { actor: `person:${shop.owner.person.id}`, subject: "mapping:2", after: expect.stringContaining("tender:cash") },
    ]);
  });

  it("adds no version when nothing changes", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    const change = { accounts: { "sales:C1": shop.accountId("Coffee Sales") } };
    await saveMapping(shop.house.world, shop.visit, { version: 0, ...change });
    expect(await saveMapping(shop.house.world, shop.visit, { version: 1, ...change })).toMatchObject({ ok: true, value: { version: 1 } });
  });

  it("lets returns go where their sales go", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    await saveMapping(shop.house.world, shop.visit, { version: 0, accounts: { "sales:C2": shop.accountId("Food Sales") } });
    expect((await line("return:C2")).account).toEqual({ id: shop.accountId("Food Sales"), name: "Food Sales" });
  });
});

describe("accounts that change in the books", () => {
  it("are shown by their name of now, and with a sentence when they can no longer be posted to", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    const { house } = shop;
    await saveMapping(house.world, shop.visit, { version: 0, accounts: { "sales:C1": shop.accountId("Coffee Sales") } });
    expect((await line("sales:C1")).problem).toBeNull();
    house.quickbooks.control.setAccountActive(house.accounts.realm, shop.accountId("Coffee Sales"), false);
    const fresh = await read<MappingView>(await api(shop.owner, house.harbour, "POST", "/mapping/refresh"));
    expect(fresh.lines.find(({ key }) => key === "sales:C1")).toMatchObject({
      account: { name: "Coffee Sales" }, problem: "Coffee Sales was made inactive in your books.", suggestion: expect.anything() as unknown,
    });
  });
});

describe("creating an account for a line", () => {
  it("makes one of the right kind in the books, once however often it is asked for, and it can be chosen", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    const { house, visit } = shop;
    const wish = { key: "gift_card_sold", name: "Gift cards to honour" };
    const created = await createAccountFor(house.world, house.env, visit, wish);
    if (!created.ok) throw new Error(JSON.stringify(created.failure));
    expect(created.value).toMatchObject({ name: "Gift cards to honour", type: "Other Current Liability", class: "liability", currency: "USD", isActive: true });
    expect(await createAccountFor(house.world, house.env, visit, { ...wish, name: "gift cards to HONOUR" })).toEqual(created);
    expect(house.quickbooks.control.accounts(house.accounts.realm).filter(({ Name }) => Name === wish.name)).toHaveLength(1);
    expect(await saveMapping(house.world, visit, { version: 0, accounts: { gift_card_sold: created.value.id } })).toMatchObject({ ok: true });
  });

  it("finds the account when the answer to its creation was lost", async () => {
    await shop.readDay("2026-07-13", cafeDay());
    const { house, visit } = shop;
    house.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "/account" });
    const created = await createAccountFor(house.world, house.env, visit, { key: "tender:card", name: "Cards on the way" });
    expect(created).toMatchObject({ ok: true, value: { name: "Cards on the way", class: "asset" } });
  });
});
