/** The queue's handler of lists, and what cron does for those whose next step is on no queue. */
import type { BroadcastId, ShopId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import { shardsOf, type Bindings } from "../../platform/env";
import { enqueue, handle, message, queueOf, type Handler } from "../../platform/queue";
import { sweep } from "../../platform/sweep";
import type { World } from "../../platform/world";
import { stepListMessage, type StepList } from "./messages";
import { stepList } from "./step";

/** The most lists of one shard that a run takes up; the others are as due a quarter of an hour later. */
const MOST_LISTS = 500;

/** Sends a message for each list with a step that is due: where another one is on its way, the second does nothing. Answers how many. */
export async function planLists(world: World, env: Bindings): Promise<number> {
  const found = await Promise.all(shardsOf(env).map(async (shard) => await sweep(shard, "dueLists", [world.clock(), MOST_LISTS])));
  const messages = found.flatMap((rows, shard) => rows.map(({ shop_id: shopId, id, due_at: dueAt }) => (
    message(stepListMessage, { shopId: shopId as ShopId, shard, broadcastId: id as BroadcastId, dueAt })
  )));
  await enqueue(queueOf(env, "twilio"), messages);
  return messages.length;
}

/** The handlers of lists; `open` opens the rows of the shop that one belongs to. What the queue gives up cron takes up again. */
export function listHandlers(world: World, env: Bindings, open: (owner: StepList) => ShopDb): Handler[] {
  return [handle(
    stepListMessage,
    async (step, { attempts }) => await stepList({ world, env, db: open(step) }, step, attempts),
    async ({ shopId }) => world.log.error("broadcasts.put_off", { shopId }),
  )];
}
