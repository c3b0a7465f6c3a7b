/**
 * The first time that an address is proved. Whoever set up the account before that may have been somebody else, who waits
 * for its owner to come (Better-Auth GHSA-qq9h-g4jm-xgf3): so everything that was planted on it goes, and only what was
 * shown just now stays.
 */
import type { Context } from "hono";
import type { PersonId, SessionId } from "../../kernel/ids";
import type { SignedIn } from "../../http/person";
import type { Statement } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { factorsErased } from "../factors/service";
import { devicesForgotten, personVerified, type Person } from "../people/service";
import { endingSessions } from "../sessions/service";
import { passwordErased } from "./store";

/** What the session in which an address is proved has shown itself. */
export type Kept = { readonly sessionId: SessionId; readonly password: boolean; readonly factors: boolean };

const NOTHING: { readonly sessionId: null; readonly password: boolean; readonly factors: boolean } = { sessionId: null, password: false, factors: false };

/** What a signed-in person has shown in this session: that is theirs, and stays. */
export function keptOf({ sessionId, factors, secondFactorAt }: SignedIn): Kept {
  return { sessionId, password: factors.includes("password"), factors: secondFactorAt !== null };
}

/** Statements for a batch, and what is to be said when it was done. */
export type Act = { readonly statements: readonly Statement[]; readonly tell: () => Promise<void> };

const NOTHING_TO_DO: Act = { statements: [], tell: async () => undefined };

/** Notes that a person's address is theirs and, where that was not known before, erases what was planted; nothing where it was. */
export function addressProved(c: Context, { id, verifiedAt }: Person, kept: Kept | null): Act {
  if (verifiedAt !== null) return NOTHING_TO_DO;
  const world: World = c.get("world");
  const directory = directoryDb(c.env);
  const { sessionId, password, factors } = kept ?? NOTHING;
  const ending = endingSessions(world, c.env, directory, id, sessionId);
  const statements = [
    ...(password ? [] : [passwordErased(directory, id)]),
    ...(factors ? [] : factorsErased(directory, id)),
    ending.statement,
    devicesForgotten(directory, id),
    personVerified(directory, id, world.clock()),
  ];
  return { statements, tell: ending.tell };
}

/** Ends the sessions of a person but one, where they wish it; nothing otherwise. */
export function sessionsEndedIf(c: Context, isWished: boolean, personId: PersonId, kept: SessionId | null): Act {
  if (!isWished) return NOTHING_TO_DO;
  const { statement, tell } = endingSessions(c.get("world"), c.env, directoryDb(c.env), personId, kept);
  return { statements: [statement], tell };
}
