/** A simulated Xero with two organisations, and a client that is connected to them. */
import { MINUTE, systemRandom } from "../../../src/kernel/clock";
import type { TokenSet } from "../../../src/kernel/grant";
import { hashOf } from "../../../src/kernel/ids";
import type { Entry, EntryLine, Side, Tag } from "../../../src/ledger/entry";
import type { LineKey } from "../../../src/ledger/mapping";
import type { Access, EntryOrder, OAuthClient } from "../../../src/providers/contract";
import { xero } from "../../../src/providers/xero/index";
import { createXeroSimulator, type OrganisationSeed, type SimulatorOptions } from "../../../src/providers/xero/simulator";
import { consentAt, DATE, impatientSend, totalOf, valueOf } from "../simulated-books";

export { DATE, date, failureOf, valueOf } from "../simulated-books";

export const CLIENT: OAuthClient = {
  clientId: "daybook-app", clientSecret: "daybook-app-secret", redirectUri: "https://auth.daybook.example/callback/xero", region: null,
};

export const CAFE = "5f3c1a70-3b1e-4c55-8a51-000000000001";
export const BAKERY = "5f3c1a70-3b1e-4c55-8a51-000000000002";
/** Nobody's. */
export const ABSENT = "5f3c1a70-3b1e-4c55-8a51-00000000000f";

export const ORGANISATIONS: readonly OrganisationSeed[] = [
  { id: CAFE, name: "Kestrel Coffee", tracking: { Region: ["North", "South"], Department: ["Bar", "Kitchen"] } },
  { id: BAKERY, name: "Linnet Bakery", currency: "GBP", country: "GB" },
];

export const VERIFIER = "the-verifier-of-this-browser";
export const LONGER_THAN_A_TOKEN = 30 * MINUTE + 1;
/** A world whose clock stands still until it is told to pass. No limits unless asked for. */
export function givenBooks(options: Partial<SimulatorOptions> = {}) {
  let now = Date.UTC(2026, 0, 10, 20);
  const { app, control } = createXeroSimulator({
    clock: () => now, random: systemRandom, clients: [{ ...CLIENT, redirectUris: [CLIENT.redirectUri] }], organisations: ORGANISATIONS, limits: null, ...options,
  });
  const transport = async (request: Request) => await app.fetch(request);
  const send = impatientSend(transport, xero.manifest);
  const consent = async (organisations: readonly string[], decision = "allow") => await consentAt(transport, xero.oauth.authorizeUrl(CLIENT, "the-state", await hashOf(VERIFIER)), [...organisations.map((one) => ["organisation", one] as const), ["decision", decision]]);
  const connect = async (...organisations: string[]) => {
    const query = await consent(organisations.length === 0 ? [CAFE] : organisations);
    return valueOf(await xero.oauth.exchange(send, CLIENT, query, VERIFIER, now));
  };
  const accessTo = (organisation: string, tokens: TokenSet): Access => ({ send, accessToken: tokens.accessToken, externalAccount: organisation });
  const open = async (organisation = CAFE) => accessTo(organisation, (await connect(organisation)).tokens);
  const accountId = (name: string, organisation = CAFE) => {
    const found = control.accounts(organisation).find((account) => account.Name === name);
    if (found === undefined) throw new Error(`there is no account ${name}`);
    return found.AccountID;
  };
  return {
    app, control, transport, send, consent, connect, accessTo, open, accountId,
    now: () => now,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    /** A balanced entry of the café's: by default 12.50 of coffee, paid by card. */
    anOrder: (change: OrderChange = {}) => orderOf(accountId, change),
  };
}

export type World = ReturnType<typeof givenBooks>;

type LineSeed = readonly [side: Side, account: string, minor: number, description?: string];
export type OrderChange = Partial<EntryOrder> & { readonly lines?: readonly LineSeed[]; readonly currency?: string; readonly tags?: readonly Tag[]; readonly accountIds?: readonly string[] };

function orderOf(accountId: (name: string) => string, change: OrderChange): EntryOrder {
  const { lines = [["debit", "Square Clearing", 1_250], ["credit", "Coffee Sales", 1_250]], currency = "USD", tags, accountIds, ...rest } = change;
  const entryLines = lines.map(([side, name, minor, description = "Sales"], index): EntryLine => ({
    key: `sales:${name}` as LineKey, description, account: { id: accountIds?.[index] ?? accountId(name), name }, side, minor, ...(tags === undefined ? {} : { tags }),
  }));
  const entry: Entry = { currency, lines: entryLines, totalMinor: totalOf(entryLines) };
  return { entry, date: DATE, documentNumber: "DB-HAR-260105-S1", requestId: "request-1", method: "journal", memo: "Harbour, 5 January 2026", ...rest };
}
