/**
 * A list goes on by steps of a few messages. A step is taken by one statement; each of its messages is written once for list and
 * contact, however often the step is done; and then it says when the next one is due. Whatever dies in between is done again
 * when its lease has ended: nobody gets it twice, and nobody is forgotten.
 */
import { assert } from "../../kernel/assert";
import type { FailureKind } from "../../kernel/failure";
import { DAYBOOK } from "../../platform/audit-leaf";
import { auditLine } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import { DONE, retryAfter, type Verdict } from "../../platform/queue";
import type { ShopCard } from "../../http/guard";
import type { Ledger } from "../consent/service";
import { contactsOf, personOf, type Contact } from "../contacts/service";
import { listCancelled, listHeld, listWrittenTo, nextAllowedAt, writeMessage, zoneOfContact } from "../messages/service";
import { findShop } from "../shops/service";
import { lineOf } from "../text-line/service";
import { filledFor, type ListWords } from "./audience";
import type { LeftOutReason } from "./contract";
import type { StepList } from "./messages";
import { LONGEST_ON_QUEUE_MS, queueStep } from "./queue-step";
import { EMAILS_PER_MINUTE, GRACE_MS, LEASE_MS, MOST_LOOKED_AT, nextStepAt, paceOf, stepSize } from "./rules";
import { broadcastQuery, dueRecipientsQuery, nextTurnQuery, recipientsSettled, runningQuery, stepEnded, takeStep, turned, type BroadcastRow, type Recipient } from "./store";

/** Does the step that a message was sent for, if it is due and nobody has. A message that was delivered before may have died in a step: it does whichever is due. */
export async function stepList(desk: Ledger, { shard, broadcastId, dueAt }: StepList, deliveries: number): Promise<Verdict> {
  const now = desk.world.clock();
  const [running, due] = await desk.db.orm.batch([runningQuery(desk.db), dueRecipientsQuery(desk.db, broadcastId, now, MOST_LOOKED_AT)]);
  const row = running.find(({ id }) => id === broadcastId);
  // Whoever died in a step may have written what a pause or an end should have caught.
  if (row === undefined) return deliveries === 1 ? DONE : await stopWritten(desk, broadcastId);
  if (row.dueAt === null || (deliveries === 1 && row.dueAt !== dueAt)) return DONE;
  const waitMs = row.dueAt - now;
  if (waitMs >= 1_000) return waitMs > LONGEST_ON_QUEUE_MS ? DONE : retryAfter(waitMs / 1_000);
  const leaseEnds = now + LEASE_MS;
  if (!(await takeStep(desk.db, row, leaseEnds))) return DONE;
  const line = row.channel === "text" ? await lineOf(desk.db) : null;
  if (row.channel === "text" && line?.state !== "active") return await stopForWant(desk, row);
  const sharing = running.filter((other) => other.channel === row.channel && (other.dueAt ?? 0) <= now + LEASE_MS).length;
  const perMinute = paceOf(row.perMinute, line?.perMinute ?? EMAILS_PER_MINUTE, sharing);
  const outcomes = await writeSome(desk, row, due.map(({ contactId }) => contactId), { perMinute, shopName: line?.displayName ?? null });
  return await end(desk, { row, shard, leaseEnds, outcomes, perMinute });
}

type Pace = { readonly perMinute: number; readonly shopName: string | null };

/** Writes to the first of those whose turn it is, puts off those for whom it is night by now, and answers what became of each that was dealt with. */
async function writeSome(desk: Ledger, row: BroadcastRow, contactIds: readonly Contact["id"][], { perMinute, shopName }: Pace): Promise<readonly Recipient[]> {
  if (contactIds.length === 0) return [];
  const now = desk.world.clock();
  const [shop, found] = await Promise.all([findShop(directoryDb(desk.env), desk.db.shopId), contactsOf(desk.db, { tags: [], contactIds }, "", contactIds.length)]);
  assert(shop !== null, "a list is its shop's");
  const contacts = new Map(found.map((contact) => [contact.id, contact]));
  const turns = contactIds.map((contactId) => ({ contactId, dueAt: turnOf(row, contacts.get(contactId), shop, now) }));
  const awake = turns.filter(({ dueAt }) => dueAt <= now).slice(0, stepSize(perMinute)).map(({ contactId }) => contactId);
  const written = await listWrittenTo(desk.db, row.id, awake);
  const outcomes: Recipient[] = turns.filter(({ dueAt }) => dueAt > now).map(({ contactId, dueAt }) => ({ contactId, state: "waiting", reason: null, dueAt }));
  for (const [index, contactId] of awake.entries()) {
    const contact = contacts.get(contactId);
    const words = { ...row, shopName: shopName ?? shop.name };
    const notBefore = now + GRACE_MS + Math.floor((index * 60_000) / perMinute);
    const reason = written.has(contactId) ? null : contact === undefined ? "unknown" as const : await writeTo(desk, row, contact, { words, shop, notBefore });
    outcomes.push({ contactId, state: reason === null ? "written" : "skipped", reason, dueAt: now });
  }
  return outcomes;
}

/** When somebody's turn is, as they are known now. Who is no contact any more is dealt with at once. */
function turnOf({ channel }: BroadcastRow, contact: Contact | undefined, shop: ShopCard, now: number): number {
  return channel === "email" || contact === undefined ? now : nextAllowedAt(now, zoneOfContact(contact, shop.zone));
}

type Writing = { readonly words: ListWords; readonly shop: ShopCard; readonly notBefore: number };

/** Writes to one contact; answers why not, or null. Throws where that was nobody's fault: the step is done again. */
async function writeTo(desk: Ledger, row: BroadcastRow, contact: Contact, { words, shop, notBefore }: Writing): Promise<Recipient["reason"]> {
  const { id, channel, templateId, createdBy } = row;
  if (personOf(contact, channel) === null) return "no_address";
  const filled = filledFor(contact, words, shop.zone);
  if (filled.leftOut !== null) return filled.leftOut;
  const { subject, body } = filled;
  const written = await writeMessage(desk, {
    contact, channel, purpose: "broadcast", subject, body, media: [], templateId, broadcastId: id, createdBy, actor: DAYBOOK, notBefore, requestKey: `broadcast:${id}:${contact.id}`,
  });
  if (written.ok) return null;
  const reason = REASONS[written.failure.kind];
  if (reason === undefined) throw new Error(`a message of a list could not be written: ${written.failure.kind}`);
  return reason;
}

/** Address, words and line are looked at beforehand: all that is left for a conflict is that nothing says they agreed. */
const REASONS: Readonly<Partial<Record<FailureKind, LeftOutReason>>> = { opted_out: "opted_out", consent_held: "held", conflict: "no_consent", invalid_input: "too_long" };

type Ending = { readonly row: BroadcastRow; readonly shard: number; readonly leaseEnds: number; readonly outcomes: readonly Recipient[]; readonly perMinute: number };

async function end(desk: Ledger, { row, shard, leaseEnds, outcomes, perMinute }: Ending): Promise<Verdict> {
  const { world, db } = desk;
  const [, [next]] = await db.orm.batch([recipientsSettled(db, row.id, outcomes), nextTurnQuery(db, row.id)]);
  const now = world.clock();
  const count = outcomes.filter(({ state }) => state === "written").length;
  const turn = next?.dueAt ?? null;
  const dueAt = turn === null ? null : Math.max(turn, nextStepAt(row.dueAt ?? now, now, count, perMinute));
  const change = { state: dueAt === null ? "done" as const : "running" as const, dueAt, problem: null, changedAt: now };
  if (!(await stepEnded(db, row.id, leaseEnds, change))) return await stopWritten(desk, row.id);
  if (dueAt !== null) await queueStep(desk, shard, row.id, dueAt);
  return DONE;
}

/** What a step wrote while somebody paused or cancelled the list is held or cancelled with the rest: its turn has not come yet. */
async function stopWritten({ world, db }: Ledger, id: BroadcastRow["id"]): Promise<Verdict> {
  const [row] = await broadcastQuery(db, id);
  const at = world.clock();
  if (row?.state === "paused") await db.orm.batch([listHeld(db, id, at)]);
  if (row?.state === "cancelled") await db.orm.batch([listCancelled(db, id, at)]);
  return DONE;
}

/** Pauses a list of texts that there is no number for any more: a person has to set one up, and resume it. Throws where it was paused meanwhile. */
async function stopForWant({ world, db }: Ledger, { id, name }: BroadcastRow): Promise<Verdict> {
  const at = world.clock();
  const line = { at, actor: DAYBOOK, action: "broadcast.paused", subject: `broadcast:${id}`, after: { name, because: "no_line" } };
  const change = { from: ["running"] as const, to: "paused" as const, problem: "no_line" as const, dueAt: null, at };
  await db.orm.batch([turned(db, id, change), listHeld(db, id, at), ...auditLine(db, world.random, line)]);
  return DONE;
}
