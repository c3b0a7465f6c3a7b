/**
 * Wakes with cron and turns closed days into messages: per shard one look at what is due, one at what is known of it,
 * and one write, whatever the number of shops. Enqueued first, moved on afterwards: a crash in between sends a message
 * twice, never not at all.
 */
import { isZone, type BusinessDate, type CutOff } from "../../kernel/day";
import type { LocationId, ShopId } from "../../kernel/ids";
import { shardsOf, type Bindings } from "../../platform/env";
import { enqueue, queueOf, type OutgoingMessage } from "../../platform/queue";
import { sweep, type SweepRows } from "../../platform/sweep";
import type { World } from "../../platform/world";
import type { SyncDay } from "./messages";
import { planLocation, spreadSeconds, type LocationPlan } from "./plan";
import { sendDays, type DayToSend } from "./send";

/** The most locations that one run takes up on a shard; the others are as due a quarter of an hour later. */
const MOST_LOCATIONS = 500;
/** The most messages that one run sends for a shard. */
const MOST_MESSAGES = 5_000;

/** What else is done of a night at a location, after its days: one message, or null where there is nothing. */
export type Companion = (place: { readonly shopId: ShopId; readonly shard: number; readonly locationId: LocationId }, now: number, delaySeconds: number) => OutgoingMessage | null;

export type PlannerSettings = {
  readonly companions?: readonly Companion[];
  /** Over how many seconds the night's messages are spread, so that a zone's midnight is no stampede. */
  readonly spreadSeconds: number;
};

export type PlannerCount = { readonly locations: number; readonly messages: number };

type Shard = ReturnType<typeof shardsOf>[number];

type Due = { readonly row: SweepRows["dueLocations"]; readonly plan: LocationPlan };

/** Plans every shard. One that fails does not keep the others from their night; the first error is thrown at the end. */
export async function planDue(world: World, env: Bindings, settings: PlannerSettings): Promise<PlannerCount> {
  const counts = await Promise.allSettled(shardsOf(env).map((_, shard) => planShard(world, env, shard, settings)));
  const refused = counts.find((count) => count.status === "rejected");
  if (refused !== undefined) throw refused.reason;
  const done = counts.flatMap((count) => (count.status === "fulfilled" ? [count.value] : []));
  return {
    locations: done.reduce((total, count) => total + count.locations, 0),
    messages: done.reduce((total, count) => total + count.messages, 0),
  };
}

async function planShard(world: World, env: Bindings, shard: number, settings: PlannerSettings): Promise<PlannerCount> {
  const database = shardsOf(env)[shard];
  const now = world.clock();
  const rows = database === undefined ? [] : await sweep(database, "dueLocations", [now, MOST_LOCATIONS]);
  const due = withinBounds(rows.flatMap((row) => planOf(world, row, now)));
  if (database === undefined || due.length === 0) return { locations: 0, messages: 0 };
  const known = await knownDays(database, due);
  const days = due.flatMap((one) => daysOf(one, known, shard, settings));
  await sendDays(env, days);
  for (const [queue, group] of Map.groupBy(due, ({ row }) => queueOf(env, row.provider))) {
    await enqueue(queue, group.flatMap(({ row }) => companionsOf(row, shard, now, settings)));
  }
  const moves = due.map(({ row, plan }) => ({ shop: row.shop_id, location: row.id, was: row.next_due_at, next: plan.nextDueAt }));
  await sweep(database, "moveDue", [JSON.stringify(moves)]);
  world.log.info("planner.planned", { count: days.length, kind: `shard ${shard}` });
  return { locations: due.length, messages: days.length };
}

/** A row that cannot be planned must not keep the others of its shard from being. */
function planOf(world: World, row: SweepRows["dueLocations"], now: number): Due[] {
  const cutOffs = JSON.parse(row.cut_offs) as readonly CutOff[];
  if (row.starts_on === null || cutOffs.length === 0 || !isZone(row.zone)) {
    world.log.error("planner.unplannable", { shopId: row.shop_id, locationId: row.id });
    return [];
  }
  const plan = planLocation({ zone: row.zone, cutOffs, startsOn: row.starts_on as BusinessDate, nextDueAt: row.next_due_at }, now);
  return [{ row, plan }];
}

/** The earliest locations whose messages fit into one run, and always one. */
function withinBounds(due: readonly Due[]): Due[] {
  const taken: Due[] = [];
  let messages = 0;
  for (const one of due) {
    messages += one.plan.closed.length + one.plan.gaps.length + one.plan.rereads.length;
    if (taken.length > 0 && messages > MOST_MESSAGES) break;
    taken.push(one);
  }
  return taken;
}

async function knownDays(database: Shard, due: readonly Due[]): Promise<ReadonlySet<string>> {
  const dates = due.flatMap(({ plan }) => plan.gaps.slice(0, 1)).toSorted();
  const [earliest] = dates;
  if (earliest === undefined) return new Set();
  const places = due.map(({ row }) => ({ shop: row.shop_id, location: row.id }));
  const rows = await sweep(database, "knownDays", [JSON.stringify(places), earliest]);
  return new Set(rows.map((row) => nameOf(row.shop_id, row.location_id, row.business_date)));
}

/** What has closed goes first; what is only looked at again waits until the night's closed days are on their way. */
function daysOf({ row, plan }: Due, known: ReadonlySet<string>, shard: number, settings: PlannerSettings): DayToSend[] {
  const delaySeconds = spreadSeconds(row.shop_id, row.id, settings.spreadSeconds);
  const send = (why: SyncDay["why"], later = 0) => (date: BusinessDate): DayToSend => ({
    request: {
      shopId: row.shop_id as ShopId, shard, locationId: row.id as LocationId, date, why,
      post: "as_set", by: "daybook", backfillId: null, postponed: 0,
    },
    provider: row.provider, delaySeconds: delaySeconds + later,
  });
  const missing = plan.gaps.filter((date) => !known.has(nameOf(row.shop_id, row.id, date)));
  const again = plan.rereads.filter((date) => !missing.includes(date));
  return [...plan.closed.map(send("closed")), ...missing.map(send("gap")), ...again.map(send("reread", settings.spreadSeconds))];
}

function companionsOf(row: SweepRows["dueLocations"], shard: number, now: number, { companions = [], spreadSeconds: window }: PlannerSettings): OutgoingMessage[] {
  const place = { shopId: row.shop_id as ShopId, shard, locationId: row.id as LocationId };
  return companions.flatMap((companion) => companion(place, now, spreadSeconds(row.shop_id, row.id, window)) ?? []);
}

function nameOf(shopId: string, locationId: string, date: string): string {
  return `${shopId}/${locationId}/${date}`;
}
