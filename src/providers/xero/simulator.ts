/**
 * Xero, simulated: one Hono app that speaks the vendor's wire format, checks what the vendor checks, and misbehaves on
 * demand. Paths are the vendor's own, so any host or prefix may lead here. For the sandbox and tests only.
 */
import { Hono } from "hono";
import type { Clock, RandomBytes } from "../../kernel/clock";
import { apiRoutes } from "./simulator-api";
import { createControl, type Control, type OrganisationSeed } from "./simulator-control";
import { ConnectionLost, type Env, type RegisteredClient, type Simulation } from "./simulator-core";
import { Faults, RateLimiter, XERO_LIMITS, type Limits } from "./simulator-faults";
import { oauthRoutes } from "./simulator-oauth";
import { observe } from "./simulator-observe";
import { pageRoutes } from "./simulator-pages";
import { SimulatorState, type Stored } from "./simulator-state";
import { switchboard } from "./simulator-switchboard";

export type { Control, OrganisationSeed } from "./simulator-control";
export type { Stored } from "./simulator-state";

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly clients: readonly RegisteredClient[];
  readonly organisations?: readonly OrganisationSeed[];
  /** What was kept of an earlier life; organisations that it holds are not opened again. */
  readonly restore?: Iterable<Stored>;
  /** Told of every entity that is new or changed, under `<kind>/<key>`, so that it can be kept. */
  readonly onChange?: (stored: Stored) => void;
  /** Xero's limits when left out; null for none. Their clock is `clock`. */
  readonly limits?: Limits | null;
  /** How real time passes, for latency and slow bodies. */
  readonly wait?: (milliseconds: number) => Promise<void>;
};

const realWait = (milliseconds: number) => new Promise<void>((resolve) => {
  setTimeout(resolve, milliseconds);
});

/** Builds one simulated Xero. `app.fetch` is its transport. */
export function createXeroSimulator(options: SimulatorOptions): { readonly app: Hono<Env>; readonly control: Control } {
  const simulation: Simulation = {
    clock: options.clock,
    random: options.random,
    wait: options.wait ?? realWait,
    clients: options.clients,
    state: new SimulatorState(options.onChange ?? (() => {})),
    faults: new Faults(),
    limiter: new RateLimiter(options.clock, options.limits === undefined ? XERO_LIMITS : options.limits),
    switches: { latencyMs: 0 },
    calls: [],
    issued: new Set(options.clients.map(({ clientSecret }) => clientSecret)),
  };
  const control = createControl(simulation);
  control.restore(options.restore ?? []);
  for (const organisation of options.organisations ?? []) control.addOrganisation(organisation);
  return { app: wire(simulation, control), control };
}

function wire(simulation: Simulation, control: Control): Hono<Env> {
  const app = new Hono<Env>();
  app.onError((error) => {
    if (error instanceof ConnectionLost) throw error;
    return new Response(`The simulator has a bug: ${error.message}`, { status: 500 });
  });
  const gate = observe(simulation);
  for (const path of ["/identity/*", "/connect/*", "/connections", "/connections/*", "/api.xro/*"]) app.use(path, gate);
  app.route("/", oauthRoutes(simulation));
  app.route("/", apiRoutes(simulation));
  app.route("/", pageRoutes(simulation, control));
  app.route("/", switchboard(control));
  return app;
}
