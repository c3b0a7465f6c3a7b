/** Work that nobody waits for: cron plans, queues do, and what a queue gives up is given up visibly. */
import { openShopDb } from "./platform/database";
import type { Bindings } from "./platform/env";
import { runBatch, runDeadLetters } from "./platform/queue";
import type { World } from "./platform/world";
import { sealGrownLogs } from "./features/audit/service";
import { listHandlers, planLists } from "./features/broadcasts/jobs";
import { checkHandlers } from "./features/checks/jobs";
import { planChecks } from "./features/checks/service";
import { consentHandlers } from "./features/consent/jobs";
import { planConsent } from "./features/consent/tend";
import { contactHandlers, planImportSweeps } from "./features/contacts/jobs";
import { dailyLetterHandlers } from "./features/daily-letter/jobs";
import { planLetters } from "./features/daily-letter/service";
import { documentHandlers, planObjectSweeps } from "./features/documents/jobs";
import { filingHandlers } from "./features/filing/jobs";
import { planFilings } from "./features/filing/service";
import { hookHandlers } from "./features/hooks/jobs";
import { inboundHandlers } from "./features/inbound/jobs";
import { lookAfterLetters, mailHandlers } from "./features/mail/jobs";
import { messageHandlers, planMessages } from "./features/messages/jobs";
import { nightlyPayouts, settlementHandlers } from "./features/settlement/jobs";
import { shareHandlers } from "./features/shares/jobs";
import { syncHandlers, type SyncSettings } from "./features/sync/jobs";
import { planDue, type PlannerSettings } from "./features/sync/service";

/** What the wirings may set differently. `wait` lets time pass while a provider's pace demands it. */
export type JobSettings = SyncSettings & PlannerSettings & { readonly wait: (milliseconds: number) => Promise<void> };

/** A zone's night is spread over ten minutes, and back-fills are spaced by the tills' pace. */
export const PRODUCTION_SETTINGS: JobSettings = {
  spreadSeconds: 600,
  spacesBackfills: true,
  wait: (milliseconds) => new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  }),
};

export type Jobs = {
  /** What cron does, every quarter of an hour. */
  readonly scheduled: (env: Bindings) => Promise<void>;
  /** What the queues and their dead-letter queues bring. */
  readonly queue: (batch: Parameters<typeof runBatch>[0], env: Bindings) => Promise<void>;
};

/** The jobs of all features. */
export function createJobs(world: World, settings: JobSettings = PRODUCTION_SETTINGS): Jobs {
  const handlers = (env: Bindings) => [
    ...syncHandlers({ world, env, wait: settings.wait }, ({ shopId, shard }) => openShopDb(env, shopId, shard), settings),
    ...settlementHandlers({ world, env, wait: settings.wait }, ({ shopId, shard }) => openShopDb(env, shopId, shard)),
    ...dailyLetterHandlers(world, env, ({ shopId, shard }) => openShopDb(env, shopId, shard)),
    ...filingHandlers(world, env, ({ shopId, shard }) => openShopDb(env, shopId, shard)),
    ...mailHandlers({ world, env }),
    ...documentHandlers(world, env, ({ shopId, shard }) => openShopDb(env, shopId, shard)),
    ...contactHandlers(world, ({ shopId, shard }) => openShopDb(env, shopId, shard)),
    ...checkHandlers({ world, env, open: ({ shopId, shard }) => openShopDb(env, shopId, shard) }),
    ...shareHandlers({ world, env, open: ({ shopId, shard }) => openShopDb(env, shopId, shard) }),
    ...listHandlers(world, env, ({ shopId, shard }) => openShopDb(env, shopId, shard)),
    ...inboundHandlers({ world, env, open: ({ shopId, shard }) => openShopDb(env, shopId, shard) }),
    ...messageHandlers(world, env, ({ shopId, shard }) => openShopDb(env, shopId, shard)),
    ...consentHandlers({ world, env, open: ({ shopId, shard }) => openShopDb(env, shopId, shard) }),
    ...hookHandlers({ world, env, open: ({ shopId, shard }) => openShopDb(env, shopId, shard) }),
  ];
  return {
    scheduled: async (env) => {
      // One that fails must not keep the others from their turn.
      const ends = await Promise.allSettled([
        planDue(world, env, { companions: [nightlyPayouts], ...settings }), lookAfterLetters({ world, env }), sealGrownLogs(world, env), planLetters(world, env),
        planChecks(world, env), planFilings(world, env), planObjectSweeps(world, env), planImportSweeps(world, env), planMessages(world, env), planLists(world, env),
        planConsent(world, env),
      ]);
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
    queue: async (batch, env) => {
      const isDead = batch.queue.endsWith("-dead");
      await (isDead ? runDeadLetters(batch, handlers(env), world.log) : runBatch(batch, handlers(env), world.log));
    },
  };
}
