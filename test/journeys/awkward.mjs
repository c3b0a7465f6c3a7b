/** Days that go wrong, each brought about at the simulators and mended with at most three clicks on what the page offers. */
import assert from "node:assert/strict";
import { enter, eventually, picture } from "./enter.mjs";

const REALM = "9130350000000004";
const MOST_CLICKS = 3;

/** The class of account that a line of each nature goes to. */
const CLASSES = { income: "income", contra_income: "income", liability: "liability", asset: "asset", expense: "expense" };

/** Journeys by name. They use the shop that the journey before them has set up. */
export function awkwardJourneysOf(world) {
  return [
    ["a day in a closed period is posted on the first open day by one press", () => closedPeriod(world)],
    ["books whose access has ended are connected again, and the day is posted", () => deadToken(world)],
    ["a deleted entry is noticed, asked about, and put right by a new one", () => deletedEntry(world)],
    ["a day is taken back and posted again", () => undoAndPostAgain(world)],
  ];
}

/** Signs the owner in at a day of the shop that many days ago, read and ready to be posted. */
async function atReadyDay(world, daysAgo) {
  const { context, page } = await enter(world, { shop: "corner", email: "owner@corner.example" });
  const address = await page.evaluate(async (ago) => {
    const { locations } = await (await fetch("/api/connections")).json();
    const date = new Date(Date.now() - ago * 86_400_000).toLocaleDateString("en-CA", { timeZone: locations[0].zone });
    return `/days/${locations[0].id}/${date}`;
  }, daysAgo);
  await send(page, "PUT", "/posting", { mode: "preview" });
  await send(page, "POST", `${address}/read`, {});
  await eventually(async () => !["missing", "collecting"].includes((await dayOf(page, address)).state));
  await mapEveryLine(page);
  // A mapping that is saved has the day read again: it is ready when that is over.
  await eventually(async () => {
    const { state, proposal } = await dayOf(page, address);
    return state === "ready" && proposal !== null;
  });
  return { context, page, address, date: address.slice(-10) };
}

/** Gives each line that the day brought an account of its class: what was sold differs from day to day. */
async function mapEveryLine(page) {
  const { version, lines, accounts } = await page.evaluate(async () => await (await fetch("/api/mapping")).json());
  const chosen = lines.filter((line) => line.account === null && line.isNeeded).map((line) => {
    const fitting = accounts.find((account) => account.isActive && account.isPostable && account.class === CLASSES[line.nature]);
    return [line.key, line.suggestion?.account.id ?? fitting.id];
  });
  if (chosen.length > 0) await send(page, "PUT", "/mapping", { version, accounts: Object.fromEntries(chosen) });
}

async function send(page, method, path, body) {
  const init = { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answered = await page.evaluate(async ([url, sent]) => (await fetch(url, sent)).status, [`/api${path}`, init]);
  assert.ok(answered < 300, `${path} answered ${answered}`);
}

async function dayOf(page, address) {
  return await page.evaluate(async (url) => await (await fetch(url)).json(), `/api${address}`);
}

/** Posts what the page would, so that the clicks which count begin at the trouble. */
async function post(page, address) {
  await send(page, "POST", `${address}/post`, { fingerprint: (await dayOf(page, address)).proposal.fingerprint });
}

/** Brings something about at the simulated QuickBooks: in the browser, since only it finds `*.localhost` on every machine. */
async function simulate({ domain }, page, path, body) {
  const desk = await page.context().newPage();
  await desk.goto(`http://quickbooks.${domain}/__sim/calls`);
  const answered = await desk.evaluate(async ([url, sent]) => (
    (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(sent) })).status
  ), [`/__sim/${path}`, body]);
  assert.ok(answered < 300, `${path} answered ${answered}`);
  await desk.close();
}

/** Presses one thing after another, and counts. */
async function mend(page, steps) {
  assert.ok(steps.length <= MOST_CLICKS, `${steps.length} clicks`);
  for (const step of steps) await page.getByRole(step.role ?? "button", { name: step.name }).first().click();
}

async function closedPeriod(world) {
  // Older than the days of the other journeys, for which the books stay open.
  const { context, page, address, date } = await atReadyDay(world, 9);
  await simulate(world, page, `company/${REALM}`, { bookCloseDate: date });
  await post(page, address);
  await page.goto(`http://corner.${world.domain}${address}`);
  await page.getByRole("heading", { name: /^Your books are closed through/ }).waitFor();
  await picture(world, page, "closed-period");
  await mend(page, [{ name: "Post it on the first open day" }]);
  await page.getByText("Ties to the cent").waitFor();
  const { entries } = await dayOf(page, address);
  assert.ok(entries[0].bookedOn > date, `dated ${entries[0].bookedOn}`);
  await simulate(world, page, `company/${REALM}`, { bookCloseDate: null });
  await context.close();
}

async function deadToken(world) {
  const { context, page, address } = await atReadyDay(world, 4);
  await send(page, "PUT", "/posting", { mode: "automatic" });
  await simulate(world, page, "grants", { realm: REALM, act: "revoke" });
  await simulate(world, page, "grants", { realm: REALM, act: "expireAccess" });
  await post(page, address);
  await page.goto(`http://corner.${world.domain}${address}`);
  await page.getByRole("heading", { name: /^The connection to QuickBooks .*has ended$/ }).waitFor();
  await picture(world, page, "dead-token");
  await mend(page, [{ role: "link", name: "Connections" }]);
  await page.getByRole("button", { name: "Connect again" }).first().click();
  await page.getByLabel("Corner Bakery LLC").check();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(/connected=quickbooks/);
  // Days that stopped for the connection are taken up again by themselves.
  await eventually(async () => (await dayOf(page, address)).state === "posted");
  await page.goto(`http://corner.${world.domain}${address}`);
  await page.getByText("Ties to the cent").waitFor();
  await context.close();
}

async function deletedEntry(world) {
  const { context, page, address } = await atReadyDay(world, 7);
  await post(page, address);
  await eventually(async () => (await dayOf(page, address)).entries.length === 1);
  const { entries: [entry] } = await dayOf(page, address);
  const id = new URL(entry.booksUrl).searchParams.get("txnId");
  await simulate(world, page, `company/${REALM}/entry/${id}/delete`, {});
  await page.goto(`http://corner.${world.domain}${address}`);
  await mend(page, [{ name: "Take it back" }]);
  await page.getByRole("heading", { name: /was deleted in QuickBooks .*after Daybook posted it$/ }).waitFor();
  await picture(world, page, "deleted-entry");
  // Nothing is left there to take back, and nothing is posted for it: the day waits for its person again.
  await mend(page, [{ name: "Post what is missing" }]);
  await page.getByText("What was posted for this day was taken back").waitFor();
  await mend(page, [{ name: /^Post to/ }]);
  await page.getByText("Ties to the cent").waitFor();
  await context.close();
}

async function undoAndPostAgain(world) {
  const { context, page, address } = await atReadyDay(world, 6);
  await page.goto(`http://corner.${world.domain}${address}`);
  await page.getByRole("button", { name: /^Post to/ }).first().click();
  await page.getByText("Ties to the cent").waitFor();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("What was posted for this day was taken back").waitFor();
  await page.getByRole("heading", { name: "Reversing entry" }).waitFor();
  await picture(world, page, "taken-back");
  await page.getByRole("button", { name: /^Post to/ }).first().click();
  await page.getByText("Ties to the cent").waitFor();
  assert.equal((await dayOf(page, address)).entries.length, 3);
  await context.close();
}
