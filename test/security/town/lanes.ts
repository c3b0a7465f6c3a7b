/** The lanes of production, in their own Durable Objects, wired to a town: its providers, its clock, its settings. */
import { env as runtime } from "cloudflare:workers";
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { grantPort } from "../../../src/features/connections/service";
import type { Bindings } from "../../../src/platform/env";
import type { LaneObject } from "../../../src/platform/lane";
import type { World } from "../../../src/platform/world";

type Wiring = { readonly env: Bindings; readonly world: World };

/** A namespace whose objects are wired before each call. */
export function lanesOf(wiring: () => Wiring): Bindings["LANE"] {
  const wire = (instance: LaneObject): void => {
    const { env, world } = wiring();
    Object.assign(instance, { env, grants: () => grantPort(world, env), world: () => world });
  };
  const getByName = (name: string) => {
    const stub = runtime.LANE.getByName(name);
    const wired = (method: string) => async (...values: unknown[]): Promise<unknown> => {
      await runInDurableObject(stub, wire);
      return await (stub as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>)[method]?.(...values);
    };
    return new Proxy(stub, { get: (_target, method) => (method === "then" ? undefined : wired(String(method))) });
  };
  return { getByName } as unknown as Bindings["LANE"];
}

/** Everything that lies in the storage of every lane there is: tables, as JSON, and keys. */
export async function laneStorage(): Promise<string[]> {
  const ids = await listDurableObjectIds(runtime.LANE);
  return await Promise.all(ids.map(async (id) => await runInDurableObject(runtime.LANE.get(id), readStorage)));
}

async function readStorage(_instance: LaneObject, state: DurableObjectState): Promise<string> {
  const { sql } = state.storage;
  const names = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'").toArray();
  const tables = names.map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()]);
  return JSON.stringify({ tables, keys: [...await state.storage.list()] });
}
