/** The payout parts of the worked examples (accounting reference §2.2), and what may never leave the ledger. */
import { describe, expect, it } from "vitest";
import type { BusinessDate } from "../../src/kernel/day";
import { totals, type Entry } from "../../src/ledger/entry";
import { payoutNumber } from "../../src/ledger/document-number";
import { buildPayoutEntry, clearedOf, fingerprintOfPayout, missingPayoutLines, PayoutFold, payoutLines, type Payout, type PayoutHead } from "../../src/ledger/payout";
import { mappingOf, printed } from "./examples";

const SALES_DATE = "2026-07-13" as BusinessDate;
const HEAD: PayoutHead = {
  id: "po_1", version: "1", processor: { id: "square", name: "Square" }, arrivalDate: "2026-07-14" as BusinessDate, currency: "USD",
  destination: "bank", hasFailed: false, netMinor: 0,
};
const MAPPING = mappingOf({
  "payout:bank": "Bank", "fee:square": "Merchant fees", chargeback: "Chargebacks", "adjustment:loan": "Square loan", "tender:card": "Card clearing",
});

function payoutOf(netMinor: number, parts: (fold: PayoutFold) => void, head: Partial<PayoutHead> = {}): Payout {
  const fold = new PayoutFold({ ...HEAD, ...head, netMinor });
  parts(fold);
  return fold.finish();
}

function entryOf(payout: Payout): Entry {
  const entry = buildPayoutEntry(payout, MAPPING);
  if (!entry.ok) throw new Error(entry.failure.kind);
  return entry.value;
}

describe("the entry of a payout", () => {
  it("of example A brings the net to the bank, the fees to their account, and the clearing account back to zero", () => {
    const entry = entryOf(payoutOf(182_385, (fold) => {
      fold.charge(SALES_DATE, 190_240);
      fold.refund(SALES_DATE, 1_949);
      fold.fee(5_906);
    }));
    expect(printed(entry)).toEqual([["Bank", "debit", 182_385], ["Merchant fees", "debit", 5_906], ["Card clearing", "credit", 188_291]]);
  });

  it("of example B takes money from the bank, on the other side and never as a negative line", () => {
    const entry = entryOf(payoutOf(-37_449, (fold) => {
      fold.charge(SALES_DATE, 16_050);
      fold.refund(SALES_DATE, 53_052);
      fold.fee(447);
    }));
    expect(printed(entry)).toEqual([["Merchant fees", "debit", 447], ["Card clearing", "debit", 37_002], ["Bank", "credit", 37_449]]);
  });

  it("has chargebacks and a loan's repayment apart from the fees, and what was given back of them as credits", () => {
    const taken = payoutOf(7_000, (fold) => {
      fold.charge(SALES_DATE, 10_000);
      fold.dispute(2_000);
      fold.adjust({ id: "loan", label: "Loan repayments", nature: "liability", minor: 1_500 });
      fold.adjust({ id: "loan", label: "Loan repayments", nature: "liability", minor: -500 });
    });
    expect(printed(entryOf(taken))).toEqual([
      ["Bank", "debit", 7_000], ["Chargebacks", "debit", 2_000], ["Square loan", "debit", 1_000], ["Card clearing", "credit", 10_000],
    ]);
    const won = payoutOf(2_000, (fold) => fold.dispute(-2_000));
    expect(printed(entryOf(won))).toEqual([["Bank", "debit", 2_000], ["Chargebacks", "credit", 2_000]]);
  });

  it("leaves what the processor holds back in the clearing account until it is released", () => {
    const held = payoutOf(6_000, (fold) => {
      fold.charge(SALES_DATE, 10_000);
      fold.withhold(4_000);
    });
    const released = payoutOf(4_000, (fold) => fold.withhold(-4_000));
    expect([clearedOf(held), clearedOf(released)]).toEqual([6_000, 4_000]);
    expect(printed(entryOf(released))).toEqual([["Bank", "debit", 4_000], ["Card clearing", "credit", 4_000]]);
  });

  it("that the bank sent back books the fees alone: the rest is on its way again", () => {
    const failed = payoutOf(9_700, (fold) => {
      fold.charge(SALES_DATE, 10_000);
      fold.fee(300);
    }, { hasFailed: true });
    expect(printed(entryOf(failed))).toEqual([["Merchant fees", "debit", 300], ["Card clearing", "credit", 300]]);
  });

  it("is refused when its parts do not come to its net, when a line has no account, and when nothing is left", () => {
    const short = payoutOf(9_000, (fold) => fold.charge(SALES_DATE, 10_000));
    expect(buildPayoutEntry(short, MAPPING)).toMatchObject({ ok: false, failure: { kind: "out_of_balance", differenceMinor: 1_000 } });
    const strange = payoutOf(9_000, (fold) => {
      fold.charge(SALES_DATE, 10_000);
      fold.adjust({ id: "bitcoin", label: "Converted to bitcoin", nature: "asset", minor: 1_000 });
    });
    expect(buildPayoutEntry(strange, MAPPING)).toEqual({ ok: false, failure: { kind: "unmapped", lines: [{ key: "adjustment:bitcoin", label: "Converted to bitcoin" }] } });
    expect(missingPayoutLines(strange, MAPPING)).toHaveLength(1);
    const empty = payoutOf(0, (fold) => {
      fold.charge(SALES_DATE, 500);
      fold.refund(SALES_DATE, 500);
    });
    expect(buildPayoutEntry(empty, MAPPING)).toMatchObject({ ok: false, failure: { kind: "invalid_day" } });
  });

  it("balances, without a negative or an empty line, whatever a payout is made of", () => {
    let state = 1;
    const draw = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
    const either = () => draw(20_001) - 10_000;
    for (let round = 0; round < 500; round += 1) {
      const fold = new PayoutFold(HEAD);
      fold.charge(SALES_DATE, draw(50_000));
      fold.refund(HEAD.arrivalDate, draw(50_000));
      fold.fee(either());
      fold.dispute(either());
      fold.withhold(either());
      fold.adjust({ id: "loan", label: "Loan", nature: "liability", minor: either() });
      const payout = { ...fold.finish(), netMinor: fold.netMinor(), hasFailed: draw(5) === 0 };
      const entry = entryOf(payout);
      const { debitMinor, creditMinor } = totals(entry);
      expect([debitMinor, entry.lines.every(({ minor }) => minor > 0)]).toEqual([creditMinor, true]);
      const cleared = entry.lines.filter(({ key }) => key === "tender:card").reduce((sum, { side, minor }) => sum + (side === "credit" ? minor : -minor), 0);
      expect(cleared).toBe(clearedOf(payout));
    }
  });
});

describe("what a payout settles", () => {
  it("is told by business date, oldest first, and without the dates on which it came to nothing", () => {
    const payout = payoutOf(0, (fold) => {
      fold.charge("2026-07-13" as BusinessDate, 700);
      fold.charge("2026-07-12" as BusinessDate, 200);
      fold.refund("2026-07-12" as BusinessDate, 300);
      fold.charge("2026-07-11" as BusinessDate, 100);
      fold.refund("2026-07-11" as BusinessDate, 100);
    });
    expect(payout.settles).toEqual([{ date: "2026-07-12", minor: -100 }, { date: "2026-07-13", minor: 700 }]);
  });
});

describe("the fingerprint of a payout", () => {
  it("changes with what is booked or settled, and not with words or versions", async () => {
    const make = (minor: number, head: Partial<PayoutHead> = {}) => payoutOf(minor, (fold) => fold.charge(SALES_DATE, minor), head);
    const print = await fingerprintOfPayout(make(100));
    expect(await fingerprintOfPayout(make(100, { version: "7", processor: { id: "square", name: "Block" } }))).toBe(print);
    for (const other of [make(101), make(100, { hasFailed: true }), make(100, { arrivalDate: SALES_DATE })]) expect(await fingerprintOfPayout(other)).not.toBe(print);
  });
});

describe("the number of a payout's entry", () => {
  it("counts the payouts of a date, then the entries of a payout, and fits into 21 characters", () => {
    const at = { locationCode: "PIR", date: "2026-07-14" as BusinessDate };
    expect(payoutNumber({ ...at, nth: 1, revision: 1 })).toBe("DB-PIR-260714-P1");
    expect(payoutNumber({ ...at, nth: 1, revision: 2 })).toBe("DB-PIR-260714-P1-2");
    expect(payoutNumber({ ...at, nth: 99, revision: 99 })).toHaveLength(20);
    expect(() => payoutNumber({ ...at, nth: 100, revision: 1 })).toThrow();
  });
});

describe("a payout's lines", () => {
  it("carry no name of anybody: the processor's, and what it is for", () => {
    const lines = payoutLines(payoutOf(9_000, (fold) => {
      fold.charge(SALES_DATE, 10_000);
      fold.fee(1_000);
    }));
    expect(lines.map(({ key, description }) => [key, description])).toEqual([
      ["payout:bank", "Payouts to the bank"], ["fee:square", "Square fees"], ["tender:card", "Card takings settled by Square"],
    ]);
  });
});
