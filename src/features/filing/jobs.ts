/** The queue's handler of filing reports. */
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { DONE, enqueue, handle, message, type Handler } from "../../platform/queue";
import type { World } from "../../platform/world";
import { fileReportsMessage, type FileReports } from "./messages";
import { fileReports } from "./service";

/** Files what `planFilings` put on the queue; `open` opens the rows of the shop that one belongs to. */
export function filingHandlers(world: World, env: Bindings, open: (owner: FileReports) => ShopDb): Handler[] {
  return [handle(
    fileReportsMessage,
    async (due) => {
      const end = await fileReports(world, env, open(due), due);
      if (end === "more") await enqueue(env.SYNC_QUEUE, [message(fileReportsMessage, due)]);
      return DONE;
    },
    async ({ shopId }) => world.log.error("filing.given_up", { shopId }),
  )];
}
