/** What the days page says. */
import { count } from "../../ui/format";
import type { TallyName } from "./summary";

export const daysWords = {
  all: "All locations",
  calendar: "Calendar",
  table: "Table",
  earlier: "The month before",
  later: "The month after",
  month: "Go to a month",
  closes: (time: string, zone: string) => `closes ${time} · ${zone}`,
  fix: (days: number) => `Fix ${count(days, "day")}`,
  payouts: "Payouts",
  backfill: "Back-fill…",
  report: "Report",
  soFar: (month: string) => `${month} so far`,
  inAll: (month: string) => `${month} in all`,
  noneTitle: "No location is being kept yet",
  noneText: "Choose the locations whose days should go to the books, and their days appear here.",
  noneLink: "Go on with the set-up",
  noneInMonth: "No day of this month is kept here yet.",
  noneInFilter: "No day of this month is like that.",
  showAll: "Show all days",
  date: "Date",
  location: "Location",
  state: "State",
  takings: "Takings",
  note: "What is the matter",
} as const;

export const tallyWords: Record<TallyName, string> = {
  posted: "posted", ready: "ready to post", held: "held", failed: "failed", changed: "changed", missing: "missing", no_sales: "without sales", working: "being worked on",
};

export const backfillWords = {
  title: "Back-fill earlier days",
  about: "Reads past days from the till. Days that are already in the books are left as they are: nothing is posted twice.",
  from: "From",
  to: "To",
  locations: "Locations",
  how: "What to do with them",
  preview: "Only read them, for a preview",
  post: "Read them and post what is ready",
  start: (days: number) => (days === 0 ? "Start" : `Start with ${count(days, "day")}`),
  cancel: "Cancel",
  noLocation: "Choose a location.",
  backwards: "The first day comes after the last.",
  future: "Days can be read once they have closed: choose a last day before today.",
  tooMany: "That is more than 2,000 days at once. Choose a shorter time or fewer locations.",
  started: (days: number) => `Back-fill of ${count(days, "day")} started.`,
  nameOf: (from: string, to: string) => `Back-fill from ${from} to ${to}`,
  running: (done: number, all: number, left: string) => `${done} of ${count(all, "day")}${left === "" ? "" : `, ${left}`}`,
  going: "You may leave this page; it goes on by itself.",
  finished: (all: number) => `Back-fill finished: ${count(all, "day")} read.`,
  andMore: (days: number) => `and ${count(days, "more day")} below`,
  dismiss: "Done",
} as const;
