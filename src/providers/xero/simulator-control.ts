/** The simulator's control: organisations, a bookkeeper's hand, Xero's hand, misbehaviour, and memory. */
import { assert } from "../../kernel/assert";
import { failed, type Result } from "../../kernel/result";
import { machineControl, type MachineControl } from "../simulator-control";
import { CAFE_CHART, makeAccount, type AccountSeed } from "./simulator-chart";
import { newGuid, type Call, type Fields, type Simulation } from "./simulator-core";
import type { Limits, Misbehaviour } from "./simulator-faults";
import { changedJournal, draftJournal } from "./simulator-journals";
import type { Account, Grant, ItemStatus, Journal, Organisation, Stored, TrackingCategory } from "./simulator-state";

/** An organisation to begin with. Everything but id and name has a default: a US company with a café's chart. */
export type OrganisationSeed = Partial<Organisation> & {
  readonly id: string;
  readonly name: string;
  readonly chart?: readonly AccountSeed[];
  /** Tracking categories by name, with the names of their options. */
  readonly tracking?: Readonly<Record<string, readonly string[]>>;
};

export type Control = MachineControl<Misbehaviour, Limits, Simulation["switches"], Call, Stored> & {
  /** Opens an organisation with its accounts and tracking. One that exists already is left alone. */
  addOrganisation(seed: OrganisationSeed): Organisation;
  /** Changes settings: lock dates, offline, name … */
  setOrganisation(tenant: string, change: Partial<Omit<Organisation, "id">>): void;
  accounts(tenant: string): readonly Account[];
  setAccountStatus(tenant: string, accountId: string, status: ItemStatus): void;
  tracking(tenant: string): readonly TrackingCategory[];
  setOptionStatus(tenant: string, optionId: string, status: ItemStatus): void;
  /** Journals of every status, in the order of creation. */
  journals(tenant: string): readonly Journal[];
  /** A bookkeeper's own journal, checked like any. */
  addJournal(tenant: string, body: Fields): Result<Journal, string[]>;
  /** A bookkeeper changes or voids a journal. */
  editJournal(tenant: string, journalId: string, change: Fields): Result<Journal, string[]>;
  voidJournal(tenant: string, journalId: string): Result<Journal, string[]>;
  /** The merchant takes an organisation away from the app: its tokens live, and open it no more. */
  disconnect(tenant: string): void;
  /** Every grant of an organisation ends. */
  revoke(tenant: string): void;
  /** Access tokens expire now; refresh tokens live on. */
  expireAccess(tenant: string): void;
};

/** Builds the control of a simulation. */
export function createControl(simulation: Simulation): Control {
  return { ...organisationControl(simulation), ...journalControl(simulation), ...grantControl(simulation), ...machineControl(simulation, secretsOf) };
}

type OrganisationPart = "addOrganisation" | "setOrganisation" | "accounts" | "setAccountStatus" | "tracking" | "setOptionStatus";

function organisationControl(simulation: Simulation): Pick<Control, OrganisationPart> {
  const { state, random, clock } = simulation;
  return {
    addOrganisation: ({ chart, tracking, ...seed }) => {
      const known = state.organisations.get(seed.id);
      if (known !== undefined) return known;
      const organisation = { ...DEFAULT_ORGANISATION, ...seed };
      state.put({ kind: "organisation", key: organisation.id, value: organisation });
      for (const account of chart ?? CAFE_CHART) state.putAccount({ tenant: seed.id, account: makeAccount(newGuid(random), account), updatedAt: clock() });
      for (const [name, options] of Object.entries(tracking ?? {})) {
        const Options = options.map((one) => ({ TrackingOptionID: newGuid(random), Name: one, Status: "ACTIVE" as const }));
        state.putTracking({ tenant: seed.id, category: { TrackingCategoryID: newGuid(random), Name: name, Status: "ACTIVE", Options } });
      }
      return organisation;
    },
    setOrganisation: (tenant, change) => state.put({ kind: "organisation", key: tenant, value: { ...organisationOf(simulation, tenant), ...change } }),
    accounts: (tenant) => [...state.accounts(tenant).values()].map(({ account }) => account),
    setAccountStatus: (tenant, accountId, status) => {
      const stored = state.accounts(tenant).get(accountId);
      assert(stored !== undefined, `organisation ${tenant} has an account ${accountId}`);
      state.putAccount({ ...stored, account: { ...stored.account, Status: status }, updatedAt: clock() });
    },
    tracking: (tenant) => [...state.tracking(tenant).values()].map(({ category }) => category),
    setOptionStatus: (tenant, optionId, status) => {
      for (const { category } of state.tracking(tenant).values()) {
        const Options = category.Options.map((option) => (option.TrackingOptionID === optionId ? { ...option, Status: status } : option));
        state.putTracking({ tenant, category: { ...category, Options } });
      }
    },
  };
}

function journalControl(simulation: Simulation): Pick<Control, "journals" | "addJournal" | "editJournal" | "voidJournal"> {
  const { state } = simulation;
  const kept = (made: Result<Journal, string[]>) => {
    if (made.ok) state.putJournal(made.value);
    return made;
  };
  const editJournal: Control["editJournal"] = (tenant, journalId, change) => {
    const journal = state.journals(tenant).get(journalId);
    if (journal === undefined) return failed(["There is no such journal."]);
    return kept(changedJournal(journal, change, { simulation, organisation: organisationOf(simulation, tenant) }));
  };
  return {
    journals: (tenant) => [...state.journals(tenant).values()],
    addJournal: (tenant, body) => kept(draftJournal(body, { simulation, organisation: organisationOf(simulation, tenant) })),
    editJournal,
    voidJournal: (tenant, journalId) => editJournal(tenant, journalId, { Status: "VOIDED" }),
  };
}

function grantControl(simulation: Simulation): Pick<Control, "disconnect" | "revoke" | "expireAccess"> {
  const now = simulation.clock;
  const change = (tenant: string, changed: (grant: Grant) => Grant) => {
    for (const grant of simulation.state.grants.values()) {
      if (grant.connections.some(({ tenantId }) => tenantId === tenant)) simulation.state.putGrant(changed(grant));
    }
  };
  return {
    disconnect: (tenant) => change(tenant, (grant) => ({ ...grant, connections: grant.connections.filter(({ tenantId }) => tenantId !== tenant) })),
    revoke: (tenant) => change(tenant, (grant) => ({ ...grant, isRevoked: true, connections: [] })),
    expireAccess: (tenant) => change(tenant, (grant) => ({ ...grant, accessTokens: grant.accessTokens.map((one) => ({ ...one, expiresAt: now() })) })),
  };
}

/** The codes and tokens that an entity holds. */
function secretsOf({ kind, key, value }: Stored): readonly string[] {
  if (kind === "code") return [key];
  return kind === "grant" ? [...[...value.accessTokens, ...value.spent].map(({ token }) => token), value.refreshToken] : [];
}

function organisationOf(simulation: Simulation, tenant: string): Organisation {
  const organisation = simulation.state.organisations.get(tenant);
  assert(organisation !== undefined, `there is an organisation ${tenant}`);
  return organisation;
}

const DEFAULT_ORGANISATION: Omit<Organisation, "id" | "name"> = {
  currency: "USD", country: "US", timezone: "EASTERNSTANDARDTIME", periodLockDate: null, endOfYearLockDate: null, isOffline: false,
};
