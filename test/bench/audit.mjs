/**
 * What the audit page asks of a log of 100,000 lines: how long it takes and how many rows D1 reads for it, and what a line
 * costs an act. The floor is the newest page, which any index could give no faster. `npm run bench -- audit`.
 */
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { bundle, scratch } from "./build.mjs";
import { migrate } from "./migrate.mjs";
import { median, ms, say, table, target } from "./report.mjs";

const LINES = 100_000;
const ROUNDS = 9;
const PERSON = "baeaqcaibaeaqcaibaeaqcaiba";

const ASKED = [
  ["the newest page", {}],
  ["a page in the middle", { before: LINES / 2 }],
  ["one act in a hundred", { action: "mapping" }],
  ["an act that happened once, at the beginning", { action: "ownership.given" }],
  ["one person among many", { actor: `person:${PERSON}` }],
  ["a subject that was never touched", { subject: "nothing" }],
  ["a day a month ago", { since: LINES * 30_000, until: LINES * 30_000 + 86_400_000 }],
  ["everything at once, and nothing found", { since: 1, until: LINES * 60_000, actor: "daybook", action: "day.retried", subject: "nothing" }],
];

/** Fills a log and asks of it; keeps the targets. */
export async function measureAudit() {
  const script = readFileSync(await bundle("audit-worker", "workerd"), "utf8");
  const runtime = new Miniflare({ workers: [{ config: {
    name: "bench", compatibilityDate: "2026-10-01",
    manifest: { mainModule: "audit-worker.js", modulesRoot: scratch, modules: { "audit-worker.js": { type: "esm", contents: script } } },
    env: Object.fromEntries(["DIRECTORY", "SHARD_0", "SHARD_1"].map((name) => [name, { type: "d1", id: name.toLowerCase() }])),
  } }] });
  const ask = async (where, body) => await (await runtime.dispatchFetch(`http://bench${where}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) })).json();
  await migrate(await runtime.getD1Database("SHARD_0"), "shard");
  for (let from = 1; from <= LINES; from += 20_000) await ask(`/fill?from=${from}&until=${from + 19_999}`);
  const rows = [];
  let slowest = 0;
  for (const [name, filter] of ASKED) {
    const times = [];
    let answer = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      answer = await ask("/lines", { before: LINES + 10, ...filter });
      times.push(performance.now() - began);
    }
    const p75 = times.toSorted((one, other) => one - other)[Math.floor(ROUNDS * 0.75)];
    slowest = Math.max(slowest, p75);
    rows.push([name, answer.lines, answer.rowsRead, ms(median(times)), ms(p75)]);
  }
  const { rowsWritten } = await ask("/write");
  await runtime.dispose();
  say(`An audit log of ${LINES.toLocaleString("en")} lines (no index but its key)`);
  table(["asked for", "lines", "rows read", "median", "p75"], rows);
  target("slowest filter over 100,000 lines, p75", slowest, 300, { unit: "ms" });
  target("rows written by a line that is the hour's first", rowsWritten, 3, { unit: "rows" });
}
