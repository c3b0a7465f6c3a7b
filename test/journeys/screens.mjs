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
const SIZES = [{ width: 1280, height: 860 }, { width: 375, height: 780 }];
const SCHEMES = ["light", "dark"];
/**
 * With SCREENS=brief, as the checks run it, a third of the screens is looked at, another one each day: each once, in one size
 * and scheme after the other. No pictures are kept.
 */
const isBrief = process.env.SCREENS === "brief";
const THIRDS = 3;
const third = Math.floor(Date.now() / 86_400_000) % THIRDS;
const isLookedAt = (_, index) => !isBrief || index % THIRDS === third;
/** How often, and as what, the screen at a place of the list is looked at. */
const looksAt = (screen, index) => (isBrief ? [{ screen, size: SIZES[index % 2], schemes: [SCHEMES[Math.floor(index / 2) % 2]] }] : SIZES.map((size) => ({ screen, size, schemes: SCHEMES })));
/** Most of a screen's time is waiting for it: several at once keep two cores busy. */
const AT_ONCE = 4;

mkdirSync(results, { recursive: true });
const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
const findings = [];
const wanted = SCREENS.filter((one) => `${one.host} ${one.name}`.includes(only)).filter(isLookedAt).flatMap(looksAt);
const looks = wanted.reduce((all, { schemes }) => all + schemes.length, 0);
try {
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
      const found = await lookAt(next);
      for (const finding of found) process.stdout.write(`${finding}\n`);
      findings.push(...found);
    }
  }));
} finally {
  await browser.close();
  server.kill();
}
process.stdout.write(`${looks} looks, ${findings.length} findings\n`);
process.exit(findings.length === 0 ? 0 : 1);

/** One screen in one size: brought to its state once, and looked at in each of the schemes. */
async function lookAt({ screen, size, schemes }) {
  const name = `${screen.name}-${size.width}`;
  const found = [];
  // axe is evaluated by the test, not by the page: only for that is the page's own policy set aside after loading.
  const context = await browser.newContext({ viewport: size, colorScheme: SCHEMES[0], reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (400|401|403|404|409|422|502)/.test(message.text())) found.push(`${name}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.push(`${name}: page: ${error.message}`));
  await page.goto(`http://${screen.host}.localhost:${PORT}${screen.path}`);
  // On a busy machine the page itself can be late; a screen without a heading is for axe to report.
  await page.locator("h1:not(.unseen)").first().waitFor({ timeout: 10_000 }).catch(() => undefined);
  await page.waitForTimeout(screen.waitMs ?? 500);
  await screen.act?.(page, size);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (isWide) found.push(`${name}: scrolls sideways`);
  await page.evaluate(axe);
  for (const scheme of schemes) found.push(...(await judge(page, screen, `${name}-${scheme}`, scheme)));
  await context.close();
  return found;
}

/** What axe finds of a page in one scheme; its picture is taken where they are kept. */
async function judge(page, screen, name, scheme) {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  const report = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  if (!isBrief) await page.screenshot({ path: path.join(results, `${name}.png`), fullPage: screen.isWhole === true });
  return report.violations.map((one) => `${name}: axe: ${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`);
}

async function startServer() {
  const child = spawn(process.execPath, [path.join(root, "test/web/fixture/server.mjs")], { cwd: root, env: { ...process.env, PORT: String(PORT) }, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return child;
}
