/** The other tills and books, and what is done over many days: consent with a choice, files, payouts, reports, a bookkeeper's list. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { enter, eventually, picture } from "./enter.mjs";

/** Journeys by name. */
export function furtherJourneysOf(world) {
  return [
    ["a bookkeeper posts the days that wait in another shop, by keyboard alone", () => workByKeyboard(world)],
    ["a kitchen in Europe connects Clover by its region and Xero by its organisation", () => connectAbroad(world)],
    ["the missing file of a night is dropped, and its day is posted", () => dropMissingFile(world)],
    ["payouts lead to the bridge, in which every amount has a name", () => crossBridge(world)],
    ["a month is taken away on paper and as a journal", () => takeMonthAway(world)],
  ];
}

async function workByKeyboard(world) {
  const { context, page } = await enter(world, { shop: "auth", email: "books@ledgerline.example" });
  await page.goto(`http://auth.${world.domain}/work`);
  const waiting = page.locator("[data-item]", { hasText: "Cove Kitchen" }).filter({ hasText: "To approve" });
  await waiting.waitFor();
  await picture(world, page, "work");
  await page.locator("[data-item]").first().focus();
  const count = await page.locator("[data-item]").count();
  const isThere = async () => await waiting.evaluate((item) => item === document.activeElement);
  for (let moves = 0; moves < count && !(await isThere()); moves += 1) await page.keyboard.press("j");
  await page.keyboard.press("p");
  await page.getByText("as they stand?").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(/Cove Kitchen: 2 of 2 days are on their way/).first().waitFor();
  await eventually(async () => {
    await page.getByRole("button", { name: "Look again" }).click();
    return (await waiting.count()) === 0;
  });
  await context.close();
}

async function connectAbroad(world) {
  const { context, page } = await enter(world, { shop: "auth", email: "owner@cove.example" });
  await page.goto(`http://auth.${world.domain}/shops/new`);
  await page.getByLabel("Name", { exact: false }).first().fill("Liffey Kitchen");
  await page.locator("details.guessed summary").click();
  await page.locator("select[name=zone]").selectOption("Europe/Dublin");
  await page.locator("select[name=currency]").selectOption("EUR");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/liffey-kitchen\./);
  const home = `http://liffey-kitchen.${world.domain}/`;
  await page.getByRole("button", { name: "Connect Clover" }).click();
  await page.getByRole("radio", { name: /Europe/ }).check();
  await page.getByRole("button", { name: "Go to Clover" }).click();
  await page.getByLabel("Signed in as").selectOption({ label: "Liffey Kitchen (eu)" });
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  await page.waitForURL(/connected=clover/);
  await page.goto(home);
  await page.getByRole("button", { name: "Connect Xero" }).click();
  await page.getByLabel("Linnet Bakery Ltd").check();
  await page.getByLabel("Liffey Kitchen DAC").check();
  await page.getByRole("button", { name: "Allow access" }).click();
  await page.getByRole("heading", { name: "Which books are this shop's?" }).waitFor();
  await picture(world, page, "which-books");
  await page.getByRole("link", { name: "Liffey Kitchen DAC" }).click();
  await page.waitForURL(/connected=xero/);
  await page.getByText("Liffey Kitchen DAC").first().waitFor();
  await context.close();
}

async function dropMissingFile(world) {
  const { context, page } = await enter(world, { shop: "market", email: "owner@market.example" });
  await page.goto(`http://market.${world.domain}/files`);
  await page.getByRole("heading", { name: "Days that wait for their other file" }).waitFor();
  const day = await page.getByRole("link", { name: /how it was paid is not/ }).getAttribute("href");
  const content = await page.evaluate(async () => await (await fetch("/__sandbox/market/transactions.csv")).text());
  await page.setInputFiles("input[type=file]", [{ name: "transactions-last-night.csv", mimeType: "text/csv", buffer: Buffer.from(content) }]);
  await page.getByText(/lines became 1 day\./).waitFor();
  await picture(world, page, "dropped");
  await eventually(async () => (await page.evaluate(async (url) => (await (await fetch(url)).json()).state, `/api${day}`)) === "posted");
  await page.goto(`http://market.${world.domain}${day}`);
  await page.getByText("Ties to the cent").waitFor();
  await context.close();
}

async function crossBridge(world) {
  const { context, page } = await enter(world, { shop: "harbour", email: "owner@harbour.example" });
  await page.goto(`http://harbour.${world.domain}/payouts`);
  await page.locator("tr", { hasText: "Posted" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: /^Payout of/ }).waitFor();
  await picture(world, page, "payout");
  // Of the month of yesterday: on the first of a month nothing has been taken yet.
  const month = new Date(Date.now() - 86_400_000).toISOString().slice(0, 7);
  await page.goto(`http://harbour.${world.domain}/payouts/bridge?month=${month}`);
  await page.getByText("Every amount is accounted for: the unexplained difference is 0.00.").first().waitFor();
  await picture(world, page, "bridge");
  await context.close();
}

async function takeMonthAway(world) {
  const { context, page } = await enter(world, { shop: "market", email: "owner@market.example" });
  await page.goto(`http://market.${world.domain}/reports`);
  const paper = await downloaded(page, "PDF");
  assert.equal(paper.subarray(0, 5).toString("latin1"), "%PDF-");
  assert.match((await downloaded(page, "hledger")).toString("utf8"), /^\d{4}-\d{2}-\d{2} /m);
  await picture(world, page, "report");
  await context.close();
}

async function downloaded(page, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name, exact: true }).click()]);
  return readFileSync(await file.path());
}
