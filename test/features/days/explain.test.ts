/** Every way in which a day can stop has a sentence, a meaning, and a next step. */
import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/kernel/failure";
import { explanation, SHOWN_STATES, type Explanation } from "../../../src/features/days/contract";
import { explain, type Circumstances } from "../../../src/features/days/explain";

const about: Circumstances = {
  state: "held", reason: null, mode: "approve", isPosted: false, isUndone: false, correction: null, tillName: "Square", takesFiles: false, booksName: "QuickBooks Online",
  booksUrl: "https://books.example/accounts", currency: "USD",
  tillMinor: 240_853, booksMinor: 230_000, providerName: (id) => ({ square: "Square", quickbooks: "QuickBooks Online" })[id] ?? id,
  accountName: (id) => (id === "7" ? "Sales, Catering" : null), linesOn: () => [{ key: "sales:CAT", label: "Catering" }],
};
const answer = { status: 400, code: "610", message: "Object Not Found: made inactive", reference: "1-abc" };

const FAILURES = {
  out_of_balance: { kind: "out_of_balance", differenceMinor: -200, currency: "USD", message: "2.00 USD is missing from the sales" },
  unmapped: { kind: "unmapped", lines: [{ key: "sales:A", label: "Catering" }, { key: "tip", label: "Tips" }] },
  rounding_too_large: { kind: "rounding_too_large", roundingMinor: -700, limitMinor: 12, currency: "USD" },
  currency_mismatch: { kind: "currency_mismatch", expected: "USD", found: "CAD" },
  invalid_day: { kind: "invalid_day", message: "The amount of tips is -1, which is no amount" },
  period_closed: { kind: "period_closed", closedThrough: "2026-06-30", answer },
  entry_differs: { kind: "entry_differs", documentNumber: "DB-PIR-260714-S1", message: "The books hold a debit of 1.00 that was not sent." },
  account_inactive: { kind: "account_inactive", accountIds: ["7"], answer },
  account_unknown: { kind: "account_unknown", accountIds: ["8"], answer },
  duplicate_number: { kind: "duplicate_number", documentNumber: "DB-PIR-260714-S1", answer },
  subscription_lapsed: { kind: "subscription_lapsed", provider: "quickbooks", answer },
  reconnect_needed: { kind: "reconnect_needed", provider: "square", answer },
  not_connected: { kind: "not_connected", role: "books" },
  key_unavailable: { kind: "key_unavailable" },
  provider_busy: { kind: "provider_busy", provider: "square", retryAfterSeconds: 5 },
  provider_down: { kind: "provider_down", provider: "quickbooks", detail: "answered 503" },
  provider_unreadable: { kind: "provider_unreadable", provider: "square", detail: "no JSON" },
  provider_refused: { kind: "provider_refused", provider: "quickbooks", answer },
  books_changed: { kind: "books_changed", documentNumber: "DB-PIR-260714-S1", change: "edited", message: "The books hold a debit of 3.00 USD that was not sent." },
  already_in_books: { kind: "already_in_books", recordId: "17", recordType: "Journal entry", documentNumber: "SQ-0714", reason: "its memo names Square" },
  tag_inactive: { kind: "tag_inactive", tags: [{ dimension: "class", option: "2", name: "Pier" }], answer },
  open_checks: { kind: "open_checks", count: 2, openMinor: 4_650, currency: "USD" },
  answer_lost: { kind: "answer_lost", provider: "quickbooks", detail: "the connection broke" },
  invalid_input: { kind: "invalid_input", message: "QuickBooks Online cannot hold this entry.", fields: [] },
  not_found: { kind: "not_found" },
  conflict: { kind: "conflict", message: "The name is taken" },
  not_signed_in: { kind: "not_signed_in" },
  wrong_credentials: { kind: "wrong_credentials" },
  not_permitted: { kind: "not_permitted", permission: "days.post", rolesThatMay: ["owner"] },
  wrong_proof: { kind: "wrong_proof", message: "That code is not right." },
  second_factor_needed: { kind: "second_factor_needed" },
  proof_needed: { kind: "proof_needed" },
  cross_site_refused: { kind: "cross_site_refused" },
  too_large: { kind: "too_large", limitBytes: 1 },
  wrong_media_type: { kind: "wrong_media_type", expected: "application/json" },
  too_many_requests: { kind: "too_many_requests", retryAfterSeconds: 1 },
  opted_out: { kind: "opted_out", since: 1, source: "text" },
  consent_held: { kind: "consent_held", since: 1 },
} as const satisfies { readonly [K in Failure["kind"]]: Extract<Failure, { kind: K }> };

function explained(reason: Failure, changes: Partial<Circumstances> = {}): Explanation {
  return explanation.parse(explain({ ...about, reason, ...changes }));
}

describe("every failure", () => {
  for (const failure of Object.values(FAILURES)) {
    it(`${failure.kind}: says what happened without codes, what it means for the books, and what to do`, () => {
      const told = explained(failure);
      expect(told.title).toMatch(/^[\p{Lu}“\d]/u);
      expect(told.title).not.toMatch(/\d{3,}:|_|undefined|null/);
      expect(told.meaning).toMatch(/books|entry|day/i);
      expect(told.fixes.length).toBeGreaterThan(0);
      for (const fix of told.fixes) expect(fix.button).not.toBe("");
    });
  }

  it("shows the provider's own answer under Details and nowhere else", () => {
    const told = explained(FAILURES.account_inactive);
    expect(told.details).toBe("400 610: Object Not Found: made inactive (reference 1-abc)");
    expect(`${told.title} ${told.meaning}`).not.toContain("610");
  });

  it("names accounts and lines as the merchant knows them", () => {
    expect(explained(FAILURES.account_inactive)).toMatchObject({
      title: "QuickBooks Online refused this day: the account “Sales, Catering” was made inactive",
      meaning: "Nothing was posted and your books are unchanged.",
      fixes: [{ act: "map_lines", text: "Send Catering to another account:" }, { act: "open_books", link: about.booksUrl }, { act: "retry" }],
    });
    expect(explained(FAILURES.unmapped)).toMatchObject({ title: "2 lines of this day have no account yet", lines: FAILURES.unmapped.lines });
    expect(explained(FAILURES.period_closed).title).toBe("Your books are closed through June 30, 2026");
    expect(explained(FAILURES.out_of_balance).title).toBe("The till's sales and tenders of this day differ by 2.00 USD");
  });

  it("offers no link to books that cannot be linked to", () => {
    expect(explained(FAILURES.account_inactive, { booksUrl: null }).fixes.map(({ act }) => act)).toEqual(["map_lines", "retry"]);
  });
});

describe("a day without a failure", () => {
  it("speaks for itself, or says calmly what it waits for", () => {
    const told = SHOWN_STATES.filter((state) => explain({ ...about, state, reason: null }) !== null);
    expect(told).toEqual(["ready", "uncertain", "changed", "missing"]);
  });

  it("that changed shows both amounts; that is ready says why it was not posted", () => {
    expect(explain({ ...about, state: "changed" })?.meaning).toContain("Square now says 2,408.53 USD, the entry in your books 2,300.00 USD.");
    expect(explain({ ...about, state: "ready", mode: "preview" })?.title).toBe("This is a preview: nothing has been posted");
  });
});

describe("a day that is in the books", () => {
  const correction = { cause: "1 later sale, 4.63 more by card", bookedOn: "2026-07-14", isMoved: false, replaces: false };
  const posted: Circumstances = { ...about, isPosted: true, correction };

  it("and changed says what would be posted, offers that first, and can be taken back", () => {
    const told = explain({ ...posted, state: "changed" });
    expect(told?.meaning).toContain("The difference: 1 later sale, 4.63 more by card.");
    expect(told?.fixes.map(({ act }) => act)).toEqual(["post", "read_again", "open_books", "undo"]);
    const moved = explain({ ...posted, state: "changed", correction: { ...correction, bookedOn: "2026-08-01", isMoved: true } });
    expect(moved?.meaning).toContain("would carry 2026-08-01, the first open day");
    expect(explain({ ...posted, state: "changed", correction: { ...correction, replaces: true } })?.meaning).toContain("taken back by a reversing entry");
  });

  it("is never said to be empty of what was posted", () => {
    for (const failure of Object.values(FAILURES)) {
      expect(explained(failure, { isPosted: true }).meaning, failure.kind).not.toContain("Nothing was posted");
    }
  });

  it("names what waits for the decision", () => {
    expect(explained(FAILURES.period_closed, { isPosted: true, correction }).meaning).toContain("What is to be posted: 1 later sale, 4.63 more by card.");
    expect(explained(FAILURES.period_closed, { isPosted: true, correction }).fixes[0]).toMatchObject({ act: "post_first_open_day" });
    expect(explained(FAILURES.books_changed, { isPosted: true, correction }).fixes.map(({ act }) => act)).toEqual(["open_books", "accept_edit", "correct_edit", "retry"]);
    expect(explained(FAILURES.not_connected, { isPosted: true }).title).toBe("The books that hold this day are not connected");
  });

  it("and was taken back says so, and that it is posted only by hand", () => {
    expect(explain({ ...about, state: "ready", isUndone: true, mode: "automatic" })?.title).toBe("What was posted for this day was taken back");
  });
});
