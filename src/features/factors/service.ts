/** What other features may know of somebody's second factors. */
import type { PersonId } from "../../kernel/ids";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { FactorsView } from "./contract";
import { countFactors, readPasskeys } from "./store";

export { factorsErased, hasSecondFactor } from "./store";

/** What a person can show as a second factor. `isEnrolled`: there is one, and a password or a link alone is not enough. */
export type SecondFactors = { readonly totp: boolean; readonly passkey: boolean; readonly recoveryCode: boolean; readonly isEnrolled: boolean };

/** A person's second factors now. Recovery codes stand in for one and are none themselves. */
export async function secondFactorsOf(directory: DirectoryDb, personId: PersonId): Promise<SecondFactors> {
  const { confirmedAt, passkeys, codesLeft } = await countFactors(directory, personId);
  const isEnrolled = confirmedAt !== null || passkeys > 0;
  return { totp: confirmedAt !== null, passkey: passkeys > 0, recoveryCode: isEnrolled && codesLeft > 0, isEnrolled };
}

/** A person's own factors, as their account page shows them. */
export async function viewFactors(env: Bindings, personId: PersonId): Promise<FactorsView> {
  const directory = directoryDb(env);
  const [{ confirmedAt, codesLeft }, passkeys] = await Promise.all([countFactors(directory, personId), readPasskeys(directory, personId)]);
  return {
    totp: confirmedAt === null ? null : { confirmedAt },
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt, isBackedUp }) => ({ id, name, createdAt, lastUsedAt, isBackedUp })),
    recoveryCodesLeft: codesLeft,
  };
}
