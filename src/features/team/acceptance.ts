/** What an invited person does with the link: look at what it says, and accept it. */
import { hashOf } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { ROLES, type Role } from "../../kernel/roles";
import type { Failure } from "../../kernel/failure";
import { admit } from "../../http/guard";
import { actorOfPerson, type SignedIn } from "../../http/person";
import { originOf } from "../../http/site";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { findShop, refusedUnless } from "../shops/service";
import type { InvitationLook } from "./contract";
import { recorded, type Place } from "./invitations";
import {
  cameIn, invitationEnded, isServing, isVerified, mayInvite, memberInserted, readByToken, readStanding, type Invitation, type Owner,
} from "./invitation-store";
import { isOpen } from "./rules";
import { holds } from "./store";

/** The same words for a link that was revoked, has run out, was used, or never was. */
const OVER: Failure = { kind: "wrong_proof", message: "This invitation is over.", next: "Whoever invited you can send it again." };

/** What a link invites to; `over` for one that opens nothing, whatever the reason. */
export async function lookAt(world: World, env: Bindings, token: string): Promise<InvitationLook> {
  const found = await findOpen(world, directoryDb(env), token);
  if (found === null) return { state: "over" };
  return { state: "open", to: found.placeName, role: found.role, email: found.email, invitedBy: found.inviterName };
}

/**
 * Lets the signed-in person in with the role that they were invited as. `wrong_proof` for a link that opens nothing any
 * more; `conflict` for another person than the invited one, for an address that was not proved yet, and for somebody who
 * belongs there already: for them nothing changes, and the link stays as it is.
 */
export async function acceptInvitation(world: World, env: Bindings, signed: SignedIn, token: string): Promise<Result<{ readonly next: string }>> {
  const directory = directoryDb(env);
  const row = await readByToken(directory, await hashOf(token));
  const standing = row?.email === signed.email ? await belongsAlready(world, env, row) : null;
  if (standing !== null) return failed(standing);
  const found = openOf(row, world.clock());
  if (found === null) return failed(OVER);
  if (signed.email !== found.email) return failed({ kind: "conflict", message: `This invitation is for ${found.email}. Sign in with that address.` });
  if (signed.verifiedAt === null) return failed({ kind: "conflict", message: "Confirm your email address first; then accept the invitation." });
  const owner = ownerOfInvitation(found);
  const place = await placeFor(env, found, owner, signed);
  if (place === null) return failed(OVER);
  const now = world.clock();
  const member = { personId: signed.personId, role: found.role, now };
  const intent = { actor: actorOfPerson(signed), action: "invitation.accepted", subject: `invitation:${found.id}`, after: { role: found.role } };
  const accepted = await recorded({ world, env, place }, intent, [
    refusedUnless(directory, isServing(found, now)),
    refusedUnless(directory, mayInvite(owner, found.invitedBy, found.role)),
    refusedUnless(directory, isVerified(signed.personId, found.email)),
    memberInserted(directory, owner, member),
    invitationEnded(directory, found.id, "accepted"),
  ], {
    isDone: async () => await holds(directory, cameIn(owner, member)),
    why: async () => (await belongsAlready(world, env, found)) ?? ((await findOpen(world, directory, token)) === null ? OVER : null),
  });
  return accepted.ok ? ok({ next: `${originOf(found.shopId === null ? `hq-${found.slug}` : found.slug, readConfig(env))}/` }) : accepted;
}

type Open = Invitation & { readonly slug: string; readonly placeName: string };

async function findOpen(world: World, directory: DirectoryDb, token: string): Promise<Open | null> {
  return openOf(await readByToken(directory, await hashOf(token)), world.clock());
}

function openOf(found: Invitation | undefined, now: number): Open | null {
  if (found === undefined || found.slug === null || found.placeName === null || !isOpen(found, now)) return null;
  return { ...found, slug: found.slug, placeName: found.placeName };
}

/** What the invited person is told who is in already, also by the link that they came in with; null for everybody else. */
async function belongsAlready(world: World, env: Bindings, found: Invitation): Promise<Failure | null> {
  const { isMember } = await readStanding(directoryDb(env), ownerOfInvitation(found), found.email, world.clock());
  return isMember === 1 && found.placeName !== null ? { kind: "conflict", message: `You belong to ${found.placeName} already.` } : null;
}

function ownerOfInvitation({ shopId, organisationId }: Invitation): Owner {
  if (shopId !== null) return { shopId, organisationId: null };
  if (organisationId !== null) return { shopId: null, organisationId };
  throw new Error("an invitation is to a shop or to an organisation"); // the table's own CHECK says so
}

/** The place with its log. A shop's is opened as for the member that the person is about to be: they write in it that they come. */
async function placeFor(env: Bindings, found: Open, owner: Owner, signed: SignedIn): Promise<Place | null> {
  if (owner.shopId === null) return { kind: "organisation", organisation: { id: owner.organisationId, name: found.placeName } };
  const shop = await findShop(directoryDb(env), owner.shopId);
  const role = ROLES.find((known): known is Role => known === found.role);
  if (shop === null || role === undefined) return null;
  const { personId, name, email, sessionId, provedAt, secondFactorAt, from } = signed;
  const visit = admit(env, { shop, person: { id: personId, name, email }, role, sessionId, provedAt, secondFactorAt, through: null, from }, "shop.read");
  return visit.ok ? { kind: "shop", shop, db: visit.value.db } : null;
}
