/** Everything that an organisation's app asks of the server, with the types of the routes themselves. */
import { hc } from "hono/client";
import type { HqApi } from "../../src/app";
import type { HqRole } from "../../src/kernel/roles";
import { ask, clientOptions } from "./ask";

const hq = hc<HqApi>("/", clientOptions).api;

/** What comes from an address is encoded, so that it stays one segment of a path. */
const shopAt = (id: string) => ({ param: { shop: encodeURIComponent(id) }, json: {} });
const offerAt = (id: string) => ({ param: { offer: encodeURIComponent(id) }, json: {} });
const invitationAt = (id: string) => ({ param: { invitation: encodeURIComponent(id) }, json: {} });
const personAt = (id: string) => ({ param: { person: encodeURIComponent(id) } });

/** An organisation's own app. Dates are `YYYY-MM-DD`. */
export const hqApi = {
  organisation: () => ask(() => hq.organisation.$get()),
  rename: (name: string) => ask(() => hq.organisation.$put({ json: { name } })),
  signOut: () => ask(() => hq["sign-out"].$post({ json: {} })),
  grid: () => ask(() => hq.grid.$get()),
  comparison: (from: string, to: string) => ask(() => hq.comparison.$get({ query: { from, to } })),
  shopDate: (shop: string, date: string) => ask(() => hq.shops[":shop"].days[":date"].$get({ param: { shop: encodeURIComponent(shop), date: encodeURIComponent(date) } })),
  retry: (shop: string) => ask(() => hq.shops[":shop"].retry.$post(shopAt(shop))),
  post: (shop: string) => ask(() => hq.shops[":shop"].post.$post(shopAt(shop))),
  members: () => ask(() => hq.members.$get()),
  changeRole: (person: string, role: HqRole) => ask(() => hq.members[":person"].$put({ ...personAt(person), json: { role } })),
  remove: (person: string) => ask(() => hq.members[":person"].remove.$post({ ...personAt(person), json: {} })),
  invitations: () => ask(() => hq.invitations.$get()),
  invite: (email: string, role: HqRole) => ask(() => hq.invitations.$post({ json: { email, role } })),
  resend: (invitation: string) => ask(() => hq.invitations[":invitation"].resend.$post(invitationAt(invitation))),
  revoke: (invitation: string) => ask(() => hq.invitations[":invitation"].revoke.$post(invitationAt(invitation))),
  leave: () => ask(() => hq.leave.$post({ json: {} })),
  shops: () => ask(() => hq.shops.$get()),
  letGo: (shop: string) => ask(() => hq.shops[":shop"].leave.$post(shopAt(shop))),
  askShop: (address: string) => ask(() => hq.offers.$post({ json: { address } })),
  accept: (offer: string) => ask(() => hq.offers[":offer"].accept.$post(offerAt(offer))),
  optOuts: () => ask(() => hq["opt-outs"].$get()),
  shareOptOuts: (sharesOptOuts: boolean) => ask(() => hq["opt-outs"].$put({ json: { sharesOptOuts } })),
  decline: (offer: string) => ask(() => hq.offers[":offer"].decline.$post(offerAt(offer))),
};
