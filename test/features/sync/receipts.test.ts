/** Days as sales receipts, for shops whose books take them. */
import { describe, expect, it } from "vitest";
import { dayView } from "../../../src/features/days/contract";
import { postingView } from "../../../src/features/sync/contract";
import { date, dayRow, entryRows, sell, sync } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { visitorOf } from "../../support/serve";

const DAY = date("2026-07-13");

async function givenReceipts() {
  const given = givenWorld();
  const shop = await givenShop(given, { mode: "automatic" });
  const owner = visitorOf(given, shop);
  expect(postingView.parse((await owner("PUT", "/posting", { method: "receipt" })).body)).toMatchObject({ method: "receipt", mode: "automatic", methods: ["journal", "receipt"] });
  sell(given, shop.locations[0], DAY, [{ id: "S1" }, { id: "S2", tipMinor: 150 }]);
  return { given, shop, owner, control: given.providers.quickbooks.control };
}

describe("a shop that posts sales receipts", () => {
  it("has its day as one receipt, read back to the cent, and a link that leads to it", async () => {
    const { given, shop, owner, control } = await givenReceipts();
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    const [entry] = await entryRows(shop, DAY);
    expect(entry).toMatchObject({ method: "receipt", kind: "sales" });
    expect(control.records(shop.merchant.realm, "SalesReceipt")).toMatchObject([{ DocNumber: entry?.documentNumber, TotalAmt: 0 }]);
    expect(control.entries(shop.merchant.realm)).toEqual([]);
    const view = dayView.parse((await owner("GET", `/days/${shop.locations[0].id}/${DAY}`)).body);
    expect(view.entries[0]?.booksUrl).toContain("/app/salesreceipt?txnId=");
  });

  it("has it once, though the answer was lost and the message came again", async () => {
    const { given, shop, control } = await givenReceipts();
    control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "/salesreceipt" });
    await sync(given, shop, DAY);
    await given.drain();
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    expect(control.records(shop.merchant.realm, "SalesReceipt")).toHaveLength(1);
  });
});

describe("a receipt that is taken back", () => {
  it("is taken back by a journal entry, tax and all: a receipt cannot hold what is negative", async () => {
    const { given, shop, owner, control } = await givenReceipts();
    const { realm } = shop.merchant;
    await sync(given, shop, DAY);
    expect((await owner("POST", `/days/${shop.locations[0].id}/${DAY}/undo`, {})).status).toBe(200);
    await given.drain();
    const [receipt, reversal, ...others] = await entryRows(shop, DAY);
    expect(others).toEqual([]);
    expect(reversal).toMatchObject({ kind: "reversal", method: "journal", reverses: 1, documentNumber: "DB-L00-260713-R2" });
    expect(receipt?.lines.some(({ key }) => key.startsWith("tax:"))).toBe(true);
    expect(reversal?.lines.map(({ key, account, side, minor }) => [key, account.id, side, minor])).toEqual(
      receipt?.lines.map(({ key, account, side, minor }) => [key, account.id, side === "debit" ? "credit" : "debit", minor]),
    );
    expect([control.records(realm, "SalesReceipt").length, control.entries(realm).map(({ DocNumber }) => DocNumber)]).toEqual([1, ["DB-L00-260713-R2"]]);
    expect(dayView.parse((await owner("GET", `/days/${shop.locations[0].id}/${DAY}`)).body)).toMatchObject({ state: "ready", canUndo: false });
  });

  it("and posted anew, where the shop reverses, is a receipt again", async () => {
    const { given, shop, owner, control } = await givenReceipts();
    const { realm } = shop.merchant;
    expect((await owner("PUT", "/posting", { corrections: "reverse" })).status).toBe(200);
    await sync(given, shop, DAY);
    // More lines than a late tip or sale usually changes.
    const lines = [["Bowl", "VAR_BOWL", 1_395], ["Chai", "VAR_CHAI", 475], ["Croissant", "VAR_CROISSANT", 395], ["House beans", "VAR_BEANS", 1_850]] as const;
    sell(given, shop.locations[0], DAY, [{ id: "LATE", tender: "CASH", tipMinor: 50, lines: lines.map(([name, variationId, unitMinor]) => ({ name, variationId, unitMinor })) }]);
    await sync(given, shop, DAY);
    expect((await entryRows(shop, DAY)).map(({ kind, method }) => [kind, method])).toEqual([["sales", "receipt"], ["reversal", "journal"], ["sales", "receipt"]]);
    expect((await dayRow(shop, DAY)).state).toBe("corrected");
    expect([control.records(realm, "SalesReceipt").length, control.entries(realm).length]).toEqual([2, 1]);
  });
});

describe("a way of posting that the books do not have", () => {
  it("is refused, and what was chosen before stays", async () => {
    const given = givenWorld();
    const shop = await givenShop(given, { mode: "approve" });
    await given.env.SHARD_0.prepare("UPDATE connection SET state = 'disconnected' WHERE shop_id = ? AND role = 'books'").bind(shop.shopId).run();
    const owner = visitorOf(given, shop);
    expect(await owner("PUT", "/posting", { method: "receipt" })).toMatchObject({ status: 400, body: { error: { fields: [{ path: "method" }] } } });
    expect(postingView.parse((await owner("GET", "/posting")).body)).toMatchObject({ method: "journal", mode: "approve", methods: ["journal"] });
  });
});
