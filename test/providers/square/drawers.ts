/** Cash drawers put up by hand for tests that need to know every cent. */
import { HOUR } from "../../../src/kernel/clock";
import type { DrawerMovement, DrawerShift } from "../../../src/providers/square/simulator-state";
import { noon, window } from "./given";

let made = 0;

/** Drawer D of LA, open from the third hour of the day to the eighteenth with 100.00 of change, and not counted. */
export function drawer(changes: Partial<DrawerShift> = {}): DrawerShift {
  return {
    id: "D", locationId: "LA", openedAt: window.start + 3 * HOUR, endedAt: window.start + 18 * HOUR, floatMinor: 10_000, movements: [],
    counted: null, description: "", ...changes,
  };
}

/** Cash that somebody moved at noon. */
export function moved(type: DrawerMovement["type"], minor: number, changes: Partial<DrawerMovement> = {}): DrawerMovement {
  return { id: `M${(made += 1)}`, type, minor, at: noon, description: "Milk", ...changes };
}

/** One shift in each state, with everything that can happen at a drawer. */
export function shiftsOfExam(): readonly DrawerShift[] {
  const movements = [moved("NO_SALE", 0), moved("PAID_IN", 2_000), moved("PAID_OUT", 1_500)];
  return [
    drawer({ movements, counted: { at: window.end, minor: 41_000 } }),
    drawer({ id: "D2", openedAt: window.end - HOUR, endedAt: window.end }),
    drawer({ id: "D3", openedAt: window.end + HOUR, endedAt: null }),
  ];
}
