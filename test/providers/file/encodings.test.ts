/** What people's files are made of: encodings, separators, line ends, dates, amounts. */
import { describe, expect, it } from "vitest";
import { PLAIN, type Layout } from "../../../src/providers/file/index";
import { readAmount, readProduct } from "../../../src/providers/file/amount";
import { separatorOf } from "../../../src/providers/file/lines";
import { tenderOf } from "../../../src/providers/file/tender-words";
import { readWhen } from "../../../src/providers/file/when";
import { folded, onlyDay } from "./reading";

const layout: Layout = {
  ...PLAIN, id: "custom", name: "Caisse", part: "whole", dates: "dmy", decimals: "comma",
  columns: { date: "date", category: "catégorie", gross: "montant", tender: "moyen" },
};
const TEXT = "Date;Catégorie;Montant;Moyen\r\n14/07/2026;Crème brûlée “grande”;1 204,50 €;Carte\r\n14/07/2026;Crème brûlée “grande”;3,00 €;Espèces\r\n";

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, littleEndian);
  for (let index = 0; index < text.length; index += 1) view.setUint16(2 + index * 2, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}

const WINDOWS: Readonly<Record<string, number>> = { "€": 0x80, "“": 0x93, "”": 0x94 };
const windows1252 = (text: string) => Uint8Array.from(text.split(""), (letter) => WINDOWS[letter] ?? letter.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

describe("an encoding", () => {
  const files = [["UTF-8", utf8(TEXT)], ["UTF-8 with a mark", utf8(`\ufeff${TEXT}`)], ["UTF-16 LE", utf16(TEXT, true)], ["UTF-16 BE", utf16(TEXT, false)], ["Windows-1252", windows1252(TEXT)]] as const;

  it.each(files)("%s is found out, wherever the stream is cut", async (_, bytes) => {
    for (const chunk of [1, 2, 3, 7, 64, 10_000]) {
      const day = await onlyDay(bytes, { layout, currency: "EUR", chunk });
      expect(day.categories).toEqual([{ id: "named:crème brûlée “grande”", label: "Crème brûlée “grande”", grossMinor: 120_750, returnedMinor: 0 }]);
      expect(day.tenders.map(({ kind }) => kind)).toEqual(["card", "cash"]);
    }
  });
});

describe("separators and line ends", () => {
  it.each([[",", "\n"], [";", "\r\n"], ["\t", "\n"], [",", "\r"]])("%j with lines that end in %j", async (separator, end) => {
    const rows = [["Date", "Catégorie", "Montant", "Moyen"], ["14/07/2026", `"a ""b"" ${separator} c"`, "\"4,00\"", "Bar"]];
    const day = await onlyDay(rows.map((cells) => cells.join(separator)).join(end), { layout, currency: "EUR" });
    expect(day.categories).toMatchObject([{ label: `a "b" ${separator === "\t" ? "" : `${separator} `}c`, grossMinor: 400 }]);
  });

  it("are told by the headings, quotes aside", () => {
    expect([separatorOf("a,b;c,d"), separatorOf("\"a;b;c;d\",e"), separatorOf("a"), separatorOf("a\tb")]).toEqual([",", ",", ",", "\t"]);
  });

  it("inside quotes are part of a cell: the lines below keep their numbers", async () => {
    const { bad } = await folded("Date;Catégorie;Montant;Moyen\n14/07/2026;\"two\nlines\";1,00;Bar\n14/07/2026;x;much;Bar\n", { layout, currency: "EUR" });
    expect(bad).toEqual([{ line: 4, reason: "What stands under \"montant\" is no amount." }]);
  });
});

describe("an amount", () => {
  it.each([
    ["$1,234.50", 123_450], ["(45.00)", -4_500], ["($45.00)", -4_500], ["-$3.00", -300], ["$-3.00", -300], ["−3", -300], ["3.00-", -300], ["USD 12", 1_200],
    ["", 0], ["-", 0], ["0", 0], [".5", 50], ["12.", 1_200], ["1'234.00", 123_400], ["1.500", 150], ["12.340", 1_234],
  ])("%j with a point is %i", (text, minor) => expect(readAmount(text, "USD", "point")).toBe(minor));

  it.each([["1.234,50 €", 123_450], ["1 234,5", 123_450], ["-0,05", -5], ["1.234", 123_400]])("%j with a comma is %i", (text, minor) => expect(readAmount(text, "EUR", "comma")).toBe(minor));

  it.each(["1.005", "12,34", "1,23,456.00", "=1+1", "1e3", "abc", "NaN", "1.2.3", "--1", "99999999999999999", "(", "1;2", "\u0000"])("%j with a point is none", (text) => expect(readAmount(text, "USD", "point")).toBeNull());

  it("has the decimals of its currency", () => {
    expect([readAmount("1,500", "JPY", "point"), readAmount("1.5", "JPY", "point"), readAmount("1.234", "KWD", "point")]).toEqual([1_500, null, 1_234]);
  });

  it("times a quantity is rounded half away from zero", () => {
    expect([readProduct("2", "3.10", "USD", "point"), readProduct("1.065", "1.00", "USD", "point"), readProduct("-1.5", "0.01", "USD", "point"), readProduct("x", "1", "USD", "point")]).toEqual([620, 107, -2, null]);
  });
});

describe("a date", () => {
  it.each([
    ["2026-07-05", "", "2026-07-05", null], ["7/5/2026", "2:30 PM", "2026-07-05", 870], ["07-05-26 14:30:59", "", "2026-07-05", 870], ["05-Jul-2026 09:34 PM EDT", "", "2026-07-05", 1_294],
    ["Jul 5, 2026", "12:00 AM", "2026-07-05", 0], ["5 July 2026", "12:05pm", "2026-07-05", 725], ["2026-07-05T23:59:59.123", "", "2026-07-05", 1_439], ["2026/7/5", "9 am", "2026-07-05", 540],
  ])("%j and %j with the month first", (date, time, day, minutes) => expect(readWhen(date, time, "mdy")).toEqual({ kind: "clock", date: day, minutes }));

  it("with the day first, or with an offset", () => {
    expect(readWhen("05.07.2026", "09:00", "dmy")).toEqual({ kind: "clock", date: "2026-07-05", minutes: 540 });
    expect(readWhen("2026-07-05T09:00:00Z", "", "dmy")).toEqual({ kind: "instant", at: Date.UTC(2026, 6, 5, 9) });
    expect(readWhen("2026-07-05 09:00:00+02:00", "", "dmy")).toEqual({ kind: "instant", at: Date.UTC(2026, 6, 5, 7) });
  });

  it.each(["2026-02-30", "13/13/2026", "yesterday", "", "5/7", "2026-07-05 25:00", "2026-07-05 09:61", "46203", "July"])("%j is none", (text) => expect(readWhen(text, "", "mdy")).toBeNull());
});

describe("a tender", () => {
  it.each([
    ["Credit Card", "card", ""], ["VISA", "card", ""], ["Debit Card", "card", ""], ["cash", "cash", ""], ["Cash App", "wallet", "named:cash app"], ["Gift Card", "gift_card", ""],
    ["External Gift Card", "gift_card", ""], ["Store credit", "store_credit", ""], ["Check", "check", ""], ["DoorDash", "third_party", "named:doordash"], ["EC-Karte", "card", ""], ["Bar", "cash", ""],
    ["Barter", "other", "named:barter"], ["", "other", ""], ["Bitcoin", "other", "named:bitcoin"],
  ])("%j is %s", (word, kind, id) => expect(tenderOf(word)).toMatchObject({ kind, id }));
});
