/**
 * One message on its way: claimed by one statement, handed over while its recipient's place is held, and settled. Twilio knows
 * no idempotency key: what left without an answer is looked up there before anything else, so that a crash anywhere sends
 * nothing twice and forgets nothing.
 */
import { auditLine } from "../../platform/audit";
import { DAYBOOK } from "../../platform/audit-leaf";
import { directoryDb } from "../../platform/database";
import { DONE, type Verdict } from "../../platform/queue";
import type { ShopCard } from "../../http/guard";
import { whileReachable, type Barred, type Ledger, type Person } from "../consent/service";
import { contactById, personOf, type Contact } from "../contacts/service";
import { findShop } from "../shops/service";
import { mailCarrier, textCarrier, type Carrier, type Outcome } from "./carriers";
import { later } from "./later";
import { listObeyed } from "./lists-store";
import { lookUp } from "./look-up";
import { nextAllowedAt } from "./quiet-hours";
import { CLAIM_LIVES_MS, goesToAnybody, keepsQuiet, LOOKED_UP_AFTER_MS, nextAsked, waitSeconds } from "./rules";
import { noteStop } from "./stops";
import { claim, claimEnded, messageQuery, putOff, threadQuery, waitingEnded, type MessageKey, type MessageRow } from "./store";
import { zoneOfContact } from "./zone";

/** Moves a message on by one step: sends it, looks it up, or asks what became of it. Nothing happens before its turn. */
export async function moveOn(desk: Ledger, key: MessageKey, deliveries: number): Promise<Verdict> {
  const [row] = await messageQuery(desk.db, key);
  if (row === undefined || row.dueAt === null) return DONE;
  const wait = row.dueAt - desk.world.clock();
  if (wait > 0) return later(wait / 1_000);
  return row.state === "queued" ? await sendWaiting(desk, row, deliveries) : await lookUp(desk, row, deliveries);
}

async function sendWaiting(desk: Ledger, row: MessageRow, deliveries: number): Promise<Verdict> {
  const { world, env, db } = desk;
  const now = world.clock();
  if (row.expiresAt !== null && row.expiresAt <= now) return await giveUp(desk, row, "too_late");
  const [contact, shop] = await Promise.all([contactById(db, row.contactId), findShop(directoryDb(env), db.shopId)]);
  const person = contact === null ? null : personOf(contact, row.channel);
  if (contact === null || person === null || shop === null) return await giveUp(desk, row, "no_address");
  const allowedAt = await allowedFrom(desk, row, contact, shop, now);
  if (allowedAt > now) return await waitUntil(desk, row, allowedAt);
  const carrier = await (row.channel === "text" ? textCarrier(desk, shop) : mailCarrier(desk, shop));
  if (!carrier.ok) return await waitUntil(desk, row, now + waitSeconds(deliveries, null) * 1_000, carrier.failure.kind === "conflict" ? "credentials" : row.reason);
  const claimed = await claim(db, row, { now, lookedUpAt: now + LOOKED_UP_AFTER_MS, sentTo: person.address.value });
  return claimed === undefined ? DONE : await settle(desk, claimed, person, await handOver(desk, claimed, person, carrier.value), deliveries);
}

/** From when a message may arrive: `now`, which is one and the same for whoever asks, or when the recipient's day begins. Quiet hours are of texts alone. */
async function allowedFrom({ db }: Pick<Ledger, "db">, row: MessageRow, contact: Contact, shop: Pick<ShopCard, "zone">, now: number): Promise<number> {
  const allowedAt = row.channel === "text" ? nextAllowedAt(now, zoneOfContact(contact, shop.zone)) : now;
  if (allowedAt <= now || !keepsQuiet(row.purpose, null, now)) return now;
  const [thread] = await threadQuery(db, row.contactId);
  return keepsQuiet(row.purpose, thread?.lastInAt ?? null, now) ? allowedAt : now;
}

type Handed = Outcome | { readonly kind: "barred"; readonly barred: Barred } | { readonly kind: "too_slow" };

/** Hands a message over while its recipient may be written to. What the register lets in too late is not sent at all: somebody may have looked it up. */
async function handOver(desk: Ledger, claimed: MessageRow, person: Person, carrier: Carrier): Promise<Handed> {
  const act = async (): Promise<Handed> => {
    const isLate = desk.world.clock() - (claimed.sentAt ?? 0) > CLAIM_LIVES_MS;
    return isLate ? { kind: "too_slow" } : await carrier.send(claimed, person.address.value);
  };
  if (goesToAnybody(claimed.purpose)) return await act();
  const reached = await whileReachable(desk, person, act);
  return reached.barred === null ? reached.value : { kind: "barred", barred: reached.barred };
}

async function settle(desk: Ledger, claimed: MessageRow, person: Person, outcome: Handed, deliveries: number): Promise<Verdict> {
  const { world, db } = desk;
  const changedAt = world.clock();
  switch (outcome.kind) {
    case "taken": {
      const isText = claimed.channel === "text";
      const segments = outcome.segments === null || outcome.segments === 0 ? claimed.segments : outcome.segments;
      const told = { state: isText ? "accepted" : "sent", dueAt: isText ? nextAsked(claimed.sentAt ?? changedAt, changedAt) : null } as const;
      await db.orm.batch([claimEnded(db, claimed, { ...told, providerSid: outcome.providerSid, segments, reason: null, changedAt })]);
      return DONE;
    }
    case "lost":
      await db.orm.batch([claimEnded(db, claimed, { state: "uncertain", dueAt: changedAt + LOOKED_UP_AFTER_MS, changedAt })]);
      return later(LOOKED_UP_AFTER_MS / 1_000);
    case "too_slow":
    case "not_yet": {
      const seconds = outcome.kind === "not_yet" ? waitSeconds(deliveries, outcome.afterSeconds) : 1;
      const reason = outcome.kind === "not_yet" ? outcome.reason : null;
      await db.orm.batch([claimEnded(db, claimed, { state: "queued", reason, dueAt: changedAt + seconds * 1_000, attempts: claimed.attempts - 1, changedAt }), ...listObeyed(db, claimed)]);
      return later(seconds);
    }
    case "said_stop":
      await noteStop(desk, claimed, person);
      return await withhold(desk, claimed, "opted_out");
    case "barred":
      return await withhold(desk, claimed, outcome.barred.kind);
    case "refused":
      await db.orm.batch([claimEnded(db, claimed, { state: "failed", reason: "refused", errorCode: outcome.errorCode, dueAt: null, changedAt })]);
      return DONE;
  }
}

/** Keeps a message back for its recipient's sake; the log says so. */
async function withhold({ world, db }: Ledger, claimed: MessageRow, reason: "opted_out" | "held"): Promise<Verdict> {
  const at = world.clock();
  const line = { at, actor: DAYBOOK, action: "message.withheld", subject: `contact:${claimed.contactId}`, after: { message: claimed.id, reason } };
  await db.orm.batch([claimEnded(db, claimed, { state: "not_sent", reason, dueAt: null, changedAt: at }), ...auditLine(db, world.random, line)]);
  return DONE;
}

async function giveUp({ world, db }: Ledger, row: MessageRow, reason: string): Promise<Verdict> {
  await db.orm.batch([waitingEnded(db, row, { state: "not_sent", reason, dueAt: null, changedAt: world.clock() })]);
  return DONE;
}

async function waitUntil({ world, db }: Ledger, row: MessageRow, dueAt: number, reason = row.reason): Promise<Verdict> {
  await db.orm.batch([putOff(db, row, dueAt, reason)]);
  return later((dueAt - world.clock()) / 1_000);
}

