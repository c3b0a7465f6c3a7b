/** The SQL of sessions. DIRECTORY. Every read that lets somebody in asks in the same statement whether they still may. */
import { and, eq, inArray, lt, lte, ne, or, sql } from "drizzle-orm";
import type { OrganisationId, PersonId, SessionId, ShopId } from "../../kernel/ids";
import type { HqRole, Role } from "../../kernel/roles";
import type { ShopCard } from "../../http/guard";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { LONGEST_IDLE_MS } from "./rules";
import { handOff, session, siteSession } from "./table";

export type SessionRow = typeof session.$inferSelect;
export type SiteSessionRow = typeof siteSession.$inferSelect;
export type HandOffRow = typeof handOff.$inferSelect;

/** What a cookie proves: nothing is ended for somebody who knows a session's id alone. */
export type Proof = { readonly id: SessionId; readonly secretHash: string };

/** A session that has just ended, and whose it was. */
export type Taken = { readonly id: SessionId; readonly personId: PersonId };
const TAKEN = { id: session.id, personId: session.personId };

/**
 * Writes a new session, ends the one it takes the place of, and clears away those of the person that ran out. Answers
 * the one whose place was taken, if there was one.
 */
export async function insertSession(directory: DirectoryDb, row: SessionRow, replaced: Proof | null): Promise<Taken | undefined> {
  const isOver = or(lte(session.expiresAt, row.createdAt), lte(session.lastUsedAt, row.createdAt - LONGEST_IDLE_MS));
  const written = directory.insert(session).values(row);
  const cleared = directory.delete(session).where(and(eq(session.personId, row.personId), isOver));
  if (replaced === null) return void (await directory.batch([written, cleared]));
  const [, , taken] = await directory.batch([written, cleared, sessionTaken(directory, replaced)]);
  return taken[0];
}

/** A session at `auth.` with its person. */
export type Signed = Omit<SessionRow, "factors" | "device" | "address" | "place" | "createdAt"> & {
  /** JSON, as the column holds it. */
  readonly factors: string;
  readonly name: string;
  readonly email: string;
  readonly verifiedAt: number | null;
};

/** The session of that id whose person is not disabled, or undefined; whether it still lives is for the rules to say. */
export async function readSession(directory: DirectoryDb, id: SessionId): Promise<Signed | undefined> {
  return await directory.get<Signed | undefined>(sql`
    SELECT session.id, session.person_id AS personId, session.secret_hash AS secretHash, session.state, session.factors,
      session.proved_at AS provedAt, session.second_factor_at AS secondFactorAt,
      session.last_used_at AS lastUsedAt, session.expires_at AS expiresAt,
      person.name, person.email, person.verified_at AS verifiedAt
    FROM session JOIN person ON person.id = session.person_id AND person.disabled_at IS NULL
    WHERE session.id = ${id}`);
}

/** A session as its person's list shows it. */
export type Listed = Pick<SessionRow, "id" | "device" | "place" | "address" | "createdAt" | "lastUsedAt" | "expiresAt"> & {
  /** JSON, as the column holds it. */
  readonly factors: string;
  /** JSON of the names of the sites that were entered with it. */
  readonly sites: string;
};

/** The sessions of a person that are open, the last used first: at most 100. Whether each still lives is for the rules to say. */
export async function readSessionsOf(directory: DirectoryDb, personId: PersonId): Promise<Listed[]> {
  return await directory.all<Listed>(sql`
    SELECT session.id, session.device, session.place, session.address, session.created_at AS createdAt, session.last_used_at AS lastUsedAt,
      session.expires_at AS expiresAt, session.factors,
      (SELECT json_group_array(DISTINCT coalesce(shop.name, organisation.name)) FROM site_session
        LEFT JOIN shop ON shop.id = site_session.shop_id LEFT JOIN organisation ON organisation.id = site_session.organisation_id
        WHERE site_session.session_id = session.id) AS sites
    FROM session WHERE session.person_id = ${personId} AND session.state = 'open'
    ORDER BY session.last_used_at DESC, session.created_at DESC LIMIT 100`);
}

export type Proved = Pick<SessionRow, "secretHash" | "state" | "factors" | "provedAt" | "secondFactorAt">;

/** Writes what was proved since, with a new secret; false when the session's secret is another one by now, or it ended. */
export async function writeProved(directory: DirectoryDb, proof: Proof, proved: Proved): Promise<boolean> {
  const written = await directory.update(session).set(proved)
    .where(and(eq(session.id, proof.id), eq(session.secretHash, proof.secretHash))).returning({ id: session.id });
  return written.length === 1;
}

/** Gives a person's session another secret; nothing else of it changes. Nothing where it is another's, or its secret another one by now. */
export function secretWritten(directory: DirectoryDb, proof: Proof, personId: PersonId, secretHash: string): Statement {
  return directory.update(session).set({ secretHash })
    .where(and(eq(session.id, proof.id), eq(session.secretHash, proof.secretHash), eq(session.personId, personId)));
}

/** Writes the last use, unless somebody wrote it since `before`. */
export async function touchSession(directory: DirectoryDb, id: SessionId, now: number, before: number): Promise<void> {
  await directory.update(session).set({ lastUsedAt: now }).where(and(eq(session.id, id), lt(session.lastUsedAt, before)));
}

function sessionTaken(directory: DirectoryDb, proof: Proof) {
  return directory.delete(session).where(and(eq(session.id, proof.id), eq(session.secretHash, proof.secretHash))).returning(TAKEN);
}

/** Ends a session at `auth.` and, by its foreign keys, every site's session, hand-off and consent that came from it. */
export async function takeSession(directory: DirectoryDb, proof: Proof): Promise<Taken | undefined> {
  return await sessionTaken(directory, proof).get();
}

/** Ends one session of a person; undefined where they have none of that id. */
export async function takeSessionById(directory: DirectoryDb, id: SessionId, personId: PersonId): Promise<Taken | undefined> {
  return await directory.delete(session).where(and(eq(session.id, id), eq(session.personId, personId))).returning(TAKEN).get();
}

/** Ends every session of a person but one; all of them where `kept` is null. */
export function sessionsEndedOf(directory: DirectoryDb, personId: PersonId, kept: SessionId | null): Statement {
  return directory.delete(session).where(and(eq(session.personId, personId), sql`${session.id} IS NOT ${kept}`));
}

/** Asks every session of a person but one for the second factor, at its next request: whatever it showed is of yesterday. */
export function othersAskedAgain(directory: DirectoryDb, personId: PersonId, kept: SessionId): Statement {
  return directory.update(session).set({ state: "second_factor", secondFactorAt: null }).where(and(eq(session.personId, personId), ne(session.id, kept)));
}

/** Forgets that a session showed a second factor, which its person has no more. */
export function secondFactorForgotten(directory: DirectoryDb, id: SessionId): Statement {
  return directory.update(session).set({ secondFactorAt: null }).where(eq(session.id, id));
}

/** Ends the session at `auth.` that a site's session came from, with all that came from it. */
export async function takeSessionOfSite(directory: DirectoryDb, proof: Proof): Promise<Taken | undefined> {
  const ended = directory.select({ id: siteSession.sessionId }).from(siteSession)
    .where(and(eq(siteSession.id, proof.id), eq(siteSession.secretHash, proof.secretHash)));
  return await directory.delete(session).where(inArray(session.id, ended)).returning(TAKEN).get();
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

/** Writes a site's session that ends with the one it came from; false when that one has ended meanwhile. */
export async function insertSiteSession(
  directory: DirectoryDb, row: Omit<SiteSessionRow, "expiresAt">, replaced: Proof | null,
): Promise<boolean> {
  const [written] = await directory.batch([
    directory.run(sql`
      INSERT INTO site_session (id, session_id, shop_id, organisation_id, host, secret_hash, created_at, expires_at)
      SELECT ${row.id}, session.id, ${row.shopId}, ${row.organisationId}, ${row.host}, ${row.secretHash}, ${row.createdAt}, session.expires_at
      FROM session WHERE session.id = ${row.sessionId} AND session.state = 'open'`),
    ...(replaced === null ? [] : [siteSessionEnded(directory, replaced)]),
  ]);
  return written.meta.changes === 1;
}

function siteSessionEnded(directory: DirectoryDb, proof: Proof): Statement {
  return directory.delete(siteSession).where(and(eq(siteSession.id, proof.id), eq(siteSession.secretHash, proof.secretHash)));
}

/** What every site's session says of itself and its person. */
type EnteredAnywhere = Pick<SiteSessionRow, "secretHash" | "host" | "sessionId"> & Pick<SessionRow, "lastUsedAt" | "expiresAt" | "provedAt" | "secondFactorAt"> & {
  readonly personId: PersonId;
  readonly personName: string;
  readonly email: string;
};

/** A shop's session with everything that lets its person in. */
export type Entered = EnteredAnywhere & {
  readonly shopId: ShopId;
  readonly slug: string;
  readonly shopName: string;
  readonly shard: number;
  readonly zone: string;
  readonly currency: string;
  /** 1 where the shop asks for a second factor. */
  readonly requiresSecondFactor: 0 | 1;
  readonly role: Role;
};

const OF_SITE_SESSION = sql`site_session.secret_hash AS secretHash, site_session.host, site_session.session_id AS sessionId,
  session.last_used_at AS lastUsedAt, session.expires_at AS expiresAt, session.proved_at AS provedAt, session.second_factor_at AS secondFactorAt,
  person.id AS personId, person.name AS personName, person.email`;
const FROM_SITE_SESSION = sql`site_session
  JOIN session ON session.id = site_session.session_id AND session.state = 'open'
  JOIN person ON person.id = session.person_id AND person.disabled_at IS NULL`;

/** The session of an open shop whose person is still a member and not disabled, with their role now, or undefined. */
export async function readShopSession(directory: DirectoryDb, id: SessionId): Promise<Entered | undefined> {
  return await directory.get<Entered | undefined>(sql`
    SELECT ${OF_SITE_SESSION}, shop.id AS shopId, shop.slug, shop.name AS shopName, shop.shard, shop.zone, shop.currency,
      shop.requires_second_factor AS requiresSecondFactor, membership.role
    FROM ${FROM_SITE_SESSION}
    JOIN shop ON shop.id = site_session.shop_id AND shop.state = 'open'
    JOIN membership ON membership.shop_id = shop.id AND membership.person_id = person.id
    WHERE site_session.id = ${id}`);
}

/** An open shop that a person is a member of, found by its id or its name, or undefined. */
export async function readShopOf(
  directory: DirectoryDb, which: { readonly id: ShopId } | { readonly slug: string }, personId: PersonId,
): Promise<(Omit<ShopCard, "requiresSecondFactor"> & Pick<Entered, "role" | "requiresSecondFactor">) | undefined> {
  const isIt = "id" in which ? sql`shop.id = ${which.id}` : sql`shop.slug = ${which.slug}`;
  return await directory.get(sql`
    SELECT shop.id, shop.slug, shop.name, shop.shard, shop.zone, shop.currency, shop.requires_second_factor AS requiresSecondFactor, membership.role
    FROM shop JOIN membership ON membership.shop_id = shop.id AND membership.person_id = ${personId}
    WHERE ${isIt} AND shop.state = 'open'`);
}

/** An organisation's session with everything that lets its person in. */
export type EnteredHq = EnteredAnywhere & {
  readonly organisationId: OrganisationId;
  readonly slug: string;
  readonly organisationName: string;
  readonly role: HqRole;
};

/** The session of an organisation whose person is still a member and not disabled, with their role now, or undefined. */
export async function readHqSession(directory: DirectoryDb, id: SessionId): Promise<EnteredHq | undefined> {
  return await directory.get<EnteredHq | undefined>(sql`
    SELECT ${OF_SITE_SESSION}, organisation.id AS organisationId, organisation.slug, organisation.name AS organisationName, organisation_member.role
    FROM ${FROM_SITE_SESSION}
    JOIN organisation ON organisation.id = site_session.organisation_id
    JOIN organisation_member ON organisation_member.organisation_id = organisation.id AND organisation_member.person_id = person.id
    WHERE site_session.id = ${id}`);
}
