/** What other features may know of somebody's second factors. */
import type { PersonId } from "../../kernel/ids";
import type { DirectoryDb } from "../../platform/database";
import { countFactors } from "./store";

export { factorsErased, hasSecondFactor } from "./store";

/** What a person can show as a second factor. `isEnrolled`: there is one, and a password or a link alone is not enough. */
export type SecondFactors = { readonly totp: boolean; readonly passkey: boolean; readonly recoveryCode: boolean; readonly isEnrolled: boolean };

/** A person's second factors now. Recovery codes stand in for one and are none themselves. */
export async function secondFactorsOf(directory: DirectoryDb, personId: PersonId): Promise<SecondFactors> {
  const { confirmedAt, passkeys, codesLeft } = await countFactors(directory, personId);
  const isEnrolled = confirmedAt !== null || passkeys > 0;
  return { totp: confirmedAt !== null, passkey: passkeys > 0, recoveryCode: isEnrolled && codesLeft > 0, isEnrolled };
}
