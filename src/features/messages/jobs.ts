/** The queue's handlers of messages, and what cron does for those that wait or were interrupted. */
import type { ShopId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import { shardsOf, type Bindings } from "../../platform/env";
import { DONE, enqueue, handle, message, queueOf, type Handler } from "../../platform/queue";
import { sweep } from "../../platform/sweep";
import type { World } from "../../platform/world";
import { enqueueDue, forgottenSince } from "./enqueue";
import { lookAfterMessage, sendOneMessage, tellTeamMessage, type LookAfter } from "./messages";
import { tellTeam } from "./notices";
import { moveOn } from "./send";
import { dueQuery } from "./store";

/** The most shops of one shard that a run takes up, and the most messages of one shop: the others are as due a quarter of an hour later. */
const MOST_SHOPS = 500;
const MOST_MESSAGES = 1_000;

/** Sends a message for each shop in which something is due that no queue has any more; answers how many. */
export async function planMessages(world: World, env: Bindings): Promise<number> {
  const since = forgottenSince(world.clock());
  const found = await Promise.all(shardsOf(env).map(async (shard) => await sweep(shard, "dueMessages", [since, MOST_SHOPS])));
  const messages = found.flatMap((rows, shard) => rows.map((row) => message(lookAfterMessage, { shopId: row.shop_id as ShopId, shard })));
  await enqueue(queueOf(env, "twilio"), messages);
  return messages.length;
}

/** The handlers of messages; `open` opens the rows of the shop that one belongs to. What the queue gives up cron takes up again. */
export function messageHandlers(world: World, env: Bindings, open: (owner: LookAfter) => ShopDb): Handler[] {
  const deskOf = (owner: LookAfter) => ({ world, env, db: open(owner) });
  return [
    handle(
      sendOneMessage,
      async ({ shopId, shard, contactId, at, messageId }, { attempts }) => await moveOn(deskOf({ shopId, shard }), { contactId, at, id: messageId }, attempts),
      async ({ shopId }) => world.log.error("messages.put_off", { shopId }),
    ),
    handle(
      lookAfterMessage,
      async (owner) => {
        const desk = deskOf(owner);
        await enqueueDue(desk, owner.shard, await dueQuery(desk.db, forgottenSince(world.clock()), MOST_MESSAGES));
        return DONE;
      },
      async ({ shopId }) => world.log.error("messages.not_looked_after", { shopId }),
    ),
    handle(
      tellTeamMessage,
      async (owner) => await tellTeam(deskOf(owner)),
      async ({ shopId }) => world.log.error("messages.team_not_told", { shopId }),
    ),
  ];
}
