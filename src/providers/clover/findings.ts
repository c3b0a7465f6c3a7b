/** What a person should know of a day beside its totals: counts, and sentences made of them. No order is named. */
import { toReadable } from "../../kernel/money";
import type { DayReading } from "../contract";

type Counts = {
  tests: number; waiting: number; lostOrders: number; partlyPaid: number; strays: number; strayMinor: number;
  refundsWithoutGoods: number; credits: number; unknownItems: number; ambiguousItems: number;
};

type Counted = Exclude<keyof Counts, "strayMinor">;

/** One and many of each, as the beginning of a sentence, and how it goes on. */
const SENTENCES = {
  tests: ["order was made in test mode and is", "orders were made in test mode and are", "left out"],
  waiting: ["payment taken offline has", "payments taken offline have", "not been settled yet, and counts once Clover settles it"],
  lostOrders: ["paid order was deleted at Clover and its goods are", "paid orders were deleted at Clover and their goods are", "under \"Uncategorized\""],
  partlyPaid: ["order is paid in part and", "orders are paid in part and", "counted as far as paid"],
  refundsWithoutGoods: ["refund gives back more than the goods that it names, and is", "refunds give back more than the goods that they name, and are", "partly or wholly under \"Refunds without goods\""],
  credits: ["manual refund names no sale and is", "manual refunds or their reversals name no sale and are", "under \"Refunds without goods\""],
  unknownItems: ["item is no longer known to Clover and is", "items are no longer known to Clover and are", "under \"Uncategorized\""],
  ambiguousItems: ["item stands in several categories and is", "items stand in several categories and are", "counted in the first"],
} as const satisfies Record<Exclude<Counted, "strays">, readonly [string, string, string]>;

export class Findings {
  readonly openChecks: DayReading["openChecks"] & { count: number; minor: number } = { count: 0, minor: 0 };
  private readonly counts: Counts = {
    tests: 0, waiting: 0, lostOrders: 0, partlyPaid: 0, strays: 0, strayMinor: 0, refundsWithoutGoods: 0, credits: 0, unknownItems: 0, ambiguousItems: 0,
  };

  /** Adds to the counts. */
  see(found: Partial<Counts>): void {
    for (const [name, count] of Object.entries(found)) this.counts[name as keyof Counts] += count;
  }

  /** A check that nobody has paid, or not all of it. */
  open(minor: number): void {
    this.openChecks.count += 1;
    this.openChecks.minor += minor;
  }

  /** One sentence for each thing that there was, without a full stop. */
  warnings(currency: string): readonly string[] {
    const { strays, strayMinor } = this.counts;
    const stray = strays === 0 ? [] : [`The payments of ${strays === 1 ? "1 order" : `${strays} orders`} and its lines differ by ${toReadable(Math.abs(strayMinor), currency)} ${currency}`];
    const sentences = Object.entries(SENTENCES).flatMap(([name, [one, many, end]]) => {
      const count = this.counts[name as Counted];
      return count === 0 ? [] : [`${count} ${count === 1 ? one : many} ${end}`];
    });
    return [...stray, ...sentences];
  }
}
