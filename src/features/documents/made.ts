/** What Daybook makes by itself is filed here: once for each key, and as a next version when its content is another. */
import { newId, type DocumentId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { auditLine } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import type { ShopDb } from "../../platform/database";
import { digestOf } from "../../platform/digest";
import type { Bindings } from "../../platform/env";
import { objectsOf, sizedOf } from "../../platform/objects";
import type { World } from "../../platform/world";
import { keeperOf, newObjectKey, newSeal, sealed } from "./custody";
import { added, after, exchanged, NOTHING_YET } from "./filing";
import { STRAY_FOR_MS, type Received } from "./receive";
import { fileNameOf, wordsOf } from "./rules";
import { descriptionWritten, documentQuery, ruleQuery, strayAdded, type DocumentRow, type StoredDocument } from "./store";
import { giveUp, sweepStrays, type Desk } from "./sweep";

/** Something that Daybook made. `id`: its own for ever, such as `madeDocumentId(shop, key)`. Dates are the shop's. */
export type Made = Pick<DocumentRow, "id" | "kind" | "subjectKind" | "subject" | "title" | "fileName" | "mediaType" | "issuedOn" | "expiresOn" | "tags"> & {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly actor: Actor;
  /** The line that tells of it; `document.made` and `document.made_anew` where nothing else is said. */
  readonly action?: string;
};

/** Which document it became, and of which version its content is. */
export type FiledMade = { readonly id: DocumentId; readonly version: number };

/**
 * Files what Daybook made. The same again writes nothing; other content under the same id is the next version, and links
 * to the one before open nothing. `key_unavailable` where the shop seals and its key cannot be opened. Throws where bucket
 * or database do: doing it again is safe.
 */
export async function fileMade(world: World, env: Bindings, db: ShopDb, made: Made): Promise<Result<FiledMade>> {
  const desk: Desk = { world, env, db };
  const [[row], [rule]] = await db.orm.batch([documentQuery(db, made.id), ruleQuery(db)]);
  const [said, checksum] = [saidOf(made), await digestOf(made.bytes)];
  if (row?.checksum === checksum && row.fileName === said.fileName) return await describedAnew(desk, row, said, made);
  const objectKey = newObjectKey(db, made.id, newId(world.random));
  const seal = await newSeal(keeperOf(world, env), db, objectKey, rule?.seals ?? false);
  if (!seal.ok) return seal;
  const sizeBytes = made.bytes.byteLength;
  await db.orm.batch([strayAdded(db, objectKey, world.clock() + STRAY_FOR_MS)]);
  await objectsOf(env, db).put(objectKey, sealed(world, seal.value, sizedOf(made.bytes), { plainBytes: sizeBytes, offset: 0 }));
  const content = { objectKey, mediaType: made.mediaType, sizeBytes, checksum, sealedWith: seal.value?.keyId ?? null, width: null, height: null };
  return await recorded(desk, row, { ...said, ...content }, made);
}

type Said = Pick<DocumentRow, "kind" | "subjectKind" | "subject" | "title" | "tags" | "issuedOn" | "expiresOn" | "fileName" | "words">;

function saidOf({ kind, subjectKind, subject, title, tags, issuedOn, expiresOn, ...made }: Made): Said {
  const fileName = fileNameOf(made.fileName, made.mediaType);
  return { kind, subjectKind, subject, title, tags, issuedOn, expiresOn, fileName, words: wordsOf({ title, subject, tags, fileName }) };
}

/** Names the object that waits: as a new document's, or as the next version of the one that is there. */
async function recorded(desk: Desk, row: StoredDocument | undefined, kept: Said & Received, { id, actor, action }: Made): Promise<Result<FiledMade>> {
  const { world, db } = desk;
  const now = world.clock();
  // A document that was removed begins anew: links to the one of old, which had this id too, are void from the start.
  const { statements, audit } = row === undefined
    ? added(desk, { ...NOTHING_YET, ...kept, shopId: db.shopId, id, linksVoidThrough: now - 1, createdBy: actor.id, createdAt: now, changedAt: now })
    : exchanged(desk, row, { ...kept, changedAt: after(row, now) }, kept);
  const line = auditLine(db, world.random, { at: now, actor, action: action ?? (row === undefined ? "document.made" : "document.made_anew"), ...audit });
  try {
    await db.orm.batch([...line, ...statements]);
  } catch (error) {
    return await filedByAnother(desk, kept, id, error);
  }
  if (row !== undefined) await sweepStrays(desk);
  return ok({ id, version: (row?.version ?? 0) + 1 });
}

/** The content is there; what is said of it may be another by now. */
async function describedAnew({ db, world }: Desk, row: StoredDocument, said: Said, { actor }: Made): Promise<Result<FiledMade>> {
  const isSame = Object.entries(said).every(([name, value]) => JSON.stringify(row[name as keyof DocumentRow]) === JSON.stringify(value));
  if (!isSame) {
    const now = world.clock();
    const line = auditLine(db, world.random, { at: now, actor, action: "document.described", subject: `document:${row.id}` });
    await db.orm.batch([descriptionWritten(db, row.id, row.changedAt, { ...said, changedAt: after(row, now) }), ...line]);
  }
  return ok({ id: row.id, version: row.version });
}

/** Another attempt was first: where it filed the same, that is the answer; otherwise what the database said is thrown. */
async function filedByAnother(desk: Desk, { objectKey, checksum }: Received, id: DocumentId, error: unknown): Promise<Result<FiledMade>> {
  await giveUp(desk, objectKey);
  const [row] = await documentQuery(desk.db, id);
  if (row?.checksum !== checksum) throw error;
  return ok({ id, version: row.version });
}
