/** What the page of imports says. */
import type { ImportField, Preview } from "../../../../src/features/contacts/contract";
import { count } from "../../ui/format";

export const importWords = {
  title: "Import contacts",
  about: "From a CSV of your till, your old texting program or a spreadsheet. You see what it would change before anything does.",
  all: "All contacts",
  drop: "Drop a CSV file here",
  dropNext: (megabytes: number, people: string) => `Up to ${megabytes} MB and ${people} people. One line for each, with headings.`,
  choose: "Choose a file…",
  tooLarge: "This file is larger than fits here. Divide it and import the parts one after the other.",
  looking: "Looking the file through…",
  staysOut: "A stop is never lifted by a file. Whoever said stop here stays locked, whatever the file says; whoever is marked as opted out in it is locked from now on.",
  unfinished: "An import was begun and not finished",
  unfinishedNext: (done: number, rows: number) => `${done.toLocaleString("en-US")} of ${rows.toLocaleString("en-US")} people are in. Go on, or let the rest go.`,
  columns: "Which column is what",
  nothing: "No column",
  dates: "Dates such as 5/7",
  dateWays: { mdy: "May 7: the month first", dmy: "5 July: the day first" },
  again: "Look again with these columns",
  would: "What it would change",
  counts: (counts: Preview["counts"]): readonly (readonly [string, string])[] => [
    ["New", count(counts.new, "contact")], ["Changed", count(counts.changed, "contact")], ["Already as in the file", count(counts.same, "contact")],
    ["Locked, now or before", count(counts.optedOut, "contact")], ["With consent in the file", count(counts.agreed, "contact")], ["Left out", count(counts.refused, "line")],
  ],
  problems: (many: number) => (many === 1 ? "One line needs a look" : `${many.toLocaleString("en-US")} lines need a look`),
  problemsNext: "Mend them in the file and drop it again, or go on: lines marked as left out are not taken.",
  line: "Line",
  why: "Why",
  leftOut: "Left out",
  takenWithout: "Taken without it",
  take: (people: number) => `Import ${count(people, "person", "people")}`,
  takeBusy: "Importing…",
  goOn: "Go on",
  letGo: "Let it go",
  progress: "People imported",
  soFar: (done: number, rows: number) => `${done.toLocaleString("en-US")} of ${rows.toLocaleString("en-US")} people`,
  doneTitle: (people: number) => `${count(people, "person", "people")} are imported`,
  doneNext: "Whoever had said stop is still locked.",
  another: "Import another file",
  toContacts: "See the contacts",
  nobody: "There is nobody in it to import.",
} as const;

export const importFieldWords = {
  name: "Name", firstName: "First name", lastName: "Last name", phone: "Mobile number", email: "Email address", zone: "Time zone", note: "Note", tags: "Tags",
  optedOut: "Opted out", optedOutText: "Opted out of texts", optedOutEmail: "Opted out of emails", consentHow: "How they agreed", consentAt: "When they agreed",
} as const satisfies Record<ImportField, string>;
