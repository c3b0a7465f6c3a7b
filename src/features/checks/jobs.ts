/** The queue's handlers of evening checks. */
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { backoff, DONE, handle, retryAfter, type Handler, type Verdict } from "../../platform/queue";
import type { World } from "../../platform/world";
import { checkConnectionMessage, checkShopMessage, type CheckConnection, type CheckShop } from "./messages";
import { checkConnection, checkShop } from "./service";

/** Where checks are made; `open` opens the rows of the shop that one belongs to. */
export type Checking = { readonly world: World; readonly env: Bindings; readonly open: (owner: CheckShop) => ShopDb };

/** After so many tries the night itself finds out. */
const MOST_TRIES = 5;

/** The handlers of what `planChecks` puts on the queues. */
export function checkHandlers(checking: Checking): Handler[] {
  const { world, env, open } = checking;
  const givenUp = async ({ shopId }: CheckShop) => world.log.warn("check.given_up", { shopId });
  return [
    handle(
      checkShopMessage,
      async (due) => {
        await checkShop(env, open(due), due);
        return DONE;
      },
      givenUp,
    ),
    handle(checkConnectionMessage, async (due, { attempts }) => await checkOne(checking, due, attempts), givenUp),
  ];
}

async function checkOne({ world, env, open }: Checking, due: CheckConnection, attempts: number): Promise<Verdict> {
  const checked = await checkConnection(world, env, open(due), due);
  if (checked.ok) return DONE;
  const { kind } = checked.failure;
  world.log.info("check.failed", { shopId: due.shopId, connectionId: due.connectionId, kind, attempts });
  if (attempts >= MOST_TRIES) return DONE;
  if (checked.failure.kind === "provider_busy") return retryAfter(checked.failure.retryAfterSeconds ?? 60);
  return kind === "provider_down" || kind === "provider_unreadable" || kind === "key_unavailable" ? backoff(attempts) : DONE;
}
