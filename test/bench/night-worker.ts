/** The Worker in which a night of many shops is measured: production's planner, queues, handlers and lanes. */
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { grantPort } from "../../src/features/connections/service";
import { sendDays } from "../../src/features/sync/service";
import { createJobs, PRODUCTION_SETTINGS } from "../../src/jobs";
import type { Bindings } from "../../src/platform/env";
import { LaneObject } from "../../src/platform/lane";
import type { GrantPort } from "../../src/platform/lane-types";
import { consoleSink, createLog } from "../../src/platform/log";
import type { World } from "../../src/platform/world";
import { createAnswers, type Mood } from "./night-answers";
import { createCounter } from "./night-counts";
import { makeDue, makeShops, yesterday, type NightMode, type NightShop } from "./night-shops";
import type { Arrival, Providers } from "./providers-object";

export { Providers } from "./providers-object";

type NightBindings = Bindings & { readonly PROVIDERS: DurableObjectNamespace<Providers> };

let bindings: NightBindings | null = null;
const answers = createAnswers(async (request) => {
  if (bindings === null) throw new Error("nobody has asked yet");
  return await bindings.PROVIDERS.getByName("both").fetch(request);
});
const counter = createCounter();
const quiet = () => undefined;
const world: World = {
  transport: () => answers.transport, clock: systemClock, random: systemRandom,
  log: { ...createLog(consoleSink, systemClock), info: quiet, warn: quiet },
};
const jobs = createJobs(world, { ...PRODUCTION_SETTINGS, spreadSeconds: 0 });

/** A lane as production wires it: the providers' own pace. */
export class Lane extends LaneObject {
  protected override grants(): GrantPort {
    return grantPort(world, this.env);
  }

  protected override world(): World {
    return world;
  }
}

let arrival: Arrival | null = null;
const shops: Record<NightMode, NightShop[]> = { automatic: [], preview: [] };

async function add(env: NightBindings, count: number, mode: NightMode): Promise<void> {
  arrival ??= await env.PROVIDERS.getByName("both").arrive();
  shops[mode].push(...await makeShops(env, count, mode, arrival));
}

/** Days by how they stand, for the shops of each mode. */
async function standing(env: NightBindings): Promise<Record<string, number>> {
  const { results } = await env.SHARD_0.prepare(
    "SELECT posting_rule.mode || ' ' || day.state AS name, count(*) AS count FROM day JOIN posting_rule ON posting_rule.shop_id = day.shop_id GROUP BY 1",
  ).all<{ name: string; count: number }>();
  return Object.fromEntries(results.map(({ name, count }) => [name, count]));
}

/** Sends yesterday of the shops of a mode to their till's queue, or, where it is saved already, to their books'. */
async function send(env: NightBindings, mode: NightMode, stage: "read" | "post", why: "reread" | "retry"): Promise<void> {
  await sendDays(env, shops[mode].map(({ shopId, locationId }) => ({
    provider: stage === "read" ? "square" : "quickbooks",
    request: { shopId, shard: 0, locationId, date: yesterday(), why, post: stage === "read" ? "as_set" : "yes", by: "daybook", backfillId: null, postponed: 0, stage },
  })));
}

const ACTS: Readonly<Record<string, (env: NightBindings, query: URLSearchParams) => Promise<unknown>>> = {
  "/ready": async () => ({}),
  "/shops": async (env, query) => await add(env, Number(query.get("count")), query.get("mode") as NightMode),
  "/due": async (env) => await makeDue(env),
  "/plan": async (env) => await jobs.scheduled(counter.bindings(env)),
  "/left": async (env) => await env.SHARD_0.prepare("SELECT count(*) AS left FROM location WHERE next_due_at <= ?1").bind(systemClock()).first(),
  "/send": async (env, query) => await send(counter.bindings(env) as NightBindings, query.get("mode") as NightMode, query.get("stage") as "read", query.get("why") as "retry"),
  "/mood": async (_, query) => void Object.assign(answers.moods, { square: query.get("square") as Mood, quickbooks: query.get("quickbooks") as Mood }),
  "/rule": async (env, query) => await env.SHARD_0.prepare("UPDATE posting_rule SET mode = ?2 WHERE mode = ?1").bind(query.get("mode"), query.get("to")).run(),
  "/standing": async (env) => await standing(env),
  "/forget": async (env) => await env.SHARD_0.batch(["DROP TRIGGER IF EXISTS entry_is_never_deleted", "DELETE FROM entry", "DELETE FROM day"].map((sql) => env.SHARD_0.prepare(sql))),
  "/counts": async () => ({ ...counter.take(), calls: answers.takeCalls() }),
};

export default {
  fetch: async (request, env) => {
    bindings = env;
    const { pathname, searchParams } = new URL(request.url);
    const act = ACTS[pathname];
    return act === undefined ? new Response("There is nothing here.", { status: 404 }) : Response.json((await act(env, searchParams)) ?? {});
  },
  queue: async (batch, env) => {
    bindings = env;
    await jobs.queue(counter.batch(batch), counter.bindings(env));
  },
} satisfies ExportedHandler<NightBindings>;
