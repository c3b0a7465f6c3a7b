/** What of a photo is kept: its pixels as they are, its colours, its way up. Never where, when, with what or by whom it was taken. */
import { ok, type Result } from "../../../kernel/result";
import { cleanHeic } from "./heic";
import { cleanJpeg } from "./jpeg";
import { LONGEST_THUMBNAIL_SIDE_PIXELS, type Flaw, type Photo, type PhotoType } from "./photo";
import { cleanPng } from "./png";
import { HEAD_BYTES, readMedia } from "./read-media";
import { refused } from "./refusal";
import { cleanWebp } from "./webp";

type Cleaning = (bytes: Uint8Array) => Result<Photo, Flaw> | Promise<Result<Photo, Flaw>>;

const CLEANING = {
  "image/jpeg": cleanJpeg,
  "image/png": cleanPng,
  "image/webp": cleanWebp,
  "image/heic": cleanHeic,
} satisfies Record<PhotoType, Cleaning>;

/**
 * A whole photo of the type that `readMedia` found (at most `LARGEST_PHOTO_BYTES`), without location, device, owner,
 * dates, comments, thumbnails, previews and whatever is hung on behind; pixels and colours are untouched. Takes time
 * and memory in proportion to its bytes. Refuses (`invalid_input`) what is damaged, moves, or is too large to be shown.
 */
export async function cleanPhoto(bytes: Uint8Array, type: PhotoType): Promise<Result<Photo>> {
  if (readMedia(bytes.subarray(0, HEAD_BYTES), "") !== type) return refused("not_a_photo");
  const photo = await CLEANING[type](bytes);
  return photo.ok ? photo : refused(photo.failure);
}

/** The types that every browser makes and shows. */
export type ThumbnailType = Exclude<PhotoType, "image/heic">;

/** A small picture that a browser made of a document, cleaned like a photo: at most 512 pixels a side. */
export async function checkThumbnail(bytes: Uint8Array): Promise<Result<Photo & { readonly type: ThumbnailType }>> {
  const type = readMedia(bytes.subarray(0, HEAD_BYTES), "");
  if (type !== "image/jpeg" && type !== "image/png" && type !== "image/webp") return refused("thumbnail_type");
  const photo = await cleanPhoto(bytes, type);
  if (!photo.ok) return photo;
  const isSmall = photo.value.width <= LONGEST_THUMBNAIL_SIDE_PIXELS && photo.value.height <= LONGEST_THUMBNAIL_SIDE_PIXELS;
  return isSmall ? ok({ ...photo.value, type }) : refused("thumbnail_too_large");
}
