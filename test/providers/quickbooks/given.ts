/** A simulated QuickBooks Online with two companies, and a client that is connected to them. */
import { HOUR, systemRandom } from "../../../src/kernel/clock";
import { parseBusinessDate, type BusinessDate } from "../../../src/kernel/day";
import type { TokenSet } from "../../../src/kernel/grant";
import type { Failure } from "../../../src/kernel/failure";
import type { Result } from "../../../src/kernel/result";
import type { Entry, EntryLine, Side } from "../../../src/ledger/entry";
import type { LineKey } from "../../../src/ledger/mapping";
import type { Access, EntryOrder, OAuthClient } from "../../../src/providers/contract";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { createQuickBooksSimulator, type CompanySeed, type SimulatorOptions } from "../../../src/providers/quickbooks/simulator";
import { createSend, type Send } from "../../../src/providers/send";

export const CLIENT: OAuthClient = {
  clientId: "daybook-app",
  clientSecret: "daybook-app-secret",
  redirectUri: "https://auth.daybook.example/callback/quickbooks",
  region: null,
};

export const CAFE = "9130350000000001";
export const BAKERY = "9130350000000002";

export const COMPANIES: readonly CompanySeed[] = [{ realm: CAFE, name: "Kestrel Coffee" }, { realm: BAKERY, name: "Linnet Bakery" }];

export const DATE = date("2026-01-05");

export function date(text: string): BusinessDate {
  const parsed = parseBusinessDate(text);
  if (parsed === null) throw new Error(`${text} is no date`);
  return parsed;
}

/** The value of a success; a failure fails the test with its content. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`expected success, got ${JSON.stringify(result.failure)}`);
  return result.value;
}

/** The failure; a success fails the test with its content. */
export function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value)}`);
  return result.failure;
}

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
  const patient = createSend(transport, quickbooks.manifest);
  // A hanging server is noticed soon; nothing else here takes real time.
  const send: Send = async (outgoing) => await patient({ ...outgoing, deadlineMs: 250 });
  const consent = async (realm: string, decision = "allow") => await consentAt(transport, realm, decision);
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

async function consentAt(transport: (request: Request) => Promise<Response>, realm: string, decision: string): Promise<Record<string, string>> {
  const url = quickbooks.oauth.authorizeUrl(CLIENT, "the-state", "");
  const page = await transport(new Request(url));
  if (page.status !== 200) throw new Error(`no consent page: ${await page.text()}`);
  const form = new URLSearchParams(url.search);
  form.set("company", realm);
  form.set("decision", decision);
  const answer = await transport(new Request(`${url.origin}${url.pathname}`, { method: "POST", body: form, redirect: "manual" }));
  const location = answer.headers.get("location");
  if (location === null) throw new Error(`no redirect: ${await answer.text()}`);
  return Object.fromEntries(new URL(location).searchParams);
}

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
  const totalMinor = entryLines.filter(({ side }) => side === "debit").reduce((total, { minor }) => total + minor, 0);
  return { currency, lines: entryLines, totalMinor };
}
