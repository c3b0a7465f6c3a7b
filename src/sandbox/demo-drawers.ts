/** What the café's staff did with the drawer on some of the last days: milk, tips, a bank bag, and counts that do not quite tie. */
import { HOUR } from "../kernel/clock";
import { addDays, windowOf, type BusinessDate, type DaySchedule } from "../kernel/day";
import type { DrawerMovement, DrawerShift, GiftCardIncrease } from "../providers/square/simulator-state";

type Drawer = {
  readonly daysBack: number;
  /** What was typed, and the amount in minor units. */
  readonly paidOuts: readonly (readonly [string, number])[];
  /** Counted less expected. */
  readonly differenceMinor: number;
  /** Given away on a gift card on the same day. */
  readonly giftMinor: number;
};

/** Three and four days back: neither the days that a visitor finds to mend nor the one that changes later. */
const DRAWERS: readonly Drawer[] = [
  { daysBack: 3, paidOuts: [["Oat milk from the corner shop", 1_240], ["Tips", 4_500]], differenceMinor: -175, giftMinor: 2_500 },
  { daysBack: 4, paidOuts: [["Window cleaner", 3_500]], differenceMinor: 40, giftMinor: 0 },
];

/** A drawer as it was ended; `differenceMinor` is what its count is to find. */
export type DemoDrawer = { readonly shift: DrawerShift; readonly differenceMinor: number; readonly gift: GiftCardIncrease | null };

/** The drawers of a location, `last` being its last day that is over. */
export function drawersAt(locationId: string, schedule: DaySchedule, last: BusinessDate): readonly DemoDrawer[] {
  return DRAWERS.map(({ daysBack, paidOuts, differenceMinor, giftMinor }) => {
    const date = addDays(last, 1 - daysBack);
    const { start } = windowOf(schedule, date);
    const id = `${locationId}-${date}`;
    const movements = paidOuts.map(([description, minor], index): DrawerMovement => (
      { id: `${id}-${index}`, type: "PAID_OUT", minor, at: start + (13 + index) * HOUR, description }
    ));
    const gift = { id: `${id}-gift`, locationId, at: start + 12 * HOUR, minor: giftMinor, gan: "7783320001234567", reason: "COMPLIMENTARY" } as const;
    const shift = { id, locationId, openedAt: start + 6 * HOUR, endedAt: start + 20 * HOUR, floatMinor: 20_000, movements, counted: null, description: "Front counter" };
    return { shift, differenceMinor, gift: giftMinor === 0 ? null : gift };
  });
}
