/** One message to many, as an owner would send it: what would happen first, then the start, a stop meanwhile, a pause, and the end. */
import assert from "node:assert/strict";
import { axeFindings } from "./axe.mjs";
import { enter, eventually, picture } from "./enter.mjs";

const NUMBER = "+12125550142";
const HARBOUR = { shop: "harbour", email: "owner@harbour.example" };
const TAG = "autumn";
const NAME = "Autumn roast";
const PEOPLE = ["Lola Ferreira", "Milo Ashworth", "Nia Okeke", "Owen Tanaka"].map((name, at) => ({ name, phone: `+1617555016${at}` }));
const UNASKED = { name: "Petra Lindqvist", phone: "+16175550169" };
const KEY_LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
/** Slow enough to pause in between. */
const PER_MINUTE = 6;

/** Journeys by name. */
export function broadcastJourneysOf(world) {
  return [["a list is looked at, started, paused and taken up again, and whoever texts STOP meanwhile is left out", () => sendList(world)]];
}

const key = () => Array.from({ length: 26 }, () => KEY_LETTERS[Math.floor(Math.random() * 32)]).join("");

/** A zone where it is day, whenever this is run. */
function zoneByDay() {
  const hourIn = (zone) => Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(new Date()));
  return ["America/New_York", "Pacific/Honolulu", "Asia/Tokyo", "Europe/Paris", "Asia/Kolkata"].find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 20) ?? "UTC";
}

/** Asks the API from the page itself, as its own script would. */
async function api(page, method, path, body) {
  return await page.evaluate(async ([verb, address, sent]) => {
    const answer = await fetch(`/api${address}`, { method: verb, ...(sent === null ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(sent) }) });
    return { status: answer.status, body: await answer.json() };
  }, [method, path, body ?? null]);
}

async function addContact(page, { name, phone }, isAgreed) {
  const added = await api(page, "POST", "/contacts", { name, phone, email: null, zone: zoneByDay(), note: "", tags: [TAG], key: key() });
  assert.equal(added.status, 200, JSON.stringify(added.body));
  if (!isAgreed) return added.body.contact.id;
  const agreed = await api(page, "POST", "/consent/agreements", { key: key(), address: { channel: "text", value: phone }, source: "staff", note: "Agreed at the counter.", saidAt: Date.now() - 86_400_000 });
  assert.equal(agreed.status, 200, JSON.stringify(agreed.body));
  return added.body.contact.id;
}

/** A handset of the demo: whether the shop's words are on it, and a way to answer. */
function handset(page, domain, phone) {
  const address = `http://phone.${domain}/conversation?${new URLSearchParams({ handset: phone, number: NUMBER })}`;
  return {
    has: async (words) => {
      await page.goto(address);
      return (await page.locator("ol.talk").getByText(words).count()) > 0;
    },
    stop: async () => {
      await page.goto(address);
      await page.getByRole("button", { name: "STOP", exact: true }).click();
      await page.locator("li.person", { hasText: "STOP" }).last().waitFor();
    },
  };
}

async function sendList(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/templates" });
  const phones = await world.browser.newContext({ viewport: { width: 375, height: 780 } });
  const phonePage = await phones.newPage();
  const ids = [];
  for (const person of PEOPLE) ids.push(await addContact(page, person, true));
  await addContact(page, UNASKED, false);
  await writeTemplate(world, page);
  await lookFirst(world, page);
  const id = await start(world, page);
  const phoneOf = (contact) => handset(phonePage, world.domain, PEOPLE[ids.indexOf(contact)].phone);
  const recipients = async () => (await api(page, "GET", `/broadcasts/${id}/recipients`)).body.recipients.filter(({ contact }) => ids.includes(contact));
  let first;
  await eventually(async () => {
    first = (await recipients()).find(({ state }) => state === "written");
    return first !== undefined;
  });
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.locator(".list-state").getByText("Paused").waitFor();
  const waiting = (await recipients()).filter(({ state }) => state === "waiting");
  assert.ok(waiting.length > 0, "somebody waits still");
  const leaver = waiting.at(-1).contact;
  await phoneOf(leaver).stop();
  await eventually(async () => (await api(page, "GET", `/contacts/${leaver}`)).body.contact.consent.text.state === "opted_out");
  assert.deepEqual(await axeFindings(page), []);
  await picture(world, page, "broadcast-paused");
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  for (let turn = 0; turn < 4 && await page.locator(".list-state").getByText("Finished").count() === 0; turn += 1) {
    await page.locator(".list-state").getByText("Finished").waitFor({ timeout: 30_000 }).catch(() => undefined);
  }
  await page.locator(".list-state").getByText("Finished").waitFor();
  const ended = await recipients();
  assert.deepEqual(ended.filter(({ state }) => state === "skipped").map(({ contact, reason }) => [contact, reason]), [[leaver, "opted_out"]]);
  for (const { contact } of ended.filter(({ state }) => state === "written")) await eventually(() => phoneOf(contact).has(/the autumn roast is in/));
  assert.equal(await phoneOf(leaver).has(/the autumn roast is in/), false, "nothing after STOP");
  await page.locator(".left-out").getByText("said stop").waitFor();
  await picture(world, page, "broadcast-done");
  await Promise.all([context.close(), phones.close()]);
}

async function writeTemplate(world, page) {
  await page.getByRole("link", { name: "New template…" }).click();
  await page.getByLabel("Name", { exact: true }).fill(NAME);
  await page.getByLabel("Words", { exact: true }).fill("Hi , ");
  await page.getByLabel("Words", { exact: true }).evaluate((area) => area.setSelectionRange(3, 3));
  await page.getByRole("button", { name: "Put in: first name" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type("{{shop}} here: the autumn roast is in. Reply STOP to opt out.");
  await page.locator(".template-preview").getByText("Hi Ada, Harbour Coffee here: the autumn roast is in.").waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await picture(world, page, "broadcast-template");
  await page.getByRole("button", { name: "Save the template" }).click();
  await page.getByRole("rowheader", { name: new RegExp(NAME) }).waitFor();
}

async function lookFirst(world, page) {
  await page.getByRole("link", { name: "Lists", exact: true }).first().click();
  await page.getByRole("link", { name: "New list…" }).click();
  await page.getByLabel("Template", { exact: true }).selectOption({ label: `${NAME} (text)` });
  await page.getByLabel("To everybody with one of these tags").fill(TAG);
  await page.getByLabel("Messages a minute, at most").fill(String(PER_MINUTE));
  await page.getByRole("button", { name: "See what would happen" }).click();
  await page.getByText(`${PEOPLE.length} people get it`).waitFor();
  await page.getByRole("heading", { name: "1 person is left out" }).waitFor();
  await page.getByText("nothing is noted that they agreed").waitFor();
  await page.locator(".samples").getByText(/Harbour Coffee here: the autumn roast is in/).first().waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await picture(world, page, "broadcast-dry-run");
}

async function start(world, page) {
  await page.getByRole("button", { name: /^Send it to 4 people/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name of this list").fill(NAME);
  await dialog.getByRole("button", { name: "Send it", exact: true }).dblclick();
  await page.getByRole("heading", { level: 1, name: NAME }).waitFor();
  assert.equal((await api(page, "GET", "/broadcasts")).body.broadcasts.filter(({ name }) => name === NAME).length, 1, "a double click starts one");
  return new URL(page.url()).pathname.split("/").at(-1);
}
