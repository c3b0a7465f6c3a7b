/** Back-fills: a range of days, read and, if asked, posted, at the pace that the providers allow. */
import { addDays, datesBetween, parseBusinessDate, windowOf, type BusinessDate } from "../../kernel/day";
import { newId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { roleMay, rolesThatMay } from "../../kernel/roles";
import { actorOf, type Visit } from "../../http/guard";
import type { ShopDb } from "../../platform/database";
import { actorNamed } from "../../platform/audit-leaf";
import type { World } from "../../platform/world";
import { once } from "../../platform/once";
import { enqueue, message } from "../../platform/queue";
import { tills } from "../../providers/registry";
import { FIRST_DATE, locationsOf, scheduleOf, type Location } from "../connections/service";
import type { Act } from "./acts";
import type { BackfillRequest, BackfillView } from "./contract";
import type { Desk } from "./job";
import { startBackfillMessage, type StartBackfill } from "./messages";
import { sendToTills } from "./send";
import { backfillAdded, backfillDaysQuery, backfillQuery, backfillsQuery, type BackfillDayRow, type BackfillRow } from "./store";

const MOST_DATES = 800;
const MOST_DAYS = 2_000;
const MOST_SHOWN = 10;
const MOST_PROBLEMS = 50;

/**
 * Starts a back-fill. Its message goes first and records it as this call does, so that no crash leaves one on record
 * that nobody works on. `invalid_input` for a range that is reversed, too long or not over; `not_found` for a location
 * that the shop does not have; `not_permitted` to post for a role that may not.
 */
export async function startBackfill(act: Act, request: BackfillRequest): Promise<Result<BackfillView>> {
  const { world, env, visit } = act;
  if (request.post && !roleMay(visit.role, "days.post")) {
    return failed({ kind: "not_permitted", permission: "days.post", rolesThatMay: rolesThatMay("days.post") });
  }
  const range = rangeOf(request);
  if (!range.ok) return range;
  const chosen = await chosenLocations(visit.db, request.locations);
  if (!chosen.ok) return chosen;
  const problem = problemOf(chosen.value, range.value, world.clock());
  if (problem !== null) return refused("to", problem);
  const start: StartBackfill = {
    shopId: visit.shop.id, shard: visit.shop.shard, backfillId: newId(world.random), locationIds: chosen.value.map(({ id }) => id),
    ...range.value, posts: request.post, by: actorOf(visit).id, at: world.clock(),
  };
  await enqueue(env.SYNC_QUEUE, [message(startBackfillMessage, start)]);
  const recorded = await recordBackfill(world, visit.db, start);
  return recorded.ok ? ok(toBackfillView(rowOf(visit.db, start), [])) : recorded;
}

/**
 * Sends one message a day, spaced by the till's pace where `isSpaced`. Doing it again sends them again, to no effect. A
 * message that names a location which the shop does not have on this shard records nothing and sends nothing.
 */
export async function fanOut({ env, world }: Pick<Desk, "env" | "world">, db: ShopDb, start: StartBackfill, isSpaced: boolean): Promise<void> {
  const known = new Set((await locationsOf(db)).map(({ id }) => id));
  if (!start.locationIds.every((id) => known.has(id))) {
    world.log.error("backfill.no_such_location", { shopId: db.shopId });
    return;
  }
  const recorded = await recordBackfill(world, db, start);
  if (!recorded.ok) throw new Error(`the back-fill could not be recorded: ${recorded.failure.kind}`);
  const { shopId, shard, backfillId, posts, by } = start;
  const places = datesBetween(start.from, start.to).flatMap((date) => start.locationIds.map((locationId) => ({ date, locationId })));
  const secondsForDay = Math.max(...Object.values(tills).map(({ callsToReadDay, manifest }) => (60 * callsToReadDay) / manifest.pace.callsPerMinute));
  await sendToTills(env, db, places.map(({ date, locationId }, index) => ({
    request: { shopId, shard, locationId, date, why: "backfill", post: posts ? "yes" : "no", by, backfillId, postponed: 0 },
    delaySeconds: isSpaced ? Math.floor(index * secondsForDay) : 0,
  })));
}

/** The shop's latest back-fills with their progress, newest first. */
export async function viewBackfills(visit: Visit): Promise<{ readonly backfills: BackfillView[] }> {
  const rows = await backfillsQuery(visit.db, MOST_SHOWN);
  const days = await Promise.all(rows.map((row) => backfillDaysQuery(visit.db, row.id)));
  return { backfills: rows.map((row, index) => toBackfillView(row, days[index] ?? [])) };
}

/** One back-fill with its progress. `not_found` for one of nobody or of another shop. */
export async function viewBackfill(visit: Visit, id: string): Promise<Result<BackfillView>> {
  const [rows, days] = await visit.db.orm.batch([backfillQuery(visit.db, id), backfillDaysQuery(visit.db, id)]);
  const [row] = rows;
  return row === undefined ? failed({ kind: "not_found" }) : ok(toBackfillView(row, days));
}

/** Once per back-fill, whether the request or its message comes first; the audit line with it. */
async function recordBackfill({ random }: Pick<World, "random">, db: ShopDb, start: StartBackfill): Promise<Result<object>> {
  const { backfillId, from, to, posts, by, at, locationIds } = start;
  const input = { backfillId, from, to, posts, locationIds };
  return await once(db, { key: `backfill:${backfillId}`, input, actor: actorNamed(by), action: "backfill.started", at, random }, async () => ok({
    statements: [backfillAdded(db, rowOf(db, start))], answer: {}, audit: { subject: `backfill:${backfillId}`, after: input },
  }));
}

function rowOf(db: ShopDb, { backfillId, locationIds, from, to, posts, by, at }: StartBackfill): BackfillRow {
  const dayCount = datesBetween(from, to).length * locationIds.length;
  return { shopId: db.shopId, id: backfillId, locationIds, fromDate: from, toDate: to, posts, dayCount, requestedBy: by, requestedAt: at };
}

type Range = { readonly from: BusinessDate; readonly to: BusinessDate };

function rangeOf(request: BackfillRequest): Result<Range> {
  const from = parseBusinessDate(request.from);
  const to = parseBusinessDate(request.to);
  if (from === null || from < FIRST_DATE) return refused("from", "That is no date that a till of today could know.");
  if (to === null || to < from) return refused("to", "The last day cannot be before the first.");
  if (to > addDays(from, MOST_DATES - 1)) return refused("to", `At most ${MOST_DATES} days fit into one back-fill.`);
  return ok({ from, to });
}

async function chosenLocations(db: ShopDb, ids: readonly string[]): Promise<Result<Location[]>> {
  const wanted = new Set(ids);
  const found = (await locationsOf(db)).filter(({ id }) => wanted.has(id));
  if (found.length < wanted.size) return failed({ kind: "not_found" });
  const unchosen = found.find(({ wasChosen }) => !wasChosen);
  return unchosen === undefined ? ok(found) : refused("locations", `Choose ${unchosen.name} and its cut-off first, under Connections.`);
}

function problemOf(locations: readonly Location[], { from, to }: Range, now: number): string | null {
  if (datesBetween(from, to).length * locations.length > MOST_DAYS) return `At most ${MOST_DAYS} days of all locations together fit into one back-fill.`;
  const isOpen = locations.some((location) => windowOf(scheduleOf(location), to).end > now);
  return isOpen ? "The last day has not closed yet." : null;
}

function toBackfillView(row: BackfillRow, days: readonly BackfillDayRow[]): BackfillView {
  const states = [...new Set(days.map((day) => day.state))].toSorted();
  const problems = days.filter((day) => ["held", "failed", "uncertain", "changed"].includes(day.state));
  return {
    id: row.id, from: row.fromDate, to: row.toDate, post: row.posts, locations: [...row.locationIds],
    dayCount: row.dayCount, doneCount: days.length,
    outcomes: states.map((state) => ({ state, count: days.filter((day) => day.state === state).length })),
    problems: problems.slice(0, MOST_PROBLEMS).map((day) => ({ locationId: day.locationId, date: day.businessDate, state: day.state })),
    requestedAt: row.requestedAt,
    isFinished: days.length >= row.dayCount,
  };
}

function refused(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
