/** Organisations as their own web app, and a shop's settings, see them. Instants are epoch milliseconds. */
import { z } from "zod";
import { HQ_PERMISSIONS, HQ_ROLES } from "../../kernel/roles";
import { id } from "../connections/contract";
import { emailAddress } from "../people/contract";

export const organisationName = z.string().trim().min(1, "Enter the organisation's name.").max(100);

/** What stands after `hq-` in its address; the service refuses names that none may have. */
export const organisationAddress = z.string().trim().toLowerCase().min(2, "Choose a name of at least two letters.").max(36, "Choose a name of at most 36 letters.");

export const newOrganisation = z.strictObject({ name: organisationName, slug: organisationAddress });
export const organisationChange = z.strictObject({ name: organisationName });

export const organisationView = z.strictObject({
  name: z.string(),
  slug: z.string(),
  person: z.strictObject({ name: z.string(), email: z.string() }),
  role: z.enum(HQ_ROLES),
  permissions: z.array(z.enum(HQ_PERMISSIONS as [(typeof HQ_PERMISSIONS)[number], ...(typeof HQ_PERMISSIONS)[number][]])),
  /** Where to sign in, out and switch. */
  authUrl: z.string(),
});
export type OrganisationView = z.infer<typeof organisationView>;

export const hqRole = z.enum(HQ_ROLES);
export const hqMemberView = z.strictObject({
  id, name: z.string(), email: z.string(), role: hqRole, since: z.number().int(), isYou: z.boolean(),
});
export const hqMembersView = z.strictObject({ members: z.array(hqMemberView) });
export type HqMembersView = z.infer<typeof hqMembersView>;
export const hqMemberChange = z.strictObject({ role: hqRole });
export const personPath = z.strictObject({ person: id });

/** Who is invited to the organisation. */
export const hqInvitationRequest = z.strictObject({ email: emailAddress, role: hqRole });

/** An offer that waits for an answer. `name` is the other side's where it asked, and null where it was asked. */
export const offerView = z.strictObject({
  id,
  askedBy: z.enum(["shop", "organisation"]),
  /** The other side's address: a shop's name, or an organisation's without `hq-`. */
  address: z.string(),
  name: z.string().nullable(),
  person: z.string(),
  createdAt: z.number().int(),
  expiresAt: z.number().int(),
});
export type OfferView = z.infer<typeof offerView>;
export const offerPath = z.strictObject({ offer: id });
export const shopPath = z.strictObject({ shop: id });

/** A shop is asked by its address alone: whether there is one is not told. */
export const offerToShop = z.strictObject({ address: z.string().trim().toLowerCase().min(2, "Enter a shop's address.").max(40) });
export const offerToOrganisation = z.strictObject({ address: organisationAddress });

/** Who agreed that a shop joins, for either side's page. */
export const bondView = z.strictObject({
  joinedAt: z.number().int(),
  askedBy: z.enum(["shop", "organisation"]),
  /** Who asked and who accepted, by name. */
  asked: z.string(),
  accepted: z.string(),
});

export const hqShopView = z.strictObject({
  id, slug: z.string(), name: z.string(), url: z.string(), zone: z.string(), currency: z.string(), requiresSecondFactor: z.boolean(),
  bond: bondView.nullable(),
});
export const hqShopsView = z.strictObject({ shops: z.array(hqShopView), offers: z.array(offerView) });
export type HqShopsView = z.infer<typeof hqShopsView>;

/** What a shop's settings show of its organisation. */
export const shopOrganisationView = z.strictObject({
  organisation: z.strictObject({
    name: z.string(), address: z.string(), bond: bondView.nullable(),
    /** Everybody who may look in, and as what. */
    members: z.array(z.strictObject({ name: z.string(), email: z.string(), role: hqRole })),
  }).nullable(),
  offers: z.array(offerView),
});
export type ShopOrganisationView = z.infer<typeof shopOrganisationView>;
