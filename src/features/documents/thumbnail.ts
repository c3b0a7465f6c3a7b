/** The small picture of a document: made in a browser, checked and cleaned here as every photo is. */
import { newId, type DocumentId } from "../../kernel/ids";
import { failed, type Result } from "../../kernel/result";
import { readAtMost } from "../../http/body";
import { auditLine } from "../../platform/audit";
import { objectsOf, sizedOf, type Sized } from "../../platform/objects";
import { LARGEST_THUMBNAIL_BYTES } from "./contract";
import { keeperOf, newObjectKey, sealed, sealOf } from "./custody";
import { conflict, find, save, type Clerk } from "./filing";
import { checkThumbnail } from "./media/clean-photo";
import { STRAY_FOR_MS } from "./receive";
import { letGo, strayAdded, strayTaken, thumbnailWritten } from "./store";
import { giveUp } from "./sweep";

/**
 * Gives a version of a document its small picture, in place of the one it had. `not_found`; `conflict` where the document
 * got other content meanwhile; `too_large`; `invalid_input` for what is no small picture.
 */
export async function setThumbnail(clerk: Clerk, id: DocumentId, version: number, content: Sized): Promise<Result<DocumentId>> {
  const { world, env, db, actor } = clerk;
  const row = await find(clerk, id);
  if (!row.ok) return row;
  if (row.value.version !== version) return conflict("This document got other content meanwhile, of which that is no picture.");
  const bytes = await readAtMost(content.body, LARGEST_THUMBNAIL_BYTES);
  if (bytes === null) return failed({ kind: "too_large", limitBytes: LARGEST_THUMBNAIL_BYTES });
  const picture = await checkThumbnail(bytes);
  if (!picture.ok) return picture;
  const key = newObjectKey(db, id, newId(world.random), true);
  const seal = await sealOf(keeperOf(world, env), db, row.value, key);
  if (!seal.ok) return seal;
  await db.orm.batch([strayAdded(db, key, world.clock() + STRAY_FOR_MS)]);
  const small = sizedOf(picture.value.bytes);
  await objectsOf(env, db).put(key, sealed(world, seal.value, small, { plainBytes: small.sizeBytes, offset: 0 }));
  const line = auditLine(db, world.random, { at: world.clock(), actor, action: "document.pictured", subject: `document:${id}`, after: { version, sizeBytes: small.sizeBytes } });
  const saved = await save(clerk, id, [letGo(db, id, "thumbnail"), thumbnailWritten(db, { id, version }, key), ...strayTaken(db, id, key), ...line], (now) => now.version !== version);
  await giveUp(clerk, key);
  return saved;
}
