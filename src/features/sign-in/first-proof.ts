/**
 * The first time that an address is proved. Whoever set up the account before that may have been somebody else, who waits
 * for its owner to come (Better-Auth GHSA-qq9h-g4jm-xgf3): so everything that was planted on it goes, and only what was
 * shown just now stays.
 */
import type { SessionId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { factorsErased } from "../factors/service";
import { devicesForgotten, personVerified, type Person } from "../people/service";
import type { SignedIn } from "../../http/person";
import { sessionsEndedOf } from "../sessions/service";
import { passwordErased } from "./store";

/** What the session in which an address is proved has shown itself. */
export type Kept = { readonly sessionId: SessionId; readonly password: boolean; readonly factors: boolean };

const NOTHING: { readonly sessionId: null; readonly password: boolean; readonly factors: boolean } = { sessionId: null, password: false, factors: false };

/** What a signed-in person has shown in this session: that is theirs, and stays. */
export function keptOf({ sessionId, factors, secondFactorAt }: SignedIn): Kept {
  return { sessionId, password: factors.includes("password"), factors: secondFactorAt !== null };
}

/** Notes that a person's address is theirs and, where that was not known before, erases what was planted; empty where it was. */
export function addressProved(directory: DirectoryDb, { id, verifiedAt }: Person, now: number, kept: Kept | null): Statement[] {
  if (verifiedAt !== null) return [];
  const { sessionId, password, factors } = kept ?? NOTHING;
  return [
    ...(password ? [] : [passwordErased(directory, id)]),
    ...(factors ? [] : factorsErased(directory, id)),
    sessionsEndedOf(directory, id, sessionId),
    devicesForgotten(directory, id),
    personVerified(directory, id, now),
  ];
}
