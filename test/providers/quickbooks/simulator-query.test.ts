import { beforeEach, describe, expect, test } from "vitest";
import { caller, codeOf, entry, found } from "./caller";
import { CAFE, givenBooks } from "./given";

describe("the query language", () => {
  let query: Awaited<ReturnType<typeof caller>>["query"];
  beforeEach(async () => {
    const world = givenBooks();
    world.control.setAccountActive(CAFE, "21", false);
    world.control.addAccount(CAFE, { name: "O'Brien\\s 50% _", type: "Income", subType: "SalesOfProductIncome" });
    for (let i = 1; i <= 120; i += 1) world.control.addEntry(CAFE, entry({ DocNumber: `N-${i}`, TxnDate: i <= 60 ? "2026-01-05" : "2026-01-06" }));
    ({ query } = await caller(world));
  });

  test("reads keywords and names in any case, and shows active accounts only unless both states are named", async () => {
    const all = found(await query("SELECT * FROM ACCOUNT WHERE active IN (TRUE, false) MAXRESULTS 1000"));
    const active = found(await query("select * from account maxresults 1000"));
    expect([all.Account?.length, active.Account?.length]).toEqual([35, 34]);
    expect(all.Account?.find(({ Id }) => Id === "21")).toMatchObject({ Name: "Tea Sales (deleted)", Active: false });
  });

  test("pages from 1, a hundred at a time unless told, a thousand at most", async () => {
    expect(found(await query("select * from JournalEntry"))).toMatchObject({ startPosition: 1, maxResults: 100, totalCount: 120 });
    const second = found(await query("select Id from JournalEntry startposition 101 maxresults 5000"));
    expect(second).toMatchObject({ startPosition: 101, maxResults: 20 });
    expect(second.JournalEntry?.[0]).toEqual({ Id: "101", domain: "QBO", sparse: false });
  });

  test("counts, and leaves out the entity where nothing is found", async () => {
    expect(found(await query("select count(*) from JournalEntry where TxnDate = '2026-01-06'"))).toEqual({ totalCount: 60 });
    expect(found(await query("select * from JournalEntry where DocNumber = 'none'"))).toEqual({});
  });

  test.each([
    ["= without regard to case", "DocNumber = 'n-7'", ["7"]],
    ["in", "DocNumber in ('N-1', 'N-2', 'zzz')", ["1", "2"]],
    ["like", "DocNumber like '%-11_' ", []],
    ["like with a wildcard", "DocNumber like 'n-11%' and TxnDate = '2026-01-06'", ["110", "111", "112", "113", "114", "115", "116", "117", "118", "119"]],
    ["< on ids as numbers", "Id < '3'", ["1", "2"]],
    [">= and <= together", "Id >= '9' and Id <= '11'", ["9", "10", "11"]],
    ["> on dates", "TxnDate > '2026-01-05' and Id <= 61", ["61"]],
  ])("filters by %s", async (_, where, ids) => {
    const rows = found(await query(`select Id from JournalEntry where ${where} maxresults 1000`)).JournalEntry ?? [];
    expect(rows.map(({ Id }) => Id)).toEqual(ids);
  });

  test("orders, and takes escaped quotes and backslashes for what they are", async () => {
    const rows = found(await query("select Id from JournalEntry where Id <= '12' orderby TxnDate desc, Id DESC maxresults 3")).JournalEntry;
    expect(rows?.map(({ Id }) => Id)).toEqual(["12", "11", "10"]);
    expect(found(await query("select * from Account where Name = 'O\\'Brien\\\\s 50% _'")).Account).toHaveLength(1);
  });

  test.each([
    ["4000", "selct * from Account"], ["4000", "select * from Account where Name = 'open"], ["4000", "select * from Account where Name = 'a' or Name = 'b'"],
    ["4000", "select * from Account; drop"], ["4000", ""], ["4000", "select * from Account where Name"], ["4000", "select * from Account maxresults 5 startposition 1"],
    ["4001", "select * from Unicorn"], ["4001", "select * from Account where Horn = '1'"], ["4001", "select * from Account startposition 0"],
    ["4001", "select Horn from Account"],
  ])("refuses with %s: %s", async (code, text) => {
    expect(codeOf(await query(text))).toBe(code);
  });
});
