/** Production's wiring: the network at the other end of every call. */
import { createApp } from "./app";
import { grantPort } from "./features/connections/service";
import { createJobs } from "./jobs";
import { systemClock, systemRandom } from "./kernel/clock";
import type { Bindings } from "./platform/env";
import { LaneObject } from "./platform/lane";
import { LimiterObject } from "./platform/limiter";
import type { GrantPort } from "./platform/lane-types";
import { consoleSink, createLog } from "./platform/log";
import { RegisterObject } from "./platform/register";
import { SequencerObject } from "./platform/sequencer";
import { WatchObject } from "./platform/watch";
import type { World } from "./platform/world";

const world: World = {
  transport: () => async (request) => await fetch(request),
  clock: systemClock,
  random: systemRandom,
  log: createLog(consoleSink, systemClock),
};

const app = createApp(world);
const jobs = createJobs(world);

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

/** One connection's tokens. */
export class Lane extends LaneObject {
  protected override grants(): GrantPort {
    return grantPort(world, this.env);
  }

  protected override world(): World {
    return world;
  }
}

export default {
  fetch: async (request, env, context) => await app.fetch(request, env, context),
  scheduled: async (_controller, env) => await jobs.scheduled(env),
  queue: async (batch, env) => await jobs.queue(batch, env),
} satisfies ExportedHandler<Bindings>;
