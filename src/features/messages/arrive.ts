/** What comes in: kept once, counted as unread, and told to the team. */
import { newId, type MessageId } from "../../kernel/ids";
import { errorFields } from "../../platform/log";
import { enqueue, message, queueOf } from "../../platform/queue";
import { shardOfShop } from "../../platform/database";
import type { Ledger } from "../consent/service";
import type { Contact } from "../contacts/service";
import { LONGEST_LETTER } from "./contract";
import { tellTeamMessage } from "./messages";
import { lastWordsOf } from "./rules";
import { arrivedAdded, arrivedCounted, type MessageRow } from "./store";

/** A text that came in. `at`: when, epoch milliseconds. */
export type Arrived = { readonly sid: string; readonly body: string; readonly mediaCount: number; readonly at: number };

/** Letters to the team gather what comes within so many seconds. */
const GATHERED_FOR_SECONDS = 120;

/** Keeps a text that came in from a contact. `isNew`: it had not arrived before. */
export async function recordArrived(desk: Ledger, contact: Contact, { sid, body, mediaCount, at }: Arrived): Promise<{ readonly isNew: boolean }> {
  const { world, db } = desk;
  const now = world.clock();
  const row: Omit<MessageRow, "shopId"> = {
    id: newId<MessageId>(world.random), at, contactId: contact.id, direction: "in", channel: "text", purpose: "words", subject: "", body: body.toWellFormed().slice(0, LONGEST_LETTER), media: [], mediaCount,
    state: "received", reason: null, errorCode: null, segments: 0, providerSid: sid, templateId: null, broadcastId: null, createdBy: null,
    dueAt: null, expiresAt: null, attempts: 0, sentAt: null, sentTo: null, changedAt: now,
  };
  const [added] = await db.orm.batch([arrivedAdded(db, row), arrivedCounted(db, row, lastWordsOf(body) || "Picture")]);
  const isNew = added.length > 0;
  if (isNew) await tellTeamLater(desk);
  return { isNew };
}

/** A letter that is missing is no reason to have a text arrive again. */
async function tellTeamLater({ world, env, db }: Ledger): Promise<void> {
  try {
    const shard = await shardOfShop(env, db.shopId);
    if (shard !== null) await enqueue(queueOf(env, "twilio"), [message(tellTeamMessage, { shopId: db.shopId, shard }, GATHERED_FOR_SECONDS)]);
  } catch (error) {
    world.log.warn("messages.team_not_told", { shopId: db.shopId, ...errorFields(error) });
  }
}
