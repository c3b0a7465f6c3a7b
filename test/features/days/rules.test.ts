/** The state machine of a day, and the history that it keeps. */
import { describe, expect, it } from "vitest";
import type { ConnectionId, LocationId, ShopId } from "../../../src/kernel/ids";
import { emptySalesDay } from "../../../src/ledger/sales-day";
import { DAY_STATES } from "../../../src/features/days/contract";
import { isLeased, leaseFrom, mayBecome, moved, MOST_ATTEMPTS, needsLookUp, unreadDay, withAttempt, type Move, type PendingEntry } from "../../../src/features/days/rules";
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
