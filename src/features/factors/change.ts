/** What every new factor and every removed one brings with it: recovery codes, a letter, and what other sessions still count for. */
import type { Context } from "hono";
import { sql, type SQL } from "drizzle-orm";
import { failed, ok, type Result } from "../../kernel/result";
import type { PersonId } from "../../kernel/ids";
import type { SignedIn } from "../../http/person";
import type { Statement } from "../../platform/audit";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import type { SecurityEvent } from "../people/service";
import { endingSessions, secondFactorForgotten } from "../sessions/service";
import { tellOfChange } from "./letters";
import { newRecoveryCodes, recoveryHash } from "./recovery";
import { codesReplaced, countFactors, hasSecondFactor, idleCodesRemoved, readAskingShops, type Removal } from "./store";

/** New codes in plain, to be shown once, and the statements that put them in place of the earlier ones. */
export type FreshCodes = { readonly codes: string[]; readonly statements: readonly Statement[] };

/** Makes recovery codes that replace all earlier ones where `condition` holds when the batch is run. */
export async function freshCodes(world: World, directory: DirectoryDb, personId: PersonId, condition: SQL): Promise<FreshCodes> {
  const codes = newRecoveryCodes(world.random);
  const hashes = await Promise.all(codes.map(async (code) => await recoveryHash(personId, code)));
  return { codes, statements: codesReplaced(directory, personId, hashes, world.clock(), condition) };
}

/** New recovery codes for somebody who asks; `conflict` for somebody who has no factor that they could stand in for. */
export async function renewCodes(c: Context, signed: SignedIn): Promise<Result<{ codes: string[] }>> {
  const directory = directoryDb(c.env);
  const { confirmedAt, passkeys } = await countFactors(directory, signed.personId);
  if (confirmedAt === null && passkeys === 0) return failed({ kind: "conflict", message: "Add an authenticator app or a passkey first." });
  const fresh = await freshCodes(c.get("world"), directory, signed.personId, sql`${hasSecondFactor(signed.personId)}`);
  const letter = await tellOfChange(c, signed, { kind: "recovery_codes_made" });
  await directory.batch([letter.statement, ...fresh.statements]);
  await letter.send();
  return ok({ codes: fresh.codes });
}

/**
 * Removes a factor. Other sessions end: what they showed may be what was taken away. `conflict` for the last factor of
 * somebody of whom a shop asks for one.
 */
export async function removeFactor(c: Context, signed: SignedIn, removal: Removal, event: SecurityEvent): Promise<Result<Record<string, never>>> {
  const directory = directoryDb(c.env);
  const { personId, sessionId } = signed;
  const { confirmedAt, passkeys } = await countFactors(directory, personId);
  const isLast = (confirmedAt === null ? 0 : 1) + passkeys <= 1;
  const asking = isLast ? await readAskingShops(directory, personId) : [];
  if (asking.length > 0) return neededBy(asking);
  const letter = await tellOfChange(c, signed, event);
  const ending = endingSessions(c.get("world"), c.env, directory, personId, sessionId);
  const [removed] = await directory.batch([
    removal, idleCodesRemoved(directory, personId), ending.statement, letter.statement, ...(isLast ? [secondFactorForgotten(directory, sessionId)] : []),
  ]);
  await Promise.all([letter.send(), ending.tell()]);
  return removed.length === 1 ? ok({}) : failed({ kind: "conflict", message: "That was not removed: a shop has asked for a second factor meanwhile." });
}

/** The person is a member of these shops: nothing is said that they do not see anyway. */
function neededBy(shops: readonly string[]): Result<never> {
  const names = shops.join(", ");
  return failed({ kind: "conflict", message: `This is your last second factor, and it is asked for by ${names}. Add another one first.` });
}
