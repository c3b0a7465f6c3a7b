/**
 * Removing objects that no document names. The bucket is told to remove only what is written down as given up, and what
 * was given up becomes no document's any more: whatever dies in between, it is done again, and nothing that is kept goes.
 */
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { errorFields } from "../../platform/log";
import { objectsOf } from "../../platform/objects";
import type { World } from "../../platform/world";
import { givenUpQuery, straysForgotten, straysGivenUp, strayGivenUp } from "./store";

/** Where documents are kept: what every act on them needs. */
export type Desk = { readonly world: World; readonly env: Bindings; readonly db: ShopDb };

/** R2 removes 1,000 at once; a batch of D1's names a hundred in a few kilobytes. */
const MOST_AT_ONCE = 100;

/** Removes objects whose time has come, at most 100, and then what is known of them. Answers how many there were. Throws where bucket or database do. */
export async function sweepOnce({ world, env, db }: Desk): Promise<number> {
  const [, strays] = await db.orm.batch([straysGivenUp(db, world.clock()), givenUpQuery(db, MOST_AT_ONCE)]);
  if (strays.length === 0) return 0;
  const objects = objectsOf(env, db);
  for (const { objectKey, multipartId } of strays) {
    if (multipartId !== null) await objects.giveUpParts(objectKey, multipartId);
  }
  const keys = strays.map(({ objectKey }) => objectKey);
  await objects.drop(keys);
  const [first, ...others] = straysForgotten(db, keys);
  if (first !== undefined) await db.orm.batch([first, ...others]);
  return strays.length;
}

/** Removes what was just let go of. Where that fails the act is done all the same, and the next sweep comes by. */
export async function sweepStrays(desk: Desk): Promise<void> {
  try {
    await sweepOnce(desk);
  } catch (error) {
    desk.world.log.warn("documents.not_swept", { shopId: desk.db.shopId, ...errorFields(error) });
  }
}

/** Gives an object up, unless a document names it, and removes everything that was given up. */
export async function giveUp(desk: Desk, objectKey: string): Promise<void> {
  await desk.db.orm.batch([strayGivenUp(desk.db, objectKey)]);
  await sweepStrays(desk);
}
