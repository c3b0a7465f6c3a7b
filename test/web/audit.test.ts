/** The audit page's check in the browser, its filters, and a sentence for every act that the code writes. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { AuditView, CheckpointView, ConsistencyView, ProofsView } from "../../src/features/audit/contract";
import { actOf, changesOf, namesOfSubjects, subjectOf } from "../../web/src/pages/audit/acts";
import { auditAddress, exportAddress, readAuditFilters } from "../../web/src/pages/audit/filters";
import { verifyPage, type Memory, type VerifySource } from "../../web/src/pages/audit/verify";
import { actWords, thingWords } from "../../web/src/pages/audit/words";
import { auditAnswer } from "./fixture/audit";

const ask = <T>(path: string, slug = "harbour") => auditAnswer(slug, new URL(`http://harbour.localhost/api/audit${path}`)) as T;
const source = (changes: Partial<VerifySource> = {}): VerifySource => ({
  seal: async () => ({ ok: true, value: ask<CheckpointView>("/checkpoint") }),
  proofs: async (seqs) => ({ ok: true, value: ask<ProofsView>(`/proof?seq=${seqs.join(".")}`) }),
  consistency: async (from) => ({ ok: true, value: ask<ConsistencyView>(`/consistency?from=${from}`) }),
  ...changes,
});
const memory = (): Memory & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return { kept, getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
};
const view = ask<AuditView>("");

describe("the check in the browser", () => {
  it("finds a log that is as it was, remembers its checkpoint, and asks of the next that it begins with it", async () => {
    const seen = memory();
    expect(await verifyPage(source(), view, seen)).toEqual({ kind: "holds", size: 64, lines: 50, since: null });
    expect(await verifyPage(source(), view, seen)).toEqual({ kind: "holds", size: 64, lines: 50, since: 64 });
  });

  it("names the first line that is not as it was, whatever of it was changed", async () => {
    expect(await verifyPage(source(), ask<AuditView>("", "forged"), memory())).toEqual({ kind: "broken", seq: 61, why: "line" });
    const changed = (change: object) => ({ ...view, lines: view.lines.map((line) => (line.seq === 30 || line.seq === 40 ? { ...line, ...change } : line)) });
    for (const change of [{ at: 1 }, { subject: "x" }, { after: null }, { personal: { name: { salt: "x", value: "Mallory" } } }, { seq: 31 }]) {
      expect(await verifyPage(source(), changed(change), memory())).toMatchObject({ kind: "broken", why: "line" });
    }
    expect(await verifyPage(source(), changed({ at: 1 }), memory())).toMatchObject({ seq: 30 });
    expect(await verifyPage(source({ proofs: async () => ({ ok: true, value: { ...ask<ProofsView>("/proof?seq=1"), proofs: [] } }) }), view, memory())).toMatchObject({ kind: "broken", why: "line" });
  });

  it("believes no checkpoint without its signature, of another log, or of another key than before", async () => {
    const { sealed } = ask<CheckpointView>("/checkpoint");
    if (sealed === null) throw new Error("the made-up log is sealed");
    const sealedAs = (change: object) => source({ seal: async () => ({ ok: true, value: { sealed: { ...sealed, ...change }, alarm: null } }) });
    expect(await verifyPage(sealedAs({ note: sealed.note.replace("\n64\n", "\n63\n") }), view, memory())).toMatchObject({ kind: "broken", why: "signature" });
    expect(await verifyPage(source(), { ...view, log: `shop:${"x".repeat(26)}` }, memory())).toMatchObject({ kind: "broken", why: "signature" });
    const seen = memory();
    seen.setItem(`audit ${view.log}`, JSON.stringify({ note: sealed.note, key: "another+00000000+AA" }));
    expect(await verifyPage(source(), view, seen)).toMatchObject({ kind: "broken", why: "key" });
  });

  it("sees that a log was cut off, or does not begin with what it was", async () => {
    const { sealed } = ask<CheckpointView>("/checkpoint");
    const seen = memory();
    seen.setItem(`audit ${view.log}`, JSON.stringify({ ...sealed, note: sealed?.note.replace("\n64\n", "\n65\n") }));
    expect(await verifyPage(source(), view, seen)).toEqual({ kind: "broken", seq: 65, why: "missing" });
    seen.setItem(`audit ${view.log}`, JSON.stringify({ ...sealed, note: sealed?.note.replace("\n64\n", "\n40\n") }));
    expect(await verifyPage(source(), view, seen)).toMatchObject({ kind: "broken", why: "rewritten" });
  });

  it("says what the sequencer says, and what could not be asked", async () => {
    expect(await verifyPage(source({ seal: async () => ({ ok: true, value: { sealed: null, alarm: { seq: 9, why: "missing" } } }) }), view, memory())).toEqual({ kind: "broken", seq: 9, why: "alarm" });
    expect(await verifyPage(source({ seal: async () => ({ ok: true, value: { sealed: null, alarm: null } }) }), view, memory())).toEqual({ kind: "nothing" });
  });
});

describe("the page", () => {
  it("keeps its filters in the address, and reads nothing from one that makes no sense", () => {
    const filters = readAuditFilters({ from: "2026-07-01", to: "soon", actor: "daybook", action: "mapping", subject: "mapping:1", before: "12" });
    expect(filters).toEqual({ from: "2026-07-01", to: "", actor: "daybook", action: "mapping", subject: "mapping:1", before: "12" });
    expect(auditAddress(filters, { actor: "" })).toBe("/audit?from=2026-07-01&action=mapping&subject=mapping%3A1");
    expect(exportAddress(filters, "csv")).toBe("/api/audit/export?from=2026-07-01&actor=daybook&action=mapping&subject=mapping%3A1&format=csv");
    expect(auditAddress(readAuditFilters({ action: "A;B", before: "0" }), {})).toBe("/audit");
  });

  it("shows what differs between before and after", () => {
    expect(changesOf({ before: { mode: "preview", same: 1 }, after: { mode: "automatic", same: 1, version: 2 } })).toEqual([
      { name: "mode", before: "preview", after: "automatic" }, { name: "version", before: null, after: "2" },
    ]);
    expect(changesOf({ before: null, after: null })).toEqual([]);
  });

  it("says in words what an act was done to and what it changed, and shows nobody an identifier", () => {
    const of = (line: Partial<Parameters<typeof subjectOf>[0]>) => subjectOf({ subject: "", action: "", before: null, after: null, personal: {}, commitments: {}, ...line });
    const id = "q".repeat(26);
    expect(of({ subject: id, action: "connection.connected", after: { provider: "square" } })).toBe("A connection");
    expect(of({ subject: `shop:${id}`, action: "shop.joined", after: { name: "Lantern Books" } })).toBe("Lantern Books");
    expect(of({ subject: `shop:${id}`, action: "posting.changed" })).toBe("The shop");
    expect(of({ subject: "shop", action: "shop.second_factor" })).toBe("The shop");
    expect(of({ subject: `day:${id}:2026-07-03`, action: "day.retried" })).toBe("3 July 2026");
    expect(of({ subject: "mapping:7", action: "mapping.saved" })).toBe("Mapping, version 7");
    expect(of({ subject: "address:hq-tidewater", action: "organisation.asked_to_join" })).toBe("hq-tidewater");
    expect(of({ subject: `person:${id}`, action: "member.removed", commitments: { subject_name: "c", subject_email: "c" }, personal: { subject_name: { salt: "", value: "Ben Ito" } } })).toBe("Ben Ito, erased");
    expect(subjectOf({ subject: `shop:${id}`, action: "shop.reached", before: null, after: { as: "admin" }, personal: {}, commitments: {} }, namesOfSubjects([{ subject: `shop:${id}`, action: "shop.joined", before: null, after: { name: "Lantern Books" }, personal: {}, commitments: {} }]))).toBe("Lantern Books");
    const after = { act: id, role: "hq_owner", required: true, startsOn: "2026-07-01", locations: [id, id], lines: { tip: "84" }, for: "days.viewed" };
    expect(changesOf({ before: { required: false }, after }).map(({ name, before: was, after: is }) => [name, was, is])).toEqual([
      ["required", "no", "yes"], ["role", null, "HQ owner"], ["starts on", null, "2026-07-01"], ["locations", null, "2"], ["lines", null, "tip 84"], ["for", null, "looked at the days of all shops"],
    ]);
    const shown = view.lines.flatMap((line) => [subjectOf(line), ...changesOf(line).map(({ after: is }) => is)]);
    expect(shown.filter((text) => /[a-z2-7]{26}/.test(text ?? ""))).toEqual([]);
  });

  it("has a sentence for every act that the code writes, and a word for every kind", () => {
    const src = path.resolve(import.meta.dirname, "../../src");
    const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.includes("sandbox"));
    const acts = files.flatMap((file) => readFileSync(path.join(src, file), "utf8").split("\n").filter((line) => /\baction:/.test(line)).flatMap((line) => (
      [...(line.split(/\baction:/)[1] ?? "").split(/,\s*\w+:/)[0]?.matchAll(/"([a-z_]+\.[a-z_]+)"/g) ?? []].map((match) => match[1] ?? "")
    )));
    expect(acts.length).toBeGreaterThan(10);
    expect([...new Set(acts)].filter((act) => actWords[act] === undefined)).toEqual([]);
    expect([...new Set(acts)].filter((act) => thingWords[act.split(".")[0] ?? ""] === undefined)).toEqual([]);
    expect(actOf("member.removed.failed")).toBe("removed somebody (tried and was refused)");
  });
});
