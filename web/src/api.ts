/**
 * Everything a shop's app asks of the server. Paths, inputs and answers have the types of the routes themselves, so that
 * a route that changes breaks the build here. What is asked at `auth.` stands in `auth-api.ts`.
 */
import { hc } from "hono/client";
import type { DecidableKind } from "../../src/features/days/contract";
import type { ShopApi } from "../../src/app";
import type { ConnectionView, ConnectRequest, LocationChoice, NewLocation } from "../../src/features/connections/contract";
import type { MappingChange } from "../../src/features/mapping/contract";
import type { BackfillRequest, PostingChange } from "../../src/features/sync/contract";
import { ask, clientOptions } from "./ask";

export type { Answer, Trouble } from "./ask";

const shop = hc<ShopApi>("/", clientOptions).api;

/** Ids and dates come from the address, and the client puts them into a path as they are: encoded, they stay one segment. */
const dayAt = (location: string, date: string) => ({ param: { location: encodeURIComponent(location), date: encodeURIComponent(date) } });
const connectionAt = (id: string) => ({ param: { connection: encodeURIComponent(id) } });
const day = shop.days[":location"][":date"];
const connection = shop.connections[":connection"];

/** A shop's own app. Dates are `YYYY-MM-DD`. */
export const shopApi = {
  shop: () => ask(() => shop.shop.$get()),
  switcher: () => ask(() => shop.shop.switcher.$get()),
  unread: () => ask(() => shop.threads.unread.$get()),
  signOut: () => ask(() => shop["sign-out"].$post({ json: {} })),
  days: (from: string, to: string) => ask(() => shop.days.$get({ query: { from, to } })),
  day: (location: string, date: string) => ask(() => day.$get(dayAt(location, date))),
  readDay: (location: string, date: string) => ask(() => day.read.$post(dayAt(location, date))),
  retryDay: (location: string, date: string) => ask(() => day.retry.$post(dayAt(location, date))),
  postDay: (location: string, date: string, fingerprint: string) => ask(() => day.post.$post({ ...dayAt(location, date), json: { fingerprint } })),
  undoDay: (location: string, date: string) => ask(() => day.undo.$post(dayAt(location, date))),
  decideDay: (location: string, date: string, kind: DecidableKind) => ask(() => day.decide.$post({ ...dayAt(location, date), json: { kind } })),
  posting: () => ask(() => shop.posting.$get()),
  setPosting: (change: PostingChange) => ask(() => shop.posting.$put({ json: change })),
  lookalikes: (from: string, to: string) => ask(() => shop.lookalikes.$get({ query: { from, to } })),
  backfills: () => ask(() => shop.backfills.$get()),
  startBackfill: (request: BackfillRequest) => ask(() => shop.backfills.$post({ json: request })),
  mapping: () => ask(() => shop.mapping.$get()),
  saveMapping: (change: MappingChange) => ask(() => shop.mapping.$put({ json: change })),
  createAccount: (key: string, name: string) => ask(() => shop.mapping.accounts.$post({ json: { key, name } })),
  refreshAccounts: () => ask(() => shop.mapping.refresh.$post()),
  connections: () => ask(() => shop.connections.$get()),
  connect: (request: ConnectRequest) => ask(() => shop.connections.$post({ json: request })),
  askToConnect: (provider: ConnectionView["provider"]) => ask(() => shop.connections.ask.$post({ json: { provider } })),
  refreshConnection: (id: string) => ask(() => connection.refresh.$post(connectionAt(id))),
  closePeriod: (id: string, closedThrough: string | null) => ask(() => connection.closing.$put({ ...connectionAt(id), json: { closedThrough } })),
  disconnect: (id: string) => ask(() => connection.disconnect.$post(connectionAt(id))),
  organisation: () => ask(() => shop.organisation.$get()),
  askOrganisation: (address: string) => ask(() => shop.organisation.offers.$post({ json: { address } })),
  acceptOffer: (offer: string) => ask(() => shop.organisation.offers[":offer"].accept.$post({ param: { offer: encodeURIComponent(offer) }, json: {} })),
  declineOffer: (offer: string) => ask(() => shop.organisation.offers[":offer"].decline.$post({ param: { offer: encodeURIComponent(offer) }, json: {} })),
  leaveOrganisation: () => ask(() => shop.organisation.leave.$post({ json: {} })),
  addLocation: (location: NewLocation) => ask(() => shop.locations.$post({ json: location })),
  chooseLocation: (id: string, choice: LocationChoice) => ask(() => shop.locations[":location"].$put({ param: { location: encodeURIComponent(id) }, json: choice })),
};
