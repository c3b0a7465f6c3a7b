/** Thinks for the days page: what is asked, what it adds up to, where a choice leads. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, on, type Accessor } from "solid-js";
import type { DayCell, DaysView } from "../../../../src/features/days/contract";
import type { BusinessDate } from "../../../../src/kernel/day";
import { shopApi } from "../../api";
import { dateIn } from "../../ui/dates";
import { createLive, type Live } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { daysAddress, readFilters, type Filters } from "./filters";
import { firstOf, lastOf } from "./month";
import { isMoving } from "./summary";

export type DaysController = {
  readonly days: Live<DaysView>;
  readonly filters: Accessor<Filters>;
  readonly today: BusinessDate;
  /** The cells of the chosen location, or of all. */
  readonly cells: Accessor<readonly DayCell[]>;
  readonly currency: Accessor<string>;
  readonly address: (change: Partial<Filters>) => string;
  /** The report of the month and location that are shown. */
  readonly reportAddress: () => string;
  readonly go: (change: Partial<Filters>, options?: { replace?: boolean }) => void;
};

/** Lives with the page. */
export function createDaysController(isBackfilling: Accessor<boolean>): DaysController {
  const shop = useShop();
  const at = useLocation();
  const navigate = useNavigate();
  const today = dateIn(shop.view().zone, Date.now()) as BusinessDate;
  const filters = createMemo(() => readFilters(at.query, today));
  const days = createLive({
    key: () => `days ${filters().month}`,
    ask: () => shopApi.days(firstOf(filters().month), lastOf(filters().month)),
    pollWhile: (view) => isBackfilling() || isMoving(view.cells),
  });
  // A back-fill that has just begun or ended changes the calendar: ask at once rather than at the next poll.
  createEffect(on(isBackfilling, () => void days.reload(), { defer: true }));
  const cells = createMemo(() => begunCells(days.value()).filter((cell) => filters().location === null || cell.locationId === filters().location));
  const address = (change: Partial<Filters>) => daysAddress(filters(), today, change);
  return {
    days, filters, today, cells, address,
    reportAddress: () => `/reports?${new URLSearchParams({ from: firstOf(filters().month), to: lastOf(filters().month), ...(filters().location === null ? {} : { at: filters().location ?? "" }) })}`,
    currency: () => days.value()?.locations[0]?.currency ?? shop.view().currency,
    go: (change, options) => navigate(address(change), { replace: options?.replace === true, scroll: false }),
  };
}

/** Without the days that have not begun: there is nothing to say of them yet. */
function begunCells(view: DaysView | undefined): DayCell[] {
  const todays = new Map(view?.locations.map((location) => [location.id, location.today]));
  return (view?.cells ?? []).filter((cell) => cell.state !== "open" || cell.date <= (todays.get(cell.locationId) ?? ""));
}
