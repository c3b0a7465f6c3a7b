/** A person with a browser of their own, in which nothing may go wrong unseen; and the letters that they get. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const axeSource = readFileSync(path.resolve(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LETTER_TRIES = 60;

/** A browser context of its own, under the page's own content policy. */
export async function arrive({ browser }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => { throw error; });
  return { context, page };
}

/**
 * Lets this page make and show passkeys: an authenticator with a screen lock, which says yes at once. What is answered
 * turns the browser's offer at the email field off and on: with such an authenticator it signs in before anybody presses.
 */
export async function giveAuthenticator({ context, page }) {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await session.send("WebAuthn.addVirtualAuthenticator", { options });
  await page.addInitScript(() => {
    if (sessionStorage.getItem("without-autofill") !== null) PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  return (isOn) => page.evaluate((on) => (on ? sessionStorage.removeItem("without-autofill") : sessionStorage.setItem("without-autofill", "1")), isOn);
}

/** The words of the newest letter to somebody with that subject, read in the demo's inbox as one would. */
export async function readLetter({ domain }, { context }, to, subject) {
  const inbox = await context.newPage();
  for (let tries = 0; tries < LETTER_TRIES; tries += 1) {
    await inbox.goto(`http://mail.${domain}/?to=${encodeURIComponent(to)}`);
    const found = inbox.locator("ol a", { hasText: subject }).first();
    if ((await found.count()) > 0) {
      await found.click();
      const text = await inbox.locator("pre").last().textContent();
      await inbox.close();
      return text ?? "";
    }
    await inbox.waitForTimeout(250);
  }
  throw new Error(`no letter “${subject}” came to ${to}`);
}

/** The six digits of a letter. */
export function codeIn(letter) {
  const [found] = /\b\d{3} ?\d{3}\b/.exec(letter) ?? [];
  assert.ok(found, "the letter has a code");
  return found;
}

/** The address in a letter that begins with `start`. */
export function linkIn(letter, start) {
  const found = letter.split(/\s+/).find((word) => word.startsWith(start));
  assert.ok(found, `the letter has a link to ${start}`);
  return found;
}

/** Photographs the page, and fails on any finding of axe and on a page that scrolls sideways. */
export async function lookAt({ pictures }, page, name) {
  await page.locator("h1, h2").first().waitFor();
  await page.screenshot({ path: path.join(pictures, `people-${name}.png`), fullPage: true });
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), RULES);
  assert.deepEqual(violations.map((one) => `${name}: ${one.id} ${one.nodes[0]?.target}`), []);
  const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(scrolls, false, `${name} scrolls sideways`);
}
