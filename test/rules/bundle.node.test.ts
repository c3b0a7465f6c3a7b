/** What is deployed: the production Worker as wrangler bundles it, without a line of the simulators, and small. */
import { execFile } from "node:child_process";
import { mkdtemp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
/**
 * Some 120 KB of it check passkeys: the library cannot be had without the kinds of attestation that we never ask for. Some
 * 340 KB draw reports and certificates on paper, and another 220 KB shape the letters of any script; both are evaluated by
 * the requests alone that ask for paper; 40 KB tell telephone numbers apart. (fontkit cannot be had without its reader of compressed fonts, which is half of it.)
 */
const LARGEST_GZIPPED_BYTES = 1_500_000;

/** Words that stand in the simulators and the sandbox and nowhere else. */
const FOREIGN = ["simulated", "/__sim", "/__sandbox", "issuedSecrets"];

type Bundle = { readonly code: string; readonly sources: readonly string[]; readonly gzippedBytes: number };

let directory: string;
let production: Bundle;
let demo: Bundle;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), "daybook-bundle-"));
  await mkdir(path.join(directory, "assets"));
  [production, demo] = await Promise.all([bundle("production"), bundle("demo")]);
}, 60_000);

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Bundles as a deployment would, and deploys nothing. */
async function bundle(environment: string): Promise<Bundle> {
  const out = path.join(directory, environment);
  const wrangler = path.join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const options = ["deploy", "--dry-run", "--env", environment, "--outdir", out, "--assets", path.join(directory, "assets")];
  const settings = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_LOG_PATH: directory };
  await promisify(execFile)(process.execPath, [wrangler, ...options], { cwd: ROOT, env: { ...process.env, ...settings } });
  const names = await readdir(out);
  const shipped = await Promise.all(names.filter((name) => !/\.(?:map|md)$/.test(name)).map((name) => readFile(path.join(out, name))));
  const maps = await Promise.all(names.filter((name) => name.endsWith(".map")).map((name) => readFile(path.join(out, name), "utf8")));
  return {
    code: shipped.map((file) => file.toString("utf8")).join("\n"),
    sources: maps.flatMap((map) => (JSON.parse(map) as { readonly sources: readonly string[] }).sources),
    gzippedBytes: shipped.reduce((bytes, file) => bytes + gzipSync(file).byteLength, 0),
  };
}

describe("the production bundle", () => {
  it("holds the app", () => {
    expect(production.sources.filter((source) => /src\/(?:app|worker|jobs)\.ts$/.test(source))).toHaveLength(3);
    expect(production.code).toContain("api.intuit.com");
  });

  it("was made from no file of the simulators or the sandbox", () => {
    expect(production.sources.filter((source) => /simulator|\/sandbox\//.test(source))).toEqual([]);
    expect(demo.sources.some((source) => /simulator|\/sandbox\//.test(source))).toBe(true);
  });

  it.each(FOREIGN)("does not hold the simulators' %j, which the demo's bundle does", (word) => {
    expect(production.code.includes(word)).toBe(false);
    expect(demo.code.includes(word)).toBe(true);
  });

  it("stays within 1.5 MB gzipped", () => {
    expect(production.gzippedBytes).toBeGreaterThan(50_000);
    expect(production.gzippedBytes).toBeLessThanOrEqual(LARGEST_GZIPPED_BYTES);
  });

  it("holds none of the demo's keys", () => {
    const secrets = ["sq0csp-", "daybook-demo-quickbooks-secret", "daybook-demo-xero-secret", "correct horse battery staple"];
    expect(secrets.filter((secret) => production.code.includes(secret))).toEqual([]);
  });
});
