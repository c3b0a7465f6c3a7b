/** What becomes of what Twilio told. */
import type { ShopId } from "../../kernel/ids";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { DONE, handle, type Handler } from "../../platform/queue";
import type { World } from "../../platform/world";
import { recordState } from "../messages/service";
import { textArrivedMessage, textToldMessage } from "./messages";
import { takeIn } from "./take";

/** Opens the rows of a shop that something was said to. */
export type OpenShop = (owner: { readonly shopId: ShopId; readonly shard: number }) => ShopDb;

/** The handlers of texts that arrived, and of what became of those that were sent. */
export function inboundHandlers({ world, env, open }: { readonly world: World; readonly env: Bindings; readonly open: OpenShop }): Handler[] {
  return [
    handle(
      textArrivedMessage,
      async (arrived, { attempts }) => await takeIn({ world, env, db: open(arrived) }, arrived, attempts),
      async ({ shopId }) => world.log.error("text.given_up", { provider: "twilio", shopId }),
    ),
    handle(
      textToldMessage,
      async (told) => {
        const { sid, state, errorCode, at } = told;
        await recordState({ world, env, db: open(told) }, { sid, state, errorCode, at });
        return DONE;
      },
      // What became of a text is asked after as well, only later.
      async ({ shopId }) => world.log.warn("text.told_in_vain", { provider: "twilio", shopId }),
    ),
  ];
}
