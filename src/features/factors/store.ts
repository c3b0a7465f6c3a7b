/** The SQL of second factors and passkeys. DIRECTORY. What may be used once is taken by the statement that looks for it. */
import { and, asc, eq, isNull, lt, lte, sql, type SQL } from "drizzle-orm";
import type { PasskeyId, PersonId } from "../../kernel/ids";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb, Query } from "../../platform/database";
import { MOST_PASSKEYS } from "./contract";
import { passkey, passkeyChallenge, recoveryCode, totp } from "./table";

export type TotpRow = typeof totp.$inferSelect;
export type PasskeyRow = typeof passkey.$inferSelect;
export type ChallengeRow = typeof passkeyChallenge.$inferSelect;

/** 1 where the person of an expression (`sql\`person.id\``) has a second factor, else 0: for a statement of another feature. */
export function hasSecondFactor(personId: SQL | PersonId): SQL<0 | 1> {
  return sql`(EXISTS (SELECT 1 FROM totp WHERE totp.person_id = ${personId} AND totp.confirmed_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM passkey WHERE passkey.person_id = ${personId}))`;
}

/** What a person has, counted. */
export type Counted = { readonly confirmedAt: number | null; readonly passkeys: number; readonly codesLeft: number };

/** Counts a person's factors, in one statement. */
export async function countFactors(directory: DirectoryDb, personId: PersonId): Promise<Counted> {
  return await directory.get<Counted>(sql`
    SELECT (SELECT confirmed_at FROM totp WHERE person_id = ${personId}) AS confirmedAt,
      (SELECT count(*) FROM passkey WHERE person_id = ${personId}) AS passkeys,
      (SELECT count(*) FROM recovery_code WHERE person_id = ${personId} AND used_at IS NULL) AS codesLeft`);
}

/** The open shops of a person that ask for a second factor: those that stand in the way of giving up the last. */
const ASKING_SHOPS = (personId: PersonId): SQL => sql`membership JOIN shop ON shop.id = membership.shop_id
  WHERE membership.person_id = ${personId} AND shop.state = 'open' AND shop.requires_second_factor = 1`;

/** Their names, a few at most. */
export async function readAskingShops(directory: DirectoryDb, personId: PersonId): Promise<string[]> {
  const rows = await directory.all<{ name: string }>(sql`SELECT shop.name FROM ${ASKING_SHOPS(personId)} ORDER BY shop.name LIMIT 3`);
  return rows.map(({ name }) => name);
}

export async function readTotp(directory: DirectoryDb, personId: PersonId): Promise<TotpRow | undefined> {
  return await directory.select().from(totp).where(eq(totp.personId, personId)).get();
}

/** Keeps a seed that was shown, in place of an earlier one of which no code came. */
export async function writeAwaited(directory: DirectoryDb, personId: PersonId, awaitedSeed: string): Promise<void> {
  await directory.insert(totp).values({ personId, sealedSeed: null, awaitedSeed, confirmedAt: null, lastStep: 0 })
    .onConflictDoUpdate({ target: totp.personId, set: { awaitedSeed } });
}

export type Confirmation = { readonly personId: PersonId; readonly awaitedSeed: string; readonly sealedSeed: string; readonly step: number; readonly at: number };

/** Makes the awaited seed the one that counts, sealed anew: who finds that text there afterwards was the one who did it. */
export function totpConfirmed(directory: DirectoryDb, { personId, awaitedSeed, sealedSeed, step, at }: Confirmation): Statement {
  return directory.update(totp).set({ sealedSeed, awaitedSeed: null, confirmedAt: at, lastStep: step })
    .where(and(eq(totp.personId, personId), eq(totp.awaitedSeed, awaitedSeed)));
}

/** Takes a step of the seed that counts; false where it, or a later one, was taken before: of two at once one gets it. */
export async function takeStep(directory: DirectoryDb, personId: PersonId, sealedSeed: string, step: number): Promise<boolean> {
  const taken = await directory.update(totp).set({ lastStep: step })
    .where(and(eq(totp.personId, personId), eq(totp.sealedSeed, sealedSeed), lt(totp.lastStep, step))).returning({ step: totp.lastStep });
  return taken.length === 1;
}

/** Puts new recovery codes in place of all earlier ones, where `condition` holds. */
export function codesReplaced(directory: DirectoryDb, personId: PersonId, hashes: readonly string[], at: number, condition: SQL): Statement[] {
  return [
    directory.run(sql`DELETE FROM recovery_code WHERE person_id = ${personId} AND ${condition}`),
    directory.run(sql`
      INSERT INTO recovery_code (person_id, code_hash, created_at, used_at)
      SELECT ${personId}, value, ${at}, NULL FROM json_each(${JSON.stringify(hashes)}) WHERE ${condition}`),
  ];
}

/** Whether a recovery code is the person's and was not used. */
export async function isCodeUnused(directory: DirectoryDb, personId: PersonId, codeHash: string): Promise<boolean> {
  const unused = and(eq(recoveryCode.personId, personId), eq(recoveryCode.codeHash, codeHash), isNull(recoveryCode.usedAt));
  return (await directory.select({ at: recoveryCode.createdAt }).from(recoveryCode).where(unused).get()) !== undefined;
}

/** Uses a code and writes `beside` with it; false where somebody was faster. */
export async function useCode(
  directory: DirectoryDb, personId: PersonId, codeHash: string, at: number, beside: readonly Statement[],
): Promise<boolean> {
  const unused = and(eq(recoveryCode.personId, personId), eq(recoveryCode.codeHash, codeHash), isNull(recoveryCode.usedAt));
  const [used] = await directory.batch([
    directory.update(recoveryCode).set({ usedAt: at }).where(unused).returning({ usedAt: recoveryCode.usedAt }), ...beside,
  ]);
  return used.length === 1;
}

/** A person's passkeys, the oldest first. */
export async function readPasskeys(directory: DirectoryDb, personId: PersonId): Promise<PasskeyRow[]> {
  return await directory.select().from(passkey).where(eq(passkey.personId, personId)).orderBy(asc(passkey.createdAt), asc(passkey.id)).limit(MOST_PASSKEYS);
}

/** The passkey of that credential with its person, unless they are disabled. */
export async function readPasskey(directory: DirectoryDb, credentialId: string): Promise<PasskeyRow | undefined> {
  const isEnabled = sql`EXISTS (SELECT 1 FROM person WHERE person.id = ${passkey.personId} AND person.disabled_at IS NULL)`;
  return await directory.select().from(passkey).where(and(eq(passkey.credentialId, credentialId), isEnabled)).get();
}

/** Writes a passkey; nothing where the credential is known, whoever's it is, or the person has as many as there may be. */
export function passkeyAdded(directory: DirectoryDb, row: PasskeyRow): Statement {
  return directory.run(sql`
    INSERT INTO passkey (credential_id, id, person_id, name, public_key, counter, transports, is_backup_eligible, is_backed_up, created_at, last_used_at)
    SELECT ${row.credentialId}, ${row.id}, ${row.personId}, ${row.name}, ${row.publicKey}, ${row.counter}, ${JSON.stringify(row.transports)},
      ${row.isBackupEligible ? 1 : 0}, ${row.isBackedUp ? 1 : 0}, ${row.createdAt}, NULL
    WHERE (SELECT count(*) FROM passkey WHERE person_id = ${row.personId}) < ${MOST_PASSKEYS}
    ON CONFLICT (credential_id) DO NOTHING`);
}

/** Whether the passkey of that id is there and is the person's. */
export async function isPasskeyOf(directory: DirectoryDb, personId: PersonId, id: PasskeyId): Promise<boolean> {
  return (await directory.select({ id: passkey.id }).from(passkey).where(and(eq(passkey.id, id), eq(passkey.personId, personId))).get()) !== undefined;
}

export async function renamePasskey(directory: DirectoryDb, personId: PersonId, id: PasskeyId, name: string): Promise<boolean> {
  const renamed = await directory.update(passkey).set({ name }).where(and(eq(passkey.id, id), eq(passkey.personId, personId))).returning({ id: passkey.id });
  return renamed.length === 1;
}

/**
 * Notes that a passkey was used; false where its counter has meanwhile reached the new one (two answers with one count),
 * or it is gone. An authenticator that does not count says zero every time (WebAuthn Level 3, section 6.1.1).
 */
export async function notePasskeyUse(
  directory: DirectoryDb, used: { readonly credentialId: string; readonly counter: number; readonly isBackedUp: boolean; readonly at: number },
): Promise<boolean> {
  const { credentialId, counter, isBackedUp, at } = used;
  const isForward = sql`(${passkey.counter} < ${counter} OR (${passkey.counter} = 0 AND ${counter} = 0))`;
  const noted = await directory.update(passkey).set({ counter, isBackedUp, lastUsedAt: at })
    .where(and(eq(passkey.credentialId, credentialId), isForward)).returning({ id: passkey.id });
  return noted.length === 1;
}

/** A statement that removes a factor; a row says that it did. */
export type Removal = Query<{ readonly personId: PersonId }>;

/** Removes the authenticator app, unless it is the last factor and a shop of theirs asks for one. */
export function totpRemoved(directory: DirectoryDb, personId: PersonId): Removal {
  return directory.delete(totp).where(and(
    eq(totp.personId, personId),
    sql`(EXISTS (SELECT 1 FROM passkey WHERE passkey.person_id = ${personId}) OR NOT EXISTS (SELECT 1 FROM ${ASKING_SHOPS(personId)}))`,
  )).returning({ personId: totp.personId });
}

/** Removes a passkey, on the same condition. */
export function passkeyRemoved(directory: DirectoryDb, personId: PersonId, id: PasskeyId): Removal {
  return directory.delete(passkey).where(and(
    eq(passkey.personId, personId), eq(passkey.id, id),
    sql`(EXISTS (SELECT 1 FROM totp WHERE totp.person_id = ${personId} AND totp.confirmed_at IS NOT NULL)
      OR EXISTS (SELECT 1 FROM passkey AS other WHERE other.person_id = ${personId} AND other.id <> ${id})
      OR NOT EXISTS (SELECT 1 FROM ${ASKING_SHOPS(personId)}))`,
  )).returning({ personId: passkey.personId });
}

/** Recovery codes stand in for a factor: without any they open nothing, and go. */
export function idleCodesRemoved(directory: DirectoryDb, personId: PersonId): Statement {
  return directory.run(sql`DELETE FROM recovery_code WHERE person_id = ${personId} AND NOT ${hasSecondFactor(personId)}`);
}

/** Removes every factor of a person, whatever asks for one. */
export function factorsErased(directory: DirectoryDb, personId: PersonId): Statement[] {
  return [
    directory.delete(totp).where(eq(totp.personId, personId)),
    directory.delete(passkey).where(eq(passkey.personId, personId)),
    directory.delete(recoveryCode).where(eq(recoveryCode.personId, personId)),
  ];
}

/** Keeps a challenge, and clears away those that ran out. */
export async function insertChallenge(directory: DirectoryDb, row: ChallengeRow, now: number): Promise<void> {
  await directory.batch([
    directory.delete(passkeyChallenge).where(lte(passkeyChallenge.expiresAt, now)),
    directory.insert(passkeyChallenge).values(row),
  ]);
}

/** Takes a challenge out: of two answers to it one is looked at, and none that comes later. */
export async function takeChallenge(directory: DirectoryDb, challenge: string): Promise<ChallengeRow | undefined> {
  return await directory.delete(passkeyChallenge).where(eq(passkeyChallenge.challenge, challenge)).returning().get();
}
