/**
 * Every way in which Daybook can be expected to fail, as one closed list of tagged values.
 * `http/respond.ts` maps each kind to what a stranger is told; nothing is ever decided by reading prose.
 */

/** One field of an input that was refused: `path` in dots (`locations.0.cutOff`), `message` in words. */
export type FieldProblem = { readonly path: string; readonly message: string };

/** The raw answer of a provider, shortened and free of tokens, shown to the merchant under "Details". */
export type ProviderAnswer = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The provider's own reference of the call (`intuit_tid`), where there is one. */
  readonly reference?: string;
};

/** Failures of people and their requests. */
export type RequestFailure =
  | { readonly kind: "invalid_input"; readonly message: string; readonly fields: readonly FieldProblem[] }
  | { readonly kind: "not_signed_in" }
  | { readonly kind: "wrong_credentials" }
  /** A code, a link or a passkey's answer that is not the one asked for, was used, or is too old. */
  /** `next` where another proof is not to be asked for, but made or chosen. */
  | { readonly kind: "wrong_proof"; readonly message: string; readonly next?: string }
  /** Signed in, but a second factor must be shown first: the person has one, or the shop asks for one. */
  | { readonly kind: "second_factor_needed" }
  /** A sensitive act, and the last proof of who this is was more than ten minutes ago. */
  | { readonly kind: "proof_needed" }
  | { readonly kind: "not_permitted"; readonly permission: string; readonly rolesThatMay: readonly string[] }
  | { readonly kind: "cross_site_refused" }
  | { readonly kind: "not_found" }
  | { readonly kind: "conflict"; readonly message: string }
  | { readonly kind: "too_large"; readonly limitBytes: number }
  | { readonly kind: "wrong_media_type"; readonly expected: string }
  | { readonly kind: "too_many_requests"; readonly retryAfterSeconds: number }
  /** Somebody said stop. `since` in epoch milliseconds; `source`: by which way it came, as `CONSENT_SOURCES` names them. */
  | { readonly kind: "opted_out"; readonly since: number; readonly source: string }
  /** Somebody may have said stop, and nobody has read it yet. */
  | { readonly kind: "consent_held"; readonly since: number };

/** Failures of a till or of the books, told apart by what can be done about them. */
export type ProviderFailure =
  /** The grant is dead (revoked, expired, user removed): only a person can renew it. */
  | { readonly kind: "reconnect_needed"; readonly provider: string; readonly answer?: ProviderAnswer }
  /** Rate limited; `retryAfterSeconds` is the provider's own word, or null where it gave none. */
  | { readonly kind: "provider_busy"; readonly provider: string; readonly retryAfterSeconds: number | null }
  /** Unreachable, 5xx, or too slow, and certainly without effect. */
  | { readonly kind: "provider_down"; readonly provider: string; readonly detail: string }
  /** It answered with something that its contract does not know. */
  | { readonly kind: "provider_unreadable"; readonly provider: string; readonly detail: string }
  /** It refused for a reason of its own that has no kind here. */
  | { readonly kind: "provider_refused"; readonly provider: string; readonly answer: ProviderAnswer }
  /** A write left and no readable answer came back: it may or may not have happened. */
  | { readonly kind: "answer_lost"; readonly provider: string; readonly detail: string };

/** Failures that the books give for an entry. */
export type BooksFailure =
  | { readonly kind: "account_inactive"; readonly accountIds: readonly string[]; readonly answer?: ProviderAnswer }
  | { readonly kind: "account_unknown"; readonly accountIds: readonly string[]; readonly answer?: ProviderAnswer }
  | { readonly kind: "period_closed"; readonly closedThrough: string | null; readonly answer?: ProviderAnswer }
  | { readonly kind: "duplicate_number"; readonly documentNumber: string; readonly answer?: ProviderAnswer }
  | { readonly kind: "subscription_lapsed"; readonly provider: string; readonly answer?: ProviderAnswer }
  /** A person changed or deleted Daybook's entry in the books after it was posted and read back; `seen` tells this change from a later one. */
  | { readonly kind: "books_changed"; readonly documentNumber: string; readonly change: "edited" | "deleted"; readonly message: string; readonly seen?: string }
  /** Something that Daybook did not post looks like the same sales: another connector's entry, or one made by hand. */
  | { readonly kind: "already_in_books"; readonly recordId: string; readonly recordType: string; readonly documentNumber: string; readonly reason: string }
  /** A class, location or tracking option that a line carries can no longer be used. */
  | { readonly kind: "tag_inactive"; readonly tags: readonly { readonly dimension: string; readonly option: string; readonly name: string }[]; readonly answer?: ProviderAnswer }
  | { readonly kind: "entry_differs"; readonly documentNumber: string; readonly message: string };

/** Failures of the accounting itself. Amounts are minor units of `currency`. */
export type LedgerFailure =
  | { readonly kind: "out_of_balance"; readonly differenceMinor: number; readonly currency: string; readonly message: string }
  /** Checks of the day that nobody has paid yet, and the shop holds days for them. */
  | { readonly kind: "open_checks"; readonly count: number; readonly openMinor: number; readonly currency: string }
  | { readonly kind: "unmapped"; readonly lines: readonly { readonly key: string; readonly label: string }[] }
  | { readonly kind: "rounding_too_large"; readonly roundingMinor: number; readonly limitMinor: number; readonly currency: string }
  | { readonly kind: "currency_mismatch"; readonly expected: string; readonly found: string }
  | { readonly kind: "invalid_day"; readonly message: string };

/** Failures of a set-up that is not complete enough to do the job. */
export type SetUpFailure =
  | { readonly kind: "not_connected"; readonly role: "till" | "books" }
  | { readonly kind: "key_unavailable" };

export type Failure = RequestFailure | ProviderFailure | BooksFailure | LedgerFailure | SetUpFailure;

/** The tag of a failure. */
export type FailureKind = Failure["kind"];
