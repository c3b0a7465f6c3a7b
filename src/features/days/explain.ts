/** Why a day is not in the books, in words: what happened, what it means, and the ways out in their order. */
import { toReadable } from "../../kernel/money";
import type { Failure } from "../../kernel/failure";
import type { Explanation, Fix, ShownState } from "./contract";
import { explainFailure } from "./explain-failure";

/** What the words are made from. Names are the merchant's own: "Square", "QuickBooks". */
export type Circumstances = {
  readonly state: ShownState;
  readonly reason: Failure | null;
  readonly mode: "preview" | "approve" | "automatic";
  /** Whether entries of the day are in the books, whatever became of them. */
  readonly isPosted: boolean;
  readonly isUndone: boolean;
  /** What remains to be posted of a day that is in the books; null where nothing does or nobody knows. */
  readonly correction: Correction | null;
  readonly tillName: string;
  /** Whether the till is export files that somebody drops. */
  readonly takesFiles: boolean;
  readonly booksName: string;
  /** Where the day's entry, or else the books, can be looked at; null where nobody knows. */
  readonly booksUrl: string | null;
  readonly currency: string;
  /** Minor units: what the till says now, and what stands in the books. Null where there is nothing. */
  readonly tillMinor: number | null;
  readonly booksMinor: number | null;
  readonly providerName: (id: string) => string;
  readonly accountName: (id: string) => string | null;
  /** The lines of the day that go to one of these accounts. */
  readonly linesOn: (accountIds: readonly string[]) => readonly { readonly key: string; readonly label: string }[];
};

/** Why, when, and whether everything is taken back before. */
export type Correction = { readonly cause: string; readonly bookedOn: string; readonly isMoved: boolean; readonly replaces: boolean };

/** The explanation of a day, or null where the day speaks for itself. */
export function explain(about: Circumstances): Explanation | null {
  if (about.reason !== null) return explainFailure(about.reason, about);
  switch (about.state) {
    case "uncertain":
      return uncertain(about);
    case "changed":
      return changed(about);
    case "ready":
      return ready(about);
    case "missing":
      return missing(about);
    case "collecting":
    case "posting":
    case "posted":
    case "final":
    case "held":
    case "failed":
    case "no_sales":
    case "corrected":
    case "open":
      return null;
  }
}

/** The first sentence alone, for lists. */
export function headlineOf(about: Circumstances): string | null {
  return about.reason === null ? null : explainFailure(about.reason, about).title;
}

function uncertain({ booksName }: Circumstances): Explanation {
  return calm(
    `The answer of ${booksName} was lost on the way`,
    `The entry may or may not be in your books. Daybook looks it up before it does anything else, so it can never stand there twice.`,
    [{ act: "look_up", text: "This happens by itself within a few minutes, or at once:", button: "Look it up now", link: null }],
  );
}

function changed(about: Circumstances): Explanation {
  const { tillName, booksName, booksUrl, currency, tillMinor, booksMinor, correction } = about;
  const amounts = tillMinor === null || booksMinor === null
    ? ""
    : ` ${tillName} now says ${toReadable(tillMinor, currency)} ${currency}, the entry in your books ${toReadable(booksMinor, currency)} ${currency}.`;
  const fixes: Fix[] = [
    ...(correction === null ? [] : [postCorrection(correction)]),
    { act: "read_again", text: `If you have put it right in ${tillName}:`, button: "Read it again", link: null },
    ...(booksUrl === null ? [] : [{ act: "open_books" as const, text: "Or look at the entry as it stands:", button: `Open in ${booksName}`, link: booksUrl }]),
    { act: "undo", text: "Or take the whole day back, with reversing entries:", button: "Take it back", link: null },
  ];
  return calm(
    `This day changed in ${tillName} after it was posted`,
    `Your books hold the day as it was posted; nothing in them is ever changed or deleted.${amounts}${correction === null ? "" : inWords(correction, booksName)}`,
    fixes,
  );
}

function inWords({ cause, bookedOn, isMoved, replaces }: Correction, booksName: string): string {
  const how = replaces ? " What stands there would be taken back by a reversing entry and the day posted anew." : "";
  const when = isMoved ? ` ${booksName} is closed for this date, so the correction would carry ${bookedOn}, the first open day.` : "";
  return ` The difference: ${cause}.${how}${when}`;
}

function postCorrection({ isMoved }: Correction): Fix {
  return { act: "post", text: isMoved ? "When it looks right, on the first open day:" : "When it looks right:", button: "Post the correction", link: null };
}

const READY_TITLES = {
  preview: "This is a preview: nothing has been posted",
  approve: "This day waits for your approval",
  automatic: "This day was read before posting became automatic",
} as const;

function ready({ mode, booksName, isUndone }: Circumstances): Explanation {
  return calm(
    isUndone ? "What was posted for this day was taken back" : READY_TITLES[mode],
    "Look through the entry. It is posted only when you press the button, and exactly once however often you press it.",
    [{ act: "post", text: "When it looks right:", button: `Post to ${booksName}`, link: null }],
  );
}

function missing({ tillName, takesFiles }: Circumstances): Explanation {
  if (takesFiles) return fileMissing();
  return calm(
    "Daybook has not read this day",
    "Nothing was posted for it and your books are unchanged. Daybook looks for missing days of the last 35 days every night.",
    [{ act: "read_again", text: `Its sales are still in ${tillName}:`, button: "Read it now", link: null }],
  );
}

function fileMissing(): Explanation {
  return calm(
    "No file holds the whole of this day yet",
    "Nothing was posted for it and your books are unchanged. A day is read when its export was dropped: one file of everything, or both the file of what was sold and the file of how it was paid.",
    [{ act: "drop_file", text: "Export the day from your till:", button: "Drop the file", link: "/files" }],
  );
}

function calm(title: string, meaning: string, fixes: readonly Fix[]): Explanation {
  return { title, meaning, fixes: [...fixes], details: null, lines: [] };
}
