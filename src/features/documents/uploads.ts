/**
 * Files that come in parts, in any order, repeatedly and after breaks. A part is on record once the bucket has it; a
 * document comes of them when all are there, under the upload's own id, so that asking twice files once.
 */
import { DAY } from "../../kernel/clock";
import { newId, type DocumentId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { utf8 } from "../../platform/aes-gcm";
import { digestOf } from "../../platform/digest";
import { objectsOf, type Sized } from "../../platform/objects";
import { once } from "../../platform/once";
import { peek, refused, watched } from "./arrival";
import { PART_BYTES, type UploadStart, type UploadView } from "./contract";
import { keeperOf, newObjectKey, newSeal, sealed, sealOf } from "./custody";
import { added, conflict, NOTHING_YET, type Clerk } from "./filing";
import { HEAD_BYTES, notFiled, readMedia } from "./media/read-media";
import { checkPart, missingParts } from "./parts";
import { stopped } from "./receive";
import { checkDescription, checkRoom, datesOf, fileNameOf, mayTake, wordsOf } from "./rules";
import {
  documentQuery, partForgotten, partsQuery, partWritten, ruleQuery, strayAdded, uploadAdded, uploadQuery, uploadRemoved, usageQuery,
  type PartRow, type StoredUpload, type UploadId, type UploadRow,
} from "./store";
import { giveUp } from "./sweep";

/** R2 gives parts up after seven days; ours are swept before, so that nobody finishes what is gone. */
const UPLOAD_LIVES_MS = 6 * DAY;

/** Begins an upload. Fails as `checkDescription` does; `conflict` where the shop has no room; `key_unavailable`. */
export async function beginUpload(clerk: Clerk, { name, sizeBytes, ...description }: UploadStart): Promise<Result<UploadView>> {
  const { world, env, db, actor } = clerk;
  const checked = checkDescription(clerk.role, description);
  if (!checked.ok) return checked;
  const [id, now] = [newId<UploadId>(world.random), world.clock()];
  const objectKey = newObjectKey(db, asDocument(id), newId(world.random));
  const expiresAt = now + UPLOAD_LIVES_MS;
  const [[rule], [usage]] = await db.orm.batch([ruleQuery(db), usageQuery(db)]);
  const room = checkRoom(usage ?? { documentCount: 0, totalBytes: 0 }, sizeBytes);
  const seal = room.ok ? await newSeal(keeperOf(world, env), db, objectKey, rule?.seals ?? false) : room;
  if (!seal.ok) return seal;
  await db.orm.batch([strayAdded(db, objectKey, expiresAt)]);
  // A crash right here leaves parts of nothing at R2, which R2 itself gives up after seven days.
  const multipartId = await objectsOf(env, db).beginParts(objectKey);
  const row: UploadRow = {
    shopId: db.shopId, id, objectKey, sizeBytes, partBytes: PART_BYTES, sealedWith: seal.value?.keyId ?? null, description: { ...description, name },
    mediaType: null, createdBy: actor.id, createdAt: now, expiresAt,
  };
  await db.orm.batch(uploadAdded(db, row, multipartId));
  return ok(toView(row, []));
}

/** How far an upload is. `not_found`. */
export async function viewUpload(clerk: Clerk, id: UploadId): Promise<Result<UploadView>> {
  const found = await find(clerk, id);
  return found.ok ? ok(toView(found.value.upload, found.value.parts)) : found;
}

/** A part as it is sent: its number from 1, and the SHA-256 of its bytes. */
export type SentPart = { readonly number: number; readonly checksum: string; readonly content: Sized };

/**
 * Keeps one part. One that is there already is not read again. `not_found`; `invalid_input` for a part of another length
 * than its place has, that did not arrive whole, or, for the first one, begins like nothing that can be filed in parts.
 */
export async function keepPart(clerk: Clerk, id: UploadId, part: SentPart): Promise<Result<UploadView>> {
  const { db } = clerk;
  const found = await find(clerk, id);
  if (!found.ok) return found;
  const { upload, parts } = found.value;
  const fits = checkPart(upload, part.number, part.content.sizeBytes);
  if (!fits.ok) return fits;
  const there = parts.find(({ number }) => number === part.number);
  if (there?.checksum === part.checksum) return ok(toView(upload, parts));
  if (there !== undefined) await db.orm.batch([partForgotten(db, id, part.number)]);
  const sent = await sendPart(clerk, upload, part);
  return sent.ok ? await viewUpload(clerk, id) : sent;
}

async function sendPart({ world, env, db }: Clerk, upload: Waited, { number, checksum, content }: SentPart): Promise<Result<void>> {
  const { head, whole } = number === 1 ? await peek(content, HEAD_BYTES) : { head: null, whole: content };
  const mediaType = head === null ? null : readMedia(head, upload.description.name);
  if (head !== null && mediaType === null) return notFiled(head);
  if (mediaType?.startsWith("image/") === true) return refused("Photos come in one piece, of at most 25 MB: each is looked through before it is kept.");
  const seal = await sealOf(keeperOf(world, env), db, upload, upload.objectKey);
  if (!seal.ok) return seal;
  // Parts come in any order: only of the first one it is known that it must be text.
  const arrival = watched(whole, { isText: mediaType?.startsWith("text/") ?? false, checksum, until: upload.expiresAt, clock: world.clock });
  let etag = "";
  const refusal = await stopped(arrival.refusal, async () => {
    const offset = (number - 1) * upload.partBytes;
    etag = await objectsOf(env, db).putPart(upload.objectKey, upload.multipartId, number, sealed(world, seal.value, arrival.content, { plainBytes: upload.sizeBytes, offset }));
  });
  if (refusal !== null) return refusal;
  await db.orm.batch(partWritten(db, { uploadId: upload.id, number, etag, checksum, sizeBytes: content.sizeBytes }, mediaType));
  return ok(undefined);
}

/**
 * Makes a document of an upload whose parts are all there; answers its id. `not_found`; `conflict` with the parts that are
 * missing. The document's checksum is the SHA-256 over the checksums of its parts, with their number behind it.
 */
export async function completeUpload(clerk: Clerk, id: UploadId): Promise<Result<DocumentId>> {
  const { world, env, db, actor } = clerk;
  const [done] = await documentQuery(db, asDocument(id));
  if (done !== undefined && mayTake(clerk.role, done)) return ok(done.id);
  const found = await find(clerk, id);
  if (!found.ok) return found;
  const { upload, parts } = found.value;
  const { mediaType } = upload;
  const missing = missingParts(upload, parts.map(({ number }) => number));
  if (missing !== null || mediaType === null) return conflict(missing ?? "The first part is missing. Send it, then finish.");
  await objectsOf(env, db).joinParts(upload.objectKey, upload.multipartId, parts);
  const { objectKey, sizeBytes, sealedWith, description: { name, ...said } } = upload;
  const at = world.clock();
  const fileName = fileNameOf(name, mediaType);
  const filed = await once(db, { key: `upload:${id}`, input: { id }, actor, action: "document.filed", at, random: world.random }, async () => {
    const row = added(clerk, {
      ...NOTHING_YET, ...said, ...datesOf(said), shopId: db.shopId, id: asDocument(id), objectKey, fileName,
      mediaType, sizeBytes, checksum: await checksumOf(parts), sealedWith, width: null, height: null, words: wordsOf({ ...said, fileName }), createdBy: actor.id, createdAt: at, changedAt: at,
    });
    return ok({ ...row, statements: [...row.statements, ...uploadRemoved(db, id)] });
  });
  return filed.ok ? ok(filed.value.document) : filed;
}

/** Lets an upload go with all that came of it. `not_found`. */
export async function cancelUpload(clerk: Clerk, id: UploadId): Promise<Result<{ readonly removed: boolean }>> {
  const found = await find(clerk, id);
  if (!found.ok) return found;
  await giveUp(clerk, found.value.upload.objectKey);
  return ok({ removed: true });
}

/** An upload that is still waited for. */
type Waited = StoredUpload & { readonly multipartId: string };

async function find({ world, db, role }: Clerk, id: UploadId): Promise<Result<{ readonly upload: Waited; readonly parts: readonly PartRow[] }>> {
  const [[upload], parts] = await db.orm.batch([uploadQuery(db, id), partsQuery(db, id)]);
  const isWaited = upload !== undefined && upload.expiresAt > world.clock() && (upload.sweepAt ?? 0) > 0 && mayTake(role, upload.description);
  if (!isWaited || upload.multipartId === null) return failed({ kind: "not_found" });
  return ok({ upload: { ...upload, multipartId: upload.multipartId }, parts });
}

function toView({ id, description, sizeBytes, partBytes, expiresAt }: UploadRow, parts: readonly PartRow[]): UploadView {
  return { id, name: description.name, sizeBytes, partBytes, parts: parts.map(({ number }) => number), expiresAt };
}

async function checksumOf(parts: readonly PartRow[]): Promise<string> {
  return `${await digestOf(utf8(parts.map(({ checksum }) => checksum).join("\n")))}-${parts.length}`;
}

/** The document that comes of an upload has its id. */
function asDocument(id: UploadId): DocumentId {
  return id as string as DocumentId;
}
