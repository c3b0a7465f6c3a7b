/**
 * What a till or a set of books must offer to be one of Daybook's providers. A provider sees its arguments and
 * nothing else: no storage, no environment, no clock of its own.
 */
import type { BusinessDate, Window } from "../kernel/day";
import type { TokenSet } from "../kernel/grant";
import type { Currency } from "../kernel/money";
import type { Result } from "../kernel/result";
import type { Entry, EntryMethod } from "../ledger/entry";
import type { BookedLine } from "../ledger/fingerprint";
import type { AccountNature } from "../ledger/mapping";
import type { Payout } from "../ledger/payout";
import type { SalesDay } from "../ledger/sales-day";
import type { Send } from "./send";

export type ProviderId = "square" | "clover" | "file" | "quickbooks" | "xero" | "journal";
export type ProviderRole = "till" | "books";

/**
 * Client credentials of Daybook at the provider, and the redirect URI registered there. `region`: which of the provider's
 * installations the merchant named (`Manifest.regions`); null where there is only one.
 */
export type OAuthClient = {
  readonly clientId: string; readonly clientSecret: string; readonly redirectUri: string; readonly region: string | null;
};

/** An account at the provider. `name` is null where the provider tells it elsewhere. */
export type ExternalAccount = { readonly id: string; readonly name: string | null };

/** What the provider sent to the redirect URI, all of it untrusted. */
export type CallbackQuery = Readonly<Record<string, string>>;

export type OAuth = {
  /** Where the merchant is sent. `challenge` is the S256 PKCE challenge, unused where the provider offers no PKCE. */
  authorizeUrl(client: OAuthClient, state: string, challenge: string): URL;
  /**
   * Exchanges the code. `accounts` are the merchants or companies that the grant opens; where there are several, the
   * merchant says which one is meant. A region that matters later stands in the tokens and in the account's id.
   */
  exchange(
    send: Send, client: OAuthClient, query: CallbackQuery, verifier: string, now: number,
  ): Promise<Result<{ readonly tokens: TokenSet; readonly accounts: readonly [ExternalAccount, ...ExternalAccount[]] }>>;
  /** `reconnect_needed` only when the provider says that the grant itself is dead. */
  refresh(send: Send, client: OAuthClient, tokens: TokenSet, now: number): Promise<Result<TokenSet>>;
  /** Ends the grant at the provider. An already dead grant is success. */
  revoke(send: Send, client: OAuthClient, tokens: TokenSet): Promise<Result<void>>;
};

/** What may be called at a service at all: the way out (`send.ts`) holds every call to it. */
export type Reach = {
  /** The service's name in failures and logs. */
  readonly id: string;
  /** Hosts that may be called at all. */
  readonly hosts: readonly string[];
  /** Everything that may be called, as (method, path). Paths match whole; `:name` matches one segment. */
  readonly allowed: readonly { readonly method: "GET" | "POST" | "PUT"; readonly path: string }[];
};

/** What differs between providers and can be said as data. A till's `allowed` holds nothing that writes. */
export type Manifest = Reach & {
  readonly id: ProviderId;
  readonly name: string;
  readonly role: ProviderRole;
  readonly scopes: readonly string[];
  /** Installations that the provider keeps apart, the usual one first; the merchant names theirs before consent. */
  readonly regions?: readonly { readonly id: string; readonly name: string }[];
  /** Whether the provider checks PKCE for confidential clients. */
  readonly pkce: boolean;
  /** The provider's limit per external account, that the lane paces calls by. */
  readonly pace: { readonly callsPerMinute: number; readonly callsAtOnce: number };
  /** How long before expiry an access token is renewed. */
  readonly refreshAheadMs: number;
  /** Where an entry or the account itself can be looked at by a person, or null. */
  readonly entryUrl: ((externalAccount: string, entryId: string, method?: EntryMethod) => string) | null;
};

/** A live grant, for the duration of one job. */
export type Access = {
  readonly send: Send;
  readonly accessToken: string;
  readonly externalAccount: string;
};

export type TillLocation = {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly currency: Currency;
  readonly isActive: boolean;
  /** The hour at which the till itself ends its day, in minutes after midnight; null where it does not say. */
  readonly cutOffMinutes: number | null;
};

/** One reading of a day: totals, and what a person should know about them. Nothing of any sale. */
export type DayReading = {
  readonly day: SalesDay;
  readonly orderCount: number;
  readonly pageCount: number;
  /** Checks that were still open when the day was read: not in `day`, for nobody has paid them. */
  readonly openChecks: { readonly count: number; readonly minor: number };
  /** Sentences such as "2 paid orders are not marked complete and are not included". */
  readonly warnings: readonly string[];
};

export type Till = {
  readonly manifest: Manifest & { readonly role: "till" };
  readonly oauth: OAuth;
  /** How long after a day's close sales of it may still arrive by themselves: offline payments, tips that settle late. */
  readonly settlesAfterHours: number;
  /** How many calls an ordinary day's `readDay` makes, which are asked of the pace before it. Long days make more. */
  readonly callsToReadDay: number;
  /** The merchant's display name and locations. */
  describe(access: Access): Promise<Result<{ readonly name: string; readonly locations: readonly TillLocation[] }>>;
  /** Reads and folds one business day of one location. Orders are folded page by page and never kept. */
  readDay(
    access: Access,
    request: { readonly locationId: string; readonly currency: Currency; readonly window: Window },
  ): Promise<Result<DayReading>>;
  /** Reads and folds the payouts of a location; absent where the till tells none. */
  readPayouts?(access: Access, request: PayoutsRequest): Promise<Result<readonly Payout[]>>;
};

/** Which payouts are read. */
export type PayoutsRequest = {
  readonly locationId: string;
  readonly currency: Currency;
  /** When they were sent on their way. */
  readonly window: Window;
  /** The business date on which something happened at the location. */
  readonly dateOf: (instant: number) => BusinessDate;
  /** Whether a payout was read before in this very version: its parts are then left out, and so is the payout. */
  readonly isKnown: (id: string, version: string) => boolean;
};

export type AccountClass = "asset" | "liability" | "equity" | "income" | "expense";

export type BooksAccount = {
  readonly id: string;
  readonly name: string;
  /** The provider's own type, in its words: "Other Current Liability". */
  readonly type: string;
  readonly class: AccountClass;
  readonly currency: Currency;
  readonly isActive: boolean;
  /** False for accounts that cannot stand in a journal entry without a customer or vendor (A/R, A/P). */
  readonly isPostable: boolean;
};

/** Something beside the account that a line can carry: QuickBooks' class and location, Xero's tracking categories. */
export type Dimension = {
  readonly id: string;
  /** The books' own name for it: "Class", "Region". */
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly name: string; readonly isActive: boolean }[];
};

/** Where to look. `days`: what the shop's own days come to, so that a record of the same date and total is found however it is named. */
export type LookalikeRange = {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly days?: readonly { readonly date: BusinessDate; readonly totalMinor: number }[];
};

/** Something in the books that Daybook did not post and that may be the same sales: another connector's, or made by hand. */
export type FoundRecord = {
  readonly id: string;
  /** What the books call such a thing: "Journal entry", "Sales receipt". */
  readonly type: string;
  readonly documentNumber: string;
  readonly date: BusinessDate;
  readonly totalMinor: number;
  /** Why it looks like sales, as the end of a sentence: "its memo names Square". */
  readonly reason: string;
};

export type BooksCompany = {
  readonly name: string;
  readonly currency: Currency;
  /** Last date of the closed period, or null when the books are open. */
  readonly closedThrough: BusinessDate | null;
};

/** An entry as the books hold it, translated back to minor units; `lines` in the books' order. */
export type BookedEntry = {
  readonly id: string;
  readonly documentNumber: string;
  readonly date: BusinessDate;
  readonly currency: Currency;
  readonly lines: readonly BookedLine[];
};

export type EntryOrder = {
  readonly entry: Entry;
  readonly date: BusinessDate;
  /** At most 21 characters, unique per company. */
  readonly documentNumber: string;
  /** At most 50 characters; the same for every attempt at the same entry, new for a new revision. */
  readonly requestId: string;
  readonly memo: string;
  /** A journal entry; or a sales receipt, for merchants who file sales tax from the books' own reports. */
  readonly method: EntryMethod;
};

/**
 * How many calls are usually made, which are asked of the pace before they are: counted short, a back-fill goes past the
 * provider's limit and loses its time to refusals. Explaining a refusal makes more.
 */
export type BooksCalls = {
  readonly describe: number;
  /** `createEntry`, and `readEntry` of what was created. */
  readonly post: Readonly<Record<EntryMethod, number>>;
  /** More of `createEntry` for each account that no entry has used yet. */
  readonly newAccount: Readonly<Record<EntryMethod, number>>;
  /** `findEntry` of one that is there. */
  readonly find: Readonly<Record<EntryMethod, number>>;
  readonly read: Readonly<Record<EntryMethod, number>>;
  /** `findLookalikes` on one date or few. */
  readonly findLookalikes: number;
};

/** Books as a job uses them, wherever they are kept. */
export type Books = {
  readonly manifest: Pick<Manifest, "id" | "name" | "entryUrl"> & { readonly role: "books" };
  /** Where a person can look at the company's accounts. */
  accountsUrl(externalAccount: string): string;
  describe(access: Access): Promise<Result<BooksCompany>>;
  /** Every account, inactive ones included. */
  accounts(access: Access): Promise<Result<readonly BooksAccount[]>>;
  /** Creates once per `requestId`. `answer_lost` when it may have happened: look it up before anything else. */
  createEntry(access: Access, order: EntryOrder): Promise<Result<BookedEntry>>;
  /** The entry with that number and date, or null. More than one is `duplicate_number`. */
  findEntry(access: Access, documentNumber: string, date: BusinessDate, method: EntryMethod): Promise<Result<BookedEntry | null>>;
  /** Reads an entry back by its id; `not_found` when a person deleted it. */
  readEntry(access: Access, entryId: string, method: EntryMethod): Promise<Result<BookedEntry>>;
  /**
   * Ids of entries of ours that were created, changed or ended in the books since an instant (epoch milliseconds): for
   * books that send no word of it. Reading each back says which of them a person edited (`readEntry`).
   */
  entriesChangedSince?(access: Access, sinceMs: number): Promise<Result<readonly string[]>>;
  /** Classes, locations, tracking categories, inactive ones included; empty where the books have none. */
  dimensions(access: Access): Promise<Result<readonly Dimension[]>>;
  /** What stands in the books from one date to another and looks like sales that were posted by somebody else; at most 100. */
  findLookalikes(access: Access, range: LookalikeRange): Promise<Result<readonly FoundRecord[]>>;
  /** The ways in which these books can take a day. */
  readonly methods: readonly EntryMethod[];
  readonly calls: BooksCalls;
  /** What a new account for a line of that nature is called in the provider's own words; takings are `asset`. */
  readonly newAccountTypes: Readonly<Record<AccountNature, { readonly type: string; readonly subType: string }>>;
  /** Creates an account of the given type; the merchant pressed "Create this account". */
  createAccount(
    access: Access, account: { readonly name: string; readonly type: string; readonly subType: string },
  ): Promise<Result<BooksAccount>>;
};

/** Books that are reached by the merchant's consent. */
export type RemoteBooks = Books & { readonly manifest: Manifest & { readonly role: "books" }; readonly oauth: OAuth };
/**
 * What a provider's message makes worth a look, and nothing of what it said: a message may be late, doubled, out of order
 * or forged by whoever knows the secret, so the provider itself is asked.
 */
export type WebhookHint = {
  /** The account at the provider, as `connection.external_account` has it. */
  readonly account: string;
  readonly kind: "till_changed" | "entry_changed" | "grant_ended";
  /** The till's own id of the location; null where the message names none. */
  readonly place: string | null;
  /** When what changed was rung up, or when the grant ended, in epoch milliseconds; null where the message does not say. */
  readonly at: number | null;
  /** The entry that changed; null for everything else: no order or payment is named outside its till. */
  readonly objectId: string | null;
  /** The provider's id of the event, the same for every time it is sent; null where it gives none. */
  readonly eventId: string | null;
};

/** A message as it arrived. `url`: the address that is registered at the provider, which some of them sign. */
export type HookMessage = { readonly headers: Headers; readonly body: Uint8Array<ArrayBuffer>; readonly url: string };

/** The provider tries the address while it is being registered, and wants this code typed in where that is done. */
export type Registration = { readonly code: string };

/** Reads a message; null when the provider did not send it. One that is genuine and makes no sense hints at nothing. */
export type HookReader = (message: HookMessage, key: string) => Promise<readonly WebhookHint[] | Registration | null>;

/** A till or books that are nowhere else but here: files that are dropped on a page, a journal that Daybook itself keeps. */
export type LocalProvider = {
  readonly manifest: Pick<Manifest, "id" | "name" | "role" | "entryUrl"> & { readonly isLocal: true };
};

/** A till or books that are reached by the merchant's consent. */
export type RemoteProvider = Till | RemoteBooks;

export type Provider = RemoteProvider | LocalProvider;

/** Whether a provider is reached by consent at all. */
export function isRemote(provider: Provider): provider is RemoteProvider {
  return "oauth" in provider;
}
