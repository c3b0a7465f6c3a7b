/** Which contacts are listed, kept in the address so that back, reload and a sent link show the same. */
import type { ConsentState, ContactsQuery } from "../../../../src/features/contacts/contract";
import { consentStates } from "./consent-words";

export type ContactFilters = { readonly search: string; readonly consent: ConsentState | null; readonly tag: string };

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

export const STATES = Object.keys(consentStates) as readonly ConsentState[];
/** Longer texts and control characters are nothing that the server would take. */
const SEARCH = /^[^\p{Cc}\p{Cs}]{1,80}$/u;
const TAG = /^[^\p{Cc}\p{Cs}]{1,40}$/u;

/** Reads the address; whatever makes no sense in it is as if it were not there. */
export function readContactFilters(query: Query): ContactFilters {
  const shaped = (name: string, shape: RegExp) => {
    const value = query[name];
    return typeof value === "string" && shape.test(value) ? value : "";
  };
  return { search: shaped("search", SEARCH), consent: STATES.find((state) => state === query["consent"]) ?? null, tag: shaped("tag", TAG) };
}

/** The address of the page with some filters changed. */
export function contactsAddress(filters: ContactFilters, change: Partial<ContactFilters> = {}): string {
  const { search, consent, tag } = { ...filters, ...change };
  const query = new URLSearchParams({ ...(search === "" ? {} : { search }), ...(consent === null ? {} : { consent }), ...(tag === "" ? {} : { tag }) });
  return query.size === 0 ? "/contacts" : `/contacts?${query.toString()}`;
}

/** What the server is asked. */
export function questionOf({ search, consent, tag }: ContactFilters): ContactsQuery {
  return { ...(search.trim() === "" ? {} : { search: search.trim() }), ...(consent === null ? {} : { consent }), ...(tag.trim() === "" ? {} : { tag: tag.trim() }) };
}

/** Whether anything is filtered. */
export function isFiltered({ search, consent, tag }: ContactFilters): boolean {
  return search !== "" || consent !== null || tag !== "";
}
