/** The SQL of sign-in. DIRECTORY. Every read that lets somebody in asks in the same statement whether they still may. */
import { and, eq, inArray, lt, lte, or, sql } from "drizzle-orm";
import type { PersonId, SessionId, ShopId } from "../../kernel/ids";
import type { Role } from "../../kernel/roles";
import type { DirectoryDb } from "../../platform/database";
import type { Statement } from "../../platform/once";
import { LONGEST_IDLE_MS } from "./rules";
import { credential, handOff, session, shopSession } from "./table";

export type SessionRow = typeof session.$inferSelect;
export type ShopSessionRow = typeof shopSession.$inferSelect;
export type HandOffRow = typeof handOff.$inferSelect;

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

/** What a cookie proves: nothing is ended for somebody who knows a session's id alone. */
export type Proof = { readonly id: SessionId; readonly secretHash: string };

/** Writes a new session, ends the one it takes the place of, and clears away those of the person that ran out. */
export async function insertSession(directory: DirectoryDb, row: SessionRow, replaced: Proof | null): Promise<void> {
  const isOver = or(lte(session.expiresAt, row.createdAt), lte(session.lastUsedAt, row.createdAt - LONGEST_IDLE_MS));
  await directory.batch([
    directory.insert(session).values(row),
    directory.delete(session).where(and(eq(session.personId, row.personId), isOver)),
    ...(replaced === null ? [] : [sessionEnded(directory, replaced)]),
  ]);
}

/** A session at `auth.` with its person. */
export type Signed = Pick<SessionRow, "id" | "secretHash" | "lastUsedAt" | "expiresAt"> & {
  readonly personId: PersonId;
  readonly name: string;
  readonly email: string;
};

/** The session of that id whose person is not disabled, or undefined; whether it still lives is for the rules to say. */
export async function readSession(directory: DirectoryDb, id: SessionId): Promise<Signed | undefined> {
  return await directory.get<Signed | undefined>(sql`
    SELECT session.id, session.secret_hash AS secretHash, session.last_used_at AS lastUsedAt, session.expires_at AS expiresAt,
      person.id AS personId, person.name, person.email
    FROM session JOIN person ON person.id = session.person_id AND person.disabled_at IS NULL
    WHERE session.id = ${id}`);
}

/** Writes the last use, unless somebody wrote it since `before`. */
export async function touchSession(directory: DirectoryDb, id: SessionId, now: number, before: number): Promise<void> {
  await directory.update(session).set({ lastUsedAt: now }).where(and(eq(session.id, id), lt(session.lastUsedAt, before)));
}

/** Ends a session at `auth.` and, by its foreign keys, every shop's session, hand-off and consent that came from it. */
export function sessionEnded(directory: DirectoryDb, proof: Proof): Statement {
  return directory.delete(session).where(and(eq(session.id, proof.id), eq(session.secretHash, proof.secretHash)));
}

/** Ends the session at `auth.` that a shop's session came from, with all that came from it. */
export function sessionOfShopEnded(directory: DirectoryDb, proof: Proof): Statement {
  const ended = directory.select({ id: shopSession.sessionId }).from(shopSession)
    .where(and(eq(shopSession.id, proof.id), eq(shopSession.secretHash, proof.secretHash)));
  return directory.delete(session).where(inArray(session.id, ended));
}

/** Keeps a hand-off, and clears away those that ran out: the table never holds more than a minute of them. */
export async function insertHandOff(directory: DirectoryDb, row: HandOffRow, now: number): Promise<void> {
  await directory.batch([
    directory.delete(handOff).where(lte(handOff.expiresAt, now)),
    directory.insert(handOff).values(row),
  ]);
}

/** Takes a hand-off out: of two that present the same code one gets it, and whoever comes later nothing. */
export async function takeHandOff(directory: DirectoryDb, codeHash: string): Promise<HandOffRow | undefined> {
  return await directory.delete(handOff).where(eq(handOff.codeHash, codeHash)).returning().get();
}

/** Writes a shop's session that ends with the one it came from; false when that one has ended meanwhile. */
export async function insertShopSession(
  directory: DirectoryDb, row: Omit<ShopSessionRow, "expiresAt">, replaced: Proof | null,
): Promise<boolean> {
  const [written] = await directory.batch([
    directory.run(sql`
      INSERT INTO shop_session (id, session_id, shop_id, host, secret_hash, created_at, expires_at)
      SELECT ${row.id}, session.id, ${row.shopId}, ${row.host}, ${row.secretHash}, ${row.createdAt}, session.expires_at
      FROM session WHERE session.id = ${row.sessionId}`),
    ...(replaced === null ? [] : [shopSessionEnded(directory, replaced)]),
  ]);
  return written.meta.changes === 1;
}

function shopSessionEnded(directory: DirectoryDb, proof: Proof): Statement {
  return directory.delete(shopSession).where(and(eq(shopSession.id, proof.id), eq(shopSession.secretHash, proof.secretHash)));
}

/** A shop's session with everything that lets its person in. */
export type Entered = Pick<ShopSessionRow, "secretHash" | "host" | "sessionId"> & Pick<SessionRow, "lastUsedAt" | "expiresAt"> & {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly shopName: string;
  readonly shard: number;
  readonly zone: string;
  readonly currency: string;
  readonly personId: PersonId;
  readonly personName: string;
  readonly email: string;
  readonly role: Role;
};

/** The session of an open shop whose person is still a member and not disabled, with their role now, or undefined. */
export async function readShopSession(directory: DirectoryDb, id: SessionId): Promise<Entered | undefined> {
  return await directory.get<Entered | undefined>(sql`
    SELECT shop_session.secret_hash AS secretHash, shop_session.host, shop_session.session_id AS sessionId,
      session.last_used_at AS lastUsedAt, session.expires_at AS expiresAt,
      shop.id AS shopId, shop.slug, shop.name AS shopName, shop.shard, shop.zone, shop.currency,
      person.id AS personId, person.name AS personName, person.email, membership.role
    FROM shop_session
    JOIN session ON session.id = shop_session.session_id
    JOIN shop ON shop.id = shop_session.shop_id AND shop.state = 'open'
    JOIN person ON person.id = session.person_id AND person.disabled_at IS NULL
    JOIN membership ON membership.shop_id = shop.id AND membership.person_id = person.id
    WHERE shop_session.id = ${id}`);
}
