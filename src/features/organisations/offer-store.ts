/** The SQL of offers between shops and organisations, and of which shop belongs where. DIRECTORY. */
import { sql } from "drizzle-orm";
import type { OrganisationId, PersonId, ShopId } from "../../kernel/ids";
import type { HqRole } from "../../kernel/roles";
import type { ShopCard } from "../../http/guard";
import type { Statement } from "../../platform/audit";
import type { DirectoryDb } from "../../platform/database";
import type { OfferView } from "./contract";
import { onlyWhere } from "./store";

/** An organisation has no more shops than one page can show and one request can reach. */
export const MOST_SHOPS = 60;

export type Side = "shop" | "organisation";

/** One side's wish. `address` is that of the side that is asked; whether anybody has it is the statement's to find out. */
export type NewOffer = {
  readonly id: string;
  readonly askedBy: { readonly side: "shop"; readonly id: ShopId } | { readonly side: "organisation"; readonly id: OrganisationId };
  readonly address: string;
  readonly personId: PersonId;
  readonly createdAt: number;
  readonly expiresAt: number;
};

/** Writes an offer, or lets an earlier one to the same address begin anew; offers that ran out are swept away with it. */
export function offerWritten(directory: DirectoryDb, { id, askedBy, address, personId, createdAt, expiresAt }: NewOffer): [Statement, Statement] {
  const values = sql`${address}, ${personId}, ${createdAt}, ${expiresAt}`;
  const anew = sql`DO UPDATE SET organisation_id = excluded.organisation_id, shop_id = excluded.shop_id, person_id = excluded.person_id,
    created_at = excluded.created_at, expires_at = excluded.expires_at`;
  const columns = sql`(id, asked_by, organisation_id, shop_id, address, person_id, created_at, expires_at)`;
  const swept = directory.run(sql`DELETE FROM organisation_offer WHERE accepted_at IS NULL AND expires_at <= ${createdAt}
    AND (CASE asked_by WHEN 'shop' THEN shop_id ELSE organisation_id END) = ${askedBy.id}`);
  const written = askedBy.side === "organisation"
    ? directory.run(sql`INSERT INTO organisation_offer ${columns}
        VALUES (${id}, 'organisation', ${askedBy.id}, (SELECT id FROM shop WHERE slug = ${address} AND state = 'open'), ${values})
        ON CONFLICT (organisation_id, address) WHERE asked_by = 'organisation' AND accepted_at IS NULL ${anew}`)
    : directory.run(sql`INSERT INTO organisation_offer ${columns}
        VALUES (${id}, 'shop', (SELECT id FROM organisation WHERE slug = ${address}), ${askedBy.id}, ${values})
        ON CONFLICT (shop_id, address) WHERE asked_by = 'shop' AND accepted_at IS NULL ${anew}`);
  return [swept, written];
}

/** The offers that wait on an organisation's or a shop's page, newest first. The other side is named only where it asked. */
export async function readOffers(directory: DirectoryDb, whose: NewOffer["askedBy"], now: number): Promise<OfferView[]> {
  const [other, own] = whose.side === "organisation" ? [sql`shop`, sql`organisation_id`] : [sql`organisation`, sql`shop_id`];
  return await directory.all<OfferView>(sql`
    SELECT offer.id, offer.asked_by AS askedBy, CASE offer.asked_by WHEN ${whose.side} THEN offer.address ELSE other.slug END AS address,
      CASE offer.asked_by WHEN ${whose.side} THEN NULL ELSE other.name END AS name, person.name AS person,
      offer.created_at AS createdAt, offer.expires_at AS expiresAt
    FROM organisation_offer AS offer
    LEFT JOIN ${other} AS other ON other.id = ${whose.side === "organisation" ? sql`offer.shop_id` : sql`offer.organisation_id`}
    JOIN person ON person.id = offer.person_id
    WHERE offer.${own} = ${whose.id} AND offer.accepted_at IS NULL AND offer.expires_at > ${now}
    ORDER BY offer.created_at DESC, offer.id LIMIT 200`);
}

/** An offer with both sides as they are now. */
export type Offer = {
  readonly id: string;
  readonly askedBy: Side;
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly shopId: ShopId;
  readonly shopName: string;
  readonly shard: number;
  /** To which organisation the shop belongs already. */
  readonly belongsTo: OrganisationId | null;
  readonly shopsOfOrganisation: number;
};

/** An offer that can still be accepted, or undefined: unknown, run out, accepted, or to an address that nobody has. */
export async function readOffer(directory: DirectoryDb, id: string, now: number): Promise<Offer | undefined> {
  return await directory.get<Offer | undefined>(sql`
    SELECT offer.id, offer.asked_by AS askedBy, organisation.id AS organisationId, organisation.name AS organisationName,
      shop.id AS shopId, shop.name AS shopName, shop.shard, shop.organisation_id AS belongsTo,
      (SELECT count(*) FROM shop AS other WHERE other.organisation_id = organisation.id) AS shopsOfOrganisation
    FROM organisation_offer AS offer
    JOIN organisation ON organisation.id = offer.organisation_id
    JOIN shop ON shop.id = offer.shop_id AND shop.state = 'open'
    WHERE offer.id = ${id} AND offer.accepted_at IS NULL AND offer.expires_at > ${now}`);
}

/** Lets the shop join: all of it, or none where anything that it was decided on has changed. */
export function joined(directory: DirectoryDb, offer: Offer, by: PersonId, now: number): [Statement, ...Statement[]] {
  const { id, organisationId, shopId } = offer;
  const stillOpen = sql`EXISTS (
      SELECT 1 FROM organisation_offer WHERE id = ${id} AND organisation_id = ${organisationId} AND shop_id = ${shopId} AND accepted_at IS NULL AND expires_at > ${now})
    AND EXISTS (SELECT 1 FROM shop WHERE id = ${shopId} AND organisation_id IS NULL AND state = 'open')
    AND (SELECT count(*) FROM shop WHERE organisation_id = ${organisationId}) < ${MOST_SHOPS}`;
  return [
    onlyWhere(directory, organisationId, stillOpen),
    directory.run(sql`UPDATE shop SET organisation_id = ${organisationId} WHERE id = ${shopId}`),
    directory.run(sql`UPDATE organisation_offer SET accepted_by = ${by}, accepted_at = ${now} WHERE id = ${id}`),
    // The other side may have asked for the same.
    directory.run(sql`DELETE FROM organisation_offer WHERE organisation_id = ${organisationId} AND shop_id = ${shopId} AND accepted_at IS NULL`),
  ];
}

/** Lets the shop leave; nothing of the batch happens where it does not belong there any more. */
export function parted(directory: DirectoryDb, organisationId: OrganisationId, shopId: ShopId): [Statement, ...Statement[]] {
  return [
    onlyWhere(directory, organisationId, sql`EXISTS (SELECT 1 FROM shop WHERE id = ${shopId} AND organisation_id = ${organisationId})`),
    directory.run(sql`UPDATE shop SET organisation_id = NULL WHERE id = ${shopId} AND organisation_id = ${organisationId}`),
    directory.run(sql`DELETE FROM organisation_offer WHERE organisation_id = ${organisationId} AND shop_id = ${shopId} AND accepted_at IS NOT NULL`),
  ];
}

/** Takes back one's own offer, or declines the other side's; brings a row where there was one. */
export function offerDeleted(directory: DirectoryDb, id: string, whose: NewOffer["askedBy"]): Statement {
  const own = whose.side === "organisation" ? sql`organisation_id` : sql`shop_id`;
  return directory.run(sql`DELETE FROM organisation_offer WHERE id = ${id} AND ${own} = ${whose.id} AND accepted_at IS NULL`);
}

/** Who agreed to it, and when; null columns where nobody did by an offer. */
export type Bond = { readonly joinedAt: number | null; readonly askedBy: Side | null; readonly asked: string | null; readonly accepted: string | null };

const BOND = sql`offer.accepted_at AS joinedAt, offer.asked_by AS askedBy, asker.name AS asked, accepter.name AS accepted`;
const BOND_JOINS = sql`
  LEFT JOIN organisation_offer AS offer ON offer.shop_id = shop.id AND offer.organisation_id = shop.organisation_id AND offer.accepted_at IS NOT NULL
  LEFT JOIN person AS asker ON asker.id = offer.person_id LEFT JOIN person AS accepter ON accepter.id = offer.accepted_by`;

export type OrganisationShop = Omit<ShopCard, "requiresSecondFactor"> & Bond & { readonly requiresSecondFactor: 0 | 1 };

/** The open shops of an organisation, by name. */
export async function readShopsOfOrganisation(directory: DirectoryDb, id: OrganisationId): Promise<OrganisationShop[]> {
  return await directory.all<OrganisationShop>(sql`
    SELECT shop.id, shop.slug, shop.name, shop.shard, shop.zone, shop.currency, shop.requires_second_factor AS requiresSecondFactor, ${BOND}
    FROM shop ${BOND_JOINS} WHERE shop.organisation_id = ${id} AND shop.state = 'open' ORDER BY shop.name, shop.slug LIMIT ${MOST_SHOPS}`);
}

export type OrganisationOfShop = Bond & { readonly id: OrganisationId; readonly slug: string; readonly name: string };

/** The organisation that a shop belongs to, or undefined. */
export async function readOrganisationOfShop(directory: DirectoryDb, shopId: ShopId): Promise<OrganisationOfShop | undefined> {
  return await directory.get<OrganisationOfShop | undefined>(sql`
    SELECT organisation.id, organisation.slug, organisation.name, ${BOND}
    FROM shop JOIN organisation ON organisation.id = shop.organisation_id ${BOND_JOINS} WHERE shop.id = ${shopId}`);
}

/** A shop that somebody of an organisation may reach at this moment. */
export type Reachable = Omit<ShopCard, "requiresSecondFactor"> & { readonly requiresSecondFactor: 0 | 1; readonly hqRole: HqRole; readonly isSecondFactorMissing: 0 | 1 };

/**
 * The shops that a person reaches through an organisation now, by name: person, session, membership and the shop's
 * belonging must all hold in this one statement. `shopId` null asks for all.
 */
export async function readReachable(
  directory: DirectoryDb, who: { readonly organisationId: OrganisationId; readonly personId: PersonId; readonly sessionId: string }, shopId: ShopId | null,
): Promise<Reachable[]> {
  return await directory.all<Reachable>(sql`
    SELECT shop.id, shop.slug, shop.name, shop.shard, shop.zone, shop.currency,
      shop.requires_second_factor AS requiresSecondFactor, organisation_member.role AS hqRole,
      (shop.requires_second_factor = 1 AND session.second_factor_at IS NULL) AS isSecondFactorMissing
    FROM organisation_member
    JOIN person ON person.id = organisation_member.person_id AND person.disabled_at IS NULL
    JOIN session ON session.person_id = person.id AND session.id = ${who.sessionId} AND session.state = 'open'
    JOIN shop ON shop.organisation_id = organisation_member.organisation_id AND shop.state = 'open'
    WHERE organisation_member.organisation_id = ${who.organisationId} AND organisation_member.person_id = ${who.personId}
      AND (${shopId} IS NULL OR shop.id = ${shopId})
    ORDER BY shop.name, shop.slug LIMIT ${MOST_SHOPS}`);
}
