/** The queue's handler of uses. */
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { DONE, handle, type Handler } from "../../platform/queue";
import type { World } from "../../platform/world";
import { usedMessage, type Used } from "./messages";
import { writeUse } from "./uses";

/** Where uses are written; `open` opens the rows of the shop that one belongs to. */
export type Writing = { readonly world: World; readonly env: Bindings; readonly open: (owner: Used) => ShopDb };

/** The handler of what links put on the queue. */
export function shareHandlers({ world, env, open }: Writing): Handler[] {
  return [handle(
    usedMessage,
    async (used) => {
      await writeUse(world, env, open(used), used);
      return DONE;
    },
    async ({ shopId, act }) => world.log.error("document.use_lost", { shopId, kind: act }),
  )];
}
