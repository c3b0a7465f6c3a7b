/** The part of a simulator's control that is about the machine and not about anybody's books. */
import type { ArrivedCall } from "./simulator-machine";
import type { MisbehaviourPlan, Plans } from "./simulator-plans";

/** `Misbehaviour`, `Limits`, `Switches`, `Call` and `Stored` are the vendor's own. */
export type MachineControl<Misbehaviour, Limits, Switches, Call, Stored> = {
  misbehave(plan: MisbehaviourPlan<Misbehaviour>): void;
  behave(): void;
  setLimits(limits: Limits | null): void;
  readonly switches: Switches;
  /** Calls that arrived, oldest first, at most 2,000. */
  calls(filter?: { readonly method?: string; readonly path?: string }): readonly Call[];
  /** Every code and token issued since the start or restored from a snapshot. */
  issuedSecrets(): readonly string[];
  /** Everything remembered, as plain JSON. */
  snapshot(): Stored[];
  /** Adds what a snapshot or a keeper of single changes held. */
  restore(stored: Iterable<Stored>): void;
};

type Machine<Misbehaviour, Limits, Switches, Call, Stored> = {
  readonly switches: Switches;
  readonly faults: Plans<Misbehaviour>;
  readonly limiter: { limits: Limits | null };
  readonly calls: readonly Call[];
  readonly issued: Set<string>;
  readonly state: { all(): Iterable<Stored>; load(stored: Stored): void };
};

/** Builds it. `secretsOf` names the codes and tokens that a remembered entity holds. */
export function machineControl<Misbehaviour, Limits, Switches, Call extends ArrivedCall, Stored>(
  { switches, faults, limiter, calls, issued, state }: Machine<Misbehaviour, Limits, Switches, Call, Stored>, secretsOf: (stored: Stored) => readonly string[],
): MachineControl<Misbehaviour, Limits, Switches, Call, Stored> {
  return {
    switches,
    misbehave: (plan) => faults.add(plan),
    behave: () => faults.clear(),
    setLimits: (limits) => {
      limiter.limits = limits;
    },
    calls: ({ method, path = "" } = {}) => calls.filter((call) => (method === undefined || call.method === method) && call.path.includes(path)),
    issuedSecrets: () => [...issued],
    snapshot: () => [...state.all()],
    restore: (stored) => {
      for (const one of stored) {
        state.load(one);
        for (const secret of secretsOf(one)) issued.add(secret);
      }
    },
  };
}
