/** Square, QuickBooks, Xero, Resend and Twilio as simulators behind the one way out, and grants that came through their own consent pages. */
import { systemRandom, type Clock } from "../../src/kernel/clock";
import type { TokenSet } from "../../src/kernel/grant";
import { newId } from "../../src/kernel/ids";
import type { Result } from "../../src/kernel/result";
import type { CallbackQuery, OAuthClient, RemoteProvider } from "../../src/providers/contract";
import { quickbooks } from "../../src/providers/quickbooks/index";
import { createQuickBooksSimulator, type CompanySeed } from "../../src/providers/quickbooks/simulator";
import { createSend, type Transport } from "../../src/providers/send";
import { square } from "../../src/providers/square/index";
import { createSquareSimulator } from "../../src/providers/square/simulator";
import { cafeCatalogue } from "../../src/providers/square/simulator-cafe";
import { listedSource, type OrderSource } from "../../src/providers/square/simulator-source";
import type { SimulatedLocation } from "../../src/providers/square/simulator-state";
import type { CatalogObject } from "../../src/providers/square/simulator-wire";
import { xero } from "../../src/providers/xero/index";
import { createXeroSimulator } from "../../src/providers/xero/simulator";
import { MAIL_KEY, openMail, type TestMail } from "./mail";
import { openTexting, type TestTexting } from "./texting";

export const DOMAIN = "daybook.example";

/** What the environment says of Daybook at the providers. */
export const CLIENTS = {
  SQUARE_CLIENT_ID: "daybook-at-square", SQUARE_CLIENT_SECRET: "sq0csp-the-square-secret",
  CLOVER_CLIENT_ID: "daybook-at-clover", CLOVER_CLIENT_SECRET: "the-clover-secret",
  QUICKBOOKS_CLIENT_ID: "daybook-at-quickbooks", QUICKBOOKS_CLIENT_SECRET: "the-quickbooks-secret",
  XERO_CLIENT_ID: "daybook-at-xero", XERO_CLIENT_SECRET: "the-xero-secret",
  SQUARE_WEBHOOK_KEY: "square-signs", QUICKBOOKS_WEBHOOK_TOKEN: "quickbooks-signs", CLOVER_WEBHOOK_SECRET: "clover-shows", XERO_WEBHOOK_KEY: "xero-signs",
  RESEND_API_KEY: MAIL_KEY, RESEND_WEBHOOK_SECRET: "whsec_ZGVtby1vZi1kYXlib29rLW1haWw=", MAIL_FROM: "Daybook <post@daybook.example>", AUDIT_SIGNING_KEY: btoa("a".repeat(32)), BREACH_CHECK: "off",
} as const;

type ProviderName = "square" | "quickbooks" | "xero";

/** One merchant at Square, their company at QuickBooks and their organisation at Xero; its locations carry the merchant's id in theirs. */
export type Merchant = { readonly merchantId: string; readonly realm: string; readonly organisation: string; readonly locations: readonly SimulatedLocation[] };

export type MerchantSeed = {
  /** `id` is the till's own; a fresh one when left out. */
  readonly locations: readonly { readonly id?: string; readonly name: string; readonly zone?: string }[];
  readonly currency?: string;
  /** What it sells; the café's catalogue when left out. */
  readonly objects?: readonly CatalogObject[];
  readonly company?: Partial<CompanySeed>;
};

export type Providers = {
  readonly square: ReturnType<typeof createSquareSimulator>;
  readonly quickbooks: ReturnType<typeof createQuickBooksSimulator>;
  readonly xero: ReturnType<typeof createXeroSimulator>;
  readonly mail: TestMail;
  readonly texting: TestTexting;
  readonly merchants: readonly Merchant[];
  readonly transport: Transport;
};

/** Opens both, with one merchant and company for each seed. Everything in them is new. */
export function openProviders(clock: Clock, seeds: readonly MerchantSeed[], orders: OrderSource = listedSource([])): Providers {
  const merchants = seeds.map(newMerchant);
  const sim = createSquareSimulator({
    clock, random: systemRandom, orders, delay: () => Promise.resolve(),
    clients: [{ clientId: CLIENTS.SQUARE_CLIENT_ID, clientSecret: CLIENTS.SQUARE_CLIENT_SECRET, redirectUris: [redirectUri("square")] }],
    merchants: merchants.map(({ merchantId, locations }, index) => {
      const [first, ...others] = locations;
      if (first === undefined) throw new Error("a merchant has a location");
      const currency = seeds[index]?.currency ?? "USD";
      return { id: merchantId, name: "Harbour Coffee", country: "US", currency, locations: [first, ...others], objects: seeds[index]?.objects ?? cafeCatalogue(currency).objects };
    }),
  });
  const books = createQuickBooksSimulator({
    clock, random: systemRandom, limits: null, wait: () => Promise.resolve(),
    clients: [{ clientId: CLIENTS.QUICKBOOKS_CLIENT_ID, clientSecret: CLIENTS.QUICKBOOKS_CLIENT_SECRET, redirectUris: [redirectUri("quickbooks")] }],
    companies: merchants.map(({ realm }, index) => ({
      realm, name: "Harbour Coffee LLC", currency: seeds[index]?.currency ?? "USD", ...seeds[index]?.company,
    })),
  });
  const xeroBooks = createXeroSimulator({
    clock, random: systemRandom, limits: null, wait: () => Promise.resolve(),
    clients: [{ clientId: CLIENTS.XERO_CLIENT_ID, clientSecret: CLIENTS.XERO_CLIENT_SECRET, redirectUris: [redirectUri("xero")] }],
    organisations: merchants.map(({ organisation }, index) => ({ id: organisation, name: "Harbour Coffee LLC", currency: seeds[index]?.currency ?? "USD" })),
  });
  const mail = openMail(clock);
  const texting = openTexting(clock);
  return { square: sim, quickbooks: books, xero: xeroBooks, mail, texting, merchants, transport: transportTo(sim, books, xeroBooks, mail, texting) };
}

/** Gives consent on the provider's own page and trades the code. */
export async function grantFrom(providers: Providers, provider: ProviderName, account: string, now: number): Promise<TokenSet> {
  const { oauth, manifest }: RemoteProvider = { square, quickbooks, xero }[provider];
  const url = oauth.authorizeUrl(clientAt(provider), "the-state", "");
  const fields = { ...Object.fromEntries(url.searchParams), decision: "allow", merchant: account, company: account, organisation: account };
  const page = await providers[provider].app.fetch(new Request(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" }));
  const back: CallbackQuery = Object.fromEntries(new URL(page.headers.get("location") ?? "about:blank").searchParams);
  const traded: Result<{ readonly tokens: TokenSet }> = await oauth.exchange(createSend(providers.transport, manifest), clientAt(provider), back, "", now);
  if (!traded.ok) throw new Error(`${provider} gave no grant: ${traded.failure.kind}`);
  return traded.value.tokens;
}

function clientAt(provider: ProviderName): OAuthClient {
  const [clientId, clientSecret] = {
    square: [CLIENTS.SQUARE_CLIENT_ID, CLIENTS.SQUARE_CLIENT_SECRET] as const,
    quickbooks: [CLIENTS.QUICKBOOKS_CLIENT_ID, CLIENTS.QUICKBOOKS_CLIENT_SECRET] as const,
    xero: [CLIENTS.XERO_CLIENT_ID, CLIENTS.XERO_CLIENT_SECRET] as const,
  }[provider];
  return { clientId, clientSecret, redirectUri: redirectUri(provider), region: null };
}

function redirectUri(provider: string): string {
  return `https://auth.${DOMAIN}/connect/${provider}/callback`;
}

function transportTo(till: Providers["square"], books: Providers["quickbooks"], xeroBooks: Providers["xero"], mail: TestMail, texting: TestTexting): Transport {
  return async (request) => {
    const { hostname } = new URL(request.url);
    if (hostname === "connect.squareup.com") return await till.app.fetch(request);
    if (hostname.endsWith(".intuit.com")) return await books.app.fetch(request);
    if (hostname.endsWith(".xero.com")) return await xeroBooks.app.fetch(request);
    if (texting.answersFor(hostname)) return await texting.transport(request);
    return await mail.transport(request);
  };
}

function newMerchant(seed: MerchantSeed): Merchant {
  const unique = newId(systemRandom).toUpperCase().slice(0, 10);
  const locations = seed.locations.map(({ id, name, zone }, index) => ({
    id: id ?? `L${unique}${index}`, name, timezone: zone ?? "America/New_York", currency: seed.currency ?? "USD",
  }));
  return { merchantId: `M${unique}`, realm: `91${[...systemRandom(14)].map((byte) => byte % 10).join("")}`, organisation: crypto.randomUUID(), locations };
}
