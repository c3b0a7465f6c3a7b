/**
 * QuickBooks Online, simulated: one Hono app that speaks the vendor's wire format, checks what the vendor checks, and
 * misbehaves on demand. Paths are the vendor's own, so any host or prefix may lead here. For the sandbox and tests only.
 */
import { Hono } from "hono";
import { answerOfABug, realWait, type MachineOptions } from "../simulator-machine";
import { apiRoutes } from "./simulator-api";
import { createControl, type CompanySeed, type Control } from "./simulator-control";
import type { Env, Simulation } from "./simulator-core";
import { Faults, INTUIT_LIMITS, RateLimiter, type Limits } from "./simulator-faults";
import { oauthRoutes } from "./simulator-oauth";
import { observe } from "./simulator-observe";
import { pageRoutes } from "./simulator-pages";
import { SimulatorState, type Stored } from "./simulator-state";
import { switchboard } from "./simulator-switchboard";

export type { CompanySeed, Control } from "./simulator-control";
export type { RegisteredClient } from "../simulator-machine";
export type { Stored } from "./simulator-state";

/** Intuit's limits hold where none are given. */
export type SimulatorOptions = MachineOptions<Stored, Limits> & { readonly companies?: readonly CompanySeed[] };

/** Builds one simulated QuickBooks Online. `app.fetch` is its transport. */
export function createQuickBooksSimulator(options: SimulatorOptions): { readonly app: Hono<Env>; readonly control: Control } {
  const simulation: Simulation = {
    clock: options.clock,
    random: options.random,
    wait: options.wait ?? realWait,
    clients: options.clients,
    state: new SimulatorState(options.onChange ?? (() => {})),
    faults: new Faults(),
    limiter: new RateLimiter(options.clock, options.limits === undefined ? INTUIT_LIMITS : options.limits),
    switches: { latencyMs: 0, faultStatus: 400, repeats: "replayed" },
    calls: [],
    issued: new Set(options.clients.map(({ clientSecret }) => clientSecret)),
  };
  const control = createControl(simulation);
  control.restore(options.restore ?? []);
  for (const company of options.companies ?? []) control.addCompany(company);
  return { app: wire(simulation, control), control };
}

function wire(simulation: Simulation, control: Control): Hono<Env> {
  const app = new Hono<Env>();
  app.onError(answerOfABug);
  const gate = observe(simulation);
  for (const path of ["/oauth2/*", "/v2/*", "/v3/*"]) app.use(path, gate);
  app.route("/", oauthRoutes(simulation));
  app.route("/", apiRoutes(simulation));
  app.route("/", pageRoutes(simulation));
  app.route("/", switchboard(control));
  return app;
}
