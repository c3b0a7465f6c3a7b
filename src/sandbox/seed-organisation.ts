/** The demo's organisation, made as its people would: founded at `auth.`, offered to both shops, accepted by their owners. */
import type { ShopOrganisationView } from "../features/organisations/contract";
import { findOrganisationBySlug } from "../features/organisations/service";
import { directoryDb } from "../platform/database";
import type { SandboxContext } from "./context";
import { DEMO_SHOPS, HQ_OWNER, makePerson, PASSWORD } from "./demo-people";
import { apiOf, originOf, signIn } from "./seed";
import { Visitor } from "./visitor";

const ORGANISATION = { name: "Tidewater Group", slug: "tidewater" };

/** Makes Tidewater Group over the demo's shops. Done twice it changes nothing. */
export async function seedOrganisation(context: SandboxContext): Promise<void> {
  if ((await findOrganisationBySlug(directoryDb(context.env), ORGANISATION.slug)) !== null) return;
  await makePerson(context, HQ_OWNER.email, HQ_OWNER.name);
  const owner = new Visitor(context.handle);
  const site = originOf(context, `hq-${ORGANISATION.slug}`);
  await owner.call("POST", `${originOf(context, "auth")}/api/sign-in`, { email: HQ_OWNER.email, password: PASSWORD });
  await owner.call("POST", `${originOf(context, "auth")}/api/organisations`, ORGANISATION);
  await owner.open(`${site}/enter/start?to=/`);
  for (const shop of DEMO_SHOPS) {
    await owner.call("POST", `${site}/api/offers`, { address: shop.slug });
    const merchant = await signIn(context, shop);
    const { offers } = await merchant.call<ShopOrganisationView>("GET", apiOf(context, shop, "/organisation"));
    const offer = offers.find(({ address }) => address === ORGANISATION.slug);
    if (offer === undefined) throw new Error(`no offer waits at ${shop.slug}`);
    await merchant.call("POST", apiOf(context, shop, `/organisation/offers/${offer.id}/accept`), {});
  }
}
