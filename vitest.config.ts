/** Three rooms: `workers` and `apart` run in workerd with real D1, Queues and Durable Objects; `node` reads files and drives SDKs. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { FONT_SOURCES } from "./web/fonts.ts";

const root = import.meta.dirname;

/** The vendors' specifications and the till history stand beside the checkout, or beside the folder that holds it. */
const shared = ["../shared", "../../shared"].map((folder) => path.resolve(root, folder)).find((folder) => existsSync(folder));

/** What asks the runtime itself: what it keeps, evicts and crashes must be of one file alone. */
const APART = ["test/platform/**/*.test.ts", "test/security/leaks.test.ts"];

/** Everything a test in workerd may fetch: files of `shared`, as `https://shared.test/<path>`, fonts, what hledger says of a journal and exiftool of a picture. Nothing leaves the machine. */
async function onlySharedFiles(request: Request): Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  if (hostname === "hledger.test") return await hledger(await request.text());
  if (hostname === "fonts.test") return font(pathname.slice(1));
  if (hostname === "exiftool.test") return exiftool(new Uint8Array(await request.arrayBuffer()));
  if (hostname !== "shared.test") throw new Error(`a test tried to reach ${hostname}`);
  const file = shared === undefined ? "" : path.join(shared, path.normalize(pathname));
  return existsSync(file) ? new Response(readFileSync(file)) : new Response("not beside this checkout", { status: 404 });
}

/** A font as the build puts it beside the web app. */
function font(name: string): Response {
  const source = Object.entries(FONT_SOURCES).find(([file]) => file === name)?.[1];
  return source === undefined ? new Response("no such font", { status: 404 }) : new Response(readFileSync(path.join(root, "node_modules", source)));
}

/** The real hledger reads a journal, checked as strictly as it can: its balances as CSV, 422 with its words, 404 where there is none. */
async function hledger(journal: string): Promise<Response> {
  const run = (...options: string[]) => spawnSync("hledger", [...options, "-f", "-"], { input: journal, encoding: "utf8", env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" } });
  const check = run("check", "--strict", "accounts", "commodities", "ordereddates");
  if (check.error !== undefined) return new Response("hledger is not installed", { status: 404 });
  if (check.status !== 0) return new Response(check.stderr, { status: 422 });
  return new Response(run("balance", "--flat", "--no-total", "--empty", "-O", "csv").stdout);
}

/** The real exiftool reads a file: every tag that it finds, by group and name, as JSON; 404 where there is none. */
function exiftool(file: Uint8Array): Response {
  const run = spawnSync("exiftool", ["-json", "-a", "-u", "-G1", "-ee", "-"], { input: file, encoding: "utf8", env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" } });
  return run.error === undefined ? new Response(run.stdout) : new Response("exiftool is not installed", { status: 404 });
}

/** Tests in workerd. */
async function workers(name: string, { include, exclude, isolate }: { readonly include: string[]; readonly exclude: string[]; readonly isolate: boolean }) {
  return {
    assetsInclude: ["**/*.heic"],
    plugins: [
      cloudflareTest({
        wrangler: { configPath: path.join(root, "wrangler.toml"), environment: "demo" },
        miniflare: {
          outboundService: onlySharedFiles,
          // Tests deliver messages themselves: the demo's own consumer would handle them on the machine's clock.
          queueProducers: Object.fromEntries(
            ["SYNC_QUEUE", "SYNC_SQUARE", "SYNC_CLOVER", "SYNC_QUICKBOOKS", "SYNC_XERO", "SYNC_TWILIO", "MAIL_QUEUE"].map((queue) => [queue, { queueName: "unread" }]),
          ),
          bindings: {
            THOROUGH: process.env["THOROUGH"] ?? "",
            DIRECTORY_MIGRATIONS: await readD1Migrations(path.join(root, "migrations/directory")),
            SHARD_MIGRATIONS: await readD1Migrations(path.join(root, "migrations/shard")),
          },
        },
      }),
    ],
    test: {
      // A password hash takes a quarter of a second of a free core, and nobody promises a free one.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      name,
      isolate,
      include,
      exclude: ["test/**/*.node.test.ts", ...exclude],
      setupFiles: ["test/support/migrate.ts", "test/support/recording.ts"],
    },
  };
}

export default defineConfig(async () => ({
  test: {
    // By default one core is left idle, which on two doubles the time.
    maxWorkers: "100%",
    projects: [
      await workers("apart", { include: APART, exclude: [], isolate: true }),
      // Whatever a file leaves in storage is cleared before the next one: these share a runtime, and each is spared the
      // seconds of starting one and of loading the whole app into it.
      await workers("workers", { include: ["test/{kernel,providers,features,security}/**/*.test.ts"], exclude: APART, isolate: false }),
      {
        test: {
          testTimeout: 60_000,
          name: "node",
          environment: "node",
          include: ["test/ledger/**/*.test.ts", "test/rules/**/*.test.ts", "test/web/**/*.test.ts", "test/**/*.node.test.ts"],
        },
      },
    ],
  },
}));
