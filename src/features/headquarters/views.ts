/** The organisation's shops side by side: a month of days, sums over a range, and one date of one shop. Every shop is reached by its own lines. */
import { addDays, businessDateAt, datesBetween, parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { LocationId, ShopId } from "../../kernel/ids";
import { sum } from "../../kernel/money";
import { failed, ok, type Result } from "../../kernel/result";
import { dayTotals, hasNoSales } from "../../ledger/sales-day";
import type { HqVisit } from "../../http/hq-guard";
import { originOf } from "../../http/site";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { listDays, type DayGlance } from "../days/service";
import { fewAtOnce, reach, reachEach, shopsInReach, type Reachable, type Reached } from "../organisations/service";
import { viewDay, viewDays } from "../sync/service";
import type { ComparisonRow, ComparisonView, GridRow, GridView, ShopDateView } from "./contract";
import { countNeeds, foldCells, worstFirst } from "./rules";

const DAYS_SHOWN = 31;
const MOST_DAYS_COMPARED = 92;

/** The last 31 days of all shops, worst first. */
export async function viewGrid(world: World, env: Bindings, visit: HqVisit): Promise<GridView> {
  const shops = await shopsInReach(env, visit);
  const to = latestToday(shops, world.clock());
  const from = addDays(to, 1 - DAYS_SHOWN);
  const reached = await reachEach(world, env, visit, { shops, action: "days.viewed" }, async (inShop) => await viewDays(world, inShop, { from, to }));
  const rows = reached.map(({ shop, result }): GridRow => {
    const cells = result.ok ? result.value.cells : [];
    return { shop: shopOf(env, shop), problem: problemOf(result), needs: countNeeds(cells), cells: foldCells(cells) };
  });
  return { dates: datesBetween(from, to), rows: worstFirst(rows) };
}

const MIDNIGHT = { from: "2000-01-01" as BusinessDate, minutes: 0 };

/** Today where it is latest, so that every shop's own today is in the range. */
function latestToday(shops: readonly Pick<Reachable, "zone">[], now: number): BusinessDate {
  const dateIn = (zone: string) => businessDateAt({ zone, cutOffs: [MIDNIGHT] }, now);
  return shops.map(({ zone }) => dateIn(zone)).toSorted().at(-1) ?? dateIn("UTC");
}

/** Sums of every shop over a range. `invalid_input` for dates that do not exist and ranges of more than 92 days. */
export async function compareShops(world: World, env: Bindings, visit: HqVisit, query: { readonly from: string; readonly to: string }): Promise<Result<ComparisonView>> {
  const from = parseBusinessDate(query.from);
  const to = parseBusinessDate(query.to);
  if (from === null || to === null || from > to || addDays(from, MOST_DAYS_COMPARED - 1) < to) {
    const message = `A range of dates has a first and a last one, at most ${MOST_DAYS_COMPARED} days together.`;
    return failed({ kind: "invalid_input", message, fields: [{ path: "from", message }] });
  }
  const shops = await shopsInReach(env, visit);
  const reached = await reachEach(world, env, visit, { shops, action: "totals.compared" }, async ({ db }) => ok(await listDays(db, from, to)));
  return ok({ from, to, rows: reached.flatMap((one) => rowsOf(env, one)) });
}

function rowsOf(env: Bindings, { shop, result }: Reached<DayGlance[]>): ComparisonRow[] {
  const days = result.ok ? result.value : [];
  const known = days.flatMap((day) => (day.totals === null ? [] : [{ ...day, totals: day.totals }]));
  const byCurrency = Map.groupBy(known, ({ totals }) => totals.currency);
  if (byCurrency.size === 0) byCurrency.set(shop.currency, []);
  return [...byCurrency].map(([currency, read]) => {
    const totals = read.map((day) => dayTotals(day.totals));
    return {
      shop: shopOf(env, shop), problem: problemOf(result), currency,
      grossMinor: sum(totals.map((one) => one.grossMinor)), netMinor: sum(totals.map((one) => one.netMinor)),
      taxMinor: sum(totals.map((one) => one.taxMinor)), tipsMinor: sum(totals.map((one) => one.tipsMinor)),
      daysOpen: new Set(read.filter((day) => !hasNoSales(day.totals)).map((day) => day.businessDate)).size,
      booked: read.filter(({ state }) => ["posted", "final", "changed", "corrected"].includes(state)).length,
      read: read.length,
    };
  });
}

/** One date at every location of a shop, to be read. Fails as `reach`; `not_found` for a date that does not exist. */
export async function viewShopDate(world: World, env: Bindings, visit: HqVisit, shopId: ShopId, text: string): Promise<Result<ShopDateView>> {
  const date = parseBusinessDate(text);
  if (date === null) return failed({ kind: "not_found" });
  const reached = await reach(world, env, visit, shopId, "day.viewed");
  if (!reached.ok) return reached;
  const calendar = await viewDays(world, reached.value, { from: date, to: date });
  if (!calendar.ok) return calendar;
  const views = await fewAtOnce(calendar.value.cells, async ({ locationId }) => await viewDay(world, env, reached.value, locationId as LocationId, date));
  const days = views.flatMap((view) => {
    if (!view.ok) return [];
    const { locationId, locationName, zone, state, booksName, totals, tieOut, explanation } = view.value;
    const why = { title: explanation?.title ?? null, meaning: explanation?.meaning ?? null, details: explanation?.details ?? null };
    return [{ locationId, locationName, zone, state, booksName, totals, tieOut, ...why }];
  });
  return ok({ shop: shopOf(env, reached.value.shop), date, days });
}

function shopOf(env: Bindings, { id, slug, name, currency }: Pick<Reachable, "id" | "slug" | "name" | "currency">): GridRow["shop"] {
  return { id, slug, name, currency, url: `${originOf(slug, readConfig(env))}/` };
}

function problemOf(result: Reached<unknown>["result"]): GridRow["problem"] {
  if (result.ok) return null;
  const { kind } = result.failure;
  return kind === "second_factor_needed" || kind === "not_permitted" ? kind : "failed";
}
