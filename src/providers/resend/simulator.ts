/**
 * A simulated Resend for the sandbox and the tests. It speaks the wire format of `POST /emails`, checks what the real one
 * documents to check, keeps the letters instead of sending them, and misbehaves on demand. It knows no Cloudflare type.
 */
import { Hono } from "hono";
import { apiRoutes, refuse } from "./simulator-api";
import { controlOf, controlRoutes, type SimulatorControl } from "./simulator-control";
import { misbehave } from "./simulator-faults";
import { pageRoutes } from "./simulator-pages";
import type { Simulation, SimulatorOptions } from "./simulator-state";

export type { SentLetter } from "./simulator-state";

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
    wait: (milliseconds) => new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
    ...given,
    letters: [...restore],
    faults: [],
    remembered: new Map(),
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
