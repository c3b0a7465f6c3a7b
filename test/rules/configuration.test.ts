/** What is deployed is what is meant: bindings, hosts, pins and the shape of the tables. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { unstable_readConfig as readConfig } from "wrangler";
import { describe, expect, it } from "vitest";
import type { Bindings } from "../../src/platform/env";
import { queueNamed, queueOf } from "../../src/platform/queue";
import { books, isRemote, tills } from "../../src/providers/registry";
import { filesBelow, root, textOf } from "./sources";

const config = path.join(root, "wrangler.toml");

/** What is looked at here of wrangler's own reading of its file. */
type Deployed = {
  readonly main: string;
  readonly workers_dev: boolean;
  readonly preview_urls: boolean;
  readonly routes?: readonly unknown[];
  readonly observability: unknown;
  readonly vars: Readonly<Record<string, string>>;
  readonly assets: unknown;
  readonly triggers: unknown;
  readonly r2_buckets: unknown;
  readonly compatibility_date: string;
  readonly compatibility_flags: readonly string[];
  readonly d1_databases: readonly { readonly binding: string; readonly migrations_dir: string }[];
  readonly durable_objects: { readonly bindings: readonly { readonly name: string }[] };
  readonly queues: {
    readonly producers?: readonly { readonly binding: string; readonly queue: string }[];
    readonly consumers?: readonly { readonly queue: string; readonly dead_letter_queue?: string }[];
  };
};

const deployed = (env: string) => readConfig({ config, env }, { hideWarnings: true }) as unknown as Deployed;
const production = deployed("production");
const demo = deployed("demo");

describe("production", () => {
  it("is reachable under its own hosts only", () => {
    expect(production.workers_dev).toBe(false);
    expect(production.preview_urls).toBe(false);
    expect(production.main).toMatch(/src\/worker\.ts$/);
    expect(production.routes?.length).toBeGreaterThan(0);
  });

  it("keeps query strings, which may hold one-time codes, out of the platform's own logs", () => {
    expect(production.observability).toMatchObject({ enabled: true, redact_query_string: true });
  });

  it("holds no secret in its variables", () => {
    expect(Object.keys(production.vars).toSorted()).toEqual(["APP_DOMAIN", "APP_SCHEME", "BREACH_CHECK", "MAIL_FROM"]);
    expect(production.vars.APP_SCHEME).toBe("https");
  });

  it("gives every queue a dead-letter queue that is consumed", () => {
    const consumers = production.queues.consumers ?? [];
    const dead = consumers.flatMap((consumer) => consumer.dead_letter_queue ?? []);
    expect(dead.length).toBeGreaterThan(0);
    expect(consumers.map((consumer) => consumer.queue)).toEqual(expect.arrayContaining(dead));
    for (const { queue } of production.queues.producers ?? []) {
      expect(consumers.find((consumer) => consumer.queue === queue)?.dead_letter_queue, queue).toBeDefined();
    }
  });
});

describe.each([["production", production], ["the demo", demo], ["the top level", deployed("")]] as const)("%s", (_, one) => {
  it("gives each provider that is called a queue of its own, so that a slow one holds up only itself", () => {
    const remote = [...Object.values(tills), ...Object.values(books)].filter(isRemote).map(({ manifest }) => manifest.id);
    expect(remote.length).toBeGreaterThan(1);
    for (const id of remote) {
      const binding = `SYNC_${id.toUpperCase()}`;
      const queue = one.queues.producers?.find((producer) => producer.binding === binding)?.queue;
      // The handler finds the binding by the queue's name again: see `queueNamed`.
      expect(queue, binding).toBe(`daybook-${id}`);
      expect(one.queues.consumers?.find((consumer) => consumer.queue === queue)?.dead_letter_queue, binding).toBe(`daybook-${id}-dead`);
      const env = { [binding]: "its own", SYNC_QUEUE: "the common one" } as unknown as Bindings;
      expect([queueOf(env, id), queueNamed(env, `daybook-${id}`)]).toEqual(["its own", "its own"]);
    }
  });
});

describe("the demo", () => {
  it("is bound like production, and to the simulator besides", () => {
    const bindingsOf = (one: typeof demo) => ({
      databases: one.d1_databases.map((database) => [database.binding, database.migrations_dir]),
      queues: one.queues,
      assets: one.assets,
      triggers: one.triggers,
      buckets: one.r2_buckets,
      compatibility: [one.compatibility_date, one.compatibility_flags],
      objects: one.durable_objects.bindings.map((binding) => binding.name).filter((name) => name !== "SIMULATOR"),
    });
    expect(bindingsOf(demo)).toEqual(bindingsOf(production));
    expect(demo.durable_objects.bindings.map((binding) => binding.name)).toContain("SIMULATOR");
    expect(production.durable_objects.bindings.map((binding) => binding.name)).not.toContain("SIMULATOR");
  });

  it("has no routes, which would rewrite every local host", () => {
    expect(demo.routes ?? []).toEqual([]);
  });
});

describe("the lock file", () => {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }> };
  const manifest = JSON.parse(textOf("package.json")) as { dependencies: Record<string, string>; devDependencies: Record<string, string> };

  it("names no registry, so that it installs from any", () => {
    expect(Object.entries(lock.packages).filter(([, one]) => one.resolved !== undefined).map(([name]) => name)).toEqual([]);
  });

  it("pins every package by its contents", () => {
    const loose = Object.entries(lock.packages).filter(([name, one]) => name !== "" && one.link !== true && one.integrity === undefined);
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  it("belongs to exact versions", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });
});

describe("migrations", () => {
  const tablesOf = (folder: string) => filesBelow(folder).filter((file) => file.endsWith(".sql")).flatMap((file) => (
    [...textOf(file).matchAll(/CREATE TABLE (\w+) \(([\s\S]*?)\n\)([^;]*);/g)].map((match) => ({ name: match[1] ?? "", body: match[2] ?? "", options: match[3] ?? "" }))
  ));
  const shard = tablesOf("migrations/shard");
  const directory = tablesOf("migrations/directory");

  it("are found, every table of them", () => {
    const statements = filesBelow("migrations").flatMap((file) => textOf(file).match(/CREATE TABLE/g) ?? []);
    expect(shard.length + directory.length).toBe(statements.length);
    expect(shard.length).toBeGreaterThan(8);
  });

  it("make strict tables without a row id", () => {
    expect([...shard, ...directory].filter(({ options }) => !(/\bSTRICT\b/.test(options) && /\bWITHOUT ROWID\b/.test(options))).map(({ name }) => name)).toEqual([]);
  });

  it("put shop_id first in every key and every reference of what a shop owns", () => {
    for (const { name, body } of shard) {
      expect(body, name).toMatch(/^\s*shop_id TEXT NOT NULL/);
      expect(body, name).toMatch(/PRIMARY KEY \(shop_id\b/);
      expect([...body.matchAll(/(?:FOREIGN KEY|UNIQUE|REFERENCES \w+) \((\w+)/g)].map((match) => match[1]).filter((column) => column !== "shop_id"), name).toEqual([]);
    }
  });

  it("have no unique index that could find another shop's row", () => {
    const unique = filesBelow("migrations/shard").flatMap((file) => [...textOf(file).matchAll(/CREATE UNIQUE INDEX (\w+) ON \w+ \((\w+)/g)]);
    expect(unique.filter((match) => match[2] !== "shop_id").map((match) => match[1])).toEqual([]);
  });

  it("hold no money in floating point", () => {
    expect([...shard, ...directory].filter(({ body }) => /\b(?:REAL|NUMERIC|FLOAT|DOUBLE)\b/i.test(body)).map(({ name }) => name)).toEqual([]);
  });
});
