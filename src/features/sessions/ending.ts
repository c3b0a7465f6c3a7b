/** Ending sessions: at once for the next request, and within a second for the pages that are open. */
import type { PersonId, SessionId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { SignedIn } from "../../http/person";
import type { Statement } from "../../platform/audit";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { tellEnded } from "../../platform/watch-client";
import type { World } from "../../platform/world";
import { proofOf } from "./identify";
import { othersAskedAgain, takeSession, takeSessionById, takeSessionOfSite, sessionsEndedOf, type Taken } from "./store";

type Wiring = Pick<World, "log">;

/** Sessions that end with a batch, and the word to their open pages, to be said when it was done. */
export type Ending = { readonly statement: Statement; readonly tell: () => Promise<void> };

/**
 * Prepares the end of every session of a person but one (all of them where `kept` is null), at `auth.` and at every
 * site: put `statement` into the act's batch, then call `tell`, which never throws.
 */
export function endingSessions(world: Wiring, env: Bindings, directory: DirectoryDb, personId: PersonId, kept: SessionId | null): Ending {
  return {
    statement: sessionsEndedOf(directory, personId, kept),
    tell: async () => await tellEnded(world, env, personId, { but: kept }),
  };
}

/** Prepares that every session of a person but one shows the second factor before it opens anything more; otherwise as above. */
export function askingOthersAgain(world: Wiring, env: Bindings, directory: DirectoryDb, personId: PersonId, kept: SessionId): Ending {
  return {
    statement: othersAskedAgain(directory, personId, kept),
    tell: async () => await tellEnded(world, env, personId, { but: kept }),
  };
}

/** Ends the session of the request's cookie at `auth.`, and with it every site's session that came from it. */
export async function endSession(world: Wiring, env: Bindings, request: Request): Promise<void> {
  const proof = await proofOf(request);
  if (proof !== null) await told(world, env, await takeSession(directoryDb(env), proof));
}

/** Ends the whole session that the request entered a site with: whoever signs out of a shop is signed out of `auth.` too. */
export async function endSessionOfSite(world: Wiring, env: Bindings, request: Request): Promise<void> {
  const proof = await proofOf(request);
  if (proof !== null) await told(world, env, await takeSessionOfSite(directoryDb(env), proof));
}

/** Ends one session of the person who asks. `not_found` for anybody else's, as for one that never was. */
export async function endOneSession(world: Wiring, env: Bindings, signed: SignedIn, id: SessionId): Promise<Result<object>> {
  const taken = await takeSessionById(directoryDb(env), id, signed.personId);
  if (taken === undefined) return failed({ kind: "not_found" });
  await told(world, env, taken);
  return ok({});
}

/** Ends every session of the person who asks but the one they ask with. */
export async function endOtherSessions(world: Wiring, env: Bindings, { personId, sessionId }: SignedIn): Promise<void> {
  const directory = directoryDb(env);
  const ending = endingSessions(world, env, directory, personId, sessionId);
  await directory.batch([ending.statement]);
  await ending.tell();
}

/** Tells the pages of a session that it is over; nothing where none was ended. */
export async function told(world: Wiring, env: Bindings, taken: Taken | undefined): Promise<void> {
  if (taken !== undefined) await tellEnded(world, env, taken.personId, { only: taken.id });
}
