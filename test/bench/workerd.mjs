/** Starts bare workerd, without anything of local development around it, and ends it by its own id. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { root, scratch } from "./build.mjs";

const children = new Set();

/** Runs one module Worker on a free port. `lines` receives what workerd prints. */
export async function startWorkerd(script, { v8Flags = [], lines = null, inspectorPort = null } = {}) {
  const port = await freePort();
  const name = path.basename(script, ".js");
  const config = path.join(scratch, `${name}-${port}.capnp`);
  writeFileSync(config, configOf(path.basename(script), port, v8Flags));
  const inspector = inspectorPort === null ? [] : [`--inspector-addr=127.0.0.1:${String(inspectorPort)}`];
  const child = spawn(path.join(root, "node_modules/.bin/workerd"), ["serve", config, ...inspector], { stdio: ["ignore", "pipe", "inherit"], detached: true });
  keepChild(child);
  child.stdout.setEncoding("utf8").on("data", (text) => lines?.push(...text.split("\n").filter((line) => line !== "")));
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(`${origin}/ready`);
  return { origin, pid: child.pid, stop: () => endChild(child) };
}

/** Ends a child with all that it started, and waits until everything that it printed is here. */
export async function endChild(child) {
  const closed = new Promise((resolve) => { child.once("close", resolve); });
  endGroup(child, "SIGTERM");
  await closed;
}

/** Remembers a child that leads a process group, so that the group ends with the bench whatever happens. */
export function keepChild(child) {
  children.add(child);
  child.once("exit", () => children.delete(child));
}

/** Ends whatever was started here and still runs. */
export function stopAll() {
  for (const child of children) endGroup(child, "SIGKILL");
}

/** Local development starts processes of its own, which do not hear a signal that is sent to the first alone. */
function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // it has ended by itself
  }
}

/** A port that nobody listens on at the moment. */
export async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until there is an answer, for at most a minute. */
export async function untilReady(url) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within a minute`);
}

function configOf(script, port, v8Flags) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = [${v8Flags.map((flag) => JSON.stringify(flag)).join(", ")}],
  services = [
    (name = "main", worker = (
      modules = [(name = "main.js", esModule = embed "${script}")],
      compatibilityDate = "2026-10-01",
      globalOutbound = "local",
    )),
    (name = "local", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;
}
