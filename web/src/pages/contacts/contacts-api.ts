/** What the pages of contacts ask of the server. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { ContactChange, ContactsQuery, MergeAsk, NewContact } from "../../../../src/features/contacts/contract";
import { ask, clientOptions } from "../../ask";

const { contacts } = hc<ShopApi>("/", clientOptions).api;
const contact = contacts[":contact"];

/** Ids come from addresses, and the client puts them into a path as they are: encoded, they stay one segment. */
const at = (id: string) => ({ param: { contact: encodeURIComponent(id) } });

/** Whatever is done with contacts. */
export const contactsApi = {
  contacts: (query: ContactsQuery) => ask(() => contacts.$get({ query })),
  contact: (id: string) => ask(() => contact.$get(at(id))),
  add: (one: NewContact) => ask(() => contacts.$post({ json: one })),
  change: (id: string, change: ContactChange) => ask(() => contact.$put({ ...at(id), json: change })),
  merge: (id: string, merge: MergeAsk) => ask(() => contact.merge.$post({ ...at(id), json: merge })),
  erase: (id: string, version: number) => ask(() => contact.erase.$post({ ...at(id), json: { version } })),
};
