/** The morning's letter: at six on the shop's own clock, once for each date, with yesterday and the log's checkpoint. */
import { env as runtime } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { morningOf, nextMorning, planLetters, writeLetter } from "../../../src/features/daily-letter/service";
import { wordsOfMorning } from "../../../src/features/daily-letter/words";
import type { DaysView } from "../../../src/features/days/contract";
import { DAY, HOUR } from "../../../src/kernel/clock";
import type { BusinessDate } from "../../../src/kernel/day";
import { createQueue } from "../../support/queue";
import { givenShop, givenWorld, NOW, type GivenShop, type GivenWorld } from "../../support/given";
import { auditLine } from "../../../src/platform/audit";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { createSealer } from "../../../src/platform/sealer";
import { placeOf } from "../../../src/features/mail/rules";
import { readConfig } from "../../../src/platform/env";
import { proved } from "../../support/audit-log";

const at = (text: string) => Date.parse(text);

describe("the hour of the letter", () => {
  it.each([
    ["America/New_York", "2026-07-15T09:59:59Z", "2026-07-15T10:00:00Z", "2026-07-14"],
    ["America/New_York", "2026-07-15T10:00:00Z", "2026-07-16T10:00:00Z", "2026-07-15"],
    // The clock goes forward at two in the night of 8 March.
    ["America/New_York", "2026-03-07T23:00:00Z", "2026-03-08T10:00:00Z", "2026-03-07"],
    ["Australia/Lord_Howe", "2026-10-03T19:00:00Z", "2026-10-03T19:00:00Z", "2026-10-03"],
    ["Pacific/Kiritimati", "2026-07-14T16:00:00Z", "2026-07-15T16:00:00Z", "2026-07-15"],
  ])("is six in the morning in %s: after %s comes %s", (zone, now, next, date) => {
    if (now !== next) expect(new Date(nextMorning(zone, at(now))).toISOString()).toBe(new Date(at(next)).toISOString());
    expect(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(nextMorning(zone, at(now)))).toBe("06:00");
    if (now !== next) expect(morningOf(zone, at(now))).toBe(date);
  });
});

/** A world whose letters the test can count, with nothing due that other tests left. */
async function quietWorld(): Promise<{ given: GivenWorld; shop: GivenShop; letters: () => Promise<{ to: string; subject: string; paragraphs: string[]; attachments: { name: string; text: string }[] }[]> }> {
  await runtime.DIRECTORY.prepare("DELETE FROM daily_letter").run();
  const made = givenWorld();
  const given = { ...made, env: { ...made.env, MAIL_QUEUE: createQueue(made.now).binding } };
  const shop = await givenShop(made);
  const letters = async () => {
    const { masterKeys } = readConfig(given.env);
    const rows = await runtime.DIRECTORY.prepare("SELECT id, sealed_words FROM letter WHERE kind = 'daily' AND recipient = ?1 ORDER BY created_at").bind(`${shop.visit().person.id}@example.com`).all<{ id: never; sealed_words: never }>();
    return await Promise.all(rows.results.map(async (row) => {
      const opened = await createSealer(masterKeys, given.world.random).open(placeOf(row.id), row.sealed_words);
      if (!opened.ok) throw new Error("a letter is sealed for its place");
      return JSON.parse(opened.value.reveal());
    }));
  };
  return { given, shop, letters };
}

const dueAt = async (shop: GivenShop) => await runtime.DIRECTORY.prepare("SELECT due_at FROM daily_letter WHERE shop_id = ?1").bind(shop.shopId).first<number>("due_at");

describe("the letter", () => {
  it("is planned for a new shop at its next six o'clock, and then comes once a day whatever cron does", async () => {
    const { given, shop, letters } = await quietWorld();
    expect(await planLetters(given.world, given.env)).toBe(0);
    expect(await dueAt(shop)).toBe(at("2026-07-16T10:00:00Z"));
    expect(await planLetters(given.world, given.env)).toBe(0);
    given.pass(at("2026-07-16T10:00:00Z") - NOW);
    expect(await planLetters(given.world, given.env)).toBe(1);
    expect(await planLetters(given.world, given.env)).toBe(0);
    expect(await dueAt(shop)).toBe(at("2026-07-17T10:00:00Z"));
    given.pass(3 * DAY + 5 * HOUR);
    expect(await planLetters(given.world, given.env)).toBe(1);
    expect(given.queue.waiting().map(({ body }) => (body as { payload: { date: string } }).payload.date)).toEqual(["2026-07-16", "2026-07-19"]);
    await given.queue.deliver(given.jobs.queue, given.env);
    expect((await letters()).length).toBeGreaterThan(0);
  });

  it("tells the owner of yesterday, of what waits, and brings the checkpoint", async () => {
    const { given, shop, letters } = await quietWorld();
    await given.jobs.scheduled(given.env);
    await given.drain();
    await shop.db.orm.batch(auditLine(shop.db, given.world.random, { at: given.now(), actor: DAYBOOK, action: "mapping.saved", subject: "mapping:1" }));
    await writeLetter(given.world, given.env, shop.db, { shopId: shop.shopId, shard: shop.shard, date: "2026-07-15" as BusinessDate });
    const [letter] = await letters();
    expect(letter?.subject).toMatch(/^Harbour, Tue 14 July: 1 (?:posted|no sales)$/);
    expect(letter?.paragraphs.join("\n")).toMatch(/Harbour on Tue 14 July:\n(?:Posted: Pier [\d,]+\.\d\d USD|No sales: Pier)/);
    expect(letter?.paragraphs).toContain("Nothing waits for you.");
    const [attachment] = letter?.attachments ?? [];
    const key = letter?.paragraphs.at(-1)?.split("signed with the key ")[1] ?? "";
    const checkpoint = await proved({ note: attachment?.text ?? "", key });
    expect(checkpoint.origin).toBe(`daybook/shop:${shop.shopId}`);
    expect(attachment?.name).toBe(`daybook-checkpoint-${checkpoint.size}.txt`);
  });

  it("of a date is written once though its message comes twice, five times at once, or late", async () => {
    const { given, shop, letters } = await quietWorld();
    const write = async (date: string) => await writeLetter(given.world, given.env, shop.db, { shopId: shop.shopId, shard: shop.shard, date: date as BusinessDate });
    await Promise.all(Array.from({ length: 5 }, () => write("2026-07-15")));
    await write("2026-07-15");
    await write("2026-07-14");
    expect(await letters()).toHaveLength(1);
    await write("2026-07-16");
    expect(await letters()).toHaveLength(2);
  });

  it("of a shop without a location comes on days on which something expires, and on no other", async () => {
    const { given, shop, letters } = await quietWorld();
    await runtime.SHARD_0.batch([
      runtime.SHARD_0.prepare("DELETE FROM location WHERE shop_id = ?1").bind(shop.shopId),
      runtime.SHARD_0.prepare(`INSERT INTO document (shop_id, id, version, object_key, kind, subject_kind, subject, title, tags, file_name, media_type, size_bytes, checksum, expires_on, words, links_void_through, created_by, created_at, changed_at)
        VALUES (?1, 'lease', 1, ?1 || '/lease/1', 'other', 'shop', '', 'Lease', '[]', 'lease.pdf', 'application/pdf', 1, 'c', '2026-07-23', '', 0, 'daybook', 1, 1)`).bind(shop.shopId),
    ]);
    for (const date of ["2026-07-15", "2026-07-16", "2026-07-17"]) await writeLetter(given.world, given.env, shop.db, { shopId: shop.shopId, shard: shop.shard, date: date as BusinessDate });
    expect((await letters()).map(({ subject, paragraphs }) => [subject, paragraphs.find((one) => one.includes("expire"))])).toEqual([
      ["Harbour, Wed 15 July: 1 expiring", "One document expires soon: Lease, in 7 days, on Thu 23 July."],
    ]);
  });

  it("goes to owners who are there, and to nobody of a shop that keeps no location or is closed", async () => {
    const { given, shop, letters } = await quietWorld();
    const write = async (date: string) => await writeLetter(given.world, given.env, shop.db, { shopId: shop.shopId, shard: shop.shard, date: date as BusinessDate });
    await runtime.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?1").bind(shop.visit().person.id).run();
    await write("2026-07-15");
    await runtime.DIRECTORY.batch([runtime.DIRECTORY.prepare("UPDATE person SET disabled_at = NULL WHERE id = ?1").bind(shop.visit().person.id), runtime.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE id = ?1").bind(shop.shopId)]);
    await write("2026-07-16");
    expect(await letters()).toEqual([]);
  });
});

describe("its words", () => {
  const location = (id: string, name: string) => ({ id, name, code: name.slice(0, 3), zone: "UTC", currency: "USD", cutOffMinutes: 0, startsOn: "2026-01-01", today: "2026-07-15" });
  const cell = (locationId: string, state: DaysView["cells"][number]["state"], takingsMinor: number | null, headline: string | null = null) => ({ locationId, date: "2026-07-14", state, takingsMinor, headline });
  const days = {
    locations: [location("a", "Pier"), location("b", "Market"), location("c", "Dock")],
    cells: [cell("a", "posted", 240_853), cell("b", "corrected", 112_000), cell("c", "held", 51_200, "Two lines have no account.")],
    needsWork: Array.from({ length: 7 }, () => cell("c", "held", null, "Two lines have no account.")),
  };

  it("say each state with its totals, what waits first, and never more than five of those", () => {
    const words = wordsOfMorning({ shop: { name: "Harbour", url: "https://harbour.daybook.example" }, date: "2026-07-14" as BusinessDate, days, expiring: { count: 0, first: [], today: "2026-07-15" as BusinessDate }, sealed: null, alarm: { seq: 9, why: "changed" } });
    expect(words.subject).toBe("Harbour, Tue 14 July: 2 posted, 1 held");
    expect(words.paragraphs.slice(1, 3)).toEqual([
      "Posted: Pier 2,408.53 USD, Market 1,120.00 USD. Together 3,528.53 USD.", "Held: Dock 512.00 USD (Two lines have no account).",
    ]);
    expect(words.paragraphs[3]).toMatch(/^7 days wait for you: .*; and 2 more\.$/);
    expect(words.paragraphs[4]).toContain("line 9 was changed or is missing");
  });

  it("say what expires, the first five by name, and how many more there are", () => {
    const expiring = (count: number, ...first: readonly (readonly [string, string])[]) => wordsOfMorning({
      shop: { name: "Harbour", url: "https://harbour.daybook.example" }, date: "2026-07-14" as BusinessDate, days: { ...days, needsWork: [] }, sealed: null, alarm: null,
      expiring: { count, first: first.map(([title, expiresOn]) => ({ title, expiresOn: expiresOn as BusinessDate })), today: "2026-07-15" as BusinessDate },
    }).paragraphs.at(-1);
    expect(expiring(0)).toBe("Nothing waits for you.");
    expect(expiring(1, ["Lease", "2026-07-15"])).toBe("One document expires soon: Lease, today.");
    expect(expiring(7, ["Lease", "2026-07-13"], ["Warranty HC-00012", "2026-07-16"], ["Permit", "2026-08-14"])).toBe(
      "7 documents expire soon: Lease, since Mon 13 July; Warranty HC-00012, tomorrow; Permit, in 30 days, on Fri 14 August; and 4 more.",
    );
  });
});
