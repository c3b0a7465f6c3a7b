/**
 * A simulated Clover for the sandbox and the tests. It speaks the platform's REST API v3 and OAuth v2, checks what the real
 * one documents to check, and misbehaves on demand. It knows no Cloudflare type and keeps its state as plain JSON.
 */
import { Hono } from "hono";
import { refuse } from "./simulator-answer";
import { controlOf, controlRoutes, type SimulatorControl } from "./simulator-control";
import { misbehave } from "./simulator-faults";
import { merchantRoutes } from "./simulator-lists";
import { oauthRoutes } from "./simulator-oauth";
import { emptyState, type Simulation, type SimulatorOptions } from "./simulator-state";

export type CloverSimulator = {
  /** Answers requests to any of Clover's hosts; `/__sim/…` are its own controls. */
  readonly app: Hono;
  readonly control: SimulatorControl;
};

/** A Clover at which nothing has happened yet; `control.restore` continues an earlier one. */
export function createCloverSimulator(options: SimulatorOptions): CloverSimulator {
  const simulation: Simulation = { onChange: () => {}, callsPerSecond: null, ...options, state: emptyState(), journal: [] };
  const control = controlOf(simulation);
  const app = new Hono();
  app.route("/__sim", controlRoutes(control));
  app.use("/oauth/*", misbehave(simulation));
  app.use("/v3/*", misbehave(simulation));
  app.route("/oauth/v2", oauthRoutes(simulation));
  app.route("/v3/merchants", merchantRoutes(simulation));
  app.notFound((c) => (isKnown(app, c.req.path) ? refuse(405, "405 Method Not Allowed") : refuse(404, "Not Found")));
  return { app, control };
}

function isKnown(app: Hono, path: string): boolean {
  return app.routes.some((route) => route.method !== "ALL" && matches(route.path, path));
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.replace(/\/$/, "").split("/");
  const found = path.split("/");
  return wanted.length === found.length && wanted.every((part, index) => part.startsWith(":") || part === found[index]);
}
