/** Filing documents and giving them other content: the bytes first, then one batch that names them. */
import { newId, type DocumentId } from "../../kernel/ids";
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import type { Role } from "../../kernel/roles";
import type { Statement, Statements } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import { once, type Prepared } from "../../platform/once";
import type { FileQuery, ReplaceQuery } from "./contract";
import { receive, type Received, type SentFile } from "./receive";
import { checkDescription, fileNameOf, isMade, mayTake, titleOf, wordsOf } from "./rules";
import { contentReplaced, documentAdded, documentQuery, letGo, strayTaken, type DocumentRow, type NewContent, type StoredDocument } from "./store";
import { giveUp, type Desk } from "./sweep";

/** Who files at a desk, and as what. */
export type Clerk = Desk & { readonly actor: Actor; readonly role: Role };

type Filed = { readonly document: DocumentId };

/**
 * Files what was sent as a new document; answers its id. The same key files once, and answers with the same document.
 * Fails as `receive` and `checkDescription` do; `conflict` for a key that was used for another file.
 */
export async function fileDocument(clerk: Clerk, { key, ...query }: FileQuery, file: SentFile): Promise<Result<DocumentId>> {
  const { world, db, actor } = clerk;
  const said = { subjectKind: query.subjectKind ?? "shop" as const, subject: query.subject ?? "", issuedOn: null, expiresOn: null };
  const checked = checkDescription(clerk.role, said);
  if (!checked.ok) return checked;
  const id = newId<DocumentId>(world.random);
  const received = atMostOnce(() => receive(clerk, file, { id, moreDocuments: 1 }));
  const at = world.clock();
  const input = { name: query.name, sizeBytes: file.content.sizeBytes, checksum: file.checksum };
  const filed = await once<Filed>(db, { key: `document:${key}`, input, actor, action: "document.filed", at, random: world.random }, async () => {
    const content = await received();
    if (!content.ok) return content;
    const { mediaType } = content.value;
    const fileName = fileNameOf(query.name, mediaType);
    const title = query.title ?? titleOf(fileName);
    const described = { ...said, fileName, title, tags: [] };
    const kind = query.kind ?? (mediaType.startsWith("image/") ? "photo" : "other");
    return ok(added(clerk, { ...NOTHING_YET, ...content.value, ...described, shopId: db.shopId, id, kind, words: wordsOf(described), createdBy: actor.id, createdAt: at, changedAt: at }));
  });
  // Of two attempts at one file that ran at once, the later's object is nobody's.
  if (!filed.ok || filed.value.document !== id) await giveUpWhatCame(clerk, received);
  return filed.ok ? ok(filed.value.document) : filed;
}

/** What a new document begins with. */
export const NOTHING_YET = { version: 1, thumbnailKey: null, linksVoidThrough: 0 } as const;

/** The statements that make a document of an object that waits, and what is told of it. */
export function added({ db }: Desk, row: DocumentRow): Prepared<Filed> {
  const { id, objectKey, kind, subjectKind, mediaType, sizeBytes } = row;
  return {
    statements: [documentAdded(db, row), ...strayTaken(db, id, objectKey)], answer: { document: id },
    audit: { subject: `document:${id}`, after: { kind, subject: subjectKind, type: mediaType, sizeBytes } },
  };
}

/**
 * Gives a document other content: its next version. Every link that was given out for the earlier one opens nothing any
 * more. `not_found`; `conflict` where the document is at another version, or was made by Daybook; fails as `receive`.
 */
export async function replaceContent(clerk: Clerk, id: DocumentId, query: ReplaceQuery, file: SentFile): Promise<Result<DocumentId>> {
  const { world, db, actor } = clerk;
  const { name, version } = query;
  const seen = await find(clerk, id);
  if (!seen.ok) return seen;
  if (isMade(seen.value)) return conflict("Daybook made this document and replaces it by itself. File yours as another one.");
  const received = atMostOnce(() => receive(clerk, file, { id, moreDocuments: 0 }));
  const at = world.clock();
  const input = { name, sizeBytes: file.content.sizeBytes, checksum: file.checksum };
  const replaced = await once<Filed>(db, { key: `document:${id}:${version + 1}`, input, actor, action: "document.replaced", at, random: world.random }, async () => {
    const now = await find(clerk, id);
    if (!now.ok) return now;
    if (now.value.version !== version) return conflict("This document got other content meanwhile. Look at it, then replace it if that is still right.");
    const content = await received();
    if (!content.ok) return content;
    const fileName = fileNameOf(name, content.value.mediaType);
    const words = wordsOf({ ...now.value, fileName });
    return ok(exchanged(clerk, now.value, { ...content.value, fileName, words, changedAt: after(now.value, at) }));
  });
  await giveUpWhatCame(clerk, received);
  return replaced.ok ? ok(id) : replaced;
}

/** The statements that give a document other content, and let go of what it held. */
export function exchanged({ db }: Desk, row: DocumentRow, content: NewContent, described: Partial<DocumentRow> = {}): Prepared<Filed> {
  const { id, version } = row;
  return {
    statements: [...lettingGo(db, id), contentReplaced(db, id, version, content, described), ...strayTaken(db, id, content.objectKey)], answer: { document: id },
    audit: { subject: `document:${id}`, before: { version, sizeBytes: row.sizeBytes }, after: { version: version + 1, type: content.mediaType, sizeBytes: content.sizeBytes } },
  };
}

/** Writes both objects of a document down as given up. */
export function lettingGo(db: Desk["db"], id: DocumentId): readonly Statement[] {
  return [letGo(db, id, "content"), letGo(db, id, "thumbnail")];
}

/** A document as its role may see it. `not_found` for every other. */
export async function find({ db, role }: Pick<Clerk, "db" | "role">, id: DocumentId): Promise<Result<StoredDocument>> {
  const [row] = await documentQuery(db, id);
  return row !== undefined && mayTake(role, row) ? ok(row) : failed({ kind: "not_found" });
}

/**
 * Saves a change of a document as it was seen. Where that failed because the document is another by now, as `isAnother`
 * tells, or gone: `conflict`, or `not_found`. Throws what it cannot explain.
 */
export async function save(clerk: Clerk, id: DocumentId, statements: Statements, isAnother: (now: DocumentRow) => boolean): Promise<Result<DocumentId>> {
  try {
    await clerk.db.orm.batch(statements);
    return ok(id);
  } catch (error) {
    const now = await find(clerk, id);
    if (!now.ok) return now;
    if (!isAnother(now.value)) throw error;
    return conflict("This document was changed meanwhile. Look at it as it is now, then change it again.");
  }
}

/** When a document changes: later than it ever did, so that what was seen before it tells the two apart. */
export function after({ changedAt }: Pick<DocumentRow, "changedAt">, now: number): number {
  return Math.max(now, changedAt + 1);
}

export function conflict(message: string): Failed {
  return failed({ kind: "conflict", message });
}

/** What comes of a body that can be read once, however often it is asked for; null where nobody asked. */
type Receiving = { (): Promise<Result<Received>>; readonly begun: () => Promise<Result<Received>> | null };

function atMostOnce(act: () => Promise<Result<Received>>): Receiving {
  let begun: Promise<Result<Received>> | null = null;
  const ask = async (): Promise<Result<Received>> => await (begun ??= act());
  return Object.assign(ask, { begun: () => begun });
}

/** Gives up what was received, unless a document names it, and removes what that document let go of. */
async function giveUpWhatCame(desk: Desk, receiving: Receiving): Promise<void> {
  const received = await receiving.begun();
  if (received?.ok === true) await giveUp(desk, received.value.objectKey);
}
