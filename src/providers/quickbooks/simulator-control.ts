/** The simulator's control: companies, a bookkeeper's hand, Intuit's hand, misbehaviour, and memory. */
import { DAY } from "../../kernel/clock";
import { assert } from "../../kernel/assert";
import type { Result } from "../../kernel/result";
import { machineControl, type MachineControl } from "../simulator-control";
import type { ArrivedCall } from "../simulator-machine";
import { CAFE_CHART, makeAccount, withActivity, type AccountSeed } from "./simulator-chart";
import { serverDate, timestamp, type Simulation, type Switches } from "./simulator-core";
import type { Limits, Misbehaviour } from "./simulator-faults";
import { createEntry, deleteEntry, updateEntry, type Writing } from "./simulator-journal";
import { newRefreshToken } from "./simulator-oauth";
import type { Refusal } from "./simulator-refusals";
import { keepRecord } from "./simulator-records";
import type { Account, Company, Grant, JournalEntry, LooseRecord, RecordEntity, Stored } from "./simulator-state";
import type { Fields } from "./simulator-validate";

/** A company to begin with. Everything but realm and name has a default: a US company with a café's chart. */
export type CompanySeed = Partial<Company> & { readonly realm: string; readonly name: string; readonly chart?: readonly AccountSeed[] };

export type Control = MachineControl<Misbehaviour, Limits, Switches, ArrivedCall, Stored> & {
  /** Opens a company, with its accounts numbered from 1. A company that exists already is left alone. */
  addCompany(seed: CompanySeed): Company;
  /** Changes settings: closing date, duplicate warning, multicurrency, status … */
  setCompany(realm: string, change: Partial<Omit<Company, "realm">>): void;
  accounts(realm: string): readonly Account[];
  addAccount(realm: string, seed: AccountSeed): Account;
  setAccountActive(realm: string, accountId: string, isActive: boolean): void;
  /** Entries that are not deleted, in the order of creation. */
  entries(realm: string): readonly JournalEntry[];
  /** A bookkeeper's own entry, checked like any. */
  addEntry(realm: string, body: Fields): Result<JournalEntry, Refusal>;
  /** A bookkeeper changes or deletes an entry. */
  editEntry(realm: string, entryId: string, change: Fields): Result<JournalEntry, Refusal>;
  deleteEntry(realm: string, entryId: string): Result<object, Refusal>;
  /** Another connector, a bank feed or a person writes a sales receipt, a deposit or an invoice. */
  addRecord(realm: string, entity: Exclude<RecordEntity, "Item">, body: Fields): LooseRecord;
  /** Sales receipts, deposits, invoices or items of a company, in the order of creation. */
  records(realm: string, entity: RecordEntity): readonly LooseRecord[];
  /** The merchant disconnects the app: every token of the company dies. */
  revoke(realm: string): void;
  /** Access tokens expire now; refresh tokens live on. */
  expireAccess(realm: string): void;
  /** The next refresh brings a new refresh token, as it does once a day. */
  makeRefreshDue(realm: string): void;
  /** The refresh token changes now, as when another copy of the app refreshed: the known value is dead. */
  rotateRefreshToken(realm: string): void;
};

/** Builds the control of a simulation. */
export function createControl(simulation: Simulation): Control {
  const machine = machineControl(simulation, secretsOf);
  // A keeper of single changes may bring them in any order; what a company holds is listed in that of its ids.
  const restore: Control["restore"] = (stored) => machine.restore([...stored].toSorted((one, other) => placeOf(one) - placeOf(other)));
  return { ...companyControl(simulation), ...grantControl(simulation), ...machine, restore };
}

type CompanyPart = "addCompany" | "setCompany" | "accounts" | "addAccount" | "setAccountActive" | "entries" | "addEntry" | "editEntry" | "deleteEntry" | "addRecord" | "records";

function companyControl(simulation: Simulation): Pick<Control, CompanyPart> {
  const { state } = simulation;
  const now = () => timestamp(simulation.clock());
  const addAccount = (realm: string, seed: AccountSeed) => {
    const account = makeAccount(companyOf(simulation, realm), state.nextId(realm, "account"), seed, now());
    state.putAccount({ realm, requestId: null, account });
    return account;
  };
  const current = (realm: string, entryId: string) => ({ Id: entryId, SyncToken: state.entries(realm).get(entryId)?.entry.SyncToken });
  return {
    addAccount,
    addCompany: ({ chart, ...seed }) => {
      const known = state.companies.get(seed.realm);
      if (known !== undefined) return known;
      const company = { ...DEFAULT_COMPANY, ...seed };
      state.put({ kind: "company", key: company.realm, value: company });
      for (const account of chart ?? CAFE_CHART) addAccount(company.realm, account);
      return company;
    },
    setCompany: (realm, change) => state.put({ kind: "company", key: realm, value: { ...companyOf(simulation, realm), ...change } }),
    accounts: (realm) => [...state.accounts(realm).values()].map(({ account }) => account),
    setAccountActive: (realm, accountId, isActive) => {
      const stored = state.accounts(realm).get(accountId);
      assert(stored !== undefined, `company ${realm} has an account ${accountId}`);
      state.putAccount({ ...stored, account: withActivity(stored.account, isActive, now()) });
    },
    entries: (realm) => [...state.entries(realm).values()].filter(({ isDeleted }) => !isDeleted).map(({ entry }) => entry),
    addEntry: (realm, body) => createEntry(body, writingTo(simulation, realm)),
    editEntry: (realm, entryId, change) => updateEntry({ ...change, ...current(realm, entryId), sparse: true }, writingTo(simulation, realm)),
    addRecord: (realm, entity, body) => keepRecord(entity, body, writingTo(simulation, realm)),
    records: (realm, entity) => state.records(realm, entity).map(({ record }) => record),
    deleteEntry: (realm, entryId) => deleteEntry(current(realm, entryId), writingTo(simulation, realm)),
  };
}

type GrantPart = "revoke" | "expireAccess" | "makeRefreshDue" | "rotateRefreshToken";

function grantControl(simulation: Simulation): Pick<Control, GrantPart> {
  const change = (realm: string, changed: (grant: Grant) => Grant) => {
    for (const grant of simulation.state.grants.values()) {
      if (grant.realm === realm) simulation.state.putGrant(changed(grant));
    }
  };
  return {
    revoke: (realm) => change(realm, (grant) => ({ ...grant, isRevoked: true })),
    expireAccess: (realm) => change(realm, (grant) => ({ ...grant, accessTokens: [] })),
    makeRefreshDue: (realm) => change(realm, (grant) => ({ ...grant, refreshChangedAt: simulation.clock() - DAY })),
    rotateRefreshToken: (realm) => change(realm, (grant) => ({ ...grant, refreshToken: newRefreshToken(simulation), refreshChangedAt: simulation.clock() })),
  };
}

/** The codes and tokens that an entity holds. */
function secretsOf({ kind, key, value }: Stored): readonly string[] {
  if (kind === "code") return [key];
  return kind === "grant" ? [...value.accessTokens.map(({ token }) => token), value.refreshToken] : [];
}

function placeOf(stored: Stored): number {
  return stored.kind === "account" || stored.kind === "entry" || stored.kind === "record" ? Number(stored.key.split("/").at(-1)) : 0;
}

function companyOf(simulation: Simulation, realm: string): Company {
  const company = simulation.state.companies.get(realm);
  assert(company !== undefined, `there is a company ${realm}`);
  return company;
}

function writingTo(simulation: Simulation, realm: string): Writing {
  const now = simulation.clock();
  return {
    state: simulation.state, company: companyOf(simulation, realm), time: timestamp(now), today: serverDate(now), requestId: null,
    allowsDuplicateNumber: true,
  };
}

const DEFAULT_COMPANY: Omit<Company, "realm" | "name"> = {
  country: "US",
  currency: "USD",
  multicurrency: false,
  omitsCurrency: false,
  bookCloseDate: null,
  hasClosingPassword: false,
  warnsOfDuplicates: false,
  tracksClasses: false,
  tracksDepartments: false,
  classes: [],
  departments: [],
  status: "active",
};
