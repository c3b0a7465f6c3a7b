/** What lies in the lanes of a town. */
import { env as runtime } from "cloudflare:workers";
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import type { LaneObject } from "../../../src/platform/lane";

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
