/** The queue's handler of morning letters. */
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { DONE, handle, type Handler } from "../../platform/queue";
import type { World } from "../../platform/world";
import { dailyLetterMessage, type DailyLetter } from "./messages";
import { writeLetter } from "./service";

/** Writes the letters that `planLetters` put on the queue; `open` opens the rows of the shop that one belongs to. */
export function dailyLetterHandlers(world: World, env: Bindings, open: (owner: Pick<DailyLetter, "shopId" | "shard">) => ShopDb): Handler[] {
  return [handle(
    dailyLetterMessage,
    async (due) => {
      await writeLetter(world, env, open(due), due);
      return DONE;
    },
    async ({ shopId, date }) => world.log.error("daily_letter.given_up", { shopId, businessDate: date }),
  )];
}
