/** Two rooms: `workers` runs in workerd with real D1, Queues and Durable Objects; `node` reads files and drives SDKs. */
import path from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: path.join(root, "wrangler.toml"), environment: "demo" },
            miniflare: {
              bindings: {
                DIRECTORY_MIGRATIONS: await readD1Migrations(path.join(root, "migrations/directory")),
                SHARD_MIGRATIONS: await readD1Migrations(path.join(root, "migrations/shard")),
              },
            },
          }),
        ],
        test: {
          name: "workers",
          include: ["test/{kernel,platform,providers,features,security}/**/*.test.ts"],
          exclude: ["test/**/*.node.test.ts"],
          setupFiles: ["test/support/migrate.ts"],
        },
      },
      {
        test: {
          name: "node",
          environment: "node",
          include: ["test/ledger/**/*.test.ts", "test/rules/**/*.test.ts", "test/web/**/*.test.ts", "test/**/*.node.test.ts"],
        },
      },
    ],
  },
}));
