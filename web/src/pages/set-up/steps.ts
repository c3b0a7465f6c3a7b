/** How far the set-up has come, read from what is really there; so it resumes wherever it was left. */
import type { ConnectionsView } from "../../../../src/features/connections/contract";
import type { DaysView } from "../../../../src/features/days/contract";
import type { MappingView } from "../../../../src/features/mapping/contract";
import { needsAccount } from "../mapping/lines";

export const STEPS = ["till", "books", "locations", "mapping", "first_day"] as const;
export type Step = (typeof STEPS)[number];

export type SetUp = {
  readonly done: ReadonlySet<Step>;
  /** The first step that is not done; null when all are. */
  readonly current: Step | null;
};

type Facts = { readonly connections: ConnectionsView; readonly mapping: MappingView; readonly days: DaysView };

const IN_BOOKS: ReadonlySet<string> = new Set(["posted", "final", "corrected", "changed"]);

/** Whether any day has reached the books. */
export function hasPosted(days: DaysView): boolean {
  return days.cells.some((cell) => IN_BOOKS.has(cell.state));
}

/** The newest day that could be looked at, ready before any other that was read. */
export function firstDay(days: DaysView): DaysView["cells"][number] | null {
  const read = days.cells.filter((cell) => cell.takingsMinor !== null).sort((one, other) => (one.date < other.date ? 1 : -1));
  return read.find((cell) => cell.state === "ready") ?? read.find((cell) => cell.state === "held" || cell.state === "failed") ?? read[0] ?? null;
}

/** Which steps are done. Choosing how days are posted ends the last one. */
export function setUpOf({ connections, mapping, days }: Facts): SetUp {
  const isLive = (role: "till" | "books") => connections.connections.some((one) => one.role === role && one.state === "connected");
  const facts: Record<Step, boolean> = {
    till: isLive("till"),
    books: isLive("books"),
    locations: connections.locations.some((location) => location.startsOn !== null),
    mapping: mapping.lines.length > 0 && !mapping.lines.some(needsAccount),
    first_day: hasPosted(days) && days.mode !== "preview",
  };
  return { done: new Set(STEPS.filter((step) => facts[step])), current: STEPS.find((step) => !facts[step]) ?? null };
}
