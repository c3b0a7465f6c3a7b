/**
 * Looks at every screen in every state, light and dark, wide and narrow, with the built app and made-up answers, and
 * fails on any finding of axe, any error in the console, and any page that scrolls sideways.
 * `node test/journeys/screens.mjs [part of a host or name]`; pictures go to test-results/screens. Needs Chromium (CHROMIUM, or /usr/bin/chromium).
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { SCREENS } from "./screen-list.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const results = path.join(root, "test-results/screens");
const axe = readFileSync(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const only = process.argv[2] ?? "";
const PORT = Number(process.env.PORT ?? 8798);
const LOOKS = [{ width: 1280, height: 860, scheme: "light" }, { width: 1280, height: 860, scheme: "dark" }, { width: 375, height: 780, scheme: "light" }, { width: 375, height: 780, scheme: "dark" }];

mkdirSync(results, { recursive: true });
const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
const findings = [];
try {
  for (const look of LOOKS) {
    for (const screen of SCREENS.filter((one) => `${one.host} ${one.name}`.includes(only))) findings.push(...(await lookAt(screen, look)));
  }
} finally {
  await browser.close();
  server.kill();
}
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.stdout.write(`${SCREENS.length * LOOKS.length} pictures, ${findings.length} findings\n`);
process.exit(findings.length === 0 ? 0 : 1);

async function lookAt(screen, look) {
  const name = `${screen.name}-${look.width}-${look.scheme}`;
  const found = [];
  // axe is evaluated by the test, not by the page: only for that is the page's own policy set aside after loading.
  const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, colorScheme: look.scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (401|403|404|409|502)/.test(message.text())) found.push(`${name}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.push(`${name}: page: ${error.message}`));
  await page.goto(`http://${screen.host}.localhost:${PORT}${screen.path}`);
  // On a busy machine the page itself can be late; a screen without a heading is for axe to report.
  await page.locator("h1:not(.unseen)").first().waitFor({ timeout: 10_000 }).catch(() => undefined);
  await page.waitForTimeout(screen.waitMs ?? 500);
  await screen.act?.(page, look);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (isWide) found.push(`${name}: scrolls sideways`);
  await page.evaluate(axe);
  const report = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const one of report.violations) found.push(`${name}: axe: ${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`);
  await page.screenshot({ path: path.join(results, `${name}.png`), fullPage: screen.isWhole === true });
  await context.close();
  return found;
}

async function startServer() {
  const child = spawn(process.execPath, [path.join(root, "test/web/fixture/server.mjs")], { cwd: root, env: { ...process.env, PORT: String(PORT) }, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return child;
}
