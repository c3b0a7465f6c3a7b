/** Export files of a till without an API, as the web app sees them. Amounts are minor units; instants epoch milliseconds. */
import { z } from "zod";
import { dateText, id } from "../connections/contract";

export const FILE_PARTS = ["goods", "money", "whole"] as const;
export const DROP_STATES = ["waiting", "taken", "dismissed"] as const;

/** Everything that a column of a file can hold for a shop that says so itself. */
export const CUSTOM_FIELDS = [
  "date", "time", "place", "order", "category", "quantity", "price", "gross", "discount", "tax", "tip", "service", "gift_sold", "tender", "amount", "refund",
] as const;
export type CustomField = (typeof CUSTOM_FIELDS)[number];

const heading = z.string().min(1).max(120);
const printable = (most: number) => z.string().trim().min(1).max(most).regex(/^[^\p{Cc}]*$/u, "no control characters");

/** What a shop says once of its own till's files. `headings` are the file's first line, as the file has it. */
export const layoutChange = z.strictObject({
  name: printable(60),
  headings: z.array(z.string().max(400)).min(2).max(200),
  part: z.enum(FILE_PARTS),
  /** By field, the heading of its column. */
  columns: z.partialRecord(z.enum(CUSTOM_FIELDS), heading),
  dates: z.enum(["mdy", "dmy"]),
  decimals: z.enum(["point", "comma"]),
  /** What everything is paid by where no column says so. */
  tender: printable(40).nullable(),
  tipInAmount: z.boolean(),
});
export type LayoutChange = z.infer<typeof layoutChange>;
export const layoutSaved = z.strictObject({ name: z.string() });

/** Which location each of a file's words for one means. A file that names none is asked about every time: the next may be another's. */
export const placesChange = z.strictObject({
  places: z.array(z.strictObject({ name: z.string().min(1).max(100), location: id })).min(1).max(100),
});
export type PlacesChange = z.infer<typeof placesChange>;
export const placesSaved = z.strictObject({ saved: z.number().int() });

/** `location`: the one that the whole file is of, whatever it names. `dates`: the order of day and month, where somebody knows better. */
export const uploadQuery = z.strictObject({
  name: z.string().min(1).max(255),
  location: id.optional(),
  dates: z.enum(["mdy", "dmy"]).optional(),
});
export type UploadQuery = z.infer<typeof uploadQuery>;
export const dropPath = z.strictObject({ drop: id });
export const noWords = z.strictObject({});

const labelled = z.strictObject({ label: z.string(), minor: z.number().int() });

/** What a file came to. */
export const dropSummary = z.strictObject({
  currency: z.string(),
  /** Gross of goods less what came back, largest first; at most 40, the rest under one label. */
  categories: z.array(labelled),
  /** Taken less given back. */
  tenders: z.array(labelled),
  firstDate: dateText.nullable(),
  lastDate: dateText.nullable(),
  dates: z.enum(["mdy", "dmy"]),
  /** Rows that do not count by the till's own word, such as payments that failed. */
  skippedCount: z.number().int(),
  badCount: z.number().int(),
  /** The first 50: where they stand and why, never what they say. */
  bad: z.array(z.strictObject({ line: z.number().int(), reason: z.string() })),
  /** Days that would come to less than the file before said; at most 50. */
  smaller: z.array(z.strictObject({ locationId: id, date: dateText, beforeMinor: z.number().int(), afterMinor: z.number().int() })),
  smallerCount: z.number().int(),
  /** Sentences. */
  warnings: z.array(z.string()),
});
export type DropSummary = z.infer<typeof dropSummary>;

export const dropView = z.strictObject({
  id,
  name: z.string(),
  layoutName: z.string(),
  part: z.enum(FILE_PARTS),
  state: z.enum(DROP_STATES),
  sizeBytes: z.number().int(),
  rowCount: z.number().int(),
  dayCount: z.number().int(),
  summary: dropSummary,
  droppedBy: z.string(),
  droppedAt: z.number().int(),
});
export type DropView = z.infer<typeof dropView>;

/** What became of a file that was dropped. Only `dropped` keeps anything of it. */
export const uploadAnswer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("dropped"), drop: dropView }),
  /** Nobody knows such headings: say once what the columns hold. `columns` is a guess. */
  z.strictObject({ kind: z.literal("unknown_layout"), headings: z.array(z.string()), columns: z.partialRecord(z.enum(CUSTOM_FIELDS), z.string()) }),
  /** The file names places, and it is not known which locations they are; an empty name is a file that names none. */
  z.strictObject({ kind: z.literal("unknown_places"), names: z.array(z.string()) }),
]);
export type UploadAnswer = z.infer<typeof uploadAnswer>;
export const dropAnswer = z.strictObject({ drop: dropView });

export const filesView = z.strictObject({
  /** Whether the shop's till is files at all. */
  isConnected: z.boolean(),
  locations: z.array(z.strictObject({ id, name: z.string(), isChosen: z.boolean() })),
  layouts: z.array(z.strictObject({ name: z.string(), savedAt: z.number().int() })),
  /** The latest, newest first; at most 50. */
  drops: z.array(dropView),
  /** Days of the last nine weeks of which one file is there and the other is not, newest first; at most 100. */
  halves: z.array(z.strictObject({ locationId: id, date: dateText, has: z.enum(["goods", "money"]) })),
  largestBytes: z.number().int(),
});
export type FilesView = z.infer<typeof filesView>;
