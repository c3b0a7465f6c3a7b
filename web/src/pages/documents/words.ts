/** What the pages of documents say. What only a dialog says stands in `share-words.ts` and `details-words.ts`. */
import type { DocumentItem, DocumentKind, MediaType, SubjectKind } from "../../../../src/features/documents/contract";
import type { Trouble } from "../../ask";
import { plainDate } from "../../ui/dates";
import { count } from "../../ui/format";
import type { UploadState } from "./uploads";

export const kindWords = { photo: "Photo", warranty: "Warranty paper", certificate: "Certificate", report: "Report", other: "Other" } as const satisfies Record<DocumentKind, string>;
export const kindPlurals = { photo: "Photos", warranty: "Warranty papers", certificate: "Certificates", report: "Reports", other: "Other" } as const satisfies Record<DocumentKind, string>;

export const subjectKindWords = { shop: "The shop itself", job: "A job", product: "A product", day: "A business day" } as const satisfies Record<SubjectKind, string>;

export const mediaWords = {
  "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "image/heic": "HEIC", "application/pdf": "PDF", "text/csv": "CSV", "text/plain": "Text",
} as const satisfies Record<MediaType, string>;

/** "Job 1042", "Serial number X-1", "14 July 2026", "The shop itself". */
export function subjectInWords({ subjectKind, subject }: Pick<DocumentItem, "subjectKind" | "subject">): string {
  const named = { shop: "The shop itself", job: `Job: ${subject}`, product: `Serial number ${subject}`, day: /^\d{4}-\d{2}-\d{2}$/.test(subject) ? plainDate(subject) : subject };
  return subject === "" ? subjectKindWords[subjectKind] : named[subjectKind];
}

export const documentsWords = {
  title: "Documents",
  about: "Photos, warranty papers and reports. Nobody outside the shop sees one without a link from you.",
  file: "File documents…",
  camera: "Take a photo",
  dropHere: "Drop to file",
  dropAbout: "Photos, PDFs, CSVs and text. Each becomes a document of its own.",
  hint: "Or drop files anywhere on this page, or paste a picture.",
  limits: "JPEG, PNG, WebP, HEIC, PDF, CSV and plain text, up to 5 GB. Where a photo was taken and with what is removed before it is kept.",
  mayNotFile: (who: string) => `Only ${who} can file documents.`,
  options: "How new ones are filed",
  asKind: "As",
  byItself: "Photos as photos, all else as other",
  aboutWhat: "About",
  subject: { shop: "", job: "Which job", product: "Serial number", day: "Which day" },
  subjectHint: { shop: "", job: "Such as 1042", product: "As it stands on the product", day: "" },
  makeSmaller: "Make large photos smaller before they are sent",
  makeSmallerHint: "To 2,560 pixels on the longer side: quicker on a slow line, and still sharp on paper.",
  pasted: (moment: string) => `Pasted picture ${moment}.png`,
  search: "Search",
  searchHint: "Title, job, serial number, tag",
  kind: "Kind",
  anyKind: "Every kind",
  anySubject: "About anything",
  onlyAbout: (subject: string) => `Only about ${subject}`,
  expiring: "Expires soon",
  clear: "Show all",
  grid: "Grid",
  list: "List",
  view: "How documents are shown",
  more: "More",
  moreBusy: "One moment…",
  found: (many: number, isMore: boolean) => (isMore ? `The newest ${count(many, "document")}` : count(many, "document")),
  emptyTitle: "Nothing is filed yet",
  emptyText: "A photo of a finished job, the warranty of a machine, the lease: whatever you would have to look for one day.",
  emptyViewer: "What your colleagues file appears here.",
  none: "No document is like that.",
  noPicture: (type: string) => `${type}, without a picture`,
  columns: { title: "Title", about: "About", kind: "Kind", expiry: "Expiry", filed: "Filed", size: "Size" },
  filedBy: (name: string, when: string) => `Filed by ${name} ${when}`,
  sealed: "Sealed with the shop’s key",
  keepTitle: "How documents are kept",
  keepSeals: "Seal new documents with the shop’s own key",
  keepSealsHint: "They cannot be read without it, not even by whoever holds the storage. Those that are filed already stay as they are.",
  keepSaved: (seals: boolean) => (seals ? "New documents are sealed from now on." : "New documents are no longer sealed."),
  voidAll: "Void every link…",
  voidAllTitle: "Void every link of this shop?",
  voidAllText: "Every link that was ever given to somebody outside stops working at once, for all documents. New links can be made afterwards. This cannot be undone.",
  voidAllNow: "Void every link",
  voidedAll: "No link that was given so far works any longer.",
} as const;

export const uploadWords = {
  list: "Being filed",
  name: (file: string) => `Title of ${file}`,
  states: { queued: "Waits for its turn", preparing: "Being looked at…", sending: "On its way", checking: "Being checked…", offline: "Waits for the network", filed: "Filed", failed: "Not filed" } satisfies Record<UploadState, string>,
  sending: (part: number) => `On its way, ${Math.floor(part * 100)} %`,
  progress: (title: string) => `Progress of ${title}`,
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
  otherFile: (name: string) => `That is another file. Choose ${name}, of the same size.`,
} as const;

/** What this browser says itself of a file. */
const trouble = (title: string, next: string): Trouble => ({ kind: "invalid_input", title, next, fields: [], reference: "" });
export const uploadTroubles = {
  empty: trouble("This file is empty.", "Nothing was filed. Look whether it was saved, and choose it again."),
  tooLarge: trouble("This file is larger than 5 GB.", "Nothing was filed. File it in pieces, or a smaller copy of it."),
  largePhoto: trouble("This photo is larger than 25 MB.", "Nothing was filed. Make it smaller and try again."),
  unreadable: trouble("This file could not be read from your device.", "Nothing was filed. It may be a folder, or was moved meanwhile: choose it again."),
} as const;
