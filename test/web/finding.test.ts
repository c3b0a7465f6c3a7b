import { describe, expect, test } from "vitest";
import type { ChartAccount } from "../../src/features/mapping/contract";
import type { BusinessDate } from "../../src/kernel/day";
import { accountOptions } from "../../web/src/ui/accounts";
import { findDay } from "../../web/src/ui/find-day";
import { paletteItems } from "../../web/src/ui/palette-items";
import { ranked } from "../../web/src/ui/rank";

const today = "2026-07-15" as BusinessDate; // a Wednesday
const location = (id: string, name: string, code: string) => ({ id, name, code, zone: "UTC", currency: "USD", cutOffMinutes: 0, startsOn: "2026-01-01", today });
const overview = {
  locations: [location("a", "Main Street", "MAI"), location("b", "Pier", "PIR")],
  needsWork: [{ locationId: "b", date: "2026-07-14", state: "held" as const, takingsMinor: 1, headline: null }],
};

describe("a day is found as it is typed", () => {
  test.each([
    ["mar 3", "2026-03-03"], ["3 mar", "2026-03-03"], ["March 3 2024", "2024-03-03"], ["dec 24", "2025-12-24"], ["today", "2026-07-15"],
    ["yesterday", "2026-07-14"], ["tue", "2026-07-14"], ["wednesday", "2026-07-08"], ["14", "2026-07-14"], ["28", "2026-06-28"], ["2025-02-28", "2025-02-28"],
  ])("%s is %s", (typed, found) => {
    expect(findDay(typed, today)).toBe(found);
  });

  test.each(["", "feb 30 2026", "connections", "99", "march", "2026-02-30"])("%s is no day", (typed) => {
    expect(findDay(typed, today)).toBeNull();
  });
});

describe("the palette", () => {
  test("leads to a day at the location that was named", () => {
    expect(paletteItems("mar 3 pier", today, overview)[0]?.href).toBe("/days/b/2026-03-03");
    expect(paletteItems("mar 3", today, overview).slice(0, 2).map((item) => item.href)).toEqual(["/days/a/2026-03-03", "/days/b/2026-03-03"]);
  });

  test("shows what waits first, while nothing is typed", () => {
    expect(paletteItems("", today, overview)[0]?.text).toBe("Fix Tue 14 Jul, Pier");
  });

  test("still goes everywhere for a role that may not read days", () => {
    expect(paletteItems("sett", today, undefined)[0]?.href).toBe("/settings");
    expect(paletteItems("mar 3", today, undefined)).toEqual([]);
  });
});

describe("ranking", () => {
  test("puts what begins with the text before what contains it, and drops the rest", () => {
    expect(ranked(["Gift cards", "Card clearing", "Discard", "Tips"], "card", (text) => text)).toEqual(["Card clearing", "Gift cards", "Discard"]);
  });
});

describe("accounts to choose from", () => {
  const account = (id: string, name: string, kind: ChartAccount["class"], more: Partial<ChartAccount> = {}): ChartAccount => ({ id, name, type: kind, class: kind, currency: "USD", isActive: true, isPostable: true, ...more });
  const accounts = [account("1", "Bank", "asset"), account("2", "Sales, Food", "income"), account("3", "Tips payable", "liability"), account("4", "Sales, Retail", "income"), account("5", "Sales, Old", "income", { isActive: false }), account("6", "Sales (header)", "income", { isPostable: false })];
  const names = (nature: "income" | "liability", suggested: string | null, typed: string) => accountOptions(accounts, nature, suggested, typed).map((option) => option.account.name);

  test("begin with the suggestion, then those of the fitting class", () => {
    expect(names("income", "4", "")).toEqual(["Sales, Retail", "Sales, Food", "Bank", "Tips payable"]);
    expect(names("liability", null, "")[0]).toBe("Tips payable");
  });

  test("never include one that cannot be posted to", () => {
    expect(names("income", "5", "sales")).toEqual(["Sales, Food", "Sales, Retail"]);
  });
});
