/** `/v2/payouts` (the main location unless one is named) and a payout's parts. */
import { Hono } from "hono";
import { invalid, merchantOf, refuse } from "./simulator-answer";
import { listed, rangeOf } from "./simulator-lists";
import { entriesOfPayout, payoutsSent } from "./simulator-payouts";
import type { Simulation } from "./simulator-state";

const STATUSES: ReadonlySet<string> = new Set(["SENT", "FAILED", "PAID"]);

export function payoutRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/", (c) => {
    const merchant = merchantOf(simulation, c, "PAYOUTS_READ");
    if (merchant instanceof Response) return merchant;
    const locationId = c.req.query("location_id") ?? merchant.locations[0].id;
    const status = c.req.query("status");
    if (status !== undefined && !STATUSES.has(status)) return invalid("INVALID_ENUM_VALUE", "No such payout status.", "status");
    const location = merchant.locations.find(({ id }) => id === locationId);
    const payouts = location === undefined ? [] : payoutsSent(simulation, location, ...rangeOf(simulation, c));
    const wanted = payouts.filter((payout) => status === undefined || payout.status === status);
    return listed(c, "payouts", wanted.map((payout) => ({ at: payout.created_at, id: payout.id, item: payout })));
  });
  app.get("/:id/payout-entries", (c) => {
    const merchant = merchantOf(simulation, c, "PAYOUTS_READ");
    if (merchant instanceof Response) return merchant;
    const entries = merchant.locations.flatMap((location) => entriesOfPayout(simulation, location, c.req.param("id")) ?? []);
    if (entries.length === 0) return refuse(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "Could not find payout.");
    return listed(c, "payout_entries", entries.map((entry) => ({ at: entry.effective_at, id: entry.id, item: entry })));
  });
  return app;
}
