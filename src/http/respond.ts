/** What strangers are told: one exhaustive table from failure to status and sentence. Never a stack, never an id of others. */
import type { Context, TypedResponse } from "hono";
import type { z } from "zod";
import type { Failure, FailureKind, FieldProblem } from "../kernel/failure";
import type { Result } from "../kernel/result";

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 502 | 503;

/** The body of every answer that is not a success. `title` says what happened, `next` what to do. */
export type Refusal = {
  readonly error: {
    readonly kind: FailureKind | "unexpected";
    readonly title: string;
    readonly next: string;
    readonly fields: readonly FieldProblem[];
    /** The request's number in our log; empty below 500. */
    readonly reference: string;
  };
};

type Answer<T> = Response & (TypedResponse<T, 200, "json"> | TypedResponse<Refusal, RefusalStatus, "json">);

type Told = { readonly status: RefusalStatus; readonly title: string; readonly next: string };

type Teller = { readonly [K in FailureKind]: (failure: Extract<Failure, { kind: K }>) => Told };

const TELL = {
  invalid_input: (f) => ({ status: 400, title: f.message, next: "Correct what is marked and send it again." }),
  not_signed_in: () => ({ status: 401, title: "You are not signed in.", next: "Sign in and try again." }),
  wrong_credentials: () => ({ status: 401, title: "That email address and password do not belong together.", next: "Check both and try again." }),
  wrong_proof: (f) => ({ status: 401, title: f.message, next: f.next ?? "Try again, or ask for a new one." }),
  second_factor_needed: () => ({ status: 403, title: "A second factor is needed here.", next: "Show your authenticator app's code or a passkey." }),
  proof_needed: () => ({ status: 403, title: "Please confirm that it is you.", next: "Show your password, a code or a passkey once more." }),
  not_permitted: (f) => ({ status: 403, title: "Your role does not allow this.", next: `Ask someone who is ${f.rolesThatMay.join(" or ")}.` }),
  cross_site_refused: () => ({ status: 403, title: "This request did not come from Daybook's own page.", next: "Open Daybook and do it there." }),
  not_found: () => ({ status: 404, title: "There is nothing here.", next: "Check the address, or go back to your days." }),
  conflict: (f) => ({ status: 409, title: f.message, next: "Nothing was changed. Reload if this page shows something else." }),
  too_large: (f) => ({ status: 413, title: `That is larger than the ${f.limitBytes} bytes that fit here.`, next: "Send less at once." }),
  wrong_media_type: (f) => ({ status: 415, title: `This address takes ${f.expected} only.`, next: `Send it as ${f.expected}.` }),
  too_many_requests: (f) => ({ status: 429, title: "That was too often.", next: `Try again in ${waitInWords(f.retryAfterSeconds)}.` }),
  opted_out: (f) => ({ status: 409, title: `This person said stop ${wayOf(f.source)} on ${dateInWords(f.since)}. Nothing was sent.`, next: "Only they can opt in again, by texting START from the same phone." }),
  consent_held: (f) => ({ status: 409, title: `On ${dateInWords(f.since)} this person wrote something that may mean stop. Nothing was sent.`, next: "Read what they wrote and decide about it; until then nothing goes to them." }),
  reconnect_needed: (f) => ({ status: 409, title: `The connection to ${f.provider} has ended.`, next: "Reconnect it under Connections; your settings are kept." }),
  provider_busy: (f) => ({ status: 503, title: `${f.provider} asks us to slow down.`, next: "Try again in a minute." }),
  provider_down: (f) => ({ status: 502, title: `${f.provider} did not answer.`, next: "Try again in a few minutes; nothing was changed." }),
  provider_unreadable: (f) => ({ status: 502, title: `${f.provider} answered with something unreadable.`, next: "Try again in a few minutes; nothing was changed." }),
  provider_refused: (f) => ({ status: 422, title: `${f.provider} refused: ${f.answer.message}`, next: "Mend it there, then try again." }),
  answer_lost: (f) => ({ status: 502, title: `The answer of ${f.provider} was lost on the way.`, next: "Daybook looks it up before it does anything else." }),
  account_inactive: () => ({ status: 422, title: "An account in your books is inactive.", next: "Choose another account, or make it active again." }),
  account_unknown: () => ({ status: 422, title: "An account is not in your books any more.", next: "Choose another account." }),
  period_closed: () => ({ status: 422, title: "Your books are closed for that date.", next: "Reopen the period in your books, then try again." }),
  duplicate_number: (f) => ({ status: 409, title: `The number ${f.documentNumber} is already used in your books.`, next: "Look at that entry in your books first." }),
  subscription_lapsed: (f) => ({ status: 422, title: `The subscription of ${f.provider} has lapsed.`, next: "Renew it there, then try again." }),
  books_changed: (f) => ({ status: 409, title: `${f.documentNumber} was ${f.change} in your books after it was posted.`, next: "Look at it there, and say what is right." }),
  already_in_books: () => ({ status: 409, title: "Your books seem to hold these sales already.", next: "Look at them there first." }),
  tag_inactive: () => ({ status: 422, title: "A class or location of your books can no longer be used.", next: "Choose another one, or make it active again." }),
  open_checks: () => ({ status: 409, title: "Checks of that day are still open.", next: "Close them in the till, or post the day without them." }),
  entry_differs: (f) => ({ status: 409, title: f.message, next: "Look at the entry in your books." }),
  out_of_balance: (f) => ({ status: 422, title: f.message, next: "Read the day again, or look at it in the till." }),
  unmapped: () => ({ status: 422, title: "Some lines have no account yet.", next: "Choose an account for each under Mapping." }),
  rounding_too_large: () => ({ status: 422, title: "The till rounded by more than a day's rounding can come to.", next: "Look at the day in the till." }),
  currency_mismatch: (f) => ({ status: 422, title: `The till counts in ${f.found}, the books in ${f.expected}.`, next: "Connect books in the same currency." }),
  invalid_day: (f) => ({ status: 422, title: f.message, next: "Read the day again." }),
  not_connected: (f) => ({ status: 409, title: f.role === "till" ? "No till is connected." : "No books are connected.", next: "Connect it under Connections." }),
  key_unavailable: () => ({ status: 503, title: "The key to this shop's secrets cannot be reached.", next: "Try again in a minute." }),
} as const satisfies Teller;

/** By which way a stop came, as `CONSENT_SOURCES` of consent names them. */
const WAYS: ReadonlyMap<string, string> = new Map([
  ["text", "by text"], ["email_link", "by the link in an email"], ["web_form", "on the web form"], ["call", "by telephone"], ["staff", "to somebody of this shop"],
  ["import", "before they were imported here"], ["bounce", "by a mailbox that takes no mail"], ["complaint", "by reporting an email as spam"],
  ["provider", "to the carrier of texts"], ["organisation", "to another shop of your organisation"],
]);

function wayOf(source: string): string {
  return WAYS.get(source) ?? "by another way";
}

/** "14 July 2026", the date in UTC: a failure knows of no zone. */
function dateInWords(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(at);
}

/** "50 seconds", "4 minutes", "2 hours": rounded up, so that nobody comes back too early. */
function waitInWords(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? "a second" : `${seconds} seconds`;
  return seconds < 7_200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3_600)} hours`;
}

/** What a failure is called outside: its status, what happened, and what to do next. */
export function tell(failure: Failure): Told {
  const teller = TELL[failure.kind] as (failure: Failure) => Told;
  return teller(failure);
}

/** Turns a failure into an answer of its status. */
export function refuse(c: Context, failure: Failure): Response & TypedResponse<Refusal, RefusalStatus, "json"> {
  const { status, title, next } = tell(named(c, failure));
  const fields = failure.kind === "invalid_input" ? failure.fields : [];
  // A number in every answer would make two refusals of the same kind differ; it is there where somebody may ask us why.
  const reference = status >= 500 ? String(c.get("requestId") ?? "") : "";
  if (failure.kind === "too_many_requests") c.header("retry-after", String(failure.retryAfterSeconds));
  const body: Refusal = { error: { kind: failure.kind, title, next, fields, reference } };
  return c.json(body, status);
}

/** Failures carry a provider's id; people are told its name. */
function named(c: Context, failure: Failure): Failure {
  const nameOf = c.get("providerName") as ((provider: string) => string) | undefined;
  return "provider" in failure && nameOf !== undefined ? { ...failure, provider: nameOf(failure.provider) } : failure;
}

/**
 * Answers with the value as JSON, or with the refusal that its failure stands for. Throws where the value is not what
 * the route declared (`http/gives`): a field that was never meant to leave does not leave.
 */
export function answer<T extends object>(c: Context, result: Result<T>): Answer<T> {
  if (!result.ok) return refuse(c, result.failure);
  const declared = c.get("gives") as z.ZodType | undefined;
  if (declared !== undefined) assertGiven(declared, result.value);
  return c.json(result.value, 200) as unknown as Answer<T>;
}

/** The places that differ are named in the log; what stands there is not. */
function assertGiven(declared: z.ZodType, value: object): void {
  const { error } = declared.safeParse(value);
  if (error === undefined) return;
  throw new Error(`the answer is not the one declared: ${error.issues.slice(0, 5).map(({ path, code }) => `${path.join(".")} ${code}`).join(", ")}`);
}
