/** What a person does to Daybook's entries in the books: found before anything is added, shown, and never overwritten. */
import { describe, expect, it } from "vitest";
import { balancesInBooks, DAY, entriesInBooks, givenPostedDay, type PostedDay } from "../../support/corrections";
import { booked, dayRow, entryRows, sync, syncMessage } from "../../support/days";
import { visitorOf } from "../../support/serve";

/** The bookkeeper moves the coffee of S1 to another account. */
function edit({ books, shop }: PostedDay, index = 0): void {
  const entry = entriesInBooks({ given: { providers: { quickbooks: { control: books } } } as PostedDay["given"], shop })[index];
  if (entry === undefined) throw new Error("there is an entry to edit");
  const idOf = (name: string) => books.accounts(shop.merchant.realm).find((account) => account.Name === name)?.Id ?? "";
  const lines = entry.Line.map((line) => (line.JournalEntryLineDetail?.AccountRef.value === idOf("Coffee Sales")
    ? { ...line, JournalEntryLineDetail: { ...line.JournalEntryLineDetail, AccountRef: { value: idOf("Sales") } } } : line));
  expect(books.editEntry(shop.merchant.realm, entry.Id, { Line: lines }).ok).toBe(true);
}

function remove({ books, shop, given }: PostedDay, index = 0): void {
  const entry = entriesInBooks({ given, shop })[index];
  if (entry === undefined) throw new Error("there is an entry to delete");
  expect(books.deleteEntry(shop.merchant.realm, entry.Id).ok).toBe(true);
}

describe("an entry that a person edited", () => {
  it("stops a correction before it is sent, and says what is different", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, view } = posted;
    edit(posted);
    late("C");
    await sync(given, shop, DAY);
    const held = await view();
    expect(held).toMatchObject({ state: "held", explanation: { title: "DB-L00-260714-S1 was edited in QuickBooks Online after Daybook posted it" } });
    expect(held.explanation?.meaning).toContain("\"Sales, Coffee\" was sent as a credit of 8.50 USD");
    expect(held.explanation?.fixes.map(({ act }) => act)).toEqual(["open_books", "accept_edit", "correct_edit", "retry"]);
    expect(booked(given, shop)).toHaveLength(1);
    await sync(given, shop, DAY, { post: "yes" });
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("is found when the books say that something changed, though the till says nothing new", async () => {
    const posted = await givenPostedDay();
    const { given, shop } = posted;
    await sync(given, shop, DAY, { why: "books_changed" });
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    edit(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "books_changed", change: "edited" } });
    await sync(given, shop, DAY, { why: "reread" });
    expect((await dayRow(shop, DAY)).state).toBe("held");
  });

  it("is found though the till cannot be read, and a day that is as it was costs the till no question", async () => {
    const posted = await givenPostedDay();
    const { given, shop, till } = posted;
    const before = till.journal().length;
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(till.journal()).toHaveLength(before);
    till.revoke(shop.merchant.merchantId);
    edit(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "books_changed" } });
  });

  it("and left as it is is not asked about again; what the till changes later waits for a person", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, decide, view } = posted;
    edit(posted);
    late("C");
    await sync(given, shop, DAY);
    expect(await decide("edit_accepted")).toBe(200);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", reason: null });
    await sync(given, shop, DAY, { why: "books_changed" });
    expect((await dayRow(shop, DAY)).state).toBe("posted");
    late("D");
    await sync(given, shop, DAY);
    expect(await view()).toMatchObject({ state: "changed", proposal: { kind: "correction" } });
    expect(booked(given, shop)).toHaveLength(1);
  });

  it("and changed once more is asked about once more", async () => {
    const posted = await givenPostedDay();
    const { given, shop, decide } = posted;
    edit(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    await decide("edit_accepted");
    remove(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { change: "deleted" } });
  });

  it("and left as it is does not keep another one from being put right", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, decide } = posted;
    late("C");
    await sync(given, shop, DAY);
    edit(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    await decide("edit_accepted");
    const kept = balancesInBooks(posted);
    remove(posted, 1);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await decide("edit_corrected")).toBe(200);
    expect(balancesInBooks(posted)).toEqual(kept);
    expect((await dayRow(shop, DAY)).state).toBe("corrected");
  });

  it("is put right by adding what is missing, and every later correction ends at what the till says", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, decide, view } = posted;
    const right = balancesInBooks(posted);
    edit(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await decide("edit_corrected")).toBe(200);
    expect(balancesInBooks(posted)).toEqual(right);
    expect(await entryRows(shop, DAY)).toMatchObject([{ kind: "sales" }, { kind: "correction", cause: "What was changed by hand is put right" }]);
    const after = await view();
    expect(after.state).toBe("corrected");
    expect(after.tieOut.booksMinor).toBe(after.tieOut.tillMinor);
    late("C");
    await sync(given, shop, DAY);
    expect((await entryRows(shop, DAY)).at(-1)).toMatchObject({ kind: "correction", totalMinor: 463 });
    given.providers.square.control.removeOrder("C");
    await sync(given, shop, DAY);
    expect(balancesInBooks(posted)).toEqual(right);
  });

  it("by hand back to what it was needs no decision", async () => {
    const posted = await givenPostedDay();
    const { given, shop, books } = posted;
    const [before] = entriesInBooks(posted);
    edit(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    if (before === undefined) throw new Error("there was an entry");
    expect(books.editEntry(shop.merchant.realm, before.Id, { Line: before.Line }).ok).toBe(true);
    await sync(given, shop, DAY, { why: "retry" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", reason: null });
  });
});

describe("an entry that a person deleted", () => {
  it("is posted again as what is missing, under a number of its own", async () => {
    const posted = await givenPostedDay();
    const { given, shop, decide } = posted;
    const right = balancesInBooks(posted);
    remove(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "books_changed", change: "deleted" } });
    expect(await decide("edit_corrected")).toBe(200);
    expect(booked(given, shop).map(({ number }) => number)).toEqual(["DB-L00-260714-C2"]);
    expect(balancesInBooks(posted)).toEqual(right);
  });

  it("and its correction, too, are told apart and put right one after the other", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, decide } = posted;
    late("C");
    await sync(given, shop, DAY);
    const right = balancesInBooks(posted);
    remove(posted, 1);
    remove(posted, 0);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await decide("edit_corrected")).toBe(200);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { documentNumber: "DB-L00-260714-C2" } });
    expect(await decide("edit_corrected")).toBe(200);
    expect(balancesInBooks(posted)).toEqual(right);
  });

  it("can be taken back with the rest of the day: what is left in the books is nothing", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, decide, owner, path } = posted;
    late("C");
    await sync(given, shop, DAY);
    remove(posted, 0);
    await owner("POST", `${path}/undo`);
    await given.drain();
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "held", reason: { kind: "books_changed" } });
    expect(await decide("edit_accepted")).toBe(200);
    expect(balancesInBooks(posted)).toEqual({});
    expect((await dayRow(shop, DAY)).state).toBe("ready");
  });
});

describe("a day of which people left nothing in the books", () => {
  it("is taken back without an entry, and says so", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, decide, owner, path, view } = posted;
    late("C");
    await sync(given, shop, DAY);
    remove(posted, 1);
    remove(posted, 0);
    await owner("POST", `${path}/undo`);
    await given.drain();
    await decide("edit_accepted");
    expect(await decide("edit_corrected")).toBe(200);
    expect(booked(given, shop)).toEqual([]);
    const after = await view();
    expect(after).toMatchObject({ state: "ready", canUndo: false, tieOut: { booksMinor: null }, proposal: { kind: "sales" } });
    expect(after.attempts.at(-1)?.text).toBe("QuickBooks Online holds nothing of this day any more: there was nothing to take back, and nothing was posted");
    expect(after.entries.at(-1)).toMatchObject({ kind: "correction", wasSent: false, booksUrl: null });
    const count = (await entryRows(shop, DAY)).length;
    await sync(given, shop, DAY, { why: "reread" });
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await entryRows(shop, DAY)).toHaveLength(count);
  });

  it("is posted anew as a whole, corrected and taken back like any other", async () => {
    const posted = await givenPostedDay();
    const { given, shop, late, decide, owner, path, view } = posted;
    const right = balancesInBooks(posted);
    remove(posted);
    await owner("POST", `${path}/undo`);
    await given.drain();
    await decide("edit_corrected");
    expect((await owner("POST", `${path}/post`, { fingerprint: (await view()).proposal?.fingerprint })).status).toBe(200);
    await given.drain();
    expect(booked(given, shop).map(({ number }) => number)).toEqual(["DB-L00-260714-S3"]);
    expect(balancesInBooks(posted)).toEqual(right);
    const anew = await view();
    expect([anew.state, anew.tieOut.booksMinor]).toEqual(["posted", anew.tieOut.tillMinor]);
    late("C");
    await sync(given, shop, DAY);
    expect((await entryRows(shop, DAY)).at(-1)).toMatchObject({ kind: "correction", totalMinor: 463 });
    expect((await dayRow(shop, DAY)).state).toBe("corrected");
    await owner("POST", `${path}/undo`);
    await given.drain();
    expect(balancesInBooks(posted)).toEqual({});
    expect((await dayRow(shop, DAY)).state).toBe("ready");
  });

  it("is taken back once, however often and at once its message comes", async () => {
    const posted = await givenPostedDay();
    const { given, shop, owner, path, decide } = posted;
    remove(posted);
    await owner("POST", `${path}/undo`);
    await given.drain();
    await owner("POST", `${path}/decide`, { kind: "edit_corrected" });
    await given.queue.binding.sendBatch([1, 2, 3].map(() => syncMessage(shop, DAY, { why: "retry" })));
    await given.drain();
    expect(await entryRows(shop, DAY)).toHaveLength(2);
    expect(booked(given, shop)).toEqual([]);
    expect(await decide("edit_corrected")).toBe(409);
  });
});

describe("deciding about an edit", () => {
  it("needs the right to post where something is posted, and a day that waits for it", async () => {
    const posted = await givenPostedDay();
    const { given, shop, path, decide } = posted;
    expect(await decide("edit_accepted")).toBe(409);
    edit(posted);
    await sync(given, shop, DAY, { why: "books_changed" });
    expect(await visitorOf(given, shop, "tech")("POST", `${path}/decide`, { kind: "edit_corrected" })).toMatchObject({ status: 403 });
    expect(await visitorOf(given, shop, "tech")("POST", `${path}/decide`, { kind: "edit_accepted" })).toMatchObject({ status: 200 });
    expect(await visitorOf(given, shop, "tech")("POST", `${path}/decide`, { kind: "undone" })).toMatchObject({ status: 400 });
  });
});
