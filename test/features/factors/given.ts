/** People with factors, made by the routes that the account page calls. */
import { env } from "cloudflare:workers";
import { Secret, TOTP } from "otpauth";
import type { NewCodes, PasskeyCreation, PasskeyRequest, TotpBegun } from "../../../src/features/factors/contract";
import type { PersonCard } from "../../../src/features/people/service";
import { SESSION_COOKIE, writeToken } from "../../../src/features/sessions/rules";
import { beginSession } from "../../../src/features/sessions/service";
import type { World } from "../../../src/platform/world";
import { Authenticator, type Nature } from "../../support/authenticator";
import { createBrowser, originOf, type Browser, type TestWorld } from "../../support/app";
import { signIn } from "../../support/people";

export const auth = originOf("auth");
export const STEP_MS = 30_000;

/** A browser in which a person is signed in at `auth.`, by a password alone. */
export async function signedBrowser(world: World, person: PersonCard): Promise<Browser> {
  const browser = createBrowser(world);
  await signIn(world, browser, person);
  return browser;
}

/** A browser that showed the password of somebody who has a second factor. */
export async function halfBrowser(world: World, person: PersonCard): Promise<Browser> {
  const browser = createBrowser(world);
  const token = await beginSession(world, env, person.id, new Request(auth), { factor: "password", awaitsSecondFactor: true });
  browser.cookies(new URL(auth).host).set(SESSION_COOKIE, writeToken(token));
  return browser;
}

export type Told = { readonly error: { readonly kind: string; readonly title: string } };
export type Asked<T> = { readonly status: number; readonly body: T };

/** Asks a route of `auth.`; a POST sends an empty object where no other body is given. */
export async function ask<T = Told>(browser: Browser, method: "GET" | "POST" | "PUT", path: string, body: unknown = {}): Promise<Asked<T>> {
  const response = await browser.api(method, `${auth}/api${path}`, method === "GET" ? {} : { body });
  return { status: response.status, body: await response.json<T>() };
}

/** The status of an answer and the kind of its refusal, if it is one. */
export async function outcome(answer: Promise<Asked<Told>>): Promise<string> {
  const { status, body } = await answer;
  return status === 200 ? "200" : `${status} ${body.error.kind}`;
}

/** An authenticator app of another make. */
export type App = { readonly codeAt: (at: number) => string };

export function appOf(secret: string): App {
  const totp = new TOTP({ issuer: "Daybook", algorithm: "SHA1", digits: 6, period: 30, secret: Secret.fromBase32(secret) });
  return { codeAt: (at) => totp.generate({ timestamp: at }) };
}

/** Adds an authenticator app, and lets the code that confirmed it run out. */
export async function withApp(world: TestWorld, browser: Browser): Promise<{ readonly app: App; readonly recoveryCodes: readonly string[] | null }> {
  const begun = await ask<TotpBegun>(browser, "POST", "/totp/begin");
  const app = appOf(begun.body.secret);
  const confirmed = await ask<NewCodes>(browser, "POST", "/totp/confirm", { code: app.codeAt(world.clock()) });
  if (confirmed.status !== 200) throw new Error(`no app was added: ${JSON.stringify(confirmed)}`);
  world.pass(2 * STEP_MS);
  return { app, recoveryCodes: confirmed.body.recoveryCodes };
}

/** Adds a passkey. */
export async function withPasskey(browser: Browser, nature: Nature = {}, name = "A key"): Promise<{ readonly key: Authenticator; readonly recoveryCodes: readonly string[] | null }> {
  const key = new Authenticator(auth, nature);
  const begun = await ask<{ options: PasskeyCreation }>(browser, "POST", "/passkeys/begin");
  const finished = await ask<NewCodes>(browser, "POST", "/passkeys/finish", { name, response: await key.make(begun.body.options) });
  if (finished.status !== 200) throw new Error(`no passkey was added: ${JSON.stringify(finished)}`);
  return { key, recoveryCodes: finished.body.recoveryCodes };
}

/** How a browser is asked for a passkey: at sign-in, or as a second factor. */
export async function optionsOf(browser: Browser, where: "/sign-in/passkey" | "/second-factor/passkey"): Promise<PasskeyRequest> {
  return (await ask<{ options: PasskeyRequest }>(browser, "POST", `${where}/begin`)).body.options;
}

/** Everything that is kept of factors and sessions, as text: to see what changed, and what must not stand in it. */
export async function kept(tables: readonly string[] = ["totp", "passkey", "recovery_code", "passkey_challenge", "session"]): Promise<string> {
  const results = await env.DIRECTORY.batch(tables.map((table) => env.DIRECTORY.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`)));
  return JSON.stringify(results.map((result) => result.results));
}
