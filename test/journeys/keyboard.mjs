/** Mapping by keyboard alone: no pointer touches the page between the first key and the saved version. */
import assert from "node:assert/strict";

const PASSWORD = "correct horse battery staple";
const LINES = 20;
const LIMIT_MS = 60_000;

/** The class of account that a line of each nature is moved to here. */
const CLASSES = { income: "income", contra_income: "income", liability: "liability", asset: "asset", expense: "expense" };

/** Journeys by name; they leave the mapping as they found it. */
export function keyboardJourneysOf(world) {
  return [["twenty lines get other accounts by keyboard alone within a minute, their effect is seen, and the old version is restored", () => mapByKeyboard(world)]];
}

async function mapByKeyboard({ browser, domain }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => { throw error; });
  await page.goto(`http://harbour.${domain}/`);
  await page.getByLabel("Email").fill("owner@harbour.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`http://harbour.${domain}/**`);
  await page.goto(`http://harbour.${domain}/mapping?show=all`);
  await page.getByRole("combobox").first().waitFor();
  const before = await mappingOf(page);
  const plan = before.lines.slice(0, LINES).map((line) => ({ line: line.label, account: anotherFor(line, before) }));
  assert.equal(plan.length, LINES, "the demo's café has twenty lines");

  await page.getByRole("combobox").first().focus();
  await page.keyboard.press("Control+A");
  const started = Date.now();
  for (const { account } of plan) {
    await page.keyboard.type(account);
    await page.keyboard.press("Enter");
  }
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assert.match(focused ?? "", /^Account for /, "the focus stands in a box after the last line");
  await page.getByRole("table", { name: "What would change in the entries" }).waitFor();
  await page.keyboard.press("Control+S");
  await page.getByText(`Version ${before.version + 1}, saved`).waitFor();
  const took = Date.now() - started;
  assert.ok(took < LIMIT_MS, `it took ${took} ms`);
  assert.match((await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) ?? "", /^Account for /, "saving does not take the focus away");
  const after = await mappingOf(page);
  for (const [index, { line, account }] of plan.entries()) assert.equal(after.lines[index]?.account?.name, account, line);

  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByRole("button", { name: `Look at version ${before.version}`, exact: true }).click();
  await page.getByRole("button", { name: `Make version ${before.version} hold again` }).click();
  await page.getByText(`Version ${before.version + 2}, saved`).waitFor();
  assert.deepEqual((await mappingOf(page)).lines.map((line) => line.account), before.lines.map((line) => line.account));
  await context.close();
}

async function mappingOf(page) {
  return await page.evaluate(async () => await (await fetch("/api/mapping")).json());
}

/** The name of an account that the line could go to and does not. */
function anotherFor(line, { accounts, currency }) {
  const fits = (account) => account.isActive && account.isPostable && account.currency === currency && account.class === CLASSES[line.nature];
  return accounts.find((account) => fits(account) && account.id !== line.account?.id)?.name ?? "";
}
