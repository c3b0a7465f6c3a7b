/**
 * What the cash drawers of a location add to its day. Square expects in a drawer what it was opened with, and what was
 * sold, refunded, paid in and paid out since (CashDrawerShiftSummary); whatever a count finds beside that is over or short.
 *
 * A shift may be open across the hour at which the day ends. What leaves a drawer is of the day on which it left, as a
 * sale is of the day on which it was paid; over and short are of the day on which the shift ended, whenever somebody
 * counted it. Cash is then what stands in the drawer less its float, day by day and over all of them.
 */
import { DAY } from "../../kernel/clock";
import type { Window } from "../../kernel/day";
import { ok, type Result } from "../../kernel/result";
import type { PaidOut, SalesDayFold } from "../../ledger/sales-day";
import type { Access } from "../contract";
import { PAID_OUTS, purposeOf } from "./drawer-words";
import { isForbidden } from "./errors";
import { eachPage } from "./pages";
import { textOf, type Wire, type WireReader } from "./wire";

/** Shifts are searched by when they were opened: one that was left open for three months before the day is not found. */
const LONGEST_SHIFT_MS = 92 * DAY;

/** The most that Square lists in one answer, of shifts and of events. */
const PAGE_SIZE = 1_000;

/** No location has more drawers open on one day. */
const MOST_SHIFTS = 200;

type Request = { readonly locationId: string; readonly window: Window };

/** `isShown` is false where the merchant's grant is older than the question: nothing was booked then. */
export type Drawers = {
  readonly isShown: boolean;
  /** Change and other money put into drawers. It is no taking: the float grows by it, and nothing is booked. */
  readonly paidInMinor: number;
};

/** Sums of one reading; booked when all of them are known. */
type Found = Record<PaidOut["purpose"] | "paidIn" | "overShort", number>;

/** Books what left the drawers within the window, and what the counts of the shifts that ended within it found. */
export async function bookDrawers(access: Access, request: Request, day: SalesDayFold, reader: WireReader): Promise<Result<Drawers>> {
  const found: Found = { expense: 0, moved: 0, tips: 0, paidIn: 0, overShort: 0 };
  const shifts = await listShifts(access, request, found, reader);
  if (!shifts.ok) return isForbidden(shifts.failure) ? ok({ isShown: false, paidInMinor: 0 }) : shifts;
  const seen = new Set<string>();
  for (const shiftId of shifts.value) {
    const events = await addEvents(access, shiftId, request, { found, seen, reader });
    if (!events.ok) return events;
  }
  for (const { purpose, label } of PAID_OUTS) day.paidOut(purpose, purpose, label, found[purpose]);
  day.cashOverShort(found.overShort);
  return ok({ isShown: true, paidInMinor: found.paidIn });
}

/** Adds up the counts, and answers the shifts during which something may have left a drawer within the window. */
async function listShifts(access: Access, { locationId, window }: Request, found: Found, reader: WireReader): Promise<Result<ReadonlySet<string>>> {
  const counted = new Set<string>();
  const during = new Set<string>();
  const query = {
    location_id: locationId, begin_time: new Date(window.start - LONGEST_SHIFT_MS).toISOString(),
    end_time: new Date(window.end).toISOString(), sort_order: "ASC", limit: String(PAGE_SIZE),
  };
  const paged = await eachPage(access, { path: "/v2/cash-drawers/shifts", query, name: "cash drawer shifts" }, (answer) => {
    for (const shift of reader.list(answer.cash_drawer_shifts, "cash_drawer_shifts")) {
      const id = idOf(shift, locationId, reader);
      const endedAt = Date.parse(textOf(shift.ended_at) || textOf(shift.closed_at));
      if (Number.isNaN(endedAt) || endedAt >= window.start) during.add(id);
      if (isWithin(endedAt, window) && !counted.has(id)) found.overShort += overShortOf(shift, reader);
      counted.add(id);
    }
    if (during.size > MOST_SHIFTS) reader.refuse("the cash drawer shifts of a day do not end");
    return reader.problem;
  });
  return paged.ok ? ok(during) : paged;
}

/** The id becomes part of an address. */
function idOf(shift: Wire, locationId: string, reader: WireReader): string {
  const id = textOf(shift.id);
  if (!/^[\w-]{1,100}$/.test(id)) reader.refuse("a cash drawer shift has no id");
  if ((shift.location_id ?? locationId) !== locationId) reader.refuse("a cash drawer shift of another location");
  return id;
}

/** Counted less expected. A shift that was ended and not counted says nothing, and neither does one without both amounts. */
function overShortOf(shift: Wire, reader: WireReader): number {
  if (shift.state !== "CLOSED" || !isStated(shift.closed_cash_money) || !isStated(shift.expected_cash_money)) return 0;
  return reader.minor(shift.closed_cash_money) - reader.minor(shift.expected_cash_money);
}

function isStated(money: unknown): boolean {
  return money !== undefined && money !== null;
}

type Adding = { readonly found: Found; readonly seen: Set<string>; readonly reader: WireReader };

async function addEvents(access: Access, shiftId: string, { locationId, window }: Request, { found, seen, reader }: Adding): Promise<Result<void>> {
  const events = {
    path: `/v2/cash-drawers/shifts/${shiftId}/events`, query: { location_id: locationId, limit: String(PAGE_SIZE) }, name: "cash drawer events",
  };
  return await eachPage(access, events, (answer) => {
    for (const event of reader.list(answer.cash_drawer_shift_events, "cash_drawer_shift_events")) {
      const what = whatMoved(event);
      if (what === null) continue;
      const at = Date.parse(textOf(event.created_at));
      const id = textOf(event.id);
      if (Number.isNaN(at) || id === "") reader.refuse("what was paid in or out of a cash drawer has no id or no time");
      if (!isWithin(at, window) || seen.has(id)) continue;
      seen.add(id);
      found[what] += reader.minor(event.event_money);
    }
    return reader.problem;
  });
}

/** What moved the cash, where it was neither a sale nor a refund: those are told by orders. The words are read here and nowhere kept. */
function whatMoved(event: Wire): PaidOut["purpose"] | "paidIn" | null {
  if (event.event_type === "PAID_IN") return "paidIn";
  return event.event_type === "PAID_OUT" ? purposeOf(textOf(event.description)) : null;
}

function isWithin(at: number, { start, end }: Window): boolean {
  return at >= start && at < end;
}
