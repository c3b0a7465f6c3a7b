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

/** Brings the directory and every shard to the newest migration. Needed again after `reset()`. */
export async function migrate(): Promise<void> {
  await Promise.all([
    applyD1Migrations(env.DIRECTORY, env.DIRECTORY_MIGRATIONS), ...shardsOf(env).map(async (shard) => await applyD1Migrations(shard, env.SHARD_MIGRATIONS)),
  ]);
}

// A runtime that served another file before holds what that one wrote.
await reset();
await migrate();
