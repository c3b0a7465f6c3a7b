import { describe, expect, test } from "vitest";
import type { MappingLine } from "../../src/features/mapping/contract";
import type { Answer } from "../../web/src/api";
import { acceptable, counts, isShown, readShow } from "../../web/src/pages/mapping/lines";
import { changeOf, keysOf, NO_DRAFT, optionWith, sizeOf, withAccounts, withTag } from "../../web/src/pages/mapping/draft";
import { createSelection } from "../../web/src/pages/mapping/selection";
import { createSaver, type Status } from "../../web/src/pages/mapping/saver";

const line = (key: string, more: Partial<MappingLine> = {}): MappingLine => ({ key, label: key, about: "", group: "sales", nature: "income", recentMinor: 0, account: { id: "1", name: "One" }, problem: null, suggestion: null, tags: [], isNeeded: true, ...more });
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

describe("lines that wait for nobody", () => {
  test("need no account, and are not accepted with the others; a tag that is gone needs a look", () => {
    const optional = line("uncategorized", { account: null, isNeeded: false, suggestion });
    const stale = line("a", { tags: [{ dimension: "class", option: "1", name: "Bar", problem: "Bar was made inactive." }] });
    expect([optional, stale].map((one) => isShown(one, "unmapped"))).toEqual([false, true]);
    expect(acceptable([optional, stale])).toEqual({});
  });
});

describe("changes that are not saved", () => {
  const tag = { dimension: "class", option: "1", name: "Bar", problem: null };
  const food = line("food");
  const tips = line("tips", { tags: [tag] });

  test("count, and are no change once they are what is saved", () => {
    const two = { id: "2", name: "Two" };
    const draft = withAccounts(NO_DRAFT, [food, tips], two);
    expect([sizeOf(draft), keysOf(draft), changeOf(draft, 7)]).toEqual([2, ["food", "tips"], { version: 7, accounts: { food: "2", tips: "2" }, tags: { lines: {}, locations: {} } }]);
    expect(sizeOf(withAccounts(draft, [food], { id: "1", name: "One" }))).toBe(1);
  });

  test("keep tags apart by dimension, take one back with nothing, and fall silent when it is as saved", () => {
    const places = [{ at: "food", tags: [] }, { at: "tips", tags: [tag] }];
    const kitchen = withTag(NO_DRAFT, "lines", places, { dimension: "class", option: "2" });
    const both = withTag(kitchen, "lines", places, { dimension: "location", option: "7" });
    expect(changeOf(both, 7).tags?.lines).toEqual({ food: { class: "2", location: "7" }, tips: { class: "2", location: "7" } });
    expect([optionWith(both.lines["tips"], tips.tags, "class"), optionWith(undefined, tips.tags, "class"), optionWith(undefined, [], "class")]).toEqual(["2", "1", null]);
    expect(withTag(both, "lines", places, { dimension: "class", option: null }).lines).toEqual({ food: { location: "7" }, tips: { location: "7", class: null } });
    expect(withTag(kitchen, "lines", places, { dimension: "class", option: "1" }).lines).toEqual({ food: { class: "1" } });
  });
});

describe("marking lines", () => {
  test("goes on from line to line, takes back what one goes back over, and sends a choice to all of them", () => {
    const selection = createSelection();
    selection.extend("a", "b");
    selection.extend("b", "c");
    expect([...selection.keys()]).toEqual(["a", "b", "c"]);
    selection.extend("c", "b");
    expect([selection.with("b"), selection.with("z")]).toEqual([["a", "b"], ["z"]]);
    selection.toggle("b");
    selection.toggle("y");
    expect([...selection.keys()]).toEqual(["a", "y"]);
    selection.clear();
    expect(selection.with("a")).toEqual(["a"]);
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
