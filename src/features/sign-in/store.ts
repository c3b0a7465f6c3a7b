/** The SQL of sign-in. DIRECTORY. What must happen once happens in one statement that says what must still hold. */
import { and, eq, gt, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { PersonId } from "../../kernel/ids";
import type { Statement, Statements } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { hasSecondFactor } from "../factors/service";
import { credential, mailProof } from "./table";

const PASSWORD = "password";

/** A wrong code more than this kills the letter: five of a million. */
export const MOST_WRONG_CODES = 5;

/** Who an address belongs to, what their password hashes to (null without one), and whether they have a second factor. */
export type Claimant = {
  readonly personId: PersonId; readonly secretHash: string | null; readonly disabledAt: number | null; readonly hasSecondFactor: 0 | 1;
};

/** Whoever has that address, disabled or not, or undefined. One statement. */
export async function readClaimant(directory: DirectoryDb, email: string): Promise<Claimant | undefined> {
  return await directory.get<Claimant | undefined>(sql`
    SELECT person.id AS personId, person.disabled_at AS disabledAt, credential.secret_hash AS secretHash,
      ${hasSecondFactor(sql`person.id`)} AS hasSecondFactor
    FROM person LEFT JOIN credential ON credential.person_id = person.id AND credential.kind = ${PASSWORD} AND credential.id = ${PASSWORD}
    WHERE person.email = ${email}`);
}

/** What the person's password hashes to, or null without one. */
export async function readPassword(directory: DirectoryDb, personId: PersonId): Promise<string | null> {
  const row = await directory.select({ secretHash: credential.secretHash }).from(credential).where(isPasswordOf(personId)).get();
  return row?.secretHash ?? null;
}

/** Sets the person's one password, in place of an earlier one. */
export function passwordWritten(directory: DirectoryDb, personId: PersonId, secretHash: string, now: number): Statement {
  return directory.insert(credential).values({ personId, kind: PASSWORD, id: PASSWORD, secretHash, createdAt: now }).onConflictDoUpdate({
    target: [credential.personId, credential.kind, credential.id], set: { secretHash, createdAt: now },
  });
}

/** The same password hashed as hashes are made today; nothing where it was changed meanwhile. */
export async function renewHash(directory: DirectoryDb, personId: PersonId, hashes: { readonly from: string; readonly to: string }): Promise<void> {
  await directory.update(credential).set({ secretHash: hashes.to }).where(and(isPasswordOf(personId), eq(credential.secretHash, hashes.from)));
}

/** Takes the person's password away. */
export function passwordErased(directory: DirectoryDb, personId: PersonId): Statement {
  return directory.delete(credential).where(isPasswordOf(personId));
}

function isPasswordOf(personId: PersonId) {
  return and(eq(credential.personId, personId), eq(credential.kind, PASSWORD), eq(credential.id, PASSWORD));
}

export type MailProofRow = typeof mailProof.$inferSelect;
export type ProofPurpose = MailProofRow["purpose"];

/** A letter that was asked for: what of it can be shown, and in which browser. */
export type Asked = Omit<MailProofRow, "wrongCodes" | "provedAt">;

/**
 * Writes a proof that was asked for, in place of the earlier one of that purpose and address (of that person, where
 * somebody signed in asks), or of that purpose in that browser; and clears away those that ran out.
 */
export function proofAsked(directory: DirectoryDb, row: Asked, isOfSession: boolean): Statements {
  const isSameSubject = isOfSession ? sql`${mailProof.personId} = ${row.personId}` : eq(mailProof.email, row.email);
  const isEarlier = and(eq(mailProof.purpose, row.purpose), or(isSameSubject, eq(mailProof.browserHash, row.browserHash)));
  return [
    directory.delete(mailProof).where(or(lte(mailProof.expiresAt, row.createdAt), isEarlier)),
    directory.insert(mailProof).values({ ...row, wrongCodes: 0, provedAt: null }),
  ];
}

/** What is shown of a letter: in this browser, for this purpose, now; a proof that is shown rightly serves until `servesUntil`. */
export type Showing = { readonly purpose: ProofPurpose; readonly browserHash: string; readonly now: number; readonly servesUntil: number };

/** Takes a link's token: of two that show it at once one gets the row, and whoever comes later nothing. */
export async function takeToken(
  directory: DirectoryDb, token: { readonly id: string; readonly hash: string }, { purpose, browserHash, now, servesUntil }: Showing,
): Promise<MailProofRow | undefined> {
  return await directory.update(mailProof).set({ provedAt: now, expiresAt: servesUntil }).where(and(
    eq(mailProof.id, token.id), eq(mailProof.tokenHash, token.hash), eq(mailProof.purpose, purpose), eq(mailProof.browserHash, browserHash), isOpen(now),
  )).returning().get();
}

/**
 * Takes a code, or counts it as a wrong one: in the same statement, so that many at once are counted one after the other.
 * The row says which (`provedAt`); none when there is nothing that this browser may still show a code for.
 */
export async function takeCode(
  directory: DirectoryDb, codeHash: string, { purpose, browserHash, now, servesUntil }: Showing,
): Promise<MailProofRow | undefined> {
  const isRight = sql`${mailProof.codeHash} = ${codeHash}`;
  return await directory.update(mailProof).set({
    provedAt: sql`CASE WHEN ${isRight} THEN ${now} END`,
    expiresAt: sql`CASE WHEN ${isRight} THEN ${servesUntil} ELSE ${mailProof.expiresAt} END`,
    wrongCodes: sql`${mailProof.wrongCodes} + (NOT ${isRight})`,
  }).where(and(eq(mailProof.purpose, purpose), eq(mailProof.browserHash, browserHash), isOpen(now))).returning().get();
}

function isOpen(now: number) {
  return and(isNull(mailProof.provedAt), gt(mailProof.expiresAt, now), lt(mailProof.wrongCodes, MOST_WRONG_CODES));
}

/** The letter of that id, whatever became of it, or undefined. */
export async function readProof(directory: DirectoryDb, id: string): Promise<MailProofRow | undefined> {
  return await directory.select().from(mailProof).where(eq(mailProof.id, id)).get();
}

/** The letter that a browser asked for and that still counts; `isProved`: one that was shown rightly, or one that was not yet. */
export async function readProofOf(
  directory: DirectoryDb, { purpose, browserHash, now }: Omit<Showing, "servesUntil">, isProved: boolean,
): Promise<MailProofRow | undefined> {
  return await directory.select().from(mailProof).where(and(
    eq(mailProof.purpose, purpose), eq(mailProof.browserHash, browserHash), gt(mailProof.expiresAt, now),
    isProved ? isNotNull(mailProof.provedAt) : isNull(mailProof.provedAt),
  )).get();
}

/** Kills every letter of a person or to an address, whatever it was for. */
export function proofsEnded(directory: DirectoryDb, of: { readonly personId: PersonId | null; readonly email: string }): Statement {
  return directory.delete(mailProof).where(or(eq(mailProof.email, of.email), sql`${mailProof.personId} = ${of.personId}`));
}

/** The address that a person asked to change to and did not prove yet, or null. */
export async function readPendingEmail(directory: DirectoryDb, personId: PersonId, now: number): Promise<string | null> {
  const row = await directory.select({ email: mailProof.email }).from(mailProof).where(and(
    eq(mailProof.personId, personId), eq(mailProof.purpose, "change_address"), isOpen(now),
  )).get();
  return row?.email ?? null;
}

/** Takes out a proof that was shown: of two that finish with it at once one gets it, and the other nothing. */
export async function takeProof(directory: DirectoryDb, id: string, now: number): Promise<MailProofRow | undefined> {
  return await directory.delete(mailProof).where(and(
    eq(mailProof.id, id), isNotNull(mailProof.provedAt), gt(mailProof.expiresAt, now),
  )).returning().get();
}
