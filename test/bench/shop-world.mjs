/** Local Cloudflare with a database, a queue and lanes of its own for the bench's shop; everything in it is new each time. */
import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { here, root, scratch } from "./build.mjs";
import { endChild, freePort, keepChild, untilReady } from "./workerd.mjs";

const bin = path.join(root, "node_modules/.bin");
const state = path.join(scratch, "state");
const commonWith = (config) => ["--config", path.join(here, config), "--persist-to", state];
const environment = {
  ...process.env,
  PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_REGISTRY_PATH: path.join(scratch, "registry"), X_LOCAL_OBSERVABILITY: "false", X_LOCAL_EXPLORER: "false",
};

/** Starts it. `get` answers the JSON of one of the Worker's addresses; `pid` leads all its processes. */
export async function startShopWorld(config = "wrangler.toml") {
  const common = commonWith(config);
  rmSync(state, { recursive: true, force: true });
  for (const database of ["DIRECTORY", "SHARD_0", "SHARD_1"]) migrate(database, common);
  const port = await freePort();
  const args = ["dev", ...common, "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", String(await freePort()), "--log-level", "error", "--show-interactive-dev-session=false"];
  const child = spawn(path.join(bin, "wrangler"), args, { cwd: root, env: environment, stdio: ["ignore", "inherit", "inherit"], detached: true });
  keepChild(child);
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(`${origin}/ready`);
  const get = async (pathname) => {
    const answer = await fetch(`${origin}${pathname}`, { signal: AbortSignal.timeout(600_000) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${pathname} answered ${answer.status}: ${text.slice(0, 2_000)}`);
    return JSON.parse(text);
  };
  return { get, pid: child.pid, stop: () => endChild(child) };
}

function migrate(database, common) {
  const args = ["d1", "migrations", "apply", database, "--local", ...common];
  const result = spawnSync(path.join(bin, "wrangler"), args, { cwd: root, env: environment, encoding: "utf8" });
  if (result.status !== 0) throw new Error(`the migrations of ${database} failed:\n${result.stdout}\n${result.stderr}`);
}
