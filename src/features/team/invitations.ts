/** Inviting people to a shop or an organisation: sending, sending again, revoking. */
import type { Failure } from "../../kernel/failure";
import { hashOf, newId, newSecret, type InvitationId, type PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { HqRole, Role } from "../../kernel/roles";
import type { OrganisationCard } from "../../http/hq-guard";
import type { ShopCard } from "../../http/guard";
import { originOf } from "../../http/site";
import { organisationAuditLine, type Statement } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import { directoryDb, type ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import { actOnDirectory, batchOrWhy, type Inquiry, type Intent } from "../../platform/intent";
import type { World } from "../../platform/world";
import { postLetter, type Posting } from "../mail/service";
import { refusedUnless } from "../shops/service";
import { MOST_PEOPLE, type InvitationView } from "./contract";
import {
  invitationEnded, invitationInserted, invitationRenewed, isPending, isRevoked, isServing, mayInvite, readAllPending, readPending, readStanding,
  type Invitation, type Owner,
} from "./invitation-store";
import { INVITATION_SERVES_MS, isOpen } from "./rules";
import { holds } from "./store";
import { letterOfInvitation } from "./words";

/** Where somebody is invited to, and the log that tells of it. */
export type Place =
  | { readonly kind: "shop"; readonly shop: Pick<ShopCard, "id" | "name">; readonly db: ShopDb }
  | { readonly kind: "organisation"; readonly organisation: Pick<OrganisationCard, "id" | "name"> };

/** Whoever invites, to where. Whether they may is checked in the batch that lets the letter out, not before it alone. */
export type Inviting = {
  readonly world: World;
  readonly env: Bindings;
  readonly place: Place;
  readonly person: { readonly id: PersonId; readonly name: string; readonly email: string };
  readonly actor: Actor;
};

const NOT_NOW = "This team was changed while you were choosing.";

/** The invitations to a place that nobody has accepted or revoked, the latest first; those that ran out are among them. */
export async function invitationsOf(world: World, env: Bindings, place: Place): Promise<readonly InvitationView[]> {
  return (await readAllPending(directoryDb(env), ownerOf(place))).map((row) => viewOf(row, world.clock()));
}

/**
 * Sends somebody a link that lets them in as `role`, seven days long. `conflict` for an address that belongs there or
 * is invited already, for a team that is full, and for an inviter who lost the right meanwhile.
 */
export async function inviteTo(inviting: Inviting, wish: { readonly email: string; readonly role: Role | HqRole }): Promise<Result<InvitationView>> {
  const { world, env, place, person, actor } = inviting;
  const directory = directoryDb(env);
  const [owner, now] = [ownerOf(place), world.clock()];
  const standing = await obstacle(env, owner, wish.email, now);
  if (standing !== null) return failed(standing);
  const { link, letter } = await newLink(inviting, wish);
  const row = { id: newId<InvitationId>(world.random), owner, ...wish, ...link, invitedBy: person.id };
  const intent = { actor, action: "invitation.sent", subject: `invitation:${row.id}`, after: { role: wish.role }, personal: { email: wish.email } };
  const sent = await recorded(inviting, intent, [
    refusedUnless(directory, mayInvite(owner, person.id, wish.role)), ...invitationInserted(directory, row), letter.statement,
  ], {
    isDone: async () => await holds(directory, isPending(row.id)),
    why: async () => (await obstacle(env, owner, wish.email, now)) ?? (await lostRight(inviting, wish.role)),
  });
  if (!sent.ok) return sent;
  await letter.send();
  return ok({ id: row.id, ...wish, invitedBy: person.name, sentAt: now, expiresAt: link.expiresAt, isOpen: true });
}

/** Sends a pending invitation once more, with a new link: the old one dies. `not_found` where there is none to that place. */
export async function resendInvitation(inviting: Inviting, id: InvitationId): Promise<Result<InvitationView>> {
  const { world, env, place, person, actor } = inviting;
  const directory = directoryDb(env);
  const owner = ownerOf(place);
  const found = await readPending(directory, owner, id);
  if (found === undefined) return failed({ kind: "not_found" });
  const { link, letter } = await newLink(inviting, found);
  const row = { id, ...link, invitedBy: person.id };
  const intent = { actor, action: "invitation.resent", subject: `invitation:${id}`, after: { role: found.role }, personal: { email: found.email } };
  const sent = await recorded(inviting, intent, [
    refusedUnless(directory, mayInvite(owner, person.id, found.role)), refusedUnless(directory, isPending(id)),
    invitationRenewed(directory, row), letter.statement,
  ], {
    isDone: async () => await holds(directory, isServing({ id, tokenHash: link.tokenHash }, link.now)),
    why: async () => ((await holds(directory, isPending(id))) ? await lostRight(inviting, found.role) : { kind: "not_found" }),
  });
  if (!sent.ok) return sent;
  await letter.send();
  return ok({ id, email: found.email, role: found.role, invitedBy: person.name, sentAt: world.clock(), expiresAt: link.expiresAt, isOpen: true });
}

/** Ends a pending invitation: its link opens nothing from now on. `not_found` where there is none to that place. */
export async function revokeInvitation(inviting: Inviting, id: InvitationId): Promise<Result<object>> {
  const { env, place, actor } = inviting;
  const directory = directoryDb(env);
  const found = await readPending(directory, ownerOf(place), id);
  if (found === undefined) return failed({ kind: "not_found" });
  const intent = { actor, action: "invitation.revoked", subject: `invitation:${id}`, before: { role: found.role }, personal: { email: found.email } };
  const ended = await recorded(inviting, intent, [refusedUnless(directory, isPending(id)), invitationEnded(directory, id, "revoked")], {
    isDone: async () => await holds(directory, isRevoked(id)),
    why: async () => ((await holds(directory, isPending(id))) ? null : { kind: "not_found" }),
  });
  return ended.ok ? ok({}) : ended;
}

/** Whose an invitation to that place is, as the directory says it. */
export function ownerOf(place: Place): Owner {
  return place.kind === "shop" ? { shopId: place.shop.id, organisationId: null } : { shopId: null, organisationId: place.organisation.id };
}

/**
 * Runs a batch on the directory that the place's log tells of. An organisation's log is in the directory, so its line is
 * in the batch; a shop's is on its shard, so its line comes first (see `platform/intent`).
 */
export async function recorded(
  { world, env, place }: Pick<Inviting, "world" | "env" | "place">, intent: Intent, statements: readonly [Statement, ...Statement[]],
  inquiry: Inquiry,
): Promise<Result<void>> {
  const directory = directoryDb(env);
  if (place.kind === "shop") return await actOnDirectory(world, place.db, intent, async () => await batchOrWhy(directory, statements, inquiry));
  const line = organisationAuditLine(directory, place.organisation.id, world.random, { ...intent, at: world.clock() });
  return await batchOrWhy(directory, [...statements, ...line], inquiry);
}

/** What keeps an address from being invited; null where nothing does. */
async function obstacle(env: Bindings, owner: Owner, email: string, now: number): Promise<Failure | null> {
  const { isMember, isInvited, people } = await readStanding(directoryDb(env), owner, email, now);
  if (isMember === 1) return { kind: "conflict", message: `${email} belongs here already.` };
  if (isInvited === 1) return { kind: "conflict", message: `${email} is invited already. You can send the invitation again.` };
  return people < MOST_PEOPLE ? null : { kind: "conflict", message: `At most ${MOST_PEOPLE} people fit. Remove somebody first.` };
}

async function lostRight({ env, place, person }: Inviting, role: Role | HqRole): Promise<Failure | null> {
  return (await holds(directoryDb(env), mayInvite(ownerOf(place), person.id, role))) ? null : { kind: "conflict", message: NOT_NOW };
}

type Link = { readonly tokenHash: string; readonly now: number; readonly expiresAt: number };

/** A new link, of which only the hash is kept, and the letter that holds it. */
async function newLink(inviting: Inviting, wish: Pick<Invitation, "email" | "role">): Promise<{ readonly link: Link; readonly letter: Posting }> {
  const { world, env, place, person } = inviting;
  const token = newSecret(world.random);
  const now = world.clock();
  const link = { tokenHash: await hashOf(token), now, expiresAt: now + INVITATION_SERVES_MS };
  const to = place.kind === "shop" ? place.shop.name : place.organisation.name;
  const letter = letterOfInvitation({ ...wish, to, inviter: person, url: `${originOf("auth", readConfig(env))}/invitation#${token}`, usefulUntil: link.expiresAt });
  return { link, letter: await postLetter(world, env, directoryDb(env), letter) };
}

function viewOf(row: Invitation, now: number): InvitationView {
  const { id, email, role, inviterName, sentAt, expiresAt } = row;
  return { id, email, role, invitedBy: inviterName, sentAt, expiresAt, isOpen: isOpen(row, now) };
}
