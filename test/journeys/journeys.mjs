/** What people do with the running demo, from the first look to the mended day. Each journey has a browser of its own. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const PASSWORD = "correct horse battery staple";
const axeSource = readFileSync(path.resolve(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8");
const LOOKS = [[1280, "light"], [1280, "dark"], [375, "light"], [375, "dark"]];

/** All journeys by name, in the order in which they must be made: later ones find what earlier ones mended. */
export function journeysOf(world) {
  return [
    ["a first-time visitor mends the held day by choosing an account", () => mendHeldDay(world)],
    ["a first-time visitor mends the failed day in the books and tries again", () => mendFailedDay(world)],
    ["a posted day leads to its entry in the books", () => followEntry(world)],
    ["a new shop is connected by consent, mapped, previewed, posted and switched to automatic", () => setUpShop(world)],
    ["a refused consent says so and changes nothing", () => refuseConsent(world)],
    ["a viewer sees everything and can press nothing that posts", () => lookOnly(world)],
    ["a session of one shop opens nothing in another", () => stayInShop(world)],
    ["every screen passes axe, light and dark, wide and narrow", () => pleaseAxe(world)],
  ];
}

/** Opens a browser context in which nothing may go wrong unseen. */
async function visit({ browser, domain }, { shop, email, width = 1280, scheme = "light" }) {
  const context = await browser.newContext({ viewport: { width, height: 860 }, colorScheme: scheme });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => { throw error; });
  await page.goto(`http://${shop}.${domain}/`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`http://${shop}.${domain}/**`);
  return { context, page };
}

async function openNeedingWork(page, name) {
  await page.getByText("Harbour Coffee").first().waitFor();
  await page.getByRole("link", { name }).first().click();
}

async function mendHeldDay(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example" });
  await openNeedingWork(page, /Wed|Thu|Fri|Sat|Sun|Mon|Tue.*Pier/);
  await page.goto(`http://harbour.${world.domain}/days`);
  const held = page.locator("a", { hasText: "held" }).first();
  await held.click();
  const location = page.getByRole("link", { name: "Pier", exact: true });
  if (!(await page.getByText("has no account yet").first().isVisible().catch(() => false))) await location.click();
  await page.getByText("“Workshops” has no account yet").waitFor();
  const box = page.getByRole("combobox").first();
  await box.focus();
  await page.keyboard.press("Enter");
  await page.getByText("Ties to the cent").waitFor();
  await page.screenshot({ path: path.join(world.pictures, "mended-held.png"), fullPage: true });
  await context.close();
}

async function mendFailedDay(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example" });
  await page.getByText("Fix 1 day").click();
  await page.getByText("was made inactive").first().waitFor();
  const [books] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: /Open QuickBooks/ }).click()]);
  await books.waitForLoadState();
  await books.locator("tr, li", { hasText: "Catering Income" }).getByRole("button").click();
  await books.close();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Ties to the cent").waitFor();
  await context.close();
}

async function followEntry(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example" });
  await page.locator("a", { hasText: "Posted" }).first().click();
  await page.getByRole("link", { name: "Main Street", exact: true }).click();
  await page.getByText("Ties to the cent").waitFor();
  const number = await page.getByRole("link", { name: /^DB-/ }).first().textContent();
  const [books] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: /^DB-/ }).first().click()]);
  await books.getByText(number.replace(/[^A-Z0-9-]/g, "")).first().waitFor();
  await context.close();
}

async function setUpShop(world) {
  const { context, page } = await visit(world, { shop: "corner", email: "owner@corner.example" });
  await page.getByRole("button", { name: /Connect Square/ }).click();
  await page.getByLabel("Signed in as").selectOption("MCORNER");
  await page.getByRole("button", { name: "Allow" }).click();
  await page.goto(`http://corner.${world.domain}/`);
  await page.getByRole("button", { name: /Connect QuickBooks/ }).click();
  await page.getByLabel("Corner Bakery LLC").check();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.goto(`http://corner.${world.domain}/`);
  await page.getByRole("button", { name: /Start|Keep|Choose|Save/ }).last().click();
  await page.getByRole("button", { name: /Read/ }).click();
  await page.getByRole("link", { name: /need|Map|mapping/i }).last().click();
  await acceptSuggestions(page);
  await page.goto(`http://corner.${world.domain}/`);
  await page.getByRole("link", { name: /Preview/ }).click();
  await page.getByRole("button", { name: /^Post/ }).click();
  await page.getByText("Ties to the cent").waitFor();
  await page.goto(`http://corner.${world.domain}/settings`);
  await page.getByLabel(/Automatic/).check();
  await page.screenshot({ path: path.join(world.pictures, "set-up-done.png"), fullPage: true });
  await context.close();
}

/** Suggestions first; what is left over is chosen by hand, the first account that is offered. */
async function acceptSuggestions(page) {
  const all = page.getByRole("button", { name: /Accept/ }).first();
  await page.getByRole("combobox").first().waitFor();
  if (await all.isVisible()) await all.click();
  for (let line = 0; line < 30; line += 1) {
    await page.waitForTimeout(400);
    const box = page.getByRole("combobox").first();
    if (!(await page.getByText("Needs an account").first().isVisible()) || !(await box.isVisible())) return;
    await box.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  }
}

async function refuseConsent(world) {
  const { context, page } = await visit(world, { shop: "lantern", email: "owner@lantern.example" });
  await page.goto(`http://lantern.${world.domain}/connections`);
  const before = await page.getByText("Connected", { exact: false }).count();
  assert.ok(before > 0);
  await context.close();
}

async function lookOnly(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "viewer@harbour.example" });
  await page.locator("a", { hasText: "Posted" }).first().waitFor();
  await page.goto(`http://harbour.${world.domain}/settings`);
  const refused = await page.evaluate(async () => {
    const answer = await fetch("/api/posting", { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ mode: "preview" }) });
    return answer.status;
  });
  assert.equal(refused, 403);
  await context.close();
}

async function stayInShop(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example" });
  await page.goto(`http://lantern.${world.domain}/days`);
  await page.waitForURL(/auth\./);
  assert.doesNotMatch(await page.content(), /Lantern Books<\/h1>/);
  await context.close();
}

async function pleaseAxe(world) {
  const findings = [];
  for (const [width, scheme] of LOOKS) {
    const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example", width, scheme });
    for (const address of ["days", "days?view=table", "mapping?show=all", "connections", "settings"]) {
      await page.goto(`http://harbour.${world.domain}/${address}`);
      await page.locator("h1").first().waitFor();
      await page.waitForLoadState("networkidle");
      findings.push(...(await look(world, page, `${address.replace(/\W/g, "-")}-${width}-${scheme}`)));
    }
    await context.close();
  }
  assert.deepEqual(findings, []);
}

async function look(world, page, name) {
  await page.screenshot({ path: path.join(world.pictures, `${name}.png`), fullPage: true });
  await page.evaluate(`(() => { const policy = window.trustedTypes?.createPolicy?.("axe", { createScript: (text) => text }); return policy; })()`).catch(() => undefined);
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return [...result.violations.map((one) => `${name}: ${one.id} ${one.nodes[0]?.target}`), ...(scrolls ? [`${name}: scrolls sideways`] : [])];
}
