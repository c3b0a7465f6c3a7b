/** How long it takes to read and fold a day, against the floor and against the SDK, in alternating rounds. */
import { fork } from "node:child_process";
import path from "node:path";
import { here } from "./build.mjs";
import { disagreement, figuresOf, figuresOnOrders } from "./agree.mjs";
import { endChild, keepChild } from "./workerd.mjs";
import { median, ms, ratio, say, table, target } from "./report.mjs";

/** Measures one size of day. Answers its row for the table. */
export async function measureReading({ till, server, workerd, peer, rounds }) {
  const ask = asker(workerd.origin, server.origin);
  await agree({ till, server, ask, peer });
  const calls = await callsOfOneReading({ till, server, ask });
  const floorBody = { calls, token: till.day.token };
  const timed = { floor: [], fold: [], sdk: [] };
  for (let round = 0; round < rounds; round += 1) {
    timed.floor.push((await ask("/floor", floorBody)).milliseconds);
    timed.fold.push((await ask("/fold", till.day)).milliseconds);
    timed.sdk.push((await peer.fold(server.origin, till.day)).milliseconds);
  }
  server.compress(true);
  await ask("/floor", floorBody); // packs every answer once
  const packed = { floor: [], fold: [] };
  for (let round = 0; round < rounds; round += 1) {
    packed.floor.push((await ask("/floor", floorBody)).milliseconds);
    packed.fold.push((await ask("/fold", till.day)).milliseconds);
  }
  server.compress(false);
  return { calls, timed, packed, toFloor: paired(timed.fold, timed.floor), sdkToFold: paired(timed.sdk, timed.fold), packedToFloor: paired(packed.fold, packed.floor) };
}

/** Prints the sizes below each other and keeps the targets of the day of 10,000 orders. */
export function reportReading(results) {
  say("Reading and folding a day (medians; each ratio is the median of its rounds)");
  table(
    ["orders", "MB", "calls", "floor", "Daybook", "SDK", "Daybook / floor", "SDK / Daybook", "compressed: Daybook / floor"],
    results.map(({ orders, bytes, calls, timed, toFloor, sdkToFold, packedToFloor }) => [
      orders.toLocaleString("en"), (bytes / 1e6).toFixed(1), calls.length, ms(median(timed.floor)), ms(median(timed.fold)), ms(median(timed.sdk)),
      ratio(toFloor), ratio(sdkToFold), ratio(packedToFloor),
    ]),
  );
  const typical = results.find(({ orders }) => orders === 10_000);
  target("a day of 10,000 orders, against downloading and parsing it", typical.toFloor, 1.3);
  target("the same, compressed as Square sends it", typical.packedToFloor, 1.3);
  target("the SDK's script, against Daybook, 10,000 orders", typical.sdkToFold, 2, { atLeast: true });
}

/** The SDK in a process of its own, which lives through all rounds so that its start counts for nothing. */
export function startPeer() {
  const child = fork(path.join(here, "sdk-peer.mjs"), { stdio: ["ignore", "inherit", "inherit", "ipc"], detached: true });
  keepChild(child);
  return {
    fold: async (origin, day) => {
      const { promise, resolve, reject } = Promise.withResolvers();
      const ended = (code) => reject(new Error(`the SDK's script ended with ${code}`));
      child.once("message", resolve);
      child.once("exit", ended);
      child.send({ origin, day });
      const answer = await promise;
      child.removeListener("exit", ended);
      return answer;
    },
    stop: () => endChild(child),
  };
}

/** Calls the bench Worker and says how long it took until the whole answer was there. */
export function asker(origin, tillOrigin) {
  return async (pathname, body, options = "") => {
    const start = performance.now();
    const answer = await fetch(`${origin}${pathname}?till=${encodeURIComponent(tillOrigin)}${options}`, { method: "POST", body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${pathname} answered ${answer.status}: ${text}`);
    return { milliseconds: performance.now() - start, value: JSON.parse(text) };
  };
}

/** What one reading asks for. After this the till answers nothing that it has not answered before. */
async function callsOfOneReading({ till, server, ask }) {
  server.take();
  await ask("/fold", till.day);
  server.freeze();
  return server.take().calls;
}

async function agree({ till, server, ask, peer }) {
  const folded = figuresOf((await ask("/fold", till.day)).value);
  const { totals } = await peer.fold(server.origin, till.day);
  const pages = server.answers().filter(({ path: called }) => called === "/v2/orders/search").map(({ plain }) => plain);
  const problem = disagreement({ Daybook: folded, SDK: totals, "the orders' own totals": figuresOnOrders(pages) });
  if (problem !== null) throw new Error(`the readers do not agree:\n${problem}`);
}

function paired(values, floors) {
  return median(values.map((value, round) => value / floors[round]));
}
