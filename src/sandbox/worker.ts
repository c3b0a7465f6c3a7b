/** The demo's wiring: the same app and the same jobs as in production, with simulators at the other end of every call. */
import { createApp } from "../app";
import { grantPort } from "../features/connections/service";
import { createJobs, PRODUCTION_SETTINGS } from "../jobs";
import { systemClock, systemRandom } from "../kernel/clock";
import { readConfig, type Bindings } from "../platform/env";
import { LaneObject } from "../platform/lane";
import { LimiterObject } from "../platform/limiter";
import type { GrantPort } from "../platform/lane-types";
import { consoleSink, createLog } from "../platform/log";
import { RegisterObject } from "../platform/register";
import { SequencerObject } from "../platform/sequencer";
import { WatchObject } from "../platform/watch";
import type { World } from "../platform/world";
import { simulatorAt, toSandbox } from "./addresses";
import type { SandboxContext } from "./context";
import { controls } from "./controls";
import { carryPost } from "./hooks";
import { sandboxTransport, simulatorsOf, type SandboxBindings } from "./transport";

export { Simulator } from "./simulator";

type DemoBindings = Bindings & SandboxBindings;

/** The simulators have no limits of their own here, so that ten weeks of a demo are posted within a minute. */
const DEMO_PACE = { callsPerMinute: 60_000, callsAtOnce: 100 };

const world: World = {
  transport: (env) => sandboxTransport(env as DemoBindings),
  clock: systemClock,
  random: systemRandom,
  log: createLog(consoleSink, systemClock),
};

const app = createApp(world);
const jobs = createJobs(world, { ...PRODUCTION_SETTINGS, spreadSeconds: 0, spacesBackfills: false });

/** Counts of what somebody tried. */
export class Limiter extends LimiterObject {
  protected override clock(): number {
    return systemClock();
  }
}

/** One audit log's tree. */
export class Sequencer extends SequencerObject {}

/** One shop's register of who said stop. */
export class Register extends RegisterObject {}

/** One person's open pages. */
export class Watch extends WatchObject {}

/** One connection's tokens, renewed at the simulators. */
export class Lane extends LaneObject {
  protected override grants(): GrantPort {
    const port = grantPort(world, this.env);
    return { ...port, pace: (provider) => ({ ...port.pace(provider), ...DEMO_PACE }) };
  }

  protected override world(): World {
    return world;
  }
}

async function serve(request: Request, env: DemoBindings, context: ExecutionContext): Promise<Response> {
  const config = readConfig(env);
  const url = new URL(request.url);
  const simulator = simulatorAt(url.host, config.domain);
  const handle = async (inner: Request): Promise<Response> => await serve(inner, env, context);
  if (simulator !== null) {
    const answer = await simulatorsOf(env).browse(simulator, request);
    if (simulator === "resend") await carryPost({ env, handle });
    return answer;
  }
  const sandbox: SandboxContext = { env, config, world, handle };
  if (url.pathname.startsWith("/__sandbox/")) return await controls(sandbox).fetch(request);
  return await toSandbox(await app.fetch(request, env, context), config.domain);
}

export default {
  fetch: serve,
  scheduled: async (_controller, env, context) => {
    await jobs.scheduled(env);
    await carryPost({ env, handle: async (inner) => await serve(inner, env, context) });
  },
  queue: async (batch, env) => await jobs.queue(batch, env),
} satisfies ExportedHandler<DemoBindings>;
