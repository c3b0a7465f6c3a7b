/** Two shops with the same location ids and dates on one shard: each reads and writes its own days only. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { BusinessDate } from "../../../src/kernel/day";
import type { LocationId } from "../../../src/kernel/ids";
import { daysStandingOn, daysStoppedBy, entriesOf, firstEntriesQuery, findDay, listDays, moved, recentTotals, saveDay } from "../../../src/features/days/service";
import { openShopDb } from "../../../src/platform/database";
import { CANARY, OURS, plantTwoShops, rowsOfTheirs, THEIRS } from "../../support/two-shops";

const LOCATION = "one" as LocationId;
const FIRST = "2026-07-01" as BusinessDate;
const LAST = "2026-07-02" as BusinessDate;
const NEVER = "2026-07-03" as BusinessDate;

const db = openShopDb(env, OURS, 0);

beforeAll(async () => {
  await plantTwoShops();
  await env.SHARD_0.prepare(`UPDATE day SET state = 'held', reason = '{"kind":"unmapped","lines":[]}' WHERE shop_id = ?`).bind(THEIRS).run();
});

describe("a shop's days", () => {
  it("are its own where another's have the same location and date", async () => {
    expect((await findDay(db, LOCATION, FIRST))?.fingerprint).toBe("ours");
    expect(await listDays(db, FIRST, LAST)).toHaveLength(2);
    expect(JSON.stringify([await listDays(db, FIRST, LAST), await recentTotals(db, 7), await entriesOf(db, LOCATION, FIRST)])).not.toContain(CANARY);
  });

  it("are not held because another's are", async () => {
    expect(await daysStoppedBy(db, ["unmapped"])).toEqual([]);
  });

  it("do not stand on an account because another's do, nor count another's entries as their own", async () => {
    await env.SHARD_0.prepare(`INSERT INTO entry (shop_id, location_id, business_date, revision, kind, booked_on, method, cause, reverses, books_connection_id, external_id,
      document_number, request_id, currency, total_minor, lines, mapping_version, day_fingerprint, entry_fingerprint, posted_by, posted_at)
      VALUES (?1, 'one', ?2, 1, 'sales', ?2, 'journal', '', NULL, 'books', '1', 'DB-L00-260701-S1', 'r', 'USD', 1, '[{"key":"sales:A","account":{"id":"9","name":"S"}}]', 1, 'd', 'e', 'daybook', 1)`)
      .bind(THEIRS, FIRST).run();
    expect(await daysStandingOn(db, "9", ["sales:A"])).toEqual([]);
    expect(await firstEntriesQuery(db, 7)).toEqual([]);
    const theirs = openShopDb(env, THEIRS, 0);
    expect(await daysStandingOn(theirs, "9", ["sales:A"])).toEqual([{ locationId: LOCATION, businessDate: FIRST }]);
    expect(await daysStandingOn(theirs, "9", ["sales:B"])).toEqual([]);
    expect(await daysStandingOn(theirs, "9", [])).toEqual([]);
  });

  it("are written without a trace on another's", async () => {
    const before = await rowsOfTheirs();
    const day = await findDay(db, LOCATION, FIRST);
    if (day === null) throw new Error("there is a day to write");
    expect(await saveDay(db, day, moved(day, { to: "stopped", reason: { kind: "not_connected", role: "books" } }, 9, "Stopped"))).toBe(true);
    expect((await findDay(db, LOCATION, FIRST))?.state).not.toBe("ready");
    expect(await rowsOfTheirs()).toBe(before);
  });

  it("are written for the shop whose database it is, whatever the row says", async () => {
    const before = await rowsOfTheirs();
    const day = await findDay(db, LOCATION, LAST);
    if (day === null) throw new Error("there is a day to write");
    const disguised = { ...day, shopId: THEIRS };
    await saveDay(db, disguised, moved(disguised, { to: "stopped", reason: { kind: "not_connected", role: "books" } }, 9, "Stopped"));
    expect(await rowsOfTheirs()).toBe(before);
    expect(await findDay(db, LOCATION, NEVER)).toBeNull();
  });
});
