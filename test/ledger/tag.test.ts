import { describe, expect, it } from "vitest";
import { deltaBetween } from "../../src/ledger/correction";
import { buildEntry, entryOf, type Entry, type EntryLine, type Tag } from "../../src/ledger/entry";
import { compareEntries, fingerprintOfEntry, type BookedLine } from "../../src/ledger/fingerprint";
import type { LineKey, Mapping } from "../../src/ledger/mapping";
import type { MappingTags } from "../../src/ledger/tag";
import { lineOf, ordinaryDay, ordinaryMapping } from "./examples";

const BAR: Tag = { dimension: "class", option: "1", name: "Bar" };
const KITCHEN: Tag = { dimension: "class", option: "2", name: "Kitchen" };
const PIER: Tag = { dimension: "location", option: "7", name: "Pier" };

function tagged(tags: Partial<MappingTags>): Mapping {
  return { ...ordinaryMapping, tags: { lines: {}, locations: {}, ...tags } };
}

function entryWith(mapping: Mapping, locationId?: string): Entry {
  const built = buildEntry(ordinaryDay(), mapping, locationId === undefined ? {} : { locationId });
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
  return built.value;
}

const tagsOf = (entry: Entry, key: string) => entry.lines.find((line) => line.key === key)?.tags;

describe("tags on lines", () => {
  it("are the line's own where it has one of the dimension, and otherwise the location's", () => {
    const mapping = tagged({ lines: { ["sales:food" as LineKey]: [KITCHEN] }, locations: { pier: [BAR, PIER] } });
    const entry = entryWith(mapping, "pier");
    expect(tagsOf(entry, "sales:food")).toEqual([KITCHEN, PIER]);
    expect(tagsOf(entry, "sales:beverage")).toEqual([BAR, PIER]);
    expect(tagsOf(entryWith(mapping, "mill"), "sales:beverage")).toBeUndefined();
    expect(tagsOf(entryWith(mapping), "sales:food")).toEqual([KITCHEN]);
  });

  it("of returns are those of their sales unless they have their own", () => {
    const lines = { ["sales:food" as LineKey]: [KITCHEN] };
    expect(tagsOf(entryWith(tagged({ lines })), "return:food")).toEqual([KITCHEN]);
    expect(tagsOf(entryWith(tagged({ lines: { ...lines, ["return:food" as LineKey]: [BAR] } })), "return:food")).toEqual([BAR]);
  });

  it("change the fingerprint of an entry, in whatever order, and leave that of an entry without any as it was", async () => {
    const line = lineOf("sales:food", "Food", "credit", 100);
    const other = lineOf("tender:cash", "Cash", "debit", 100);
    const of = (tags?: readonly Tag[]) => fingerprintOfEntry(entryOf("USD", [other, tags === undefined ? line : { ...line, tags }]));
    expect(await of([])).toBe(await of());
    expect(await of([BAR])).not.toBe(await of());
    expect(await of([BAR])).not.toBe(await of([KITCHEN]));
    expect(await of([BAR, PIER])).toBe(await of([PIER, { ...BAR, name: "The bar" }]));
    expect(await of()).toBe("lPhk7SYUgSeRqG2mvr1n3-aLxNHKEGsjPcCyqIjKhm8");
  });

  it("that changed move the amount from the one place to the other, and come to nothing when they stay", () => {
    const line = lineOf("sales:food", "Food", "credit", 700);
    const posted: EntryLine[] = [{ ...line, tags: [BAR] }];
    const target: EntryLine[] = [{ ...line, tags: [KITCHEN] }];
    expect(deltaBetween(target, posted)).toEqual([{ ...line, side: "debit", tags: [BAR] }, { ...line, tags: [KITCHEN] }]);
    expect(deltaBetween(posted, posted)).toEqual([]);
    expect(deltaBetween([{ ...line, minor: 900, tags: [BAR, PIER] }], [{ ...line, tags: [PIER, BAR] }])).toEqual([{ ...line, minor: 200, tags: [BAR, PIER] }]);
  });
});

describe("tags read back from the books", () => {
  const sent = entryOf("USD", [
    { ...lineOf("tender:cash", "Cash", "debit", 200) },
    { ...lineOf("sales:food", "Food", "credit", 100), tags: [KITCHEN] },
    { ...lineOf("sales:beverage", "Food", "credit", 100) },
  ]);
  const booked = (...tags: (BookedLine["tags"] | null)[]): BookedLine[] => sent.lines.map(({ account, side, minor }, index) => {
    const one = tags[index] ?? null;
    return { accountId: account.id, side, minor, ...(one === null ? {} : { tags: one }) };
  });

  it("are the same in any order of lines, and not asked for where the books do not say", () => {
    expect(compareEntries(sent, booked([], [KITCHEN], []))).toBeNull();
    expect(compareEntries(sent, booked([], [KITCHEN], []).toReversed())).toBeNull();
    expect(compareEntries(sent, booked(null, null, null))).toBeNull();
  });

  it("are no difference where a person added one in another dimension", () => {
    expect(compareEntries(sent, booked([PIER], [KITCHEN, PIER], [PIER]))).toBeNull();
  });

  it("are a difference where one that was sent is missing or another", () => {
    expect(compareEntries(sent, booked([], [], []))).toContain("the books do not hold it");
    const alone = entryOf("USD", sent.lines.slice(0, 2).map((line) => ({ ...line, minor: 100 })));
    expect(compareEntries(alone, booked([], []).slice(0, 2).map((line) => ({ ...line, minor: 100 })))).toBe('"sales:food" was sent as a credit of 1.00 USD to "Food" with "Kitchen", and the books hold it without.');
    expect(compareEntries(sent, booked([], [BAR], []))).not.toBeNull();
  });
});
