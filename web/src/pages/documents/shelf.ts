/** Documents as they come in pages: newest first, one page laid against the next, and looked at anew without losing any. */
import type { DocumentItem } from "../../../../src/features/documents/contract";

/** What is known so far; `next` asks for what follows, null at the end. */
export type Shelf = { readonly documents: readonly DocumentItem[]; readonly next: string | null };

/** The first page, asked again: it replaces what it covers, and what came after it stays. */
export function withFirstPage(shelf: Shelf | null, page: Shelf): Shelf {
  const last = page.documents.at(-1);
  if (shelf === null || last === undefined || page.next === null) return page;
  const later = shelf.documents.filter((document) => isOlder(document, last));
  return later.length === 0 ? page : { documents: [...page.documents, ...later], next: shelf.next };
}

/** The page after the last one. */
export function withNextPage(shelf: Shelf, page: Shelf): Shelf {
  const known = new Set(shelf.documents.map(({ id }) => id));
  return { documents: [...shelf.documents, ...page.documents.filter(({ id }) => !known.has(id))], next: page.next };
}

/** The documents before and after one, or null where there are none. */
export function neighboursOf(documents: readonly DocumentItem[], id: string): { readonly before: string | null; readonly after: string | null } {
  const at = documents.findIndex((document) => document.id === id);
  return at === -1 ? { before: null, after: null } : { before: documents[at - 1]?.id ?? null, after: documents[at + 1]?.id ?? null };
}

function isOlder(one: DocumentItem, other: DocumentItem): boolean {
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;
}
