/**
 * `npm run bench`: what Daybook costs, each figure against a floor or a peer of the same run. Prints tables, then every
 * target and whether it holds. Ends by itself in about eight minutes on two cores, five of them the back-fill; its exit code is 0 unless something
 * could not be measured at all, or two readers of the same day disagree.
 *
 * 1. Reading a day of 1,000, 10,000 and 50,000 orders in bare workerd, by the product's own reader. Floor: the same
 *    calls for the same bytes, downloaded and parsed and thrown away, in the same process. Peer: a plain Node script
 *    with the official `square` SDK. The answers are the simulated Square's, made once and served from memory. All
 *    readers, and the totals that stand on the orders themselves, must agree to the cent before anything is timed.
 * 2. Memory of the same readings: see `heap.mjs`.
 * 3. What one shop-day costs at the database and in subrequests, through the real planner, queue handler and lanes.
 * 4. A back-fill of 181 days at three locations through the real queue under local Cloudflare, every answer of a
 *    provider taking 150 ms and both providers enforcing their limits: see `backfill.mjs` for its floor.
 * 5. Whether time tells known addresses from unknown ones: see `timing.mjs`.
 * 6. Filters over an audit log of 100,000 lines: see `audit.mjs`.
 * 7. What the guard adds to a request, over a bare Hono route and beside Better-Auth's session check: see `guard.mjs`.
 *
 * 8. A signed download against a bare stream out of the bucket: see `download.mjs`.
 * 9. A file of a gigabyte in parts, with the runtime killed on the way: see `documents.mjs`. Runs only when it is named.
 * 10. The night of 1,000 and of 5,000 shops, and whether a provider that is slow, or refuses everything, delays shops that
 *    do not need it: see `night.mjs` and `fairness.mjs`. Both take long, and run only when they are named.
 * 11. What a message to many costs beside messages to one: see `lists.mjs`. Runs only when it is named.
 *
 * `npm run bench -- reading memory` runs some of the parts: `reading`, `memory`, `shop-day`, `backfill`, `timing`, `audit`, `guard`, `download`, `documents`, `night`, `fairness`, `lists`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "../../src/sandbox/install.mjs";

install();

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
if (Number(process.versions.node.split(".")[0]) < 22) {
  const node = path.join(root, "node_modules/.bin/node");
  process.exit(spawnSync(node, process.argv.slice(1), { stdio: "inherit" }).status ?? 1);
}

const PARTS = ["reading", "memory", "shop-day", "backfill", "timing", "audit", "guard", "download"];
const LONG_PARTS = ["lists", "documents", "night", "fairness"];
const SIZES = [{ orders: 1_000, rounds: 15 }, { orders: 10_000, rounds: 9 }, { orders: 50_000, rounds: 3 }];

const { bundle, scratch } = await import("./build.mjs");
const { say, summary } = await import("./report.mjs");
const workers = await import("./workerd.mjs");

function chosenParts() {
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((part) => ![...PARTS, ...LONG_PARTS].includes(part));
  if (unknown === undefined) return chosen.length === 0 ? PARTS : chosen;
  process.stderr.write(`There is no part "${unknown}": ${[...PARTS, ...LONG_PARTS].join(", ")}.\n`);
  process.exit(1);
}

async function readings(parts) {
  const { asker, measureReading, reportReading, startPeer } = await import("./reading.mjs");
  const { measureHeap, reportHeap } = await import("./heap.mjs");
  const { serveTill } = await import("./till-server.mjs");
  const { createBenchTill } = await import(await bundle("till", "node"));
  const script = await bundle("fold-worker", "workerd");
  const workerd = await workers.startWorkerd(script);
  const peer = startPeer();
  const results = [];
  for (const { orders, rounds } of SIZES) {
    say(`Ringing up ${orders.toLocaleString("en")} orders…`);
    const till = createBenchTill(orders);
    const server = await serveTill(till.answer);
    const reading = await measureReading({ till, server, workerd, peer, rounds: parts.includes("reading") ? rounds : 1 });
    const { bytes } = await sizeOf(server, asker(workerd.origin, server.origin), till);
    const heap = parts.includes("memory") ? await measureHeap({ script, till, server, calls: reading.calls, orders }) : null;
    results.push({ orders, bytes, heap, ...reading });
    server.close();
  }
  await peer.stop();
  await workerd.stop();
  say();
  if (parts.includes("reading")) reportReading(results);
  if (parts.includes("memory")) reportHeap(results);
}

async function sizeOf(server, ask, till) {
  server.take();
  await ask("/fold", till.day);
  return server.take();
}

async function shop(parts) {
  const { startShopWorld } = await import("./shop-world.mjs");
  const { measureShopDay } = await import("./shop-day.mjs");
  const { measureBackfill } = await import("./backfill.mjs");
  const world = await startShopWorld();
  await measureShopDay(world); // always: it makes the shop
  if (parts.includes("backfill")) await measureBackfill(world);
  await world.stop();
}

async function main() {
  const parts = chosenParts();
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  if (parts.includes("reading") || parts.includes("memory")) await readings(parts);
  if (parts.includes("shop-day") || parts.includes("backfill")) await shop(parts);
  if (parts.includes("timing")) await (await import("./timing.mjs")).measureTiming();
  if (parts.includes("audit")) await (await import("./audit.mjs")).measureAudit();
  if (parts.includes("guard")) await (await import("./guard.mjs")).benchGuard();
  if (parts.includes("download")) await (await import("./download.mjs")).measureDownload();
  if (parts.includes("lists")) (await import("./lists.mjs")).measureLists();
  if (parts.includes("documents")) await (await import("./documents.mjs")).measureDocuments();
  if (parts.includes("night")) await (await import("./night.mjs")).measureNight();
  if (parts.includes("fairness")) await (await import("./fairness.mjs")).measureFairness();
  summary();
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    workers.stopAll();
    process.exit(1);
  });
}

try {
  await main();
} finally {
  workers.stopAll();
}
process.exit(0);
