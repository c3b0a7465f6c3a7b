/** What the days page shows, kept in the address so that back, reload and a sent link show the same. */
import { monthOf, type Month } from "./month";
import { TALLY, type TallyName } from "./summary";

export type Filters = {
  readonly month: Month;
  /** A location's id, or null for all. */
  readonly location: string | null;
  readonly view: "calendar" | "table";
  /** Only in the table. */
  readonly state: TallyName | null;
};

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the address; whatever makes no sense in it is as if it were not there. */
export function readFilters(query: Query, today: string): Filters {
  const month = text(query["month"]);
  const state = text(query["state"]);
  const location = text(query["at"]);
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month >= "2000-01" && month <= monthOf(today);
  return {
    month: isMonth ? month : monthOf(today),
    location: location === "" ? null : location,
    view: text(query["view"]) === "table" ? "table" : "calendar",
    state: TALLY.find((name) => name === state) ?? null,
  };
}

/** The address of the days page with some filters changed; what is the default is left out. */
export function daysAddress(filters: Filters, today: string, change: Partial<Filters> = {}): string {
  const next = { ...filters, ...change };
  const query = new URLSearchParams();
  if (next.month !== monthOf(today)) query.set("month", next.month);
  if (next.location !== null) query.set("at", next.location);
  if (next.view === "table") query.set("view", "table");
  if (next.view === "table" && next.state !== null) query.set("state", next.state);
  return query.size === 0 ? "/days" : `/days?${query}`;
}

function text(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : "";
}
