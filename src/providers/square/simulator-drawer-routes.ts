/** `/v2/cash-drawers/shifts` of one location, by when they were opened, and what happened at one of them. */
import { Hono, type Context } from "hono";
import { invalid, merchantOf, mistimedIn, refuse, strangerIn } from "./simulator-answer";
import { eventsOf, summaryOf } from "./simulator-drawers";
import { listed, rangeOf, type Paging } from "./simulator-lists";
import { owns } from "./simulator-sales";
import type { DrawerShift, Simulation } from "./simulator-state";

const PAGING: Paging = { usual: 200, most: 1_000, order: "ASC" };

/** The list and the events of one shift. */
export function drawerRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/shifts", (c) => {
    const shifts = shiftsAsked(simulation, c, ["location_id", "sort_order", "begin_time", "end_time", "limit", "cursor"]);
    if (shifts instanceof Response) return shifts;
    const [startMs, endMs] = rangeOf(simulation, c);
    // Of this list the beginning is included and the end is not.
    const wanted = shifts.filter(({ openedAt }) => openedAt >= startMs && openedAt < endMs && openedAt <= simulation.clock());
    const rows = wanted.map((shift) => summaryOf(simulation, shift)).map((item) => ({ at: item.opened_at, id: item.id, item }));
    return listed(c, "cash_drawer_shifts", rows, PAGING);
  });
  app.get("/shifts/:id/events", (c) => {
    const shifts = shiftsAsked(simulation, c, ["location_id", "limit", "cursor"]);
    if (shifts instanceof Response) return shifts;
    const shift = shifts.find(({ id }) => id === c.req.param("id"));
    if (shift === undefined) return refuse(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "Cash drawer shift not found.");
    const rows = eventsOf(simulation, shift).map((item) => ({ at: item.created_at, id: item.id, item }));
    return listed(c, "cash_drawer_shift_events", rows, PAGING);
  });
  return app;
}

/** The drawers of the location that the query must name, or the refusal. */
function shiftsAsked(simulation: Simulation, c: Context, parameters: readonly string[]): readonly DrawerShift[] | Response {
  const merchant = merchantOf(simulation, c, "CASH_DRAWER_READ");
  if (merchant instanceof Response) return merchant;
  const wrong = strangerIn(c, parameters) ?? mistimedIn(c, ["begin_time", "end_time"]);
  if (wrong !== null) return wrong;
  const locationId = c.req.query("location_id") ?? "";
  if (locationId === "") return invalid("MISSING_REQUIRED_PARAMETER", "Missing required parameter.", "location_id");
  if (!owns(merchant, locationId)) return refuse(403, "AUTHENTICATION_ERROR", "FORBIDDEN", "Not authorized for this location.");
  return Object.values(simulation.state.drawers).filter((shift) => shift.locationId === locationId);
}
