/**
 * What somebody could do to an audit log who holds the database, the sequencer's memory or the file that was taken away:
 * each is found, and the first line that is not as it was is named. Only a log that was rewritten whole, with every hash
 * and signature made anew, agrees with itself: that is found by what the owner kept of it before.
 */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { readExport, type AuditExport, type ExportedLine } from "../../src/kernel/audit-export";
import { leafHash } from "../../src/kernel/audit-leaf";
import { leafOfLine, verifyExport, type Finding } from "../../src/kernel/audit-verify";
import { originOfLog } from "../../src/kernel/checkpoint";
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import { newId, type ShopId } from "../../src/kernel/ids";
import { systemRandom } from "../../src/kernel/clock";
import { auditLine } from "../../src/platform/audit";
import { DAYBOOK } from "../../src/platform/audit-leaf";
import { createSigner } from "../../src/platform/checkpoint-signer";
import { openShopDb } from "../../src/platform/database";
import { readConfig } from "../../src/platform/env";
import { sequencerOf, type Sequencer } from "../../src/platform/sequencer-client";
import { createTestWorld, originOf, type TestWorld } from "../support/app";
import { leafHashesOf, loggedShop, proved, rootOver, shardOf, tamper, write, type LoggedShop } from "../support/audit-log";
import { givenReader } from "../features/audit/reader";

const LINES = 12;

let world: TestWorld;
let shop: LoggedShop;
let sequencer: Sequencer;

async function openLog(): Promise<void> {
  world = createTestWorld();
  shop = await loggedShop(`t${newId<ShopId>(systemRandom).slice(0, 12)}`);
  sequencer = sequencerOf(env, shop.log);
  await write(shop, LINES);
  await sequencer.advance(world);
}

const SHIFT_UP = "UPDATE audit SET seq = seq + 1000 WHERE shop_id = ?1 AND seq >= 7";
const SHIFT_DOWN = "UPDATE audit SET seq = seq - 999 WHERE shop_id = ?1 AND seq > 1000";
const INSERT_COPY = "INSERT INTO audit SELECT shop_id, 7, at, actor, through, action, subject, before, after, commitments, leaf_hash FROM audit WHERE shop_id = ?1 AND seq = 1";

/** What is done to the rows, and what the next look at them says. */
const TAMPERINGS: readonly { readonly what: string; readonly statements: readonly string[]; readonly alarm: { readonly seq: number; readonly why: string } }[] = [
  { what: "a line is changed", statements: ["UPDATE audit SET actor = 'daybook' WHERE shop_id = ?1 AND seq = 5"], alarm: { seq: 5, why: "changed" } },
  { what: "a time is changed", statements: ["UPDATE audit SET at = at + 1 WHERE shop_id = ?1 AND seq = 9"], alarm: { seq: 9, why: "changed" } },
  { what: "a line is changed together with its hash", statements: ["UPDATE audit SET subject = (SELECT subject FROM audit WHERE shop_id = ?1 AND seq = 2), after = (SELECT after FROM audit WHERE shop_id = ?1 AND seq = 2), at = (SELECT at FROM audit WHERE shop_id = ?1 AND seq = 2), commitments = (SELECT commitments FROM audit WHERE shop_id = ?1 AND seq = 2), leaf_hash = (SELECT leaf_hash FROM audit WHERE shop_id = ?1 AND seq = 2) WHERE shop_id = ?1 AND seq = 6"], alarm: { seq: 6, why: "changed" } },
  { what: "a line is deleted", statements: ["DELETE FROM audit WHERE shop_id = ?1 AND seq = 4"], alarm: { seq: 4, why: "missing" } },
  { what: "a line is deleted and the gap closed", statements: ["DELETE FROM audit WHERE shop_id = ?1 AND seq = 4", "UPDATE audit SET seq = seq + 1000 WHERE shop_id = ?1 AND seq > 4", "UPDATE audit SET seq = seq - 1001 WHERE shop_id = ?1 AND seq > 1000"], alarm: { seq: 4, why: "changed" } },
  { what: "a line is inserted", statements: [SHIFT_UP, SHIFT_DOWN, INSERT_COPY], alarm: { seq: 7, why: "changed" } },
  { what: "two lines change places", statements: ["UPDATE audit SET seq = 1003 WHERE shop_id = ?1 AND seq = 3", "UPDATE audit SET seq = 3 WHERE shop_id = ?1 AND seq = 8", "UPDATE audit SET seq = 8 WHERE shop_id = ?1 AND seq = 1003"], alarm: { seq: 3, why: "changed" } },
  { what: "the tail is cut off", statements: ["DELETE FROM audit WHERE shop_id = ?1 AND seq > 10"], alarm: { seq: 11, why: "missing" } },
  { what: "everything is deleted", statements: ["DELETE FROM audit WHERE shop_id = ?1"], alarm: { seq: 1, why: "missing" } },
];

describe("when in the database", () => {
  beforeEach(openLog);

  it.each(TAMPERINGS)("$what, the sequencer names the line, raises the alarm and signs no more", async ({ statements, alarm }) => {
    const before = await sequencer.latest();
    await tamper(shop, ...statements, "DELETE FROM audit_personal WHERE shop_id = ?1");
    expect((await sequencer.advance(world)).alarm).toEqual(alarm);
    expect(world.lines.map((line) => JSON.parse(line) as object)).toContainEqual(expect.objectContaining({ event: "audit.tampered", shopId: shop.id, kind: alarm.why, count: alarm.seq }));
    await write(shop, 1);
    await sequencer.advance(world);
    expect(await sequencer.latest()).toEqual(before);
  });

  it("a line is put in before the sequencer has seen it, its hash must be its own", async () => {
    await write(shop, 3);
    await tamper(shop, `UPDATE audit SET actor = 'daybook' WHERE shop_id = ?1 AND seq = ${LINES + 2}`);
    expect((await sequencer.advance(world)).alarm).toEqual({ seq: LINES + 2, why: "changed" });
  });

  it("lines far from the end are changed, the patrol comes by, whatever the size", async () => {
    await shardOf(shop).prepare(`WITH RECURSIVE n(i) AS (SELECT ${LINES + 1} UNION ALL SELECT i + 1 FROM n WHERE i < 900)
      INSERT INTO audit SELECT shop_id, n.i, at, actor, through, action, subject, before, after, commitments, leaf_hash FROM audit, n WHERE shop_id = ?1 AND seq = 1`).bind(shop.id).run();
    await sequencer.advance(world);
    await tamper(shop, "UPDATE audit SET actor = 'daybook' WHERE shop_id = ?1 AND seq = 600");
    const alarms = [];
    for (let look = 0; look < 4; look += 1) alarms.push((await sequencer.advance(world)).alarm);
    expect(alarms.find((alarm) => alarm !== null)).toEqual({ seq: 600, why: "changed" });
  });
});

describe("when the sequencer's memory is wiped too and the log rewritten with every hash made anew", () => {
  beforeEach(openLog);

  const forget = async () => await runInDurableObject(env.SEQUENCER.getByName(shop.log), async (_instance, state) => {
    state.storage.sql.exec("DELETE FROM tile");
    state.storage.sql.exec("DELETE FROM state");
  });
  const rewrite = async (count: number) => {
    await tamper(shop, "DELETE FROM audit WHERE shop_id = ?1", "DELETE FROM audit_personal WHERE shop_id = ?1");
    await write(shop, count, { subject: "never happened" });
    await forget();
  };

  it("the locked checkpoint of the same size stands against it", async () => {
    await rewrite(LINES);
    expect((await sequencer.advance(world)).alarm).toEqual({ seq: LINES, why: "forked" });
  });

  it("so does one of a smaller size, and one of a larger", async () => {
    await rewrite(LINES + 5);
    expect((await sequencer.advance(world)).alarm).toEqual({ seq: LINES, why: "forked" });
    await rewrite(LINES - 2);
    expect((await sequencer.advance(world)).alarm).toEqual({ seq: LINES - 1, why: "missing" });
  });

  it("a memory that was only lost is built up again and signs on", async () => {
    await forget();
    await write(shop, 1);
    expect(await sequencer.advance(world)).toMatchObject({ size: LINES + 1, alarm: null });
  });
});

/** A log as its owner took it away, with a checkpoint of an earlier letter and an earlier file. Nobody changes it: it is made once. */
async function takenAway() {
  return await (taken ??= takeAway());
}

let taken: ReturnType<typeof takeAway> | undefined;

async function takeAway() {
  const reader = await givenReader();
  const take = async () => readExport(await (await reader.get("/export?format=json")).text()) as AuditExport;
  for (let index = 0; index < 4; index += 1) await reader.write({ subject: `early:${index}` });
  const earlier = await take();
  for (let index = 0; index < 4; index += 1) await reader.write({ subject: `late:${index}` });
  return { file: await take(), earlier, letter: earlier.checkpoint ?? "" };
}

const changed = (file: AuditExport, seq: number, change: Partial<ExportedLine>): AuditExport => ({ ...file, lines: file.lines.map((line) => (line.seq === seq ? { ...line, ...change } : line)) });
const first = async (file: AuditExport, anchors: readonly string[] = []): Promise<Finding | undefined> => (await verifyExport(file, anchors)).findings[0];

/** The file as the holder of the signing key would have to make it. */
async function resigned(file: AuditExport, lines: readonly ExportedLine[]): Promise<AuditExport> {
  const hashes = lines.map((line) => leafHash(leafOfLine(file.log, line)));
  const origin = originOfLog(file.log);
  const { sign } = await createSigner(readConfig(env).auditSigningKey, origin);
  return { ...file, lines, hashes, checkpoint: await sign({ origin, size: lines.length, root: rootOver(hashes.map(decodeBase64urlIgnorePadding)) }) };
}

describe("a file that was taken away", () => {
  it("is whole as it came, and agrees with an earlier letter and an earlier file", async () => {
    const { file, earlier, letter } = await takenAway();
    expect(await verifyExport(file, [letter, JSON.stringify(earlier)])).toMatchObject({ findings: [], agreeingAnchors: 2 });
    expect(await verifyExport(file, [`\r\n${letter.replaceAll("\n", "\r\n")}`])).toMatchObject({ findings: [], agreeingAnchors: 1 });
  });

  it("names the first line that was changed, deleted, inserted, moved or cut off", async () => {
    const { file } = await takenAway();
    const last = file.lines.length;
    const line = (seq: number) => file.lines[seq - 1] as ExportedLine;
    expect(await first(changed(file, 3, { actor: "daybook" }))).toEqual({ kind: "changed", seq: 3 });
    expect(await first(changed(file, 3, { at: 5 }))).toEqual({ kind: "changed", seq: 3 });
    expect(await first(changed(file, 3, { personal: { ...line(3).personal, name: { salt: "x", value: "Mallory" } } }))).toEqual({ kind: "personal_changed", seq: 3 });
    expect(await first({ ...file, lines: file.lines.filter(({ seq }) => seq !== 4) })).toEqual({ kind: "missing", seq: 4 });
    expect(await first({ ...file, lines: file.lines.flatMap((one) => (one.seq < 5 ? [one] : one.seq === 5 ? [one, { ...one, seq: 6 }] : [{ ...one, seq: one.seq + 1 }])) })).toEqual({ kind: "changed", seq: 6 });
    expect(await first({ ...file, lines: file.lines.map((one) => (one.seq === 2 ? { ...line(6), seq: 2 } : one.seq === 6 ? { ...line(2), seq: 6 } : one)) })).toEqual({ kind: "changed", seq: 2 });
    expect((await first({ ...file, lines: [line(1), line(3), line(2), ...file.lines.slice(3)] }))?.seq).toBe(2);
    expect(await first({ ...file, lines: file.lines.slice(0, last - 2) })).toEqual({ kind: "missing", seq: last - 1 });
    expect(await first({ ...file, lines: file.lines.slice(0, last - 2), hashes: file.hashes.slice(0, last - 2) })).toEqual({ kind: "missing", seq: last - 1 });
  });

  it("whose line and hash were both changed is not what was signed; an earlier file names the line", async () => {
    const { file, earlier } = await takenAway();
    const forged = changed(file, 3, { actor: "daybook" });
    const both = { ...forged, hashes: forged.hashes.map((hash, index) => (index === 2 ? leafHash(leafOfLine(file.log, forged.lines[2] as ExportedLine)) : hash)) };
    expect(await first(both)).toEqual({ kind: "root", seq: file.lines.length, from: 1 });
    expect(await first(both, [JSON.stringify(earlier)])).toEqual({ kind: "rewritten", seq: 3 });
  });

  it("is refused with another key's signature, another log's, or none", async () => {
    const [one, other] = [await takenAway(), await takeAway()];
    const origin = originOfLog(one.file.log);
    const stranger = await createSigner(new Uint8Array(32).fill(7), origin);
    const forged = await stranger.sign({ origin, size: one.file.hashes.length, root: rootOver(one.file.hashes.map(decodeBase64urlIgnorePadding)) });
    for (const checkpoint of [forged, other.file.checkpoint, null, "nonsense", one.file.checkpoint?.replace(/\n\d+\n/, "\n1\n") ?? ""]) {
      expect((await verifyExport({ ...one.file, checkpoint })).findings).toContainEqual({ kind: "signature", seq: null });
    }
    expect(await first(one.file, [other.letter])).toEqual({ kind: "anchor_foreign", seq: null });
    expect(await first(one.file, ["not a checkpoint"])).toEqual({ kind: "anchor_unreadable", seq: null });
  });

  it("that was rewritten whole and signed anew agrees with itself, and only what was kept before gives it away", async () => {
    const { file, earlier, letter } = await takenAway();
    const forged = await resigned(file, file.lines.map((line) => (line.seq === 4 ? { ...line, actor: "daybook" } : line)));
    expect((await verifyExport(forged)).findings).toEqual([]);
    expect(await first(forged, [letter])).toEqual({ kind: "rewritten", seq: earlier.lines.length, from: 1 });
    expect(await first(forged, [JSON.stringify(earlier)])).toEqual({ kind: "rewritten", seq: 4 });
  });

  it("that was forked after a letter still agrees with it, and not with a later one: the first bad line lies between", async () => {
    const { file, earlier, letter } = await takenAway();
    const from = earlier.lines.length + 1;
    const forged = await resigned(file, file.lines.map((line) => (line.seq === from + 1 ? { ...line, subject: "never happened" } : line)));
    expect(await verifyExport(forged, [letter])).toMatchObject({ findings: [], agreeingAnchors: 1 });
    expect(await first(forged, [letter, file.checkpoint ?? ""])).toEqual({ kind: "rewritten", seq: file.lines.length, from });
  });

  it("that was cut off and signed anew is shorter than a letter says", async () => {
    const { file } = await takenAway();
    const forged = await resigned(file, file.lines.slice(0, -1));
    expect((await verifyExport(forged)).findings).toEqual([]);
    expect(await first(forged, [file.checkpoint ?? ""])).toEqual({ kind: "missing", seq: file.lines.length });
  });
});

describe("acts and their lines", () => {
  beforeEach(openLog);

  it("a thousand at once leave a log without a gap, and one root", { timeout: 60_000 }, async () => {
    const db = openShopDb(env, shop.id, shop.shard);
    const line = (index: number) => auditLine(db, systemRandom, { at: index % 7, actor: DAYBOOK, action: "day.read", subject: `day:${index}` });
    await Promise.all(Array.from({ length: 1_000 }, async (_, index) => await db.orm.batch(line(index))));
    const sequenced = await Promise.all(Array.from({ length: 5 }, () => sequencer.advance(world, LINES + 1_000)));
    expect(new Set(sequenced.map(({ size, alarm }) => `${size} ${JSON.stringify(alarm)}`))).toEqual(new Set([`${LINES + 1_000} null`]));
    expect((await proved(await sequencer.latest())).root).toEqual(rootOver(await leafHashesOf(shop)));
    const { results } = await shardOf(shop).prepare("SELECT count(*) AS many, max(seq) AS last, count(DISTINCT subject) AS acts FROM audit WHERE shop_id = ?1").bind(shop.id).all();
    expect(results).toEqual([{ many: LINES + 1_000, last: LINES + 1_000, acts: LINES + 1_000 }]);
  });

  it("an act whose line cannot be written does not happen, and neither does a reading that leaves a line", async () => {
    const reader = await givenReader();
    const shard = shardOf(reader.shop);
    const modeNow = async () => (await (await reader.browser.api("GET", `${originOf(reader.shop.slug)}/api/posting`)).json<{ mode: string }>()).mode;
    const before = await modeNow();
    await shard.prepare("CREATE TRIGGER no_more_lines BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END").run();
    try {
      const change = await reader.browser.api("PUT", `${originOf(reader.shop.slug)}/api/posting`, { body: { mode: before === "automatic" ? "preview" : "automatic" } });
      expect(change.status).toBe(500);
      expect((await reader.get("/export?format=csv")).status).toBe(500);
      expect(await modeNow()).toBe(before);
    } finally {
      await shard.prepare("DROP TRIGGER no_more_lines").run();
    }
  });
});
