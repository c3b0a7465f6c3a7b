/** Why a payout is not in the books, in words: what happened, what it means, and the ways out in their order. */
import type { Failure, FailureKind } from "../../kernel/failure";
import { toReadable } from "../../kernel/money";
import { providerOf } from "../../providers/registry";
import { isProviderId } from "../connections/contract";
import type { Explanation, Fix } from "../days/contract";
import { booksOf, nameOf } from "../sync/service";
import type { ShopPayout } from "./load";
import { isSwitchedOn } from "./rules";

type Teller<K extends FailureKind> = (failure: Extract<Failure, { kind: K }>, about: ShopPayout) => Explanation;
type Tellers = { readonly [K in FailureKind]?: Teller<K> };

const UNCHANGED = "Nothing was posted and your books are unchanged.";

/** Failures that have words of their own; any other is told by what the provider says. */
const TELL: Tellers = {
  out_of_balance: (f, about) => told(
    `The parts of this payout differ from it by ${toReadable(Math.abs(f.differenceMinor), f.currency)} ${f.currency}`,
    `${f.message} Daybook posts only what ties to the cent. ${UNCHANGED}`,
    [retry(`${about.payout.totals.processor.name} may still be writing it. It is read again every night, or:`)],
  ),
  unmapped: (f) => told(
    f.lines.length === 1 ? `“${f.lines[0]?.label ?? ""}” has no account yet` : `${f.lines.length} lines of this payout have no account yet`,
    `The rest of it is ready. ${UNCHANGED}`,
    [mapLines("Choose where it goes:"), retry("When every line has its account:")],
    { lines: f.lines },
  ),
  currency_mismatch: (f) => told(
    `The payout is in ${f.found}, your books are in ${f.expected}`, `Amounts of two currencies cannot stand in one entry. ${UNCHANGED}`,
    [reconnect("Connect books that are kept in the payout's currency:")],
  ),
  period_closed: (f, about) => told(
    f.closedThrough === null ? "Your books are closed for this date" : `Your books are closed through ${f.closedThrough}`,
    `Daybook never works around that by itself. ${UNCHANGED}`,
    [
      { act: "post", text: "Post it on the first open day instead; the entry says of which payout it is:", button: "Post it there", link: null },
      ...openBooks(about, "Or reopen the period:"), retry("When it is open:"),
    ],
    { answer: f.answer },
  ),
  entry_differs: (f, about) => told(
    `${nameOf(about.books, "Your books")} hold something else than the entry that was sent`,
    `${f.message} Daybook never changes or deletes anything in your books.`,
    [...openBooks(about, `Look for ${f.documentNumber} and put it right, or delete it there:`), lookUp("Then:")],
  ),
  books_changed: (f, about) => told(
    `${f.documentNumber} was ${f.change} in ${nameOf(about.books, "your books")} after Daybook posted it`,
    `${f.message} Daybook never overwrites what a person did in the books; it asks.`,
    [
      ...openBooks(about, "Look at it there first:"),
      { act: "accept_edit", text: "If that is as it should be:", button: "Leave it as it is", link: null },
      { act: "correct_edit", text: "If it was a mistake, add an entry that puts it right; what stands there stays:", button: "Post what is missing", link: null },
      retry("If it was put back by hand:"),
    ],
  ),
  duplicate_number: (f, about) => told(
    `The number ${f.documentNumber} is already used in your books`, `Another entry carries the number of this payout. ${UNCHANGED}`,
    [...openBooks(about, `Look at ${f.documentNumber} and give it another number, if it is not Daybook's:`), lookUp("Then:")],
    { answer: f.answer },
  ),
  account_inactive: (f) => badAccount("was made inactive", f.answer),
  account_unknown: (f) => badAccount("is not there any more", f.answer),
  tag_inactive: (f) => told(
    `“${f.tags[0]?.name ?? ""}” was made inactive in your books`, `Lines of this payout carry it. ${UNCHANGED}`,
    [mapLines("Choose another one:"), retry("Or make it active again in your books, then:")],
    { answer: f.answer },
  ),
  reconnect_needed: (f) => told(
    `The connection to ${providerName(f.provider)} has ended`, `Daybook has no access there any more. ${UNCHANGED} Your settings are kept.`,
    [reconnect(`Connect ${providerName(f.provider)} again:`), retry("When it is connected:")],
    { answer: f.answer },
  ),
  not_connected: () => told("No books are connected", "The payout is read and waits for the books.", [reconnect("Connect your books:"), retry("When they are connected:")]),
  subscription_lapsed: (f, about) => told(
    `The subscription of ${providerName(f.provider)} has lapsed`, `It takes no entries until it is renewed. ${UNCHANGED}`,
    [...openBooks(about, "Renew it there:"), retry("When it is renewed:")],
    { answer: f.answer },
  ),
  answer_lost: (f) => told(
    `The answer of ${providerName(f.provider)} was lost on the way`, "The entry may or may not be in your books; it is looked up before anything else is done.",
    [lookUp("At once:")],
  ),
  provider_down: (f) => away(`${providerName(f.provider)} did not answer`),
  provider_busy: (f) => away(`${providerName(f.provider)} asked Daybook to slow down, again and again`),
  provider_unreadable: (f) => away(`${providerName(f.provider)} answered with something unreadable`),
};

/** What a failure is called in a payout's history. */
export function payoutTitleOf(about: ShopPayout, reason: Failure): string {
  return explainReason(reason, about).title;
}

/** The explanation of a payout, or null where it speaks for itself. */
export function explainPayout(about: ShopPayout, today: string): Explanation | null {
  const { payout, rule, books } = about;
  if (payout.reason !== null) return explainReason(payout.reason, about);
  switch (payout.state) {
    case "uncertain":
      return told(
        `The answer of ${nameOf(books, "your books")} was lost on the way`,
        "The entry may or may not be in your books. Daybook looks it up before it does anything else, so it can never stand there twice.",
        [lookUp("This happens by itself within a few minutes, or at once:")],
      );
    case "changed":
      return told(
        `This payout changed at ${payout.totals.processor.name} after it was posted`,
        "What stands in your books stays. The difference is posted as an entry of its own.",
        [post(`Add the difference to ${nameOf(books, "your books")}:`, "Post the difference")],
      );
    case "ready":
      if (!isSwitchedOn(about)) return offYet();
      if (payout.arrivalDate > today) return told("This payout has not arrived yet", "It is posted under the date on which it reaches the bank.", [post("It can be posted before:", "Post it now")]);
      return told(
        rule.mode === "preview" ? "This is a preview: nothing has been posted" : "This payout waits for its posting",
        "Look through the entry. It is posted exactly once however often you press the button.",
        [post("When it looks right:", `Post to ${nameOf(books, "your books")}`)],
      );
    case "nothing":
      return told("There is nothing to book in this payout", "What it settles and what was taken from it cancel out.", []);
    case "posting":
    case "posted":
    case "held":
    case "failed":
      return null;
  }
}

function offYet(): Explanation {
  return told(
    "Payouts are not posted yet",
    "They have no account of your books for the bank's side, so card takings stay in the clearing account. Nothing is held up by that.",
    [mapLines("Choose accounts for the bank, the fees and the rest; from then on payouts are posted like days:")],
  );
}

function explainReason(reason: Failure, about: ShopPayout): Explanation {
  const tell = TELL[reason.kind] as Teller<FailureKind> | undefined;
  if (tell !== undefined) return tell(reason, about);
  const answer = "answer" in reason ? reason.answer : undefined;
  const message = "message" in reason ? reason.message : "What was said stands under Details.";
  return told(`${nameOf(about.books, "Your books")} did not take this payout`, `${message} ${UNCHANGED}`, [...openBooks(about, "Look there first:"), retry("Then:")], { answer });
}

function badAccount(what: string, answer: Answered): Explanation {
  return told(`An account of this payout ${what}`, UNCHANGED, [mapLines("Choose another one:"), retry("Or make it usable again in your books, then:")], { answer });
}

function away(title: string): Explanation {
  return told(title, `${UNCHANGED} It is tried again every night.`, [retry("Or now:")]);
}

type Answered = { readonly status: number; readonly code: string; readonly message: string } | undefined;
type Extra = { readonly answer?: Answered; readonly lines?: readonly { readonly key: string; readonly label: string }[] };

function told(title: string, meaning: string, fixes: readonly Fix[], { answer, lines = [] }: Extra = {}): Explanation {
  const details = answer === undefined ? null : `${answer.status} ${answer.code}: ${answer.message}`;
  return { title, meaning, fixes: [...fixes], details, lines: [...lines] };
}

function providerName(id: string): string {
  return isProviderId(id) ? providerOf(id).manifest.name : "The provider";
}

function openBooks({ books }: ShopPayout, text: string): Fix[] {
  return books === null ? [] : [{ act: "open_books", text, button: `Open ${nameOf(books, "your books")}`, link: booksOf(books).accountsUrl(books.externalAccount) }];
}

function mapLines(text: string): Fix {
  return { act: "map_lines", text, button: "Choose accounts", link: "/mapping" };
}

function reconnect(text: string): Fix {
  return { act: "reconnect", text, button: "Open connections", link: "/connections" };
}

function post(text: string, button: string): Fix {
  return { act: "post", text, button, link: null };
}

function retry(text: string): Fix {
  return { act: "retry", text, button: "Try again", link: null };
}

function lookUp(text: string): Fix {
  return { act: "look_up", text, button: "Look it up now", link: null };
}
