/**
 * Takes content in: what it is is decided from its bytes, photos are looked through as a whole, everything else goes
 * straight on to the bucket. Nothing that is refused is left there, and what is there has been written down before.
 */
import { HOUR } from "../../kernel/clock";
import { newId } from "../../kernel/ids";
import { failed, ok, type Failed, type Result } from "../../kernel/result";
import { readAtMost } from "../../http/body";
import { digestOf } from "../../platform/digest";
import { objectsOf, sizedOf, type Sized } from "../../platform/objects";
import { peek, refused, watched } from "./arrival";
import { LARGEST_PHOTO_BYTES, type MediaType } from "./contract";
import { keeperOf, newObjectKey, newSeal, sealed, type Seal } from "./custody";
import { cleanPhoto } from "./media/clean-photo";
import { isPhoto, type PhotoType } from "./media/photo";
import { HEAD_BYTES, notFiled, readMedia } from "./media/read-media";
import { checkRoom } from "./rules";
import { ruleQuery, strayAdded, usageQuery, type DocumentRow } from "./store";
import { giveUp, type Desk } from "./sweep";

/** As long as a request may take to bring its bytes. */
const LONGEST_ARRIVAL_MS = HOUR;
/** When an object that no document came of counts as given up: well after its request ended, for clocks differ. */
export const STRAY_FOR_MS = 2 * HOUR;

/** A file that somebody sends: as it is called, its bytes, and their SHA-256 where the sender said it. */
export type SentFile = { readonly name: string; readonly content: Sized; readonly checksum: string | null };

/** Content that stands in the bucket and waits for a document to name it. */
export type Received = Pick<DocumentRow, "objectKey" | "mediaType" | "sizeBytes" | "checksum" | "sealedWith" | "width" | "height">;

/** `moreDocuments`: 1 for a new document, 0 for other content of one that is there. */
type Into = { readonly id: DocumentRow["id"]; readonly moreDocuments: 0 | 1 };

/**
 * Puts a file into the bucket under a new key. `invalid_input` for bytes that may not be filed, that did not arrive whole,
 * or are not those that were sent; `too_large` for photos; `conflict` where the shop has no room; `key_unavailable`.
 */
export async function receive(desk: Desk, file: SentFile, { id, moreDocuments }: Into): Promise<Result<Received>> {
  const { world, env, db } = desk;
  const objectKey = newObjectKey(db, id, newId(world.random));
  const until = world.clock() + LONGEST_ARRIVAL_MS;
  const [rules, usages] = await db.orm.batch([ruleQuery(db), usageQuery(db), strayAdded(db, objectKey, world.clock() + STRAY_FOR_MS)]);
  const usage = usages[0] ?? { documentCount: 0, totalBytes: 0 };
  const room = checkRoom({ ...usage, documentCount: usage.documentCount - (1 - moreDocuments) }, file.content.sizeBytes);
  const seal = room.ok ? await newSeal(keeperOf(world, env), db, objectKey, rules[0]?.seals ?? false) : room;
  const received = seal.ok ? await take(desk, file, { objectKey, seal: seal.value, until }) : seal;
  if (!received.ok) await giveUp(desk, objectKey);
  return received;
}

type Place = { readonly objectKey: string; readonly seal: Seal; readonly until: number };

async function take(desk: Desk, file: SentFile, place: Place): Promise<Result<Received>> {
  const { head, whole } = await peek(file.content, HEAD_BYTES);
  const mediaType = readMedia(head, file.name);
  if (mediaType === null) return notFiled(head);
  const content = { ...file, content: whole };
  return isPhoto(mediaType) ? await takePhoto(desk, content, mediaType, place) : await pass(desk, content, mediaType, place);
}

async function pass({ world, env, db }: Desk, file: SentFile, mediaType: MediaType, { objectKey, seal, until }: Place): Promise<Result<Received>> {
  const { sizeBytes } = file.content;
  const arrival = watched(file.content, { isText: mediaType.startsWith("text/"), checksum: file.checksum, until, clock: world.clock });
  const refusal = await stopped(arrival.refusal, async () => {
    await objectsOf(env, db).put(objectKey, sealed(world, seal, arrival.content, { plainBytes: sizeBytes, offset: 0 }));
  });
  return refusal ?? ok({ objectKey, mediaType, sizeBytes, checksum: arrival.checksum(), sealedWith: seal?.keyId ?? null, width: null, height: null });
}

/** Does what sends bytes on; answers why they broke off where that was our doing. Throws what it cannot explain. */
export async function stopped(refusal: () => Failed | null, send: () => Promise<void>): Promise<Failed | null> {
  try {
    await send();
    return refusal();
  } catch (error) {
    const reason = refusal();
    if (reason === null) throw error;
    return reason;
  }
}

async function takePhoto({ world, env, db }: Desk, { content, checksum }: SentFile, mediaType: PhotoType, { objectKey, seal, until }: Place): Promise<Result<Received>> {
  const bytes = content.sizeBytes > LARGEST_PHOTO_BYTES ? null : await readAtMost(content.body, LARGEST_PHOTO_BYTES);
  if (bytes === null) return failed({ kind: "too_large", limitBytes: LARGEST_PHOTO_BYTES });
  if (bytes.byteLength !== content.sizeBytes || (checksum !== null && checksum !== await digestOf(bytes))) {
    return refused("The photo changed on its way here. Nothing of it was kept; send it again.");
  }
  const photo = await cleanPhoto(bytes, mediaType);
  if (!photo.ok) return photo;
  if (world.clock() >= until) return refused("The photo took too long to arrive. Nothing of it was kept; send it again over a faster line.");
  const { bytes: clean, width, height } = photo.value;
  await objectsOf(env, db).put(objectKey, sealed(world, seal, sizedOf(clean), { plainBytes: clean.byteLength, offset: 0 }));
  return ok({ objectKey, mediaType, sizeBytes: clean.byteLength, checksum: await digestOf(clean), sealedWith: seal?.keyId ?? null, width, height });
}
