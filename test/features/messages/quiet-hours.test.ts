import { getCountries } from "libphonenumber-js/min";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AREA_CODES } from "../../../src/features/messages/area-codes";
import { nextAllowedAt } from "../../../src/features/messages/quiet-hours";
import { zoneOf, zoneOfContact } from "../../../src/features/messages/zone";
import { isZone, wallClockAt } from "../../../src/kernel/day";

const at = (text: string) => Date.parse(text);
const QUARTER = 15 * 60_000;
const isDay = (zone: string, instant: number) => {
  const hour = new Date(instant).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  return hour >= "08:00" && hour < "21:00";
};

describe("quiet hours", () => {
  it.each([
    ["by day: now", "2026-11-21T15:00:00Z", "America/New_York", "2026-11-21T15:00:00Z"],
    ["at eight: now", "2026-11-21T13:00:00Z", "America/New_York", "2026-11-21T13:00:00Z"],
    ["a second before eight: at eight", "2026-11-21T12:59:59Z", "America/New_York", "2026-11-21T13:00:00Z"],
    ["the last second before nine in the evening: now", "2026-11-22T01:59:59.999Z", "America/New_York", "2026-11-22T01:59:59.999Z"],
    ["at nine in the evening: tomorrow at eight", "2026-11-22T02:00:00Z", "America/New_York", "2026-11-22T13:00:00Z"],
    ["the night in which spring skips an hour", "2026-03-08T05:00:00Z", "America/New_York", "2026-03-08T12:00:00Z"],
    ["the night in which autumn doubles one", "2026-11-01T04:00:00Z", "America/New_York", "2026-11-01T13:00:00Z"],
    ["a date that Samoa never lived", "2011-12-30T09:00:00Z", "Pacific/Apia", "2011-12-30T18:00:00Z"],
  ])("%s", (_name, now, zone, expected) => {
    expect(new Date(nextAllowedAt(at(now), zone))).toEqual(new Date(at(expected)));
  });

  it("end where it is day in each zone of an area code", () => {
    // Tennessee's 423: 8:00 in Chattanooga is 7:00 across the line.
    expect(nextAllowedAt(at("2026-11-21T13:00:00Z"), zoneOf("+14235550100", "UTC"))).toBe(at("2026-11-21T14:00:00Z"));
    // And 20:30 there is 21:30 in Chattanooga.
    expect(nextAllowedAt(at("2026-11-22T02:30:00Z"), zoneOf("+14235550100", "UTC"))).toBe(at("2026-11-22T14:00:00Z"));
  });

  it("are kept to wherever and whenever, and end as soon as they may", () => {
    const zones = ["America/New_York", "America/Phoenix", "America/St_Johns", "Pacific/Honolulu", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham", "America/Nuuk"];
    fc.assert(fc.property(fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2032-01-01T00:00:00Z") }), fc.subarray(zones, { minLength: 1, maxLength: 1 }), (now, [zone = ""]) => {
      const allowed = nextAllowedAt(now, zone);
      expect(isDay(zone, allowed)).toBe(true);
      expect(allowed).toBeGreaterThanOrEqual(now);
      expect(allowed - now).toBeLessThanOrEqual(13 * 3_600_000);
      for (let instant = now; instant < allowed; instant += QUARTER) expect(isDay(zone, instant)).toBe(false);
      expect(nextAllowedAt(allowed, zone)).toBe(allowed);
    }));
  });

  it("leave an hour in every country and every area code", () => {
    const numbers = Object.keys(AREA_CODES).map((zones) => `+1${AREA_CODES[zones]?.slice(0, 3)}5550100`);
    for (const number of [...numbers, "+74951234567", "+61291234567", "+551123456789", "+12045550100"]) {
      const zones = zoneOf(number, "UTC");
      const allowed = nextAllowedAt(at("2026-07-01T03:00:00Z"), zones);
      for (const zone of zones) expect(isDay(zone, allowed), `${number} in ${zone}`).toBe(true);
    }
  });
});

describe("where a number is from", () => {
  it.each([
    ["+12125550100", ["America/New_York"]],
    ["+13125550100", ["America/Chicago"]],
    ["+16025550100", ["America/Phoenix"]],
    ["+14165550100", ["America/Toronto"]],
    ["+18085550100", ["Pacific/Honolulu"]],
    ["+18505550100", ["America/Chicago", "America/New_York"]],
    ["+14425550100", ["America/Los_Angeles"]],
    ["+33612345678", ["Europe/Paris"]],
    ["+8613912345678", ["Asia/Shanghai", "Asia/Urumqi"]],
  ])("%s", (phone, zones) => {
    expect([...zoneOf(phone, "UTC")].toSorted()).toEqual(zones.toSorted());
  });

  it("is where the shop is when the number does not say", () => {
    for (const phone of ["+18005550100", "+18335550100", "+15005550006", "+19995550100", "+8835100012345", "+1", "not a number"]) {
      expect(zoneOf(phone, "America/Denver"), phone).toEqual(["America/Denver"]);
    }
  });

  it("gives way to where the person said to be", () => {
    expect(zoneOfContact({ zone: "America/Denver", phone: "+12125550100" }, "UTC")).toEqual(["America/Denver"]);
    expect(zoneOfContact({ zone: "Nowhere/Else", phone: "+12125550100" }, "UTC")).toEqual(["America/New_York"]);
    expect(zoneOfContact({ zone: null, phone: null }, "UTC")).toEqual(["UTC"]);
  });

  it("comes from a table in which each code stands once, and each zone is known", () => {
    const codes = Object.values(AREA_CODES).flatMap((line) => line.split(" "));
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(430);
    for (const code of codes) expect(code).toMatch(/^[2-9](?!9)\d\d$/);
    // Service codes and toll-free codes are nobody's area.
    for (const code of ["211", "411", "800", "833", "844", "855", "866", "877", "888", "900", "500", "700"]) expect(codes).not.toContain(code);
    for (const zone of Object.keys(AREA_CODES).flatMap((zones) => zones.split(" "))) expect(isZone(zone), zone).toBe(true);
  });

  it("never lies further apart than an area code does", () => {
    for (const zones of Object.keys(AREA_CODES)) {
      const hours = zones.split(" ").map((zone) => {
        const { date, minutes } = wallClockAt(zone, at("2026-07-01T12:00:00Z"));
        return Date.parse(date) / 3_600_000 + minutes / 60;
      });
      expect(Math.max(...hours) - Math.min(...hours), zones).toBeLessThanOrEqual(3);
    }
  });

  it("is known for every country that a number can be of", () => {
    const without = getCountries().filter((country) => (new Intl.Locale(`und-${country}`).getTimeZones() ?? []).length === 0);
    expect(without.toSorted()).toEqual(["AC", "TA", "XK"]);
  });
});
