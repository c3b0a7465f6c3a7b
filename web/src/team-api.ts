/** What the pages of a shop's people and of the shop itself ask of the server; they load it with themselves. */
import { hc } from "hono/client";
import type { ShopApi } from "../../src/app";
import type { GivenRole } from "../../src/features/team/contract";
import { ask, clientOptions } from "./ask";

const shop = hc<ShopApi>("/", clientOptions).api;
const member = shop.team[":person"];
const invitation = shop.invitations[":invitation"];

/** Ids are the server's own; encoded, they stay one segment whatever they are. */
const memberAt = (person: string) => ({ param: { person: encodeURIComponent(person) } });
const invitationAt = (id: string) => ({ param: { invitation: encodeURIComponent(id) }, json: {} });

/** Members, invitations, ownership. */
export const teamApi = {
  team: () => ask(() => shop.team.$get()),
  changeRole: (person: string, role: GivenRole) => ask(() => member.$put({ ...memberAt(person), json: { role } })),
  remove: (person: string) => ask(() => member.remove.$post({ ...memberAt(person), json: {} })),
  leave: (slug: string) => ask(() => shop.team.leave.$post({ json: { slug } })),
  transfer: (person: string, stepDown: boolean) => ask(() => shop.team.transfer.$post({ json: { person, stepDown } })),
  invite: (email: string, role: GivenRole) => ask(() => shop.invitations.$post({ json: { email, role } })),
  resend: (id: string) => ask(() => invitation.resend.$post(invitationAt(id))),
  revoke: (id: string) => ask(() => invitation.revoke.$post(invitationAt(id))),
};

/** What the shop is called, where it lives, what it asks of its people. */
export const ownShopApi = {
  rename: (name: string) => ask(() => shop.shop.$put({ json: { name } })),
  move: (slug: string) => ask(() => shop.shop.address.$put({ json: { slug } })),
  askForSecondFactor: (required: boolean) => ask(() => shop.shop["second-factor"].$put({ json: { required } })),
};
