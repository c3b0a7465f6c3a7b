/** The lanes of production, in their own Durable Objects, wired to a test's world: its providers, its clock, its settings. */
import { env as runtime } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { grantPort } from "../../src/features/connections/service";
import type { Bindings } from "../../src/platform/env";
import type { LaneObject } from "../../src/platform/lane";
import type { LanePace } from "../../src/platform/lane-types";
import type { World } from "../../src/platform/world";

/** `pace`: instead of what each provider's manifest says. */
export type Wiring = { readonly env: Bindings; readonly world: World; readonly pace?: Pick<LanePace, "callsPerMinute" | "callsAtOnce"> };

/**
 * A namespace whose objects are wired before they are called: before each call, so that one which was evicted meanwhile is
 * wired anew, or only `once` where a test evicts none and makes very many calls.
 */
export function lanesOf(wiring: () => Wiring, { once = false } = {}): Bindings["LANE"] {
  const wired = new Map<string, Promise<void>>();
  const getByName = (name: string) => {
    const stub = runtime.LANE.getByName(name);
    const wire = async () => await runInDurableObject(stub, (instance: LaneObject) => connect(instance, wiring()));
    const call = (method: string) => async (...values: unknown[]): Promise<unknown> => {
      if (!once || !wired.has(name)) wired.set(name, wire());
      await wired.get(name);
      return await (stub as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>)[method]?.(...values);
    };
    return new Proxy(stub, { get: (_, method) => (method === "then" ? undefined : call(String(method))) });
  };
  return { getByName } as unknown as Bindings["LANE"];
}

function connect(instance: LaneObject, { env, world, pace }: Wiring): void {
  const grants = grantPort(world, env);
  const paced = pace === undefined ? grants : { ...grants, pace: (provider: string) => ({ ...grants.pace(provider), ...pace }) };
  Object.assign(instance, { env, grants: () => paced, world: () => world });
}
