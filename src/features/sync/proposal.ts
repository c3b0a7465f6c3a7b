/** What a person is shown and approves: the entry that would be posted for a day now, with the mapping of now. */
import { failed, ok, type Result } from "../../kernel/result";
import { checkSalesDay, hasNoSales } from "../../ledger/sales-day";
import type { Entry } from "../../ledger/entry";
import type { PendingEntry } from "../days/service";
import type { ShopDay } from "./job";
import { isDatedLater } from "./rules";
import { nextOrder, type Order } from "./target";

/** States in which something may remain to be posted for a day that is in the books. */
const OPEN_STATES: ReadonlySet<string> = new Set(["changed", "held", "failed", "ready"]);

/**
 * The order that would be given now; null where nothing was read, nothing remains, or people keep the day as it is.
 * Fails with what keeps the entry from being built. A day of a closed period that is not in the books is first decided
 * about; what corrects one shows the first open day, and approving it is that decision.
 */
export function proposedOrder(shopDay: ShopDay): Result<Order | null> {
  const { day, entries } = shopDay;
  if (day.totals === null || day.fingerprint === null) return ok(null);
  const isPosted = entries.length > 0;
  if (isPosted ? !OPEN_STATES.has(day.state) : hasNoSales(day.totals)) return ok(null);
  const { fingerprint } = day;
  if (isPosted && day.decisions.some(({ kind, reading }) => kind === "edit_accepted" && reading === fingerprint)) return ok(null);
  const checked = checkSalesDay(day.totals);
  if (!checked.ok) return checked;
  const next = nextOrder(shopDay, { totals: day.totals, fingerprint }, null);
  if (!next.ok) return next;
  if (next.value.kind !== "order") return ok(null);
  const { order } = next.value;
  const needsDecision = !isPosted && order.bookedOn !== day.businessDate && !isDatedLater(day, { fingerprint });
  return needsDecision ? failed({ kind: "period_closed", closedThrough: shopDay.books?.closedThrough ?? null }) : ok(order);
}

/** The entry that the day comes to: what is posted in the place of what is taken back, or the entry itself. */
export function faceOf({ entry, follows }: Pick<Order, "entry"> & Pick<PendingEntry, "follows">): Entry {
  return follows ? follows.entry : entry;
}
