/** What somebody of the team writes: its documents are shared for it alone, then it is written; and taken back before it left. */
import type { ContactId, DocumentId, MessageId, ShareId, TemplateId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { roleMay, rolesThatMay } from "../../kernel/roles";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import { contactById, type Contact } from "../contacts/service";
import { documentForLink } from "../documents/service";
import { LONGEST_SHARE_DAYS } from "../shares/contract";
import { revokeShare, shareDocument } from "../shares/service";
import type { MessageAnswer, MessageRequest } from "./contract";
import type { Acting } from "./inbox";
import type { Enclosure } from "./rules";
import { cancelled, messageQuery, type MessageRow } from "./store";
import { namesFor, toMessageView } from "./view";
import { writeMessage } from "./write";

/** What arrives as a picture wherever texts do (twilio.com/docs/messaging/guides/accepted-mime-types). */
const PICTURES: ReadonlySet<string> = new Set(["image/jpeg", "image/png"]);
const LARGEST_PICTURE_BYTES = 5_000_000;

/**
 * Writes to a contact in somebody's name. `not_found` for no such contact or document, `not_permitted` for a role that shares
 * none; otherwise as `writeMessage`. Each document gets a share of its own, which is taken back where nothing was written.
 */
export async function compose(acting: Acting, contactId: ContactId, request: MessageRequest): Promise<Result<MessageAnswer>> {
  const { world, env, visit } = acting;
  const contact = await contactById(visit.db, contactId);
  if (contact === null) return failed({ kind: "not_found" });
  const media = await enclose(acting, contact, request);
  if (!media.ok) return media;
  const { channel, subject, body, template, key } = request;
  const written = await writeMessage({ world, env, db: visit.db }, {
    contact, channel, purpose: template === null ? "words" : "template", subject: channel === "text" ? "" : subject, body, media: media.value,
    templateId: template as TemplateId | null, broadcastId: null, createdBy: visit.person.id, actor: actorOf(visit), notBefore: null, requestKey: `${visit.person.id}:${key}`,
  });
  await takeBack(acting, media.value, written.ok ? written.value : null);
  return written.ok ? ok({ message: await shown(acting, written.value) }) : written;
}

/** Takes a message back that has not left. `not_found`; `conflict` for one that has. */
export async function cancel(acting: Acting, key: { readonly contactId: ContactId; readonly at: number; readonly id: MessageId }): Promise<Result<MessageAnswer>> {
  const { world, visit: { db }, visit } = acting;
  const [row] = await messageQuery(db, key);
  if (row === undefined || row.direction === "in") return failed({ kind: "not_found" });
  if (row.state === "cancelled") return ok({ message: await shown(acting, row) });
  const at = world.clock();
  const line = { at, actor: actorOf(visit), action: "message.cancelled", subject: `contact:${key.contactId}`, after: { message: key.id } };
  try {
    await db.orm.batch([cancelled(db, key, at), ...auditLine(db, world.random, line)]);
  } catch (error) {
    const [now] = await messageQuery(db, key);
    if (now?.state === "queued") throw error;
    return failed({ kind: "conflict", message: "It has left already." });
  }
  const [now] = await messageQuery(db, key);
  return now === undefined ? failed({ kind: "not_found" }) : ok({ message: await shown(acting, now) });
}

async function shown({ env, visit }: Acting, row: MessageRow): Promise<MessageAnswer["message"]> {
  return toMessageView(row, visit, await namesFor(env, visit));
}

/** Shares each document for this message alone, for as long as a share can live. */
async function enclose(acting: Acting, contact: Contact, { documents, channel }: MessageRequest): Promise<Result<readonly Enclosure[]>> {
  const { visit } = acting;
  if (documents.length > 0 && !roleMay(visit.role, "documents.share")) {
    return failed({ kind: "not_permitted", permission: "documents.share", rolesThatMay: rolesThatMay("documents.share") });
  }
  const media: Enclosure[] = [];
  for (const { document, as } of documents) {
    const shared = await share(acting, contact, document as DocumentId, channel === "email" ? "link" : as);
    if (!shared.ok) {
      await takeBack(acting, media, null);
      return shared;
    }
    media.push(shared.value);
  }
  return ok(media);
}

async function share(acting: Acting, contact: Contact, documentId: DocumentId, as: Enclosure["as"]): Promise<Result<Enclosure>> {
  const { visit: { db } } = acting;
  if (as === "picture" && !(await isPicture(acting.visit, documentId))) {
    const message = "Only JPEG and PNG pictures of at most 5 MB arrive as pictures. Send it as a link.";
    return failed({ kind: "invalid_input", message, fields: [{ path: "documents", message }] });
  }
  const answer = await shareDocument(acting, documentId, { recipient: contact.name, disposition: "inline", days: LONGEST_SHARE_DAYS, isOnce: false, passphrase: null });
  if (!answer.ok) return answer;
  const { id, expiresAt } = answer.value.share;
  const [found] = await documentForLink(db, documentId, id as ShareId);
  const version = found?.shareVersion ?? null;
  return version === null ? failed({ kind: "not_found" }) : ok({ documentId, shareId: id as ShareId, version, as, expiresAt });
}

async function isPicture({ db }: Visit, documentId: DocumentId): Promise<boolean> {
  const [found] = await documentForLink(db, documentId, null);
  // Whether there is such a document for this role is for the share to say.
  return found === undefined || (PICTURES.has(found.mediaType) && found.sizeBytes <= LARGEST_PICTURE_BYTES);
}

/** Ends the shares that no message leads to: nothing was written, or the same was written before. */
async function takeBack(acting: Acting, media: readonly Enclosure[], written: MessageRow | null): Promise<void> {
  const led = new Set(written?.media.map(({ shareId }) => shareId));
  for (const { documentId, shareId } of media) if (!led.has(shareId)) await revokeShare(acting, documentId, shareId);
}
