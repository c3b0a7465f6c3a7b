/** Which shops belong to an organisation, which offers wait, and who agreed: for either side's page. */
import { originOf } from "../../http/site";
import type { Visit } from "../../http/guard";
import type { HqVisit } from "../../http/hq-guard";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import type { HqShopsView, ShopOrganisationView } from "./contract";
import { siteOfOrganisation } from "./create";
import { readOffers, readOrganisationOfShop, readShopsOfOrganisation, type Bond } from "./offer-store";
import { readMembers } from "./store";

/** The organisation's shops, and the offers that wait for an answer. */
export async function viewHqShops(world: World, env: Bindings, visit: HqVisit): Promise<HqShopsView> {
  const directory = directoryDb(env);
  const config = readConfig(env);
  const { id } = visit.organisation;
  const [shops, offers] = await Promise.all([readShopsOfOrganisation(directory, id), readOffers(directory, { side: "organisation", id }, world.clock())]);
  return {
    shops: shops.map((shop) => ({
      id: shop.id, slug: shop.slug, name: shop.name, url: `${originOf(shop.slug, config)}/`, zone: shop.zone, currency: shop.currency,
      requiresSecondFactor: shop.requiresSecondFactor === 1, bond: bondOf(shop),
    })),
    offers,
  };
}

/** The organisation that the shop belongs to, with everybody who may look in, and the offers that wait. */
export async function viewShopOrganisation(world: World, env: Bindings, visit: Visit): Promise<ShopOrganisationView> {
  const directory = directoryDb(env);
  const [found, offers] = await Promise.all([
    readOrganisationOfShop(directory, visit.shop.id), readOffers(directory, { side: "shop", id: visit.shop.id }, world.clock()),
  ]);
  if (found === undefined) return { organisation: null, offers };
  const members = await readMembers(directory, found.id);
  return {
    organisation: {
      name: found.name, address: new URL(siteOfOrganisation(found.slug, readConfig(env))).host, bond: bondOf(found),
      members: members.map(({ name, email, role }) => ({ name, email, role })),
    },
    offers,
  };
}

function bondOf({ joinedAt, askedBy, asked, accepted }: Bond): HqShopsView["shops"][number]["bond"] {
  return joinedAt === null || askedBy === null ? null : { joinedAt, askedBy, asked: asked ?? "", accepted: accepted ?? "" };
}
