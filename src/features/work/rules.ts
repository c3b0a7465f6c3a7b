/** How a shop's days become a list of things to do: what shares its cause stands together, the most urgent first. */
import type { DayCell, DaysView } from "../days/contract";
import { WORK_KINDS, type WorkItem, type WorkKind } from "./contract";

const MOST_DAYS = 31;

/** What days say that carry no failure of their own. */
const TITLES: Readonly<Record<WorkKind, string>> = {
  failed: "Could not be posted",
  uncertain: "The books have not answered yet",
  held: "Waits for somebody",
  changed: "Changed in the till after it was posted",
  ready: "Waits for approval",
};

/** The things to do in one shop. Ready days wait for somebody only where each day is to be approved. */
export function itemsOf(shop: WorkItem["shop"], view: Pick<DaysView, "cells" | "needsWork" | "locations" | "mode">): WorkItem[] {
  const waiting = view.mode === "approve" ? view.cells.filter(({ state }) => state === "ready") : [];
  const uncertain = view.cells.filter(({ state }) => state === "uncertain");
  const groups = Map.groupBy([...view.needsWork, ...uncertain, ...waiting], (cell) => `${cell.state} ${cell.headline ?? ""}`);
  return [...groups.values()].flatMap((cells) => {
    const [first] = cells;
    const kind = WORK_KINDS.find((known) => known === first?.state);
    return first === undefined || kind === undefined ? [] : [{ shop, kind, title: first.headline ?? TITLES[kind], days: daysOf(shop, view, cells), count: cells.length }];
  });
}

function daysOf(shop: WorkItem["shop"], { locations }: Pick<DaysView, "locations">, cells: readonly DayCell[]): WorkItem["days"] {
  const newestFirst = cells.toSorted((one, other) => (one.date < other.date ? 1 : -1));
  return newestFirst.slice(0, MOST_DAYS).map(({ date, locationId }) => ({
    date, location: locations.find(({ id }) => id === locationId)?.name ?? "", url: `${shop.url}days/${locationId}/${date}`,
  }));
}

/** By kind, then what concerns more days, then by the shop's name. */
export function mostUrgentFirst(items: readonly WorkItem[]): WorkItem[] {
  return items.toSorted((one, other) => (
    WORK_KINDS.indexOf(one.kind) - WORK_KINDS.indexOf(other.kind) || other.count - one.count || one.shop.name.localeCompare(other.shop.name)
  ));
}
