/** What Xero does and our client never asks for: methods, spellings, drafts, filters, keys, pages for people, memory. */
import { describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/kernel/clock";
import { createXeroSimulator, type Stored } from "../../../src/providers/xero/simulator";
import { BAKERY, CAFE, CLIENT, DATE, givenBooks, type World } from "./given";

type Json = Record<string, unknown>;

/** A caller who holds a token and says whatever it likes. */
async function caller(world: World, organisation = CAFE) {
  const { accessToken } = await world.open(organisation);
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const sent = { authorization: `Bearer ${accessToken}`, "xero-tenant-id": organisation, accept: "application/json", ...headers };
    const init = { method, headers: sent, ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }) };
    const response = await world.transport(new Request(`https://api.xero.com${path}`, init));
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
    return { status: response.status, headers: response.headers, text, json: (isJson ? JSON.parse(text) : {}) as Json };
  };
}

const journal = (more: Json = {}) => ({
  Narration: "By hand", Date: DATE, Status: "POSTED", JournalLines: [{ LineAmount: 12.5, AccountCode: "640" }, { LineAmount: -12.5, AccountCode: "201" }], ...more,
});
const shown = (json: Json) => (json["ManualJournals"] as Json[])[0] ?? {};
const API = "/api.xro/2.0";

describe("the door", () => {
  test("knows its paths and methods, and nothing else", async () => {
    const call = await caller(givenBooks());
    expect((await call("GET", `${API}/Invoices`)).status).toBe(404);
    expect((await call("GET", "/api.xro/3.0/Accounts")).status).toBe(404);
    expect((await call("DELETE", `${API}/ManualJournals`)).status).toBe(405);
    expect((await call("PUT", `${API}/Organisation`)).status).toBe(405);
    expect((await call("PATCH", "/connections")).status).toBe(405);
  });

  test("speaks XML to who does not ask for JSON", async () => {
    const call = await caller(givenBooks());
    const { headers, text } = await call("GET", `${API}/Organisation`, undefined, { accept: "*/*" });
    expect(headers.get("content-type")).toContain("text/xml");
    expect(text).toContain("<Name>Kestrel Coffee</Name>");
  });

  test("needs an organisation that the token opens, and a scope for what is asked", async () => {
    const world = givenBooks();
    const call = await caller(world);
    expect(await call("GET", `${API}/Accounts`, undefined, { "xero-tenant-id": "" })).toMatchObject({ status: 403, json: { Detail: "AuthenticationUnsuccessful" } });
    expect((await call("GET", `${API}/Accounts`, undefined, { "xero-tenant-id": BAKERY })).status).toBe(403);
    expect(await call("GET", `${API}/Accounts`, undefined, { authorization: "Bearer guess" })).toMatchObject({ status: 401, json: { Title: "Unauthorized" } });
    for (const stored of world.control.snapshot()) {
      if (stored.kind === "grant") world.control.restore([{ ...stored, value: { ...stored.value, scopes: ["offline_access", "accounting.settings.read"] } }]);
    }
    expect((await call("GET", `${API}/Accounts`)).status).toBe(200);
    expect(await call("PUT", `${API}/Accounts`, {})).toMatchObject({ status: 401, json: { Detail: "AuthorizationUnsuccessful" } });
    expect((await call("GET", `${API}/ManualJournals`)).status).toBe(401);
  });

  test("says on every answer what is left of each limit", async () => {
    const call = await caller(givenBooks({ limits: { atOnce: 5, perMinute: 60, perDay: 5_000, perAppMinute: 10_000 } }));
    await call("GET", `${API}/Organisation`);
    const { headers } = await call("GET", `${API}/Organisation`);
    expect(["x-minlimit-remaining", "x-daylimit-remaining", "x-appminlimit-remaining"].map((name) => headers.get(name))).toEqual(["58", "4998", "9998"]);
  });

  test("refuses a sixth call at once, and takes it when one is answered", async () => {
    const world = givenBooks({ limits: { atOnce: 5, perMinute: 60, perDay: 5_000, perAppMinute: 10_000 } });
    const call = await caller(world);
    const answers = await Promise.all(Array.from({ length: 6 }, () => call("GET", `${API}/Organisation`)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ headers }) => headers.get("x-rate-limit-problem"))).toEqual(["concurrent"]);
    expect((await call("GET", `${API}/Organisation`)).status).toBe(200);
  });
});

describe("journals", () => {
  test("are drafts unless they say otherwise, and a draft may be out of balance", async () => {
    const call = await caller(givenBooks());
    const { Status: _, ...silent } = journal({ JournalLines: [{ LineAmount: 5, AccountCode: "640" }, { LineAmount: -4, AccountCode: "201" }] });
    expect(shown((await call("PUT", `${API}/ManualJournals`, { ManualJournals: [silent] })).json)).toMatchObject({ Status: "DRAFT", LineAmountTypes: "NoTax" });
    expect((await call("PUT", `${API}/ManualJournals`, { ...silent, Status: "POSTED" })).status).toBe(400);
  });

  test("are created by PUT whatever they name, and created or changed by POST", async () => {
    const world = givenBooks();
    const call = await caller(world);
    const id = shown((await call("POST", `${API}/ManualJournals`, journal())).json)["ManualJournalID"];
    await call("PUT", `${API}/ManualJournals`, journal({ ManualJournalID: id, Narration: "Another" }));
    expect(world.control.journals(CAFE).map(({ narration }) => narration)).toEqual(["By hand", "Another"]);
    expect(shown((await call("POST", `${API}/ManualJournals`, { ManualJournalID: id, Narration: "Changed" })).json)).toMatchObject({ ManualJournalID: id, Narration: "Changed", Status: "POSTED" });
    expect(shown((await call("POST", `${API}/ManualJournals/${String(id)}`, { Status: "VOIDED" })).json)).toMatchObject({ Status: "VOIDED" });
    expect((await call("POST", `${API}/ManualJournals/${String(id)}`, { Narration: "Once more" })).status).toBe(400);
    expect((await call("POST", `${API}/ManualJournals/${crypto.randomUUID()}`, { Narration: "x" })).status).toBe(400);
    expect(world.control.journals(CAFE)).toHaveLength(2);
  });

  test("of a locked period can be neither made nor changed", async () => {
    const world = givenBooks();
    const call = await caller(world);
    const id = shown((await call("PUT", `${API}/ManualJournals`, journal())).json)["ManualJournalID"];
    world.control.setOrganisation(CAFE, { periodLockDate: "2026-01-31" });
    for (const change of [{ Narration: "x" }, { Status: "VOIDED" }, { Date: "2026-02-01" }]) expect((await call("POST", `${API}/ManualJournals/${String(id)}`, change)).status).toBe(400);
    expect(world.control.journals(CAFE)[0]).toMatchObject({ status: "POSTED", narration: "By hand" });
  });

  test("come with dates in Xero's own spelling, in pages, filtered, and without lines where no page was asked for", async () => {
    const call = await caller(givenBooks());
    for (const day of ["2026-01-04", "2026-01-05", "2026-01-06"]) await call("PUT", `${API}/ManualJournals`, journal({ Date: day }));
    const list = async (query: string) => (await call("GET", `${API}/ManualJournals?${query}`)).json;
    const days = async (where: string) => ((await list(`page=1&where=${encodeURIComponent(where)}`))["ManualJournals"] as Json[]).map(({ Date: date }) => date);
    expect(await days("Date==DateTime(2026,01,05)")).toEqual(["/Date(1767571200000+0000)/"]);
    expect(await days("Date>=DateTime(2026,1,5) AND Date<DateTime(2026,02,01)")).toHaveLength(2);
    expect(await days('Status=="DRAFT"')).toEqual([]);
    expect((await list("page=2&pageSize=2"))["pagination"]).toEqual({ page: 2, pageSize: 2, pageCount: 2, itemCount: 3 });
    expect(shown(await list(""))["JournalLines"]).toEqual([]);
    for (const query of ["page=0", "page=x", "page=1&pageSize=0"]) expect((await call("GET", `${API}/ManualJournals?${query}`)).status).toBe(400);
    const wrong = await call("GET", `${API}/ManualJournals?where=${encodeURIComponent("Narration.Contains(\"x\")")}`);
    expect(wrong).toMatchObject({ status: 400, json: { Type: "QueryParseException" } });
    expect((await call("GET", `${API}/ManualJournals`, undefined, { "if-modified-since": "yesterday" })).status).toBe(400);
  });

  test("of a key are made once, refused when the body is another, and tried again when they were refused", async () => {
    const world = givenBooks();
    const call = await caller(world);
    const put = async (body: unknown, key: string) => await call("PUT", `${API}/ManualJournals`, body, { "idempotency-key": key });
    expect((await put(journal({ Narration: "" }), "key")).status).toBe(400);
    const first = await put(journal(), "key");
    expect((await put(journal(), "key")).text).toBe(first.text);
    expect(await put(journal({ Narration: "Other" }), "key")).toMatchObject({ status: 400, json: { Title: "BadRequest" } });
    expect((await put(journal(), "k".repeat(129))).status).toBe(400);
    expect(world.control.journals(CAFE)).toHaveLength(1);
    const bakery = await caller(world, BAKERY);
    expect((await bakery("PUT", `${API}/ManualJournals`, journal(), { "idempotency-key": "key" })).status).toBe(200);
  });

  test.each(["", "[]", "{", '{"ManualJournals":[]}', '{"ManualJournals":[1]}'])("cannot be read from %j", async (body) => {
    const call = await caller(givenBooks());
    expect(await call("PUT", `${API}/ManualJournals`, body)).toMatchObject({ status: 400, json: { ErrorNumber: 14 } });
  });

  test("take at most two tracking elements, by names or by ids, of what is there", async () => {
    const call = await caller(givenBooks());
    const put = async (Tracking: unknown) => await call("PUT", `${API}/ManualJournals`, journal({ JournalLines: [{ LineAmount: 1, AccountCode: "640", Tracking }, { LineAmount: -1, AccountCode: "201" }] }));
    const north = { Name: "Region", Option: "North" };
    expect((await put([north, { Name: "Department", Option: "Bar" }])).status).toBe(200);
    expect((await put([north, north, north])).status).toBe(400);
    expect((await put([{ Name: "Region", Option: "West" }])).status).toBe(400);
    expect((await put("North")).status).toBe(400);
  });
});

describe("people", () => {
  const page = async (world: World, path: string, form?: Record<string, string>) => {
    const init = form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) };
    return await world.transport(new Request(`https://go.xero.com${path}`, init));
  };

  test("see the chart, archive an account, see the journals and void one", async () => {
    const world = givenBooks();
    world.control.addJournal(CAFE, journal({ Narration: "<b>Sales</b>", Url: "https://daybook.example/?entry=1" }));
    const [entry] = world.control.journals(CAFE);
    expect(await (await page(world, "/GeneralLedger/ChartOfAccounts.aspx")).text()).toContain("Coffee Sales");
    expect(await (await page(world, `/GeneralLedger/ChartOfAccounts.aspx?organisation=${BAKERY}`)).text()).toContain("Linnet Bakery");
    const account = world.accountId("Coffee Sales");
    expect((await page(world, "/GeneralLedger/ChartOfAccounts.aspx", { organisation: CAFE, account, archived: "true" })).status).toBe(303);
    expect(world.control.accounts(CAFE).find(({ AccountID }) => AccountID === account)?.Status).toBe("ARCHIVED");
    const list = await (await page(world, "/Journal/Search.aspx")).text();
    expect(list).toContain("&lt;b&gt;Sales&lt;/b&gt;");
    expect(list).not.toContain("<b>Sales");
    const one = await (await page(world, `/Journal/View.aspx?invoiceID=${entry?.id}`)).text();
    expect(one).toContain("12.50");
    expect(one).toContain("Go to Daybook");
    expect((await page(world, "/Journal/View.aspx", { organisation: CAFE, journal: entry?.id ?? "" })).status).toBe(303);
    expect(world.control.journals(CAFE)[0]?.status).toBe("VOIDED");
    expect((await page(world, "/Journal/View.aspx?invoiceID=none")).status).toBe(404);
  });

  test("are shown no consent page for an app, an address, a scope or a challenge that Xero would not take", async () => {
    const world = givenBooks();
    const asked = { client_id: CLIENT.clientId, redirect_uri: CLIENT.redirectUri, response_type: "code", scope: "offline_access accounting.settings", state: "s" };
    const status = async (change: Record<string, string>) => {
      return (await world.transport(new Request(`https://login.xero.com/identity/connect/authorize?${new URLSearchParams({ ...asked, ...change }).toString()}`))).status;
    };
    expect(await status({})).toBe(200);
    const wrong: readonly Record<string, string>[] = [
      { client_id: "x" }, { redirect_uri: `${CLIENT.redirectUri}/x` }, { response_type: "token" }, { scope: "accounting.transactions" }, { code_challenge: "x", code_challenge_method: "plain" },
    ];
    for (const change of wrong) expect(await status(change)).toBe(400);
  });
});

describe("memory", () => {
  test("kept one change at a time brings everything back: tokens, journals, keys and the chart", async () => {
    const kept = new Map<string, Stored>();
    const world = givenBooks({ onChange: (stored) => kept.set(`${stored.kind}/${stored.key}`, structuredClone(stored)) });
    const access = await world.open();
    const call = await caller(world);
    const made = await call("PUT", `${API}/ManualJournals`, journal(), { "idempotency-key": "key" });
    const { app, control } = createXeroSimulator({ clock: world.now, random: systemRandom, clients: [{ ...CLIENT, redirectUris: [CLIENT.redirectUri] }], restore: kept.values(), limits: null });
    expect(control.snapshot().length).toBe(world.control.snapshot().length);
    const headers = { authorization: `Bearer ${access.accessToken}`, "xero-tenant-id": CAFE, accept: "application/json", "idempotency-key": "key" };
    const again = await app.fetch(new Request(`https://api.xero.com${API}/ManualJournals`, { method: "PUT", headers, body: JSON.stringify(journal()) }));
    expect(await again.text()).toBe(made.text);
    expect(control.issuedSecrets()).toContain(access.accessToken);
  });

  test("is at the switchboard's command, which refuses what it does not know", async () => {
    const world = givenBooks();
    const post = async (path: string, body: unknown) => (await world.app.fetch(new Request(`https://xero.test/__sim${path}`, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }))).status;
    expect(await post(`/organisation/${CAFE}`, { periodLockDate: "2026-01-31" })).toBe(204);
    expect(await post("/faults", { misbehaviour: { kind: "throttle", problem: "minute", retryAfterSeconds: 5 } })).toBe(204);
    expect(await post("/faults", { misbehaviour: { kind: "explode" } })).toBe(400);
    expect(await post("/limits", null)).toBe(204);
    const headers = { "xero-tenant-id": CAFE, accept: "application/json" };
    expect((await world.transport(new Request(`https://api.xero.com${API}/Organisation`, { headers }))).status).toBe(429);
    const organisation = world.control.snapshot().find((stored) => stored.kind === "organisation" && stored.key === CAFE);
    expect(organisation?.value).toMatchObject({ periodLockDate: "2026-01-31" });
  });
});
