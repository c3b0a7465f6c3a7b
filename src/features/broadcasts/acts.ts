/** What people do with a list: start what they were shown, pause, resume, cancel. Each act and its line stand in one batch. */
import { newId, type BroadcastId, type ContactId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf } from "../../http/guard";
import { auditLine, type Statement } from "../../platform/audit";
import { once } from "../../platform/once";
import { listCancelled, listHeld, nextAllowedAt, queueReleased, releaseList } from "../messages/service";
import { lineOf } from "../text-line/service";
import type { BroadcastStart, BroadcastState } from "./contract";
import { gettingOf, obstacleTo, planList, type Planned, type Sending } from "./plan";
import { queueStep } from "./queue-step";
import type { Decided } from "./rules";
import { broadcastAdded, broadcastQuery, recipientsAdded, turned, type BroadcastRow, type Recipient } from "./store";

/**
 * Starts a list, once for its key: everybody on it is written down in the batch that starts it. `conflict` where it would not be
 * what the dry run has shown, or something is in its way; otherwise as `planList`.
 */
export async function startList(sending: Sending, start: BroadcastStart): Promise<Result<BroadcastRow>> {
  const { world, env, visit } = sending;
  const { db } = visit;
  const at = world.clock();
  const { key, ...input } = start;
  const started = await once(db, { key: `broadcast:${key}`, input, actor: actorOf(visit), action: "broadcast.started", at, random: world.random }, async () => {
    const planned = await planList(sending, start);
    if (!planned.ok) return planned;
    const { template, words, decided, line, fingerprint } = planned.value;
    const count = gettingOf(decided).length;
    const obstacle = obstacleTo(words.channel, line, count);
    if (obstacle !== null) return failed({ kind: "conflict", message: obstacle });
    if (fingerprint !== start.fingerprint) return failed({ kind: "conflict", message: "The list or the template has changed since you looked. Look again before you send it." });
    const row = rowOf(sending, start, planned.value, at);
    return ok({
      statements: [broadcastAdded(db, row), ...recipientsAdded(db, row.id, decided.map((one) => recipientOf(one, words.channel, at)))],
      answer: { id: row.id },
      audit: { subject: `broadcast:${row.id}`, after: { name: row.name, channel: words.channel, template: template.id, recipients: count, leftOut: decided.length - count, fingerprint } },
    });
  });
  if (!started.ok) return started;
  const [row] = await broadcastQuery(db, started.value.id);
  if (row === undefined) return failed({ kind: "not_found" });
  if (row.dueAt !== null) await queueStep({ world, env, db }, visit.shop.shard, row.id, row.dueAt);
  return ok(row);
}

/** Nothing more leaves until it is resumed, but what was handed over already. `conflict` for one that does not run. */
export async function pauseList(sending: Sending, id: BroadcastId): Promise<Result<BroadcastRow>> {
  const { world, visit } = sending;
  return await turn(sending, id, { action: "broadcast.paused", from: ["running"], to: "paused", dueAt: null, also: [listHeld(visit.db, id, world.clock())] });
}

/** Goes on where it was paused. `conflict` for one that is not paused, and where there is still no number to text from. */
export async function resumeList(sending: Sending, id: BroadcastId): Promise<Result<BroadcastRow>> {
  const { world, env, visit } = sending;
  const { db } = visit;
  const now = world.clock();
  const [seen] = await broadcastQuery(db, id);
  const obstacle = seen === undefined ? null : obstacleTo(seen.channel, await lineOf(db), 1);
  if (obstacle !== null) return failed({ kind: "conflict", message: obstacle });
  const resumed = await turn(sending, id, { action: "broadcast.resumed", from: ["paused"], to: "running", dueAt: now, also: [releaseList(db, id, now)] });
  if (!resumed.ok) return resumed;
  await queueReleased({ world, env, db }, visit.shop.shard, id);
  await queueStep({ world, env, db }, visit.shop.shard, id, now);
  return resumed;
}

/** Ends it for good: whoever waits gets nothing, and neither does anybody whose message was not handed over yet. `conflict` for one that is over. */
export async function cancelList(sending: Sending, id: BroadcastId): Promise<Result<BroadcastRow>> {
  const { world, visit } = sending;
  return await turn(sending, id, { action: "broadcast.cancelled", from: ["running", "paused"], to: "cancelled", dueAt: null, also: [listCancelled(visit.db, id, world.clock())] });
}

type Turn = {
  readonly action: string; readonly from: readonly BroadcastState[]; readonly to: BroadcastState; readonly dueAt: number | null;
  readonly also: readonly Statement[];
};

async function turn({ world, visit }: Sending, id: BroadcastId, { action, from, to, dueAt, also }: Turn): Promise<Result<BroadcastRow>> {
  const { db } = visit;
  const [seen] = await broadcastQuery(db, id);
  if (seen === undefined) return failed({ kind: "not_found" });
  if (!from.includes(seen.state)) return notNow(seen);
  const at = world.clock();
  const line = auditLine(db, world.random, { at, actor: actorOf(visit), action, subject: `broadcast:${id}`, after: { name: seen.name } });
  try {
    await db.orm.batch([turned(db, id, { from, to, dueAt, problem: null, at }), ...also, ...line]);
  } catch (error) {
    // Of two who act at once one finds another state. Whether that was it is read, not guessed.
    const [now] = await broadcastQuery(db, id);
    if (now !== undefined && !from.includes(now.state)) return notNow(now);
    throw error;
  }
  return ok({ ...seen, state: to, dueAt, problem: null, changedAt: at });
}

const NOT_NOW = {
  running: "It is running already.", paused: "It is paused already.", done: "It has gone to everybody already.", cancelled: "It was cancelled.",
} as const satisfies Record<BroadcastState, string>;

function notNow({ state }: BroadcastRow): Result<never> {
  return failed({ kind: "conflict", message: NOT_NOW[state] });
}

function rowOf({ world, visit }: Sending, start: BroadcastStart, { template, words, decided }: Planned, at: number): Omit<BroadcastRow, "shopId"> {
  const first = Math.min(...gettingOf(decided).map((one) => turnOf(one.zones, words.channel, at)));
  return {
    id: newId<BroadcastId>(world.random), name: start.name, channel: words.channel, templateId: template.id, subject: words.subject, body: words.body, link: words.link,
    audience: { tags: start.audience.tags, contactIds: start.audience.contacts as ContactId[] },
    state: "running", problem: null, perMinute: start.perMinute, createdBy: visit.person.id, createdAt: at, dueAt: first, changedAt: at,
  };
}

function recipientOf(one: Decided, channel: BroadcastRow["channel"], at: number): Recipient {
  const { contactId, leftOut } = one;
  return leftOut === null
    ? { contactId, state: "waiting", reason: null, dueAt: turnOf(one.zones, channel, at) }
    : { contactId, state: "skipped", reason: leftOut, dueAt: at };
}

/** Quiet hours are of texts alone. */
function turnOf(zones: Parameters<typeof nextAllowedAt>[1], channel: BroadcastRow["channel"], at: number): number {
  return channel === "text" ? nextAllowedAt(at, zones) : at;
}
