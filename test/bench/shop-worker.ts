/** The Worker in which a shop-day and a back-fill are measured: production's jobs and lanes, with a way out that takes its time. */
import { addDays, businessDateAt } from "../../src/kernel/day";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { newId } from "../../src/kernel/ids";
import { grantPort } from "../../src/features/connections/service";
import { startBackfillMessage } from "../../src/features/sync/messages";
import { createJobs } from "../../src/jobs";
import type { Bindings } from "../../src/platform/env";
import { LaneObject } from "../../src/platform/lane";
import type { GrantPort } from "../../src/platform/lane-types";
import { consoleSink, createLog } from "../../src/platform/log";
import { enqueue, message } from "../../src/platform/queue";
import type { World } from "../../src/platform/world";
import type { Providers } from "./providers-object";
import { SCHEDULE } from "./providers-object";
import { makeShop, type BenchShop } from "./shop";
import { costOfShopDay } from "./shop-day";

export { Providers } from "./providers-object";

type BenchBindings = Bindings & { readonly PROVIDERS: DurableObjectNamespace<Providers> };

const way = { latencyMs: 0, calls: 0 };
const providersOf = (env: BenchBindings) => env.PROVIDERS.getByName("both");

const world: World = {
  transport: (env) => async (request) => {
    way.calls += 1;
    if (way.latencyMs > 0) await scheduler.wait(way.latencyMs);
    return await providersOf(env as BenchBindings).fetch(request);
  },
  clock: systemClock,
  random: systemRandom,
  // What goes well is not worth a line here; what does not is.
  log: { ...createLog(consoleSink, systemClock), info: () => undefined },
};

const jobs = createJobs(world);

/** A lane as production wires it: the providers' own pace. */
export class Lane extends LaneObject {
  protected override grants(): GrantPort {
    return grantPort(world, this.env);
  }

  protected override world(): World {
    return world;
  }
}

let shop: BenchShop | null = null;

async function makeOnce(env: BenchBindings): Promise<BenchShop> {
  shop ??= await makeShop(env, await providersOf(env).arrive());
  return shop;
}

async function startBackfill(env: BenchBindings, days: number): Promise<Response> {
  const { shopId, locationIds } = await makeOnce(env);
  const yesterday = addDays(businessDateAt(SCHEDULE, systemClock()), -1);
  // The day before yesterday is the last: yesterday was posted when its cost was measured.
  const range = { from: addDays(yesterday, -days), to: addDays(yesterday, -1) };
  await enqueue(env.SYNC_QUEUE, [message(startBackfillMessage, {
    shopId, shard: 0, backfillId: newId(systemRandom), locationIds: [...locationIds], ...range, posts: true, by: "daybook", at: systemClock(),
  })]);
  return Response.json({ days: days * locationIds.length });
}

async function progress(env: BenchBindings): Promise<Response> {
  const { results } = await env.SHARD_0.prepare("SELECT state, count(*) AS count FROM backfill_day GROUP BY state").all<{ state: string; count: number }>();
  return Response.json(Object.fromEntries(results.map(({ state, count }) => [state, count])));
}

export default {
  fetch: async (request, env) => {
    const { pathname, searchParams } = new URL(request.url);
    if (searchParams.has("latency")) way.latencyMs = Number(searchParams.get("latency"));
    if (pathname === "/ready") return new Response("ready");
    if (pathname === "/traffic") return Response.json(await providersOf(env).takeTraffic());
    if (pathname === "/progress") return await progress(env);
    if (pathname === "/backfill") return await startBackfill(env, Number(searchParams.get("days")));
    if (pathname !== "/shop-day") return new Response("There is nothing here.", { status: 404 });
    await makeOnce(env);
    return Response.json(await costOfShopDay(env, jobs, () => {
      const { calls } = way;
      way.calls = 0;
      return calls;
    }));
  },
  queue: async (batch, env) => await jobs.queue(batch, env),
} satisfies ExportedHandler<BenchBindings>;
