/** What the pages of lists ask of the server. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { BroadcastPlan, BroadcastsQuery, BroadcastStart, RecipientsQuery } from "../../../../src/features/broadcasts/contract";
import { ask, clientOptions } from "../../ask";

const { broadcasts } = hc<ShopApi>("/", clientOptions).api;
const broadcast = broadcasts[":broadcast"];

/** Ids come from addresses, and the client puts them into a path as they are: encoded, they stay one segment. */
const at = (id: string) => ({ param: { broadcast: encodeURIComponent(id) } });

export const broadcastsApi = {
  lists: (query: BroadcastsQuery) => ask(() => broadcasts.$get({ query })),
  dryRun: (plan: BroadcastPlan) => ask(() => broadcasts["dry-run"].$post({ json: plan })),
  start: (start: BroadcastStart) => ask(() => broadcasts.$post({ json: start })),
  list: (id: string) => ask(() => broadcast.$get(at(id))),
  recipients: (id: string, query: RecipientsQuery) => ask(() => broadcast.recipients.$get({ ...at(id), query })),
  pause: (id: string) => ask(() => broadcast.pause.$post({ ...at(id), json: {} })),
  resume: (id: string) => ask(() => broadcast.resume.$post({ ...at(id), json: {} })),
  cancel: (id: string) => ask(() => broadcast.cancel.$post({ ...at(id), json: {} })),
};
