/**
 * How much memory reading a day takes, as V8 itself traces it. Two measures: the most that was in use, garbage included,
 * after the same number of orders went through a fresh isolate; and what is alive at the worst moment, right after a
 * page was parsed, by forcing a collection there. What lies outside V8's heap (a page's bytes, the fingerprints of the
 * orders) is measured through the inspector.
 */
import { asker } from "./reading.mjs";
import { median, megabytes, ratio, say, table, target } from "./report.mjs";
import { freePort, startWorkerd } from "./workerd.mjs";

const ORDERS_THROUGH_EACH_ISOLATE = 50_000;
const ISOLATES = 3;
const COLLECTION = /(?:Scavenge|Mark-Compact).*? ([\d.]+) \([\d.]+\) -> ([\d.]+) /;
/** V8's own word for a collection that was asked for; the first of them ends a run that was left to itself. */
const FORCED = "testing;";

/** Measures one size of day, compressed as Square sends it. Megabytes. */
export async function measureHeap({ script, till, server, calls, orders }) {
  server.compress(true);
  const times = Math.max(1, Math.round(ORDERS_THROUGH_EACH_ISOLATE / orders));
  const floorBody = { calls, token: till.day.token };
  const peaks = { fold: [], floor: [] };
  for (let isolate = 0; isolate < ISOLATES; isolate += 1) {
    peaks.fold.push(highest(await traced(script, async (ask) => await repeat(times, () => ask("/fold", till.day)), server), "before"));
    peaks.floor.push(highest(await traced(script, async (ask) => await repeat(times, () => ask("/floor", floorBody)), server), "before"));
  }
  const alive = highest(await traced(script, async (ask) => await ask("/fold", till.day, "&collect"), server), "after");
  const outside = await outsideHeap({ script, till, server, times });
  server.compress(false);
  return { times, fold: median(peaks.fold), floor: median(peaks.floor), alive, outside };
}

/** Prints the sizes below each other and keeps the targets. */
export function reportHeap(results) {
  say(`Memory (${ORDERS_THROUGH_EACH_ISOLATE.toLocaleString("en")} orders through each isolate, compressed answers; outside = buffers beside V8's heap)`);
  table(
    ["orders", "days", "peak heap", "floor's peak", "Daybook / floor", "alive at worst", "outside"],
    results.map(({ orders, heap: { times, fold, floor, alive, outside } }) => (
      [orders.toLocaleString("en"), times, megabytes(fold), megabytes(floor), ratio(fold / floor), megabytes(alive), megabytes(outside)]
    )),
  );
  const [small, large] = [results[0].heap, results.at(-1).heap];
  target("peak heap at 50,000 orders, against 1,000 (garbage included)", large.fold / small.fold, 1.2);
  target("what is alive at worst at 50,000 orders, against 1,000", large.alive / small.alive, 1.2);
}

/** What V8 printed of its collections while `act` ran in a fresh isolate, and of one that was forced when it was over. */
async function traced(script, act, server) {
  const lines = [];
  const workerd = await startWorkerd(script, { v8Flags: ["--trace-gc", "--expose-gc"], lines });
  await act(asker(workerd.origin, server.origin));
  await fetch(`${workerd.origin}/flush`);
  await workerd.stop();
  return lines;
}

/** The largest heap in megabytes before any collection up to the first forced one, or after any forced one. */
function highest(lines, side) {
  let most = 0;
  for (const line of lines) {
    const found = COLLECTION.exec(line);
    if (found === null) continue;
    const isForced = line.includes(FORCED);
    if (side === "before") most = Math.max(most, Number(found[1]));
    else if (isForced) most = Math.max(most, Number(found[2]));
    if (side === "before" && isForced) break;
  }
  if (most === 0) throw new Error("V8 printed no collections");
  return most;
}

/** The most memory that buffers took while the same orders were read, in megabytes, garbage included. */
async function outsideHeap({ script, till, server, times }) {
  const port = await freePort();
  const workerd = await startWorkerd(script, { inspectorPort: port });
  const inspector = await openInspector(port);
  const ask = asker(workerd.origin, server.origin);
  const reading = repeat(times, () => ask("/fold", till.day)).then(() => null);
  let most = 0;
  for (;;) {
    const usage = await Promise.race([reading, inspector.ask("Runtime.getHeapUsage")]);
    if (usage === null) break;
    most = Math.max(most, usage.backingStorageSize);
  }
  inspector.close();
  await workerd.stop();
  return most / 1e6;
}

async function openInspector(port) {
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  const waiting = new Map();
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = JSON.parse(data);
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let last = 0;
  return {
    ask: (method) => new Promise((resolve) => {
      waiting.set(++last, resolve);
      socket.send(JSON.stringify({ id: last, method, params: {} }));
    }),
    close: () => socket.close(),
  };
}

async function repeat(times, act) {
  for (let done = 0; done < times; done += 1) await act();
}
