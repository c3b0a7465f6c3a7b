/** What somebody is told of quiet hours before they write: the same as becomes of the text once it is written. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import { quietOf } from "../../../src/features/messages/reachable";

const NIGHT = Date.parse("2026-03-02T10:00:00Z");
const NOON = Date.parse("2026-03-02T20:00:00Z");
const honolulu = { zone: "Pacific/Honolulu", phone: "+18085550104" };

describe("a text that would be written now", () => {
  it("waits for eight o'clock where its reader is", () => {
    expect(quietOf(honolulu, "America/New_York", null, NIGHT)).toEqual({ until: Date.parse("2026-03-02T18:00:00Z"), zone: "Pacific/Honolulu" });
    expect(quietOf({ zone: null, phone: "+18085550104" }, "America/New_York", null, NIGHT)?.until).toBe(Date.parse("2026-03-02T18:00:00Z"));
  });

  it("goes out at once by day, and as the answer to somebody who wrote within the hour", () => {
    expect(quietOf(honolulu, "America/New_York", null, NOON)).toBeNull();
    expect(quietOf(honolulu, "America/New_York", NIGHT - 5 * MINUTE, NIGHT)).toBeNull();
    expect(quietOf(honolulu, "America/New_York", NIGHT - 2 * HOUR, NIGHT)).not.toBeNull();
  });
});
