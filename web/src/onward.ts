/** Where a browser goes once somebody is signed in at `auth.`, and what it keeps for that until then. */
import type { EnterRequest } from "../../src/features/sessions/contract";
import { read, write } from "./ui/choices";

const INVITATION = "daybook-invitation";
const ENTRY = "entry";
/** As long as a letter's link serves. */
const ENTRY_MS = 10 * 60_000;

/** Keeps an invitation's secret for this tab, while its owner signs in or up. */
export function keepInvitation(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(INVITATION);
    else sessionStorage.setItem(INVITATION, token);
  } catch {
    // Storage is forbidden here: the letter's link has to be opened once more after signing in.
  }
}

/** The invitation that waits in this tab, or null. */
export function keptInvitation(): string | null {
  try {
    return sessionStorage.getItem(INVITATION);
  } catch {
    return null;
  }
}

/** Remembers which site asked, for the tab that the letter's link will open. It holds no secret. */
export function keepEntry(enter: EnterRequest | undefined): void {
  write(ENTRY, enter === undefined ? null : JSON.stringify({ enter, at: Date.now() }));
}

/** The site that asked before the letter was sent, once; undefined when none did, or long ago. */
export function takeEntry(): EnterRequest | undefined {
  const kept = read(ENTRY);
  write(ENTRY, null);
  if (kept === null) return undefined;
  // Our own writing of minutes ago; the server checks every part of it again.
  const { enter, at } = JSON.parse(kept) as { readonly enter: EnterRequest; readonly at: number };
  return Date.now() - at < ENTRY_MS ? enter : undefined;
}

/** Leaves for `next`, which the server named; somebody with an invitation in hand is taken to that first. */
export function goOn(next: string): void {
  location.assign(keptInvitation() === null ? next : "/invitation");
}
