/**
 * Whether time tells a stranger which addresses have an account: wrong passwords, and letters asked for, at known and
 * unknown addresses in turn, 200 of each, through the demo's whole Worker. The floor is the same act at other unknown
 * addresses: two medians of one thing differ too, and by how much is printed beside.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { root, scratch } from "./build.mjs";
import { median, say, table, target } from "./report.mjs";
import { endChild, freePort, keepChild, untilReady } from "./workerd.mjs";

const bin = path.join(root, "node_modules/.bin");
const state = path.join(scratch, "timing-state");
const assets = path.join(scratch, "timing-assets");
const environment = {
  ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_REGISTRY_PATH: path.join(scratch, "timing-registry"), X_LOCAL_OBSERVABILITY: "false", X_LOCAL_EXPLORER: "false",
};
const KNOWN = 100;
/** The hash of a password that nobody knows; every one of them is asked for a wrong one. */
const HASH = "$2b$12$kS7jZQsq8yzAwYGKKSDzdeoGf.PR3XnI3GO5mjEYkSXez24R8QZcO";

const ACTS = [
  { name: "a wrong password", path: "/api/sign-in", status: 401, body: (email) => ({ email, password: "not the password at all" }) },
  { name: "a link asked for", path: "/api/sign-in/link", status: 200, body: (email) => ({ email }) },
  { name: "another password asked for", path: "/api/reset", status: 200, body: (email) => ({ email }) },
  { name: "signing up", path: "/api/sign-up", status: 200, body: (email) => ({ email }) },
];

/** Measures and prints it, and keeps the targets. `samples` of each kind. */
export async function measureTiming(samples = 200) {
  rmSync(state, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  wrangler(["d1", "migrations", "apply", "DIRECTORY", "--local", "--env", "demo", "--persist-to", state]);
  const people = path.join(scratch, "people.sql");
  writeFileSync(people, knownPeople());
  wrangler(["d1", "execute", "DIRECTORY", "--local", "--env", "demo", "--persist-to", state, "--file", people, "--yes"]);
  const { ask, stop } = await startDemo();
  say(`Time that an address takes, known and unknown, medians of ${samples} each`);
  const rows = [];
  for (const act of ACTS) rows.push(await measureAct(ask, act, samples));
  table(["", "known", "unknown", "other unknown", "known / unknown", "unknown / unknown"], rows);
  await stop();
}

async function measureAct(ask, act, samples) {
  const times = { known: [], unknown: [], other: [] };
  for (let sample = -3; sample < samples; sample += 1) {
    const number = (sample + KNOWN) % KNOWN;
    // The three kinds of a round take turns at being first, so that none is favoured by what came before it.
    for (const kind of [0, 1, 2].map((step) => ["known", "unknown", "other"][(step + sample + 3) % 3])) {
      const took = await ask(act, `${kind}${kind === "known" ? number : `${number}of${sample}`}@example.com`);
      if (sample >= 0) times[kind].push(took);
    }
  }
  const [known, unknown, other] = [times.known, times.unknown, times.other].map(median);
  const difference = Math.abs(known / unknown - 1) * 100;
  target(`known and unknown addresses apart: ${act.name}`, difference, 5, { unit: "%" });
  const show = (value) => `${value.toFixed(1)} ms`;
  return [act.name, show(known), show(unknown), show(other), (known / unknown).toFixed(3), (other / unknown).toFixed(3)];
}

async function startDemo() {
  const port = await freePort();
  const domain = `localhost:${port}`;
  const args = ["dev", "--env", "demo", "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", String(await freePort()), "--persist-to", state,
    "--var", `APP_DOMAIN:${domain}`, "--assets", assets, "--log-level", "error", "--show-interactive-dev-session=false"];
  const child = spawn(path.join(bin, "wrangler"), args, { cwd: root, env: environment, stdio: ["ignore", "ignore", "inherit"], detached: true });
  keepChild(child);
  await untilReady(`http://127.0.0.1:${port}/__sandbox/health`);
  let asked = 0;
  const ask = async (act, email) => {
    asked += 1;
    // Everybody comes from an address of their own, so that no limit but an account's own is reached.
    const from = `127.${10 + (asked >> 16)}.${(asked >> 8) & 255}.${(asked & 255) || 1}`;
    return await timeOf({ port, domain, from, act, email });
  };
  return { ask, stop: () => endChild(child) };
}

/** Milliseconds from sending a request to the end of its answer. */
function timeOf({ port, domain, from, act, email }) {
  const body = JSON.stringify(act.body(email));
  const headers = { host: `auth.${domain}`, "content-type": "application/json", "content-length": Buffer.byteLength(body), "sec-fetch-site": "same-origin" };
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const request = http.request({ host: "127.0.0.1", port, path: act.path, method: "POST", localAddress: from, headers, agent: false }, (answer) => {
      answer.resume();
      answer.once("end", () => {
        if (answer.statusCode === act.status) resolve(performance.now() - start);
        else reject(new Error(`${act.path} answered ${answer.statusCode} to ${email}`));
      });
    });
    request.once("error", reject);
    request.end(body);
  });
}

function knownPeople() {
  const id = (number) => `known${String(number).padStart(21, "0")}`;
  return Array.from({ length: KNOWN }, (_, number) => [
    `INSERT INTO person (id, email, name, verified_at, created_at) VALUES ('${id(number)}', 'known${number}@example.com', 'Known', 1, 1);`,
    `INSERT INTO credential (person_id, kind, id, secret_hash, created_at) VALUES ('${id(number)}', 'password', 'password', '${HASH}', 1);`,
  ].join("\n")).join("\n");
}

function wrangler(args) {
  const result = spawnSync(path.join(bin, "wrangler"), args, { cwd: root, env: environment, encoding: "utf8" });
  if (result.status !== 0) throw new Error(`wrangler ${args.join(" ")} failed:\n${result.stdout}\n${result.stderr}`);
}
