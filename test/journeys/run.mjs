/**
 * Browser journeys in headless Chromium against `npm start` with a state folder and a port of its own. Prints a line per
 * journey and the plain totals; exits 1 when one failed. Pictures go to test-results/.
 */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "../../src/sandbox/install.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const port = Number(process.env.PORT ?? 8899);
const state = ".wrangler/journeys";
const START_LIMIT_MS = 300_000;

/** Starts the demo world and resolves when it says that it is running. */
function startWorld() {
  rmSync(path.join(root, state), { recursive: true, force: true });
  const world = spawn(process.execPath, ["src/sandbox/start.mjs"], {
    cwd: root, env: { ...process.env, PORT: String(port), DAYBOOK_STATE: state }, stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      world.kill("SIGTERM");
      reject(new Error("the demo did not start in time"));
    }, START_LIMIT_MS);
    world.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      if (!String(chunk).includes("Daybook is running.")) return;
      clearTimeout(limit);
      resolve(world);
    });
    world.once("exit", (code) => reject(new Error(`the demo ended with ${code} before it was ready`)));
  });
}

async function runJourneys(journeys) {
  let failures = 0;
  for (const [name, journey] of journeys) {
    const started = Date.now();
    try {
      await journey();
      process.stdout.write(`  ✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    } catch (error) {
      failures += 1;
      process.stdout.write(`  ✗ ${name}\n${error.stack}\n`);
    }
  }
  return failures;
}

install();
mkdirSync(path.join(root, "test-results"), { recursive: true });
// Imported late: on a fresh machine the packages are there only after install().
const { chromium } = await import("playwright-core");
const { journeysOf } = await import("./journeys.mjs");
const { peopleJourneysOf } = await import("./people.mjs");
const { documentJourneysOf } = await import("./documents.mjs");
const { textingJourneysOf } = await import("./texting.mjs");
const { broadcastJourneysOf } = await import("./broadcast.mjs");
const { keyboardJourneysOf } = await import("./keyboard.mjs");
const { awkwardJourneysOf } = await import("./awkward.mjs");
const { furtherJourneysOf } = await import("./further.mjs");
const { siblingJourneysOf } = await import("./sibling.mjs");
const world = await startWorld();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const place = { browser, domain: `localhost:${port}`, pictures: path.join(root, "test-results") };
const all = [journeysOf, awkwardJourneysOf, furtherJourneysOf, documentJourneysOf, textingJourneysOf, broadcastJourneysOf, peopleJourneysOf, keyboardJourneysOf, siblingJourneysOf];
const journeys = all.flatMap((journeysIn) => journeysIn(place));
const failures = await runJourneys(journeys);
await browser.close();
world.removeAllListeners("exit");
world.kill("SIGTERM");
process.stdout.write(`${journeys.length - failures} passed, ${failures} failed\n`);
process.exit(failures === 0 ? 0 : 1);
