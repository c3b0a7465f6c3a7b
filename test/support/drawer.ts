/** The cash drawer of a location at the simulated Square, as its staff use it. */
import { HOUR } from "../../src/kernel/clock";
import { windowOf, type BusinessDate } from "../../src/kernel/day";
import type { DrawerMovement, DrawerShift } from "../../src/providers/square/simulator-state";
import type { GivenLocation } from "./given";

let moved = 0;

/** Cash that somebody took out, with what they typed. */
export function paidOut(description: string, minor: number, at: number): DrawerMovement {
  return { id: `MOVED-${(moved += 1)}`, type: "PAID_OUT", minor, at, description };
}

/** A drawer that is open from eight to eight of a business day with a float of 100.00, and that nobody has counted. */
export function drawerOf(location: Pick<GivenLocation, "zone" | "cutOffs" | "externalId">, on: BusinessDate, changes: Partial<DrawerShift> = {}): DrawerShift {
  const { start } = windowOf(location, on);
  return {
    id: `DRAWER-${on}`, locationId: location.externalId, openedAt: start + 8 * HOUR, endedAt: start + 20 * HOUR, floatMinor: 10_000,
    movements: [], counted: null, description: "", ...changes,
  };
}
