import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildEntry, entryOf, type Entry } from "../../src/ledger/entry";
import { compareEntries, fingerprintOf, fingerprintOfEntry, type BookedLine } from "../../src/ledger/fingerprint";
import { hasNoSales, type SalesDay } from "../../src/ledger/sales-day";
import { giftCardDay, giftCardMapping, lineOf, ordinaryDay, ordinaryMapping } from "./examples";
import { anyDay, balancedDay, mappingFor } from "./random-day";

function entryOfDay(day: SalesDay, mapping = mappingFor(day)): Entry {
  const built = buildEntry(day, mapping);
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
  return built.value;
}

function bookedAs(entry: Entry): BookedLine[] {
  return entry.lines.map(({ account, side, minor }) => ({ accountId: account.id, side, minor }));
}

function relabelled(day: SalesDay, label: string): SalesDay {
  const rename = <Row>(rows: readonly Row[]): Row[] => rows.map((row) => ({ ...row, label })).toReversed();
  return {
    ...day, orderCount: day.orderCount + 1, categories: rename(day.categories), serviceCharges: rename(day.serviceCharges),
    taxes: rename(day.taxes), tenders: rename(day.tenders), paidOuts: rename(day.paidOuts),
  };
}

describe("the fingerprint of a day", () => {
  it("stays the same for the same day for ever", async () => {
    expect(await fingerprintOf(ordinaryDay())).toMatch(/^[\w-]{43}$/);
    expect(await fingerprintOf(ordinaryDay())).toBe(await fingerprintOf(ordinaryDay()));
  });

  it("is changed by no label, no order of rows, no empty row and no count of orders", async () => {
    await fc.assert(fc.asyncProperty(anyDay, fc.string(), async (day, label) => {
      const other = relabelled(day, label);
      const padded = { ...other, taxes: [...other.taxes, { id: "nothing", label, inMinor: 0, outMinor: 0 }] };
      expect(await fingerprintOf(padded)).toBe(await fingerprintOf(day));
    }));
  });

  it("is changed by one cent anywhere", async () => {
    const day = ordinaryDay();
    const up = <Row extends { readonly inMinor: number }>(row: Row): Row => ({ ...row, inMinor: row.inMinor + 1 });
    const changed: readonly SalesDay[] = [
      { ...day, categories: day.categories.map((row) => ({ ...row, grossMinor: row.grossMinor + 1 })) },
      { ...day, categories: day.categories.map((row) => ({ ...row, returnedMinor: row.returnedMinor + 1 })) },
      { ...day, discounts: up(day.discounts) }, { ...day, comps: up(day.comps) }, { ...day, tips: up(day.tips) },
      { ...day, discounts: { inMinor: day.discounts.outMinor, outMinor: day.discounts.inMinor } },
      { ...day, serviceCharges: day.serviceCharges.map(up) }, { ...day, taxes: day.taxes.map(up) }, { ...day, tenders: day.tenders.map(up) },
      { ...day, giftCards: up(day.giftCards) }, { ...day, giftCards: { ...day.giftCards, promotionalMinor: 1 } },
      { ...day, houseAccountPaymentsMinor: 1 }, { ...day, paidOuts: day.paidOuts.map((row) => ({ ...row, minor: row.minor + 1 })) },
      { ...day, paidOuts: day.paidOuts.map((row) => ({ ...row, purpose: "expense" as const })) },
      { ...day, cashOverShortMinor: 0 }, { ...day, roundingMinor: 1 }, { ...day, roundingMinor: -1 }, { ...day, currency: "CAD" },
      { ...day, taxes: day.taxes.map((row) => ({ ...row, id: `${row.id}2` })) },
    ];
    const prints = await Promise.all([day, ...changed].map(fingerprintOf));
    expect(new Set(prints).size).toBe(changed.length + 1);
  });
});

describe("the fingerprint of an entry", () => {
  const entry = entryOfDay(giftCardDay(), giftCardMapping);

  it("is changed by no description, account name or order of lines", async () => {
    const lines = entry.lines.toReversed().map((line) => ({ ...line, description: "", account: { ...line.account, name: "Renamed" } }));
    expect(await fingerprintOfEntry({ ...entry, lines })).toBe(await fingerprintOfEntry(entry));
  });

  it("is changed by another account, side, key, amount or currency", async () => {
    const one = [lineOf("tip", "A", "debit", 5), lineOf("comp", "B", "credit", 5)];
    const others = [
      entryOf("USD", one), entryOf("CAD", one),
      entryOf("USD", [lineOf("tip", "C", "debit", 5), lineOf("comp", "B", "credit", 5)]),
      entryOf("USD", [lineOf("tip", "A", "credit", 5), lineOf("comp", "B", "debit", 5)]),
      entryOf("USD", [lineOf("discount", "A", "debit", 5), lineOf("comp", "B", "credit", 5)]),
      entryOf("USD", [lineOf("tip", "A", "debit", 6), lineOf("comp", "B", "credit", 6)]),
    ];
    expect(new Set(await Promise.all(others.map(fingerprintOfEntry))).size).toBe(others.length);
  });
});

describe("reading an entry back", () => {
  const entry = entryOfDay(ordinaryDay(), ordinaryMapping);

  it("finds it the same in any order of lines", () => {
    fc.assert(fc.property(balancedDay, fc.infiniteStream(fc.nat()), (day, numbers) => {
      fc.pre(!hasNoSales(day));
      const sent = entryOfDay(day);
      const shuffled = bookedAs(sent).map((line) => ({ line, at: numbers.next().value })).toSorted((one, other) => one.at - other.at);
      expect(compareEntries(sent, shuffled.map(({ line }) => line))).toBeNull();
    }));
  });

  it("names the line that the books hold with another amount", () => {
    const booked = bookedAs(entry).map((line) => (line.minor === 6_000 ? { ...line, minor: 600 } : line));
    expect(compareEntries(entry, booked)).toBe('"Discounts" was sent as a debit of 60.00 USD to "Discounts", and the books hold a debit of 6.00 USD.');
  });

  it("names the line that the books hold on the other side, although another line of that account is in order", () => {
    const booked = bookedAs(entry).map((line) => (line.minor === 21_450 ? { ...line, side: "debit" as const } : line));
    expect(compareEntries(entry, booked)).toBe('"Tips" was sent as a credit of 214.50 USD to "Tips payable", and the books hold a debit of 214.50 USD.');
  });

  it("names the line that is missing", () => {
    const booked = bookedAs(entry).filter((line) => line.minor !== 6_000);
    expect(compareEntries(entry, booked)).toBe('"Discounts" was sent as a debit of 60.00 USD to "Discounts", and the books do not hold it.');
  });

  it("does not take another line of the same account for the one that is missing", () => {
    const booked = bookedAs(entry).filter((line) => line.minor !== 12_000);
    expect(compareEntries(entry, booked)).toBe('"Tips paid in cash" was sent as a debit of 120.00 USD to "Tips payable", and the books do not hold it.');
  });

  it("names a line that nobody sent", () => {
    const booked = [...bookedAs(entry), { accountId: "91", side: "credit" as const, minor: 100 }];
    expect(compareEntries(entry, booked)).toBe("The books hold a credit of 1.00 USD on account 91 that was not sent.");
  });

  it("sees that two equal lines became one, or one became two", () => {
    const twice = entryOf("USD", [lineOf("tip", "A", "debit", 5), lineOf("tip", "A", "debit", 5), lineOf("comp", "B", "credit", 10)]);
    const merged: BookedLine[] = [{ accountId: "id of A", side: "debit", minor: 10 }, { accountId: "id of B", side: "credit", minor: 10 }];
    expect(compareEntries(twice, merged)).toContain("the books hold a debit of 0.10 USD");
    expect(compareEntries(twice, bookedAs(twice).slice(1))).toContain("the books do not hold it");
  });

  it("is never the same after any single change", () => {
    fc.assert(fc.property(balancedDay, fc.nat(), fc.constantFrom("amount", "side", "account", "gone"), (day, at, change) => {
      fc.pre(!hasNoSales(day));
      const sent = entryOfDay(day);
      const index = at % sent.lines.length;
      const booked = bookedAs(sent).flatMap((line, current): BookedLine[] => {
        if (current !== index) return [line];
        if (change === "gone") return [];
        if (change === "amount") return [{ ...line, minor: line.minor + 1 }];
        return [change === "account" ? { ...line, accountId: "other" } : { ...line, side: line.side === "debit" ? "credit" : "debit" }];
      });
      expect(compareEntries(sent, booked)).not.toBeNull();
    }));
  });
});
