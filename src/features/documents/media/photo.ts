/** What a photo is once it was looked through, and everything that can be wrong with one. */
import type { MediaType } from "../contract";
import type { Bytes } from "./bytes";

/** A cleaned photo. Width and height are pixels of the picture as it is seen, turned upright. */
export type Photo = { readonly bytes: Bytes; readonly width: number; readonly height: number };

/** The types that are photos. */
export type PhotoType = Extract<MediaType, `image/${string}`>;

/** Whether a file of this type is looked through as a whole. */
export function isPhoto(type: MediaType): type is PhotoType {
  return type.startsWith("image/");
}

/** Everything that a photo is refused for; `refusal.ts` has the words. */
export type Flaw = "not_a_photo" | "damaged" | "unusual" | "moving" | "too_many_pixels" | "thumbnail_too_large" | "thumbnail_type";

/** Larger pictures take a browser down that shows them; no camera of a shop makes them. */
export const MOST_PIXELS = 120_000_000;
export const LONGEST_SIDE_PIXELS = 30_000;
export const LONGEST_THUMBNAIL_SIDE_PIXELS = 512;

/** What is wrong with a picture of these sizes, or null. */
export function sizeFlaw(width: number, height: number): Flaw | null {
  if (width < 1 || height < 1) return "damaged";
  return width > LONGEST_SIDE_PIXELS || height > LONGEST_SIDE_PIXELS || width * height > MOST_PIXELS ? "too_many_pixels" : null;
}
