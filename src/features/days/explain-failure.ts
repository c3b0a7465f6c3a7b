/** Every failure that can hold or fail a day, each with its sentence and its next step. A new kind does not compile without. */
import { toReadable } from "../../kernel/money";
import type { Failure, FailureKind, ProviderAnswer } from "../../kernel/failure";
import type { Explanation, Fix } from "./contract";
import type { Circumstances } from "./explain";

type Teller<K extends FailureKind> = (failure: Extract<Failure, { kind: K }>, about: Circumstances) => Explanation;

/** What a stopped day means for the books, which hold what was posted of it before. */
function unchanged({ isPosted }: Circumstances): string {
  return isPosted ? "What was posted of this day before stands in your books, unchanged; nothing was added." : "Nothing was posted and your books are unchanged.";
}

const TELL = {
  out_of_balance: (f, about) => told(
    `The till's sales and tenders of this day differ by ${toReadable(Math.abs(f.differenceMinor), f.currency)} ${f.currency}`,
    `${f.message}. Daybook posts only what ties to the cent. ${unchanged(about)}`,
    [readAgain(`Look at the day in ${about.tillName}, then:`)],
  ),
  unmapped: (f, about) => told(
    f.lines.length === 1 ? `“${f.lines[0]?.label ?? ""}” has no account yet` : `${f.lines.length} lines of this day have no account yet`,
    `The rest of the day is ready. ${unchanged(about)}`,
    [{ act: "map_lines", text: `Choose where it goes in ${about.booksName}; the day is then tried again by itself.`, button: "Choose an account", link: null }, retry("If every line has its account by now:")],
    { lines: f.lines },
  ),
  rounding_too_large: (f, about) => told(
    `${about.tillName} rounded this day by ${toReadable(Math.abs(f.roundingMinor), f.currency)} ${f.currency}`,
    `That is more than the ${toReadable(f.limitMinor, f.currency)} ${f.currency} that rounding can come to, so something else is hidden in it. ${unchanged(about)}`,
    [readAgain(`Look at the day in ${about.tillName}, then:`)],
  ),
  currency_mismatch: (f, about) => told(
    `The till counts in ${f.found}, your books in ${f.expected}`,
    `Amounts of two currencies cannot stand in one entry. ${unchanged(about)}`,
    [reconnect("Connect books that are kept in the till's currency:"), retry("When they are connected:")],
  ),
  invalid_day: (f, about) => told(
    `What ${about.tillName} says of this day cannot be booked`,
    `${f.message}. ${unchanged(about)}`,
    [readAgain(`Look at the day in ${about.tillName}, then:`)],
  ),
  period_closed: (f, about) => told(
    f.closedThrough === null ? "Your books are closed for this date" : `Your books are closed through ${dateOf(f.closedThrough)}`,
    `${about.booksName} takes no entries for a closed period, and Daybook never works around that. ${unchanged(about)}${missingNow(about)}`,
    [
      { act: "post_first_open_day", text: "Date it on the first day that is open, with a note of the day that it is about:", button: "Post it on the first open day", link: null },
      ...openBooks(about, `Reopen the period in ${about.booksName}:`), retry("When it is open:"),
    ],
    { answer: f.answer },
  ),
  entry_differs: (f, about) => told(
    `${about.booksName} holds something else than the entry that was sent`,
    `${f.message} Daybook never changes or deletes anything in your books.`,
    [...openBooks(about, `Look for ${f.documentNumber} and put it right, or delete it there:`), lookUp("Then:")],
  ),
  books_changed: (f, about) => told(
    `${f.documentNumber} was ${f.change} in ${about.booksName} after Daybook posted it`,
    `${f.message} Daybook never overwrites what a person did in the books; it asks.${missingNow(about)}`,
    [
      ...openBooks(about, "Look at it there first:"),
      { act: "accept_edit", text: "If that is as it should be:", button: "Leave it as it is", link: null },
      { act: "correct_edit", text: "If it was a mistake, add an entry that puts it right; what stands there stays:", button: "Post what is missing", link: null },
      retry("If it was put back by hand:"),
    ],
  ),
  already_in_books: (f, about) => told(
    `${about.booksName} seems to hold this day already`,
    `${f.recordType} ${f.documentNumber} of the same date was not posted by Daybook, and ${f.reason}. ${unchanged(about)}`,
    [
      ...openBooks(about, "Look whether it is the same sales:"), retry("If it was, delete it there, then:"),
      { act: "accept_lookalike", text: "If it is something else:", button: "Post the day all the same", link: null },
    ],
  ),
  open_checks: (f, about) => told(
    f.count === 1 ? "A check of this day is still open" : `${f.count} checks of this day are still open`,
    `They come to ${toReadable(f.openMinor, f.currency)} ${f.currency} in ${about.tillName} and nobody has paid them. ${unchanged(about)}`,
    [
      readAgain(`Close them in ${about.tillName}, then:`),
      { act: "waive_open_checks", text: "Or leave them out; paid later, they are sales of that later day:", button: "Go on without them", link: null },
    ],
  ),
  tag_inactive: (f, about) => told(
    `${about.booksName} no longer takes ${f.tags.map(({ name }) => `“${name}”`).join(", ") || "a class or location"} on its lines`,
    unchanged(about),
    [{ act: "map_lines", text: "Choose another one:", button: "Open the mapping", link: null }, retry(`Or make it active again in ${about.booksName}, then:`)],
    { answer: f.answer },
  ),
  account_inactive: (f, about) => refusedAccount("was made inactive", f, about),
  account_unknown: (f, about) => refusedAccount("is not there any more", f, about),
  duplicate_number: (f, about) => told(
    `${about.booksName} refused this day: the number ${f.documentNumber} is already used`,
    `Another entry in your books carries the number of this day. ${unchanged(about)}`,
    [...openBooks(about, `Look at ${f.documentNumber} and give it another number, if it is not Daybook's:`), lookUp("Then:")],
    { answer: f.answer },
  ),
  subscription_lapsed: (f, about) => told(
    `The subscription of ${about.providerName(f.provider)} has lapsed`,
    `It takes no entries until it is renewed. ${unchanged(about)} The days since then follow by themselves.`,
    [...openBooks(about, "Renew it there:"), retry("When it is renewed:")],
    { answer: f.answer },
  ),
  reconnect_needed: (f, about) => told(
    `The connection to ${about.providerName(f.provider)} has ended`,
    `Daybook has no access there any more, as if the key were taken back. ${unchanged(about)} Your settings are kept.`,
    [reconnect(`Connect ${about.providerName(f.provider)} again:`), retry("When it is connected:")],
    { answer: f.answer },
  ),
  not_connected: (f, about) => told(
    f.role === "till" ? "No till is connected" : about.isPosted ? "The books that hold this day are not connected" : "No books are connected",
    f.role === "till" ? `There is nothing to read this day from. ${unchanged(about)}` : `The day is read and waits for the books. ${unchanged(about)}`,
    [reconnect(f.role === "till" ? "Connect your till:" : "Connect your books:"), retry("When it is connected:")],
  ),
  key_unavailable: (_, about) => told(
    "The key to this shop's secrets could not be reached",
    `Daybook can use no connection without it. ${unchanged(about)}`,
    [retry("This is for Daybook to mend; it is usually over within minutes.")],
  ),
  provider_busy: (f, about) => away(`${about.providerName(f.provider)} asked Daybook to slow down, again and again`, null, about),
  provider_down: (f, about) => away(`${about.providerName(f.provider)} did not answer`, f.detail, about),
  provider_unreadable: (f, about) => away(`${about.providerName(f.provider)} answered with something unreadable`, f.detail, about),
  provider_refused: (f, about) => told(
    `${about.providerName(f.provider)} refused this day`,
    `What it says stands under Details. ${unchanged(about)}`,
    [...openBooks(about, "Put right there what it names:"), retry("Then:")],
    { answer: f.answer },
  ),
  answer_lost: (f, about) => told(
    `The answer of ${about.providerName(f.provider)} was lost on the way`,
    "The entry may or may not be in your books; it is looked up before anything else is done.",
    [lookUp("At once:")],
    { details: f.detail },
  ),
  invalid_input: (f, about) => stuck(f.message, about),
  not_found: (_, about) => stuck("The provider does not know what was asked for.", about),
  conflict: (f, about) => stuck(f.message, about),
  not_signed_in: (f, about) => stuck(f.kind, about),
  wrong_proof: (f, about) => stuck(f.kind, about),
  second_factor_needed: (f, about) => stuck(f.kind, about),
  proof_needed: (f, about) => stuck(f.kind, about),
  wrong_credentials: (f, about) => stuck(f.kind, about),
  not_permitted: (f, about) => stuck(f.kind, about),
  cross_site_refused: (f, about) => stuck(f.kind, about),
  too_large: (f, about) => stuck(f.kind, about),
  wrong_media_type: (f, about) => stuck(f.kind, about),
  too_many_requests: (f, about) => stuck(f.kind, about),
  opted_out: (f, about) => stuck(f.kind, about),
  consent_held: (f, about) => stuck(f.kind, about),
} as const satisfies { readonly [K in FailureKind]: Teller<K> };

/** What a day that is in the books would have added to it. */
function missingNow({ correction }: Circumstances): string {
  return correction === null ? "" : ` What is to be posted: ${correction.cause}.`;
}

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
function away(title: string, details: string | null, about: Circumstances): Explanation {
  const meaning = `Daybook tried for more than an hour. ${unchanged(about)} It tries again every night.`;
  return told(title, meaning, [retry("Or now:")], details === null ? {} : { details });
}

/** A failure that no day should ever have: it is shown all the same, with what is known of it. */
function stuck(details: string, about: Circumstances): Explanation {
  return told("This day could not be finished", unchanged(about), [retry("Try it once more:")], { details });
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
    unchanged(about),
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
