/**
 * Everything that the simulated QuickBooks Online remembers, as plain JSON entities with the indexes that keep 5,000
 * entries fast. Every change is announced with the entity that changed, so that a keeper can store them one by one.
 */

export type CompanyStatus = "active" | "lapsed" | "maintenance" | "locked" | "user_removed" | "app_disconnected";

export type NamedItem = { readonly Id: string; readonly Name: string; readonly Active: boolean };

/** A company and its settings. Dates are `YYYY-MM-DD`. */
export type Company = {
  readonly realm: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly multicurrency: boolean;
  /** Answers leave `CurrencyRef` out, as some companies without multicurrency do. */
  readonly omitsCurrency: boolean;
  readonly bookCloseDate: string | null;
  /** The closing date asks for a password, which the API cannot give: 6210 in place of 6200. */
  readonly hasClosingPassword: boolean;
  /** "Warn if duplicate journal number is used": without it a duplicate is accepted. */
  readonly warnsOfDuplicates: boolean;
  readonly tracksClasses: boolean;
  readonly tracksDepartments: boolean;
  readonly classes: readonly NamedItem[];
  readonly departments: readonly NamedItem[];
  readonly status: CompanyStatus;
};

export type Reference = { readonly value: string; readonly name?: string };
export type MetaData = { readonly CreateTime: string; readonly LastUpdatedTime: string };

export type Account = {
  readonly Id: string;
  readonly SyncToken: string;
  readonly MetaData: MetaData;
  readonly Name: string;
  readonly FullyQualifiedName: string;
  readonly SubAccount: boolean;
  readonly Active: boolean;
  readonly Classification: string;
  readonly AccountType: string;
  readonly AccountSubType: string;
  readonly CurrentBalance: number;
  readonly CurrentBalanceWithSubAccounts: number;
  readonly CurrencyRef?: Reference;
  readonly domain: "QBO";
  readonly sparse: false;
};

export type JournalLine = {
  readonly Id: string;
  readonly Description?: string;
  readonly Amount?: number;
  readonly DetailType: string;
  readonly JournalEntryLineDetail?: { readonly PostingType: string; readonly AccountRef: Reference; readonly [field: string]: unknown };
};

export type JournalEntry = {
  readonly Adjustment: boolean;
  readonly domain: "QBO";
  readonly sparse: false;
  readonly Id: string;
  readonly SyncToken: string;
  readonly MetaData: MetaData;
  readonly DocNumber?: string;
  readonly TxnDate: string;
  readonly PrivateNote?: string;
  readonly CurrencyRef?: Reference;
  readonly Line: readonly JournalLine[];
  readonly TxnTaxDetail: Readonly<Record<string, never>>;
};

/** An account with the request that made it. */
export type StoredAccount = { readonly realm: string; readonly requestId: string | null; readonly account: Account };

/** An entry with the request that made it; `original` is kept once somebody changed it, for the replay of that request. */
export type StoredEntry = {
  readonly realm: string;
  readonly requestId: string | null;
  readonly entry: JournalEntry;
  readonly original: JournalEntry | null;
  readonly isDeleted: boolean;
};

/** Entities that are kept as they came: another connector's sales, deposits, what a person wrote; and service items. */
export type RecordEntity = "SalesReceipt" | "Deposit" | "Invoice" | "Item";
export type LooseRecord = Readonly<Record<string, unknown>> & { readonly Id: string; readonly SyncToken: string; readonly MetaData: MetaData };
export type StoredRecord = { readonly realm: string; readonly requestId: string | null; readonly entity: RecordEntity; readonly record: LooseRecord };

/** What one consent gave. Instants are epoch milliseconds. */
export type Grant = {
  readonly id: string;
  readonly realm: string;
  readonly clientId: string;
  readonly scope: string;
  readonly accessTokens: readonly { readonly token: string; readonly expiresAt: number }[];
  readonly refreshToken: string;
  readonly refreshChangedAt: number;
  readonly refreshExpiresAt: number;
  readonly hardExpiresAt: number;
  readonly isRevoked: boolean;
};

export type Code = {
  readonly code: string;
  readonly realm: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly expiresAt: number;
  readonly isSpent: boolean;
};

export type Stored =
  | { readonly kind: "company"; readonly key: string; readonly value: Company }
  | { readonly kind: "account"; readonly key: string; readonly value: StoredAccount }
  | { readonly kind: "entry"; readonly key: string; readonly value: StoredEntry }
  | { readonly kind: "record"; readonly key: string; readonly value: StoredRecord }
  | { readonly kind: "grant"; readonly key: string; readonly value: Grant }
  | { readonly kind: "code"; readonly key: string; readonly value: Code };

type Books = {
  readonly accounts: Map<string, StoredAccount>; readonly entries: Map<string, StoredEntry>; readonly records: Map<string, StoredRecord>;
};

/** The store. Entities are replaced, never changed in place. */
export class SimulatorState {
  readonly companies = new Map<string, Company>();
  readonly grants = new Map<string, Grant>();
  readonly codes = new Map<string, Code>();
  readonly #books = new Map<string, Books>();
  readonly #byNumber = new Map<string, Set<string>>();
  readonly #byRequest = new Map<string, Stored & { kind: "account" | "entry" | "record" }>();
  readonly #grantOfToken = new Map<string, string>();
  readonly #highestId = new Map<string, number>();

  constructor(readonly onChange: (stored: Stored) => void) {}

  /** Keeps an entity and announces it. */
  put(stored: Stored): void {
    this.load(stored);
    this.onChange(stored);
  }

  /** Keeps an entity in silence: how a snapshot comes back. */
  load(stored: Stored): void {
    switch (stored.kind) {
      case "company": this.companies.set(stored.key, stored.value); return;
      case "account": this.#loadAccount(stored.value, stored.key); return;
      case "entry": this.#loadEntry(stored.value, stored.key); return;
      case "record": this.#loadRecord(stored.value, stored.key); return;
      case "grant": this.#loadGrant(stored.value); return;
      case "code": this.codes.set(stored.key, stored.value); return;
    }
  }

  /** Every entity, in an order in which it can be loaded again. */
  *all(): Generator<Stored> {
    for (const value of this.companies.values()) yield { kind: "company", key: value.realm, value };
    for (const { accounts, entries, records } of this.#books.values()) {
      for (const value of accounts.values()) yield { kind: "account", key: `${value.realm}/${value.account.Id}`, value };
      for (const value of entries.values()) yield { kind: "entry", key: `${value.realm}/${value.entry.Id}`, value };
      for (const value of records.values()) yield { kind: "record", key: keyOfRecord(value), value };
    }
    for (const value of this.grants.values()) yield { kind: "grant", key: value.id, value };
    for (const value of this.codes.values()) yield { kind: "code", key: value.code, value };
  }

  putAccount(value: StoredAccount): void {
    this.put({ kind: "account", key: `${value.realm}/${value.account.Id}`, value });
  }

  putEntry(value: StoredEntry): void {
    this.put({ kind: "entry", key: `${value.realm}/${value.entry.Id}`, value });
  }

  putRecord(value: StoredRecord): void {
    this.put({ kind: "record", key: keyOfRecord(value), value });
  }

  putGrant(value: Grant): void {
    this.put({ kind: "grant", key: value.id, value });
  }

  /** Accounts of a company by id, in the order of creation. */
  accounts(realm: string): ReadonlyMap<string, StoredAccount> {
    return this.#of(realm).accounts;
  }

  /** Entries of a company by id, deleted ones included, in the order of creation. */
  entries(realm: string): ReadonlyMap<string, StoredEntry> {
    return this.#of(realm).entries;
  }

  /** Records of one entity of a company, in the order of creation. */
  records(realm: string, entity: RecordEntity): StoredRecord[] {
    return [...this.#of(realm).records.values()].filter((stored) => stored.entity === entity);
  }

  /** Entries of a number that are not deleted. Numbers are compared without regard to case, as QuickBooks does. */
  entriesNumbered(realm: string, documentNumber: string): JournalEntry[] {
    const ids = this.#byNumber.get(numberKey(realm, documentNumber)) ?? new Set<string>();
    const found = [...ids].map((id) => this.entries(realm).get(id));
    return found.flatMap((stored) => (stored === undefined || stored.isDeleted ? [] : [stored.entry]));
  }

  /** What a request id made, or undefined when it is new. */
  madeBy(realm: string, requestId: string): (Stored & { kind: "account" | "entry" | "record" }) | undefined {
    return this.#byRequest.get(`${realm}/${requestId}`);
  }

  /** The grant that an access token or the current refresh token belongs to. */
  grantOf(token: string): Grant | undefined {
    return this.grants.get(this.#grantOfToken.get(token) ?? "");
  }

  /** The next id of a kind in a company: digits, one more than the highest. */
  nextId(realm: string, kind: "account" | "entry" | "record"): string {
    return String((this.#highestId.get(`${realm}/${kind}`) ?? 0) + 1);
  }

  #of(realm: string): Books {
    const known = this.#books.get(realm);
    if (known !== undefined) return known;
    const fresh: Books = { accounts: new Map(), entries: new Map(), records: new Map() };
    this.#books.set(realm, fresh);
    return fresh;
  }

  #loadAccount(value: StoredAccount, key: string): void {
    this.#of(value.realm).accounts.set(value.account.Id, value);
    this.#raise(`${value.realm}/account`, value.account.Id);
    if (value.requestId !== null) this.#byRequest.set(`${value.realm}/${value.requestId}`, { kind: "account", key, value });
  }

  #loadEntry(value: StoredEntry, key: string): void {
    const { realm, entry } = value;
    const before = this.entries(realm).get(entry.Id)?.entry.DocNumber;
    if (before !== undefined) this.#byNumber.get(numberKey(realm, before))?.delete(entry.Id);
    if (entry.DocNumber !== undefined) {
      const numberOf = numberKey(realm, entry.DocNumber);
      this.#byNumber.set(numberOf, (this.#byNumber.get(numberOf) ?? new Set()).add(entry.Id));
    }
    this.#of(realm).entries.set(entry.Id, value);
    this.#raise(`${realm}/entry`, entry.Id);
    if (value.requestId !== null) this.#byRequest.set(`${realm}/${value.requestId}`, { kind: "entry", key, value });
  }

  #loadRecord(value: StoredRecord, key: string): void {
    this.#of(value.realm).records.set(key, value);
    this.#raise(`${value.realm}/record`, value.record.Id);
    if (value.requestId !== null) this.#byRequest.set(`${value.realm}/${value.requestId}`, { kind: "record", key, value });
  }

  #loadGrant(value: Grant): void {
    const before = this.grants.get(value.id);
    for (const token of before === undefined ? [] : tokensOf(before)) this.#grantOfToken.delete(token);
    for (const token of tokensOf(value)) this.#grantOfToken.set(token, value.id);
    this.grants.set(value.id, value);
  }

  #raise(key: string, id: string): void {
    this.#highestId.set(key, Math.max(this.#highestId.get(key) ?? 0, Number(id)));
  }
}

function numberKey(realm: string, documentNumber: string): string {
  return `${realm}/${documentNumber.toLowerCase()}`;
}

function keyOfRecord({ realm, entity, record }: StoredRecord): string {
  return `${realm}/${entity}/${record.Id}`;
}

function tokensOf(grant: Grant): string[] {
  return [grant.refreshToken, ...grant.accessTokens.map(({ token }) => token)];
}
