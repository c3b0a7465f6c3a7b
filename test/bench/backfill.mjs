/**
 * A back-fill of 181 days at three locations. Its floor is computed from the calls that were answered: no provider can
 * take `n` calls sooner than its limits let the n-th one in, and the last day's calls follow one another at 150 ms each.
 * The limits are those that the simulators enforce: 10 a second and 500 a minute at the books, 10 a second at the till.
 */
import { ratio, say, table, target } from "./report.mjs";

const DAYS = 181;
const LATENCY_MS = 150;
const LONGEST_MS = 6.5 * 60_000;
const LIMITS = {
  square: { name: "Square", perSecond: 10, perMinute: 600 },
  quickbooks: { name: "QuickBooks Online", perSecond: 10, perMinute: 500 },
};

/** Runs it and prints how far from its floor it came. */
export async function measureBackfill(world) {
  await world.get(`/traffic?latency=${LATENCY_MS}`);
  const start = performance.now();
  const { days } = await world.get(`/backfill?days=${DAYS}`);
  const { states, lastMs } = await untilFinished(world, days, start);
  const traffic = await world.get("/traffic?latency=0");
  if (new Set(traffic.entries).size !== traffic.entries.length) throw new Error("an entry stands in the books twice");
  const floors = Object.entries(LIMITS).map(([provider, limits]) => ({ ...limits, calls: traffic[provider], seconds: secondsFor(traffic[provider], limits) }));
  const chainSeconds = (floors.reduce((sum, { calls }) => sum + calls, 0) / days) * (LATENCY_MS / 1_000);
  const floor = Math.max(...floors.map(({ seconds }) => seconds)) + chainSeconds;
  say(`Back-fill of ${DAYS} days × ${days / DAYS} locations, ${LATENCY_MS} ms an answer`);
  table(["", "calls", "calls a day", "at its limits"], floors.map(({ name, calls, seconds }) => [name, calls, (calls / days).toFixed(2), `${seconds.toFixed(0)} s`]));
  const seconds = lastMs / 1_000;
  // What was not posted in time was not done at any speed.
  const toFloor = states.posted === days ? seconds / floor : Number.POSITIVE_INFINITY;
  say(`  ${states.posted ?? 0} of ${days} days posted after ${seconds.toFixed(0)} s; limits and latency allow ${floor.toFixed(0)} s: ${ratio(toFloor)}; ${traffic.refused} calls were turned away (429)`);
  if (states.posted !== days) say(`  how the days ended: ${JSON.stringify(states)}`);
  say();
  target(`${DAYS} days × ${days / DAYS} locations, against what the limits allow`, toFloor, 1.3);
}

/** When the n-th call can be let in at the earliest, by buckets that begin full: one of a second, one of a minute. */
function secondsFor(calls, { perSecond, perMinute }) {
  return Math.max(0, (calls - perSecond) / perSecond, (calls - perMinute) / (perMinute / 60));
}

async function untilFinished(world, days, start) {
  let shown = 0;
  for (;;) {
    const states = await world.get("/progress");
    const lastMs = performance.now() - start;
    const done = Object.values(states).reduce((sum, count) => sum + count, 0);
    if (done >= shown + 100) say(`  ${(shown = done)} of ${days} days after ${(lastMs / 1_000).toFixed(0)} s`);
    if (done >= days || lastMs > LONGEST_MS) return { states, lastMs };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
