/**
 * A simulated Square for the sandbox and the tests. It speaks the wire format of API 2025-08-20, checks what the real
 * one documents to check, and misbehaves on demand. It knows no Cloudflare type and keeps its state as plain JSON.
 */
import { Hono } from "hono";
import { refuse } from "./simulator-answer";
import { controlOf, controlRoutes, type SimulatorControl } from "./simulator-control";
import { drawerRoutes } from "./simulator-drawer-routes";
import { misbehave } from "./simulator-faults";
import { giftCardRoutes } from "./simulator-gift-cards";
import { catalogueRoutes, paymentRoutes, profileRoutes, refundRoutes } from "./simulator-lists";
import { oauthRoutes } from "./simulator-oauth";
import { payoutRoutes } from "./simulator-payout-routes";
import { orderRoutes } from "./simulator-search";
import { emptyState, type Simulation, type SimulatorOptions } from "./simulator-state";

export type SquareSimulator = {
  /** Answers requests to any host by path; `/__sim/…` are its own controls. */
  readonly app: Hono;
  readonly control: SimulatorControl;
};

/** A Square at which nothing has happened yet; `control.restore` continues an earlier one. */
export function createSquareSimulator(options: SimulatorOptions): SquareSimulator {
  const simulation: Simulation = {
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onChange: () => {},
    ...options,
    state: emptyState(),
    revision: 0,
    journal: [],
  };
  const control = controlOf(simulation);
  const app = new Hono();
  app.route("/__sim", controlRoutes(control));
  app.use("/oauth2/*", misbehave(simulation));
  app.use("/v2/*", misbehave(simulation));
  app.route("/oauth2", oauthRoutes(simulation));
  app.route("/v2", profileRoutes(simulation));
  app.route("/v2/refunds", refundRoutes(simulation));
  app.route("/v2/payments", paymentRoutes(simulation));
  app.route("/v2/payouts", payoutRoutes(simulation));
  app.route("/v2/cash-drawers", drawerRoutes(simulation));
  app.route("/v2/gift-cards", giftCardRoutes(simulation));
  app.route("/v2/orders", orderRoutes(simulation));
  app.route("/v2/catalog", catalogueRoutes(simulation));
  app.notFound((c) => (isKnown(app, c.req.path)
    ? refuse(405, "INVALID_REQUEST_ERROR", "METHOD_NOT_ALLOWED", "Method not allowed.")
    : refuse(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "API endpoint for URL path does not exist.")));
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
