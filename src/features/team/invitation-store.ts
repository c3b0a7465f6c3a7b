/** The SQL of invitations, to a shop and to an organisation alike. DIRECTORY. */
import { sql, type SQL } from "drizzle-orm";
import type { InvitationId, OrganisationId, PersonId, ShopId } from "../../kernel/ids";
import type { HqRole, Role } from "../../kernel/roles";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import { MOST_PEOPLE } from "./contract";
import { rolesThatInvite } from "./rules";

/** Where somebody is invited to: exactly one of the two. */
export type Owner = { readonly shopId: ShopId; readonly organisationId: null } | { readonly shopId: null; readonly organisationId: OrganisationId };

/** An invitation with all that says whether it still opens anything. */
export type Invitation = {
  readonly id: InvitationId;
  readonly shopId: ShopId | null;
  readonly organisationId: OrganisationId | null;
  /** Of the shop or the organisation; null where the shop is closed. */
  readonly slug: string | null;
  readonly placeName: string | null;
  readonly email: string;
  readonly role: Role | HqRole;
  readonly tokenHash: string;
  readonly state: "open" | "accepted" | "revoked";
  readonly invitedBy: PersonId;
  readonly inviterName: string;
  /** Null for somebody who belongs there no more, or was disabled. */
  readonly inviterRole: Role | HqRole | null;
  readonly sentAt: number;
  readonly expiresAt: number;
};

const READ = sql`
  SELECT invitation.id, invitation.shop_id AS shopId, invitation.organisation_id AS organisationId, coalesce(shop.slug, organisation.slug) AS slug,
    coalesce(shop.name, organisation.name) AS placeName, invitation.email, invitation.role, invitation.token_hash AS tokenHash, invitation.state,
    invitation.invited_by AS invitedBy, person.name AS inviterName, invitation.sent_at AS sentAt, invitation.expires_at AS expiresAt,
    CASE WHEN person.disabled_at IS NULL THEN coalesce(membership.role, organisation_member.role) END AS inviterRole
  FROM invitation
  JOIN person ON person.id = invitation.invited_by
  LEFT JOIN shop ON shop.id = invitation.shop_id AND shop.state = 'open'
  LEFT JOIN organisation ON organisation.id = invitation.organisation_id
  LEFT JOIN membership ON membership.shop_id = invitation.shop_id AND membership.person_id = invitation.invited_by
  LEFT JOIN organisation_member ON organisation_member.organisation_id = invitation.organisation_id AND organisation_member.person_id = invitation.invited_by`;

/** The invitation whose link has that hash, or undefined. */
export async function readByToken(directory: DirectoryDb, tokenHash: string): Promise<Invitation | undefined> {
  return await directory.get<Invitation | undefined>(sql`${READ} WHERE invitation.token_hash = ${tokenHash}`);
}

/** An invitation to that place which nobody has accepted or revoked, or undefined. */
export async function readPending(directory: DirectoryDb, owner: Owner, id: InvitationId): Promise<Invitation | undefined> {
  return await directory.get<Invitation | undefined>(sql`${READ} WHERE invitation.id = ${id} AND ${isTo(owner)} AND invitation.state = 'open'`);
}

/** All invitations to a place which nobody has accepted or revoked, the latest first. */
export async function readAllPending(directory: DirectoryDb, owner: Owner): Promise<Invitation[]> {
  return await directory.all<Invitation>(sql`
    ${READ} WHERE ${isTo(owner)} AND invitation.state = 'open' ORDER BY invitation.sent_at DESC, invitation.id LIMIT ${MOST_PEOPLE}`);
}

/** What a new invitation would meet. */
export type Standing = { readonly isMember: 0 | 1; readonly isInvited: 0 | 1; readonly people: number };

/** Whether an address belongs to a place or is invited to it at `now`, and how many people do or are. */
export async function readStanding(directory: DirectoryDb, owner: Owner, email: string, now: number): Promise<Standing> {
  const members = membersOf(owner);
  return await directory.get<Standing>(sql`SELECT
    EXISTS (SELECT 1 FROM ${members} AND member.person_id = (SELECT id FROM person WHERE email = ${email})) AS isMember,
    EXISTS (SELECT 1 FROM invitation WHERE ${isTo(owner)} AND email = ${email} AND state = 'open' AND expires_at > ${now}) AS isInvited,
    (SELECT count(*) FROM ${members}) + (SELECT count(*) FROM invitation WHERE ${isTo(owner)} AND state = 'open') AS people`);
}

function isTo({ shopId, organisationId }: Owner): SQL {
  return shopId === null ? sql`invitation.organisation_id = ${organisationId}` : sql`invitation.shop_id = ${shopId}`;
}

/** The members of a place, as `member`, with the WHERE begun. */
function membersOf({ shopId, organisationId }: Owner): SQL {
  return shopId === null
    ? sql`organisation_member AS member WHERE member.organisation_id = ${organisationId}`
    : sql`membership AS member WHERE member.shop_id = ${shopId}`;
}

/** The condition that somebody may invite to a place as `role`: they are not disabled, and their own role allows it now. */
export function mayInvite(owner: Owner, personId: PersonId, role: Role | HqRole): SQL {
  return sql`EXISTS (SELECT 1 FROM ${membersOf(owner)} AND member.person_id = ${personId} AND member.role IN (SELECT value FROM json_each(${JSON.stringify(rolesThatInvite(role))})))
    AND EXISTS (SELECT 1 FROM person WHERE id = ${personId} AND disabled_at IS NULL)`;
}

/** The condition that an invitation's link is still the one with that hash, and serves at `now`. */
export function isServing({ id, tokenHash }: Pick<Invitation, "id" | "tokenHash">, now: number): SQL {
  return sql`EXISTS (SELECT 1 FROM invitation WHERE id = ${id} AND token_hash = ${tokenHash} AND state = 'open' AND expires_at > ${now})`;
}

/** The condition that an invitation waits for an answer, whether its link still serves or not. */
export function isPending(id: InvitationId): SQL {
  return sql`EXISTS (SELECT 1 FROM invitation WHERE id = ${id} AND state = 'open')`;
}

/** The condition that an invitation was revoked. */
export function isRevoked(id: InvitationId): SQL {
  return sql`EXISTS (SELECT 1 FROM invitation WHERE id = ${id} AND state = 'revoked')`;
}

/** The condition that somebody came in by an invitation at an instant, with its role. */
export function cameIn(owner: Owner, { personId, role, now }: NewMember): SQL {
  return sql`EXISTS (SELECT 1 FROM ${membersOf(owner)} AND member.person_id = ${personId} AND member.role = ${role} AND member.created_at = ${now})`;
}

/** The condition that a person has an address, proved to be theirs. */
export function isVerified(personId: PersonId, email: string): SQL {
  return sql`EXISTS (SELECT 1 FROM person WHERE id = ${personId} AND email = ${email} AND verified_at IS NOT NULL AND disabled_at IS NULL)`;
}

export type NewInvitation = {
  readonly id: InvitationId;
  readonly owner: Owner;
  readonly email: string;
  readonly role: Role | HqRole;
  readonly tokenHash: string;
  readonly invitedBy: PersonId;
  readonly now: number;
  readonly expiresAt: number;
};

/** Writes a new invitation in place of one to the same address that ran out. Fails while one to that address serves. */
export function invitationInserted(directory: DirectoryDb, row: NewInvitation): readonly [Statement, Statement] {
  const { id, owner, email, role, tokenHash, invitedBy, now, expiresAt } = row;
  return [
    directory.run(sql`UPDATE invitation SET state = 'revoked' WHERE ${isTo(owner)} AND email = ${email} AND state = 'open' AND expires_at <= ${now}`),
    directory.run(sql`
      INSERT INTO invitation (id, shop_id, organisation_id, email, role, token_hash, state, invited_by, created_at, sent_at, expires_at)
      VALUES (${id}, ${owner.shopId}, ${owner.organisationId}, ${email}, ${role}, ${tokenHash}, 'open', ${invitedBy}, ${now}, ${now}, ${expiresAt})`),
  ];
}

/** Gives a pending invitation a new link, in the name of whoever sends it: the old link is nobody's. */
export function invitationRenewed(directory: DirectoryDb, row: Omit<NewInvitation, "owner" | "email" | "role">): Statement {
  return directory.run(sql`
    UPDATE invitation SET token_hash = ${row.tokenHash}, invited_by = ${row.invitedBy}, sent_at = ${row.now}, expires_at = ${row.expiresAt}
    WHERE id = ${row.id} AND state = 'open'`);
}

/** Ends a pending invitation. */
export function invitationEnded(directory: DirectoryDb, id: InvitationId, state: "accepted" | "revoked"): Statement {
  return directory.run(sql`UPDATE invitation SET state = ${state} WHERE id = ${id} AND state = 'open'`);
}

export type NewMember = { readonly personId: PersonId; readonly role: Role | HqRole; readonly now: number };

/** Lets a person in with a role. Fails for somebody who belongs there already. */
export function memberInserted(directory: DirectoryDb, owner: Owner, { personId, role, now }: NewMember): Statement {
  return owner.shopId === null
    ? directory.run(sql`INSERT INTO organisation_member (organisation_id, person_id, role, created_at) VALUES (${owner.organisationId}, ${personId}, ${role}, ${now})`)
    : directory.run(sql`INSERT INTO membership (shop_id, person_id, role, created_at) VALUES (${owner.shopId}, ${personId}, ${role}, ${now})`);
}
