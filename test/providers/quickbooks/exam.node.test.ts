/** The simulator's exam: the vendor's OAuth SDK and the common API client drive it, and its answers keep to Intuit's XSDs. */
import { existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import OAuthClient from "intuit-oauth";
import QuickBooks from "node-quickbooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, systemRandom } from "../../../src/kernel/clock";
import { createQuickBooksSimulator, type Control } from "../../../src/providers/quickbooks/simulator";
import { readSchema } from "./xsd";

const REALM = "9130350000000001";
const APP = { clientId: "exam-app", clientSecret: "exam-secret", redirectUri: "http://127.0.0.1/callback" };

let now = Date.UTC(2026, 0, 10, 20);
let server: ServerType;
let base: string;
let control: Control;

beforeAll(async () => {
  const simulator = createQuickBooksSimulator({
    clock: () => now, random: systemRandom, limits: null,
    clients: [{ ...APP, redirectUris: [APP.redirectUri] }],
    companies: [{ realm: REALM, name: "Kestrel Coffee" }],
  });
  control = simulator.control;
  const address = await new Promise<AddressInfo>((resolve) => {
    server = serve({ fetch: simulator.app.fetch, hostname: "127.0.0.1", port: 0 }, resolve);
  });
  base = `http://127.0.0.1:${address.port}`;
  // Every address that the client knows leads here, so that no call of the exam can leave the machine.
  Object.assign(QuickBooks, {
    V3_ENDPOINT_BASE_URL: `${base}/v3/company/`,
    TOKEN_URL: `${base}/oauth2/v1/tokens/bearer`,
    REVOKE_URL: `${base}/v2/oauth2/tokens/revoke`,
    USER_INFO_URL: `${base}/userinfo`,
    APP_CENTER_BASE: base,
  });
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

function oauthClient(): OAuthClient {
  const client = new OAuthClient({ ...APP, environment: "production" });
  client.setAuthorizeURLs({
    authorizeEndpoint: `${base}/connect/oauth2`,
    tokenEndpoint: `${base}/oauth2/v1/tokens/bearer`,
    revokeEndpoint: `${base}/v2/oauth2/tokens/revoke`,
    userInfoEndpoint: `${base}/userinfo`,
  });
  return client;
}

/** Opens the consent page as a browser would, presses Allow, and brings the address that it is sent back to. */
async function consent(client: OAuthClient): Promise<string> {
  const address = client.authorizeUri({ scope: [OAuthClient.scopes.Accounting], state: "exam-state" });
  const page = await (await fetch(address)).text();
  const fields = new URLSearchParams({ decision: "allow" });
  for (const [, name = "", value = ""] of page.matchAll(/<input type="(?:hidden|radio)" name="(\w+)" value="([^"]*)"/g)) {
    fields.set(name, value.replaceAll("&#39;", "'").replaceAll("&amp;", "&"));
  }
  const answer = await fetch(new URL("oauth2", `${base}/connect/oauth2`), { method: "POST", body: fields, redirect: "manual" });
  return answer.headers.get("location") ?? "";
}

async function connected(): Promise<OAuthClient> {
  const client = oauthClient();
  await client.createToken(await consent(client));
  return client;
}

async function apiClient() {
  const { access_token: token, refresh_token: refresh } = (await connected()).getToken();
  return new QuickBooks(APP.clientId, APP.clientSecret, token, false, REALM, false, false, null, "2.0", refresh);
}

/** The callbacks of node-quickbooks as promises; a fault rejects with the answer's body. */
function settled<T>(start: (done: (error: unknown, value: unknown) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    start((error, value) => {
      if (error === null || error === undefined) resolve(value as T);
      else reject(new Error("refused", { cause: (error as { response?: { data: unknown } }).response?.data ?? error }));
    });
  });
}

const journal = (more: object = {}) => ({
  TxnDate: "2026-01-05", DocNumber: "DB-HAR-260105-S1", PrivateNote: "Harbour",
  Line: [
    { Amount: 120.5, Description: "Card", DetailType: "JournalEntryLineDetail", JournalEntryLineDetail: { PostingType: "Debit", AccountRef: { value: "6" } } },
    { Amount: 120.5, Description: "Sales", DetailType: "JournalEntryLineDetail", JournalEntryLineDetail: { PostingType: "Credit", AccountRef: { value: "20" } } },
  ],
  ...more,
});

describe("intuit-oauth", () => {
  test("authorizes, exchanges, refreshes with the same and then a new refresh token, and revokes", async () => {
    const client = oauthClient();
    const back = await consent(client);
    expect(new URL(back).searchParams.get("state")).toBe("exam-state");
    await client.createToken(back);
    const first = client.getToken().refresh_token;
    expect(client.getToken()).toMatchObject({ realmId: REALM, token_type: "bearer", expires_in: 3_600, x_refresh_token_expires_in: 8_726_400 });
    await client.refresh();
    expect(client.getToken().refresh_token).toBe(first);
    now += DAY;
    await client.refresh();
    expect(client.getToken().refresh_token).not.toBe(first);
    await expect(client.refreshUsingToken(first)).rejects.toThrow();
    await client.revoke({ refresh_token: client.getToken().refresh_token });
    await expect(client.createToken(back)).rejects.toThrow();
  });

  test("calls the API, and reads the fault and its intuit_tid out of a refusal", async () => {
    const client = await connected();
    const url = `${base}/v3/company/${REALM}`;
    const answer = await client.makeApiCall({ url: `${url}/companyinfo/${REALM}?minorversion=75` });
    expect(answer.json).toMatchObject({ CompanyInfo: { CompanyName: "Kestrel Coffee" } });
    const refused = client.makeApiCall({ url: `${url}/journalentry?minorversion=75`, method: "POST", body: JSON.stringify(journal({ Line: [] })) as never });
    await expect(refused).rejects.toMatchObject({
      fault: { type: "ValidationFault", errors: [{ code: "2250" }] }, intuitTid: expect.stringMatching(/^1-/) as string,
    });
  });
});

describe("node-quickbooks", () => {
  test("reads the company and its preferences", async () => {
    const client = await apiClient();
    expect(await settled((done) => client.getCompanyInfo(REALM, done))).toMatchObject({ CompanyName: "Kestrel Coffee", Country: "US" });
    expect(await settled((done) => client.getPreferences(done))).toMatchObject({ CurrencyPrefs: { HomeCurrency: { value: "USD" } } });
  });

  test("queries accounts with filters, and page after page", async () => {
    const client = await apiClient();
    type Page = { QueryResponse: { Account: { Name: string }[]; maxResults: number } };
    const liabilities = await settled<Page>((done) => client.findAccounts({ AccountType: "Other Current Liability", asc: "Name", limit: 2 }, done));
    expect(liabilities.QueryResponse.Account.map(({ Name }) => Name)).toEqual(["Gift Cards Outstanding", "Payroll Liabilities"]);
    const all = await settled<Page>((done) => client.findAccounts({ limit: 10, fetchAll: true }, done));
    expect(all.QueryResponse.Account).toHaveLength(control.accounts(REALM).length);
    const count = await settled<{ QueryResponse: { totalCount: number } }>((done) => client.findAccounts({ count: true }, done));
    expect(count.QueryResponse.totalCount).toBe(control.accounts(REALM).length);
  });

  test("queries classes and departments, and finds no inactive ones unless it asks for them", async () => {
    const items = [{ Id: "1", Name: "Bar", Active: true }, { Id: "2", Name: "Kitchen", Active: false }];
    control.setCompany(REALM, { tracksClasses: true, tracksDepartments: true, classes: items, departments: items });
    const client = await apiClient();
    type Page = { QueryResponse: { Class?: { Name: string }[]; Department?: { Name: string }[] } };
    expect((await settled<Page>((done) => client.findClasses({}, done))).QueryResponse.Class?.map(({ Name }) => Name)).toEqual(["Bar"]);
    expect((await settled<Page>((done) => client.findDepartments([{ field: "Active", value: [true, false], operator: "IN" }], done))).QueryResponse.Department).toHaveLength(2);
  });

  test("creates a service item and a sales receipt that comes to nothing, and reads it back", async () => {
    const client = await apiClient();
    const item = await settled<{ Id: string }>((done) => client.createItem({ Name: "Exam item", Type: "Service", IncomeAccountRef: { value: "20" } }, done));
    const line = (Amount: number) => ({ Amount, DetailType: "SalesItemLineDetail", SalesItemLineDetail: { ItemRef: { value: item.Id }, Qty: 1, UnitPrice: Amount, TaxCodeRef: { value: "NON" } } });
    const sale = (...Line: object[]) => settled<{ Id: string; TotalAmt: number }>((done) => client.createSalesReceipt({ TxnDate: "2026-01-05", DocNumber: "SALE", Line }, done));
    const made = await sale(line(12.5), line(-12.5));
    expect(made.TotalAmt).toBe(0);
    expect(await settled((done) => client.getSalesReceipt(made.Id, done))).toEqual(made);
    await expect(sale(line(-1))).rejects.toMatchObject({ cause: { Fault: { Error: [{ code: "6000" }] } } });
  });

  test("creates an entry once per requestid, reads it, and is refused a duplicate number", async () => {
    const client = await apiClient();
    type Made = { Id: string; DocNumber: string };
    const create = (more: object) => settled<Made>((done) => client.createJournalEntry(journal(more), done));
    const made = await create({ requestId: "exam-1" });
    expect(await create({ requestId: "exam-1" })).toEqual(made);
    expect(await settled((done) => client.getJournalEntry(made.Id, done))).toEqual(made);
    control.setCompany(REALM, { warnsOfDuplicates: true });
    await expect(create({ requestId: "exam-2" })).rejects.toMatchObject({ cause: { Fault: { Error: [{ code: "6140" }] } } });
    expect((await create({ requestId: "exam-2", allowDuplicateDocNum: true })).Id).not.toBe(made.Id);
    expect(control.entries(REALM).filter(({ DocNumber }) => DocNumber === made.DocNumber)).toHaveLength(2);
  });

  test("changes and deletes as a bookkeeper's tool would", async () => {
    const client = await apiClient();
    const made = await settled<{ Id: string; SyncToken: string }>((done) => client.createJournalEntry(journal({ DocNumber: "EDIT" }), done));
    const { Id, SyncToken } = made;
    expect(await settled((done) => client.updateJournalEntry({ Id, SyncToken, PrivateNote: "seen" }, done))).toMatchObject({ SyncToken: "1", PrivateNote: "seen" });
    await expect(settled((done) => client.updateJournalEntry({ Id, SyncToken }, done))).rejects.toMatchObject({ cause: { Fault: { Error: [{ code: "5010" }] } } });
    expect(await settled((done) => client.deleteJournalEntry(Id, done))).toMatchObject({ JournalEntry: { status: "Deleted" } });
    await expect(settled((done) => client.getJournalEntry(Id, done))).rejects.toMatchObject({ cause: { Fault: { Error: [{ code: "610" }] } } });
  });

  test("refreshes and revokes with a form", async () => {
    const client = await apiClient();
    expect(await settled((done) => client.refreshAccessToken(done))).toMatchObject({ token_type: "bearer" });
    await settled((done) => client.revokeAccess(true, done));
  });
});

const root = path.resolve(import.meta.dirname, "../../..");
const specs = ["../shared/specs/intuit", "../../shared/specs/intuit"].map((folder) => path.resolve(root, folder)).find(existsSync);
if (specs === undefined) process.stderr.write("SKIPPED: Intuit's XSDs are not here, so element names are not examined.\n");

describe.skipIf(specs === undefined)("Intuit's XSDs", () => {
  const schema = () => readSchema(["Finance.xsd", "IntuitBaseTypes.xsd"].map((file) => readFileSync(path.join(specs ?? "", file), "utf8")));

  test("know every element of every answer, with its plain type", async () => {
    const client = await connected();
    const get = async (what: string) => (await client.makeApiCall({ url: `${base}/v3/company/${REALM}/${what}` })).json as Record<string, never>;
    const entry = control.addEntry(REALM, journal({ DocNumber: "XSD" }));
    expect(entry.ok).toBe(true);
    const { faults } = schema();
    expect(faults("CompanyInfo", (await get(`companyinfo/${REALM}`))["CompanyInfo"])).toEqual([]);
    expect(faults("Preferences", (await get("preferences"))["Preferences"])).toEqual([]);
    const item = [{ Id: "1", Name: "Bar", Active: true }];
    control.setCompany(REALM, { tracksClasses: true, tracksDepartments: true, classes: item, departments: item });
    for (const entity of ["SalesReceipt", "Deposit", "Invoice"] as const) {
      control.addRecord(REALM, entity, { TxnDate: "2026-01-05", DocNumber: "XSD", Line: [{ Amount: 8, Description: "Sales" }] });
    }
    const tagged = journal({ DocNumber: "TAGGED" });
    for (const { JournalEntryLineDetail: detail } of tagged.Line) Object.assign(detail, { ClassRef: { value: "1" }, DepartmentRef: { value: "1" } });
    expect(control.addEntry(REALM, tagged).ok).toBe(true);
    for (const entity of ["Account", "JournalEntry", "Class", "Department", "SalesReceipt", "Deposit", "Invoice", "Item"]) {
      const page = (await get(`query?query=${encodeURIComponent(`select * from ${entity} maxresults 1000`)}`))["QueryResponse"] as unknown as Record<string, unknown[]>;
      expect(page[entity]?.length).toBeGreaterThan(0);
      expect(faults(entity, page[entity])).toEqual([]);
    }
  });

  test("would notice a name that they do not know, and a number written as text", () => {
    const { faults } = schema();
    expect(faults("JournalEntry", { Id: "1", Unicorn: 1, Line: [{ Amount: "1.00" }, { JournalEntryLineDetail: { AccountRef: { value: "1", nom: "x" } } }] })).toEqual([
      "JournalEntry.Unicorn", "JournalEntry.Line[0].Amount is no decimal", "JournalEntry.Line[1].JournalEntryLineDetail.AccountRef.nom",
    ]);
  });
});
