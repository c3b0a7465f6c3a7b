/** The simulator's exam: Xero's own SDK drives it over HTTP, and its answers keep to Xero's published descriptions. */
import { once } from "node:events";
import { createRequire } from "node:module";
import { serve, type ServerType } from "@hono/node-server";
import { type Account, AccountType, LineAmountTypes, ManualJournal, XeroClient } from "xero-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINUTE, systemRandom } from "../../../src/kernel/clock";
import { createXeroSimulator, type Control } from "../../../src/providers/xero/simulator";
import { readSpecification } from "./specification";

const CAFE = "5f3c1a70-3b1e-4c55-8a51-000000000001";
const BAKERY = "5f3c1a70-3b1e-4c55-8a51-000000000002";
const APP = { clientId: "exam-app", clientSecret: "exam-secret", redirectUri: "http://127.0.0.1/callback" };
const SCOPES = ["offline_access", "accounting.manualjournals", "accounting.settings"];

let now = Date.UTC(2026, 0, 10, 20);
let server: ServerType;
let base: string;
let control: Control;

type Interceptors = { readonly interceptors: { readonly request: { use(change: (config: { url?: string }) => object): number; eject(id: number): void } } };
type OpenId = { readonly Issuer: new (metadata: object) => { readonly Client: new (metadata: object) => XeroClient["openIdClient"] } };

// The SDK's own copies of what it calls with: the addresses of Xero are written into them.
const ofTheSdk = createRequire(createRequire(import.meta.url).resolve("xero-node"));
const axios = ofTheSdk("axios") as Interceptors;
const { Issuer } = ofTheSdk("openid-client") as OpenId;
let redirection: number;

beforeAll(async () => {
  const simulator = createXeroSimulator({
    clock: () => now, random: systemRandom, limits: null, clients: [{ ...APP, redirectUris: [APP.redirectUri] }],
    organisations: [
      { id: CAFE, name: "Kestrel Coffee", tracking: { Region: ["North", "South"] }, periodLockDate: "2025-06-30", endOfYearLockDate: "2024-12-31" },
      { id: BAKERY, name: "Linnet Bakery" },
    ],
  });
  control = simulator.control;
  server = serve({ fetch: simulator.app.fetch, hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  // Every address that the SDK knows leads here, so that no call of the exam can leave the machine.
  redirection = axios.interceptors.request.use((config) => ({ ...config, url: (config.url ?? "").replace(/^https:\/\/(?:api|identity|login)\.xero\.com/, base) }));
});

afterAll(async () => {
  axios.interceptors.request.eject(redirection);
  server.close();
  await once(server, "close");
});

function sdk(): XeroClient {
  const client = new XeroClient({ clientId: APP.clientId, clientSecret: APP.clientSecret, redirectUris: [APP.redirectUri], scopes: SCOPES, state: "exam-state" });
  const issuer = new Issuer({
    issuer: "https://identity.xero.com", authorization_endpoint: `${base}/identity/connect/authorize`, token_endpoint: `${base}/connect/token`,
    revocation_endpoint: `${base}/connect/revocation`,
  });
  client.openIdClient = new issuer.Client({ client_id: APP.clientId, client_secret: APP.clientSecret, redirect_uris: [APP.redirectUri] });
  return client;
}

/** Opens the consent page as a browser would, presses Allow for some organisations, and brings the address that it is sent back to. */
async function consent(client: XeroClient, ...organisations: string[]): Promise<string> {
  const address = await client.buildConsentUrl();
  const page = await (await fetch(address)).text();
  const fields = new URLSearchParams({ decision: "allow" });
  for (const [, name = "", value = ""] of page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)) fields.set(name, value.replaceAll("&amp;", "&"));
  for (const organisation of organisations) fields.append("organisation", organisation);
  const answer = await fetch(new URL("authorize", address), { method: "POST", body: fields, redirect: "manual" });
  return answer.headers.get("location") ?? "";
}

async function connected(...organisations: string[]): Promise<XeroClient> {
  const client = sdk();
  await client.apiCallback(await consent(client, ...(organisations.length === 0 ? [CAFE] : organisations)));
  return client;
}

const idOf = (name: string) => control.accounts(CAFE).find((account) => account.Name === name)?.AccountID ?? "";

const journal = (more: Partial<ManualJournal> = {}): ManualJournal => ({
  narration: "DB-HAR-260105-S1 Harbour", date: "2026-01-05", lineAmountTypes: LineAmountTypes.NoTax, status: ManualJournal.StatusEnum.POSTED, url: "https://daybook.example/?entry=1",
  journalLines: [
    { lineAmount: 120.5, accountID: idOf("Square Clearing"), description: "Card", tracking: [{ name: "Region", option: "North" }] },
    { lineAmount: -120.5, accountCode: "201", description: "Sales" },
  ],
  ...more,
});

/** What the SDK throws when it was refused. */
async function refusalOf(act: Promise<unknown>): Promise<{ readonly statusCode: number; readonly body: Record<string, unknown> }> {
  const thrown: unknown = await act.then(() => { throw new Error("it was taken"); }, (error: unknown) => error);
  const read = JSON.parse(typeof thrown === "string" ? thrown : JSON.stringify(thrown)) as { response: { statusCode: number; body: Record<string, unknown> } };
  return read.response;
}

describe("xero-node", () => {
  test("authorizes, names its organisations, refreshes with rotation and grace, disconnects one, and revokes", async () => {
    const client = await connected(CAFE, BAKERY);
    const tenants = await client.updateTenants() as { id: string; tenantId: string; tenantName: string; tenantType: string; orgData: { baseCurrency: string } }[];
    expect(tenants.map(({ tenantName, tenantType, orgData }) => [tenantName, tenantType, orgData.baseCurrency])).toEqual([["Kestrel Coffee", "ORGANISATION", "USD"], ["Linnet Bakery", "ORGANISATION", "USD"]]);
    const first = client.readTokenSet().refresh_token ?? "";
    now += 31 * MINUTE;
    await client.refreshToken();
    expect(client.readTokenSet().refresh_token).not.toBe(first);
    await client.refreshWithRefreshToken(APP.clientId, APP.clientSecret, first);
    now += 31 * MINUTE;
    await expect(client.refreshWithRefreshToken(APP.clientId, APP.clientSecret, first)).rejects.toBeDefined();
    await client.refreshToken();
    await client.disconnect(tenants[1]?.id ?? "");
    expect(await client.updateTenants(false)).toHaveLength(1);
    await client.revokeToken();
    expect(client.readTokenSet()).toEqual({});
  });

  test("reads the organisation with its lock dates, the chart and the tracking categories", async () => {
    const { accountingApi } = await connected();
    const { body: { organisations: [organisation] = [] } } = await accountingApi.getOrganisations(CAFE);
    expect(organisation).toMatchObject({ name: "Kestrel Coffee", baseCurrency: "USD", periodLockDate: new Date("2025-06-30"), endOfYearLockDate: new Date("2024-12-31") });
    const { body: { accounts = [] } } = await accountingApi.getAccounts(CAFE);
    expect(accounts).toHaveLength(control.accounts(CAFE).length);
    expect(accounts.find(({ name }) => name === "Business Bank Account")).not.toHaveProperty("code", expect.anything());
    const { body: { trackingCategories = [] } } = await accountingApi.getTrackingCategories(CAFE, undefined, undefined, true);
    expect(trackingCategories[0]?.options?.map(({ name }) => name)).toEqual(["North", "South"]);
  });

  test("creates a journal once per key, finds it by its date, reads it back, and changes it as a bookkeeper's tool would", async () => {
    const { accountingApi } = await connected();
    const { body: { manualJournals: [made] = [] } } = await accountingApi.createManualJournals(CAFE, { manualJournals: [journal()] }, true, "exam-1");
    const again = await accountingApi.createManualJournals(CAFE, { manualJournals: [journal()] }, true, "exam-1");
    expect(again.body.manualJournals?.[0]?.manualJournalID).toBe(made?.manualJournalID);
    const other = await refusalOf(accountingApi.createManualJournals(CAFE, { manualJournals: [journal({ narration: "Other" })] }, true, "exam-1"));
    expect(other.statusCode).toBe(400);
    const { body: listed } = await accountingApi.getManualJournals(CAFE, undefined, "Date==DateTime(2026,01,05)", undefined, 1, 50);
    expect(listed.manualJournals?.map(({ manualJournalID, date, status }) => ({ manualJournalID, date, status }))).toEqual([{ manualJournalID: made?.manualJournalID, date: new Date("2026-01-05"), status: "POSTED" }]);
    expect(listed.pagination).toMatchObject({ page: 1, pageSize: 50, pageCount: 1, itemCount: 1 });
    const id = made?.manualJournalID ?? "";
    const { body: { manualJournals: [read] = [] } } = await accountingApi.getManualJournal(CAFE, id);
    expect(read?.journalLines?.map(({ lineAmount, accountCode, tracking }) => [lineAmount, accountCode, tracking?.[0]?.option])).toEqual([[120.5, "640", "North"], [-120.5, "201", undefined]]);
    now += MINUTE;
    const since = new Date(now);
    expect((await accountingApi.getManualJournals(CAFE, since, undefined, undefined, 1)).body.manualJournals).toEqual([]);
    await accountingApi.updateManualJournal(CAFE, id, { manualJournals: [{ narration: "Changed by hand", manualJournalID: id }] });
    expect((await accountingApi.getManualJournals(CAFE, since, undefined, undefined, 1)).body.manualJournals?.[0]).toMatchObject({ narration: "Changed by hand", status: "POSTED" });
  });

  test("makes a draft of a journal that does not say that it is posted", async () => {
    const { accountingApi } = await connected();
    const { status: _, ...silent } = journal();
    const { body: { manualJournals: [made] = [] } } = await accountingApi.createManualJournals(CAFE, { manualJournals: [silent] });
    expect(made?.status).toBe("DRAFT");
  });

  test("is refused with every reason, all at once or item by item", async () => {
    const { accountingApi } = await connected();
    const wrong = journal({ date: "2025-06-30", journalLines: [{ lineAmount: 100, accountCode: "091" }, { lineAmount: -10, accountCode: "201" }] });
    const refused = await refusalOf(accountingApi.createManualJournals(CAFE, { manualJournals: [wrong, journal()] }));
    expect(refused).toMatchObject({ statusCode: 400, body: { ErrorNumber: 10, Type: "ValidationException", Message: "A validation exception occurred" } });
    const messages = JSON.stringify(refused.body);
    for (const reason of ["currently set at 30-Jun-2025", "'091' is not a valid code", "The total debits (100.00) must equal total credits (-10.00)"]) expect(messages).toContain(reason);
    const before = control.journals(CAFE).length;
    const { body } = await accountingApi.createManualJournals(CAFE, { manualJournals: [wrong, journal()] }, false);
    expect(body.manualJournals?.map(({ statusAttributeString, validationErrors }) => [statusAttributeString, validationErrors?.length ?? 0])).toEqual([["ERROR", 3], ["OK", 0]]);
    expect(control.journals(CAFE)).toHaveLength(before + 1);
  });

  test("creates an account, whose code and name are its own", async () => {
    const { accountingApi } = await connected();
    const account: Account = { code: "299", name: "Exam sales", type: AccountType.REVENUE };
    const { body: { accounts: [made] = [] } } = await accountingApi.createAccount(CAFE, account);
    expect(made).toMatchObject({ code: "299", name: "Exam sales", _class: "REVENUE", status: "ACTIVE" });
    expect((await refusalOf(accountingApi.createAccount(CAFE, account))).statusCode).toBe(400);
  });

  test("is refused another organisation, an old token, and told when to come back", async () => {
    const { accountingApi } = await connected();
    expect(await refusalOf(accountingApi.getOrganisations(BAKERY))).toMatchObject({ statusCode: 403, body: { Title: "Forbidden", Detail: "AuthenticationUnsuccessful" } });
    control.misbehave({ misbehaviour: { kind: "throttle", problem: "day", retryAfterSeconds: 120 } });
    expect(await refusalOf(accountingApi.getOrganisations(CAFE))).toMatchObject({ statusCode: 429, headers: { "x-rate-limit-problem": "day", "retry-after": "120" } });
    now += 31 * MINUTE;
    const old = await refusalOf(accountingApi.getOrganisations(CAFE));
    expect(old).toMatchObject({ statusCode: 401, body: { Detail: expect.stringMatching(/^TokenExpired: token expired at/) as string } });
  });
});

const specification = readSpecification();
if (specification === null) process.stderr.write("SKIPPED: Xero's descriptions are not here, so its schemas do not judge the simulator.\n");

describe.skipIf(specification === null)("Xero's descriptions", () => {
  const problemsOf = (schema: string, value: unknown) => specification?.problemsOf(schema, value) ?? [];

  test("know every field of every answer", async () => {
    const client = await connected(CAFE);
    const headers = { accept: "application/json", authorization: `Bearer ${client.readTokenSet().access_token ?? ""}`, "xero-tenant-id": CAFE };
    const ask = async (at: string, init: RequestInit = {}) => await (await fetch(`${base}${at}`, { headers, ...init })).json() as Record<string, unknown>;
    // Around every list stands what the descriptions leave out, but for their examples.
    const bare = ({ Id: _id, Status: _status, ProviderName: _name, DateTimeUTC: _time, ...body }: Record<string, unknown>) => body;
    const body = JSON.stringify({ ManualJournals: [{ Narration: "Exam", Date: "2026-01-07", Status: "POSTED", Url: "https://daybook.example/", JournalLines: [
      { LineAmount: 1, AccountCode: "640", Description: "d", Tracking: [{ Name: "Region", Option: "South" }] }, { LineAmount: -1, AccountCode: "201" }] }] });
    expect(problemsOf("ManualJournals", bare(await ask("/api.xro/2.0/ManualJournals", { method: "PUT", body, headers })))).toEqual([]);
    for (const [schema, at] of [
      ["Organisations", "Organisation"], ["Accounts", "Accounts"], ["TrackingCategories", "TrackingCategories"], ["ManualJournals", "ManualJournals?page=1"], ["ManualJournals", "ManualJournals"],
    ] as const) {
      const answer = bare(await ask(`/api.xro/2.0/${at}`));
      expect(Object.values(answer).flat().length).toBeGreaterThan(0);
      expect([schema, problemsOf(schema, answer)]).toEqual([schema, []]);
    }
    const [connection] = await ask("/connections") as unknown as unknown[];
    expect(problemsOf("Connection", connection)).toEqual([]);
    const { Elements, ...error } = await ask("/api.xro/2.0/ManualJournals", { method: "PUT", body: "{}", headers });
    expect(problemsOf("Error", error)).toEqual([]);
    expect((Elements as { ValidationErrors: unknown[] }[]).flatMap(({ ValidationErrors }) => ValidationErrors).flatMap((one) => problemsOf("ValidationError", one))).toEqual([]);
  });

  test("would notice a name that they do not know, a number written as text and a word of no list", () => {
    expect(problemsOf("ManualJournal", { Narration: "x", Unicorn: 1, Status: "BOOKED", JournalLines: [{ LineAmount: "1.00" }] }).map((problem) => problem.split(" ")[0])).toEqual(["", "/JournalLines/0/LineAmount", "/Status"]);
  });
});
