/**
 * Whether a provider that answers after 30 seconds, or with 429 to everything, delays shops that do not need it. Beside
 * shops whose work is for the provider in trouble stand others whose work is for the well one: days to read at Square
 * while QuickBooks is in trouble, and saved days to post to QuickBooks while Square is. The time until the others are
 * done is compared with the same run in which both providers are well.
 */
import { median, ratio, say, table, target } from "./report.mjs";
import { until, warmUp } from "./night.mjs";
import { startShopWorld } from "./shop-world.mjs";

const SHOPS = Number(process.env["FAIRNESS_SHOPS"] ?? "200");
const ROUNDS = 3;
const TROUBLES = ["slow", "busy"];

/** The others' work, and what it leaves to be seen. */
const CASES = [
  { troubled: "quickbooks", name: "QuickBooks in trouble, others read Square", others: "preview", stage: "read", done: "preview ready", burden: { mode: "automatic", stage: "post" } },
  { troubled: "square", name: "Square in trouble, others post to QuickBooks", others: "automatic", stage: "post", done: "automatic posted", burden: { mode: "preview", stage: "read" } },
];

/** Measures and prints it, and keeps the targets. */
export async function measureFairness() {
  say(`${SHOPS} shops beside ${SHOPS} whose provider is in trouble; both well: the median of ${ROUNDS}`);
  const rows = [];
  for (const one of CASES) {
    for (const trouble of TROUBLES) {
      const { well, troubled } = await secondsOf(one, trouble);
      rows.push([one.name, trouble === "slow" ? "30 s an answer" : "429 to everything", `${well.toFixed(2)} s`, `${troubled.toFixed(2)} s`, ratio(troubled / well)]);
      target(`${one.name}, ${trouble}: time of the others`, troubled / well, 1.1);
    }
  }
  table(["", "", "both well", "one in trouble", ""], rows);
}

/**
 * Seconds until the others are done, both well and with one in trouble. A world of its own for each trouble, which comes
 * last: what it leaves behind (work put off, a provider that is left alone) must not stand in another round's way.
 */
async function secondsOf(one, trouble) {
  const world = await startShopWorld("night.toml");
  await warmUp(world);
  for (const mode of ["automatic", "preview"]) await world.get(`/shops?mode=${mode}&count=${SHOPS}`);
  await roundOf(world, one, "well"); // answers are made, lanes wake up
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await roundOf(world, one, "well"));
  const troubled = await roundOf(world, one, trouble);
  await world.stop();
  return { well: median(times), troubled };
}

async function roundOf(world, { troubled, others, stage, done, burden }, mood) {
  await world.get("/forget");
  await saveDays(world);
  await world.get(`/mood?square=${troubled === "square" ? mood : "well"}&quickbooks=${troubled === "quickbooks" ? mood : "well"}`);
  const start = performance.now();
  await world.get(`/send?mode=${burden.mode}&stage=${burden.stage}&why=retry`);
  await world.get(`/send?mode=${others}&stage=${stage}&why=retry`);
  await until(world, (standing) => (standing[done] ?? 0) >= SHOPS);
  const seconds = (performance.now() - start) / 1_000;
  if (mood === "well") await until(world, (standing) => (standing["automatic posted"] ?? 0) >= SHOPS && (standing["preview ready"] ?? 0) >= SHOPS);
  return seconds;
}

/** Leaves the days of the automatic shops saved, so that posting them is all that is left. */
async function saveDays(world) {
  await world.get("/rule?mode=automatic&to=approve");
  await world.get("/send?mode=automatic&stage=read&why=retry");
  await until(world, (standing) => (standing["approve ready"] ?? 0) >= SHOPS);
  await world.get("/rule?mode=approve&to=automatic");
}
