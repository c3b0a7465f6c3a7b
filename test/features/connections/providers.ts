/** Square, QuickBooks and Xero as two shops find them: a café's till and books, and a bookshop's. */
import { env } from "cloudflare:workers";
import { readConfig } from "../../../src/platform/env";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { createQuickBooksSimulator } from "../../../src/providers/quickbooks/simulator";
import { createSquareSimulator } from "../../../src/providers/square/simulator";
import { listedSource } from "../../../src/providers/square/simulator-source";
import type { SimulatedLocation } from "../../../src/providers/square/simulator-state";
import { createXeroSimulator } from "../../../src/providers/xero/simulator";
import { originOf } from "../../support/app";

/** Accounts at the providers, with ids that no other house has. */
export type Accounts = {
  readonly merchant: string;
  readonly otherMerchant: string;
  readonly realm: string;
  readonly otherRealm: string;
  readonly yenRealm: string;
  readonly organisation: string;
  readonly otherOrganisation: string;
};

export function newAccounts(): Accounts {
  const unique = newId(systemRandom).toUpperCase();
  const realm = () => `91${[...systemRandom(14)].map((byte) => byte % 10).join("")}`;
  return { merchant: `A_${unique}`, otherMerchant: `C_${unique}`, realm: realm(), otherRealm: realm(), yenRealm: realm(), organisation: crypto.randomUUID(), otherOrganisation: crypto.randomUUID() };
}

export function openProviders(clock: () => number, accounts: Accounts) {
  const { clients } = readConfig(env);
  const client = (provider: keyof typeof clients) => ({
    ...clients[provider],
    redirectUris: [`${originOf("auth")}/connect/${provider}/callback`],
  });
  const location = (id: string, name: string, currency = "USD") => ({ id, name, timezone: "America/New_York", currency });
  const harbour: [SimulatedLocation, ...SimulatedLocation[]] = [location("L1", "Pier"), location("L2", "Market <b>"), { ...location("L3", "Shut kiosk"), status: "INACTIVE" }];
  const square = createSquareSimulator({
    clock, random: systemRandom, orders: listedSource([]), delay: () => Promise.resolve(), clients: [client("square")],
    merchants: [
      { id: accounts.merchant, name: "Harbour Coffee", country: "US", currency: "USD", objects: [], locations: harbour },
      { id: accounts.otherMerchant, name: "Lantern Books", country: "US", currency: "USD", objects: [], locations: [location("LX", "Lantern")] },
    ],
  });
  const quickbooks = createQuickBooksSimulator({
    clock, random: systemRandom, limits: null, clients: [client("quickbooks")],
    companies: [
      { realm: accounts.realm, name: "Harbour Coffee LLC" }, { realm: accounts.otherRealm, name: "Lantern Books Inc" },
      { realm: accounts.yenRealm, name: "Minato KK", currency: "JPY" },
    ],
  });
  const xero = createXeroSimulator({
    clock, random: systemRandom, limits: null, clients: [client("xero")],
    organisations: [
      { id: accounts.organisation, name: "Harbour Coffee Pty" }, { id: accounts.otherOrganisation, name: "Lantern <b>Books</b>\u202e Ltd" },
    ],
  });
  const transport = async (request: Request): Promise<Response> => {
    const { hostname } = new URL(request.url);
    if (hostname === "connect.squareup.com") return await square.app.fetch(request);
    if (hostname.endsWith(".intuit.com")) return await quickbooks.app.fetch(request);
    if (hostname.endsWith(".xero.com")) return await xero.app.fetch(request);
    throw new Error(`a test called ${hostname}`);
  };
  /** The merchant renames locations, or opens new ones, and closes all others. */
  const setLocations = (locations: readonly { readonly id: string; readonly name: string; readonly currency?: string }[]): void => {
    harbour.splice(0, harbour.length, ...locations.map(({ id, name, currency }) => location(id, name, currency)));
  };
  return { square, quickbooks, xero, transport, setLocations };
}
