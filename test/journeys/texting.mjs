/** Texting that honours STOP, as a new user would try it: from a phone, in the inbox, past the inbox, and with a file. */
import assert from "node:assert/strict";
import { axeFindings } from "./axe.mjs";
import { enter, eventually, picture } from "./enter.mjs";

const NUMBER = "+12125550142";
const HARBOUR = { shop: "harbour", email: "owner@harbour.example" };
const SALLY = { name: "Sally Okonjo", phone: "+16175550141" };
const RUPERT = { name: "Rupert Valk", phone: "+16175550142" };
const KEY_LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** Journeys by name, in the order in which they must be made. */
export function textingJourneysOf(world) {
  return [
    ["somebody texts STOP, is locked for screen and API, texts START and gets what is written to them", () => stopAndStart(world)],
    ["a sentence that means stop locks as STOP does, and what may mean it is decided by a person", () => plainWords(world)],
    ["a stop outlives erasure, a new contact with the same number, and an import", () => outlive(world)],
    ["the inbox is walked and a message sent with the keyboard alone, and a double click sends one", () => byKeyboard(world)],
    ["conversations and contacts show in both sizes and schemes what axe finds nothing wrong with", () => lookAround(world)],
    ["who may not read messages sees neither inbox nor contacts", () => lookOnly(world)],
  ];
}

const key = () => Array.from({ length: 26 }, () => KEY_LETTERS[Math.floor(Math.random() * 32)]).join("");

/** Asks the API from the page itself, as its own script would. */
async function api(page, method, path, body) {
  return await page.evaluate(async ([verb, address, sent]) => {
    const answer = await fetch(`/api${address}`, { method: verb, ...(sent === null ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(sent) }) });
    return { status: answer.status, body: await answer.json() };
  }, [method, path, body ?? null]);
}

const words = (body) => ({ key: key(), channel: "text", subject: "", body, documents: [], template: null });

/** A handset of the demo, in a browser of its own. */
async function handset({ browser, domain }, phone) {
  const context = await browser.newContext({ viewport: { width: 375, height: 780 } });
  const page = await context.newPage();
  const address = `http://phone.${domain}/conversation?${new URLSearchParams({ handset: phone, number: NUMBER })}`;
  await page.goto(address);
  return {
    page, close: () => context.close(),
    text: async (body) => {
      await page.getByLabel("Your text").fill(body);
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.locator("li.person", { hasText: body }).last().waitFor();
    },
    press: async (name) => {
      await page.getByRole("button", { name, exact: true }).click();
      await page.locator("li.person", { hasText: name }).last().waitFor();
    },
    /** Whether the shop's words are on the handset. */
    has: async (body) => {
      await page.goto(address);
      return (await page.locator("ol.talk").getByText(body).count()) > 0;
    },
  };
}

/** A contact who agreed; answers their id. */
async function addContact(page, { name, phone }, isAgreed = true) {
  const added = await api(page, "POST", "/contacts", { name, phone, email: null, zone: "America/New_York", note: "", tags: [], key: key() });
  assert.equal(added.status, 200, JSON.stringify(added.body));
  const { id } = added.body.contact;
  if (isAgreed) {
    const agreed = await api(page, "POST", "/consent/agreements", { key: key(), address: { channel: "text", value: phone }, source: "staff", note: "Agreed at the counter.", saidAt: Date.now() - 86_400_000 });
    assert.equal(agreed.status, 200, JSON.stringify(agreed.body));
  }
  return id;
}

async function stopAndStart(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/inbox" });
  const phone = await handset(world, SALLY.phone);
  const id = await addContact(page, SALLY);
  await phone.text("Hello, is my order in?");
  await page.goto(`http://harbour.${world.domain}/inbox/${id}`);
  await page.getByText("Hello, is my order in?").last().waitFor();
  await page.getByLabel(/^Write to Sally/).fill("It came this morning.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await eventually(() => phone.has("It came this morning."));
  await page.locator(".bubble.out", { hasText: "It came this morning." }).getByText("Delivered").waitFor();
  await phone.press("STOP");
  const lock = page.getByRole("region", { name: `${SALLY.name} said stop` });
  await eventually(async () => {
    await page.reload();
    return await lock.waitFor({ timeout: 2_000 }).then(() => true, () => false);
  });
  await lock.getByText(/by text message/).waitFor();
  await lock.getByText("STOP", { exact: true }).waitFor();
  await lock.getByText(/texting START from \+1 617 555 0141/).waitFor();
  assert.equal(await page.getByRole("button", { name: "Send", exact: true }).count(), 0, "there is nothing to send with");
  assert.equal(await page.locator("textarea").count(), 0, "there is no field to write in");
  assert.deepEqual(await axeFindings(page), []);
  await picture(world, page, "texting-locked");
  const refused = await api(page, "POST", `/threads/${id}/messages`, words("Just one more thing"));
  assert.equal(refused.status, 409);
  assert.equal(refused.body.error.kind, "opted_out");
  assert.match(refused.body.error.title, /said stop by text on \d{1,2} \w+ \d{4}/);
  assert.equal(await phone.has("Just one more thing"), false);
  const noted = await api(page, "POST", "/consent/agreements", { key: key(), address: { channel: "text", value: SALLY.phone }, source: "call", note: "She said it is fine again.", saidAt: Date.now() - 1_000 });
  assert.equal(noted.status, 409, "staff cannot end a stop");
  // Twilio counts in whole seconds; of two words in the same one nobody knows the order, and STOP stands.
  await page.waitForTimeout(2_100);
  await phone.press("START");
  await eventually(async () => {
    await page.reload();
    return await page.getByLabel(/^Write to Sally/).waitFor({ timeout: 2_000 }).then(() => true, () => false);
  });
  await page.getByLabel(/^Write to Sally/).fill("Welcome back. It waits at the counter.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await eventually(() => phone.has("Welcome back. It waits at the counter."));
  await picture(world, page, "texting-back");
  await picture(world, phone.page, "texting-phone");
  await Promise.all([context.close(), phone.close()]);
}

async function plainWords(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/contacts" });
  const phone = await handset(world, RUPERT.phone);
  const id = await addContact(page, RUPERT);
  await phone.text("ok enough already");
  await page.goto(`http://harbour.${world.domain}/inbox/${id}`);
  const held = page.getByRole("region", { name: `${RUPERT.name} may have meant stop` });
  await eventually(async () => {
    await page.reload();
    return await held.waitFor({ timeout: 2_000 }).then(() => true, () => false);
  });
  assert.equal((await api(page, "POST", `/threads/${id}/messages`, words("Hello?"))).body.error.kind, "consent_held");
  await held.getByRole("button", { name: "This does not mean stop…" }).click();
  await page.getByLabel("Why you think so").fill("He laughed about it on the phone.");
  await page.getByRole("button", { name: "It does not mean stop", exact: true }).click();
  await page.getByLabel(/^Write to Rupert/).waitFor();
  await phone.text("please stop texting me");
  const lock = page.getByRole("region", { name: `${RUPERT.name} said stop` });
  await eventually(async () => {
    await page.reload();
    return await lock.waitFor({ timeout: 2_000 }).then(() => true, () => false);
  });
  await lock.getByText("please stop texting me").waitFor();
  await Promise.all([context.close(), phone.close()]);
}

async function outlive(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/contacts?search=Rupert" });
  await page.getByRole("link", { name: RUPERT.name }).click();
  await page.getByText("Said stop").first().waitFor();
  await page.getByRole("button", { name: "Erase…" }).click();
  await page.getByText(/keyed hash/).waitFor();
  await page.getByLabel(/^Type erase/).fill("erase");
  await page.getByRole("button", { name: "Erase for good" }).click();
  await page.waitForURL(/\/contacts$/);
  const isLocked = async (search) => {
    const { body } = await api(page, "GET", `/contacts?search=${encodeURIComponent(search)}`);
    return body.contacts.map(({ consent }) => consent.text?.state);
  };
  assert.deepEqual(await isLocked(RUPERT.phone), [], "nobody with that number is left");
  await page.goto(`http://harbour.${world.domain}/contacts/import`);
  const file = `Name,Mobile,Consent\nRupert Valk,${RUPERT.phone},yes\nNew Person,+16175550143,yes\nBroken Row,12,yes\n`;
  await page.setInputFiles("input[type=file]", [{ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(file) }]);
  await page.getByRole("heading", { name: "What it would change" }).waitFor();
  await page.getByRole("row", { name: /^4 / }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await picture(world, page, "contacts-import");
  await page.getByRole("button", { name: /^Import 2/ }).click();
  await page.getByRole("heading", { name: /2 people are imported/ }).waitFor();
  assert.deepEqual(await isLocked("Rupert Valk"), ["opted_out"], "the imported contact is locked by what stayed");
  const { body } = await api(page, "GET", "/contacts?search=Rupert");
  const refused = await api(page, "POST", `/threads/${body.contacts[0].id}/messages`, words("We have your number again"));
  assert.equal(refused.status, 409);
  await context.close();
}

async function byKeyboard(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/inbox" });
  await page.getByRole("link", { name: /Sally Okonjo/ }).waitFor();
  await page.getByRole("link", { name: /Ada Brandt/ }).waitFor();
  for (let pressed = 0; pressed < 20; pressed += 1) {
    await page.keyboard.press("j");
    if (await page.evaluate(() => document.activeElement?.textContent?.includes("Sally Okonjo"))) break;
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: SALLY.name }).waitFor();
  const field = page.getByLabel(/^Write to Sally/);
  await field.focus();
  await page.keyboard.type("Sent by keys alone.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".bubble.out", { hasText: "Sent by keys alone." }).waitFor();
  await field.fill("Clicked twice.");
  await page.getByRole("button", { name: "Send", exact: true }).dblclick();
  await page.locator(".bubble.out", { hasText: "Clicked twice." }).waitFor();
  await page.waitForTimeout(1_500);
  assert.equal(await page.locator(".bubble.out", { hasText: "Clicked twice." }).count(), 1);
  await context.close();
}

async function lookAround(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/contacts" });
  await page.getByRole("link", { name: "Ben Achterberg" }).waitFor();
  const paths = await page.evaluate(async () => {
    const idOf = async (name) => (await (await fetch(`/api/contacts?search=${name}`)).json()).contacts[0].id;
    const [ada, ben, carmen, joana, ola] = await Promise.all(["Ada", "Ben", "Carmen", "Joana", "Ola"].map(idOf));
    return ["/inbox", `/inbox/${ada}`, `/inbox/${ben}`, `/inbox/${carmen}`, `/inbox/${joana}`, "/contacts", `/contacts/${ben}`, `/contacts/${ola}`, "/contacts/import"];
  });
  for (const [width, height, colorScheme] of [[1280, 860, "light"], [375, 780, "dark"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [nth, path] of paths.entries()) {
      await page.goto(`http://harbour.${world.domain}${path}`);
      await page.locator("h1").waitFor({ state: "attached" });
      await page.waitForTimeout(900);
      assert.deepEqual(await axeFindings(page), [], `${path} at ${width}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, `${path} scrolls sideways at ${width}`);
      await picture(world, page, `texting-look-${nth}-${width}`);
    }
  }
  await context.close();
}

async function lookOnly(world) {
  const { context, page } = await enter(world, { shop: "harbour", email: "viewer@harbour.example", at: "/inbox" });
  await page.getByText("Your role does not show this page.").waitFor();
  assert.equal(await page.getByRole("link", { name: "Contacts" }).count(), 0);
  assert.equal((await api(page, "GET", "/threads")).status, 403);
  assert.equal((await api(page, "GET", "/contacts")).status, 403);
  await context.close();
}
