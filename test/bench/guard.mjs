/**
 * What being known costs a request: the guard's whole overhead against a bare Hono route in the same workerd, and against
 * Better-Auth's session check on the same kind of D1. Requests are made one after the other, the three in turn.
 */
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { bundle, scratch } from "./build.mjs";
import { migrate } from "./migrate.mjs";
import { median, say, table, target } from "./report.mjs";

const ROUNDS = 400;
const WARM_UP = 50;
const ORIGIN = "http://harbour.localhost:8787";
const KEY = Buffer.alloc(32, 1).toString("base64");

/** Starts the three ways, measures them and prints what they cost. */
export async function benchGuard() {
  const contents = readFileSync(await bundle("guard-worker", "workerd"), "utf8");
  const world = new Miniflare({
    workers: [{
      config: {
        name: "guard", compatibilityDate: "2026-10-01", compatibilityFlags: ["nodejs_compat"], env: { ...databases(), ...variables() },
        manifest: { mainModule: "guard-worker.js", modulesRoot: scratch, modules: { "guard-worker.js": { type: "esm", contents } } },
      },
    }],
  });
  try {
    await migrate(await world.getD1Database("DIRECTORY"), "directory");
    await migrate(await world.getD1Database("SHARD_0"), "shard");
    report(await measure(world));
  } finally {
    await world.dispose();
  }
}

function databases() {
  return Object.fromEntries(["DIRECTORY", "SHARD_0", "SHARD_1"].map((name) => [name, { type: "d1", id: name.toLowerCase() }]));
}

function variables() {
  const values = {
    APP_DOMAIN: "localhost:8787", APP_SCHEME: "http", MASTER_KEYS: JSON.stringify({ k1: KEY }), MASTER_KEY_CURRENT: "k1", PASSWORD_PEPPER: KEY,
    XERO_CLIENT_ID: "x", XERO_CLIENT_SECRET: "x",
    SQUARE_WEBHOOK_KEY: "x", QUICKBOOKS_WEBHOOK_TOKEN: "x", CLOVER_WEBHOOK_SECRET: "x", XERO_WEBHOOK_KEY: "x",
    SQUARE_CLIENT_ID: "x", SQUARE_CLIENT_SECRET: "x", CLOVER_CLIENT_ID: "x", CLOVER_CLIENT_SECRET: "x", QUICKBOOKS_CLIENT_ID: "x", QUICKBOOKS_CLIENT_SECRET: "x", RESEND_API_KEY: "x", RESEND_WEBHOOK_SECRET: "whsec_ZGVtby1vZi1kYXlib29rLW1haWw=",
    MAIL_FROM: "Daybook <post@daybook.example>", AUDIT_SIGNING_KEY: KEY, BREACH_CHECK: "off",
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { type: "text", value }]));
}

async function measure(world) {
  const setUp = await world.dispatchFetch(`${ORIGIN}/set-up`);
  if (!setUp.ok) throw new Error(`the three ways could not be set up: ${await setUp.text()}`);
  const { ours, theirs } = await setUp.json();
  const ways = { bare: "", guarded: ours, peer: theirs };
  const times = { bare: [], guarded: [], peer: [] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [way, cookie] of Object.entries(ways)) {
      const from = performance.now();
      const answer = await world.dispatchFetch(`${ORIGIN}/${way}`, { headers: { cookie } });
      const { isIn } = await answer.json();
      if (!isIn) throw new Error(`${way} let nobody in`);
      if (round >= 0) times[way].push(performance.now() - from);
    }
  }
  return { bare: median(times.bare), guarded: median(times.guarded), peer: median(times.peer) };
}

function report({ bare, guarded, peer }) {
  const shown = (value) => `${value.toFixed(2)} ms`;
  say(`One request, median of ${ROUNDS}:`);
  table(["way", "whole", "over bare"], [
    ["a bare Hono route", shown(bare), "-"], ["behind the guard", shown(guarded), shown(guarded - bare)], ["behind Better-Auth", shown(peer), shown(peer - bare)],
  ]);
  target("guard's overhead against Better-Auth's session check", (guarded - bare) / (peer - bare), 1);
}
