/** What the pages of documents say. What only a dialog says stands in `share-words.ts` and `details-words.ts`. */
import type { DocumentItem, DocumentKind, MediaType, SubjectKind } from "../../../../src/features/documents/contract";
import { plainDate } from "../../ui/dates";
import { count } from "../../ui/format";

export const kindWords = { photo: "Photo", warranty: "Warranty paper", certificate: "Certificate", report: "Report", other: "Other" } as const satisfies Record<DocumentKind, string>;
export const kindPlurals = { photo: "Photos", warranty: "Warranty papers", certificate: "Certificates", report: "Reports", other: "Other" } as const satisfies Record<DocumentKind, string>;

export const subjectKindWords = { shop: "The shop itself", job: "A job", product: "A product", day: "A business day" } as const satisfies Record<SubjectKind, string>;

export const mediaWords = {
  "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "image/heic": "HEIC", "application/pdf": "PDF", "text/csv": "CSV", "text/plain": "Text",
} as const satisfies Record<MediaType, string>;

/** "Job: 1042", "Serial number X-1", "14 July 2026", "The shop itself". */
export function subjectInWords({ subjectKind, subject }: Pick<DocumentItem, "subjectKind" | "subject">): string {
  const named = { shop: "The shop itself", job: /^job\b/i.test(subject) ? subject : `Job: ${subject}`, product: `Serial number ${subject}`, day: /^\d{4}-\d{2}-\d{2}$/.test(subject) ? plainDate(subject) : subject };
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
  anyKind: "Everything but reports",
  reports: "Reports of days and months",
  anySubject: "About anything",
  onlyAbout: (subject: string) => `Only about ${subject}`,
  expiring: "Expired, or soon",
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
  columns: { title: "Title", about: "About", kind: "Kind", expiry: "Expiry", filed: "Filed", size: "Size" },
  sealed: "Sealed with the shop’s key",
} as const;
