/** Reading the audit log: filters, pages, proofs, files, and what is left when somebody is erased. */
import { env } from "cloudflare:workers";
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { readExport } from "../../../src/kernel/audit-export";
import { leafHash } from "../../../src/kernel/audit-leaf";
import { isPersonalAsCommitted, leafOfLine, verifyExport } from "../../../src/kernel/audit-verify";
import type { CheckpointView, ProofsView } from "../../../src/features/audit/contract";
import { DAY } from "../../../src/kernel/clock";
import { isIncluded } from "../../../src/kernel/merkle";
import { erasePersonal } from "../../../src/platform/audit";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { shopLog } from "../../../src/platform/audit-log";
import { openShopDb } from "../../../src/platform/database";
import { sequencerOf } from "../../../src/platform/sequencer-client";
import { originOf } from "../../support/app";
import { proved } from "../../support/audit-log";
import { givenReader, linesOf, type Reader } from "./reader";

const seal = async (reader: Reader): Promise<CheckpointView> => await (await reader.browser.api("POST", `${originOf(reader.shop.slug)}/api/audit/checkpoint`, { body: {} })).json();
const verify = async (reader: Reader, query = "", anchors: readonly string[] = []) => {
  const file = readExport(await (await reader.get(`/export?format=json${query}`)).text());
  if (file === null) throw new Error("the file cannot be read");
  return await verifyExport(file, anchors);
};

describe("the log", () => {
  it("says who did what to what, when and from where, latest first, and each line as it was hashed", async () => {
    const reader = await givenReader();
    await reader.write({ before: { mode: "preview" }, after: { mode: "automatic" }, action: "posting.changed", subject: "shop:x" });
    const [line] = await linesOf(reader);
    expect(line).toMatchObject({ action: "posting.changed", subject: "shop:x", before: { mode: "preview" }, after: { mode: "automatic" }, at: reader.world.clock(), actor: `person:${reader.owner.id}` });
    expect(line?.personal["name"]?.value).toBe(reader.owner.name);
    expect(line?.personal["address"]?.value).toBe("203.0.113.7");
    expect(line !== undefined && isPersonalAsCommitted(line)).toBe(true);
  });

  it("is filtered by person, act, kind of act, subject and the shop's own dates", async () => {
    const reader = await givenReader();
    await reader.write({ action: "mapping.saved", subject: "mapping:1" });
    await reader.write({ action: "mapping_x.saved", subject: "mapping:2" });
    await reader.write({ action: "day.retried", subject: "day:1", actor: DAYBOOK });
    const base = (await linesOf(reader, "?actor=daybook")).length;
    expect(base).toBeGreaterThan(0);
    expect((await linesOf(reader, "?action=mapping")).map(({ subject }) => subject)).toEqual(["mapping:1"]);
    expect((await linesOf(reader, "?action=day.retried&actor=daybook")).map(({ subject }) => subject)).toEqual(["day:1"]);
    expect(await linesOf(reader, `?action=day.retried&actor=person:${reader.owner.id}`)).toEqual([]);
    expect((await linesOf(reader, "?subject=mapping%3A2")).map(({ action }) => action)).toEqual(["mapping_x.saved"]);
    // Noon in London on the 14th is the morning of the 14th in New York; thirteen hours later is still the 14th's evening there.
    reader.world.pass(DAY / 2 + 3_600_000);
    await reader.write({ subject: "late" });
    expect((await linesOf(reader, "?from=2026-07-14&to=2026-07-14")).map(({ subject }) => subject)).toContain("late");
    expect(await linesOf(reader, "?from=2026-07-15")).toEqual([]);
    expect((await linesOf(reader, "?to=2026-07-13"))).toEqual([]);
  });

  it("comes in pages of fifty that leave nothing out and show nothing twice, though lines are added meanwhile", async () => {
    const reader = await givenReader();
    for (let index = 0; index < 110; index += 1) await reader.write({ subject: `one:${index}` });
    const seen: number[] = [];
    for (let query = "?action=mapping"; ;) {
      const page = await reader.view(query);
      seen.push(...page.lines.map(({ seq }) => seq));
      await reader.write({ subject: "meanwhile" });
      if (page.next === null) break;
      expect(page.lines).toHaveLength(50);
      query = `?action=mapping&before=${page.next}`;
    }
    expect(seen).toHaveLength(110);
    expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => other - one));
  });

  it("is proved line by line against a signed checkpoint, which may be asked for at once", async () => {
    const reader = await givenReader();
    expect((await reader.get("/proof?seq=1")).status).toBe(404);
    for (let index = 0; index < 7; index += 1) await reader.write({ subject: `one:${index}` });
    const made = await seal(reader);
    const checkpoint = await proved(made.sealed);
    expect(await (await reader.get("/checkpoint")).json()).toEqual({ sealed: made.sealed, alarm: null });
    const view = await reader.view();
    const { proofs } = await (await reader.get(`/proof?seq=${view.lines.map(({ seq }) => seq).join(".")}`)).json() as ProofsView;
    for (const line of view.lines) {
      const proof = proofs.find(({ seq }) => seq === line.seq);
      const leaf = decodeBase64urlIgnorePadding(leafHash(leafOfLine(view.log, line)));
      expect(isIncluded({ index: line.seq - 1, size: checkpoint.size, root: checkpoint.root, leaf, proof: (proof?.path ?? []).map(decodeBase64urlIgnorePadding) })).toBe(true);
    }
    expect((await reader.get(`/consistency?from=${checkpoint.size}`)).status).toBe(200);
    expect((await reader.get(`/consistency?from=${checkpoint.size + 1}`)).status).toBe(404);
  });
});

describe("a file of the log", () => {
  it("as JSON is verified without Daybook, and that it was taken is its last line", async () => {
    const reader = await givenReader();
    for (let index = 0; index < 3; index += 1) await reader.write({});
    const verdict = await verify(reader);
    expect(verdict).toMatchObject({ log: reader.shop.log, findings: [], unsealedLines: 0, erasedValues: 0 });
    const [last] = await linesOf(reader);
    expect(last).toMatchObject({ action: "audit.exported", after: { format: "json", filter: {} }, seq: verdict.size });
    expect(await verify(reader, "&action=mapping")).toMatchObject({ checkedLines: 3, findings: [] });
  });

  it("grows from page to page without a gap", async () => {
    const reader = await givenReader();
    const db = openShopDb(env, reader.shop.id, reader.shop.shard);
    await reader.write({ subject: "first" });
    const shard = reader.shop.shard === 0 ? env.SHARD_0 : env.SHARD_1;
    await shard.prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
      INSERT INTO audit SELECT a.shop_id, m.top + n.i, a.at, a.actor, a.through, a.action, a.subject, a.before, a.after, a.commitments, a.leaf_hash
      FROM n, (SELECT max(seq) AS top FROM audit WHERE shop_id = ?1) AS m, audit AS a WHERE a.shop_id = ?1 AND a.seq = m.top`).bind(db.shopId).run();
    const verdict = await verify(reader);
    expect(verdict.findings).toEqual([]);
    expect(verdict.checkedLines).toBe(verdict.size);
    expect(verdict.size).toBeGreaterThan(1_200);
  });

  it("as CSV has no cell that a spreadsheet would run", async () => {
    const reader = await givenReader();
    const lethal = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "fine\n=cmd", "fine\r\n＝cmd", "=\"a\",b"];
    for (const text of lethal) await reader.write({ actor: { id: "stranger", through: null, personal: { name: text, device: text, email: text } }, subject: text, action: "lethal.tried" });
    const answer = await reader.get("/export?format=csv&action=lethal");
    expect([...answer.headers].filter(([name]) => ["content-type", "content-disposition", "cache-control"].includes(name))).toEqual([
      ["cache-control", "no-store"], ["content-disposition", 'attachment; filename="daybook-audit-2026-07-14.csv"'], ["content-type", "text/csv; charset=utf-8"],
    ]);
    const { data } = Papa.parse<string[]>((await answer.text()).trimEnd());
    expect(data).toHaveLength(lethal.length + 1);
    expect(data.slice(1).map((row) => row[3]?.replace(/^'/, "").replace(/([\r\n])'/g, "$1"))).toEqual(lethal);
    for (const cell of data.flat()) expect(cell).not.toMatch(/(?:^|[\r\n])[=+\-@\t＝＋－＠]/u);
  });
});

describe("somebody who is erased", () => {
  it("is gone from every line, what they did and what was done to them, and every proof still holds", async () => {
    const reader = await givenReader();
    await reader.write({ subject: "by them", personal: { email: "guest@example.com" } });
    await reader.write({ subject: `person:${reader.owner.id}`, actor: { id: "daybook", through: null, personal: { name: "Keeper" } }, personal: { email: reader.owner.email } });
    const before = await seal(reader);
    const db = openShopDb(env, reader.shop.id, reader.shop.shard);
    await db.orm.batch(erasePersonal(shopLog(db), reader.owner.id));
    const [to, by] = await linesOf(reader);
    expect(Object.keys(by?.personal ?? {})).toEqual(["subject_email"]);
    expect(Object.keys(to?.personal ?? {})).toEqual(["name"]);
    const rows = await reader.get("/export?format=csv");
    const text = await rows.text();
    expect(text).toContain("(erased)");
    const verdict = await verify(reader, "", [before.sealed?.note ?? ""]);
    expect(verdict).toMatchObject({ findings: [], agreeingAnchors: 1 });
    expect(verdict.erasedValues).toBeGreaterThan(5);
    expect(await sequencerOf(env, reader.shop.log).advance(reader.world)).toMatchObject({ alarm: null });
  });
});
