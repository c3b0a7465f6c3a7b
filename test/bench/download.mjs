/**
 * A signed download against the same object streamed bare out of the bucket, in the same runtime: time to the first byte,
 * throughput, in the clear and sealed, and what it asks of the database; and whether the time of a refusal tells what is
 * wrong with a link. `npm run bench -- download`.
 */
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { bundle, scratch } from "./build.mjs";
import { migrate } from "./migrate.mjs";
import { ratio, say, table, target } from "./report.mjs";

const SMALL = { bytes: 100_000, rounds: 150, warmUp: 20 };
const LARGE = { bytes: 32_000_000, rounds: 15, warmUp: 2 };
const REFUSED = { rounds: 400, warmUp: 40 };
const WAYS = ["bare", "clear", "sealed"];
const KEY = Buffer.alloc(32, 1).toString("base64");

/** Files documents, measures each way in turn, prints what they cost and keeps the targets. */
export async function measureDownload() {
  const contents = readFileSync(await bundle("download-worker", "workerd"), "utf8");
  const runtime = new Miniflare({ workers: [{ config: {
    name: "download", compatibilityDate: "2026-10-01", compatibilityFlags: ["nodejs_compat"], env: { ...bindings(), ...variables() },
    manifest: { mainModule: "download-worker.js", modulesRoot: scratch, modules: { "download-worker.js": { type: "esm", contents } } },
  } }] });
  try {
    for (const [name, folder] of [["DIRECTORY", "directory"], ["SHARD_0", "shard"], ["SHARD_1", "shard"]]) await migrate(await runtime.getD1Database(name), folder);
    const setUp = await runtime.dispatchFetch(`http://localhost:8787/set-up?size=${SMALL.bytes}&size=${LARGE.bytes}`);
    if (!setUp.ok) throw new Error(`the documents could not be filed: ${await setUp.text()}`);
    const [small, large] = await setUp.json();
    const before = await statementsOf(runtime);
    const first = await measure(runtime, small, SMALL);
    const asked = (await statementsOf(runtime)) - before;
    const refusals = await measureRefusals(runtime, small.clear);
    report({ small: first, large: await measure(runtime, large, LARGE), perDownload: asked / (2 * (SMALL.rounds + SMALL.warmUp)) });
    reportRefusals(refusals);
  } finally {
    await runtime.dispose();
  }
}

async function statementsOf(runtime) {
  return (await (await runtime.dispatchFetch("http://localhost:8787/statements")).json()).statements;
}

/** The bindings that documents need, for Miniflare. */
export function bindings() {
  const databases = ["DIRECTORY", "SHARD_0", "SHARD_1"].map((name) => [name, { type: "d1", id: name.toLowerCase() }]);
  return { ...Object.fromEntries(databases), DOCUMENTS: { type: "r2", name: "documents" }, SYNC_QUEUE: { type: "queue", name: "sync" } };
}

/** The variables of a whole Daybook. They protect nothing. */
export function variables() {
  const providers = ["SQUARE", "CLOVER", "QUICKBOOKS", "XERO"].flatMap((name) => [[`${name}_CLIENT_ID`, "x"], [`${name}_CLIENT_SECRET`, "x"]]);
  const values = {
    APP_DOMAIN: "localhost:8787", APP_SCHEME: "http", MASTER_KEYS: JSON.stringify({ k1: KEY }), MASTER_KEY_CURRENT: "k1", PASSWORD_PEPPER: KEY, ...Object.fromEntries(providers),
    SQUARE_WEBHOOK_KEY: "x", QUICKBOOKS_WEBHOOK_TOKEN: "x", CLOVER_WEBHOOK_SECRET: "x", XERO_WEBHOOK_KEY: "x", RESEND_API_KEY: "x", RESEND_WEBHOOK_SECRET: "whsec_ZGVtby1vZi1kYXlib29rLW1haWw=",
    MAIL_FROM: "Daybook <post@daybook.example>", AUDIT_SIGNING_KEY: KEY, BREACH_CHECK: "off",
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { type: "text", value }]));
}

/** Milliseconds to the first byte and to the last, of each way, one request after the other. */
async function measure(runtime, { clear, sealed }, { bytes, rounds, warmUp }) {
  const urls = { bare: `http://localhost:8787/bare?key=${encodeURIComponent(clear.key)}`, clear: clear.url, sealed: sealed.url };
  const times = Object.fromEntries(WAYS.map((way) => [way, { first: [], last: [] }]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const way of WAYS) {
      const taken = await timeOf(runtime, urls[way], bytes);
      if (round < 0) continue;
      times[way].first.push(taken.first);
      times[way].last.push(taken.last);
    }
  }
  return Object.fromEntries(WAYS.map((way) => [way, { first: quarter(times[way].first), last: quarter(times[way].last) }]));
}

/** A quarter of the rounds took less: what else the machine does slows the others down, and each way by chance. */
function quarter(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 4)];
}

/** Milliseconds of each refusal. A link that was forged, one that was genuine once, and nonsense, twice: the floor. */
async function measureRefusals(runtime, { url, past }) {
  const forged = url.replace(/.$/, (sign) => (sign === "A" ? "E" : "A"));
  const { origin } = new URL(url);
  const urls = { forged, "genuine once": past, nonsense: `${origin}/nonsense`, "other nonsense": `${origin}/otherwise` };
  const kinds = Object.keys(urls);
  const times = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (let round = -REFUSED.warmUp; round < REFUSED.rounds; round += 1) {
    // Each takes turns at being first, so that none is favoured by what came before it.
    for (const kind of kinds.map((_, index) => kinds[(index + round + kinds.length * REFUSED.warmUp) % kinds.length])) {
      const began = performance.now();
      const answer = await runtime.dispatchFetch(urls[kind]);
      await answer.text();
      if (answer.status !== 404) throw new Error(`${urls[kind]} answered ${answer.status}`);
      if (round >= 0) times[kind].push(performance.now() - began);
    }
  }
  return Object.fromEntries(kinds.map((kind) => [kind, quarter(times[kind])]));
}

function reportRefusals(times) {
  const against = (kind) => times[kind] / times.nonsense;
  say(`Time that a refusal takes, by what is wrong with the link, lower quartile of ${REFUSED.rounds}`);
  table(["link", "time", "against nonsense"], Object.entries(times).map(([kind, time]) => [kind, `${time.toFixed(2)} ms`, against(kind).toFixed(3)]));
  for (const kind of ["forged", "genuine once"]) target(`refusals apart: a link that is ${kind} and nonsense`, Math.abs(against(kind) - 1) * 100, 10, { unit: "%" });
}

async function timeOf(runtime, url, bytes) {
  const began = performance.now();
  const answer = await runtime.dispatchFetch(url);
  let [first, size] = [0, 0];
  for await (const chunk of answer.body) {
    if (first === 0) first = performance.now() - began;
    size += chunk.byteLength;
  }
  if (answer.status !== 200 || size !== bytes) throw new Error(`${url} answered ${answer.status} with ${size} bytes`);
  return { first, last: performance.now() - began };
}

function report({ small, large, perDownload }) {
  const speed = (way) => LARGE.bytes / 1_000 / large[way].last;
  say(`Downloads by signed links (first byte: ${SMALL.bytes / 1_000} KB, lower quartile of ${SMALL.rounds}; throughput: ${LARGE.bytes / 1_000_000} MB, of ${LARGE.rounds})`);
  table(["way", "first byte", "over bare", "throughput", "of bare"], WAYS.map((way) => [
    { bare: "bare out of R2", clear: "signed, in the clear", sealed: "signed, sealed" }[way], `${small[way].first.toFixed(2)} ms`, `${(small[way].first - small.bare.first).toFixed(2)} ms`,
    `${speed(way).toFixed(0)} MB/s`, ratio(speed(way) / speed("bare")),
  ]));
  target("signed download's first byte over a bare stream's", small.clear.first - small.bare.first, 15, { unit: "ms" });
  target("signed download's throughput against a bare stream's", speed("clear") / speed("bare"), 0.9, { atLeast: true });
  target("sealed download's throughput against a bare stream's", speed("sealed") / speed("bare"), 0.2, { atLeast: true });
  target("statements per download", perDownload, 1, { unit: "statements" });
}
