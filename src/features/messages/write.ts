/** Messages that are written here: checked, put down with a line in the log, and queued for their turn. */
import { newId, type BroadcastId, type MessageId, type PersonId, type TemplateId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { ShopCard } from "../../http/guard";
import { actorNamed, DAYBOOK, type Actor } from "../../platform/audit-leaf";
import { directoryDb } from "../../platform/database";
import { once } from "../../platform/once";
import type { Ledger } from "../consent/service";
import type { Contact } from "../contacts/service";
import { findShop } from "../shops/service";
import { lineOf } from "../text-line/service";
import { pageUrl } from "./carriers";
import type { MessagePurpose } from "./contract";
import { enqueueMessage } from "./enqueue";
import { nextAllowedAt } from "./quiet-hours";
import { reachabilityOf, refusalOf } from "./reachable";
import { ANSWER_LIVES_MS, bodyWith, isTooLong, keepsQuiet, lastWordsOf, MESSAGE_LIVES_MS, type Enclosure } from "./rules";
import { segmentsOf } from "./segments";
import { messageAdded, messageOfProvider, messageQuery, threadQuery, writtenShown, type MessageKey, type MessageRow } from "./store";
import { zoneOfContact } from "./zone";

/** What is written to a contact. */
export type NewMessage = {
  readonly contact: Contact;
  readonly channel: "text" | "email";
  readonly purpose: Exclude<MessagePurpose, "confirmation" | "help">;
  /** Of an email; empty for a text. */
  readonly subject: string;
  readonly body: string;
  readonly media: readonly Enclosure[];
  readonly templateId: TemplateId | null;
  readonly broadcastId: BroadcastId | null;
  readonly createdBy: PersonId | null;
  /** As the log names whoever writes; by their id alone when left out. */
  readonly actor?: Actor;
  /** Not before this instant (epoch milliseconds), whatever the time of the day is; null: now. */
  readonly notBefore: number | null;
  /** The same for every attempt at one message, at most 150 characters: it is written once. */
  readonly requestKey: string;
};

/**
 * Writes a message, once for its key, and queues it. `opted_out` and `consent_held` where the recipient may not be written to,
 * `conflict` where they never agreed to it or cannot be reached by that channel, `invalid_input` for words that are none or too many.
 */
export async function writeMessage(desk: Ledger, message: NewMessage): Promise<Result<MessageRow>> {
  const { world, env, db } = desk;
  const shop = await findShop(directoryDb(env), db.shopId);
  if (shop === null) return failed({ kind: "not_found" });
  const { contact, channel, purpose, subject, media, createdBy, requestKey } = message;
  const at = world.clock();
  const actor = message.actor ?? (createdBy === null ? DAYBOOK : actorNamed(`person:${createdBy}`));
  const input = { contact: contact.id, channel, purpose, subject, body: message.body, documents: media.map(({ documentId, as }) => ({ documentId, as })) };
  const row = await rowOf(desk, shop, message, at);
  const written = await once(db, { key: `message:${requestKey}`, input, actor, action: "message.written", at, random: world.random }, async () => {
    const objection = await objectionTo(desk, message, row);
    if (objection !== null) return objection;
    const after = { message: row.id, channel, purpose, documents: media.map(({ documentId }) => documentId), broadcast: row.broadcastId };
    return ok({ statements: [messageAdded(db, row), ...shownAs(desk, row)], answer: keyOf(row), audit: { subject: `contact:${contact.id}`, after } });
  });
  return written.ok ? await queued(desk, shop, written.value as MessageKey, row) : written;
}

/** The only thing that goes to somebody who said stop: that it was understood, or who answers and how. */
export type Confirmation = {
  readonly purpose: "confirmation" | "help";
  readonly body: string;
  /** The MessageSid of what it answers. */
  readonly answerTo: string;
};

/** Answers a STOP, START or HELP: at most once for each message that came in, and not later than five minutes after it. Never marketing. */
export async function sendConfirmation(desk: Ledger, contact: Contact, { purpose, body, answerTo }: Confirmation): Promise<void> {
  const { world, env, db } = desk;
  const [[answered], shop] = await Promise.all([messageOfProvider(db, answerTo), findShop(directoryDb(env), db.shopId)]);
  const at = world.clock();
  const expiresAt = (answered?.at ?? at) + ANSWER_LIVES_MS;
  if (shop === null || at >= expiresAt) {
    world.log.warn("messages.answer_too_late", { shopId: db.shopId, kind: purpose });
    return;
  }
  const row: Omit<MessageRow, "shopId"> = { ...blank(desk, at), contactId: contact.id, channel: "text", purpose, body, segments: segmentsOf(body).segments, dueAt: at, expiresAt };
  const act = { key: `answer:${answerTo}`, input: { purpose }, actor: DAYBOOK, action: "message.answered", at, random: world.random };
  const written = await once(db, act, async () => (
    ok({ statements: [messageAdded(db, row)], answer: keyOf(row), audit: { subject: `contact:${contact.id}`, after: { message: row.id, purpose } } })
  ));
  if (written.ok) await enqueueMessage(desk, shop.shard, { ...row, ...written.value as MessageKey });
}

type Written = Omit<MessageRow, "shopId">;

/** A new message of which nothing is said yet. */
function blank({ world }: Ledger, at: number): Written {
  return {
    id: newId<MessageId>(world.random), at, contactId: "" as Written["contactId"], direction: "out", channel: "text", purpose: "words", subject: "", body: "", media: [], mediaCount: 0,
    state: "queued", reason: null, errorCode: null, segments: 0, providerSid: null, templateId: null, broadcastId: null, createdBy: null,
    dueAt: at, expiresAt: null, attempts: 0, sentAt: null, sentTo: null, changedAt: at,
  };
}

async function rowOf(desk: Ledger, shop: ShopCard, message: NewMessage, at: number): Promise<Written> {
  const { contact, channel, purpose, subject, body, media, templateId, broadcastId, createdBy, notBefore } = message;
  const urls = channel === "email" ? [] : await Promise.all(media.filter(({ as }) => as === "link").map(async (one) => await pageUrl(desk, shop, one)));
  const whole = bodyWith(body.trim(), urls);
  const dueAt = await turnOf(desk, shop, message, Math.max(at, notBefore ?? at));
  return {
    ...blank(desk, at), contactId: contact.id, channel, purpose, subject, body: whole, media, segments: channel === "text" ? segmentsOf(whole).segments : 0,
    templateId, broadcastId, createdBy, dueAt, expiresAt: dueAt + MESSAGE_LIVES_MS,
  };
}

/** When a message may leave: at once, but for texts out of the recipient's day, unless they wrote within the hour. */
async function turnOf({ db }: Ledger, shop: ShopCard, { contact, channel, purpose }: NewMessage, from: number): Promise<number> {
  const allowedAt = channel === "text" ? nextAllowedAt(from, zoneOfContact(contact, shop.zone)) : from;
  if (allowedAt === from) return from;
  const [thread] = await threadQuery(db, contact.id);
  return keepsQuiet(purpose, thread?.lastInAt ?? null, from) ? allowedAt : from;
}

async function objectionTo(desk: Ledger, { contact, channel, purpose, subject }: NewMessage, { body, media }: Written): Promise<Result<never> | null> {
  if (body === "" && media.length === 0) return wrong("body", "Write something first.");
  if (channel === "text" && isTooLong(body)) return wrong("body", "A text has 1,600 characters at most, its links included.");
  if (channel === "email" && subject === "") return wrong("subject", "An email needs a subject.");
  const refusal = refusalOf(await reachabilityOf(desk, contact, channel, purpose), channel);
  if (refusal !== null) return failed(refusal);
  if (channel === "text" && (await lineOf(desk.db)) === null) return failed({ kind: "conflict", message: "Texting is not set up in this shop." });
  return null;
}

/** What goes to many at once is not the last word of a conversation. */
function shownAs({ db }: Ledger, row: Written): ReturnType<typeof writtenShown>[] {
  return row.purpose === "broadcast" ? [] : [writtenShown(db, row, lastWordsOf(row.body === "" ? "Picture" : row.body))];
}

/** Queues what stands, which of two that were written with one key is the first. */
async function queued(desk: Ledger, { shard }: ShopCard, key: MessageKey, written: Written): Promise<Result<MessageRow>> {
  const { db } = desk;
  if (key.id === written.id) {
    await enqueueMessage(desk, shard, written);
    return ok({ ...written, shopId: db.shopId });
  }
  const [first] = await messageQuery(db, key);
  return first === undefined ? failed({ kind: "not_found" }) : ok(first);
}

function keyOf({ contactId, at, id }: MessageKey): { readonly contactId: string; readonly at: number; readonly id: string } {
  return { contactId, at, id };
}

function wrong(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}
