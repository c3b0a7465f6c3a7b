/** A day that is posted already, and the hands that change it afterwards: at the till, in the books, by a person's decision. */
import { expect } from "vitest";
import { dayView, type DayView } from "../../src/features/days/contract";
import type { PostingRule } from "../../src/features/sync/contract";
import type { JournalEntry } from "../../src/providers/quickbooks/simulator-state";
import { BOWL, date, dayRow, LATTE, orderOf, sell, sync } from "./days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld, type ShopOptions } from "./given";
import { visitorOf } from "./serve";

export const DAY = date("2026-07-14");

/** Sold at once, it changes more lines than a late sale usually does. */
export const LARGE = [
  BOWL, LATTE,
  { name: "Chai", variationId: "VAR_CHAI", unitMinor: 475 }, { name: "Croissant", variationId: "VAR_CROISSANT", unitMinor: 395 },
  { name: "House beans", variationId: "VAR_BEANS", unitMinor: 1_850 },
];

export type PostedDay = {
  readonly given: GivenWorld;
  readonly shop: GivenShop;
  readonly owner: ReturnType<typeof visitorOf>;
  readonly path: string;
  readonly till: GivenWorld["providers"]["square"]["control"];
  readonly books: GivenWorld["providers"]["quickbooks"]["control"];
  readonly view: () => Promise<DayView>;
  /** A sale of the day that arrives late, by card. */
  readonly late: (id: string, lines?: typeof LARGE) => void;
  /** The books are closed through that date, and Daybook has not heard of it unless `isKnown`. */
  readonly close: (through: string | null, isKnown?: boolean) => Promise<void>;
  /** A person decides, over HTTP, and the queue does what follows. */
  readonly decide: (kind: string) => Promise<number>;
};

/** A day of two sales, one by card and one in cash, posted as S1; the rule holds from then on. */
export async function givenPostedDay({ rule, ...options }: ShopOptions & { readonly rule?: Partial<PostingRule> } = {}): Promise<PostedDay> {
  const given = givenWorld();
  const shop = await givenShop(given, options);
  sell(given, shop.locations[0], DAY, [{ id: "A" }, { id: "B", lines: [BOWL, LATTE], tender: "CASH" }]);
  await sync(given, shop, DAY);
  expect((await dayRow(shop, DAY)).state).toBe("posted");
  const owner = visitorOf(given, shop);
  if (rule !== undefined) expect((await owner("PUT", "/posting", rule)).status).toBe(200);
  const path = `/days/${shop.locations[0].id}/${DAY}`;
  const { square, quickbooks } = given.providers;
  return {
    given, shop, owner, path, till: square.control, books: quickbooks.control,
    view: async () => dayView.parse((await owner("GET", path)).body),
    late: (id, lines = [LATTE]) => square.control.putOrder(orderOf(shop.locations[0], DAY, { id, lines })),
    close: async (through, isKnown = true) => {
      quickbooks.control.setCompany(shop.merchant.realm, { bookCloseDate: through });
      if (isKnown) await given.env.SHARD_0.prepare("UPDATE connection SET closed_through = ?2 WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId, through).run();
    },
    decide: async (kind) => {
      const { status } = await owner("POST", `${path}/decide`, { kind });
      await given.drain();
      return status;
    },
  };
}

/** The entries that stand in the shop's books, in the order of their creation. */
export function entriesInBooks({ given, shop }: Pick<PostedDay, "given" | "shop">): readonly JournalEntry[] {
  return given.providers.quickbooks.control.entries(shop.merchant.realm);
}

/** What stands in the books, per account: debits less credits in cents, none that are nothing. */
export function balancesInBooks(where: Pick<PostedDay, "given" | "shop">): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { Line } of entriesInBooks(where)) {
    for (const { Amount, JournalEntryLineDetail } of Line) {
      if (JournalEntryLineDetail === undefined) continue;
      const { PostingType, AccountRef } = JournalEntryLineDetail;
      totals[AccountRef.value] = (totals[AccountRef.value] ?? 0) + Math.round(Number(Amount) * 100) * (PostingType === "Debit" ? 1 : -1);
    }
  }
  return Object.fromEntries(Object.entries(totals).filter(([, minor]) => minor !== 0));
}
