/**
 * A simulated Resend for the sandbox and the tests. It speaks the wire format of `POST /emails`, checks what the real one
 * documents to check, keeps the letters instead of sending them, tells what became of them, and misbehaves on demand. It knows no Cloudflare type.
 */
import { Hono } from "hono";
import { apiRoutes, refuse } from "./simulator-api";
import { controlOf, controlRoutes, type SimulatorControl } from "./simulator-control";
import { misbehave } from "./simulator-faults";
import { pageRoutes } from "./simulator-pages";
import type { Simulation, SimulatorOptions } from "./simulator-state";

export type { EventKind } from "./simulator-events";
export type { KeptLetter, Knock, SentLetter } from "./simulator-state";

export type ResendSimulator = {
  /** Answers requests to any host by path; `/` is the inbox and `/__sim/…` are its own controls. */
  readonly app: Hono;
  readonly control: SimulatorControl;
};

/** A Resend that has sent nothing but what `restore` says. */
export function createResendSimulator(options: SimulatorOptions): ResendSimulator {
  const { restore = [], ...given } = options;
  const simulation: Simulation = {
    onLetter: () => {},
    hook: { url: "https://nowhere.example/hooks/resend", secrets: [] },
    wait: (milliseconds) => new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
    ...given,
    letters: restore.map(({ replyTo = null, headers = {}, tags = {}, isSuppressed = false, ...letter }) => ({ ...letter, replyTo, headers, tags, isSuppressed })),
    faults: [],
    remembered: new Map(),
    suppressed: new Map(),
    waiting: [],
    outcomes: [],
  };
  const control = controlOf(simulation);
  const app = new Hono();
  app.route("/__sim", controlRoutes(control));
  app.use("/emails", misbehave(simulation));
  app.route("/", apiRoutes(simulation));
  app.route("/", pageRoutes(simulation));
  app.notFound(() => refuse({ status: 404, name: "not_found", message: "The requested endpoint does not exist." }));
  return { app, control };
}
