/** Whether a day's page is still the latest word: what the night's own machinery moves, and what somebody may mend elsewhere. */
import type { DayView } from "../../../../src/features/days/contract";

type Seen = Pick<DayView, "state"> & { readonly proposal: unknown; readonly explanation: { readonly lines: readonly unknown[] } | null };

const MOVING: readonly DayView["state"][] = ["posting", "uncertain", "collecting"];
const WAITING: readonly DayView["state"][] = ["missing", "failed", "held", "ready", "changed"];

/** A day on its way: it comes to rest by itself in a moment. */
export function isOnItsWay({ state, proposal, explanation }: Seen): boolean {
  // Held although its entry can be built: its lines were mapped a moment ago, and the day is about to be tried again.
  return isMoving(state) || (state === "held" && proposal !== null && explanation?.lines.length !== 0);
}

/** A state that no day stays in. */
export function isMoving(state: DayView["state"]): boolean {
  return MOVING.includes(state);
}

/** A day that waits for somebody: another tab, a colleague, a file that is dropped or a connection that comes back may move it. */
export function isWaiting({ state }: Pick<DayView, "state">): boolean {
  return WAITING.includes(state);
}
