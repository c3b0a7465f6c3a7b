/** A till's day in Xero: to the cent, once, in the organisation that was chosen, and never by changing what is there. */
import { describe, expect, it } from "vitest";
import { HOUR, SECOND } from "../../../src/kernel/clock";
import { laneOf } from "../../../src/platform/lane-client";
import { BOWL, date, dayRow, entryRows, LATTE, sell, sync, syncMessage } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld, type WorldOptions } from "../../support/given";

const DAY = date("2026-07-14");

async function givenSales(options: WorldOptions = {}) {
  const given = givenWorld(options);
  const shop = await givenShop(given, { books: "xero" });
  sell(given, shop.locations[0], DAY, [{ id: "A", tipMinor: 100 }, { id: "B", lines: [BOWL, LATTE], tender: "CASH" }]);
  return { given, shop, books: given.providers.xero.control, organisation: shop.merchant.organisation };
}

const journalsOf = ({ providers }: GivenWorld, { merchant }: GivenShop) => providers.xero.control.journals(merchant.organisation);

describe("a closed day", () => {
  it("is posted to Xero as one balanced journal, read back and recorded", async () => {
    const { given, shop, books, organisation } = await givenSales();
    await sync(given, shop, DAY);
    const day = await dayRow(shop, DAY);
    expect(day).toMatchObject({ state: "posted", revision: 1, pending: null, reason: null });
    expect(day.attempts.at(-1)?.text).toBe("Posted to Xero as DB-L00-260714-S1 and read back: equal to the cent");
    const [journal, ...others] = journalsOf(given, shop);
    expect(others).toEqual([]);
    expect(journal).toMatchObject({ status: "POSTED", date: "2026-07-14" });
    expect(journal?.narration).toMatch(/^DB-L00-260714-S1 /);
    const named = new Map(books.accounts(organisation).map(({ AccountID, Name }) => [AccountID, Name]));
    // A latte of 4.25 with 0.38 tax and a tip of 1.00 by card; a bowl of 13.95 and a latte with 1.62 tax in cash.
    expect(journal?.lines.map(({ AccountID, LineAmount }) => [named.get(AccountID), LineAmount])).toEqual(expect.arrayContaining([
      ["Coffee Sales", -8.5], ["Food Sales", -13.95], ["Tips Payable", -1], ["Sales Tax Payable", -2], ["Square Clearing", 5.63], ["Undeposited Funds", 19.82],
    ]));
    expect(journal?.lines.reduce((total, { LineAmount }) => total + Math.round(LineAmount * 100), 0)).toBe(0);
    expect((await entryRows(shop, DAY))[0]).toMatchObject({ documentNumber: "DB-L00-260714-S1", externalId: journal?.id });
  });

  it("goes to the organisation of the connection, though the grant opens another", async () => {
    const { given, shop, books } = await givenSales();
    const other = crypto.randomUUID();
    books.addOrganisation({ id: other, name: "Another" });
    for (const stored of books.snapshot()) {
      if (stored.kind !== "grant") continue;
      const connections = [{ id: crypto.randomUUID(), tenantId: other, createdAt: 1 }, ...stored.value.connections];
      books.restore([{ ...stored, value: { ...stored.value, connections } }]);
    }
    await sync(given, shop, DAY);
    expect(journalsOf(given, shop)).toHaveLength(1);
    expect(books.journals(other)).toEqual([]);
  });

  it("is not doubled where somebody wrote its journal by hand under Daybook's own number, long after the shop's first days", async () => {
    const given = givenWorld();
    const shop = await givenShop(given, { books: "xero" });
    const days = ["2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09", "2026-07-10", "2026-07-11", "2026-07-12", "2026-07-13"];
    for (const on of days) {
      sell(given, shop.locations[0], date(on), [{ id: on }]);
      await sync(given, shop, date(on));
    }
    const [like] = journalsOf(given, shop);
    const byHand = { Narration: "DB-L00-260714-S1 typed from the till's report", Date: DAY, Status: "POSTED", JournalLines: like?.lines };
    expect(given.providers.xero.control.addJournal(shop.merchant.organisation, byHand).ok).toBe(true);
    sell(given, shop.locations[0], DAY, [{ id: "A" }]);
    await sync(given, shop, DAY);
    expect(journalsOf(given, shop)).toHaveLength(days.length + 1);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", reason: null });
  });

  it("sends nothing but reads, one creation and token calls", async () => {
    const { given, shop, books } = await givenSales();
    await sync(given, shop, DAY);
    await sync(given, shop, DAY, { post: "yes" });
    const writes = books.calls().filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
    expect(writes).toEqual(["POST /identity/connect/authorize", "POST /connect/token", "PUT /api.xro/2.0/ManualJournals"]);
  });
});

describe("an answer that was lost after the journal was made", () => {
  it.each(["lost", "truncated", "empty"] as const)("(%s) is found again by its number, and nothing is posted twice", async (kind) => {
    const { given, shop, books } = await givenSales();
    books.misbehave({ misbehaviour: { kind }, method: "PUT" });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted", revision: 1 });
    expect(journalsOf(given, shop)).toHaveLength(1);
    expect(books.calls({ method: "PUT" })).toHaveLength(1);
  });

  it("holds the day where a person has copied the journal meanwhile: two of one number are for a person to settle", async () => {
    const { given, shop, books, organisation } = await givenSales();
    books.misbehave({ misbehaviour: { kind: "lost" }, method: "PUT" });
    await given.queue.binding.sendBatch([syncMessage(shop, DAY)]);
    await given.queue.deliver(given.jobs.queue, given.env);
    const [journal] = journalsOf(given, shop);
    books.addJournal(organisation, { Narration: journal?.narration, Date: journal?.date, Status: "POSTED", JournalLines: journal?.lines });
    await given.drain();
    expect((await dayRow(shop, DAY)).reason).toMatchObject({ kind: "duplicate_number", documentNumber: "DB-L00-260714-S1" });
    expect(journalsOf(given, shop)).toHaveLength(2);
  });
});

describe("books that refuse", () => {
  it.each(["periodLockDate", "endOfYearLockDate"])("for their %s fail the day with the date, and take it when they are open again", async (lock) => {
    const { given, shop, books, organisation } = await givenSales();
    books.setOrganisation(organisation, { [lock]: "2026-07-31" });
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).reason).toMatchObject({ kind: "period_closed", closedThrough: "2026-07-31" });
    expect(journalsOf(given, shop)).toEqual([]);
    books.setOrganisation(organisation, { [lock]: null });
    await sync(given, shop, DAY, { why: "retry", post: "yes" });
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted" });
  });

  it("for an archived account name it", async () => {
    const { given, shop, books, organisation } = await givenSales();
    const id = books.accounts(organisation).find(({ Name }) => Name === "Food Sales")?.AccountID ?? "";
    books.setAccountStatus(organisation, id, "ARCHIVED");
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).reason).toMatchObject({ kind: "account_inactive", accountIds: [id] });
  });

  it("for their daily limit are asked again when they said, and have the day once", async () => {
    const { given, shop, books } = await givenSales();
    const begun = given.now();
    books.misbehave({ misbehaviour: { kind: "throttle", problem: "day", retryAfterSeconds: 3 * 3_600 }, path: "/api.xro/" });
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted" });
    const [refused, next] = books.calls({ path: "/api.xro/" });
    expect(refused?.status).toBe(429);
    expect((next?.at ?? 0) - begun).toBeGreaterThanOrEqual(3 * HOUR - SECOND);
    expect(journalsOf(given, shop)).toHaveLength(1);
  });

  it("for an old token are asked again with a renewed one", async () => {
    const { given, shop, books, organisation } = await givenSales();
    books.expireAccess(organisation);
    await sync(given, shop, DAY);
    expect(await dayRow(shop, DAY)).toMatchObject({ state: "posted" });
    expect(books.calls({ path: "/connect/token" })).toHaveLength(2);
  });

  it("because a person disconnected the organisation at Xero ask for a person", async () => {
    const { given, shop, books, organisation } = await givenSales();
    books.disconnect(organisation);
    await sync(given, shop, DAY);
    expect((await dayRow(shop, DAY)).reason).toMatchObject({ kind: "reconnect_needed" });
    const status = await laneOf(given.env, shop.shopId, shop.booksId).status();
    expect(status).toMatchObject({ ok: true });
  });
});
