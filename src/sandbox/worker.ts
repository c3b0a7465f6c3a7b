/** The demo's wiring. */
import { DurableObject } from "cloudflare:workers";
import { systemClock, systemRandom } from "../kernel/clock";
import { failed } from "../kernel/result";
import { LaneObject } from "../platform/lane";
import { consoleSink, createLog } from "../platform/log";
import type { GrantPort } from "../platform/lane-types";
import type { Bindings } from "../platform/env";

const log = createLog(consoleSink, systemClock);

/** Knows no provider yet. */
export class Lane extends LaneObject {
  protected override grants(): GrantPort {
    return {
      refresh: async (provider) => failed({ kind: "provider_down", provider, detail: "no simulator is wired" }),
      revoke: async (provider) => failed({ kind: "provider_down", provider, detail: "no simulator is wired" }),
      pace: () => ({ callsPerMinute: 600, callsAtOnce: 10, refreshAheadMs: 60_000 }),
    };
  }

  protected override world(): { clock: typeof systemClock; random: typeof systemRandom; log: typeof log } {
    return { clock: systemClock, random: systemRandom, log };
  }
}

export class Simulator extends DurableObject<Bindings> {}

export default {
  fetch: async () => new Response("There is nothing here.", { status: 404 }),
  queue: async (batch) => batch.ackAll(),
} satisfies ExportedHandler<Bindings>;
