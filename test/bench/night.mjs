/**
 * The night of 1,000 and of 5,000 shops in local Cloudflare: real databases, queues and lanes, and providers that answer
 * from memory. A shop's night is its closed day (planned, read, handed on, posted, read back, recorded) and the five
 * days behind it that are read again unchanged; one of these is measured and counted five times. What a shop costs must
 * not depend on how many there are. Prices are Cloudflare's of November 2026, beyond what a plan includes; the CPU is all
 * of local workerd's, its databases, queues and the answering providers among it, so an upper bound.
 */
import { readdirSync, readFileSync } from "node:fs";
import { say, table, target } from "./report.mjs";
import { startShopWorld } from "./shop-world.mjs";

const SIZES = (process.env["NIGHT_SHOPS"] ?? "1000,5000").split(",").map(Number);
const REREADS = 5;
const NIGHTS_A_MONTH = 365 / 12;
const TICKS_PER_SECOND = 100;
const SHOPS_AT_ONCE = 250;

/** Dollars for a million of each. */
const PRICES = { cpuMs: 0.02, requests: 0.3, rowsRead: 0.001, rowsWritten: 1, queueOps: 0.4, laneCalls: 0.15 };

/** Measures each size in a world of its own, prints a table, and keeps the targets. */
export async function measureNight() {
  const nights = [];
  for (const shops of SIZES) nights.push({ shops, ...await nightOf(shops) });
  say("A shop's night: its closed day, and five days behind it read again unchanged");
  const figures = ["wall", "cpuMs", "trips", "statements", "rowsRead", "rowsWritten", "queueOps", "requests", "laneCalls", "calls", "subrequests"];
  table(["per shop", ...nights.map(({ shops }) => `${shops.toLocaleString("en")} shops`)], figures.map((name) => [NAMES[name], ...nights.map((night) => night[name].toFixed(2))]));
  table(["cents per shop and month", ...nights.map(({ shops }) => `${shops.toLocaleString("en")} shops`)], [
    ...Object.keys(PRICES).map((name) => [NAMES[name], ...nights.map((night) => centsOf(name, night[name]).toFixed(4))]),
    ["all", ...nights.map((night) => Object.keys(PRICES).reduce((sum, name) => sum + centsOf(name, night[name]), 0).toFixed(4))],
  ]);
  const [few, many] = [nights.at(0), nights.at(-1)];
  for (const name of ["cpuMs", "rowsRead", "rowsWritten", "queueOps", "subrequests"]) {
    target(`${NAMES[name]} per shop: ${many.shops} shops against ${few.shops}`, Math.abs(many[name] / few[name] - 1) * 100, 15, { unit: "%" });
  }
}

/** One shop's night before it counts: the simulators say everything once, at their own pace. */
export async function warmUp(world) {
  await world.get("/shops?mode=automatic&count=1");
  await world.get("/due");
  await world.get("/plan");
  await until(world, (standing) => standing["automatic posted"] === 1);
}

const NAMES = {
  wall: "wall, ms", cpuMs: "CPU, ms", trips: "D1 round trips", statements: "D1 statements", rowsRead: "D1 rows read", rowsWritten: "D1 rows written",
  queueOps: "queue operations", requests: "invocations", laneCalls: "calls to lanes", calls: "calls to providers", subrequests: "subrequests",
};

const centsOf = (name, each) => (each * NIGHTS_A_MONTH * PRICES[name] * 100) / 1_000_000;

async function nightOf(shops) {
  const world = await startShopWorld("night.toml");
  say(`Setting up ${shops.toLocaleString("en")} shops…`);
  await warmUp(world);
  for (let made = 0; made < shops; made += SHOPS_AT_ONCE) await world.get(`/shops?mode=automatic&count=${Math.min(SHOPS_AT_ONCE, shops - made)}`);
  const closed = await measured(world, shops, async () => {
    await world.get("/due");
    do await world.get("/plan"); while ((await world.get("/left")).left > 0);
    await until(world, (standing) => (standing["automatic posted"] ?? 0) > shops);
  });
  say(`  posted after ${(closed.wall * shops / 1_000).toFixed(0)} s`);
  const again = await measured(world, shops, async () => {
    await world.get("/send?mode=automatic&stage=read&why=reread");
    await untilQuiet(world, shops);
  });
  await world.stop();
  return Object.fromEntries(Object.keys(closed).map((name) => [name, closed[name] + REREADS * again[name]]));
}

/** What an act uses, for each shop. */
async function measured(world, shops, act) {
  await world.get("/counts");
  deliveries = 0;
  leftover = null;
  const [cpu, start] = [cpuMsOf(world.pid), performance.now()];
  await act();
  const [wall, cpuMs] = [performance.now() - start, cpuMsOf(world.pid) - cpu];
  const rest = await world.get("/counts");
  const counts = leftover === null ? rest : Object.fromEntries(Object.keys(rest).map((name) => [name, rest[name] + leftover[name]]));
  const { trips, statements, rowsRead, rowsWritten, sends, messages, deliveries: delivered, batches, laneCalls, calls } = counts;
  // A message is written, read at each delivery, and deleted.
  const used = {
    wall, cpuMs, trips, statements, rowsRead, rowsWritten, queueOps: 2 * messages + delivered, requests: batches, laneCalls, calls,
    subrequests: calls + trips + laneCalls + sends,
  };
  return Object.fromEntries(Object.entries(used).map(([name, value]) => [name, value / shops]));
}

let deliveries = 0;
let leftover = null;

/** Waits until as many messages were delivered as there are shops; what was counted on the way is kept. */
async function untilQuiet(world, shops) {
  while (deliveries <= shops) {
    await pause(500);
    const counts = await world.get("/counts");
    deliveries += counts.deliveries;
    leftover = leftover === null ? counts : Object.fromEntries(Object.keys(counts).map((name) => [name, counts[name] + leftover[name]]));
  }
  await pause(1_000);
}

/** Asks how the days stand until it is as wished; gives up when nothing moved for longer than the longest rest. */
export async function until(world, isDone) {
  let [last, since] = ["", performance.now()];
  for (;;) {
    const standing = await world.get("/standing");
    if (isDone(standing)) return;
    const text = JSON.stringify(standing);
    if (text !== last) [last, since] = [text, performance.now()];
    if (performance.now() - since > 400_000) throw new Error(`the night stands still: ${text}`);
    await pause(250);
  }
}

const pause = async (milliseconds) => await new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** CPU time of every workerd that a process group runs (`/proc/<pid>/stat`: group, user and system time in ticks). */
function cpuMsOf(group) {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      if (Number(fields[2]) === group && text.includes("(workerd)")) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // it has ended since the list was made
    }
  }
  return (ticks * 1_000) / TICKS_PER_SECOND;
}
