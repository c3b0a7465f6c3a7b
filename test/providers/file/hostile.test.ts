/** Files that are none, that never end, or that want to be more than text: refused in words of ours, nothing of them repeated. */
import { describe, expect, it } from "vitest";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { PLAIN, type Layout } from "../../../src/providers/file/index";
import { foldFile } from "../../../src/providers/file/index";
import { bodyOf, folded, ITEMS_2026, onlyDay, orderOf, reading, sheet } from "./reading";

const layout: Layout = { ...PLAIN, id: "custom", name: "Till", part: "whole", columns: { date: "date", category: "category", gross: "gross", tender: "tender" } };
const HEAD = "date,category,gross,tender\n";
const SECRET = "4111111111111111";

async function refusal(content: string | Uint8Array): Promise<string> {
  const read = await reading(content, { layout });
  if (read.ok) return `taken: ${read.value.kind}`;
  return "message" in read.failure ? read.failure.message : read.failure.kind;
}

describe("a file that is no export", () => {
  it.each([
    ["an Excel workbook", Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), "Excel workbook"],
    ["an old workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), "old Excel"],
    ["a PDF", new TextEncoder().encode("%PDF-1.7\n"), "PDF"],
    ["a compressed file", Uint8Array.from([0x1f, 0x8b, 8, 0, 1]), "compressed"],
    ["bytes", Uint8Array.from({ length: 300 }, (_, index) => index % 7), "not a text file"],
    ["nothing", "", "empty"],
    ["a mark and nothing", "\ufeff", "empty"],
    ["one line without an end", "x".repeat(200_000), "Line 1 is longer"],
    ["a line of empty cells", `${HEAD}${",".repeat(1_000_000)}\n`, "Line 2 is longer"],
    ["a line of a megabyte", `${HEAD}2026-07-14,${SECRET.repeat(70_000)},1,card\n`, "Line 2 is longer"],
    ["a quote that is never closed", `${HEAD}2026-07-14,"${SECRET},1,card\n`, "never closed"],
    ["a quote that swallows the file", `${HEAD}2026-07-14,"${SECRET},1,card\n${"2026-07-14,tea,1,card\n".repeat(10_000)}`, "never closed"],
  ])("%s is refused", async (_, content, words) => {
    const message = await refusal(content);
    expect(message).toContain(words);
    expect(message).not.toContain(SECRET.slice(0, 8));
  });

  it("with headings and nothing below them has no days", async () => {
    expect(await folded(HEAD, { layout })).toMatchObject({ days: [], rowCount: 0 });
  });

  it("larger than a file may be is not read to its end", async () => {
    let pulled = 0;
    const line = new TextEncoder().encode("2026-07-14,tea,1,card\n".repeat(50_000));
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(pulled === 0 ? new TextEncoder().encode("what,ever\n") : line);
        pulled += 1;
      },
    });
    const read = await foldFile(endless, orderOf());
    expect(read).toEqual({ ok: true, value: { kind: "unknown_layout", headings: ["what", "ever"] } });
    expect(pulled).toBeLessThan(2_000);
  });
});

describe("a hostile cell", () => {
  it("is a label at most: formulas, markup, control characters, half characters", async () => {
    const names = ["=HYPERLINK(\"\"http://evil\"\")", "<script>alert(1)</script>", "a\u0000b".replace("\u0000", "\u0007"), "\u202egnirts", "__proto__", "constructor", "x".repeat(5_000)];
    const day = await onlyDay(`${HEAD}${names.map((name) => `2026-07-14,"${name}",1.00,"${name}"`).join("\n")}\n`, { layout });
    expect(checkSalesDay(day).ok).toBe(true);
    expect(day.categories).toHaveLength(names.length);
    expect(day.categories.every(({ id, label }) => !/[\p{Cc}\p{Cf}]/u.test(id + label) && label.length <= 100)).toBe(true);
  });

  it("in a place of figures is named by its line, never repeated", async () => {
    const cells = ["=1+1", "@SUM(A1)", "1e9", "NaN", "Infinity", "0x10", "１２", SECRET.repeat(2), "1 or 1=1"];
    const { bad, badCount, days } = await folded(`${HEAD}${cells.map((cell) => `2026-07-14,tea,${cell},card`).join("\n")}\n`, { layout });
    expect([badCount, days.length]).toEqual([cells.length, 0]);
    expect(new Set(bad.map(({ reason }) => reason))).toEqual(new Set(["What stands under \"gross\" is no amount."]));
  });

  it("shows the first fifty lines that cannot be read, and counts all", async () => {
    const { bad, badCount } = await folded(`${HEAD}${"never,tea,1,card\n".repeat(1_000)}`, { layout });
    expect([bad.length, badCount, bad.at(-1)?.line]).toEqual([50, 1_000, 51]);
  });

  it("with a date of another age is a line that cannot be read", async () => {
    expect(await folded(`${HEAD}1970-01-01,tea,1,card\n2199-01-01,tea,1,card\n`, { layout })).toMatchObject({ badCount: 2, days: [] });
  });

  it("that lacks most of its columns is a line that cannot be read", async () => {
    const { bad } = await folded(`${sheet(ITEMS_2026, [])}2026-07-14,10:00\n`);
    expect(bad).toEqual([{ line: 2, reason: "It has 2 columns where the headings have 35." }]);
  });
});

describe("what a fold holds", () => {
  it("is bounded in categories: a column of customers is not kept name by name", async () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => `2026-07-14,customer ${index},1.00,card`);
    expect(await refusal(`${HEAD}${rows.join("\n")}\n`)).toContain("too many different categories");
  });

  it("is bounded in days", async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `${new Date(Date.UTC(2015, 0, 1 + index)).toISOString().slice(0, 10)},tea,1.00,card`);
    expect(await refusal(`${HEAD}${rows.join("\n")}\n`)).toContain("more than 2,500 days");
  });

  it("is bounded in places", async () => {
    const placed: Layout = { ...layout, columns: { ...layout.columns, place: "category" } };
    const rows = Array.from({ length: 200 }, (_, index) => `2026-07-14,place ${index},1.00,card`);
    const read = await foldFile(bodyOf(`${HEAD}${rows.join("\n")}\n`), { ...orderOf({ layout: placed }), placeOf: () => null });
    expect(read).toMatchObject({ ok: false, failure: { message: expect.stringContaining("more than 100 places") } });
  });
});
