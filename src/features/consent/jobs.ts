/** The queue's handlers of consent. */
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { DONE, handle, type Handler } from "../../platform/queue";
import type { World } from "../../platform/world";
import { sharedMessage, tendMessage, type Shared, type Tend } from "./messages";
import { optOut } from "./service";
import { hearShared } from "./share";
import { shareAnew, tendConsent } from "./tend";

/** Where it is written; `open` opens the rows of the shop that a message belongs to. */
export type Tending = { readonly world: World; readonly env: Bindings; readonly open: (owner: Tend | Shared) => ShopDb };

/** The handlers of what `planConsent` and stops at other shops put on the queue. */
export function consentHandlers({ world, env, open }: Tending): Handler[] {
  return [
    handle(
      tendMessage,
      async (due) => {
        await tendConsent({ world, env, db: open(due) }, due);
        return DONE;
      },
      async ({ shopId }) => world.log.error("consent.tending_given_up", { shopId }),
    ),
    handle(
      sharedMessage,
      async (told) => {
        const { addresses: [address, ...others], said } = await hearShared(world, env, told);
        if (address !== undefined) await optOut({ world, env, db: open(told) }, { address, others }, said);
        return DONE;
      },
      async (told) => {
        world.log.error("consent.share_given_up", { shopId: told.shopId });
        await shareAnew({ world, env, db: open(told) }, told);
      },
    ),
  ];
}
