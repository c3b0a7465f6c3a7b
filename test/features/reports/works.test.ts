/** Reports and exported journals of shops that work: what was posted is in the file, once, and adds up to what the till said. */
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { disconnect } from "../../../src/features/connections/service";
import type { JournalQuery, ReportQuery } from "../../../src/features/reports/contract";
import { exportJournal, exportReport, viewReport } from "../../../src/features/reports/service";
import { HOUR } from "../../../src/kernel/clock";
import { dayTotals } from "../../../src/ledger/sales-day";
import { shardsOf } from "../../../src/platform/env";
import { BOWL, date, dayRow, entryRows, LATTE, sell, sync } from "../../support/days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";
import { takeOwnBooks } from "../../support/journal";
import { must } from "../../support/people";

const [MON, TUE] = [date("2026-07-13"), date("2026-07-14")];

async function givenDays(ownBooks = false) {
  const given = givenWorld();
  const shop = await givenShop(given, { startsOn: date("2026-07-11") });
  if (ownBooks) await takeOwnBooks(given, shop);
  sell(given, shop.locations[0], MON, [{ id: "A", tipMinor: 100 }, { id: "B", lines: [BOWL, LATTE], tender: "CASH" }]);
  sell(given, shop.locations[0], TUE, [{ id: "C", lines: [BOWL] }]);
  await sync(given, shop, MON);
  await sync(given, shop, TUE);
  return { given, shop };
}

const journal = async ({ world }: GivenWorld, shop: GivenShop, query: Partial<JournalQuery> = {}) => {
  const file = must(await exportJournal(world, shop.visit(), { from: MON, to: TUE, format: "hledger", by: "business", ...query }));
  return { ...file, text: await new Response(file.body).text() };
};

const report = async ({ world }: GivenWorld, shop: GivenShop, query: Partial<ReportQuery> = {}) => must(await viewReport(world, shop.visit(), { from: "2026-07-01", to: "2026-07-31", ...query }));

/** Postings of an hledger file in minor units, by account. */
function postings(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [, account = "", whole = "", cents = ""] of text.matchAll(/^ {4}([A-Z][^;\n]*?) {2}(-?\d+)\.(\d\d) USD/gm)) {
    const minor = Number(`${whole}${cents}`);
    found.set(account, (found.get(account) ?? 0) + minor);
  }
  return found;
}

describe("the exported journal", () => {
  it.each([["QuickBooks", false], ["its own journal", true]])("of a shop with %s holds each entry once and balances to nothing", async (_, own) => {
    const { given, shop } = await givenDays(own);
    const { text, name, type } = await journal(given, shop);
    expect([name, type]).toEqual(["daybook-journal-2026-07-13-to-2026-07-14.journal", "text/plain; charset=utf-8"]);
    expect([...text.matchAll(/^\S+ \((DB-\S+)\)/gm)].map(([, number]) => number)).toEqual(["DB-L00-260713-S1", "DB-L00-260714-S1"]);
    const accounts = postings(text);
    expect([...accounts.values()].reduce((total, minor) => total + minor, 0)).toBe(0);
    const days = await Promise.all([MON, TUE].map(async (on) => (await dayRow(shop, on)).totals));
    const gross = days.reduce((total, totals) => total + (totals === null ? 0 : dayTotals(totals).grossMinor), 0);
    expect([...accounts].filter(([account]) => account.startsWith("Income:")).reduce((total, [, minor]) => total - minor, 0)).toBe(gross);
    expect([...accounts.keys()].every((account) => text.includes(`account ${account}  ; type:`))).toBe(true);
  });

  it("is there in every format, and the same entries in each", async () => {
    const { given, shop } = await givenDays();
    for (const format of ["beancount", "iif", "csv"] as const) {
      const { text, name } = await journal(given, shop, { format });
      expect(name).toContain(`.${format}`);
      for (const number of ["DB-L00-260713-S1", "DB-L00-260714-S1"]) expect(text).toContain(number);
    }
  });

  it("takes accounts' names from the chart as it is now, and their class with it", async () => {
    const { given, shop } = await givenDays();
    expect((await journal(given, shop)).text).toContain("account Assets:Square Clearing  ; type:A");
    await given.env.SHARD_0.prepare(`INSERT INTO chart (shop_id, connection_id, accounts, read_at) VALUES (?1, ?2, ?3, 1)`).bind(shop.shopId, shop.booksId, JSON.stringify([
      { id: (await entryRows(shop, MON))[0]?.lines[0]?.account.id, name: "Renamed Clearing", type: "Bank", class: "liability", currency: "USD", isActive: true, isPostable: true },
    ])).run();
    expect((await journal(given, shop)).text).toContain("account Liabilities:Renamed Clearing  ; type:L");
  });

  it("chooses by the day that an entry is about, or by the date on which it stands in the books", async () => {
    const { given, shop } = await givenDays();
    await given.env.SHARD_0.prepare(`INSERT INTO entry SELECT shop_id, location_id, business_date, 2, 'correction', '2026-07-20', method, 'A late sale', NULL, books_connection_id, 'x2',
      'DB-L00-260713-C2', 'r2', currency, total_minor, lines, mapping_version, day_fingerprint, entry_fingerprint, posted_by, posted_at FROM entry WHERE shop_id = ?1 AND business_date = ?2`).bind(shop.shopId, MON).run();
    const numbers = async (query: Partial<JournalQuery>) => [...(await journal(given, shop, query)).text.matchAll(/^\S+ \((DB-\S+)\)/gm)].map(([, number]) => number);
    expect(await numbers({ from: MON, to: MON })).toEqual(["DB-L00-260713-S1", "DB-L00-260713-C2"]);
    expect(await numbers({ from: MON, to: MON, by: "booked" })).toEqual(["DB-L00-260713-S1"]);
    expect(await numbers({ from: "2026-07-20", to: "2026-07-20", by: "booked" })).toEqual(["DB-L00-260713-C2"]);
    expect(await numbers({ from: "2026-07-20", to: "2026-07-20" })).toEqual([]);
    expect((await journal(given, shop)).text).toContain("2026-07-20 (DB-L00-260713-C2) Correction of Pier on 2026-07-13 A late sale");
  });

  it("reads a long history stretch by stretch", async () => {
    const { given, shop } = await givenDays();
    expect((await journal(given, shop, { from: "2009-01-01", to: "2026-07-31" })).text).toContain("DB-L00-260714-S1");
  });

  it("is a line of the audit log, with what was asked for", async () => {
    const { given, shop } = await givenDays();
    await journal(given, shop, { format: "iif" });
    const lines = await shardsOf(given.env)[shop.shard]?.prepare("SELECT action, after FROM audit WHERE shop_id = ?1 AND action = 'journal.exported'").bind(shop.shopId).all();
    expect(lines?.results).toMatchObject([{ after: expect.stringContaining('"format":"iif"') }]);
  });

  it("stays for the life of the account: a shop that has left its books and its till has it whole", async () => {
    const { given, shop } = await givenDays();
    const before = postings((await journal(given, shop)).text);
    for (const id of [shop.tillId, shop.booksId]) must(await disconnect(given.world, given.env, shop.visit(), id));
    expect(postings((await journal(given, shop)).text)).toEqual(before);
    expect((await report(given, shop)).totals).toHaveLength(1);
  });
});

describe("a report", () => {
  it("has a row for every day that should be there, its sums, and the tie-out", async () => {
    const { given, shop } = await givenDays();
    const view = await report(given, shop);
    expect(view.days.map(({ date: on, state }) => `${on} ${state}`)).toEqual(["2026-07-11 missing", "2026-07-12 missing", "2026-07-13 posted", "2026-07-14 posted", "2026-07-15 open"]);
    expect(view.states).toEqual(expect.arrayContaining([{ state: "posted", days: 2 }, { state: "missing", days: 2 }]));
    const days = await Promise.all([MON, TUE].map(async (on) => (await dayRow(shop, on)).totals));
    const [totals] = view.totals;
    const sumOf = (pick: (day: ReturnType<typeof dayTotals>) => number) => days.reduce((all, day) => all + (day === null ? 0 : pick(dayTotals(day))), 0);
    expect(totals).toMatchObject({ currency: "USD", days: 2, tieOut: { postedDays: 2, ties: true, notPostedMinor: 0, tillMinor: sumOf((day) => day.takingsMinor), booksMinor: sumOf((day) => day.takingsMinor) } });
    expect(totals?.summary.find(({ label }) => label === "Gross sales")?.minor).toBe(sumOf((day) => day.grossMinor));
    const [collected] = totals?.summary.slice(-1) ?? [];
    const above = totals?.summary.filter(({ label }) => !["Gross sales", "Discounts", "Comps", "Returns"].includes(label)).slice(0, -1) ?? [];
    expect(collected).toMatchObject({ label: "Collected by all tenders", minor: above.reduce((all, { minor }) => all + minor, 0) });
    expect(view.days[2]).toMatchObject({ ties: true, numbers: ["DB-L00-260713-S1"] });
  });

  it("has a row for the day that is running, and none for days that have not come yet", async () => {
    const { given, shop } = await givenDays();
    expect((await report(given, shop, { from: "2026-07-15", to: "2026-07-31" })).days.map(({ date: on, state }) => `${on} ${state}`)).toEqual(["2026-07-15 open"]);
    expect(await report(given, shop, { from: "2026-08-01", to: "2026-08-31" })).toMatchObject({ days: [], states: [], totals: [] });
    given.pass(20 * HOUR);
    expect((await report(given, shop, { from: "2026-07-16", to: "2026-07-31" })).days).toMatchObject([{ date: "2026-07-16", state: "open" }]);
  });

  it("shows what was posted by account, both sides equal: the entry of a day, the sum of a range", async () => {
    const { given, shop } = await givenDays();
    const [entry] = await entryRows(shop, MON);
    const [day] = (await report(given, shop, { from: MON, to: MON })).posted;
    expect(day).toMatchObject({ currency: "USD", debitMinor: entry?.totalMinor, creditMinor: entry?.totalMinor });
    const clearing = entry?.lines.find(({ account }) => account.name === "Square Clearing");
    expect(day?.accounts).toContainEqual({ account: "Square Clearing", debitMinor: clearing?.minor, creditMinor: 0 });
    const [both] = (await report(given, shop)).posted;
    const [, second] = await Promise.all([MON, TUE].map(async (on) => (await entryRows(shop, on))[0]?.totalMinor ?? 0));
    expect(both?.debitMinor).toBe((entry?.totalMinor ?? 0) + (second ?? 0));
    expect(both?.creditMinor).toBe(both?.debitMinor);
  });

  it("sees a day whose till has changed since, and says by how much", async () => {
    const { given, shop } = await givenDays();
    await given.env.SHARD_0.prepare("UPDATE day SET totals = json_set(totals, '$.categories[0].grossMinor', json_extract(totals, '$.categories[0].grossMinor') + 500, '$.tenders[0].inMinor', json_extract(totals, '$.tenders[0].inMinor') + 500) WHERE shop_id = ?1 AND business_date = ?2").bind(shop.shopId, MON).run();
    const day = (await report(given, shop)).days.find((one) => one.date === MON);
    expect(day?.ties).toBe(false);
    expect((day?.tillMinor ?? 0) - (day?.booksMinor ?? 0)).toBe(500);
  });

  it("is of one location, or of all", async () => {
    const { given, shop } = await givenDays();
    expect(await report(given, shop, { location: shop.locations[0].id })).toMatchObject({ location: { name: "Pier" } });
    expect(await viewReport(given.world, shop.visit(), { from: MON, to: TUE, location: "z".repeat(26) })).toMatchObject({ failure: { kind: "not_found" } });
  });

  it("refuses dates that do not exist, an end before the beginning, and more than a year", async () => {
    const { given, shop } = await givenDays();
    for (const query of [{ from: "2026-02-30", to: TUE }, { from: TUE, to: MON }, { from: "2025-01-01", to: "2026-02-01" }]) {
      expect(await viewReport(given.world, shop.visit(), query)).toMatchObject({ failure: { kind: "invalid_input" } });
    }
  });

  it("is a spreadsheet of the same days, and paper that begins as a PDF does", async () => {
    const { given, shop } = await givenDays();
    const csv = must(await exportReport(given.world, given.env, shop.visit(), { from: MON, to: TUE, format: "csv" }));
    // Reading it as text takes the byte order mark away.
    const rows = Papa.parse<string[]>(await new Response(csv.body).text()).data;
    expect(rows[0]?.slice(0, 5)).toEqual(["date", "location", "state", "currency", "gross sales"]);
    expect(rows.slice(1, 3).map(([on, place, state, , , , , , , , , till, books, ties]) => [on, place, state, till === books, ties])).toEqual([[MON, "Pier", "posted", true, "yes"], [TUE, "Pier", "posted", true, "yes"]]);
    const pdf = must(await exportReport(given.world, given.env, shop.visit(), { from: MON, to: TUE, format: "pdf" }));
    expect(pdf).toMatchObject({ name: "daybook-report-2026-07-13-to-2026-07-14.pdf", type: "application/pdf" });
    expect((await new Response(pdf.body).text()).slice(0, 5)).toBe("%PDF-");
  });
});
