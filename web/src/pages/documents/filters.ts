/** What the documents page shows, kept in the address so that back, reload and a sent link show the same. */
import type { DocumentKind, DocumentsQuery, SubjectKind } from "../../../../src/features/documents/contract";
import { addDays, type BusinessDate } from "../../../../src/kernel/day";
import { kindWords, subjectKindWords } from "./words";

export type DocumentFilters = {
  readonly search: string;
  readonly kind: DocumentKind | null;
  readonly about: SubjectKind | null;
  /** The job, the serial number or the date; empty for all of them. */
  readonly subject: string;
  /** Only what expired or expires soon. */
  readonly isExpiring: boolean;
};

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What "soon" means of an expiry. */
export const SOON_DAYS = 30;
const KINDS = Object.keys(kindWords) as readonly DocumentKind[];
const SUBJECT_KINDS = Object.keys(subjectKindWords) as readonly SubjectKind[];
/** Longer texts and control characters are no search that the server would take. */
const SEARCH = /^[^\p{Cc}\p{Cs}]{1,80}$/u;
const SUBJECT = /^[^\p{Cc}\p{Cs}]{1,100}$/u;

/** Reads the address; whatever makes no sense in it is as if it were not there. */
export function readDocumentFilters(query: Query): DocumentFilters {
  const about = SUBJECT_KINDS.find((kind) => kind === query["about"]) ?? null;
  return {
    search: shaped(query["search"], SEARCH),
    kind: KINDS.find((kind) => kind === query["kind"]) ?? null,
    about,
    subject: about === null ? "" : shaped(query["subject"], SUBJECT),
    isExpiring: query["expiring"] === "soon",
  };
}

/** The address of the page with some filters changed; what is not asked for is left out. */
export function documentsAddress(filters: DocumentFilters, change: Partial<DocumentFilters> = {}): string {
  return addressOf("/documents", { ...filters, ...change });
}

/** The address of one document, which leads back to what was shown. */
export function documentAddress(id: string, filters: DocumentFilters = readDocumentFilters({})): string {
  return addressOf(`/documents/${encodeURIComponent(id)}`, filters);
}

/** What the server is asked. `today` is the shop's own date. */
export function questionOf(filters: DocumentFilters, today: BusinessDate): DocumentsQuery {
  const search = filters.search.trim();
  return {
    ...(search === "" ? {} : { search }),
    ...(filters.kind === null ? {} : { kind: filters.kind }),
    ...(filters.about === null ? {} : { subjectKind: filters.about }),
    ...(filters.subject === "" ? {} : { subject: filters.subject }),
    ...(filters.isExpiring ? { expiresBy: addDays(today, SOON_DAYS) } : {}),
  };
}

/** Whether anything is filtered. */
export function isFiltered(filters: DocumentFilters): boolean {
  return filters.search !== "" || filters.kind !== null || filters.about !== null || filters.isExpiring;
}

function addressOf(path: string, { search, kind, about, subject, isExpiring }: DocumentFilters): string {
  const query = new URLSearchParams({
    ...(search === "" ? {} : { search }), ...(kind === null ? {} : { kind }), ...(about === null ? {} : { about }),
    ...(about === null || subject === "" ? {} : { subject }), ...(isExpiring ? { expiring: "soon" } : {}),
  });
  return query.size === 0 ? path : `${path}?${query}`;
}

function shaped(value: string | readonly string[] | undefined, shape: RegExp): string {
  return typeof value === "string" && shape.test(value) ? value : "";
}
