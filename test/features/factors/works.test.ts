/** Second factors and passkeys, from adding them to giving them up, as the account page and the sign-in page do it. */
import { beforeAll, describe, expect, it } from "vitest";
import type { FactorsView, SecondFactorView } from "../../../src/features/factors/contract";
import type { MeView } from "../../../src/features/sessions/contract";
import { beginSession } from "../../../src/features/sessions/service";
import { SESSION_COOKIE, writeToken } from "../../../src/features/sessions/rules";
import { env } from "cloudflare:workers";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import type { PersonCard } from "../../../src/features/people/service";
import { givenPerson, givenShop } from "../../support/people";
import { ask, auth, optionsOf, signedBrowser, withApp, withPasskey } from "./given";

const world = createTestWorld();

/** A browser that showed a password to somebody's account with a second factor. */
async function halfBrowser(person: PersonCard): Promise<Browser> {
  const browser = createBrowser(world);
  const token = await beginSession(world, env, person.id, new Request(auth), { factor: "password", awaitsSecondFactor: true });
  browser.cookies(new URL(auth).host).set(SESSION_COOKIE, writeToken(token));
  return browser;
}

describe("an authenticator app", () => {
  it("counts once a code of it was shown, brings ten recovery codes, and opens a half session", async () => {
    const mara = await givenPerson(world, "Mara");
    const browser = await signedBrowser(world, mara);
    const { app, recoveryCodes } = await withApp(world, browser);
    expect(recoveryCodes).toHaveLength(10);
    expect((await ask<FactorsView>(browser, "GET", "/factors")).body).toMatchObject({ passkeys: [], recoveryCodesLeft: 10 });

    const half = await halfBrowser(mara);
    expect((await ask<SecondFactorView>(half, "GET", "/second-factor")).body)
      .toEqual({ totp: true, passkey: false, recoveryCode: true, isEnrolled: true, state: "second_factor" });
    expect((await ask(half, "GET", "/me")).body.error.kind).toBe("second_factor_needed");
    expect(await ask(half, "POST", "/second-factor/totp", { code: app.codeAt(world.clock()) })).toEqual({ status: 200, body: { next: `${auth}/` } });
    expect((await ask<MeView>(half, "GET", "/me")).body.name).toBe("Mara");
  });
});

describe("a passkey", () => {
  let browser: Browser;
  let nora: PersonCard;

  beforeAll(async () => {
    nora = await givenPerson(world, "Nora");
    await givenShop(world, "harbour", nora);
    browser = await signedBrowser(world, nora);
  });

  it("signs in alone, and counts as both factors", async () => {
    const { key, recoveryCodes } = await withPasskey(browser);
    expect(recoveryCodes).toHaveLength(10);
    const elsewhere = createBrowser(world);
    const options = await optionsOf(elsewhere, "/sign-in/passkey");
    expect(options).toMatchObject({ rpId: "auth.localhost", userVerification: "required", allowCredentials: [] });
    const enter = { site: "harbour", challenge: "c".repeat(43), to: "/days" };
    const signed = await ask<{ next: string }>(elsewhere, "POST", "/sign-in/passkey/finish", { response: await key.show(options), enter });
    expect(signed.body.next).toContain(`${auth}/enter?site=harbour`);
    expect((await ask<MeView>(elsewhere, "GET", "/me")).body.name).toBe("Nora");
    expect(originOf("harbour")).toContain("harbour");
  });
});
