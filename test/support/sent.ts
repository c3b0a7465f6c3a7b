/** What a request to a provider is, for the recording that runs under every test: allowed at all, and if so a change. */
import { isAllowed } from "../../src/providers/send";
import { books, post, texting, tills } from "../../src/providers/registry";

/** One request as `send.ts` made it. */
export type Sent = { readonly method: string; readonly url: URL; readonly body: string };

const REACHES = [...[...Object.values(tills), ...Object.values(books)].map(({ manifest }) => manifest), post.reach, texting.reach];
const BOOKS = new Set(Object.values(books).flatMap(({ manifest }) => [...manifest.hosts]));

/** What tells a change from a creation: QuickBooks' object versions, Xero's ids of what is there, and states that end an entry. */
const CHANGES = /"(?:SyncToken|sparse|Id|ManualJournalID|AccountID)"\s*:|"(?:VOIDED|DELETED|ARCHIVED)"/;

/** Whether a request went where no manifest allows one. Providers of a test's own invention (`.example`) are its own affair. */
export function strayIn(sent: Sent | undefined): boolean {
  if (sent === undefined || sent.url.hostname.endsWith(".example")) return false;
  return !REACHES.some((reach) => isAllowed(reach, sent.method, sent.url));
}

/** What about a request would change or delete something in the books; null for a read and for a creation. */
export function changeIn(sent: Sent | undefined): string | null {
  if (sent === undefined || !BOOKS.has(sent.url.hostname)) return null;
  if (!["GET", "POST", "PUT"].includes(sent.method)) return sent.method;
  const operation = sent.url.searchParams.get("operation");
  // Lines name accounts by id: only what stands beside them is about the object itself.
  const head = sent.body.replace(/"(?:JournalLines|Lines?)"\s*:\s*\[.*\]/s, "");
  return operation ?? CHANGES.exec(head)?.[0] ?? null;
}
