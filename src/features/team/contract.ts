/** Who belongs to a shop and with which role, and who is invited. */
import { z } from "zod";
import { HQ_ROLES, ROLES } from "../../kernel/roles";
import { emailAddress } from "../people/contract";

/** How many people may belong to one shop or be invited to it, together. */
export const MOST_PEOPLE = 500;

const id = z.string().regex(/^[a-z2-7]{26}$/);

/** Roles that are simply given. An owner is made by an owner, with a proof: see `ownershipTransfer`. */
export const GIVEN_ROLES = ["admin", "tech", "sales", "viewer"] as const;
export type GivenRole = (typeof GIVEN_ROLES)[number];

export const memberPath = z.strictObject({ person: id });
export const invitationPath = z.strictObject({ invitation: id });
export const roleChange = z.strictObject({ role: z.enum(GIVEN_ROLES) });
/** `stepDown`: whoever gives the shop away becomes an admin with the same act. */
export const ownershipTransfer = z.strictObject({ person: id, stepDown: z.boolean() });
export const invitationRequest = z.strictObject({ email: emailAddress, role: z.enum(GIVEN_ROLES) });
/** Says which shop is left: nobody leaves one by pressing in the wrong tab, or by sending nothing. */
export const leaving = z.strictObject({ slug: z.string().max(100) });
export const nothing = z.strictObject({});

/** Instants are epoch milliseconds. */
export const memberView = z.strictObject({
  person: id,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  since: z.number().int(),
  hasSecondFactor: z.boolean(),
  isYou: z.boolean(),
});
export type MemberView = z.infer<typeof memberView>;

export const invitationView = z.strictObject({
  id,
  email: z.string(),
  role: z.enum([...ROLES, ...HQ_ROLES]),
  invitedBy: z.string(),
  sentAt: z.number().int(),
  expiresAt: z.number().int(),
  /** Whether its link would let somebody in: it has not run out, and whoever sent it may still invite. */
  isOpen: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationView>;

/** Owners first, then by role and name; invitations by when they were sent, the latest first. */
export const teamView = z.strictObject({ members: z.array(memberView).max(MOST_PEOPLE), invitations: z.array(invitationView).max(MOST_PEOPLE) });
export type TeamView = z.infer<typeof teamView>;

/** The secret of an invitation's link, as it stands behind the `#`. */
export const invitationToken = z.strictObject({ token: z.string().max(100) });

/** What a link of an invitation invites to. Revoked, expired, used and unknown ones are not told apart. */
export const invitationLook = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("open"), to: z.string(), role: z.enum([...ROLES, ...HQ_ROLES]), email: z.string(), invitedBy: z.string() }),
  z.strictObject({ state: z.literal("over") }),
]);
export type InvitationLook = z.infer<typeof invitationLook>;
