/** The product's own migrations, split as wrangler splits them: a trigger's semicolons do not end it. */
import path from "node:path";
import { readD1Migrations } from "@cloudflare/vitest-plugin";
import { root } from "./build.mjs";

/** Brings an empty database to the newest migration; `folder` is `directory` or `shard`. */
export async function migrate(database, folder) {
  for (const { queries } of await readD1Migrations(path.join(root, "migrations", folder))) {
    await database.batch(queries.map((query) => database.prepare(query)));
  }
}
