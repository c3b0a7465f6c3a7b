import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, businessDateAt, windowOf, type BusinessDate } from "../../../src/kernel/day";
import type { ConnectionId, LocationId, ShopId } from "../../../src/kernel/ids";
import { valueOf } from "../../providers/quickbooks/given";
import { admitAccount, dateDueAt, dueAfter, mergeLocations, planChoice, resumeAt, scheduleOf, toLocation } from "../../../src/features/connections/rules";
import type { ConnectionRow, Location, LocationRow } from "../../../src/features/connections/store";

const NOW = Date.parse("2026-07-14T15:00:00Z");
const date = (text: string) => text as BusinessDate;

function location(changes: Partial<LocationRow> = {}): Location {
  return toLocation({
    shopId: "s" as ShopId, id: "l" as LocationId, connectionId: "c" as ConnectionId, externalId: "L1", name: "Pier", code: "PIR",
    zone: "America/New_York", currency: "USD", cutOffs: [], startsOn: null, nextDueAt: null, tillCutOff: null, ...changes,
  });
}

/** The location after a choice. */
function chosen(before: Location, choice: Parameters<typeof planChoice>[1], now = NOW): Location {
  return toLocation({ ...before, ...valueOf(planChoice(before, choice, now)) });
}

describe("when a day is due", () => {
  it("is one instant for each day, from which the day can be told, in any zone, with any cut-off and over every change of the clock", () => {
    fc.assert(fc.property(
      fc.constantFrom("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia"),
      fc.integer({ min: 0, max: 720 }), fc.integer({ min: 0, max: 720 }), fc.integer({ min: 0, max: 6_000 }),
      (zone, first, second, offset) => {
        const place = location({ zone, cutOffs: [{ from: date("2009-01-01"), minutes: first }, { from: date("2016-03-13"), minutes: second }] });
        const day = addDays(date("2010-01-01"), offset);
        fc.pre(windowOf(scheduleOf(place), day).end > windowOf(scheduleOf(place), day).start);
        expect(dateDueAt(place, dueAfter(place, day))).toBe(day);
      },
    ), { numRuns: 300 });
  });

  it("is when the day has closed and settled for ninety minutes, on 23- and 25-hour days too", () => {
    const place = location({ cutOffs: [{ from: date("2009-01-01"), minutes: 240 }] });
    expect(new Date(dueAfter(place, date("2026-03-07"))).toISOString()).toBe("2026-03-08T09:30:00.000Z");
    expect(new Date(dueAfter(place, date("2026-10-31"))).toISOString()).toBe("2026-11-01T10:30:00.000Z");
  });
});

describe("a choice", () => {
  const first = chosen(location(), { startsOn: "2026-07-01", cutOffMinutes: 120 });

  it("holds from the start the first time, or from the date that was named", () => {
    expect(first.cutOffs).toEqual([{ from: "2009-01-01", minutes: 120 }]);
    const named = chosen(location(), { startsOn: "2026-07-01", cutOffMinutes: 120, cutOffFrom: "2026-07-05" });
    expect(named.cutOffs).toEqual([{ from: "2009-01-01", minutes: 0 }, { from: "2026-07-05", minutes: 120 }]);
  });

  it("never changes the window of a day that has begun, whatever is chosen afterwards", () => {
    fc.assert(fc.property(
      fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 720 }), ahead: fc.option(fc.integer({ min: -5, max: 40 })), later: fc.integer({ min: 0, max: 90 }) }), { maxLength: 8 }),
      (choices) => {
        let place = first;
        let now = NOW;
        for (const { minutes, ahead, later } of choices) {
          now += later * 3_600_000;
          const today = businessDateAt(scheduleOf(place), now);
          const planned = planChoice(place, { startsOn: "2026-07-01", cutOffMinutes: minutes, ...(ahead === null ? {} : { cutOffFrom: addDays(today, ahead) }) }, now);
          expect(planned.ok).toBe(ahead === null || ahead >= 1);
          if (!planned.ok) continue;
          const after = toLocation({ ...place, ...planned.value });
          for (let back = 1; back <= 20; back += 1) {
            expect(windowOf(scheduleOf(after), addDays(today, -back))).toEqual(windowOf(scheduleOf(place), addDays(today, -back)));
          }
          place = after;
        }
      },
    ), { numRuns: 100 });
  });

  it("keeps the planner's place, goes back for an earlier start and forward for a later one", () => {
    const midway = { ...first, nextDueAt: dueAfter(first, date("2026-07-13")) };
    const place = (startsOn: string) => chosen(midway, { startsOn, cutOffMinutes: 120 }).nextDueAt;
    expect(place("2026-07-01")).toBe(dueAfter(first, date("2026-07-13")));
    expect(place("2026-06-01")).toBe(dueAfter(first, date("2026-06-01")));
    expect(place("2026-07-05")).toBe(dueAfter(first, date("2026-07-13")));
    expect(place("2026-08-01")).toBe(dueAfter(first, date("2026-08-01")));
  });
});

describe("a till that is back", () => {
  it("is taken up at the days that were open when it went, never before the first day, and only where it was chosen", () => {
    const place = chosen(location(), { startsOn: "2026-07-01", cutOffMinutes: 0 });
    expect(resumeAt(place, NOW)).toBe(dueAfter(place, date("2026-07-12")));
    expect(resumeAt(place, Date.parse("2026-07-01T15:00:00Z"))).toBe(dueAfter(place, date("2026-07-01")));
    expect(resumeAt(location(), NOW)).toBeNull();
  });
});

describe("a reading of locations", () => {
  const home = { shopId: "s" as ShopId, connectionId: "c" as ConnectionId, zone: "America/New_York", resumeFrom: null, newId: () => "new" as LocationId };
  const seen = { id: "L1", name: "Pier", zone: "America/New_York", currency: "USD", isActive: true, cutOffMinutes: null };

  it("gives each new one a code of its own, and a zone that the runtime knows", () => {
    const rows = mergeLocations([], [seen, { ...seen, id: "L2", zone: "Mars/Olympus" }, { ...seen, id: "L3", name: "  " }], home);
    expect(rows.map(({ name, code, zone }) => [name, code, zone])).toEqual([
      ["Pier", "PIR", "America/New_York"], ["Pier", "PI2", "America/New_York"], ["Unnamed location", expect.any(String), "America/New_York"],
    ]);
  });

  it("takes a location of another till for another, and leaves zone and currency as they were first read", () => {
    const known = [location({ connectionId: "other" as ConnectionId }), location({ id: "mine" as LocationId, externalId: "L2", code: "MNE" })];
    const rows = mergeLocations(known, [seen, { ...seen, id: "L2", name: "Renamed", zone: "UTC", currency: "EUR" }], home);
    expect(rows.map(({ id, name, zone, currency }) => [id, name, zone, currency])).toEqual([
      ["new", "Pier", "America/New_York", "USD"], ["mine", "Renamed", "America/New_York", "USD"],
    ]);
  });
});

describe("whether an account may be connected", () => {
  const row = (changes: Partial<ConnectionRow>): ConnectionRow => ({
    shopId: "s" as ShopId, id: "c" as ConnectionId, provider: "square", role: "till", externalAccount: "A", name: "A", currency: null,
    closedThrough: null, state: "connected", scopes: [], connectedBy: "p", connectedAt: 1, checkedAt: 1, ...changes,
  });
  const account = { provider: "square", role: "till", externalAccount: "A" } as const;

  it.each([
    ["a first one", [], "new"],
    ["the same again", [row({})], "known"],
    ["the same after its grant ended", [row({ state: "reconnect_needed" })], "known"],
    ["the same after it was disconnected", [row({ state: "disconnected" })], "known"],
    ["another while one is connected", [row({ externalAccount: "B" })], "other_account"],
    ["another while one waits to be reconnected", [row({ externalAccount: "B", state: "reconnect_needed" })], "other_account"],
    ["another after the first was disconnected", [row({ externalAccount: "B", state: "disconnected" })], "new"],
    ["an earlier one while another is connected", [row({ state: "disconnected" }), row({ externalAccount: "B" })], "other_account"],
    ["a till of another provider", [row({ provider: "quickbooks" })], "other_provider"],
    ["a till beside books", [row({ provider: "quickbooks", role: "books" })], "new"],
  ] as const)("is decided for %s", (_name, connections, kind) => {
    expect(admitAccount(connections, account).kind).toBe(kind);
  });
});
