/** The SQL of sign-in. DIRECTORY. */
import { sql } from "drizzle-orm";
import type { PersonId } from "../../kernel/ids";
import type { DirectoryDb } from "../../platform/database";
import { credential } from "./table";

const PASSWORD = "password";

/** Who an address belongs to and what their password hashes to; null without a password, or when they are disabled. */
export type Claimant = { readonly personId: PersonId; readonly secretHash: string | null; readonly disabledAt: number | null };

export async function readClaimant(directory: DirectoryDb, email: string): Promise<Claimant | undefined> {
  return await directory.get<Claimant | undefined>(sql`
    SELECT person.id AS personId, person.disabled_at AS disabledAt, credential.secret_hash AS secretHash
    FROM person LEFT JOIN credential ON credential.person_id = person.id AND credential.kind = ${PASSWORD} AND credential.id = ${PASSWORD}
    WHERE person.email = ${email}`);
}

/** Sets the person's one password, in place of an earlier one. */
export async function writePassword(directory: DirectoryDb, personId: PersonId, secretHash: string, now: number): Promise<void> {
  await directory.insert(credential).values({ personId, kind: PASSWORD, id: PASSWORD, secretHash, createdAt: now }).onConflictDoUpdate({
    target: [credential.personId, credential.kind, credential.id], set: { secretHash, createdAt: now },
  });
}
