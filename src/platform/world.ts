/** What the two wirings differ in: production reaches the network, the sandbox its simulators. */
import type { Clock, RandomBytes } from "../kernel/clock";
import type { Bindings } from "./env";
import type { Log } from "./log";

export type World = {
  /** The way out of the Worker: `fetch` itself in production, a switchboard of simulators in the sandbox. */
  readonly transport: (env: Bindings) => (request: Request) => Promise<Response>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Log;
};
