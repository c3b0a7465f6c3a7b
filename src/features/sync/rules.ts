/**
 * What becomes of a day that was read, decided without asking anybody: nothing, a better record, or an entry to post.
 * A day that is in the books is never posted again from here; that it changed is said, and corrected elsewhere.
 */
import type { Failure } from "../../kernel/failure";
import { failed, ok, type Result } from "../../kernel/result";
import { buildEntry, type Entry } from "../../ledger/entry";
import { checkSalesDay, hasNoSales, type SalesDay } from "../../ledger/sales-day";
import { isKnown, stoppedStateOf, type Move, type Totals } from "../days/service";
import type { ShopDay } from "./job";
import type { PostWish } from "./messages";

export type Decision =
  | { readonly kind: "nothing" }
  | { readonly kind: "save"; readonly move: Move }
  | { readonly kind: "post"; readonly entry: Entry; readonly read: Totals };

const NOTHING: Decision = { kind: "nothing" };

/** Decides on a reading. `wish` is the message's word on posting; the shop's rule speaks where it leaves it open. */
export function decide(shopDay: ShopDay, read: Totals, wish: PostWish): Decision {
  const posted = shopDay.entries.at(-1);
  if (posted !== undefined) return decidePosted(shopDay, read, posted.dayFingerprint);
  const checked = checkSalesDay(read.totals);
  if (!checked.ok) return stop(shopDay, checked.failure, read);
  if (hasNoSales(read.totals)) return rest(shopDay, "no_sales", read);
  const entry = entryToPost(shopDay, read.totals);
  if (!entry.ok) return stop(shopDay, entry.failure, read);
  if (!wantsPosting(shopDay, wish)) return rest(shopDay, "ready", read);
  const blocked = blockOf(shopDay);
  return blocked === null ? { kind: "post", entry: entry.value, read } : stop(shopDay, blocked, read);
}

/** Whether the day is to be posted, now that it can be. */
export function wantsPosting({ rule }: Pick<ShopDay, "rule">, wish: PostWish): boolean {
  return wish === "yes" || (wish === "as_set" && rule.mode === "automatic");
}

/** The entry that a day's totals come to with the shop's mapping of now, or what holds it. The books are not asked. */
export function entryToPost({ books, mapping, day, location }: Pick<ShopDay, "books" | "mapping" | "day" | "location">, totals: SalesDay): Result<Entry> {
  if (totals.currency !== location.currency) return failed({ kind: "currency_mismatch", expected: location.currency, found: totals.currency });
  const booksCurrency = books?.currency ?? totals.currency;
  if (booksCurrency !== totals.currency) {
    return failed({ kind: "currency_mismatch", expected: booksCurrency, found: totals.currency });
  }
  const entry = buildEntry(totals, mapping, { locationId: location.id });
  if (!entry.ok) return entry;
  const closedThrough = books?.closedThrough ?? null;
  const isClosed = closedThrough !== null && day.businessDate <= closedThrough;
  return isClosed ? failed({ kind: "period_closed", closedThrough }) : ok(entry.value);
}

/** What stands between an entry and the books before they are called; null where nothing does. */
export function blockOf({ books }: Pick<ShopDay, "books">): Failure | null {
  if (books === null) return { kind: "not_connected", role: "books" };
  return books.state === "reconnect_needed" ? { kind: "reconnect_needed", provider: books.provider } : null;
}

/** A day that is in the books: as it was posted, or changed since. */
function decidePosted({ day }: ShopDay, read: Totals, postedFingerprint: string): Decision {
  const isAsPosted = read.fingerprint === postedFingerprint;
  if (isAsPosted && day.state === "changed") return { kind: "save", move: { to: "posted", read } };
  if (isAsPosted || day.fingerprint === read.fingerprint) return NOTHING;
  return { kind: "save", move: { to: "changed", read } };
}

function rest({ day }: ShopDay, to: "ready" | "no_sales", read: Totals): Decision {
  const isSame = isKnown(day) && day.state === to && day.fingerprint === read.fingerprint;
  return isSame ? NOTHING : { kind: "save", move: { to, read } };
}

function stop({ day }: ShopDay, reason: Failure, read: Totals): Decision {
  return isStoppedBy(day, reason) && day.fingerprint === read.fingerprint ? NOTHING : { kind: "save", move: { to: "stopped", reason, read } };
}

/** Whether a day already stands stopped for exactly this reason. */
export function isStoppedBy(day: ShopDay["day"], reason: Failure): boolean {
  return day.state === stoppedStateOf(reason) && JSON.stringify(day.reason) === JSON.stringify(reason);
}
