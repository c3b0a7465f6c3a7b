/**
 * `npm start`: installs what is missing, builds the web app, migrates local D1, runs app and simulators on one port,
 * seeds the demo world through the real sync, and prints the addresses. Ends everything it started on Ctrl-C.
 */
import { spawn, spawnSync } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const port = Number(process.env.PORT ?? 8787);
const domain = `localhost:${port}`;
const state = path.join(root, process.env.DAYBOOK_STATE ?? ".wrangler/state");
const bin = path.join(root, "node_modules/.bin");
const environment = {
  ...process.env,
  PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_REGISTRY_PATH: path.join(root, ".wrangler/registry"),
  X_LOCAL_OBSERVABILITY: "false",
  X_LOCAL_EXPLORER: "false",
};

const say = (text) => process.stdout.write(`${text}\n`);

let worker = null;

function stop(message) {
  process.stderr.write(`${message}\n`);
  worker?.kill("SIGTERM");
  process.exit(1);
}

function run(command, args) {
  const result = spawnSync(path.join(bin, command), args, { cwd: root, env: environment, encoding: "utf8" });
  if (result.status !== 0) stop(`${command} ${args.join(" ")} failed:\n${result.stdout}\n${result.stderr}`);
}

function assertPortIsFree() {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => stop(`Port ${port} is in use. Stop what uses it, or choose another: PORT=8788 npm start`));
    probe.listen(port, "127.0.0.1", () => probe.close(resolve));
  });
}

function migrate() {
  for (const database of ["DIRECTORY", "SHARD_0", "SHARD_1"]) {
    run("wrangler", ["d1", "migrations", "apply", database, "--local", "--env", "demo", "--persist-to", state]);
  }
}

function startWorker() {
  worker = spawn(
    path.join(bin, "wrangler"),
    ["dev", "--env", "demo", "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", String(port + 1_000),
      "--persist-to", state, "--var", `APP_DOMAIN:${domain}`, "--log-level", "warn", "--show-interactive-dev-session=false"],
    { cwd: root, env: environment, stdio: ["ignore", "inherit", "inherit"] },
  );
  worker.once("exit", (code) => process.exit(code ?? 0));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => worker.kill("SIGTERM"));
}

/** Seeding signs everybody in, which costs a password hash each: on a busy machine that alone takes a minute. */
async function call(pathname, init) {
  return await fetch(`http://127.0.0.1:${port}${pathname}`, { ...init, signal: AbortSignal.timeout(300_000) });
}

async function untilReady() {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await call("/__sandbox/health").catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  stop("The worker did not start within a minute; its own messages are above.");
}

async function seed() {
  const begun = await call("/__sandbox/seed", { method: "POST" });
  if (!begun.ok) stop(`Seeding failed: ${await begun.text()}`);
  let shown = -1;
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const progress = await (await call("/__sandbox/progress")).json();
    if (progress.done !== shown) say(`  ${progress.done} of ${progress.days} days in the books`);
    shown = progress.done;
    if (progress.isFinished) return await catchUp();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  say("  The demo's history is still being posted; it goes on while you look around.");
}

/** What happened since: a late sale and its correction, payouts. */
async function catchUp() {
  say("Catching up with what happened since…");
  const done = await call("/__sandbox/since", { method: "POST" });
  if (!done.ok) stop(`Seeding failed: ${await done.text()}`);
}

/** Cron does not fire by itself in local development: this is the quarter-hour trigger of wrangler.toml. */
function keepCronTicking() {
  const tick = () => void call("/cdn-cgi/handler/scheduled?cron=*%2F15+*+*+*+*").catch(() => undefined);
  tick();
  setInterval(tick, 15 * 60_000);
}

function printAddresses() {
  say(`
Daybook is running.

  The demo café          http://harbour.${domain}
  A second shop          http://lantern.${domain}
  A kitchen with Clover  http://cove.${domain} (books at Xero, every day approved)
  A till without an API  http://market.${domain} (export files, Daybook's own journal)
                         its missing file: http://market.${domain}/__sandbox/market/transactions.csv
  A shop to set up       http://corner.${domain}
  HQ of the first two    http://hq-tidewater.${domain}
  A bookkeeper's work    http://auth.${domain}/work
  Sign-in page           http://auth.${domain}
  Simulated Square       http://square.${domain}
  Simulated Clover       http://clover.${domain}
  Simulated QuickBooks   http://quickbooks.${domain}
  Simulated Xero         http://xero.${domain}
  Letters that were sent http://mail.${domain}
  A phone to text from   http://phone.${domain}

  Sign in as             owner@harbour.example, or owner@ lantern, cove, market or corner.example
                         books@ledgerline.example, who keeps the books of four of them
                         hq@tidewater.example at the HQ
                         (viewer@harbour.example and tech@harbour.example may do less)
  Password               correct horse battery staple

Stop with Ctrl-C. Everything is kept in ${path.relative(root, state)}; delete it to start afresh.
`);
}

async function main() {
  install();
  await assertPortIsFree();
  say("Building the web app…");
  run("vite", ["build", "web", "--logLevel", "warn"]);
  say("Preparing the databases…");
  migrate();
  say("Starting…");
  startWorker();
  await untilReady();
  say("Posting ten weeks of the demo café's sales into its books…");
  await seed();
  keepCronTicking();
  printAddresses();
}

await main();
