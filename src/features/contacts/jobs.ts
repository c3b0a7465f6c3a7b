/** Files of contacts that nobody went on with are let go of: cron finds whose they are, a message each does it. */
import type { ShopId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import { shardsOf, type Bindings } from "../../platform/env";
import { DONE, enqueue, handle, message, queueOf, type Handler } from "../../platform/queue";
import { sweep } from "../../platform/sweep";
import type { World } from "../../platform/world";
import { dropImportsMessage, type DropImports } from "./messages";
import { importsExpired } from "./store";

/** The most shops of one shard that a run takes up; the others are as due a quarter of an hour later. */
const MOST_SHOPS = 500;

/** Sends a message for each shop with a file whose day has passed; answers how many. */
export async function planImportSweeps(world: World, env: Bindings): Promise<number> {
  const found = await Promise.all(shardsOf(env).map(async (shard) => await sweep(shard, "expiredImports", [world.clock(), MOST_SHOPS])));
  const messages = found.flatMap((rows, shard) => rows.map((row) => message(dropImportsMessage, { shopId: row.shop_id as ShopId, shard })));
  await enqueue(queueOf(env, "twilio"), messages);
  return messages.length;
}

/** The handler of such messages; `open` opens the rows of the shop that one belongs to. */
export function contactHandlers(world: World, open: (owner: DropImports) => ShopDb): Handler[] {
  return [
    handle(
      dropImportsMessage,
      async (owner) => {
        const db = open(owner);
        await db.orm.batch(importsExpired(db, world.clock()));
        return DONE;
      },
      async ({ shopId }) => world.log.error("contacts.imports_not_dropped", { shopId }),
    ),
  ];
}
