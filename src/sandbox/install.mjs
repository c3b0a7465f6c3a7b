/**
 * Installs what is missing, with nothing but Node 20 and npm at hand: the first step of `npm start`, `npm test` and
 * `npm run bench`. Does nothing when node_modules already fits the lock file.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const stamp = path.join(root, "node_modules/.daybook-lock");

/** Hash of the lock file, or null where node_modules was installed from another one. */
function isInstalled(lockHash) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash && existsSync(path.join(root, "node_modules/.bin/node"));
}

/** Runs `npm ci` unless node_modules was made from this very lock file. Exits with npm's own status when it fails. */
export function install() {
  const lockHash = createHash("sha256").update(readFileSync(path.join(root, "package-lock.json"))).digest("hex");
  if (isInstalled(lockHash)) return;
  process.stdout.write("Installing packages (once, about a minute)…\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, stdio: "inherit" });
  if (result.status !== 0) {
    process.stderr.write("npm ci failed: see its message above, then run this command again.\n");
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, lockHash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) install();
