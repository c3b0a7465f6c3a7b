/**
 * Books that send no word of what people change in them are asked in the evening. Whether an entry is still what was
 * posted, each day and each payout finds out by its own look.
 */
import { DAY } from "../../kernel/clock";
import { ok, type Result } from "../../kernel/result";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { booksOf, withAccess, type ConnectionRow } from "../connections/service";
import { daysInBooks } from "../days/service";
import { payoutsPostedUnder, sendLooks } from "../payouts/service";
import { sendDays } from "../sync/service";

/** An evening on which the books did not answer is made up for on the next. */
const LOOK_BACK_MS = 2 * DAY;

/** One page; more only where people change thousands of entries. */
const CALLS_TO_LIST = 1;

/** Entries whose days are looked at: far more than a shop's locations post and correct in two days. */
const MOST_ENTRIES = 900;
const IDS_AT_ONCE = 90;

/** Sends every day and every payout on its way whose entries were created, changed or ended in the books lately. Fails as the books do. */
export async function lookForChanges(world: World, env: Bindings, db: ShopDb, { connection, shard }: { readonly connection: ConnectionRow; readonly shard: number }): Promise<Result<void>> {
  const books = booksOf(connection);
  if (books.entriesChangedSince === undefined) return ok(undefined);
  const target = { db, connection, calls: CALLS_TO_LIST };
  const changed = await withAccess(world, env, target, async (access) => await books.entriesChangedSince?.(access, world.clock() - LOOK_BACK_MS) ?? ok([]));
  if (!changed.ok) return changed;
  const ids = changed.value.slice(-MOST_ENTRIES);
  const groups = Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_, index) => ids.slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE));
  const payouts = (await Promise.all(groups.map(async (group) => await payoutsPostedUnder(db, connection.id, group)))).flat();
  await sendLooks(env, db, { shard, books: connection.provider }, [...new Set(payouts)]);
  const found = (await Promise.all(groups.map(async (group) => await daysInBooks(db, connection.id, group)))).flat();
  const days = new Map(found.map((day) => [`${day.locationId} ${day.businessDate}`, day]));
  await sendDays(env, [...days.values()].map(({ locationId, businessDate }) => ({
    provider: connection.provider,
    request: { shopId: db.shopId, shard, locationId, date: businessDate, why: "books_changed", post: "as_set", by: "daybook", backfillId: null, postponed: 0, stage: "post" },
  })));
  return ok(undefined);
}
