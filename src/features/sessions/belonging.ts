/** What somebody who is signed in at `auth.` belongs to at this moment, and whether it would let them in as they are. */
import { failed, ok, type Result } from "../../kernel/result";
import type { PersonId, ShopId } from "../../kernel/ids";
import type { Visitor } from "../../http/guard";
import { admitFactors, type FactorsShown } from "../../http/second-factor";
import { siteOf } from "../../http/site";
import { directoryDb, type DirectoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { findOrganisationBySlug, hqMembershipOf } from "../organisations/service";
import type { SiteOwner } from "./rules";
import { readShopOf } from "./store";

/** A person at `auth.`, before it is known what they may do where. */
export type AtAuth = Omit<Visitor, "shop" | "role" | "through">;

/**
 * The person as a visitor of a shop, with the rights of this moment. `not_found` for whoever is no member and for a shop
 * that is none or closed; `second_factor_needed` where the shop asks for one that the session did not show.
 */
export async function visitorAtAuth(env: Bindings, shopId: ShopId, comer: AtAuth): Promise<Result<Visitor>> {
  const found = await readShopOf(directoryDb(env), { id: shopId }, comer.person.id);
  if (found === undefined) return failed({ kind: "not_found" });
  const { role, ...row } = found;
  const shop = { ...row, requiresSecondFactor: row.requiresSecondFactor === 1 };
  const admitted = admitFactors(shop, comer);
  return admitted.ok ? ok({ ...comer, shop, role, through: null }) : admitted;
}

/** Whose a site is, for somebody who belongs to it; failures as of `visitorAtAuth`. */
export async function ownerFor(
  directory: DirectoryDb, config: { readonly domain: string }, label: string, person: FactorsShown & { readonly personId: PersonId },
): Promise<Result<SiteOwner>> {
  const site = siteOf(`${label}.${config.domain}`, config);
  if (site.kind === "shop") {
    const shop = await readShopOf(directory, { slug: site.slug }, person.personId);
    if (shop === undefined) return failed({ kind: "not_found" });
    const admitted = admitFactors({ requiresSecondFactor: shop.requiresSecondFactor === 1 }, person);
    return admitted.ok ? ok({ shopId: shop.id, organisationId: null }) : admitted;
  }
  const organisation = site.kind === "hq" ? await findOrganisationBySlug(directory, site.slug) : null;
  const role = organisation === null ? null : await hqMembershipOf(directory, organisation.id, person.personId);
  return organisation === null || role === null ? failed({ kind: "not_found" }) : ok({ shopId: null, organisationId: organisation.id });
}
