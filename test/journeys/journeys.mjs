/** What people do with the running demo, from the first look to the mended day. Each journey has a browser of its own. */
import assert from "node:assert/strict";
import path from "node:path";
import { axeFindings } from "./axe.mjs";

const PASSWORD = "correct horse battery staple";
const LOOKS = [[1280, "light"], [1280, "dark"], [375, "light"], [375, "dark"]];

/** All journeys by name, in the order in which they must be made: later ones find what earlier ones mended. */
export function journeysOf(world) {
  return [
    ["a first-time visitor mends the failed day in the books and tries again", () => mendFailedDay(world)],
    ["a first-time visitor mends the held day by choosing an account", () => mendHeldDay(world)],
    ["a posted day leads to its entry in the books", () => followEntry(world)],
    ["a consent that is denied says so and changes nothing", () => refuseConsent(world)],
    ["a new shop is connected by consent, mapped, previewed, posted and switched to automatic", () => setUpShop(world)],
    ["a viewer sees everything and can press nothing that posts", () => lookOnly(world)],
    ["a session of one shop opens nothing in another", () => stayInShop(world)],
    ["every screen passes axe, light and dark, wide and narrow", () => pleaseAxe(world)],
  ];
}

/** Opens a browser context in which nothing may go wrong unseen. */
async function visit({ browser, domain }, { shop, email, width = 1280, scheme = "light" }) {
  // Axe is injected into the page, which the page's own policy rightly forbids.
  const context = await browser.newContext({ viewport: { width, height: 860 }, colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => { throw error; });
  await page.goto(`http://${shop}.${domain}/`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`http://${shop}.${domain}/**`);
  return { context, page };
}

async function mendFailedDay(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example" });
  await page.getByText("Fix 2 days").click();
  await page.getByText("was made inactive").first().waitFor();
  const books = await opened(context, () => page.getByRole("link", { name: /Open QuickBooks/ }).click());
  await books.locator("tr", { hasText: "Catering Income" }).getByRole("button", { name: "Make active" }).click();
  await books.locator("tr", { hasText: "Catering Income" }).getByRole("button", { name: "Make inactive" }).waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Ties to the cent").waitFor();
  await picture(world, page, "mended-failed");
  await context.close();
}

async function mendHeldDay(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example" });
  await page.getByText("Fix 1 day").click();
  await page.getByText("“Workshops” has no account yet").first().waitFor();
  await page.getByText(/^Suggested/).waitFor();
  await page.getByRole("combobox").first().focus();
  await page.keyboard.press("Enter");
  await page.getByText("Ties to the cent").waitFor();
  await picture(world, page, "mended-held");
  await context.close();
}

async function followEntry(world) {
  const { context, page } = await visit(world, { shop: "harbour", email: "owner@harbour.example" });
  await page.goto(`http://harbour.${world.domain}/days?view=table`);
  await page.locator("tr", { hasText: "Posted" }).getByRole("link").first().click();
  await page.getByText("Ties to the cent").waitFor();
  const link = page.getByRole("link", { name: /^DB-/ }).first();
  const [number] = /DB-[A-Z0-9]{3}-\d{6}-S1/.exec((await link.textContent()) ?? "") ?? [];
  assert.ok(number, "the day says its document number");
  const books = await opened(context, () => link.click());
  await books.getByText(number).first().waitFor();
  await context.close();
}

async function setUpShop(world) {
  const { context, page } = await visit(world, { shop: "corner", email: "owner@corner.example" });
  const home = `http://corner.${world.domain}/`;
  await page.getByRole("button", { name: "Connect Square" }).click();
  await page.getByLabel("Signed in as").selectOption("MCORNER");
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(/connected=square/);
  await page.goto(home);
  await page.getByRole("button", { name: "Connect QuickBooks" }).click();
  await page.getByLabel("Corner Bakery LLC").check();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(/connected=quickbooks/);
  await page.goto(home);
  await page.getByRole("button", { name: "Keep these" }).click();
  await page.getByRole("button", { name: "Read yesterday" }).click();
  await page.getByRole("link", { name: /^Choose/ }).click();
  await page.getByRole("button", { name: /^Accept/ }).click();
  await page.getByText("every line has an account").waitFor();
  await postFirstDay(world, page, home);
  await context.close();
}

async function postFirstDay(world, page, home) {
  await page.goto(home);
  await page.getByRole("link", { name: /^Look at/ }).click();
  await page.getByRole("heading", { name: "Journal entry, as it would be posted" }).waitFor();
  await picture(world, page, "preview");
  await page.getByRole("button", { name: /^Post/ }).first().click();
  await page.getByText("Ties to the cent").waitFor();
  await page.goto(home);
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/api/posting") && answer.request().method() === "PUT");
  await page.getByRole("button", { name: /utomatic/ }).click();
  assert.equal((await saved).status(), 200);
  await page.goto(`http://corner.${world.domain}/settings`);
  await page.getByRole("radio", { name: /^Automatic/, checked: true }).waitFor();
}

async function refuseConsent(world) {
  const { context, page } = await visit(world, { shop: "corner", email: "owner@corner.example" });
  await page.getByRole("button", { name: "Connect Square" }).click();
  await page.getByRole("button", { name: "Deny" }).click();
  await page.waitForURL(/refused=denied/);
  await page.getByRole("button", { name: "Connect Square" }).waitFor();
  await page.goto(`http://corner.${world.domain}/`);
  await page.getByText("0 of 5 steps done").waitFor();
  await context.close();
}

/** The page that an act opens in a tab of its own. */
async function opened(context, act) {
  const [page] = await Promise.all([context.waitForEvent("page"), act()]);
  await page.waitForLoadState();
  return page;
}

async function picture(world, page, name) {
  await page.screenshot({ path: path.join(world.pictures, `${name}.png`), fullPage: true });
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
      await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
      findings.push(...(await look(world, page, `${address.replace(/\W/g, "-")}-${width}-${scheme}`)));
    }
    await context.close();
  }
  assert.deepEqual(findings, []);
}

async function look(world, page, name) {
  await picture(world, page, name);
  const findings = await axeFindings(page);
  const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return [...findings.map((finding) => `${name}: ${finding}`), ...(scrolls ? [`${name}: scrolls sideways`] : [])];
}
