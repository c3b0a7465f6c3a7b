import { beforeEach, describe, expect, it } from "vitest";
import { createAccountFor, currentMapping, saveMapping } from "../../../src/features/mapping/service";
import { api, read } from "../connections/browser";
import { shardOf } from "../connections/house";
import { cafeDay, dayOf, openShop, type Shop } from "./shop";

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
  await shop.readDay("2026-07-13", cafeDay());
});

async function save(accounts: Record<string, string>, version = 0) {
  return await saveMapping(shop.house.world, shop.visit, { version, accounts });
}

async function expectNothingSaved(): Promise<void> {
  expect(await currentMapping(shop.visit.db)).toEqual({ version: 0, accounts: {} });
}

describe("a change of the mapping that cannot be", () => {
  it("is refused with the reason where the entry would no longer say what happened, or the books would not take it", async () => {
    for (const [key, account, message] of [
      ["tender:card", "Coffee Sales", "Card cannot go to Coffee Sales, an income account: it is money taken, not earned a second time."],
      ["tax:T1", "Coffee Sales", "Sales tax 8.25% cannot go to Coffee Sales, an income account: it is owed to somebody, not earned."],
      ["gift_card_sold", "Sales", "Gift cards sold cannot go to Sales, an income account: it is owed to somebody, not earned."],
      ["sales:C1", "Square Clearing", "Coffee cannot go to Square Clearing, an asset account: sales are income."],
      ["tender:card", "Accounts Receivable (A/R)", "Accounts Receivable (A/R) cannot take journal entries without a customer or vendor."],
      ["sales:C1", "Retained Earnings", "Coffee cannot go to Retained Earnings, an equity account: sales are income."],
    ] as const) {
      expect(await save({ [key]: shop.accountId(account) })).toEqual({
        ok: false, failure: { kind: "invalid_input", message, fields: [{ path: `accounts.${key}`, message }] },
      });
    }
    await expectNothingSaved();
  });

  it("is refused as a whole when one line of several cannot be", async () => {
    const result = await save({ "sales:C1": shop.accountId("Coffee Sales"), "sales:C2": "999" });
    expect(result).toMatchObject({ ok: false, failure: { fields: [{ path: "accounts.sales:C2", message: "This account is not in your books." }] } });
    await expectNothingSaved();
  });

  it("is refused for a line that does not occur", async () => {
    for (const key of ["sales:NOPE", "__proto__", "constructor", "tip:x", "tender:card:other"]) {
      const accounts = JSON.parse(`{"${key}":"${shop.accountId("Tips Payable")}"}`) as Record<string, string>;
      expect(await save(accounts)).toMatchObject({ ok: false, failure: { kind: "invalid_input" } });
    }
    await expectNothingSaved();
  });

  it("is refused for an account that was made inactive", async () => {
    const { house } = shop;
    const coffee = shop.accountId("Coffee Sales");
    house.quickbooks.control.setAccountActive(house.accounts.realm, coffee, false);
    await read(await api(shop.owner, house.harbour, "POST", "/mapping/refresh"));
    expect(await save({ "sales:C1": coffee })).toMatchObject({ ok: false, failure: { message: "Coffee Sales was made inactive in your books." } });
  });

  it("is refused on top of a version that is not the latest", async () => {
    await save({ "sales:C1": shop.accountId("Coffee Sales") });
    expect(await save({ "sales:C1": shop.accountId("Food Sales") })).toMatchObject({ ok: false, failure: { kind: "conflict" } });
    expect(await save({ "sales:C1": shop.accountId("Food Sales") }, 7)).toMatchObject({ ok: false, failure: { kind: "conflict" } });
    expect((await currentMapping(shop.visit.db)).version).toBe(1);
  });

  it("lets one of two people win who save at the same time, and tells the other", async () => {
    const results = await Promise.all(["Coffee Sales", "Food Sales", "Sales", "Tea Sales"].map((name) => save({ "sales:C1": shop.accountId(name) })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results) expect(result.ok || result.failure.kind).toBe(result.ok || "conflict");
    expect((await currentMapping(shop.visit.db)).version).toBe(1);
  });

  it("is refused without books", async () => {
    const { house, owner } = shop;
    const { connections } = await read<{ connections: { id: string; role: string }[] }>(await api(owner, house.harbour, "GET", "/connections"));
    const books = connections.find(({ role }) => role === "books");
    await read(await api(owner, house.harbour, "POST", `/connections/${books?.id}/disconnect`));
    expect(await save({ "sales:C1": "1" })).toEqual({ ok: false, failure: { kind: "not_connected", role: "books" } });
    expect((await api(owner, house.harbour, "POST", "/mapping/refresh")).status).toBe(409);
    expect(await shop.view()).toMatchObject({ booksName: null, accounts: [], accountsReadAt: null });
  });
});

describe("a version", () => {
  it("is never changed or deleted, whatever a statement says", async () => {
    await save({ "sales:C1": shop.accountId("Coffee Sales") });
    const shard = shardOf(shop.house, shop.house.harbour);
    await expect(shard.prepare("UPDATE mapping SET accounts = '{}' WHERE shop_id = ?").bind(shop.house.harbour.id).run()).rejects.toThrow("append-only");
    await expect(shard.prepare("DELETE FROM mapping WHERE shop_id = ?").bind(shop.house.harbour.id).run()).rejects.toThrow("append-only");
  });
});

describe("a new account that cannot be", () => {
  it("is refused: a name that the books cannot hold, one that an unfit account has, a line that does not occur", async () => {
    const { house, visit } = shop;
    const before = house.quickbooks.control.accounts(house.accounts.realm).length;
    for (const [key, name, kind] of [
      ["tip", "Tips: paid", "invalid_input"], ["tax:T1", "Coffee Sales", "conflict"], ["sales:NOPE", "Anything", "invalid_input"],
    ] as const) {
      expect(await createAccountFor(house.world, house.env, visit, { key, name })).toMatchObject({ ok: false, failure: { kind } });
    }
    expect(house.quickbooks.control.accounts(house.accounts.realm)).toHaveLength(before);
  });

  it("is refused when the grant has ended, and the connection then says so", async () => {
    const { house, visit } = shop;
    house.quickbooks.control.revoke(house.accounts.realm);
    expect(await createAccountFor(house.world, house.env, visit, { key: "tip", name: "Tips to pay" })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed", provider: "quickbooks" } });
    const { connections } = await read<{ connections: { role: string; state: string }[] }>(await api(shop.owner, house.harbour, "GET", "/connections"));
    expect(connections.find(({ role }) => role === "books")?.state).toBe("reconnect_needed");
  });
});

describe("hostile names", () => {
  it("of categories are shown as they are and break nothing", async () => {
    const names = ["<script>alert(1)</script>", "=HYPERLINK(\"x\")", "'; DROP TABLE mapping;--", "\u202eevil", "a".repeat(5_000), "__proto__", " "];
    await shop.readDay("2026-07-14", dayOf((fold) => {
      for (const [index, name] of names.entries()) fold.category(`X'${index}`, name).gross(100);
    }));
    const { lines } = await shop.view();
    const keys = names.map((_name, index) => `sales:X'${index}`);
    for (const key of keys) expect(lines.find((line) => line.key === key)?.label.length).toBeGreaterThan(0);
    expect(lines.find(({ key }) => key === keys[0])?.label).toBe(names[0]);
    const food = shop.accountId("Food Sales");
    expect(await save(Object.fromEntries(keys.map((key) => [key, food])))).toMatchObject({ ok: true, value: { version: 1 } });
  });
});

describe("a role that may not change the mapping", () => {
  it("reads it or not, and refreshes nothing", async () => {
    const { house } = shop;
    for (const [role, readStatus] of [["viewer", 200], ["tech", 403], ["sales", 403]] as const) {
      const person = await house.someone("Vi", house.harbour, role);
      expect((await api(person, house.harbour, "GET", "/mapping")).status).toBe(readStatus);
      expect((await api(person, house.harbour, "POST", "/mapping/refresh")).status).toBe(403);
    }
  });
});
