/** Every failure that can hold or fail a day, each with its sentence and its next step. A new kind does not compile without. */
import { toReadable } from "../../kernel/money";
import type { Failure, FailureKind, ProviderAnswer } from "../../kernel/failure";
import type { Explanation, Fix } from "./contract";
import type { Circumstances } from "./explain";

type Teller<K extends FailureKind> = (failure: Extract<Failure, { kind: K }>, about: Circumstances) => Explanation;

const UNCHANGED = "Nothing was posted and your books are unchanged.";

const TELL = {
  out_of_balance: (f, about) => told(
    `The till's sales and tenders of this day differ by ${toReadable(Math.abs(f.differenceMinor), f.currency)} ${f.currency}`,
    `${f.message}. Daybook posts only what ties to the cent. ${UNCHANGED}`,
    [readAgain(`Look at the day in ${about.tillName}, then:`)],
  ),
  unmapped: (f, about) => told(
    f.lines.length === 1 ? `“${f.lines[0]?.label ?? ""}” has no account yet` : `${f.lines.length} lines of this day have no account yet`,
    `The rest of the day is ready. ${UNCHANGED}`,
    [{ act: "map_lines", text: `Choose where it goes in ${about.booksName}; the day is then tried again by itself.`, button: "Choose an account", link: null }, retry("If every line has its account by now:")],
    { lines: f.lines },
  ),
  rounding_too_large: (f, about) => told(
    `${about.tillName} rounded this day by ${toReadable(Math.abs(f.roundingMinor), f.currency)} ${f.currency}`,
    `That is more than the ${toReadable(f.limitMinor, f.currency)} ${f.currency} that rounding can come to, so something else is hidden in it. ${UNCHANGED}`,
    [readAgain(`Look at the day in ${about.tillName}, then:`)],
  ),
  currency_mismatch: (f) => told(
    `The till counts in ${f.found}, your books in ${f.expected}`,
    `Amounts of two currencies cannot stand in one entry. ${UNCHANGED}`,
    [reconnect("Connect books that are kept in the till's currency:"), retry("When they are connected:")],
  ),
  invalid_day: (f, about) => told(
    `What ${about.tillName} says of this day cannot be booked`,
    `${f.message}. ${UNCHANGED}`,
    [readAgain(`Look at the day in ${about.tillName}, then:`)],
  ),
  period_closed: (f, about) => told(
    f.closedThrough === null ? "Your books are closed for this date" : `Your books are closed through ${dateOf(f.closedThrough)}`,
    `${about.booksName} takes no entries for a closed period, and Daybook never works around that. ${UNCHANGED}`,
    [...openBooks(about, `Reopen the period in ${about.booksName}:`), retry("When it is open:")],
    { answer: f.answer },
  ),
  entry_differs: (f, about) => told(
    `${about.booksName} holds something else than the entry that was sent`,
    `${f.message} Daybook never changes or deletes anything in your books.`,
    [...openBooks(about, `Look for ${f.documentNumber} and put it right, or delete it there:`), lookUp("Then:")],
  ),
  books_changed: (f, about) => told(
    `${f.documentNumber} was ${f.change} in ${about.booksName} after Daybook posted it`,
    `${f.message} Daybook never overwrites what a person did in the books; it asks.`,
    [...openBooks(about, "Look at it there first:"), retry("When it is as it should be:")],
  ),
  already_in_books: (f, about) => told(
    `${about.booksName} seems to hold this day already`,
    `${f.recordType} ${f.documentNumber} of the same date was not posted by Daybook, and ${f.reason}. ${UNCHANGED}`,
    [...openBooks(about, "Look whether it is the same sales:"), retry("When it is gone:")],
  ),
  open_checks: (f, about) => told(
    f.count === 1 ? "A check of this day is still open" : `${f.count} checks of this day are still open`,
    `They come to ${toReadable(f.openMinor, f.currency)} ${f.currency} in ${about.tillName} and nobody has paid them. ${UNCHANGED}`,
    [readAgain(`Close them in ${about.tillName}, then:`)],
  ),
  tag_inactive: (f, about) => told(
    `${about.booksName} no longer takes ${f.tags.map(({ name }) => `“${name}”`).join(", ") || "a class or location"} on its lines`,
    UNCHANGED,
    [{ act: "map_lines", text: "Choose another one:", button: "Open the mapping", link: null }, retry(`Or make it active again in ${about.booksName}, then:`)],
    { answer: f.answer },
  ),
  account_inactive: (f, about) => refusedAccount("was made inactive", f, about),
  account_unknown: (f, about) => refusedAccount("is not there any more", f, about),
  duplicate_number: (f, about) => told(
    `${about.booksName} refused this day: the number ${f.documentNumber} is already used`,
    `Another entry in your books carries the number of this day. ${UNCHANGED}`,
    [...openBooks(about, `Look at ${f.documentNumber} and give it another number, if it is not Daybook's:`), lookUp("Then:")],
    { answer: f.answer },
  ),
  subscription_lapsed: (f, about) => told(
    `The subscription of ${about.providerName(f.provider)} has lapsed`,
    `It takes no entries until it is renewed. ${UNCHANGED} The days since then follow by themselves.`,
    [...openBooks(about, "Renew it there:"), retry("When it is renewed:")],
    { answer: f.answer },
  ),
  reconnect_needed: (f, about) => told(
    `The connection to ${about.providerName(f.provider)} has ended`,
    `Daybook has no access there any more, as if the key were taken back. ${UNCHANGED} Your settings are kept.`,
    [reconnect(`Connect ${about.providerName(f.provider)} again:`), retry("When it is connected:")],
    { answer: f.answer },
  ),
  not_connected: (f) => told(
    f.role === "till" ? "No till is connected" : "No books are connected",
    f.role === "till" ? `There is nothing to read this day from. ${UNCHANGED}` : "The day is read and waits for the books.",
    [reconnect(f.role === "till" ? "Connect your till:" : "Connect your books:"), retry("When it is connected:")],
  ),
  key_unavailable: () => told(
    "The key to this shop's secrets could not be reached",
    `Daybook can use no connection without it. ${UNCHANGED}`,
    [retry("This is for Daybook to mend; it is usually over within minutes.")],
  ),
  provider_busy: (f, about) => away(`${about.providerName(f.provider)} asked Daybook to slow down, again and again`, null),
  provider_down: (f, about) => away(`${about.providerName(f.provider)} did not answer`, f.detail),
  provider_unreadable: (f, about) => away(`${about.providerName(f.provider)} answered with something unreadable`, f.detail),
  provider_refused: (f, about) => told(
    `${about.providerName(f.provider)} refused this day`,
    `What it says stands under Details. ${UNCHANGED}`,
    [...openBooks(about, "Put right there what it names:"), retry("Then:")],
    { answer: f.answer },
  ),
  answer_lost: (f, about) => told(
    `The answer of ${about.providerName(f.provider)} was lost on the way`,
    "The entry may or may not be in your books; it is looked up before anything else is done.",
    [lookUp("At once:")],
    { details: f.detail },
  ),
  invalid_input: (f) => stuck(f.message),
  not_found: () => stuck("The provider does not know what was asked for."),
  conflict: (f) => stuck(f.message),
  not_signed_in: (f) => stuck(f.kind),
  wrong_proof: (f) => stuck(f.kind),
  second_factor_needed: (f) => stuck(f.kind),
  proof_needed: (f) => stuck(f.kind),
  wrong_credentials: (f) => stuck(f.kind),
  not_permitted: (f) => stuck(f.kind),
  cross_site_refused: (f) => stuck(f.kind),
  too_large: (f) => stuck(f.kind),
  wrong_media_type: (f) => stuck(f.kind),
  too_many_requests: (f) => stuck(f.kind),
} as const satisfies { readonly [K in FailureKind]: Teller<K> };

/** What a failure means for a day. */
export function explainFailure(failure: Failure, about: Circumstances): Explanation {
  const teller = TELL[failure.kind] as (failure: Failure, about: Circumstances) => Explanation;
  return teller(failure, about);
}

type Extra = {
  readonly answer?: ProviderAnswer | undefined;
  readonly details?: string;
  readonly lines?: readonly { readonly key: string; readonly label: string }[];
};

function told(title: string, meaning: string, fixes: readonly Fix[], extra: Extra = {}): Explanation {
  const details = extra.answer === undefined ? (extra.details ?? null) : rawOf(extra.answer);
  return { title, meaning, fixes: [...fixes], details, lines: [...(extra.lines ?? [])] };
}

/** Somebody else's machine, tried many times: nothing a person could mend. */
function away(title: string, details: string | null): Explanation {
  const meaning = `Daybook tried for more than an hour. ${UNCHANGED} It tries again every night.`;
  return told(title, meaning, [retry("Or now:")], details === null ? {} : { details });
}

/** A failure that no day should ever have: it is shown all the same, with what is known of it. */
function stuck(details: string): Explanation {
  return told("This day could not be finished", UNCHANGED, [retry("Try it once more:")], { details });
}

function refusedAccount(
  what: string, failure: Extract<Failure, { kind: "account_inactive" | "account_unknown" }>, about: Circumstances,
): Explanation {
  const names = failure.accountIds.map((id) => `“${about.accountName(id) ?? `account ${id}`}”`);
  const subject = names.length === 0 ? "an account" : `the account ${names.join(", ")}`;
  const lines = about.linesOn(failure.accountIds);
  const isInactive = failure.kind === "account_inactive";
  const otherwise = isInactive ? [...openBooks(about, `Or make it active again in ${about.booksName}:`), retry("When it is active:")] : [retry("Or, when it is back:")];
  return told(
    `${about.booksName} refused this day: ${subject} ${what}`,
    UNCHANGED,
    [{ act: "map_lines", text: lines.length === 1 ? `Send ${lines[0]?.label ?? ""} to another account:` : "Send these lines to another account:", button: "Choose an account", link: null }, ...otherwise],
    { answer: failure.answer, lines },
  );
}

function retry(text: string): Fix {
  return { act: "retry", text, button: "Try again", link: null };
}

function readAgain(text: string): Fix {
  return { act: "read_again", text, button: "Read it again", link: null };
}

function lookUp(text: string): Fix {
  return { act: "look_up", text, button: "Look it up", link: null };
}

function reconnect(text: string): Fix {
  return { act: "reconnect", text, button: "Connections", link: "/connections" };
}

function openBooks({ booksName, booksUrl }: Circumstances, text: string): Fix[] {
  return booksUrl === null ? [] : [{ act: "open_books", text, button: `Open ${booksName}`, link: booksUrl }];
}

function rawOf({ status, code, message, reference }: ProviderAnswer): string {
  return `${status} ${code}: ${message}${reference === undefined ? "" : ` (reference ${reference})`}`;
}

function dateOf(date: string): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}
