/** Objects that nothing came of are removed: cron finds whose they are, a message each does it. */
import type { ShopId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import { shardsOf, type Bindings } from "../../platform/env";
import { DONE, enqueue, handle, message, retryAfter, type Handler } from "../../platform/queue";
import { sweep } from "../../platform/sweep";
import type { World } from "../../platform/world";
import { sweepObjectsMessage, type SweepObjects } from "./messages";
import { sweepOnce } from "./sweep";

/** The most shops of one shard that a run takes up; the others are as due a quarter of an hour later. */
const MOST_SHOPS = 500;

/** Sends a message for each shop with objects that are to be removed; answers how many. */
export async function planObjectSweeps(world: World, env: Bindings): Promise<number> {
  const found = await Promise.all(shardsOf(env).map(async (shard) => await sweep(shard, "strayObjects", [world.clock(), MOST_SHOPS])));
  const messages = found.flatMap((rows, shard) => rows.map((row) => message(sweepObjectsMessage, { shopId: row.shop_id as ShopId, shard })));
  await enqueue(env.SYNC_QUEUE, messages);
  return messages.length;
}

/** The handlers of documents; `open` opens the rows of the shop that a message belongs to. */
export function documentHandlers(world: World, env: Bindings, open: (owner: SweepObjects) => ShopDb): Handler[] {
  return [
    handle(
      sweepObjectsMessage,
      async (owner) => ((await sweepOnce({ world, env, db: open(owner) })) === 0 ? DONE : retryAfter(1)),
      async ({ shopId }) => world.log.error("documents.sweep_given_up", { shopId }),
    ),
  ];
}
