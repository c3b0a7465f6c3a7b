/**
 * A shop joins an organisation when both have agreed, and leaves when either wants to. Who belongs where stands in the
 * directory, the shop's log on its shard, and no batch spans both: the shop's line comes first, as what somebody
 * decided, then the directory with the organisation's line in one batch. A crash in between leaves a decision in the
 * shop's log that came to nothing, never a shop that joined without a line; a refusal writes a second line that says so.
 */
import { newId, type OrganisationId, type PersonId, type ShopId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, recordAtShop, type ShopCard, type Visit } from "../../http/guard";
import type { HqVisit } from "../../http/hq-guard";
import { organisationAuditLine, type Statement } from "../../platform/audit";
import type { Actor, AuditLine } from "../../platform/audit-leaf";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { actorOfHq, actorThrough, OFFER_WAITS_MS } from "./rules";
import {
  joined, MOST_SHOPS, offerDeleted, offerWritten, parted, readOffer, readOffers, readOrganisationOfShop, readShopsOfOrganisation, type Offer,
} from "./offer-store";

type Deciding = {
  readonly personId: PersonId;
  /** As the shop's log names them, and as the organisation's. */
  readonly atShop: Actor;
  readonly atOrganisation: Actor;
};

/** Asks a shop to join. The answer is the same whether there is such a shop or not. */
export async function offerShop(world: World, env: Bindings, visit: HqVisit, address: string): Promise<void> {
  const directory = directoryDb(env);
  const { id } = visit.organisation;
  const createdAt = world.clock();
  const [swept, written] = offerWritten(directory, {
    id: newId(world.random), askedBy: { side: "organisation", id }, address, personId: visit.person.id, createdAt, expiresAt: createdAt + OFFER_WAITS_MS,
  });
  const line = { at: createdAt, actor: actorOfHq(visit), action: "shop.asked_to_join", subject: `address:${address}` };
  await directory.batch([swept, written, ...organisationAuditLine(directory, id, world.random, line)]);
}

/** Asks to join an organisation. The answer is the same whether there is such an organisation or not. */
export async function offerOrganisation(world: World, env: Bindings, visit: Visit, address: string): Promise<void> {
  const directory = directoryDb(env);
  const createdAt = world.clock();
  await recordAtShop(env, world.random, visit.shop, { at: createdAt, actor: actorOf(visit), action: "organisation.asked_to_join", subject: `address:hq-${address}` });
  await directory.batch(offerWritten(directory, {
    id: newId(world.random), askedBy: { side: "shop", id: visit.shop.id }, address, personId: visit.person.id, createdAt, expiresAt: createdAt + OFFER_WAITS_MS,
  }));
}

/**
 * The shop accepts an organisation's offer. `not_found` for an offer that is not there for it any more; `conflict` where
 * it belongs to an organisation already or the organisation has as many shops as it can.
 */
export async function acceptAsShop(world: World, env: Bindings, visit: Visit, offerId: string): Promise<Result<void>> {
  const offer = await readOffer(directoryDb(env), offerId, world.clock());
  if (offer === undefined || offer.askedBy !== "organisation" || offer.shopId !== visit.shop.id) return failed({ kind: "not_found" });
  return await join(world, env, offer, { personId: visit.person.id, atShop: actorOf(visit), atOrganisation: actorOf(visit) });
}

/** The organisation accepts a shop that asked. Fails as `acceptAsShop`. */
export async function acceptAsOrganisation(world: World, env: Bindings, visit: HqVisit, offerId: string): Promise<Result<void>> {
  const offer = await readOffer(directoryDb(env), offerId, world.clock());
  if (offer === undefined || offer.askedBy !== "shop" || offer.organisationId !== visit.organisation.id) return failed({ kind: "not_found" });
  return await join(world, env, offer, { personId: visit.person.id, atShop: actorThrough(visit), atOrganisation: actorOfHq(visit) });
}

async function join(world: World, env: Bindings, offer: Offer, who: Deciding): Promise<Result<void>> {
  const refused = reasonAgainst(offer);
  if (refused !== null) return refused;
  const directory = directoryDb(env);
  const at = world.clock();
  const { organisationId, shopId } = offer;
  const decided = { at, actor: who.atShop, action: "organisation.joined", subject: `organisation:${organisationId}`, after: { name: offer.organisationName } };
  const line = { at, actor: who.atOrganisation, action: "shop.joined", subject: `shop:${shopId}`, after: { name: offer.shopName } };
  const shop = { id: shopId, shard: offer.shard };
  return await both(world, env, { shop, organisationId, decided, line, statements: joined(directory, offer, who.personId, at) }, async () => {
    const bond = await readOrganisationOfShop(directory, shopId);
    if (bond?.id === organisationId && bond.joinedAt === at) return ok(undefined);
    const now = await readOffer(directory, offer.id, at);
    return now === undefined ? failed({ kind: "not_found" }) : reasonAgainst(now);
  });
}

function reasonAgainst(offer: Offer): Result<never> | null {
  if (offer.belongsTo !== null) return failed({ kind: "conflict", message: "The shop belongs to an organisation already; it would have to leave that one first." });
  const isFull = offer.shopsOfOrganisation >= MOST_SHOPS;
  return isFull ? failed({ kind: "conflict", message: `An organisation has at most ${MOST_SHOPS} shops.` }) : null;
}

/** The shop leaves its organisation, at once. `not_found` where it belongs to none. */
export async function leaveAsShop(world: World, env: Bindings, visit: Visit): Promise<Result<void>> {
  const organisation = await readOrganisationOfShop(directoryDb(env), visit.shop.id);
  if (organisation === undefined) return failed({ kind: "not_found" });
  const who = { personId: visit.person.id, atShop: actorOf(visit), atOrganisation: actorOf(visit) };
  return await part(world, env, { shop: visit.shop, organisation }, who);
}

/** The organisation lets one of its shops go, at once. `not_found` for a shop that is not its own. */
export async function leaveAsOrganisation(world: World, env: Bindings, visit: HqVisit, shopId: ShopId): Promise<Result<void>> {
  const shops = await readShopsOfOrganisation(directoryDb(env), visit.organisation.id);
  const shop = shops.find(({ id }) => id === shopId);
  if (shop === undefined) return failed({ kind: "not_found" });
  const who = { personId: visit.person.id, atShop: actorThrough(visit), atOrganisation: actorOfHq(visit) };
  return await part(world, env, { shop, organisation: visit.organisation }, who);
}

type Pair = { readonly shop: Pick<ShopCard, "id" | "shard" | "name">; readonly organisation: { readonly id: OrganisationId; readonly name: string } };

async function part(world: World, env: Bindings, { shop, organisation }: Pair, who: Deciding): Promise<Result<void>> {
  const directory = directoryDb(env);
  const at = world.clock();
  const decided = { at, actor: who.atShop, action: "organisation.left", subject: `organisation:${organisation.id}`, before: { name: organisation.name } };
  const line = { at, actor: who.atOrganisation, action: "shop.left", subject: `shop:${shop.id}`, before: { name: shop.name } };
  const statements = parted(directory, organisation.id, shop.id);
  return await both(world, env, { shop, organisationId: organisation.id, decided, line, statements }, async () => {
    // The other side may have ended it in the same moment: it is over either way.
    const now = await readOrganisationOfShop(directory, shop.id);
    return now?.id === organisation.id ? null : ok(undefined);
  });
}

type InBoth = {
  readonly shop: Pick<ShopCard, "id" | "shard">;
  readonly organisationId: OrganisationId;
  /** The shop's line, which comes first, and the organisation's, which comes with the act. */
  readonly decided: AuditLine;
  readonly line: AuditLine;
  readonly statements: readonly [Statement, ...Statement[]];
};

/**
 * Does an act with a line in both logs. When the directory refuses, or its answer is lost, `settled` looks how things
 * stand: as they should be, refused for a reason, or null, and what D1 threw is thrown.
 */
async function both(world: World, env: Bindings, act: InBoth, settled: () => Promise<Result<void> | null>): Promise<Result<void>> {
  const directory = directoryDb(env);
  await recordAtShop(env, world.random, act.shop, act.decided);
  const [first, ...rest] = organisationAuditLine(directory, act.organisationId, world.random, act.line);
  try {
    await directory.batch([...act.statements, first, ...rest]);
    return ok(undefined);
  } catch (error) {
    const found = await settled();
    if (found?.ok !== true) await recordAtShop(env, world.random, act.shop, { ...act.decided, action: `${act.decided.action}.undone` });
    if (found === null) throw error;
    return found;
  }
}

/** Takes back one's own offer, or declines the other side's; nothing where there is none. */
export async function declineAsOrganisation(world: World, env: Bindings, visit: HqVisit, offerId: string): Promise<Result<void>> {
  const directory = directoryDb(env);
  const { id } = visit.organisation;
  const known = (await readOffers(directory, { side: "organisation", id }, world.clock())).find((offer) => offer.id === offerId);
  if (known === undefined) return failed({ kind: "not_found" });
  const line = { at: world.clock(), actor: actorOfHq(visit), action: "offer.ended", subject: `address:${known.address}` };
  await directory.batch([offerDeleted(directory, offerId, { side: "organisation", id }), ...organisationAuditLine(directory, id, world.random, line)]);
  return ok(undefined);
}

/** The same on the shop's side. */
export async function declineAsShop(world: World, env: Bindings, visit: Visit, offerId: string): Promise<Result<void>> {
  const directory = directoryDb(env);
  const whose = { side: "shop", id: visit.shop.id } as const;
  const known = (await readOffers(directory, whose, world.clock())).find((offer) => offer.id === offerId);
  if (known === undefined) return failed({ kind: "not_found" });
  await recordAtShop(env, world.random, visit.shop, { at: world.clock(), actor: actorOf(visit), action: "organisation.offer_ended", subject: `address:hq-${known.address}` });
  await directory.batch([offerDeleted(directory, offerId, whose)]);
  return ok(undefined);
}
