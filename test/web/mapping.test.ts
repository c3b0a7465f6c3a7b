import { describe, expect, test } from "vitest";
import type { MappingLine } from "../../src/features/mapping/contract";
import type { Answer } from "../../web/src/api";
import { acceptable, counts, isShown, readShow } from "../../web/src/pages/mapping/lines";
import { createSaver, type Status } from "../../web/src/pages/mapping/saver";

const line = (key: string, more: Partial<MappingLine> = {}): MappingLine => ({ key, label: key, about: "", group: "sales", nature: "income", recentMinor: 0, account: { id: "1", name: "One" }, problem: null, suggestion: null, ...more });
const suggestion = { account: { id: "9", name: "Nine" }, reason: "it fits" };

describe("lines of the mapping", () => {
  const lines = [line("a"), line("b", { account: null, suggestion }), line("c", { problem: "Inactive.", suggestion }), line("d", { account: null }), line("e", { suggestion })];

  test("need an account when they have none or one that is gone", () => {
    expect(lines.filter((one) => isShown(one, "unmapped")).map((one) => one.key)).toEqual(["b", "c", "d"]);
    expect(counts(lines)).toEqual([{ show: "unmapped", many: 3 }, { show: "sales", many: 5 }, { show: "all", many: 5 }]);
  });

  test("are accepted at once only where they need one and have a suggestion", () => {
    expect(acceptable(lines)).toEqual({ b: "9", c: "9" });
  });

  test("begin with what needs an account, unless the address says otherwise", () => {
    expect([readShow(undefined, lines), readShow(undefined, [line("a")]), readShow("tenders", lines), readShow("nonsense", [line("a")])]).toEqual(["unmapped", "all", "tenders", "all"]);
  });
});

type Saved = { version: number; retriedDays: number };
type Call = { version: number; accounts: Readonly<Record<string, string>>; answer: (answer: Answer<Saved>) => void };

/** A saver whose answers the test gives when it wants to. */
function given(version: number) {
  const calls: Call[] = [];
  const statuses: Record<string, Status["kind"]> = {};
  let shown = version;
  let reloads = 0;
  const saver = createSaver({
    version: () => shown,
    save: (version, accounts) => new Promise((answer) => calls.push({ version, accounts, answer })),
    onStatus: (keys, status) => keys.forEach((key) => (statuses[key] = status.kind)),
    onSaved: () => undefined,
    onConflict: () => {
      reloads += 1;
      shown = 20;
      return Promise.resolve();
    },
  });
  return { saver, calls, statuses, reloads: () => reloads };
}

const conflict: Answer<Saved> = { ok: false, failure: { kind: "conflict", title: "", next: "", fields: [], reference: "" } };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("saving choices", () => {
  test("sends one request at a time; what is chosen meanwhile goes together in the next, on top of the version before", async () => {
    const { saver, calls, statuses } = given(7);
    const all = saver.choose({ a: "1" });
    await saver.choose({ b: "2" });
    await saver.choose({ b: "3", c: "4" });
    expect(calls.map(({ version, accounts }) => ({ version, accounts }))).toEqual([{ version: 7, accounts: { a: "1" } }]);
    calls[0]?.answer({ ok: true, value: { version: 8, retriedDays: 0 } });
    await turn();
    expect(calls[1]).toMatchObject({ version: 8, accounts: { b: "3", c: "4" } });
    calls[1]?.answer({ ok: true, value: { version: 9, retriedDays: 0 } });
    await all;
    expect(statuses).toEqual({ a: "saved", b: "saved", c: "saved" });
  });

  test("that meets another person's version keeps nothing of it, loads theirs, and goes on from there", async () => {
    const { saver, calls, statuses, reloads } = given(7);
    const first = saver.choose({ a: "1" });
    calls[0]?.answer(conflict);
    await first;
    expect([statuses["a"], reloads()]).toEqual(["conflict", 1]);
    const second = saver.choose({ a: "1" });
    expect(calls[1]?.version).toBe(20);
    calls[1]?.answer({ ok: true, value: { version: 21, retriedDays: 1 } });
    await second;
    expect(statuses["a"]).toBe("saved");
  });

  test("that fails says so for its lines and does not stop the next", async () => {
    const { saver, calls, statuses } = given(7);
    const first = saver.choose({ a: "1" });
    calls[0]?.answer({ ok: false, failure: { kind: "offline", title: "", next: "", fields: [], reference: "" } });
    await first;
    const second = saver.choose({ b: "2" });
    calls[1]?.answer({ ok: true, value: { version: 8, retriedDays: 0 } });
    await second;
    expect(statuses).toEqual({ a: "failed", b: "saved" });
  });
});
