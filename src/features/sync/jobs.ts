/** The queue's handlers of days and back-fills: what each ending of a delivery means for its message. */
import type { ShopDb } from "../../platform/database";
import { backoff, DONE, enqueue, handle, message, queueNamed, retryAfter, type Delivery, type Handler, type Verdict } from "../../platform/queue";
import { connectionBackMessage } from "../connections/service";
import { fanOut } from "./backfill";
import type { Desk, Job, Outcome } from "./job";
import { startBackfillMessage, syncDayMessage, type SyncDay } from "./messages";
import { resume } from "./resume";
import { giveUpDay, syncDay } from "./sync-day";

export type SyncSettings = {
  /** Whether a back-fill's messages are spaced by the till's pace, rather than all at once. */
  readonly spacesBackfills: boolean;
};

/** Opens the rows of the shop that a message belongs to. */
export type OpenShop = (owner: Pick<SyncDay, "shopId" | "shard">) => ShopDb;

/** Past this many postponements a day has waited for most of a night: it counts as a failed attempt like any. */
const MOST_POSTPONEMENTS = 200;

/** As many deliveries as `wrangler.toml` allows before a message is given up. */
const MOST_ATTEMPTS = 9;

/** The handlers of everything that sync puts on the queue. */
export function syncHandlers(desk: Desk, open: OpenShop, settings: SyncSettings): Handler[] {
  const jobOf = (request: SyncDay, attempts: number): Job => ({ ...desk, db: open(request), request, attempts });
  return [
    handle(
      syncDayMessage,
      async (request, delivery) => verdictOf(desk, request, delivery, await syncDay(jobOf(request, delivery.attempts))),
      async (request) => await giveUpDay(jobOf(request, MOST_ATTEMPTS)),
    ),
    handle(
      connectionBackMessage,
      async (back) => {
        await resume(desk.env, open(back), back);
        return DONE;
      },
      // The planner looks at such days again every night, for as long as it looks for missing ones.
      async (back) => desk.world.log.warn("connection.not_resumed", { shopId: back.shopId }),
    ),
    handle(
      startBackfillMessage,
      async (start) => {
        await fanOut(desk, open(start), start, settings.spacesBackfills);
        return DONE;
      },
      async (start) => desk.world.log.error("backfill.given_up", { shopId: start.shopId }),
    ),
  ];
}

async function verdictOf({ env }: Desk, request: SyncDay, { attempts, queue }: Delivery, outcome: Outcome): Promise<Verdict> {
  switch (outcome.kind) {
    case "done":
      return DONE;
    case "again":
      return retryAfter(outcome.afterSeconds);
    case "away":
      return backoff(attempts);
    case "postponed":
      if (request.postponed >= MOST_POSTPONEMENTS) return backoff(attempts);
      await enqueue(queueNamed(env, queue), [message(syncDayMessage, { ...request, postponed: request.postponed + 1 }, outcome.afterSeconds)]);
      return DONE;
  }
}
