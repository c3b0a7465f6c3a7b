import { describe, expect, test } from "vitest";
import { xero } from "../../../src/providers/xero/index";
import type { Misbehaviour } from "../../../src/providers/xero/simulator-faults";
import { createSend } from "../../../src/providers/send";
import { ABSENT, BAKERY, CAFE, DATE, failureOf, givenBooks, LONGER_THAN_A_TOKEN, valueOf } from "./given";

const NUMBER = "DB-HAR-260105-S1";

describe("an entry that the books refuse", () => {
  test("for an account that is not there, names the account", async () => {
    const world = givenBooks();
    const order = world.anOrder({ accountIds: [world.accountId("Square Clearing"), ABSENT] });
    expect(failureOf(await xero.createEntry(await world.open(), order))).toMatchObject({
      kind: "account_unknown", accountIds: [ABSENT], answer: { status: 400, code: "ValidationException" },
    });
    expect(world.control.journals(CAFE)).toHaveLength(0);
  });

  test("for an archived account, names the account, and takes the same order once it is restored", async () => {
    const world = givenBooks();
    const id = world.accountId("Coffee Sales");
    world.control.setAccountStatus(CAFE, id, "ARCHIVED");
    const failure = failureOf(await xero.createEntry(await world.open(), world.anOrder()));
    expect(failure).toMatchObject({ kind: "account_inactive", accountIds: [id], answer: { message: "Account code '201' has been archived or deleted." } });
    world.control.setAccountStatus(CAFE, id, "ACTIVE");
    expect((await xero.createEntry(await world.open(), world.anOrder())).ok).toBe(true);
  });

  test("for a tracking option that is archived, names the option", async () => {
    const world = givenBooks();
    const [region] = world.control.tracking(CAFE);
    const [north, south] = region?.Options ?? [];
    const tag = (option: typeof north) => ({ dimension: region?.TrackingCategoryID ?? "", option: option?.TrackingOptionID ?? "", name: option?.Name ?? "" });
    world.control.setOptionStatus(CAFE, south?.TrackingOptionID ?? "", "ARCHIVED");
    expect(failureOf(await xero.createEntry(await world.open(), world.anOrder({ tags: [tag(south)] })))).toMatchObject({ kind: "tag_inactive", tags: [tag(south)] });
    expect((await xero.createEntry(await world.open(), world.anOrder({ tags: [tag(north)] }))).ok).toBe(true);
  });

  test.each(["periodLockDate", "endOfYearLockDate"])("before its %s, says through when it is locked", async (lock) => {
    const world = givenBooks();
    world.control.setOrganisation(CAFE, { [lock]: "2026-01-05" });
    expect(failureOf(await xero.createEntry(await world.open(), world.anOrder()))).toMatchObject({
      kind: "period_closed", closedThrough: "2026-01-05", answer: { message: expect.stringContaining("05-Jan-2026") },
    });
    world.control.setOrganisation(CAFE, { [lock]: "2026-01-04" });
    expect((await xero.createEntry(await world.open(), world.anOrder())).ok).toBe(true);
  });

  test.each([
    ["out of balance", [["debit", "Square Clearing", 5], ["credit", "Coffee Sales", 4]], "The total debits (0.05) must equal total credits (-0.04)"],
    ["with one line", [["debit", "Square Clearing", 5]], "at least two"],
    ["to the bank", [["debit", "Business Savings", 5], ["credit", "Coffee Sales", 5]], "'091' is not a valid code"],
    ["to receivables", [["debit", "Accounts Receivable", 5], ["credit", "Coffee Sales", 5]], "'610' is not a valid code"],
  ] as const)("%s, comes back with the books' own words", async (_, lines, message) => {
    const world = givenBooks();
    const failure = failureOf(await xero.createEntry(await world.open(), world.anOrder({ lines })));
    expect(failure).toMatchObject({ kind: "provider_refused", answer: { status: 400, message: expect.stringContaining(message) } });
  });

  test("in another currency than the organisation's is never sent", async () => {
    const world = givenBooks();
    const access = await world.open(BAKERY);
    expect(failureOf(await xero.createEntry(access, world.anOrder()))).toEqual({ kind: "currency_mismatch", expected: "GBP", found: "USD" });
    expect(world.control.calls({ method: "PUT" })).toEqual([]);
  });

  test("keeps the books' own words where nothing explains them, or nothing answers", async () => {
    const world = givenBooks();
    const access = await world.open();
    world.control.setAccountStatus(CAFE, world.accountId("Coffee Sales"), "ARCHIVED");
    valueOf(await xero.describe(access));
    world.control.misbehave({ misbehaviour: { kind: "status", status: 503 }, method: "GET", times: 5 });
    expect(failureOf(await xero.createEntry(access, world.anOrder())).kind).toBe("provider_refused");
  });

  test("per item, in an answer of status 200, is refused all the same", async () => {
    const world = givenBooks();
    const access = await world.open();
    const errors = async (request: Request) => {
      const url = new URL(request.url);
      if (request.method === "PUT") url.searchParams.set("summarizeErrors", "false");
      return await world.transport(new Request(url, request));
    };
    const summarised = { ...access, send: createSend(errors, xero.manifest) };
    world.control.setOrganisation(CAFE, { periodLockDate: "2026-01-31" });
    expect(failureOf(await xero.createEntry(summarised, world.anOrder()))).toMatchObject({ kind: "period_closed", closedThrough: "2026-01-31", answer: { status: 200 } });
    expect(world.control.journals(CAFE)).toEqual([]);
  });
});

describe("an entry that the books cannot hold", () => {
  const long = (length: number) => "x".repeat(length);
  test.each([
    ["documentNumber", { documentNumber: long(22) }], ["requestId", { requestId: long(51) }], ["memo", { memo: long(3_901) }],
    ["description", { lines: [["debit", "Square Clearing", 5, long(4_001)], ["credit", "Coffee Sales", 5]] }],
    ["tags", { tags: [1, 2, 3].map((one) => ({ dimension: String(one), option: "o", name: "" })) }],
    ["amount", { lines: [["debit", "Square Clearing", 9_007_199_254_740_991], ["credit", "Coffee Sales", 9_007_199_254_740_991]] }],
    ["amount", { currency: "KWD", lines: [["debit", "Square Clearing", 1_005], ["credit", "Coffee Sales", 1_005]] }],
  ] as const)("because of its %s is refused before anything is asked", async (path, change) => {
    const world = givenBooks();
    const access = await world.open();
    const before = world.control.calls().length;
    expect(failureOf(await xero.createEntry(access, world.anOrder(change)))).toMatchObject({ kind: "invalid_input", fields: [{ path }, ...path === "amount" ? [{ path }] : []] });
    expect(world.control.calls()).toHaveLength(before);
  });
});

describe("a creation of which nobody knows", () => {
  const lost: readonly [string, Misbehaviour][] = [
    ["its answer is lost", { kind: "lost" }], ["its answer is cut", { kind: "truncated" }], ["its answer is empty", { kind: "empty" }],
    ["a gateway answers with a page", { kind: "html", status: 502 }], ["a page comes as a success", { kind: "html", status: 200 }], ["a page comes with 503", { kind: "html", status: 503 }],
    ["it breaks inside", { kind: "status", status: 500 }], ["nothing comes at all", { kind: "hang" }],
  ];
  test.each(lost)("is answer_lost when %s, and sending it again makes no second", async (_, misbehaviour) => {
    const world = givenBooks();
    const access = await world.open();
    world.control.misbehave({ misbehaviour, method: "PUT" });
    expect(failureOf(await xero.createEntry(access, world.anOrder()))).toMatchObject({ kind: "answer_lost", provider: "xero" });
    valueOf(await xero.createEntry(access, world.anOrder()));
    expect(world.control.journals(CAFE)).toHaveLength(1);
  });

  test("is certain where the gateway itself says that the organisation is offline", async () => {
    const world = givenBooks();
    const access = await world.open();
    valueOf(await xero.describe(access));
    world.control.setOrganisation(CAFE, { isOffline: true });
    expect(failureOf(await xero.createEntry(access, world.anOrder()))).toMatchObject({ kind: "provider_down", detail: "ServiceUnavailable: The Organisation is offline" });
  });
});

describe("two of one number", () => {
  test("are for a person to settle; a voided one and a draft do not count", async () => {
    const world = givenBooks();
    const access = await world.open();
    const first = valueOf(await xero.createEntry(access, world.anOrder()));
    const [journal] = world.control.journals(CAFE);
    const copy = { Narration: `${NUMBER} by hand`, Date: DATE, JournalLines: journal?.lines };
    world.control.addJournal(CAFE, { ...copy, Status: "DRAFT" });
    expect(valueOf(await xero.findEntry(access, NUMBER, DATE, "journal"))).toEqual(first);
    world.control.addJournal(CAFE, { ...copy, Status: "POSTED" });
    expect(failureOf(await xero.findEntry(access, NUMBER, DATE, "journal"))).toEqual({ kind: "duplicate_number", documentNumber: NUMBER });
    world.control.voidJournal(CAFE, first.id);
    expect(valueOf(await xero.findEntry(access, NUMBER, DATE, "journal"))?.id).not.toBe(first.id);
    expect(failureOf(await xero.readEntry(access, first.id, "journal"))).toEqual({ kind: "not_found" });
  });

  test.each([ABSENT, "1", "", "../Accounts", "' OR 1=1"])("reading %j finds nothing", async (id) => {
    const { open } = givenBooks();
    expect(failureOf(await xero.readEntry(await open(), id, "journal"))).toEqual({ kind: "not_found" });
  });
});

describe("a token", () => {
  test("that is old is refused with 401, so that a renewal is tried", async () => {
    const world = givenBooks();
    const access = await world.open();
    world.pass(LONGER_THAN_A_TOKEN);
    const failure = failureOf(await xero.describe(access));
    expect(failure).toMatchObject({ kind: "provider_refused", answer: { status: 401, code: "Unauthorized", message: expect.stringMatching(/^TokenExpired/), reference: expect.stringMatching(/^[\da-f-]{36}$/) } });
    expect(JSON.stringify(failure)).not.toContain(access.accessToken);
  });

  test("of one organisation does not open another: a person must connect again", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect(CAFE);
    const access = world.accessTo(BAKERY, tokens);
    expect(failureOf(await xero.describe(access))).toMatchObject({ kind: "reconnect_needed", answer: { status: 403, message: "AuthenticationUnsuccessful" } });
    expect(failureOf(await xero.findEntry(access, NUMBER, DATE, "journal")).kind).toBe("reconnect_needed");
    expect((await xero.describe(world.accessTo(CAFE, tokens))).ok).toBe(true);
  });
});

describe("limits", () => {
  test("of a minute and of a day are told with Xero's own word on when to come back", async () => {
    const world = givenBooks({ limits: { atOnce: 5, perMinute: 2, perDay: 3, perAppMinute: 100 } });
    const access = await world.open();
    const ask = async () => await xero.describe(access);
    expect([(await ask()).ok, (await ask()).ok]).toEqual([true, true]);
    world.pass(10_000);
    expect(failureOf(await ask())).toEqual({ kind: "provider_busy", provider: "xero", retryAfterSeconds: 50 });
    world.pass(50_000);
    expect((await ask()).ok).toBe(true);
    expect(failureOf(await ask())).toEqual({ kind: "provider_busy", provider: "xero", retryAfterSeconds: 86_340 });
  });

  test("without such a word are a minute", async () => {
    const world = givenBooks();
    const access = await world.open();
    world.control.misbehave({ misbehaviour: { kind: "throttle", problem: "appminute", retryAfterSeconds: null } });
    expect(failureOf(await xero.describe(access))).toEqual({ kind: "provider_busy", provider: "xero", retryAfterSeconds: 60 });
  });
});

describe("what cannot be read", () => {
  test.each([
    ["a lock date that is no date", { PeriodLockDate: "/Date(soon)/" }], ["no currency", { BaseCurrency: "dollars" }],
  ])("%s is not taken for an open period", async (_, change) => {
    const organisation = { Name: "Kestrel", BaseCurrency: "USD", ...change };
    const send = createSend(async () => Response.json({ Organisations: [organisation] }), xero.manifest);
    expect(failureOf(await xero.describe({ send, accessToken: "t", externalAccount: CAFE })).kind).toBe("provider_unreadable");
  });
});

describe("an account", () => {
  test("whose name is taken, by an archived one too, is a conflict; one that Xero cannot hold is not sent", async () => {
    const world = givenBooks();
    const access = await world.open();
    world.control.setAccountStatus(CAFE, world.accountId("Rent"), "ARCHIVED");
    expect(failureOf(await xero.createAccount(access, { name: "rent", type: "EXPENSE", subType: "" })).kind).toBe("conflict");
    for (const name of ["", "  ", "x".repeat(151), "a\u0000b"]) {
      expect(failureOf(await xero.createAccount(access, { name, type: "EXPENSE", subType: "" }))).toMatchObject({ kind: "invalid_input", fields: [{ path: "name" }] });
    }
    expect(world.control.calls({ method: "PUT" })).toEqual([]);
  });
});
