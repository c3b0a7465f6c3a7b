/** The state machine of a day, and the history that it keeps. */
import { describe, expect, it } from "vitest";
import type { ConnectionId, LocationId, ShopId } from "../../../src/kernel/ids";
import { emptySalesDay } from "../../../src/ledger/sales-day";
import { DAY_STATES, type Decision } from "../../../src/features/days/contract";
import { decided, isLeased, isUndone, leaseFrom, mayBecome, moved, MOST_ATTEMPTS, needsLookUp, unreadDay, withAttempt, withoutDecision, type Move, type PendingEntry } from "../../../src/features/days/rules";
import { date } from "../../support/days";

const unread = unreadDay({ shopId: "shop" as ShopId, locationId: "place" as LocationId, businessDate: date("2026-07-14") });
const read = { totals: emptySalesDay("USD"), fingerprint: "f".repeat(43) };
const pending: PendingEntry = {
  entry: { currency: "USD", lines: [], totalMinor: 1 }, revision: 1, kind: "sales", bookedOn: date("2026-07-14"), method: "journal", cause: "", reverses: null, booksConnectionId: "books" as ConnectionId, documentNumber: "DB-PIR-260714-S1",
  requestId: "r", mappingVersion: 1, dayFingerprint: read.fingerprint, postedBy: "daybook", mayBeInBooks: false,
};
const RECORDED: Move = { to: "recorded", revision: 1, as: "posted", next: null };
const posting: Move = { to: "posting", pending, lease: leaseFrom(1_000, "token"), read };

describe("a day moves", () => {
  it("as the table says and never otherwise", () => {
    const ready = moved(unread, { to: "ready", read }, 10, null);
    expect(() => moved(ready, { to: "uncertain" }, 20, null)).toThrow("does not become");
    expect(() => moved(moved(ready, posting, 20, null), { to: "no_sales" }, 30, null)).toThrow("does not become");
    const uncertain = moved(moved(ready, posting, 20, null), { to: "uncertain" }, 30, null);
    expect(() => moved(uncertain, RECORDED, 40, null)).toThrow("does not become");
    expect(moved(moved(uncertain, posting, 40, null), RECORDED, 50, null)).toMatchObject({ state: "posted", revision: 1, pending: null, leaseToken: null });
  });

  it("out of uncertain only into a look-up, and out of the books' hands only by way of posting", () => {
    expect(DAY_STATES.filter((state) => mayBecome("uncertain", state))).toEqual(["posting", "uncertain"]);
    expect(DAY_STATES.filter((state) => mayBecome(state, "uncertain"))).toEqual(["posting", "uncertain"]);
    expect(DAY_STATES.filter((state) => mayBecome("posted", state))).toEqual(["ready", "posting", "posted", "final", "held", "failed", "changed"]);
  });

  it("carrying exactly what the table of the database demands of each state", () => {
    const held = moved(unread, { to: "stopped", reason: { kind: "unmapped", lines: [] }, read }, 10, null);
    expect(held).toMatchObject({ state: "held", pending: null, totals: read.totals });
    const failed = moved(held, { to: "stopped", reason: { kind: "not_connected", role: "books" } }, 20, null);
    expect(failed).toMatchObject({ state: "failed", totals: read.totals });
    expect(moved(failed, posting, 30, null)).toMatchObject({ state: "posting", reason: null, leaseToken: "token", leaseUntil: 121_000 });
  });

  it("with a version that grows though the clock stands still or steps back", () => {
    const first = moved(unread, { to: "ready", read }, 1_000, null);
    const second = moved(first, { to: "ready", read }, 1_000, null);
    const third = moved(second, { to: "ready", read }, 5, null);
    expect([first.changedAt, second.changedAt, third.changedAt]).toEqual([1_000, 1_001, 1_002]);
  });
});

describe("what comes after a reversal", () => {
  it("is written down with its record: the day goes on posting, and no crash forgets it", () => {
    const held = moved(unread, posting, 1_000, null);
    const next: PendingEntry = { ...pending, revision: 2, documentNumber: "DB-PIR-260714-S2" };
    expect(moved(held, { to: "recorded", revision: 1, as: "corrected", next }, 2_000, null)).toMatchObject({
      state: "posting", revision: 1, pending: { documentNumber: "DB-PIR-260714-S2" }, leaseToken: null,
    });
  });
});

describe("a decision", () => {
  const decision: Decision = { kind: "first_open_day", by: "person:a", at: 2_000, reading: read.fingerprint };

  it("is remembered once for each thing that it is about, with a line of history, and moves the row's version", () => {
    const held = moved(unread, { to: "stopped", reason: { kind: "period_closed", closedThrough: null }, read }, 1_000, null);
    const once = decided(held, decision, "To be posted on the first open day");
    expect(once).toMatchObject({ state: "held", decisions: [decision], attempts: [{ at: 2_000, text: "To be posted on the first open day" }], changedAt: 2_000 });
    const twice = decided(once, { ...decision, at: 3_000 }, "Again");
    expect(twice.decisions).toEqual([{ ...decision, at: 3_000 }]);
    expect(decided(twice, { ...decision, reading: "g".repeat(43) }, "Another reading").decisions).toHaveLength(2);
  });

  it("to take a day back holds until it is overruled", () => {
    const undone = decided(unread, { kind: "undone", by: "person:a", at: 2_000 }, "Taken back");
    expect(isUndone(undone)).toBe(true);
    expect(isUndone(withoutDecision(undone, "undone"))).toBe(false);
  });

  it("never makes the row longer than its table allows", () => {
    let row = unread;
    for (let at = 0; at < 200; at += 1) row = decided(row, { kind: "edit_accepted", by: `person:${"a".repeat(26)}`, at, about: `${at}`.padStart(43, "h"), reading: "r".repeat(43) }, "Left");
    expect(JSON.stringify(row.decisions).length).toBeLessThan(20_000);
  });
});

describe("a lease", () => {
  it("holds until it runs out, and whoever finds it then looks up first", () => {
    const held = moved(unread, posting, 1_000, null);
    expect([isLeased(held, 120_999), isLeased(held, 121_000)]).toEqual([true, false]);
    expect(needsLookUp(held)).toBe(true);
  });

  it("was never taken for an entry that was only approved: it is sent without a look-up", () => {
    const approved = moved(unread, { to: "posting", pending, lease: null }, 1_000, null);
    expect([isLeased(approved, 1_000), needsLookUp(approved)]).toEqual([false, false]);
  });
});

describe("a day's history", () => {
  it("keeps the last twenty lines, and no line longer than it can hold", () => {
    let attempts = withAttempt([], { at: 0, text: "x".repeat(1_000) });
    expect(attempts[0]?.text).toHaveLength(300);
    for (let at = 1; at <= 50; at += 1) attempts = withAttempt(attempts, { at, text: `try ${at}` });
    expect(attempts).toHaveLength(MOST_ATTEMPTS);
    expect(attempts.at(-1)).toEqual({ at: 50, text: "try 50" });
    for (let at = 1; at <= 50; at += 1) attempts = withAttempt(attempts, { at: 1e13 + at, text: '\u0007"\ud83e'.repeat(200) });
    expect(JSON.stringify(attempts).length).toBeLessThan(20_000);
  });
});
