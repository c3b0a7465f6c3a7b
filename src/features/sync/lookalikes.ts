/** Looks through the books for what somebody else posted for days that are about to be posted, so that nothing stands there twice. */
import { addDays, parseBusinessDate, type BusinessDate } from "../../kernel/day";
import { failed, ok, type Result } from "../../kernel/result";
import { dayTotals } from "../../ledger/sales-day";
import { providerOf, type FoundRecord } from "../../providers/registry";
import { liveConnection, withAccess } from "../connections/service";
import { listDays } from "../days/service";
import type { Act } from "./acts";
import type { LookalikesQuery, LookalikesView } from "./contract";

/** As many days as fit into one back-fill. */
const MOST_DATES = 800;

/**
 * What stands in the connected books between two dates, was not posted by Daybook and looks like sales. Nothing is kept
 * and nothing is changed. `invalid_input` for a range that is none, `not_connected`, `reconnect_needed`, or what the
 * books fail with: an answer that could not be had is never taken for "nothing there".
 */
export async function scanBooks({ world, env, visit }: Act, query: LookalikesQuery): Promise<Result<LookalikesView>> {
  const range = rangeOf(query);
  if (!range.ok) return range;
  const { db } = visit;
  const connection = await liveConnection(db, "books");
  if (!connection.ok) return connection;
  const books = providerOf(connection.value.provider);
  const { from, to } = range.value;
  const view = { booksName: books.manifest.name, currency: connection.value.currency ?? visit.shop.currency, from, to };
  // Books that only Daybook writes hold nobody else's entries.
  if (!("findLookalikes" in books)) return ok({ ...view, found: [] });
  const read = (await listDays(db, from, to)).flatMap(({ businessDate, totals }) => (totals === null ? [] : [{ date: businessDate, totalMinor: dayTotals(totals).takingsMinor }]));
  const target = { db, connection: connection.value, calls: books.calls.findLookalikes };
  const found = await withAccess(world, env, target, (access) => books.findLookalikes(access, { from, to, days: read.filter(({ totalMinor }) => totalMinor > 0) }));
  return found.ok ? ok({ ...view, found: found.value.map(toView) }) : found;
}

function toView({ type, documentNumber, date, totalMinor, reason }: FoundRecord): LookalikesView["found"][number] {
  return { type, documentNumber, date, totalMinor, reason };
}

function rangeOf({ from, to }: LookalikesQuery): Result<{ readonly from: BusinessDate; readonly to: BusinessDate }> {
  const [first, last] = [parseBusinessDate(from), parseBusinessDate(to)];
  if (first !== null && last !== null && first <= last && last <= addDays(first, MOST_DATES - 1)) return ok({ from: first, to: last });
  const message = `A range has a first and a last day, at most ${MOST_DATES} days together.`;
  return failed({ kind: "invalid_input", message, fields: [{ path: "from", message }] });
}
