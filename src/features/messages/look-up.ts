/**
 * Messages that left and were not heard of again. One without an answer is looked for at the provider: what is there is ours,
 * and only what certainly is not there waits for its turn once more. One that was accepted is asked after, since what the
 * provider tells by itself can be lost.
 */
import { failed, type Result } from "../../kernel/result";
import { DONE, retryAfter, type Verdict } from "../../platform/queue";
import { createSend, texting, type KnownText } from "../../providers/registry";
import type { Ledger } from "../consent/service";
import { openLine } from "./carriers";
import { later } from "./later";
import { listObeyed } from "./lists-store";
import { isOver, LOOKED_UP_FOR_MS, MOST_ATTEMPTS, nextAsked, stateTold, waitSeconds } from "./rules";
import { recordState } from "./states";
import { claimEnded, knownSidsQuery, putOff, type MessageRow } from "./store";

/** Looks a message up that is not waiting. */
export async function lookUp(desk: Ledger, row: MessageRow, deliveries: number): Promise<Verdict> {
  switch (row.state) {
    case "sending":
    case "uncertain":
      return row.channel === "text" ? await findText(desk, row, deliveries) : await sendAgain(desk, row);
    case "accepted":
    case "sent":
      return await askAfter(desk, row);
    case "received":
    case "queued":
    case "delivered":
    case "undelivered":
    case "failed":
    case "not_sent":
    case "cancelled":
      await desk.db.orm.batch([putOff(desk.db, row, null)]);
      return DONE;
  }
}

async function findText(desk: Ledger, row: MessageRow, deliveries: number): Promise<Verdict> {
  const { world, db } = desk;
  const now = world.clock();
  const found = await foundOf(desk, row);
  if (!found.ok) {
    const isHopeless = now - (row.sentAt ?? now) > LOOKED_UP_FOR_MS;
    const seconds = waitSeconds(deliveries, null);
    await db.orm.batch([isHopeless ? claimEnded(db, row, { state: "uncertain", reason: "unknown", dueAt: null, changedAt: now }) : putOff(db, row, now + seconds * 1_000)]);
    return isHopeless ? DONE : later(seconds);
  }
  if (found.value === null) return await sendAgain(desk, row);
  const { sid, state, errorCode } = found.value;
  // A claim becomes `accepted` first and hears of anything further in the one way in which states are told.
  await db.orm.batch([claimEnded(db, row, { state: "accepted", providerSid: sid, reason: null, dueAt: nextAsked(row.sentAt ?? now, now), changedAt: now })]);
  await recordState(desk, { sid, state, errorCode, at: now });
  return DONE;
}

/** The text at the provider that is this message and no other of ours, or null where there certainly is none. */
async function foundOf(desk: Ledger, row: MessageRow): Promise<Result<KnownText | null>> {
  const { world, env, db } = desk;
  if (row.sentTo === null) return failed({ kind: "not_found" });
  const opened = await openLine(desk);
  if (!opened.ok) return opened;
  const found = await texting.find(createSend(world.transport(env), texting.reach), opened.value.account, { to: row.sentTo, body: row.body, since: row.sentAt ?? row.at });
  if (!found.ok) return found;
  const known = found.value.length === 0 ? [] : await knownSidsQuery(db, found.value.map(({ sid }) => sid));
  const others = new Set(known.map(({ providerSid }) => providerSid));
  return { ok: true, value: found.value.findLast(({ sid }) => !others.has(sid)) ?? null };
}

/** Puts a message back that certainly was not sent; one that was tried often enough has failed. */
async function sendAgain({ world, db }: Ledger, row: MessageRow): Promise<Verdict> {
  const now = world.clock();
  if (row.attempts >= MOST_ATTEMPTS) {
    await db.orm.batch([claimEnded(db, row, { state: "failed", reason: "unanswered", dueAt: null, changedAt: now })]);
    return DONE;
  }
  await db.orm.batch([claimEnded(db, row, { state: "queued", reason: "unanswered", dueAt: now, changedAt: now }), ...listObeyed(db, row)]);
  return retryAfter(1);
}

/** Asks what became of a text that the provider took. */
async function askAfter(desk: Ledger, row: MessageRow): Promise<Verdict> {
  const { world, env, db } = desk;
  const now = world.clock();
  const next = nextAsked(row.sentAt ?? now, now);
  const opened = row.providerSid === null ? failed({ kind: "not_found" }) : await openLine(desk);
  const read = opened.ok ? await texting.read(createSend(world.transport(env), texting.reach), opened.value.account, row.providerSid ?? "") : opened;
  const state = read.ok ? stateTold(read.value.state) : null;
  if (read.ok) await recordState(desk, { sid: read.value.sid, state: read.value.state, errorCode: read.value.errorCode, at: now });
  if (state !== null && isOver(state)) return DONE;
  await db.orm.batch([putOff(db, { ...row, state: state ?? row.state }, next)]);
  return DONE;
}
