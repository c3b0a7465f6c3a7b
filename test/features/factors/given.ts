/** People with factors, made by the routes that the account page calls. */
import { TOTP, Secret } from "otpauth";
import type { NewCodes, PasskeyCreation, PasskeyRequest, TotpBegun } from "../../../src/features/factors/contract";
import type { PersonCard } from "../../../src/features/people/service";
import { Authenticator, type Nature } from "../../support/authenticator";
import { createBrowser, originOf, type Browser, type TestWorld } from "../../support/app";
import { signIn } from "../../support/people";

export const auth = originOf("auth");
export const STEP_MS = 30_000;

/** A browser in which a person is signed in at `auth.`, by a password alone. */
export async function signedBrowser(world: TestWorld, person: PersonCard): Promise<Browser> {
  const browser = createBrowser(world);
  await signIn(world, browser, person);
  return browser;
}

/** What a route answered: status and body. */
export async function ask<T = Told>(browser: Browser, method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: T }> {
  const response = await browser.api(method, `${auth}/api${path}`, method === "GET" ? {} : { body: body ?? {} });
  return { status: response.status, body: await response.json<T>() };
}

export type Told = { readonly error: { readonly kind: string; readonly title: string } };

/** An authenticator app by an implementation that is not ours. */
export type App = { readonly codeAt: (at: number) => string };

export function appOf(secret: string): App {
  const totp = new TOTP({ issuer: "Daybook", algorithm: "SHA1", digits: 6, period: 30, secret: Secret.fromBase32(secret) });
  return { codeAt: (at) => totp.generate({ timestamp: at }) };
}

/** Adds an authenticator app and lets its code run out. */
export async function withApp(world: TestWorld, browser: Browser): Promise<{ readonly app: App; readonly recoveryCodes: readonly string[] }> {
  const begun = await ask<TotpBegun>(browser, "POST", "/totp/begin");
  const app = appOf(begun.body.secret);
  const confirmed = await ask<NewCodes>(browser, "POST", "/totp/confirm", { code: app.codeAt(world.clock()) });
  if (confirmed.status !== 200) throw new Error(`no app was added: ${JSON.stringify(confirmed)}`);
  world.pass(2 * STEP_MS);
  return { app, recoveryCodes: confirmed.body.recoveryCodes ?? [] };
}

/** Adds a passkey. */
export async function withPasskey(browser: Browser, nature: Nature = {}): Promise<{ readonly key: Authenticator; readonly recoveryCodes: readonly string[] | null }> {
  const key = new Authenticator(auth, nature);
  const begun = await ask<{ options: PasskeyCreation }>(browser, "POST", "/passkeys/begin");
  const finished = await ask<NewCodes>(browser, "POST", "/passkeys/finish", { name: "A key", response: await key.make(begun.body.options) });
  if (finished.status !== 200) throw new Error(`no passkey was added: ${JSON.stringify(finished)}`);
  return { key, recoveryCodes: finished.body.recoveryCodes };
}

/** The options of a passkey's answer: at sign-in, or as a second factor. */
export async function optionsOf(browser: Browser, where: "/sign-in/passkey" | "/second-factor/passkey"): Promise<PasskeyRequest> {
  return (await ask<{ options: PasskeyRequest }>(browser, "POST", `${where}/begin`)).body.options;
}
