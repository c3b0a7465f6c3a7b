/** Which days a report is about, and how they are read: stretch by stretch, so that a long range needs no more memory than a short one. */
import { addDays, parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { LocationId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { ShopDb } from "../../platform/database";
import { locationsOf, type Location } from "../connections/service";
import type { Stretch } from "../days/service";
import type { ReportQuery } from "./contract";

/** The dates and locations of a report; `all` are the shop's locations by name, also those that are no longer kept. */
export type Range = { readonly from: BusinessDate; readonly to: BusinessDate; readonly location: Location | null; readonly chosen: readonly Location[]; readonly all: readonly Location[] };

/** Days of one location that are read at once; of many locations as many fewer. */
const DAYS_AT_ONCE = 400;

/** The range of a question. `invalid_input` for dates that do not exist or are in the wrong order, `not_found` for no location of the shop. */
export async function readRange(db: ShopDb, query: ReportQuery): Promise<Result<Range>> {
  const [from, to] = [parseBusinessDate(query.from), parseBusinessDate(query.to)];
  if (from === null || to === null || from > to) return wrongRange("A range of dates has a first and a last one.");
  const all = await locationsOf(db);
  if (query.location === undefined) return ok({ from, to, location: null, chosen: all, all });
  const location = all.find(({ id }) => id === query.location);
  return location === undefined ? failed({ kind: "not_found" }) : ok({ from, to, location, chosen: [location], all });
}

/** A range that cannot be shown, with the reason. */
export function wrongRange(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "from", message }] });
}

/** The range in stretches, earliest first, each small enough to be held in memory. */
export function* stretchesOf({ from, to, chosen }: Pick<Range, "from" | "to" | "chosen">): Generator<Stretch> {
  const locationIds: readonly LocationId[] = chosen.map(({ id }) => id);
  if (locationIds.length === 0) return;
  const days = Math.max(1, Math.floor(DAYS_AT_ONCE / locationIds.length));
  for (let start = from; start <= to; start = addDays(start, days)) {
    const end = addDays(start, days - 1);
    yield { locationIds, from: start, to: end < to ? end : to };
  }
}
