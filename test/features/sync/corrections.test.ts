/** A posted day that changes at the till: what is missing is posted once, what stands is never touched. */
import { describe, expect, it } from "vitest";
import { HOUR } from "../../../src/kernel/clock";
import { sum } from "../../../src/kernel/money";
import { balancesInBooks, DAY, entriesInBooks, givenPostedDay, LARGE } from "../../support/corrections";
import { booked, BOWL, dayRow, entryRows, LATTE, orderOf, sell, sync, syncMessage } from "../../support/days";
import { givenShop, givenWorld } from "../../support/given";
import { visitorOf } from "../../support/serve";

describe("a late sale", () => {
  it("is posted as the difference, with its cause, and the day ties again", async () => {
    const { given, shop, late, view } = await givenPostedDay();
    late("C");
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "corrected", revision: 2, pending: null, totals: { orderCount: 3 } });
    expect(await entryRows(shop, DAY)).toMatchObject([
      { kind: "sales", documentNumber: "DB-L00-260714-S1" },
      { kind: "correction", documentNumber: "DB-L00-260714-C2", bookedOn: DAY, totalMinor: 463, cause: "1 later sale, 4.63 more by card" },
    ]);
    const seen = await view();
    expect(seen).toMatchObject({ state: "corrected", isFinal: false, proposal: null, explanation: null });
    expect(seen.tieOut.booksMinor).toBe(seen.tieOut.tillMinor);
    expect(seen.entries[1]).toMatchObject({ kind: "correction", bookedOn: DAY, reverses: null });
  });

  it("and every one after it ends at what the till says, and a reading without a change posts nothing", async () => {
    const { given, shop, late, till } = await givenPostedDay();
    const before = balancesInBooks({ given, shop });
    for (const id of ["C", "D"]) {
      late(id);
      await sync(given, shop, DAY);
      await sync(given, shop, DAY);
    }
    till.removeOrder("C");
    till.removeOrder("D");
    await sync(given, shop, DAY);
    expect(booked(given, shop).map(({ number }) => number.slice(14))).toEqual(["S1", "C2", "C3", "C4"]);
    expect(balancesInBooks({ given, shop })).toEqual(before);
    expect((await entryRows(shop, DAY)).at(-1)?.cause).toBe("2 sales less, 9.26 less by card");
  });

  it("with a voided cash order is worked example D: more by card, less in cash", async () => {
    const { given, shop, late, till } = await givenPostedDay();
    late("C", [BOWL]);
    till.removeOrder("B");
    await sync(given, shop, DAY);
    const [, correction] = await entryRows(shop, DAY);
    expect(correction).toMatchObject({ kind: "correction", cause: "15.19 more by card, 19.82 less in cash" });
    expect(correction?.lines.map(({ key, side }) => `${key} ${side}`)).toEqual([
      "tender:card debit", "sales:CAT_COFFEE debit", "tax:TAX_CITY debit", "tender:cash credit",
    ]);
  });

  it("leaves a day without any sales with a correction that takes everything back", async () => {
    const { given, shop, till, view } = await givenPostedDay();
    till.removeOrder("A");
    till.removeOrder("B");
    await sync(given, shop, DAY);
    expect(balancesInBooks({ given, shop })).toEqual({});
    expect(await view()).toMatchObject({ state: "corrected", tieOut: { tillMinor: 0, booksMinor: 0 } });
    till.putOrder(orderOf(shop.locations[0], DAY, { id: "C" }));
    await sync(given, shop, DAY);
    expect((await entryRows(shop, DAY)).map(({ kind }) => kind)).toEqual(["sales", "correction", "sales"]);
  });

  it("goes to the accounts of what was posted, though the mapping is another by now; a new line goes where it says now", async () => {
    const { given, shop, late } = await givenPostedDay();
    const accounts = given.providers.quickbooks.control.accounts(shop.merchant.realm);
    const id = (name: string) => accounts.find((account) => account.Name === name)?.Id ?? "";
    await given.env.SHARD_0.prepare(`INSERT INTO mapping (shop_id, version, accounts, saved_by, saved_at)
      SELECT shop_id, 2, json_set(accounts, '$."sales:CAT_COFFEE".id', ?2, '$."sales:CAT_TEA".id', ?2), saved_by, 2 FROM mapping WHERE shop_id = ?1`).bind(shop.shopId, id("Sales")).run();
    await sync(given, shop, DAY);
    expect(booked(given, shop)).toHaveLength(1);
    late("C", [LATTE, { name: "Green tea", variationId: "VAR_TEA", unitMinor: 350 }]);
    await sync(given, shop, DAY);
    const [, correction] = await entryRows(shop, DAY);
    expect(Object.fromEntries(correction?.lines.map(({ key, account }) => [key, account.id]) ?? [])).toMatchObject({ "sales:CAT_COFFEE": id("Coffee Sales") });
    expect(correction?.mappingVersion).toBe(2);
  });
});

describe("a correction that a person approves", () => {
  it("is proposed with its cause, posted as it was seen, and its number is found after a lost answer", async () => {
    const { given, shop, owner, path, view, late, books } = await givenPostedDay({ rule: { mode: "approve" } });
    late("C");
    await sync(given, shop, DAY);
    const seen = await view();
    expect(seen).toMatchObject({ state: "changed", proposal: { totalMinor: 463, kind: "correction", bookedOn: DAY, cause: "4.63 more by card", replaces: false } });
    expect(seen.explanation?.fixes.map(({ act }) => act)).toEqual(["post", "read_again", "open_books", "undo"]);
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    expect(await owner("POST", `${path}/post`, { fingerprint: seen.proposal?.fingerprint })).toMatchObject({ status: 200 });
    await given.drain();
    expect(await view()).toMatchObject({ state: "corrected", entries: [{ kind: "sales" }, { kind: "correction", postedBy: "Ada Owner" }] });
    expect(booked(given, shop)).toHaveLength(2);
    expect(await owner("POST", `${path}/post`, { fingerprint: seen.proposal?.fingerprint })).toMatchObject({ status: 409 });
  });

  it("is only shown where the shop previews", async () => {
    const { given, shop, late, view } = await givenPostedDay({ rule: { mode: "preview" } });
    late("C");
    await sync(given, shop, DAY);
    expect(await view()).toMatchObject({ state: "changed", proposal: { cause: "4.63 more by card" } });
    expect(booked(given, shop)).toHaveLength(1);
  });
});

describe("the style of corrections", () => {
  it("takes a large change back whole and posts anew, cross-referenced, where the shop wants that", async () => {
    const { given, shop, late, view } = await givenPostedDay({ rule: { corrections: "reverse" } });
    late("C", LARGE);
    await sync(given, shop, DAY);
    expect(await entryRows(shop, DAY)).toMatchObject([
      { kind: "sales", documentNumber: "DB-L00-260714-S1" },
      { kind: "reversal", documentNumber: "DB-L00-260714-R2", reverses: 1, bookedOn: DAY, cause: expect.stringContaining("Takes back DB-L00-260714-S1: 1 later sale") },
      { kind: "sales", documentNumber: "DB-L00-260714-S3", bookedOn: DAY, cause: expect.stringContaining("1 later sale") },
    ]);
    const seen = await view();
    expect(seen.state).toBe("corrected");
    expect(seen.tieOut.booksMinor).toBe(seen.tieOut.tillMinor);
  });

  it("still posts one late sale as a difference, and takes back both when a large change follows", async () => {
    const { given, shop, late } = await givenPostedDay({ rule: { corrections: "reverse" } });
    late("C");
    await sync(given, shop, DAY);
    late("D", LARGE);
    await sync(given, shop, DAY);
    expect(booked(given, shop).map(({ number }) => number.slice(14))).toEqual(["S1", "C2", "R3", "R4", "S5"]);
    expect((await entryRows(shop, DAY)).map(({ reverses }) => reverses)).toEqual([null, null, 1, 2, null]);
  });

  it("writes down what is smaller than the shop wants corrected, and posts it with the next change", async () => {
    const { given, shop, late } = await givenPostedDay({ rule: { leastCorrectionMinor: 500 } });
    late("C");
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", totals: { orderCount: 3 } });
    expect((await dayRow(shop, DAY)).attempts.at(-1)?.text).toContain("smaller than the shop wants corrected");
    late("D");
    await sync(given, shop, DAY);
    expect(await entryRows(shop, DAY)).toMatchObject([{ kind: "sales" }, { kind: "correction", totalMinor: 926 }]);
  });
});

describe("undo", () => {
  it("takes back every entry by its own reversal, and nothing is posted again until a person posts it", async () => {
    const { given, shop, owner, path, view, late } = await givenPostedDay();
    late("C");
    await sync(given, shop, DAY);
    expect((await view()).canUndo).toBe(true);
    expect(await owner("POST", `${path}/undo`)).toMatchObject({ status: 200 });
    await given.drain();
    expect(balancesInBooks({ given, shop })).toEqual({});
    expect((await entryRows(shop, DAY)).map(({ kind, reverses }) => [kind, reverses])).toEqual([["sales", null], ["correction", null], ["reversal", 1], ["reversal", 2]]);
    await sync(given, shop, DAY);
    await sync(given, shop, DAY, { post: "yes" });
    const undone = await view();
    expect(undone).toMatchObject({ state: "ready", canUndo: false, explanation: { title: "What was posted for this day was taken back" }, tieOut: { booksMinor: null } });
    expect(undone.tieOut.entryMinor).toBe(undone.tieOut.tillMinor);
    expect(booked(given, shop)).toHaveLength(4);
    expect(await owner("POST", `${path}/undo`)).toMatchObject({ status: 200 });
    await owner("POST", `${path}/post`, { fingerprint: undone.proposal?.fingerprint });
    await given.drain();
    const again = await view();
    expect(again).toMatchObject({ state: "posted", canUndo: true });
    expect(again.tieOut.booksMinor).toBe(again.tieOut.tillMinor);
    late("D");
    await sync(given, shop, DAY);
    expect((await entryRows(shop, DAY)).at(-1)).toMatchObject({ kind: "correction" });
  });

  it("is refused where nothing stands, while an entry is on its way, and to whoever may not post", async () => {
    const given = givenWorld();
    const shop = await givenShop(given, { mode: "approve" });
    sell(given, shop.locations[0], DAY, [{ id: "A" }]);
    await sync(given, shop, DAY);
    const path = `/days/${shop.locations[0].id}/${DAY}`;
    expect(await visitorOf(given, shop)("POST", `${path}/undo`)).toMatchObject({ status: 409 });
    expect(await visitorOf(given, shop, "tech")("POST", `${path}/undo`)).toMatchObject({ status: 403 });
    given.providers.quickbooks.control.misbehave({ misbehaviour: { kind: "lost" }, method: "POST", path: "journalentry" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY, { post: "yes" })]);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect(await visitorOf(given, shop)("POST", `${path}/undo`)).toMatchObject({ status: 409, body: { error: { kind: "conflict" } } });
  });
});

describe("a day is provisional", () => {
  it("until the first unchanged reading after the till has settled, and a later change is found all the same", async () => {
    const { given, shop, late, view } = await givenPostedDay();
    const seen = await view();
    expect(seen.provisionalUntil).toBe(seen.window.end + 72 * HOUR);
    given.pass(seen.window.end + 71 * HOUR - given.now());
    await sync(given, shop, DAY, { why: "reread" });
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    late("C");
    given.pass(2 * HOUR);
    await sync(given, shop, DAY, { why: "reread" });
    expect((await dayRow(shop, DAY)).state).toBe("corrected");
    await sync(given, shop, DAY, { why: "reread" });
    expect(await view()).toMatchObject({ state: "final", isFinal: true, provisionalUntil: null });
    late("D");
    await sync(given, shop, DAY, { why: "reread" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "corrected", revision: 3 });
  });
});

describe("what the books hold after any of this", () => {
  it("was only ever added to, and balances", async () => {
    const { given, shop, late } = await givenPostedDay({ rule: { corrections: "reverse" } });
    const first = JSON.stringify(entriesInBooks({ given, shop })[0]);
    late("C", LARGE);
    await sync(given, shop, DAY);
    expect(JSON.stringify(entriesInBooks({ given, shop })[0])).toBe(first);
    expect(sum(Object.values(balancesInBooks({ given, shop })))).toBe(0);
    expect(given.providers.quickbooks.control.calls({ method: "POST", path: "journalentry" }).every(({ query }) => query.includes("requestid"))).toBe(true);
  });
});
