/**
 * One run of a job whose awaits are counted, and at one of which it dies: before its effect or right after it. What the
 * register lets in is an await of its own, inside another one: whoever dies in there lets go of the place, as a lost
 * connection does.
 */
import type { Bindings } from "../../../src/platform/env";
import { gatedDatabase } from "../../support/schedule";

/** `at`: the number of the await, from 0; null for a life without an end. */
export type Death = { readonly at: number; readonly how: "before" | "after" } | null;

export type Lived = { readonly steps: number; readonly hasDied: boolean };

/** Runs an act on bindings whose databases and register are counted, until its end or its death. */
export async function live(env: Bindings, death: Death, act: (env: Bindings) => Promise<unknown>): Promise<Lived> {
  let steps = 0;
  let isDead = false;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const never = () => {
    end();
    return new Promise<never>(() => {});
  };
  const pass = async <T>(effect: () => Promise<T>): Promise<T> => {
    const step = steps;
    steps += 1;
    if (isDead) throw new Error("nobody lives here");
    isDead = step === death?.at && death.how === "before";
    if (isDead) throw new Error("dead");
    const value = await effect();
    isDead ||= step === death?.at;
    if (isDead) throw new Error("dead");
    return value;
  };
  const gate = async <T>(effect: () => Promise<T>): Promise<T> => await pass(effect).catch((error: unknown) => {
    if (isDead) return never();
    throw error;
  });
  const register = { getByName: (name: string) => gatedRegister(env.REGISTER.getByName(name), gate, pass) } as unknown as Bindings["REGISTER"];
  const gated = { ...env, SHARD_0: gatedDatabase(env.SHARD_0, gate), DIRECTORY: gatedDatabase(env.DIRECTORY, gate), REGISTER: register };
  await Promise.race([act(gated), ended]);
  return { steps, hasDied: isDead };
}

type Through = <T>(effect: () => Promise<T>) => Promise<T>;

/** The register likewise; what it is handed to do dies by throwing, so that it hears of it. */
function gatedRegister(stub: DurableObjectStub, gate: Through, pass: Through) {
  const real = stub as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
  return new Proxy({}, {
    get: (_, method) => (method === "then" ? undefined : async (...values: unknown[]) => {
      const handed = values.map((value) => (typeof value === "function" ? async () => await pass(async () => await (value as () => Promise<unknown>)()) : value));
      return await gate(async () => await real[String(method)]?.(...handed));
    }),
  });
}

/** Every way to die within so many awaits. */
export function deathsWithin(steps: number): readonly Exclude<Death, null>[] {
  return Array.from({ length: steps }, (_, at) => (["before", "after"] as const).map((how) => ({ at, how }))).flat();
}
