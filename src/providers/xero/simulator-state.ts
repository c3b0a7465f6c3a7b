/**
 * Everything that the simulated Xero remembers, as plain JSON entities. Every change is announced with the entity that
 * changed, so that a keeper can store them one by one. Entities are replaced, never changed in place.
 */

/** An organisation and its settings. Dates are `YYYY-MM-DD`. */
export type Organisation = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  /** Xero's own name of it, which is none of the IANA's. */
  readonly timezone: string;
  readonly periodLockDate: string | null;
  readonly endOfYearLockDate: string | null;
  /** Offline for maintenance: every call is answered with 503. */
  readonly isOffline: boolean;
};

export type ItemStatus = "ACTIVE" | "ARCHIVED" | "DELETED";

/** An account as the API shows it, but for its instant. */
export type Account = {
  readonly AccountID: string;
  readonly Code?: string;
  readonly Name: string;
  readonly Status: ItemStatus;
  readonly Type: string;
  readonly TaxType: string;
  readonly Class: string;
  readonly SystemAccount?: string;
};
export type StoredAccount = { readonly tenant: string; readonly account: Account; readonly updatedAt: number };

export type TrackingOption = { readonly TrackingOptionID: string; readonly Name: string; readonly Status: ItemStatus };
export type TrackingCategory = { readonly TrackingCategoryID: string; readonly Name: string; readonly Status: ItemStatus; readonly Options: readonly TrackingOption[] };
export type StoredTracking = { readonly tenant: string; readonly category: TrackingCategory };

export type JournalStatus = "DRAFT" | "POSTED" | "DELETED" | "VOIDED" | "ARCHIVED";

export type JournalLine = {
  readonly LineAmount: number;
  readonly AccountID: string;
  readonly AccountCode?: string;
  readonly Description?: string;
  readonly TaxType: string;
  readonly TaxAmount: number;
  readonly Tracking: readonly { readonly Name: string; readonly Option: string; readonly TrackingCategoryID: string; readonly TrackingOptionID: string }[];
  readonly IsBlank: boolean;
};

/** A manual journal; `date` is `YYYY-MM-DD`, `updatedAt` epoch milliseconds. */
export type Journal = {
  readonly tenant: string;
  readonly id: string;
  readonly narration: string;
  readonly date: string;
  readonly status: JournalStatus;
  readonly lineAmountTypes: string;
  readonly url: string | null;
  readonly showsOnCashBasis: boolean;
  readonly lines: readonly JournalLine[];
  readonly updatedAt: number;
};

/** What an idempotency key was answered with. */
export type Answered = { readonly tenant: string; readonly key: string; readonly request: string; readonly answer: string };

/** What one consent gave. Instants are epoch milliseconds. */
export type Grant = {
  readonly id: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly connections: readonly { readonly id: string; readonly tenantId: string; readonly createdAt: number }[];
  readonly accessTokens: readonly { readonly token: string; readonly expiresAt: number }[];
  readonly refreshToken: string;
  readonly refreshExpiresAt: number;
  /** Refresh tokens that were traded in and still work, for a caller who lost the answer. */
  readonly spent: readonly { readonly token: string; readonly until: number }[];
  readonly isRevoked: boolean;
};

export type Code = {
  readonly code: string;
  readonly tenants: readonly string[];
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** The S256 challenge, or null where none was sent. */
  readonly challenge: string | null;
  readonly expiresAt: number;
  readonly isSpent: boolean;
};

export type Stored =
  | { readonly kind: "organisation"; readonly key: string; readonly value: Organisation }
  | { readonly kind: "account"; readonly key: string; readonly value: StoredAccount }
  | { readonly kind: "tracking"; readonly key: string; readonly value: StoredTracking }
  | { readonly kind: "journal"; readonly key: string; readonly value: Journal }
  | { readonly kind: "answered"; readonly key: string; readonly value: Answered }
  | { readonly kind: "grant"; readonly key: string; readonly value: Grant }
  | { readonly kind: "code"; readonly key: string; readonly value: Code };

/** The store. */
export class SimulatorState {
  readonly organisations = new Map<string, Organisation>();
  readonly grants = new Map<string, Grant>();
  readonly codes = new Map<string, Code>();
  readonly #accounts = new Map<string, Map<string, StoredAccount>>();
  readonly #tracking = new Map<string, Map<string, StoredTracking>>();
  readonly #journals = new Map<string, Map<string, Journal>>();
  readonly #answered = new Map<string, Answered>();
  readonly #grantOfToken = new Map<string, string>();

  constructor(readonly onChange: (stored: Stored) => void) {}

  /** Keeps an entity and announces it. */
  put(stored: Stored): void {
    this.load(stored);
    this.onChange(stored);
  }

  /** Keeps an entity in silence: how a snapshot comes back. */
  load(stored: Stored): void {
    switch (stored.kind) {
      case "organisation": this.organisations.set(stored.key, stored.value); return;
      case "account": shelf(this.#accounts, stored.value.tenant).set(stored.value.account.AccountID, stored.value); return;
      case "tracking": shelf(this.#tracking, stored.value.tenant).set(stored.value.category.TrackingCategoryID, stored.value); return;
      case "journal": shelf(this.#journals, stored.value.tenant).set(stored.value.id, stored.value); return;
      case "answered": this.#answered.set(stored.key, stored.value); return;
      case "grant": this.#loadGrant(stored.value); return;
      case "code": this.codes.set(stored.key, stored.value); return;
    }
  }

  /** Every entity, in an order in which it can be loaded again. */
  *all(): Generator<Stored> {
    for (const value of this.organisations.values()) yield { kind: "organisation", key: value.id, value };
    for (const all of this.#accounts.values()) for (const value of all.values()) yield { kind: "account", key: `${value.tenant}/${value.account.AccountID}`, value };
    for (const all of this.#tracking.values()) for (const value of all.values()) yield { kind: "tracking", key: `${value.tenant}/${value.category.TrackingCategoryID}`, value };
    for (const all of this.#journals.values()) for (const value of all.values()) yield { kind: "journal", key: `${value.tenant}/${value.id}`, value };
    for (const [key, value] of this.#answered) yield { kind: "answered", key, value };
    for (const value of this.grants.values()) yield { kind: "grant", key: value.id, value };
    for (const value of this.codes.values()) yield { kind: "code", key: value.code, value };
  }

  putAccount(value: StoredAccount): void {
    this.put({ kind: "account", key: `${value.tenant}/${value.account.AccountID}`, value });
  }

  putTracking(value: StoredTracking): void {
    this.put({ kind: "tracking", key: `${value.tenant}/${value.category.TrackingCategoryID}`, value });
  }

  putJournal(value: Journal): void {
    this.put({ kind: "journal", key: `${value.tenant}/${value.id}`, value });
  }

  putAnswered(value: Answered): void {
    this.put({ kind: "answered", key: `${value.tenant}/${value.key}`, value });
  }

  putGrant(value: Grant): void {
    this.put({ kind: "grant", key: value.id, value });
  }

  /** Accounts of an organisation by id, in the order of creation. */
  accounts(tenant: string): ReadonlyMap<string, StoredAccount> {
    return shelf(this.#accounts, tenant);
  }

  tracking(tenant: string): ReadonlyMap<string, StoredTracking> {
    return shelf(this.#tracking, tenant);
  }

  /** Journals of an organisation by id, whatever their status, in the order of creation. */
  journals(tenant: string): ReadonlyMap<string, Journal> {
    return shelf(this.#journals, tenant);
  }

  answered(tenant: string, key: string): Answered | undefined {
    return this.#answered.get(`${tenant}/${key}`);
  }

  /** The grant that an access token, the current refresh token or a spent one belongs to. */
  grantOf(token: string): Grant | undefined {
    return this.grants.get(this.#grantOfToken.get(token) ?? "");
  }

  #loadGrant(value: Grant): void {
    const { accessTokens, refreshToken, spent } = value;
    for (const token of [refreshToken, ...[...accessTokens, ...spent].map((one) => one.token)]) this.#grantOfToken.set(token, value.id);
    this.grants.set(value.id, value);
  }
}

function shelf<T>(all: Map<string, Map<string, T>>, tenant: string): Map<string, T> {
  const known = all.get(tenant);
  if (known !== undefined) return known;
  const fresh = new Map<string, T>();
  all.set(tenant, fresh);
  return fresh;
}
