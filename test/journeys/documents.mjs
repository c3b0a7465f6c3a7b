/** Documents as people use them: filed many at once, shared with somebody outside, taken back; certificates issued and checked. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { enter, eventually, picture } from "./enter.mjs";
import { axeFindings } from "./axe.mjs";

const PHONE_PHOTO = path.resolve(import.meta.dirname, "../features/documents/media/fixtures/phone.jpg");

/** Journeys by name. */
export function documentJourneysOf(world) {
  return [
    ["ten files are filed at once: nine are kept, and the one that is none says why", () => fileMany(world)],
    ["a photo keeps its picture and loses the place where it was taken", () => losePlace(world)],
    ["a document is given to somebody outside, who takes it; its link is taken back and opens nothing", () => shareAndTakeBack(world)],
    ["a link that works once is taken once, and not by who only looks at it", () => takeOnce(world)],
    ["a certificate is issued, found among the documents, and proves itself to whoever holds it", () => certify(world)],
    ["who may only look sees documents and can neither file nor share", () => lookOnly(world)],
  ];
}

const HARBOUR = { shop: "harbour", email: "owner@harbour.example" };

async function fileMany(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/documents" });
  await page.getByRole("heading", { name: "Documents", exact: true }).waitFor();
  const files = Array.from({ length: 9 }, (_, nth) => ({ name: `note-${nth + 1}.txt`, mimeType: "text/plain", buffer: Buffer.from(`Note ${nth + 1} of the journey.\n`) }));
  await page.setInputFiles("input[type=file]:not([capture])", [...files, { name: "dancing.gif", mimeType: "image/gif", buffer: Buffer.from("GIF89a\x01\x00\x01\x00") }]);
  await page.getByText("9 of 10 filed, 1 to try again").waitFor();
  await picture(world, page, "filed-nine");
  await page.getByRole("link", { name: /note.9/i }).first().waitFor();
  await context.close();
}

async function losePlace(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/documents" });
  const before = readFileSync(PHONE_PHOTO);
  assert.ok(before.includes("Exif"), "the photo says where it was taken before it is filed");
  await page.setInputFiles("input[type=file]:not([capture])", [{ name: "at home.jpg", mimeType: "image/jpeg", buffer: before }]);
  await page.getByRole("link", { name: "Open" }).first().click();
  await page.locator("main img").first().waitFor();
  await picture(world, page, "photo-viewer");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).or(page.getByRole("link", { name: "Download" })).first().click()]);
  const after = readFileSync(await download.path());
  for (const word of ["GPS", "http://ns.adobe.com", "Canon", "Apple", "iPhone", "SerialNumber"]) assert.ok(!after.includes(word), `${word} is gone`);
  assert.ok(after.length > 200 && after[0] === 0xff && after[1] === 0xd8, "what is left is a JPEG");
  await context.close();
}

/** Opens the share sheet of a document and makes a link; answers its address. */
async function makeLink(world, page, title, { isOnce = false, passphrase = "" } = {}) {
  await page.goto(`http://harbour.${world.domain}/documents?search=${encodeURIComponent(title)}`);
  await page.getByRole("link", { name: new RegExp(title) }).first().click();
  await page.getByRole("button", { name: "Share…" }).click();
  await page.getByLabel("For whom").fill("Mr Ito, Job 1042");
  if (isOnce) await page.getByLabel("It can be used once only").check();
  if (passphrase !== "") await page.getByLabel("Passphrase, if it should ask for one").fill(passphrase);
  await page.getByLabel("It lets them").selectOption("attachment");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByText("The link is made.").waitFor();
  return await page.locator("dialog input[readonly]").first().inputValue();
}

/** Somebody outside, who has a browser and the link. */
async function stranger({ browser }) {
  const context = await browser.newContext({ viewport: { width: 375, height: 720 }, acceptDownloads: true });
  return { context, page: await context.newPage() };
}

async function shareAndTakeBack(world) {
  const { context, page } = await enter(world, HARBOUR);
  const url = await makeLink(world, page, "Price list", { passphrase: "blue heron" });
  assert.equal(new URL(url).host, `files.${world.domain}`);
  const outside = await stranger(world);
  await outside.page.goto(url);
  await outside.page.getByRole("heading", { name: "Price list" }).waitFor();
  assert.deepEqual(await axeFindings(outside.page), []);
  await picture(world, outside.page, "share-page");
  await outside.page.getByLabel("Passphrase").fill("grey heron");
  await outside.page.getByRole("button", { name: "Download" }).click();
  await outside.page.locator("#problem").waitFor();
  await outside.page.getByLabel("Passphrase").fill("blue heron");
  const [download] = await Promise.all([outside.page.waitForEvent("download"), outside.page.getByRole("button", { name: "Download" }).click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /Flat white,4\.00/);
  assert.deepEqual(await outside.context.cookies(), [], "files. sets no cookie");
  await page.getByRole("button", { name: "Close" }).click();
  await eventually(async () => {
    await page.getByRole("button", { name: "Share…" }).click();
    const isTold = await page.getByText("received it").first().waitFor({ timeout: 3_000 }).then(() => true, () => false);
    if (!isTold) await page.getByRole("button", { name: "Close" }).click();
    return isTold;
  });
  await picture(world, page, "share-sheet");
  await page.getByRole("button", { name: /^Take it back/ }).first().click();
  await page.getByText("The link no longer works.").first().waitFor();
  const answer = await outside.page.goto(url);
  assert.equal(answer.status(), 404);
  await Promise.all([context.close(), outside.context.close()]);
}

async function takeOnce(world) {
  const { context, page } = await enter(world, HARBOUR);
  const url = await makeLink(world, page, "Price list", { isOnce: true });
  const [one, other] = [await stranger(world), await stranger(world)];
  await one.page.goto(url);
  await other.page.goto(url);
  await one.page.reload();
  const [download] = await Promise.all([one.page.waitForEvent("download"), one.page.getByRole("button", { name: "Download" }).click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /Latte/);
  await other.page.getByRole("button", { name: "Download" }).click();
  await other.page.getByRole("heading").waitFor();
  assert.equal((await other.page.goto(url)).status(), 404);
  await Promise.all([context.close(), one.context.close(), other.context.close()]);
}

async function certify(world) {
  const { context, page } = await enter(world, { ...HARBOUR, at: "/certificates" });
  await page.getByRole("button", { name: "Issue a certificate…" }).click();
  await page.getByRole("textbox", { name: "Issued to" }).fill("Łukasz Żółć");
  await page.getByRole("textbox", { name: "Product" }).fill("Pelican hand grinder");
  await page.getByRole("textbox", { name: "Serial number" }).fill("PG-90001");
  await page.getByText(/It becomes HB-\d+ and holds through/).waitFor();
  await page.getByRole("button", { name: "Issue", exact: true }).click();
  await page.getByText(/is issued and filed among your documents/).waitFor();
  await picture(world, page, "certificates");
  const { certificates } = await page.evaluate(async () => await (await fetch("/api/certificates?search=PG-90001")).json());
  assert.equal(certificates.length, 1);
  const holder = await stranger(world);
  await holder.page.goto(certificates[0].verifyUrl);
  await holder.page.getByRole("heading", { name: "Genuine, and holds" }).waitFor();
  const text = await holder.page.locator("main").innerText();
  assert.ok(text.includes(certificates[0].number) && text.includes("PG-90001") && !text.includes("Łukasz"), "the page names the paper and not its holder");
  assert.deepEqual(await axeFindings(holder.page), []);
  await picture(world, holder.page, "certificate-checked");
  await page.getByRole("row", { name: /PG-90001|Łukasz/ }).getByRole("button", { name: "Revoke…" }).click();
  await page.getByLabel("Why").fill("Issued for the wrong grinder");
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await eventually(async () => {
    await holder.page.reload();
    return (await holder.page.getByRole("heading", { name: "Revoked" }).count()) === 1;
  });
  await Promise.all([context.close(), holder.context.close()]);
}

async function lookOnly(world) {
  const { context, page } = await enter(world, { shop: "harbour", email: "viewer@harbour.example", at: "/documents" });
  await page.getByRole("link", { name: /Warranty of the espresso machine/ }).first().click();
  await page.getByRole("heading", { name: /Warranty of the espresso machine/ }).waitFor();
  const share = page.getByRole("button", { name: "Share…" });
  assert.ok((await share.count()) === 0 || (await share.getAttribute("aria-disabled")) === "true" || (await share.isDisabled()), "sharing is not for them");
  const refused = await page.evaluate(async () => {
    const [first] = (await (await fetch("/api/documents")).json()).documents;
    const share = { recipient: "", disposition: "inline", days: 1, isOnce: false, passphrase: null };
    return (await fetch(`/api/documents/${first.id}/shares`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(share) })).status;
  });
  assert.equal(refused, 403);
  await context.close();
}
