/** A simulated QuickBooks Online with two companies, and a client that is connected to them. */
import { HOUR, systemRandom } from "../../../src/kernel/clock";
import type { TokenSet } from "../../../src/kernel/grant";
import type { Entry, EntryLine, Side } from "../../../src/ledger/entry";
import type { LineKey } from "../../../src/ledger/mapping";
import type { Access, EntryOrder, OAuthClient } from "../../../src/providers/contract";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { createQuickBooksSimulator, type CompanySeed, type SimulatorOptions } from "../../../src/providers/quickbooks/simulator";
import { consentAt, DATE, impatientSend, totalOf, valueOf } from "../simulated-books";

export { DATE, date, failureOf, valueOf } from "../simulated-books";

export const CLIENT: OAuthClient = {
  clientId: "daybook-app",
  clientSecret: "daybook-app-secret",
  redirectUri: "https://auth.daybook.example/callback/quickbooks",
  region: null,
};

export const CAFE = "9130350000000001";
export const BAKERY = "9130350000000002";

export const COMPANIES: readonly CompanySeed[] = [{ realm: CAFE, name: "Kestrel Coffee" }, { realm: BAKERY, name: "Linnet Bakery" }];

/** A world whose clock stands still until it is told to pass. No limits unless asked for. */
export function givenBooks(options: Partial<SimulatorOptions> = {}) {
  let now = Date.UTC(2026, 0, 10, 20);
  const { app, control } = createQuickBooksSimulator({
    clock: () => now,
    random: systemRandom,
    clients: [{ ...CLIENT, redirectUris: [CLIENT.redirectUri] }],
    companies: COMPANIES,
    limits: null,
    ...options,
  });
  const transport = async (request: Request) => await app.fetch(request);
  const send = impatientSend(transport, quickbooks.manifest);
  const consent = async (realm: string, decision = "allow") => await consentAt(transport, quickbooks.oauth.authorizeUrl(CLIENT, "the-state", ""), [["company", realm], ["decision", decision]]);
  const connect = async (realm = CAFE) => {
    const query = await consent(realm);
    return valueOf(await quickbooks.oauth.exchange(send, CLIENT, query, "", now));
  };
  const accessTo = (realm: string, tokens: TokenSet): Access => ({ send, accessToken: tokens.accessToken, externalAccount: realm });
  const open = async (realm = CAFE) => accessTo(realm, (await connect(realm)).tokens);
  return {
    app, control, transport, send, consent, connect, accessTo, open,
    now: () => now,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

export const LONGER_THAN_A_TOKEN = HOUR + 1;

type LineSeed = readonly [side: Side, accountId: string, minor: number, description?: string];

/** A balanced entry: by default 12.50 of coffee, paid by card. Accounts are the café chart's. */
export function anOrder(change: Partial<EntryOrder> & { lines?: readonly LineSeed[]; currency?: string } = {}): EntryOrder {
  const { lines = [["debit", "6", 1_250], ["credit", "20", 1_250]], currency = "USD", ...rest } = change;
  return {
    entry: entryOf(lines, currency),
    date: DATE,
    documentNumber: "DB-HAR-260105-S1",
    requestId: "request-1",
    method: "journal",
    memo: "Harbour, 5 January 2026",
    ...rest,
  };
}

function entryOf(lines: readonly LineSeed[], currency: string): Entry {
  const entryLines = lines.map(([side, id, minor, description = "Sales"]): EntryLine => {
    return { key: `sales:${id}` as LineKey, description, account: { id, name: "" }, side, minor };
  });
  return { currency, lines: entryLines, totalMinor: totalOf(entryLines) };
}
