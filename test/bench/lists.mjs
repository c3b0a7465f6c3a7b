/**
 * What a message to many costs beside messages to one: the figures that `test/features/broadcasts/cost.test.ts` counts in
 * workerd, at the real D1, with the real pipeline from the start to Twilio's answer. `npm run bench -- lists`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { scratch } from "./build.mjs";
import { say, table, target } from "./report.mjs";

const HEADINGS = ["", "D1 trips", "statements", "rows read", "rows written", "sends to queues", "messages on them"];

/** Runs the test that counts, prints what it counted and keeps the targets. Throws where it fails. */
export function measureLists() {
  mkdirSync(scratch, { recursive: true });
  const output = path.join(scratch, "lists.json");
  const run = spawnSync("npx", ["vitest", "run", "test/features/broadcasts/cost.test.ts", "--reporter=json", `--outputFile=${output}`], { stdio: ["ignore", "ignore", "inherit"] });
  if (run.status !== 0) throw new Error("the test that counts what a list costs has failed");
  const costs = JSON.parse(readFileSync(output, "utf8")).testResults.flatMap(({ assertionResults }) => assertionResults).map(({ meta }) => meta.cost);
  const { alone, listed } = costs.find((cost) => cost.alone !== undefined);
  const { looking, starting, stepping } = costs.find((cost) => cost.looking !== undefined);
  say("A message from writing to Twilio's answer, for each recipient");
  table(HEADINGS, [rowOf("one to one", alone), rowOf("on a list of 30, its dry run and start included", listed)]);
  say("A list of 5,000");
  table(HEADINGS, [rowOf("dry run", looking), rowOf("start", starting), rowOf("a step", stepping)]);
  target("statements for each recipient of a list, against one to one", listed.statements / alone.statements, 1.5);
  target("rows written for each recipient of a list, against one to one", listed.rowsWritten / alone.rowsWritten, 1.5);
  target("statements of one step", stepping.statements, 50, { unit: "statements" });
}

function rowOf(name, { trips, statements, rowsRead, rowsWritten, sends, queued }) {
  return [name, ...[trips, statements, rowsRead, rowsWritten, sends, queued].map((value) => (Number.isInteger(value) ? value : value.toFixed(2)))];
}
