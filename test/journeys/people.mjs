/** How people come to Daybook, prove who they are and let others in, as a new user would do it in the running demo. */
import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import { arrive, codeIn, giveAuthenticator, linkIn, lookAt, readLetter } from "./visitor.mjs";

const GRACE = { email: "grace@quay.example", name: "Grace Lindqvist", password: "seven herons over the quay" };
const FINN = { email: "finn@quay.example", name: "Finn Aalto", password: "eleven gulls on the pier" };
const SHOP = { name: "Quay Kiosk", slug: "quay-kiosk" };
const SECOND_SHOP = { name: "Mole End Stores", slug: "mole-end-stores" };
const A_STEP_MS = 30_000;
/** What is promised of an ended session's open pages. */
const LEAVES_WITHIN_MS = 1_000;

/** By name, in the order in which they must be made: later ones go on where earlier ones ended. */
export function peopleJourneysOf(world) {
  const people = {};
  return [
    ["somebody new signs up with a letter's code and lands in the set-up of their shop", () => signUp(world, people)],
    ["an invited viewer signs up with the invited address and sees the shop as a viewer", () => inviteViewer(world, people)],
    ["a passkey and an authenticator app are enrolled, and each lets one in", () => enrolFactors(world, people)],
    ["a shop that asks for a second factor asks its viewer at once, who sets one up and goes on", () => requireSecondFactor(world, people)],
    ["signing out another device takes its open page away within a second", () => endOtherDevice(world, people)],
    ["another shop is added, and one goes from one to the other", () => switchShops(world, people)],
    ["a letter's link opens nothing in another browser, and signs in with a press where it was asked for", () => signInByLink(world, people)],
  ];
}

const at = (world, host, path = "/") => `http://${host}.${world.domain}${path}`;
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** From the first page of signing up to the question for a name. */
async function proveAddress(world, visit, person) {
  await visit.page.getByRole("heading", { name: "Create an account" }).waitFor();
  await visit.page.getByLabel("Email").fill(person.email);
  await press(visit.page, "Send me a letter");
  await visit.page.getByLabel("Code of six digits").fill(codeIn(await readLetter(world, visit, person.email, "Confirm your address")));
  await press(visit.page, "Go on");
  await visit.page.getByLabel("Your name").fill(person.name);
  await visit.page.getByLabel("Password, if you like one").fill(person.password);
}

async function signUp(world, people) {
  const visit = await arrive(world);
  await visit.page.goto(at(world, "auth", "/sign-in"));
  await visit.page.getByRole("link", { name: "Create an account" }).click();
  await proveAddress(world, visit, GRACE);
  await press(visit.page, "Go on");
  await visit.page.getByLabel("Name of the shop").fill(SHOP.name);
  await visit.page.getByText("This address is free.").waitFor();
  await lookAt(world, visit.page, "sign-up-shop");
  await press(visit.page, "Create my shop");
  await visit.page.waitForURL(at(world, SHOP.slug, "/**"));
  await visit.page.getByText("0 of 5 steps done").waitFor();
  people.grace = visit;
}

async function inviteViewer(world, people) {
  const { page } = people.grace;
  await page.goto(at(world, SHOP.slug, "/team"));
  await press(page, "Invite somebody…");
  await page.getByLabel("Email address").fill(FINN.email);
  await press(page, "Send the invitation");
  await page.getByText(`The invitation is on its way to ${FINN.email}.`).waitFor();
  await lookAt(world, page, "team");
  const visit = await arrive(world);
  const letter = await readLetter(world, visit, FINN.email, SHOP.name);
  await visit.page.goto(linkIn(letter, at(world, "auth", "/invitation#")));
  await visit.page.getByRole("heading", { name: `You are invited to ${SHOP.name}` }).waitFor();
  await lookAt(world, visit.page, "invitation");
  await visit.page.getByRole("link", { name: "Create an account" }).click();
  await proveAddress(world, visit, FINN);
  await press(visit.page, "Create my account");
  await press(visit.page, "Accept the invitation");
  await visit.page.waitForURL(at(world, SHOP.slug, "/**"));
  await visit.page.goto(at(world, SHOP.slug, "/settings"));
  await visit.page.getByText(`You are a viewer of ${SHOP.name}`).waitFor();
  people.finn = visit;
}

/** Sets an authenticator app up by the key as text, and gives what shows its codes. */
async function setUpApp(page) {
  await press(page, "Set up an app…");
  const key = (await page.locator("code.key").textContent()).replaceAll(" ", "");
  const app = new TOTP({ secret: key });
  await page.getByLabel("Then the code that it shows").fill(app.generate());
  await page.locator("dialog").getByRole("button", { name: "Confirm" }).click();
  return app;
}

async function keepCodes(world, page) {
  await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
  await lookAt(world, page, "recovery-codes");
  const codes = await page.locator(".code-list code").allTextContents();
  await press(page, "I have kept them");
  return codes;
}

async function enrolFactors(world, people) {
  const { page } = people.grace;
  const setAutofill = await giveAuthenticator(people.grace);
  await page.goto(at(world, "auth", "/account/security"));
  await press(page, "Add a passkey…");
  await page.getByLabel("Name of the passkey").fill("Work laptop");
  await press(page, "Go on");
  people.codes = await keepCodes(world, page);
  assert.equal(new Set(people.codes).size, 10);
  const app = await setUpApp(page);
  await page.getByText(/^Set up on/).waitFor();
  await lookAt(world, page, "security");
  await setAutofill(false);
  await signOut(world, page);
  await signInWithApp(world, page, app);
  await signOut(world, page);
  await press(page, "Sign in with a passkey");
  await page.getByRole("heading", { name: "Your shops" }).waitFor();
  await setAutofill(true);
  const entered = page.waitForResponse((answer) => answer.url().endsWith("/api/sign-in/passkey/finish"));
  await press(page, "Sign out");
  assert.equal((await entered).status(), 200);
  await page.getByRole("heading", { name: "Your shops" }).waitFor();
}

async function signOut(world, page) {
  await page.goto(at(world, "auth"));
  await Promise.all([page.waitForURL(at(world, "auth", "/sign-in"), { waitUntil: "commit" }), press(page, "Sign out")]);
}

async function signInWithApp(world, page, app) {
  await signIn(page, GRACE);
  await page.getByLabel("Code of your authenticator app").waitFor();
  await lookAt(world, page, "second-factor");
  // The code of this half minute was used to set the app up; the next one serves already.
  await page.getByLabel("Code of your authenticator app").fill(app.generate({ timestamp: Date.now() + A_STEP_MS }));
  await press(page, "Confirm");
  await page.getByRole("heading", { name: "Your shops" }).waitFor();
}

async function signIn(page, person) {
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await press(page, "Sign in");
}

async function requireSecondFactor(world, people) {
  await people.grace.page.goto(at(world, SHOP.slug, "/settings"));
  await press(people.grace.page, "Ask everybody for one");
  await people.grace.page.getByText("Everybody needs a second factor here.").waitFor();
  const { page } = people.finn;
  await page.goto(at(world, SHOP.slug, "/days"));
  await page.waitForURL(at(world, "auth", "/second-factor**"));
  await page.getByRole("heading", { name: /asks everybody for a second factor/ }).waitFor();
  await lookAt(world, page, "second-factor-none");
  await page.getByRole("link", { name: "Set one up" }).click();
  await setUpApp(page);
  await keepCodes(world, page);
  await page.getByRole("link", { name: "Go on" }).click();
  await page.waitForURL(at(world, SHOP.slug, "/days**"));
  await page.getByRole("heading", { name: "No location is being kept yet" }).waitFor();
}

async function endOtherDevice(world, people) {
  const other = await arrive(world);
  await other.page.goto(at(world, SHOP.slug, "/settings"));
  await signIn(other.page, GRACE);
  await press(other.page, "Use a recovery code");
  await other.page.getByLabel("Recovery code").fill(people.codes[0]);
  await press(other.page, "Confirm");
  const watched = other.page.waitForEvent("websocket");
  await other.page.getByText(`You are an owner of ${SHOP.name}`).waitFor();
  await watched;
  const { page } = people.grace;
  await page.goto(at(world, "auth", "/account/sessions"));
  await page.getByText("This one").waitFor();
  await lookAt(world, page, "sessions");
  const [leftAt, endedAt] = await Promise.all([
    other.page.waitForEvent("framenavigated").then(() => Date.now()),
    page.waitForResponse((answer) => answer.url().endsWith("/end")).then(() => Date.now()),
    page.getByRole("button", { name: /^Sign out (?!here|everywhere)/ }).click(),
  ]);
  assert.ok(leftAt - endedAt < LEAVES_WITHIN_MS, `the open page left after ${leftAt - endedAt} ms`);
  await other.page.waitForURL(at(world, "auth", "/sign-in**"));
  await page.getByText("You are signed in nowhere else.").waitFor();
  await other.context.close();
}

async function switchShops(world, people) {
  const { page } = people.grace;
  await page.goto(at(world, "auth"));
  await page.getByRole("link", { name: "Add a shop" }).click();
  await page.getByLabel("Name of the shop").fill(SECOND_SHOP.name);
  await page.getByText("This address is free.").waitFor();
  await press(page, "Create the shop");
  await page.waitForURL(at(world, SECOND_SHOP.slug, "/**"));
  await page.getByText("0 of 5 steps done").waitFor();
  await page.goto(at(world, "auth"));
  await lookAt(world, page, "shops");
  await page.getByRole("link", { name: new RegExp(SHOP.name) }).click();
  await page.waitForURL(at(world, SHOP.slug, "/**"));
  await page.getByText("0 of 5 steps done").waitFor();
}

async function signInByLink(world) {
  const asker = await arrive(world);
  await asker.page.goto(at(world, "auth", "/sign-in/link"));
  await asker.page.getByLabel("Email").fill("viewer@harbour.example");
  await press(asker.page, "Send me a letter");
  await asker.page.getByLabel("Code of six digits").waitFor();
  await lookAt(world, asker.page, "letter-sent");
  const link = linkIn(await readLetter(world, asker, "viewer@harbour.example", "Sign in to Daybook"), at(world, "auth", "/link#"));
  const stranger = await arrive(world);
  await stranger.page.goto(link);
  await press(stranger.page, "Sign in");
  await stranger.page.getByText(/Did you open the letter on another device/).waitFor();
  await lookAt(world, stranger.page, "link-elsewhere");
  await stranger.context.close();
  await asker.page.goto(link);
  await press(asker.page, "Sign in");
  await asker.page.getByRole("heading", { name: "Your shops" }).waitFor();
  await asker.context.close();
}
