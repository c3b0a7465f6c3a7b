/** Whether a name is free for a shop. */
import type { ShopId } from "../../kernel/ids";
import type { DirectoryDb } from "../../platform/database";
import { faultOfSlug, skeletonOf, SLUG_TAKEN } from "./rules";
import { isSkeletonFree } from "./store";

/**
 * Why a shop cannot be called that, in a sentence, or null: no host's name, Daybook's own, taken, alike to one that is,
 * or given up less than 90 days ago. `ownId`, where given, is the shop that asks: its own names stand in nobody's way.
 */
export async function slugProblem(directory: DirectoryDb, slug: string, now: number, ownId: ShopId | null = null): Promise<string | null> {
  return faultOfSlug(slug) ?? (await problemOfTakenSlug(directory, slug, now, ownId));
}

/** The part of it that only the directory knows. */
export async function problemOfTakenSlug(directory: DirectoryDb, slug: string, now: number, ownId: ShopId | null): Promise<string | null> {
  return (await isSkeletonFree(directory, skeletonOf(slug), now, ownId)) ? null : SLUG_TAKEN;
}
