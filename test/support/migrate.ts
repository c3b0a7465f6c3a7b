/** Every test file starts with the migrated, empty databases of one directory and all shards. */
import { applyD1Migrations, reset, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { shardsOf, type Bindings } from "../../src/platform/env";

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {
      readonly DIRECTORY_MIGRATIONS: D1Migration[];
      readonly SHARD_MIGRATIONS: D1Migration[];
    }
  }
}

const MOST_TRIES = 20;

/** Brings the directory and every shard to the newest migration. Needed again after `reset()`. */
export async function migrate(): Promise<void> {
  await Promise.all([
    applyD1Migrations(env.DIRECTORY, env.DIRECTORY_MIGRATIONS), ...shardsOf(env).map(async (shard) => await applyD1Migrations(shard, env.SHARD_MIGRATIONS)),
  ]);
}

/** Whether no database holds anything. */
async function isEmpty(): Promise<boolean> {
  const counts = await Promise.all([env.DIRECTORY, ...shardsOf(env)].map(async (database) => (
    await database.prepare("SELECT count(*) AS count FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'").first<number>("count")
  )));
  return counts.every((count) => count === 0);
}

/** Clears a runtime that served another file before of what that one wrote. A database that is busy at that moment can outlive one try. */
async function clear(): Promise<void> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    await reset();
    if (await isEmpty()) return;
  }
  throw new Error("the databases of the file before could not be cleared");
}

await clear();
await migrate();
