/** The queue's handlers of payouts, and what the planner sends for them of a night. */
import { DAY } from "../../kernel/clock";
import type { ShopDb } from "../../platform/database";
import { backoff, DONE, enqueue, handle, message, queueNamed, retryAfter, type Delivery, type Handler, type OutgoingMessage, type Verdict } from "../../platform/queue";
import { settlePayoutMessage, type SettlePayout } from "../payouts/service";
import type { Companion, Desk, Outcome } from "../sync/service";
import { readPayoutsMessage } from "./messages";
import { readPayouts } from "./read";
import { giveUpPayout, settlePayout } from "./settle-payout";

/** Past this many postponements a message has waited for most of a night: it counts as a failed attempt like any. */
const MOST_POSTPONEMENTS = 200;

/** As many deliveries as `wrangler.toml` allows before a message is given up. */
const MOST_ATTEMPTS = 9;

/** Payouts change for days after they were sent (a bank sends them back), seldom for weeks: those are looked at on Mondays. */
const NIGHTLY_DAYS = 7;
const WEEKLY_DAYS = 35;
const MONDAY = 1;

/** Days are read first: what payouts settle is better told when it is known. */
const AFTER_DAYS_SECONDS = 300;

/** Every location's payouts, each night after its days. */
export const nightlyPayouts: Companion = (place, now, delaySeconds) => {
  const isMonday = new Date(Math.floor(now / DAY) * DAY).getUTCDay() === MONDAY;
  return message(readPayoutsMessage, { ...place, postponed: 0, days: isMonday ? WEEKLY_DAYS : NIGHTLY_DAYS }, delaySeconds + AFTER_DAYS_SECONDS);
};

/** The handlers of everything that payouts put on the queue; `open` opens the rows of the shop that a message belongs to. */
export function settlementHandlers(desk: Desk, open: (owner: Pick<SettlePayout, "shopId" | "shard">) => ShopDb): Handler[] {
  return [
    handle(
      readPayoutsMessage,
      async (request, delivery) => {
        const again = (afterSeconds: number) => message(readPayoutsMessage, { ...request, postponed: request.postponed + 1 }, afterSeconds);
        return await verdictOf(desk, await readPayouts({ ...desk, db: open(request), request }), { delivery, postponed: request.postponed, again });
      },
      async ({ shopId, locationId }) => desk.world.log.error("payouts.given_up", { shopId, locationId }),
    ),
    handle(
      settlePayoutMessage,
      async (request, delivery) => {
        const again = (afterSeconds: number) => message(settlePayoutMessage, { ...request, postponed: request.postponed + 1 }, afterSeconds);
        return await verdictOf(desk, await settlePayout({ ...desk, db: open(request), request, attempts: delivery.attempts }), { delivery, postponed: request.postponed, again });
      },
      async (request) => await giveUpPayout({ ...desk, db: open(request), request, attempts: MOST_ATTEMPTS }),
    ),
  ];
}

type Delivered = { readonly delivery: Delivery; readonly postponed: number; readonly again: (afterSeconds: number) => OutgoingMessage };

async function verdictOf({ env }: Desk, outcome: Outcome, { delivery: { attempts, queue }, postponed, again }: Delivered): Promise<Verdict> {
  switch (outcome.kind) {
    case "done":
      return DONE;
    case "again":
      return retryAfter(outcome.afterSeconds);
    case "away":
      return backoff(attempts);
    case "postponed":
      if (postponed >= MOST_POSTPONEMENTS) return backoff(attempts);
      await enqueue(queueNamed(env, queue), [again(outcome.afterSeconds)]);
      return DONE;
  }
}
