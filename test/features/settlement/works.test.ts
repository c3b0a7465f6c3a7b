/** From a till's payouts to second entries in the books, each once, and the clearing account back to what is on its way. */
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import { booked, date, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type ShopOptions } from "../../support/given";
import { changePayout, onlyPayout, payoutEntryRows, payoutRows, readPayoutsOf, refundCard } from "../../support/payouts";
import { visitorOf } from "../../support/serve";

const DAY_BEFORE = date("2026-07-14");

/** A shop whose card sale of 425 + 38 tax on the 14th was paid out on the 15th: fee 22, net 441. */
async function givenPaidOut(options: ShopOptions = {}) {
  const given = givenWorld();
  const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true, ...options });
  sell(given, shop.locations[0], DAY_BEFORE, [{ id: "S1" }]);
  return { given, shop };
}

const linesOf = (lines: readonly { readonly account: { readonly name: string }; readonly side: string; readonly minor: number }[]) => (
  lines.map(({ account, side, minor }) => [account.name, side, minor])
);

describe("a payout", () => {
  it("is posted once under the bank's date: net to the bank, fees apart, card clearing credited", async () => {
    const { given, shop } = await givenPaidOut();
    await readPayoutsOf(given, shop);
    const payout = await onlyPayout(shop);
    expect(payout).toMatchObject({ state: "posted", arrivalDate: "2026-07-15", revision: 1, pending: null, leaseToken: null });
    const [entry, ...others] = await payoutEntryRows(shop, payout.id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ documentNumber: "DB-L00-260715-P1", bookedOn: "2026-07-15", kind: "payout", postedBy: "daybook" });
    expect(linesOf(entry?.lines ?? [])).toEqual([["Checking", "debit", 441], ["Merchant Fees", "debit", 22], ["Square Clearing", "credit", 463]]);
    expect(booked(given, shop)).toEqual([{ id: entry?.externalId, number: "DB-L00-260715-P1", date: "2026-07-15" }]);
  });

  it("read again, by one message or by many at once, changes nothing and asks for no parts", async () => {
    const { given, shop } = await givenPaidOut();
    await readPayoutsOf(given, shop);
    const before = await onlyPayout(shop);
    const calls = () => given.providers.square.control.journal().filter(({ path }) => path.endsWith("/payout-entries")).length;
    const asked = calls();
    await Promise.all([readPayoutsOf(given, shop), readPayoutsOf(given, shop)]);
    expect([await onlyPayout(shop), calls(), booked(given, shop).length]).toEqual([before, asked, 1]);
  });

  it("comes with the night, after the days, and the planner that fires twice posts it once", async () => {
    const { given, shop } = await givenPaidOut({ startsOn: DAY_BEFORE });
    await given.jobs.scheduled(given.env);
    await given.jobs.scheduled(given.env);
    await given.drain();
    expect(booked(given, shop).map(({ number }) => number)).toEqual(["DB-L00-260714-S1", "DB-L00-260715-P1"]);
  });

  it("of several on one date has its own number", async () => {
    const given = givenWorld({ now: Date.UTC(2026, 6, 13, 13) });
    const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true });
    for (const on of ["2026-07-10", "2026-07-11", "2026-07-12"]) sell(given, shop.locations[0], date(on), [{ id: on }]);
    await readPayoutsOf(given, shop);
    expect(booked(given, shop).map(({ number }) => number).toSorted()).toEqual(["DB-L00-260713-P1", "DB-L00-260713-P2", "DB-L00-260713-P3"]);
  });

  it("that takes money from the bank credits it", async () => {
    const { given, shop } = await givenPaidOut();
    refundCard(given, shop.locations[0], DAY_BEFORE, { id: "BACK", minor: 5_000 });
    await readPayoutsOf(given, shop);
    const [entry] = await payoutEntryRows(shop, (await onlyPayout(shop)).id);
    expect(linesOf(entry?.lines ?? [])).toEqual([["Merchant Fees", "debit", 22], ["Square Clearing", "debit", 4_537], ["Checking", "credit", 4_559]]);
  });

  it("that is still on its way to the bank waits for its date", async () => {
    const given = givenWorld({ now: Date.UTC(2026, 6, 12, 13) });
    const shop = await givenShop(given, { startsOn: date("2026-07-01"), payouts: true });
    sell(given, shop.locations[0], date("2026-07-10"), [{ id: "FRIDAY" }]);
    await readPayoutsOf(given, shop);
    expect(await onlyPayout(shop)).toMatchObject({ state: "ready", arrivalDate: "2026-07-13" });
    given.pass(DAY);
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).state).toBe("posted");
  });

  it("that the bank sends back is corrected by a difference, and what it brought comes in a later one", async () => {
    const { given, shop } = await givenPaidOut();
    const [place] = shop.locations;
    await readPayoutsOf(given, shop);
    changePayout(given, place, DAY_BEFORE, { status: "FAILED" });
    sell(given, place, date("2026-07-15"), [{ id: "S2" }]);
    changePayout(given, place, date("2026-07-15"), { extra: [{ type: "RETURNED_PAYOUT", grossMinor: 441 }] });
    given.pass(DAY);
    await readPayoutsOf(given, shop);
    const [failed, next] = await payoutRows(shop);
    if (failed === undefined || next === undefined) throw new Error("there are two payouts");
    const entries = await payoutEntryRows(shop, failed.id);
    expect(entries.map(({ documentNumber, kind, cause }) => [documentNumber, kind, cause])).toEqual([
      ["DB-L00-260715-P1", "payout", ""], ["DB-L00-260715-P1-2", "correction", "The bank sent the payout back"],
    ]);
    expect(linesOf(entries[1]?.lines ?? [])).toEqual([["Square Clearing", "debit", 441], ["Checking", "credit", 441]]);
    const [later] = await payoutEntryRows(shop, next.id);
    expect(linesOf(later?.lines ?? [])).toEqual([["Checking", "debit", 882], ["Merchant Fees", "debit", 22], ["Square Clearing", "credit", 904]]);
    expect(booked(given, shop)).toHaveLength(3);
  });
});

describe("a shop that approves", () => {
  it("posts a payout as it was seen, once however often the button is pressed", async () => {
    const { given, shop } = await givenPaidOut({ mode: "approve" });
    await readPayoutsOf(given, shop);
    const owner = visitorOf(given, shop);
    const payout = await onlyPayout(shop);
    expect(payout.state).toBe("ready");
    const view = (await owner("GET", `/payouts/${payout.id}`)).body as { proposal: { fingerprint: string; bookedOn: string } };
    expect(view.proposal.bookedOn).toBe("2026-07-15");
    const press = () => owner("POST", `/payouts/${payout.id}/post`, { fingerprint: view.proposal.fingerprint });
    expect((await Promise.all([press(), press()])).map(({ status }) => status)).toEqual([200, 200]);
    await given.drain();
    expect((await onlyPayout(shop)).state).toBe("posted");
    expect(booked(given, shop)).toHaveLength(1);
    expect((await press()).status).toBe(409);
  });

  it("sees what it consists of, what it settles, and that it ties", async () => {
    const { given, shop } = await givenPaidOut();
    await readPayoutsOf(given, shop);
    const { id } = await onlyPayout(shop);
    const { body } = await visitorOf(given, shop, "viewer")("GET", `/payouts/${id}`);
    expect(body).toMatchObject({
      row: { grossMinor: 463, keptMinor: 22, netMinor: 441, ties: true, state: "posted" }, processorName: "Square",
      parts: [{ label: "Card sales settled", minor: 463 }, { label: "Square fees", minor: -22 }],
      settles: [{ date: "2026-07-14", minor: 463 }], proposal: null, explanation: null, entries: [{ documentNumber: "DB-L00-260715-P1" }],
    });
    const list = await visitorOf(given, shop, "viewer")("GET", "/payouts?from=2026-07-01&to=2026-07-31");
    expect(list.body).toMatchObject({ toldBy: "Square", mode: "automatic", payouts: [{ id, ties: true }], needsWork: [] });
  });
});

describe("a shop that has not said where payouts go", () => {
  it("keeps them unposted without holding anything up, finds their lines to map, and posts them once they are mapped", async () => {
    const { given, shop } = await givenPaidOut({ payouts: false });
    await sync(given, shop, DAY_BEFORE);
    await readPayoutsOf(given, shop);
    const payout = await onlyPayout(shop);
    expect(payout).toMatchObject({ state: "ready", reason: null });
    const owner = visitorOf(given, shop);
    const view = (await owner("GET", `/payouts/${payout.id}`)).body as { explanation: { title: string } };
    expect(view.explanation.title).toBe("Payouts are not posted yet");
    const accounts = new Map(given.providers.quickbooks.control.accounts(shop.merchant.realm).map(({ Name, Id }) => [Name, Id]));
    await given.env.SHARD_0.prepare("INSERT INTO chart (shop_id, connection_id, accounts, read_at) VALUES (?1, ?2, ?3, 1)").bind(shop.shopId, shop.booksId, JSON.stringify(
      [...accounts].map(([name, id]) => ({ id, name, type: "x", class: name === "Checking" ? "asset" : "expense", currency: "USD", isActive: true, isPostable: true })),
    )).run();
    const saved = await owner("PUT", "/mapping", { version: 1, accounts: { "payout:bank": accounts.get("Checking"), "fee:square": accounts.get("Merchant Fees") } });
    expect(saved.status).toBe(200);
    await readPayoutsOf(given, shop);
    expect((await onlyPayout(shop)).state).toBe("posted");
  });
});
