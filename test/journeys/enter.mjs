/** How journeys come into a shop, wait, and keep a picture. */
import path from "node:path";

const PASSWORD = "correct horse battery staple";
const TRIES = 120;

/** Signs somebody in where they want to go, in a browser in which nothing may go wrong unseen. */
export async function enter({ browser, domain }, { shop, email, at = "/" }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => { throw error; });
  await page.goto(`http://${shop}.${domain}${at}`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.host === `${shop}.${domain}` && !url.pathname.startsWith("/enter") && !url.pathname.startsWith("/sign-in"));
  await page.waitForLoadState();
  return { context, page };
}

/** Asks four times a second, for half a minute. */
export async function eventually(isSo) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
  throw new Error("it never came to be so");
}

/** Keeps what the page looks like. */
export async function picture({ pictures }, page, name) {
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}
