/** Which conversations are listed, kept in the address so that back, reload and a sent link show the same. */
import type { ThreadFilter } from "../../../../src/features/messages/contract";
import { folderWords } from "./words";

export type InboxFilters = { readonly folder: ThreadFilter; readonly search: string };

export const FOLDERS = Object.keys(folderWords) as readonly ThreadFilter[];

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Longer texts and control characters are no search that the server would take. */
const SEARCH = /^[^\p{Cc}\p{Cs}]{1,80}$/u;

/** Reads the address; whatever makes no sense in it is as if it were not there. */
export function readInboxFilters(query: Query): InboxFilters {
  const search = query["search"];
  return { folder: FOLDERS.find((one) => one === query["show"]) ?? "open", search: typeof search === "string" && SEARCH.test(search) ? search : "" };
}

/** The address of a conversation, or of the list where `contact` is null, with the filters beside it. */
export function inboxAddress({ folder, search }: InboxFilters, contact: string | null = null): string {
  const query = new URLSearchParams({ ...(folder === "open" ? {} : { show: folder }), ...(search === "" ? {} : { search }) });
  const path = contact === null ? "/inbox" : `/inbox/${encodeURIComponent(contact)}`;
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
