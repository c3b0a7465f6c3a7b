import { describe, expect, test } from "vitest";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import type { Misbehaviour } from "../../../src/providers/quickbooks/simulator-faults";
import { anOrder, BAKERY, CAFE, DATE, failureOf, givenBooks, LONGER_THAN_A_TOKEN, valueOf } from "./given";

describe("an entry that the books refuse", () => {
  test("for an account that is not there, names the account", async () => {
    const { open, control } = givenBooks();
    const order = anOrder({ lines: [["debit", "6", 5], ["credit", "9999", 5]] });
    expect(failureOf(await quickbooks.createEntry(await open(), order))).toMatchObject({
      kind: "account_unknown", accountIds: ["9999"], answer: { status: 400, code: "2500", reference: expect.stringMatching(/^1-/) },
    });
    expect(control.entries(CAFE)).toHaveLength(0);
  });

  test("for an inactive account, names the account", async () => {
    const { open, control } = givenBooks();
    control.setAccountActive(CAFE, "20", false);
    expect(failureOf(await quickbooks.createEntry(await open(), anOrder()))).toMatchObject({
      kind: "account_inactive", accountIds: ["20"], answer: { code: "610" },
    });
    control.setAccountActive(CAFE, "20", true);
    expect((await quickbooks.createEntry(await open(), anOrder())).ok).toBe(true);
  });

  test("stays vague about the account where the chart cannot be read", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.setAccountActive(CAFE, "20", false);
    control.misbehave({ misbehaviour: { kind: "status", status: 503 }, path: "/query" });
    expect(failureOf(await quickbooks.createEntry(access, anOrder()))).toMatchObject({ kind: "account_inactive", accountIds: [] });
  });

  test.each([[false, "6200"], [true, "6210"]])("in a closed period (password: %s), says through when", async (hasClosingPassword, code) => {
    const { open, control } = givenBooks();
    control.setCompany(CAFE, { bookCloseDate: "2026-01-05", hasClosingPassword });
    expect(failureOf(await quickbooks.createEntry(await open(), anOrder()))).toMatchObject({
      kind: "period_closed", closedThrough: "2026-01-05", answer: { code },
    });
    control.setCompany(CAFE, { bookCloseDate: "2026-01-04" });
    expect((await quickbooks.createEntry(await open(), anOrder())).ok).toBe(true);
  });

  test("tells the two meanings of 6210 apart, and claims neither for a third", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const fault = (message: string): Misbehaviour => ({ kind: "fault", status: 400, code: "6210", message, detail: "" });
    control.misbehave({ misbehaviour: fault("Duplicate Document Number Error"), path: "/journalentry" });
    expect(failureOf(await quickbooks.createEntry(access, anOrder()))).toMatchObject({ kind: "duplicate_number", documentNumber: "DB-HAR-260105-S1" });
    control.misbehave({ misbehaviour: fault("Something else"), path: "/journalentry" });
    expect(failureOf(await quickbooks.createEntry(access, anOrder())).kind).toBe("provider_refused");
  });

  test("for a number that is taken, where the company warns of it; elsewhere the duplicate shows in the look-up", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    valueOf(await quickbooks.createEntry(access, anOrder()));
    control.setCompany(CAFE, { warnsOfDuplicates: true });
    const second = anOrder({ requestId: "request-2" });
    expect(failureOf(await quickbooks.createEntry(access, second))).toMatchObject({
      kind: "duplicate_number", documentNumber: "DB-HAR-260105-S1", answer: { code: "6140" },
    });
    control.setCompany(CAFE, { warnsOfDuplicates: false });
    valueOf(await quickbooks.createEntry(access, second));
    expect(failureOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toEqual({
      kind: "duplicate_number", documentNumber: "DB-HAR-260105-S1",
    });
  });

  test.each([
    ["out of balance", { lines: [["debit", "6", 5], ["credit", "20", 4]] }, "2300"],
    ["with one line", { lines: [["debit", "6", 0]] }, "2250"],
    ["to receivables without a customer", { lines: [["debit", "4", 5], ["credit", "20", 5]] }, "6000"],
    ["in a foreign currency while multicurrency is off", { currency: "EUR" }, "6000"],
  ] as const)("%s, comes back with the books' own words", async (_, change, code) => {
    const { open } = givenBooks();
    const failure = failureOf(await quickbooks.createEntry(await open(), anOrder(change)));
    expect(failure).toMatchObject({ kind: "provider_refused", answer: { status: 400, code } });
  });

  test.each([
    ["documentNumber", { documentNumber: "N".repeat(22) }],
    ["requestId", { requestId: "r".repeat(51) }],
    ["memo", { memo: "m".repeat(4_001) }],
    ["description", { lines: [["debit", "6", 5, "d".repeat(4_001)], ["credit", "20", 5]] }],
    ["amount", { lines: [["debit", "6", 9_007_199_254_740_991], ["credit", "20", 9_007_199_254_740_991]] }],
  ] as const)("whose %s it could not hold, never leaves", async (path, change) => {
    const { open, control } = givenBooks();
    const access = await open();
    const failure = failureOf(await quickbooks.createEntry(access, anOrder(change)));
    expect(failure).toMatchObject({ kind: "invalid_input", fields: expect.arrayContaining([expect.objectContaining({ path })]) });
    expect(control.calls({ path: "/journalentry" })).toHaveLength(0);
  });

  test("even when the refusal hides behind a status of 200", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.switches.faultStatus = 200;
    control.setCompany(CAFE, { bookCloseDate: "2026-01-05" });
    expect(failureOf(await quickbooks.createEntry(access, anOrder()))).toMatchObject({ kind: "period_closed", answer: { status: 200 } });
  });
});

describe("what may have happened", () => {
  test.each<[string, Misbehaviour, number]>([
    ["the connection breaks after the entry was made", { kind: "lost" }, 1],
    ["the answer is cut short", { kind: "truncated" }, 1],
    ["the answer is empty", { kind: "empty" }, 1],
    ["the answer comes too slowly", { kind: "slow", milliseconds: 4_000 }, 1],
    ["nothing answers", { kind: "hang" }, 0],
    ["a gateway answers in HTML", { kind: "html", status: 502 }, 0],
    ["HTML comes with a status of 200", { kind: "html", status: 200 }, 0],
    ["the server fails", { kind: "status", status: 500 }, 0],
    ["the service is unavailable", { kind: "status", status: 503 }, 0],
    ["a system fault hides behind a 400", { kind: "fault", status: 400, code: "10200", message: "System error", detail: "" }, 0],
    ["the request id is said to be used", { kind: "fault", status: 400, code: "600", message: "Duplicate Request ID", detail: "" }, 0],
  ])("is called lost when %s, and a repeat makes one entry in all", async (_, misbehaviour, made) => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour, path: "/journalentry" });
    expect(failureOf(await quickbooks.createEntry(access, anOrder())).kind).toBe("answer_lost");
    expect(control.entries(CAFE)).toHaveLength(made);
    expect((await quickbooks.createEntry(access, anOrder())).ok).toBe(true);
    expect(control.entries(CAFE)).toHaveLength(1);
  });

  test("is called lost for a repeated request id where the books refuse repeats", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.switches.repeats = "refused";
    const created = valueOf(await quickbooks.createEntry(access, anOrder()));
    expect(failureOf(await quickbooks.createEntry(access, anOrder())).kind).toBe("answer_lost");
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toEqual(created);
  });

  test("is called lost for an account too", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "lost" }, path: "/account" });
    const account = { name: "Tips", type: "Other Current Liability", subType: "OtherCurrentLiabilities" };
    expect(failureOf(await quickbooks.createAccount(access, account)).kind).toBe("answer_lost");
    expect(failureOf(await quickbooks.createAccount(access, account)).kind).toBe("conflict");
  });
});

describe("what certainly did not happen", () => {
  test("throttled with a word on when: busy until then", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "throttle", retryAfterSeconds: 7 } });
    expect(failureOf(await quickbooks.createEntry(access, anOrder()))).toEqual({ kind: "provider_busy", provider: "quickbooks", retryAfterSeconds: 7 });
    expect(control.entries(CAFE)).toHaveLength(0);
  });

  test("throttled without a word: busy for a minute", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "throttle", retryAfterSeconds: null } });
    expect(failureOf(await quickbooks.accounts(access))).toEqual({ kind: "provider_busy", provider: "quickbooks", retryAfterSeconds: 60 });
  });

  test("beyond Intuit's own limits: busy, and free again when time has passed", async () => {
    const world = givenBooks({ limits: { perMinute: 500, perSecond: 10 } });
    const access = await world.open();
    world.pass(60_000);
    const calls = await Promise.all(Array.from({ length: 12 }, async () => await quickbooks.findEntry(access, "N", DATE, "journal")));
    const busy = { kind: "provider_busy", provider: "quickbooks", retryAfterSeconds: 60 };
    expect(calls.filter((call) => !call.ok).map(failureOf)).toEqual([busy, busy]);
    world.pass(1_000);
    expect((await quickbooks.findEntry(access, "N", DATE, "journal")).ok).toBe(true);
  });

  test.each([
    ["lapsed", "subscription_lapsed"], ["maintenance", "provider_down"], ["locked", "provider_refused"],
    ["user_removed", "reconnect_needed"], ["app_disconnected", "reconnect_needed"],
  ] as const)("in a company that is %s: %s, reading and writing alike", async (status, kind) => {
    const { open, control } = givenBooks();
    const access = await open();
    control.setCompany(CAFE, { status });
    expect(failureOf(await quickbooks.describe(access)).kind).toBe(kind);
    expect(failureOf(await quickbooks.createEntry(access, anOrder())).kind).toBe(kind);
  });

  test("with an expired token: refused with 401, for only a refresh can tell whether the grant is dead", async () => {
    const world = givenBooks();
    const access = await world.open();
    world.pass(LONGER_THAN_A_TOKEN);
    expect(failureOf(await quickbooks.createEntry(access, anOrder()))).toMatchObject({
      kind: "provider_refused", answer: { status: 401, code: "3200", message: "message=AuthenticationFailed; errorCode=003200; statusCode=401" },
    });
  });

  test("with the token of another company: reconnect, and nothing of the company is told", async () => {
    const { open, control } = givenBooks();
    const access = await open(BAKERY);
    const failure = failureOf(await quickbooks.createEntry({ ...access, externalAccount: CAFE }, anOrder()));
    expect(failure).toMatchObject({ kind: "reconnect_needed", answer: { code: "100" } });
    expect(JSON.stringify(failure)).not.toContain("Kestrel");
    expect(control.entries(CAFE)).toHaveLength(0);
  });

  test("an account whose name is taken, by an inactive account too: conflict", async () => {
    const { open } = givenBooks();
    const access = await open();
    const account = { name: "tips payable", type: "Income", subType: "" };
    expect(failureOf(await quickbooks.createAccount(access, account))).toMatchObject({ kind: "conflict" });
  });

  test.each(["", "  ", "a:b", 'a "quoted" name', "x".repeat(101), "line\nbreak"])("an account named %j never leaves", async (name) => {
    const { open, control } = givenBooks();
    const access = await open();
    expect(failureOf(await quickbooks.createAccount(access, { name, type: "Income", subType: "" })).kind).toBe("invalid_input");
    expect(control.calls({ path: "/account" })).toHaveLength(0);
  });

  test("an account of a type that does not exist: refused in the books' words", async () => {
    const { open } = givenBooks();
    const failure = failureOf(await quickbooks.createAccount(await open(), { name: "Odd", type: "Fantasy", subType: "" }));
    expect(failure).toMatchObject({ kind: "provider_refused", answer: { code: "2170" } });
  });
});

describe("reading", () => {
  test("an entry that a bookkeeper deleted, never existed, or has no number for an id: not found", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const created = valueOf(await quickbooks.createEntry(access, anOrder()));
    control.deleteEntry(CAFE, created.id);
    for (const id of [created.id, "424242", "../preferences", "1?operation=delete", ""]) {
      expect(failureOf(await quickbooks.readEntry(access, id, "journal"))).toEqual({ kind: "not_found" });
    }
    expect(valueOf(await quickbooks.findEntry(access, "DB-HAR-260105-S1", DATE, "journal"))).toBeNull();
  });

  test("an entry that a bookkeeper changed shows the change, and the replay of its request does not", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    const created = valueOf(await quickbooks.createEntry(access, anOrder()));
    const [entry] = control.entries(CAFE);
    control.editEntry(CAFE, created.id, { Line: entry?.Line.map((line) => ({ ...line, Amount: 99.99 })) });
    expect(valueOf(await quickbooks.readEntry(access, created.id, "journal")).lines).toMatchObject([{ minor: 9_999 }, { minor: 9_999 }]);
    expect(valueOf(await quickbooks.createEntry(access, anOrder()))).toEqual(created);
  });

  test.each<[string, Misbehaviour, string]>([
    ["nothing answers", { kind: "hang" }, "provider_down"],
    ["the connection breaks", { kind: "lost" }, "provider_down"],
    ["the server fails", { kind: "status", status: 500 }, "provider_down"],
    ["a gateway answers in HTML", { kind: "html", status: 502 }, "provider_down"],
    ["the answer is cut short", { kind: "truncated" }, "provider_unreadable"],
    ["the answer is empty", { kind: "empty" }, "provider_unreadable"],
    ["HTML comes with a status of 200", { kind: "html", status: 200 }, "provider_unreadable"],
  ])("when %s is a failure of the provider, never of the grant", async (_, misbehaviour, kind) => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour, path: "/companyinfo" });
    expect(failureOf(await quickbooks.describe(access)).kind).toBe(kind);
  });

  test("a closing date that is no date is unreadable, not open books", async () => {
    const { open, control } = givenBooks();
    control.setCompany(CAFE, { bookCloseDate: "31.12.2025" });
    expect(failureOf(await quickbooks.describe(await open())).kind).toBe("provider_unreadable");
  });

  test("an answer that echoes the token is shown without it", async () => {
    const { open, control } = givenBooks();
    const access = await open();
    control.misbehave({ misbehaviour: { kind: "fault", status: 400, code: "10000x", message: `bad ${access.accessToken}`, detail: access.accessToken } });
    const failure = failureOf(await quickbooks.accounts(access));
    expect(failure).toMatchObject({ kind: "provider_refused", answer: { message: "bad [removed]: [removed]" } });
  });
});
