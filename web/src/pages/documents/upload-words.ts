/** What is said of files on their way. */
import type { Trouble } from "../../ask";
import { count } from "../../ui/format";
import type { UploadState } from "./uploads";

export const uploadWords = {
  list: "Being filed",
  name: (file: string) => `Title of ${file}`,
  states: { queued: "Waits for its turn", preparing: "Being looked at…", sending: "On its way", checking: "Being checked…", offline: "Waits for the network", filed: "Filed", failed: "Not filed" } satisfies Record<UploadState, string>,
  sending: (part: number) => `On its way, ${Math.floor(part * 100)} %`,
  progress: (title: string) => `Progress of ${title}`,
  refusedNext: "Nothing was filed of it; the others go on. Choose another file, or a copy that was saved as one of these.",
  again: "Try again",
  againSmaller: "Make it smaller and try again",
  cancel: "Cancel",
  remove: "Remove from this list",
  clear: "Clear the filed ones",
  open: "Open",
  smaller: (before: string, after: string) => `made smaller: ${before} became ${after}`,
  noThumbnail: "This browser cannot show this photo; it is filed all the same.",
  summary: (filed: number, all: number, failed: number) => `${filed} of ${all} filed${failed === 0 ? "" : `, ${failed} to try again`}`,
  allDone: (filed: number) => `${count(filed, "document")} filed.`,
  unfinishedTitle: "Not finished",
  unfinishedText: "These were interrupted. Choose the same file again to go on where it stopped.",
  unfinished: (arrived: string, all: string, until: string) => `${arrived} of ${all} arrived. It is kept until ${until}.`,
  goOn: "Choose the file…",
  letGo: "Let it go",
  letGone: (name: string) => `${name} is let go; nothing of it is kept.`,
  otherFile: (name: string) => `That is another file, or ${name} was changed meanwhile. Choose the one that was begun, or let it go and file this one anew.`,
} as const;

/** What this browser says itself of a file. */
const trouble = (title: string, next: string): Trouble => ({ kind: "invalid_input", title, next, fields: [], reference: "" });
export const uploadTroubles = {
  empty: trouble("This file is empty.", "Nothing was filed. Look whether it was saved, and choose it again."),
  tooLarge: trouble("This file is larger than 5 GB.", "Nothing was filed. File it in pieces, or a smaller copy of it."),
  largePhoto: trouble("This photo is larger than 25 MB.", "Nothing was filed. Make it smaller and try again."),
  unreadable: trouble("This file could not be read from your device.", "Nothing was filed. It may be a folder, or was moved meanwhile: choose it again."),
} as const;
