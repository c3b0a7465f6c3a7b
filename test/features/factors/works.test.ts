/** Second factors and passkeys, from adding them to giving them up, as the account page and the sign-in page do it. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { FactorsView, NewCodes, PasskeyCreation, SecondFactorView, TotpBegun } from "../../../src/features/factors/contract";
import type { PersonCard } from "../../../src/features/people/service";
import type { MeView } from "../../../src/features/sessions/contract";
import { MINUTE } from "../../../src/kernel/clock";
import { createBrowser, createTestWorld, type Browser } from "../../support/app";
import { lettersTo } from "../../support/mail";
import { enteredBrowser, givenPerson, givenShop, signIn } from "../../support/people";
import { originOf } from "../../support/app";
import { appOf, ask, auth, halfBrowser, kept, optionsOf, outcome, signedBrowser, STEP_MS, withApp, withPasskey } from "./given";

const world = createTestWorld();

async function subjectsTo(person: PersonCard): Promise<string[]> {
  return (await lettersTo(world, person.email)).map(({ subject }) => subject);
}

describe("an authenticator app", () => {
  it("counts once a code of it was shown, brings ten recovery codes, and then opens half a session", async () => {
    const mara = await givenPerson(world, "Mara");
    const browser = await signedBrowser(world, mara);
    const { app, recoveryCodes } = await withApp(world, browser);
    expect(recoveryCodes).toHaveLength(10);
    expect((await ask<FactorsView>(browser, "GET", "/factors")).body).toMatchObject({ totp: { confirmedAt: world.clock() - 2 * STEP_MS }, passkeys: [], recoveryCodesLeft: 10 });

    const half = await halfBrowser(world, mara);
    expect((await ask<SecondFactorView>(half, "GET", "/second-factor")).body)
      .toEqual({ totp: true, passkey: false, recoveryCode: true, isEnrolled: true, state: "second_factor" });
    expect(await ask(half, "POST", "/second-factor/totp", { code: app.codeAt(world.clock()) })).toEqual({ status: 200, body: { next: `${auth}/` } });
    expect((await ask<MeView>(half, "GET", "/me")).body.name).toBe("Mara");
    expect(await subjectsTo(mara)).toContain("An authenticator app was added");
  });

  it("takes a code with a space in it, of the step before and of the step after", async () => {
    const person = await givenPerson(world, "Ove");
    const { app } = await withApp(world, await signedBrowser(world, person));
    for (const away of [-1, 1]) {
      world.pass(3 * STEP_MS);
      const code = app.codeAt(world.clock() + away * STEP_MS);
      const half = await halfBrowser(world, person);
      expect(await outcome(ask(half, "POST", "/second-factor/totp", { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` }))).toBe("200");
    }
  });

  it("is replaced by a new one, without a moment in which there is none", async () => {
    const person = await givenPerson(world, "Pia");
    const browser = await signedBrowser(world, person);
    const { app } = await withApp(world, browser);
    const begun = await ask<TotpBegun>(browser, "POST", "/totp/begin");
    expect(await outcome(ask(await halfBrowser(world, person), "POST", "/second-factor/totp", { code: app.codeAt(world.clock()) }))).toBe("200");
    const next = appOf(begun.body.secret);
    expect((await ask<NewCodes>(browser, "POST", "/totp/confirm", { code: next.codeAt(world.clock()) })).body).toEqual({ recoveryCodes: null });
    world.pass(6 * MINUTE);
    const half = await halfBrowser(world, person);
    expect(await outcome(ask(half, "POST", "/second-factor/totp", { code: app.codeAt(world.clock()) }))).toBe("401 wrong_proof");
    expect(await outcome(ask(half, "POST", "/second-factor/totp", { code: next.codeAt(world.clock()) }))).toBe("200");
  });

  it("is given up, and what stood in for it with it", async () => {
    const person = await givenPerson(world, "Quinn");
    const browser = await signedBrowser(world, person);
    await withApp(world, browser);
    expect(await outcome(ask(browser, "POST", "/totp/remove"))).toBe("200");
    expect((await ask<FactorsView>(browser, "GET", "/factors")).body).toEqual({ totp: null, passkeys: [], recoveryCodesLeft: 0 });
    expect(await subjectsTo(person)).toContain("Your authenticator app was removed");
  });

  it("keeps its seed sealed, and the recovery codes as hashes", async () => {
    const browser = await signedBrowser(world, await givenPerson(world, "Rhea"));
    const { body } = await ask<TotpBegun>(browser, "POST", "/totp/begin");
    const confirmed = await ask<NewCodes>(browser, "POST", "/totp/confirm", { code: appOf(body.secret).codeAt(world.clock()) });
    const stored = await kept();
    expect(stored).toContain('"sealed_seed":"v1.k1.');
    for (const secret of [body.secret, ...(confirmed.body.recoveryCodes ?? ["none"]).flatMap((code) => [code, code.replaceAll("-", "")])]) expect(stored).not.toContain(secret);
  });
});

describe("recovery codes", () => {
  it("stand in for a factor, each once, and a letter says how many are left", async () => {
    const person = await givenPerson(world, "Sam");
    const { recoveryCodes } = await withApp(world, await signedBrowser(world, person));
    const half = await halfBrowser(world, person);
    expect(await outcome(ask(half, "POST", "/second-factor/recovery", { code: (recoveryCodes?.[3] ?? "").toUpperCase().replaceAll("-", " ") }))).toBe("200");
    expect((await ask<FactorsView>(half, "GET", "/factors")).body.recoveryCodesLeft).toBe(9);
    const letter = (await lettersTo(world, person.email)).find(({ subject }) => subject === "A recovery code was used");
    expect(letter?.text).toContain("9 are left");
  });

  it("are made anew on request, and the earlier ones are worth nothing then", async () => {
    const person = await givenPerson(world, "Tess");
    const browser = await signedBrowser(world, person);
    const { recoveryCodes } = await withApp(world, browser);
    const { body } = await ask<{ codes: string[] }>(browser, "POST", "/recovery-codes");
    expect(new Set([...body.codes, ...(recoveryCodes ?? [])]).size).toBe(20);
    const half = await halfBrowser(world, person);
    expect(await outcome(ask(half, "POST", "/second-factor/recovery", { code: recoveryCodes?.[0] }))).toBe("401 wrong_proof");
    expect(await outcome(ask(half, "POST", "/second-factor/recovery", { code: body.codes[0] }))).toBe("200");
    expect(await subjectsTo(person)).toContain("New recovery codes were made");
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

  it("signs in alone, as both factors, and leads on to where the person was going", async () => {
    const { key, recoveryCodes } = await withPasskey(browser, {}, "Telephone");
    expect(recoveryCodes).toHaveLength(10);
    const elsewhere = createBrowser(world);
    const options = await optionsOf(elsewhere, "/sign-in/passkey");
    expect(options).toMatchObject({ rpId: "auth.localhost", userVerification: "required", allowCredentials: [] });
    const enter = { site: "harbour", challenge: "c".repeat(43), to: "/days" };
    const signed = await ask<{ next: string }>(elsewhere, "POST", "/sign-in/passkey/finish", { response: await key.show(options), enter });
    expect(signed.body.next).toBe(`${auth}/enter?site=harbour&challenge=${"c".repeat(43)}&to=%2Fdays`);
    expect((await ask<SecondFactorView>(elsewhere, "GET", "/second-factor")).body.state).toBe("open");
    const { passkeys } = (await ask<FactorsView>(elsewhere, "GET", "/factors")).body;
    expect(passkeys).toEqual([{ id: passkeys[0]?.id, name: "Telephone", createdAt: world.clock(), lastUsedAt: world.clock(), isBackedUp: true }]);
    expect(await subjectsTo(nora)).toContain("A passkey was added");
  });

  it("is not asked for twice: an enrolment names those that are there", async () => {
    const { body } = await ask<{ options: PasskeyCreation }>(browser, "POST", "/passkeys/begin");
    expect(body.options.excludeCredentials).toHaveLength(1);
    expect(body.options).toMatchObject({ rp: { id: "auth.localhost" }, attestation: "none", pubKeyCredParams: [{ alg: -7 }, { alg: -8 }, { alg: -257 }] });
    expect(atob(body.options.user.id)).not.toContain("nora");
  });

  it("is a second factor after a password, also one that cannot tell who holds it", async () => {
    const person = await givenPerson(world, "Uma");
    const { key } = await withPasskey(await signedBrowser(world, person), { isVerifying: false, isBackupEligible: false, isCounting: true });
    const half = await halfBrowser(world, person);
    const options = await optionsOf(half, "/second-factor/passkey");
    expect(options).toMatchObject({ userVerification: "preferred", allowCredentials: [{ id: key.credentialId, transports: ["hybrid", "internal"] }] });
    expect(await outcome(ask(half, "POST", "/second-factor/passkey/finish", { response: await key.show(options) }))).toBe("200");
    expect((await ask<MeView>(half, "GET", "/me")).body.name).toBe("Uma");
  });

  it("proves once more who somebody is, when the last proof is of ten minutes ago", async () => {
    const person = await givenPerson(world, "Vera");
    const own = await signedBrowser(world, person);
    const { key } = await withPasskey(own);
    world.pass(10 * MINUTE + 1);
    expect(await outcome(ask(own, "POST", "/totp/begin"))).toBe("403 proof_needed");
    const options = await optionsOf(own, "/second-factor/passkey");
    expect(await outcome(ask(own, "POST", "/second-factor/passkey/finish", { response: await key.show(options) }))).toBe("200");
    expect(await outcome(ask(own, "POST", "/totp/begin"))).toBe("200");
    const shown = await env.DIRECTORY.prepare("SELECT factors FROM session WHERE person_id = ?").bind(person.id).first<string>("factors");
    expect(shown).toBe('["password","passkey"]');
  });

  it("is renamed and given up", async () => {
    const person = await givenPerson(world, "Wim");
    const own = await signedBrowser(world, person);
    await withPasskey(own);
    world.pass(1);
    const { key, recoveryCodes } = await withPasskey(own);
    expect(recoveryCodes).toBeNull();
    const second = (await ask<FactorsView>(own, "GET", "/factors")).body.passkeys[1]?.id;
    expect(await outcome(ask(own, "PUT", `/passkeys/${second}`, { name: "  Key of the safe " }))).toBe("200");
    expect((await ask<FactorsView>(own, "GET", "/factors")).body.passkeys[1]?.name).toBe("Key of the safe");
    expect(await outcome(ask(own, "POST", `/passkeys/${second}/remove`))).toBe("200");
    const elsewhere = createBrowser(world);
    expect(await outcome(ask(elsewhere, "POST", "/sign-in/passkey/finish", { response: await key.show(await optionsOf(elsewhere, "/sign-in/passkey")) }))).toBe("401 wrong_proof");
    expect(await subjectsTo(person)).toContain("A passkey was removed");
  });
});

describe("sessions of before", () => {
  it("show the second factor at their next request once there is one, at auth. and in the shop", async () => {
    const person = await givenPerson(world, "Xenia");
    const shop = await givenShop(world, "lantern", person);
    const old = await enteredBrowser(world, person, shop);
    const { app } = await withApp(world, await signedBrowser(world, person));
    expect((await old.api("GET", `${originOf("lantern")}/api/shop`)).status).toBe(401);
    expect(await outcome(ask(old, "GET", "/me"))).toBe("403 second_factor_needed");
    expect((await old.open(`${originOf("lantern")}/enter/start?to=%2Fdays`)).url.pathname).toBe("/second-factor");
    expect(await outcome(ask(old, "POST", "/second-factor/totp", { code: app.codeAt(world.clock()) }))).toBe("200");
    expect((await old.api("GET", `${originOf("lantern")}/api/shop`)).status).toBe(200);
  });

  it("end when a factor is given up, but for the one in which it is", async () => {
    const person = await givenPerson(world, "Yara");
    const browser = await signedBrowser(world, person);
    await withPasskey(browser);
    const { app } = await withApp(world, browser);
    const other = await halfBrowser(world, person);
    expect(await outcome(ask(other, "POST", "/second-factor/totp", { code: app.codeAt(world.clock()) }))).toBe("200");
    expect(await outcome(ask(browser, "POST", "/totp/remove"))).toBe("200");
    expect(await outcome(ask(other, "GET", "/me"))).toBe("401 not_signed_in");
    expect(await outcome(ask(browser, "GET", "/me"))).toBe("200");
  });

  it("lose with the last factor the word that one was shown", async () => {
    const person = await givenPerson(world, "Zita");
    const browser = await signedBrowser(world, person);
    await withApp(world, browser);
    const shownAt = async () => await env.DIRECTORY.prepare("SELECT second_factor_at AS at FROM session WHERE person_id = ?").bind(person.id).first<number>("at");
    expect(await shownAt()).not.toBeNull();
    expect(await outcome(ask(browser, "POST", "/totp/remove"))).toBe("200");
    expect(await shownAt()).toBeNull();
    await signIn(world, browser, person);
    expect(await outcome(ask(browser, "GET", "/me"))).toBe("200");
  });
});
