/**
 * A file of a gigabyte in parts, in the clear and sealed: how much memory the runtime takes while it comes, and while it is
 * given out again beside the same object bare out of the bucket; and what is left when the runtime is killed in the middle
 * of a part: everything that arrived, and nothing else. The bucket is the local one, in the same process: its memory counts
 * with ours. `npm run bench -- documents`.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { Miniflare } from "miniflare";
import { bundle, scratch } from "./build.mjs";
import { bindings, variables } from "./download.mjs";
import { migrate } from "./migrate.mjs";
import { megabytes, say, table, target } from "./report.mjs";

const GIGABYTE = 1_000_000_000;
const state = path.join(scratch, "documents-state");
const ADDRESS = "http://localhost:8787";
/** What a runtime takes before it has seen anything says nothing: the first parts warm it up. */
const WARM_UP_PARTS = 8;

/** Sends and fetches a file of that many bytes, kills the runtime once on the way, prints what it took and keeps the targets. */
export async function measureDocuments(sizeBytes = GIGABYTE) {
  rmSync(state, { recursive: true, force: true });
  const contents = readFileSync(await bundle("documents-worker", "workerd"), "utf8");
  const start = () => startRuntime(contents);
  const rows = [];
  for (const seals of [false, true]) rows.push({ way: seals ? "sealed" : "in the clear", ...await measureOne(start, sizeBytes, seals) });
  say(`A file of ${(sizeBytes / 1e6).toLocaleString("en")} MB in parts; memory is the whole runtime's, the local bucket with it`);
  table(["way", "first parts", "most while sending", "most while giving out", "bare out of the bucket", "sending", "giving out", "sent again"], rows.map(({ way, ...row }) => (
    [way, megabytes(row.early), megabytes(row.sending), megabytes(row.giving), megabytes(row.bare), `${row.sendingSpeed.toFixed(0)} MB/s`, `${row.givingSpeed.toFixed(0)} MB/s`, `${row.again} of ${row.parts}`]
  )));
  for (const { way, ...row } of rows) {
    target(`memory while a file comes, against its first parts (${way})`, row.sending / row.early, 1.5);
    target(`memory while it is given out, against the same object bare out of the bucket (${way})`, row.giving / row.bare, 1.5);
    target(`parts that were sent again after the runtime was killed (${way})`, row.again, 1, { unit: "parts" });
  }
}

async function startRuntime(contents) {
  const before = new Set(children());
  const runtime = new Miniflare({ resourcePersistencePath: state, workers: [{ config: {
    name: "documents", compatibilityDate: "2026-10-01", compatibilityFlags: ["nodejs_compat"], env: { ...bindings(), ...variables() },
    manifest: { mainModule: "documents-worker.js", modulesRoot: scratch, modules: { "documents-worker.js": { type: "esm", contents } } },
  } }] });
  const shard = await runtime.getD1Database("SHARD_0");
  const isNew = (await shard.prepare("SELECT name FROM sqlite_master WHERE name = 'document'").all()).results.length === 0;
  if (isNew) for (const [name, folder] of [["DIRECTORY", "directory"], ["SHARD_0", "shard"], ["SHARD_1", "shard"]]) await migrate(await runtime.getD1Database(name), folder);
  const [pid] = children().filter((child) => !before.has(child));
  const ask = async (pathname, init = {}) => {
    const answer = await runtime.dispatchFetch(`${ADDRESS}${pathname}`, init);
    if (!answer.ok) throw new Error(`${pathname} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  return { ask, pid, stop: () => runtime.dispose() };
}

async function measureOne(start, sizeBytes, seals) {
  let runtime = await start();
  const upload = await (await runtime.ask(`/begin?size=${sizeBytes}${seals ? "&seals" : ""}`, { method: "POST" })).json();
  const file = createFile(sizeBytes, upload.partBytes);
  const memory = createGauge();
  const began = performance.now();
  const half = Math.floor(file.parts / 2);
  for (let number = 1; number <= half; number += 1) {
    await send(runtime, upload.id, file, number);
    memory.sample(runtime.pid, number <= WARM_UP_PARTS ? "early" : "sending");
  }
  const dying = send(runtime, upload.id, file, half + 1).catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.kill(runtime.pid, "SIGKILL");
  await dying;
  await runtime.stop().catch(() => null); // it is dead already
  runtime = await start();
  const { parts } = await (await runtime.ask(`/upload?upload=${upload.id}`)).json();
  const missing = Array.from({ length: file.parts }, (_, index) => index + 1).filter((number) => !parts.includes(number));
  for (const number of missing) {
    await send(runtime, upload.id, file, number);
    memory.sample(runtime.pid, "sending");
  }
  const id = await (await runtime.ask(`/complete?upload=${upload.id}`, { method: "POST" })).json();
  const sent = performance.now();
  await assertNothingIsLeft(runtime);
  await runtime.stop();
  const givingMs = await fetchAnew(start, `/content?document=${id}`, memory, "giving", file);
  await fetchAnew(start, `/bare?document=${id}`, memory, "bare", null);
  const speed = (milliseconds) => sizeBytes / 1_000 / milliseconds;
  // The part during which the runtime was killed may or may not have been on record.
  return { ...memory.most, sendingSpeed: speed(sent - began), givingSpeed: speed(givingMs), parts: file.parts, again: Math.max(0, half + missing.length - file.parts + (parts.includes(half + 1) ? 0 : 1)) };
}

/** A file that is never here as a whole: each part is made when it is asked for, and each is another. */
function createFile(sizeBytes, partBytes) {
  const bytes = Buffer.alloc(partBytes, "a line of a long film\n");
  const parts = Math.ceil(sizeBytes / partBytes);
  const part = (number) => {
    bytes.fill(number % 251, 0, 4_096);
    bytes.write(number === 1 ? "%PDF-1.7\n" : `part ${number}\n`, 0);
    return bytes.subarray(0, number === parts ? sizeBytes - (parts - 1) * partBytes : partBytes);
  };
  return { parts, part, sizeBytes };
}

async function send({ ask }, upload, file, number) {
  const body = file.part(number);
  const checksum = createHash("sha256").update(body).digest("base64url");
  const headers = { "content-type": "application/octet-stream", "content-length": String(body.byteLength) };
  await (await ask(`/part?upload=${upload}&number=${number}&checksum=${checksum}`, { method: "PUT", headers, body })).text();
}

/** Fetches from a runtime of its own, and compares what comes with a file where one is given; answers the milliseconds. */
async function fetchAnew(start, pathname, memory, during, file) {
  const { ask, pid, stop } = await start();
  const found = createHash("sha256");
  const began = performance.now();
  let chunks = 0;
  for await (const chunk of (await ask(pathname)).body) {
    found.update(chunk);
    chunks += 1;
    if (chunks % 100 === 0) memory.sample(pid, during);
  }
  const took = performance.now() - began;
  memory.sample(pid, during);
  await stop();
  if (file !== null && found.digest("hex") !== hashOf(file)) throw new Error("what came out is not what went in");
  return took;
}

function hashOf(file) {
  const hash = createHash("sha256");
  for (let number = 1; number <= file.parts; number += 1) hash.update(file.part(number));
  return hash.digest("hex");
}

async function assertNothingIsLeft({ ask }) {
  const { named, held, strays } = await (await ask("/inventory")).json();
  if (strays !== 0 || JSON.stringify(named) !== JSON.stringify(held)) throw new Error(`the bucket holds ${held.length} objects for ${named.length} documents, and ${strays} are on record as nobody's`);
}

/** The most memory that a process held at any look, in megabytes, by what it did then. */
function createGauge() {
  const most = { early: 0, sending: 0, giving: 0, bare: 0 };
  const sample = (pid, during) => {
    const [, kilobytes = "0"] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    most[during] = Math.max(most[during], Number(kilobytes) / 1_000);
  };
  return { most, sample };
}

/** The processes that this one has started. */
function children() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => parentOf(pid) === process.pid).map(Number);
}

function parentOf(pid) {
  try {
    return Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return 0; // it has ended between the two looks
  }
}
