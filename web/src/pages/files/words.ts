/** What the files page says. */
import type { CustomField, DropView } from "../../../../src/features/files/contract";
import { count } from "../../ui/format";
import type { Tone } from "../../words";

export const filesWords = {
  title: "Files",
  about: "Drop the export files of your till. They are added up as they come in; of their lines nothing is kept but totals.",
  drop: "Drop CSV files here",
  dropNext: "Square's items and transactions, Clover's payments and line items, or the export of any other till.",
  choose: "Choose files…",
  limit: (bytes: number) => `Up to ${Math.round(bytes / 1_000_000)} MB each.`,
  tooLarge: "This file is larger than fits here. Export fewer days at a time.",
  mayNot: (who: string) => `Only ${who} can drop files.`,
  queued: "Waits for its turn",
  sending: (part: number) => `Sending, ${Math.floor(part * 100)} %`,
  folding: "Adding up the rest…",
  progress: (name: string) => `Progress of ${name}`,
  remove: "Remove from this list",
  again: "Send again",
  taken: (rows: number, days: number) => `${count(rows, "line")} became ${count(days, "day")}.`,
  waits: "Look through it below: it waits for your word.",
  unreadable: "No line of it could be read. See why below.",
  unknownLayout: "Nobody knows such headings yet. Say once what the columns hold.",
  mapColumns: "Say what the columns hold…",
  unknownPlaces: "It names places. Say which of your locations they are.",
  mapPlaces: "Choose the locations…",
  waitingTitle: "Waiting for your word",
  take: "Take these days",
  takeRest: "Take the lines that could be read",
  dismiss: "Let the file go",
  takenNow: (name: string) => `${name} is taken. Its days are read now.`,
  dismissedNow: (name: string) => `${name} is let go; nothing of it was taken.`,
  facts: (drop: DropView) => `${drop.layoutName} · ${partWords[drop.part]} · ${count(drop.rowCount, "line")} · ${count(drop.dayCount, "day")}`,
  datesRead: (order: "mdy" | "dmy") => (order === "mdy" ? "Dates were read month first, where figures leave it open." : "Dates were read day first, where figures leave it open."),
  otherDates: (order: "mdy" | "dmy") => (order === "mdy" ? "Read day first instead" : "Read month first instead"),
  categories: "By category",
  tenders: "By tender",
  none: "None in this file",
  badTitle: (many: number) => `${count(many, "line")} could not be read`,
  badNext: "Mend them in your till or in the file and drop it again, or take the rest without them.",
  line: "Line",
  reason: "Why",
  more: (many: number) => `and ${count(many, "more line")}`,
  smallerTitle: (many: number) => `${count(many, "day")} would become smaller`,
  smallerNext: "An earlier file says more of these days. A file that begins or ends within a day does not hold it whole.",
  smaller: (location: string, date: string, before: string, after: string) => `${location}, ${date}: ${before} before, ${after} now`,
  halvesTitle: "Days that wait for their other file",
  halvesNext: "Nothing is posted for them until both are there.",
  half: (location: string, date: string, has: "goods" | "money") => `${location}, ${date}: what was ${has === "goods" ? "sold is there, how it was paid is not" : "paid is there, what was sold is not"}`,
  historyTitle: "Dropped so far",
  historyNone: "No file was dropped yet. The first one is a good test: drop yesterday's.",
  file: "File",
  when: "When",
  lines: "Lines",
  days: "Days",
  became: "What became of it",
  span: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  notConnected: "Your till is not files",
  notConnectedNext: "If your till cannot be connected, its export files can be dropped here. Connect Files from any till first.",
  toConnections: "To connections",
  noLocation: "Add a location first",
  noLocationNext: "The days of a file belong to a location: its name, its time zone and the hour at which its day closes.",
  notChosen: (names: string) => `${names} is not kept yet: its days are only read for a preview. Choose its first day under Connections.`,
  cancel: "Cancel",
  save: "Save and read the file",
} as const;

export const partWords = { goods: "What was sold", money: "How it was paid", whole: "Everything" } as const satisfies Record<DropView["part"], string>;

export const dropStates = {
  waiting: { glyph: "◐", word: "Waits for your word", tone: "held" },
  taken: { glyph: "✓", word: "Taken", tone: "ties" },
  dismissed: { glyph: "–", word: "Let go", tone: "quiet" },
} as const satisfies Record<DropView["state"], { glyph: string; word: string; tone: Tone }>;

export const mapperWords = {
  title: (name: string) => `What ${name} holds`,
  about: "Once is enough: every file with the same headings is read like this from now on. These first lines are shown in your browser only.",
  firstLines: "The first lines of the file",
  name: "What you call this export",
  nameHint: "Such as the name of your till.",
  nameMissing: "Give it a name.",
  part: "A file holds",
  columns: "Columns",
  nothing: "No column",
  sample: (text: string) => `Such as: ${text}`,
  dates: "Dates such as 5/7",
  datesWords: { mdy: "May 7: the month first", dmy: "5 July: the day first" },
  decimals: "Amounts",
  decimalsWords: { point: "1,234.50 with a point", comma: "1.234,50 with a comma" },
  tender: "All of it was paid by",
  tenderHint: "For exports without a column that says it, such as Card.",
  tip: "The amount paid holds the tip",
} as const;

export const fieldWords = {
  date: "Date", time: "Time", place: "Location", order: "Sale or receipt number", category: "Category", quantity: "Quantity", price: "Price of one", gross: "Sold for (before discounts, without tax)",
  discount: "Discount", tax: "Tax", tip: "Tip", service: "Service charge", gift_sold: "Gift cards sold", tender: "Paid by", amount: "Amount paid", refund: "Whether it is a refund",
} as const satisfies Record<CustomField, string>;

export const placesWords = {
  title: "Which locations are these?",
  about: "The file names them like this. It is asked once.",
  nameless: "A file that names none",
} as const;
