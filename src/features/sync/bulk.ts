/** Many days of one shop at once: tried again, or posted. Each day goes the way it would go by hand, with its own line in the shop's log. */
import { addDays, businessDateAt, type BusinessDate } from "../../kernel/day";
import type { LocationId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { tell } from "../../http/respond";
import type { DayCell, DaysView } from "../days/contract";
import { postDayNow, retryDay, type Act, type UnderWay } from "./acts";
import type { BulkOutcome } from "./contract";
import { viewDay, viewDays } from "./day-view";

/** So many days in one call keep it well below a Worker's 1,000 statements; the page calls again for the rest. */
const MOST_AT_ONCE = 40;
const FEW = 8;
const DAYS_BACK = 62;

/** Tries all days again that are held or failed; what stops a single day stands in the outcome. */
export async function retryDays(act: Act): Promise<Result<BulkOutcome>> {
  const view = await recentDays(act);
  if (!view.ok) return view;
  const stopped = view.value.needsWork.filter(({ state }) => state === "held" || state === "failed");
  return ok(await each(view.value, stopped, async ({ locationId, date }) => await retryDay(act, { location: locationId, date })));
}

/** Posts all ready days of the last two months as they stand now; what stops a single day stands in the outcome. */
export async function postReadyDays(act: Act): Promise<Result<BulkOutcome>> {
  const view = await recentDays(act);
  if (!view.ok) return view;
  const ready = view.value.cells.filter(({ state }) => state === "ready");
  return ok(await each(view.value, ready, async (cell) => await postAsItStands(act, cell)));
}

async function postAsItStands(act: Act, { locationId, date }: DayCell): Promise<Result<UnderWay>> {
  const day = await viewDay(act.world, act.env, act.visit, locationId as LocationId, date);
  if (!day.ok) return day;
  if (day.value.proposal === null) return failed({ kind: "conflict", message: day.value.explanation?.title ?? "There is nothing to post for this day." });
  return await postDayNow(act, { location: locationId, date }, day.value.proposal.fingerprint);
}

async function recentDays({ world, visit }: Act): Promise<Result<DaysView>> {
  const to = businessDateAt({ zone: visit.shop.zone, cutOffs: [{ from: "2000-01-01" as BusinessDate, minutes: 0 }] }, world.clock());
  return await viewDays(world, visit, { from: addDays(to, 1 - DAYS_BACK), to });
}

async function each(view: DaysView, cells: readonly DayCell[], act: (cell: DayCell) => Promise<Result<UnderWay>>): Promise<BulkOutcome> {
  const now = cells.slice(0, MOST_AT_ONCE);
  const nameOf = (id: string) => view.locations.find((location) => location.id === id)?.name ?? "";
  const results = await inTurn(now, async (cell) => ({ cell, result: await act(cell) }));
  const problems = results.flatMap(({ cell, result }) => (
    result.ok ? [] : [{ date: cell.date, location: nameOf(cell.locationId), title: tell(result.failure).title }]
  ));
  return { done: now.length - problems.length, of: now.length, problems, left: cells.length - now.length };
}

/** A few at once, in order: a Worker may hold only so many connections open. */
async function inTurn<T>(cells: readonly DayCell[], use: (cell: DayCell) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < cells.length; at += FEW) results.push(...await Promise.all(cells.slice(at, at + FEW).map(use)));
  return results;
}
