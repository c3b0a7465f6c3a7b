/**
 * A simulated Twilio for the sandbox and the tests. It speaks the wire format of the Messages resource, heeds STOP, START
 * and HELP by itself, tells of everything by signed messages of its own, and misbehaves on demand. Nothing happens by
 * itself in it but through `control.flush`. It knows no Cloudflare type and keeps its state as plain JSON.
 */
import { Hono, type MiddlewareHandler } from "hono";
import { answerOfABug, bodyOf, realWait, remember } from "../simulator-machine";
import { Plans } from "../simulator-plans";
import { notFound, refuse } from "./simulator-answer";
import { authenticate, type CallerEnv } from "./simulator-auth";
import { controlOf, controlRoutes, type SimulatorControl } from "./simulator-control";
import { misbehave } from "./simulator-faults";
import { pageRoutes } from "./simulator-pages";
import { readRoutes, serviceRoutes } from "./simulator-read";
import { sendRoutes } from "./simulator-send";
import { emptyState, type Simulation, type SimulatorOptions } from "./simulator-state";

export type { SimulatorControl } from "./simulator-control";
export type { AccountSeed, SimulatorState } from "./simulator-state";

export type TwilioSimulator = {
  /** Answers requests to any host by path; `/` is a phone and `/__sim/…` are its own controls. */
  readonly app: Hono<CallerEnv>;
  readonly control: SimulatorControl;
};

const LONGEST_BODY_KEPT = 2_000;

const USUAL = { onWaiting: () => {}, onChange: () => {}, wait: realWait, stepMs: 0, mostKept: 10_000, handsets: [] } satisfies Partial<SimulatorOptions>;

/** A Twilio at which nothing has happened yet; `control.restore` continues an earlier one. */
export function createTwilioSimulator(options: SimulatorOptions): TwilioSimulator {
  const { accounts, ...given } = options;
  const simulation: Simulation = { ...USUAL, ...given, state: emptyState(accounts), calls: [], delivered: [], faults: new Plans() };
  const control = controlOf(simulation, accounts);
  const app = new Hono<CallerEnv>();
  app.route("/__sim", controlRoutes(control));
  for (const api of ["/2010-04-01/*", "/v1/*"]) app.use(api, journal(simulation), misbehave(simulation), authenticate(simulation));
  app.route("/", sendRoutes(simulation));
  app.route("/", readRoutes(simulation));
  app.route("/", serviceRoutes(simulation));
  app.route("/", pageRoutes(simulation, control));
  app.onError(answerOfABug);
  app.notFound((c) => (isKnown(app, c.req.path)
    ? refuse(simulation, { status: 405, code: 20_004, message: "Method not allowed" })
    : refuse(simulation, notFound(c.req.path))));
  return { app, control };
}

/** Writes down every call as it arrived, whatever becomes of it. */
function journal({ calls, clock }: Simulation): MiddlewareHandler {
  return async (c, next) => {
    const { hostname, pathname, search } = new URL(c.req.url);
    const line = { at: clock(), method: c.req.method, host: hostname, path: pathname, query: search, body: (await bodyOf(c)).slice(0, LONGEST_BODY_KEPT) };
    try {
      await next();
    } finally {
      remember(calls, { ...line, status: c.finalized ? c.res.status : null });
    }
  };
}

function isKnown(app: Hono<CallerEnv>, path: string): boolean {
  return app.routes.some((route) => route.method !== "ALL" && matches(route.path, path));
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const found = path.split("/");
  return wanted.length === found.length && wanted.every((part, index) => (part.startsWith(":file") ? /^[A-Za-z0-9]+\.json$/.test(found[index] ?? "") : part.startsWith(":") || part === found[index]));
}
