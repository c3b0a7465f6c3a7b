/** Passkeys over HTTP: answers that are not true, not new, not from here or not of this person, each refused in the same words. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FactorsView, PasskeyCreation } from "../../../src/features/factors/contract";
import type { PersonCard } from "../../../src/features/people/service";
import { MINUTE } from "../../../src/kernel/clock";
import { Authenticator, type Twist } from "../../support/authenticator";
import { createBrowser, createTestWorld, originOf, type Browser } from "../../support/app";
import { givenPerson } from "../../support/people";
import { ask, auth, halfBrowser, kept, optionsOf, outcome, signedBrowser, withPasskey } from "./given";

const world = createTestWorld();
const WRONG = "401 wrong_proof";
const CHALLENGE = { challenge: "x".repeat(43) };

let mara: PersonCard;
let key: Authenticator;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  ({ key } = await withPasskey(await signedBrowser(world, mara)));
});

async function finish(browser: Browser, response: unknown): Promise<string> {
  return await outcome(ask(browser, "POST", "/sign-in/passkey/finish", { response }));
}

const WRONG_ANSWERS: readonly (readonly [string, Twist])[] = [
  ["another challenge", CHALLENGE], ["another site's origin", { origin: "https://evil.example" }], ["a shop's origin", { origin: originOf("harbour") }],
  ["the origin without its port", { origin: "http://auth.localhost" }], ["another relying party", { rpId: "localhost" }], ["an enrolment's type", { type: "webauthn.create" }],
  ["a frame of another site", { crossOrigin: true }], ["a page above it", { topOrigin: "https://evil.example" }], ["a page above it that is ours", { topOrigin: auth }],
  ["nobody there", { isPresent: false }], ["nobody verified", { isVerified: false }], ["a backup that cannot be", { isBackupEligible: false, isBackedUp: true }],
  ["a mind changed on backups", { isBackupEligible: false, isBackedUp: false }], ["no handle of a person", { userHandle: null }],
  ["a handle of somebody else", { userHandle: btoa("z".repeat(26)).replaceAll("=", "") }], ["an unknown credential", { credentialId: "AAAAAAAAAAAAAAAAAAAAAA" }],
];

describe("signing in with a passkey", () => {
  it.each(WRONG_ANSWERS)("is refused for %s", async (_, twist) => {
    const browser = createBrowser(world);
    const options = await optionsOf(browser, "/sign-in/passkey");
    const before = await kept(["session", "passkey"]);
    expect(await finish(browser, await key.show(options, twist))).toBe(WRONG);
    expect(await kept(["session", "passkey"]) === before).toBe(true);
    expect(await finish(browser, await key.show(options))).toBe(twist === CHALLENGE ? "200" : WRONG);
  });

  it("says the same of all of them, to the letter", async () => {
    const told = new Set<string>();
    for (const [, twist] of WRONG_ANSWERS) {
      const browser = createBrowser(world);
      const response = await key.show(await optionsOf(browser, "/sign-in/passkey"), twist);
      const answer = await browser.api("POST", `${auth}/api/sign-in/passkey/finish`, { body: { response } });
      told.add(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
    }
    expect([...told]).toHaveLength(1);
  });

  it("answers a challenge once, also of two at once", async () => {
    const browser = createBrowser(world);
    const response = await key.show(await optionsOf(browser, "/sign-in/passkey"));
    expect((await Promise.all([finish(browser, response), finish(browser, response)])).toSorted()).toEqual(["200", WRONG]);
    expect(await finish(browser, response)).toBe(WRONG);
  });

  it("answers it within ten minutes, in the browser that asked, and in any of its tabs", async () => {
    const browser = createBrowser(world);
    const late = await key.show(await optionsOf(browser, "/sign-in/passkey"));
    world.pass(10 * MINUTE);
    expect(await finish(browser, late)).toBe(WRONG);
    expect(await finish(createBrowser(world), await key.show(await optionsOf(browser, "/sign-in/passkey")))).toBe(WRONG);
    const stranger = createBrowser(world);
    await optionsOf(stranger, "/sign-in/passkey");
    expect(await finish(stranger, await key.show(await optionsOf(browser, "/sign-in/passkey")))).toBe(WRONG);
    const first = await optionsOf(browser, "/sign-in/passkey");
    await optionsOf(browser, "/sign-in/passkey");
    expect(await finish(browser, await key.show(first))).toBe("200");
  });

  it("is refused to somebody who was disabled", async () => {
    const gone = await givenPerson(world, "Gone");
    const { key: theirs } = await withPasskey(await signedBrowser(world, gone));
    await env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(gone.id).run();
    const browser = createBrowser(world);
    expect(await finish(browser, await theirs.show(await optionsOf(browser, "/sign-in/passkey")))).toBe(WRONG);
  });

  it("is refused when the count goes back or stands still, and the log tells of a possible copy", async () => {
    const { key: counting } = await withPasskey(await signedBrowser(world, await givenPerson(world, "Nils")), { isCounting: true, isBackupEligible: false });
    const browser = createBrowser(world);
    const show = async (counter: number) => await finish(browser, await counting.show(await optionsOf(browser, "/sign-in/passkey"), { counter }));
    expect([await show(9), await show(9), await show(3), await show(0), await show(10)]).toEqual(["200", WRONG, WRONG, WRONG, "200"]);
    expect(world.lines.filter((line) => line.includes("passkey.counter_went_back"))).toHaveLength(3);
  });

  it("of junk is a clear refusal and never a fault", async () => {
    const browser = createBrowser(world);
    const good = await key.show(await optionsOf(browser, "/sign-in/passkey"));
    const bad: readonly unknown[] = [
      null, [], "", {}, { ...good, id: "" }, { ...good, id: "a".repeat(1_365) }, { ...good, id: "not base64url!" }, { ...good, type: "password" }, { ...good, evil: 1 },
      { ...good, response: { ...good.response, authenticatorData: "A".repeat(4_001) } }, { ...good, response: { ...good.response, signature: 5 } }, { ...good, authenticatorAttachment: "elsewhere" },
    ];
    for (const response of bad) expect([JSON.stringify(response)?.slice(0, 60), await finish(browser, response)]).toEqual([JSON.stringify(response)?.slice(0, 60), "400 invalid_input"]);
    for (const part of ["clientDataJSON", "authenticatorData", "signature"] as const) {
      for (const junk of ["", "A", "oA", "____", good.response[part].slice(0, -4)]) expect([part, junk, await finish(browser, { ...good, response: { ...good.response, [part]: junk } })]).toEqual([part, junk, WRONG]);
    }
  });
});

describe("a passkey as a second factor", () => {
  it("is the person's own, of this session, and for this purpose", async () => {
    const [nora, other] = [await givenPerson(world, "Nora"), await givenPerson(world, "Olga")];
    const { key: own } = await withPasskey(await signedBrowser(world, nora));
    const { key: foreign } = await withPasskey(await signedBrowser(world, other));
    const [half, second] = [await halfBrowser(world, nora), await halfBrowser(world, nora)];
    const prove = async (browser: Browser, response: unknown) => await outcome(ask(browser, "POST", "/second-factor/passkey/finish", { response }));
    expect(await prove(half, await foreign.show(await optionsOf(half, "/second-factor/passkey")))).toBe(WRONG);
    expect(await prove(half, await own.show(await optionsOf(half, "/second-factor/passkey"), { credentialId: foreign.credentialId }))).toBe(WRONG);
    expect(await prove(half, await own.show(await optionsOf(second, "/second-factor/passkey")))).toBe(WRONG);
    expect(await prove(half, await own.show(await optionsOf(half, "/sign-in/passkey")))).toBe(WRONG);
    expect(await finish(half, await own.show(await optionsOf(half, "/second-factor/passkey")))).toBe(WRONG);
    const early = await own.show(await optionsOf(half, "/second-factor/passkey"));
    expect(await prove(half, await own.show(await optionsOf(half, "/second-factor/passkey")))).toBe("200");
    expect(await prove(half, early)).toBe(WRONG);
  });

  it("that cannot tell who holds it does not sign in alone", async () => {
    const { key: plain } = await withPasskey(await signedBrowser(world, await givenPerson(world, "Piet")), { isVerifying: false });
    const browser = createBrowser(world);
    expect(await finish(browser, await plain.show(await optionsOf(browser, "/sign-in/passkey")))).toBe(WRONG);
  });

  it("is not asked of somebody who has none", async () => {
    expect(await outcome(ask(await signedBrowser(world, await givenPerson(world, "Quinn")), "POST", "/second-factor/passkey/begin"))).toBe("409 conflict");
  });
});

describe("adding a passkey", () => {
  let person: PersonCard;
  let browser: Browser;
  let count = 0;

  beforeEach(async () => {
    count += 1;
    person = await givenPerson(world, `Rosa ${count}`);
    browser = await signedBrowser(world, person);
  });

  const begin = async (by = browser) => (await ask<{ options: PasskeyCreation }>(by, "POST", "/passkeys/begin")).body.options;
  const add = async (response: unknown, by = browser) => await outcome(ask(by, "POST", "/passkeys/finish", { name: "A key", response }));

  it("is refused for another challenge, page, type, frame or relying party, and for flags that cannot be", async () => {
    for (const twist of [
      CHALLENGE, { origin: originOf("harbour") }, { type: "webauthn.get" }, { crossOrigin: true }, { topOrigin: auth }, { rpId: "evil.example" }, { isPresent: false },
      { isBackupEligible: false, isBackedUp: true }, { credentialId: "AAAAAAAAAAAAAAAAAAAAAA" },
    ] satisfies Twist[]) expect([twist, await add(await new Authenticator(auth).make(await begin(), twist))]).toEqual([twist, WRONG]);
    expect((await ask<FactorsView>(browser, "GET", "/factors")).body).toEqual({ totp: null, passkeys: [], recoveryCodesLeft: 0 });
  });

  it("answers its own challenge, once, in its own session", async () => {
    const [options, fresh] = [await begin(), new Authenticator(auth)];
    expect(await add(await fresh.make(options), await signedBrowser(world, person))).toBe(WRONG);
    expect(await add(await fresh.make(await optionsAsCreation(browser, options)))).toBe(WRONG);
    const made = await fresh.make(await begin());
    expect(await add(made)).toBe("200");
    expect(await add(made)).toBe(WRONG);
    expect(await add(await fresh.make(await begin()))).toBe("409 conflict");
  });

  it("is refused for one that is somebody else's, who keeps it", async () => {
    expect(await add(await key.make({ ...(await begin()), user: { id: btoa(mara.id).replaceAll("=", "") } }))).toBe("409 conflict");
    const elsewhere = createBrowser(world);
    expect(await finish(elsewhere, await key.show(await optionsOf(elsewhere, "/sign-in/passkey")))).toBe("200");
  });

  it("ends at twenty, also for two at once", async () => {
    const insert = env.DIRECTORY.prepare("INSERT INTO passkey (credential_id, id, person_id, name, public_key, counter, transports, is_backup_eligible, is_backed_up, created_at) VALUES (?1, ?2, ?3, 'x', 'x', 0, '[]', 0, 0, 1)");
    await env.DIRECTORY.batch(Array.from({ length: 19 }, (_, index) => insert.bind(`${person.id}-${index}`, `${person.id.slice(2)}${String(index).padStart(2, "0")}`, person.id)));
    const made = [await new Authenticator(auth).make(await begin()), await new Authenticator(auth).make(await begin())];
    const answers = await Promise.all(made.map(async (one) => await add(one)));
    expect(answers.filter((one) => one === "200")).toHaveLength(1);
    expect(await outcome(ask(browser, "POST", "/passkeys/begin"))).toBe("409 conflict");
  });

  it("is refused when it is too large to be one, before anything reads it", async () => {
    const good = await new Authenticator(auth).make(await begin());
    for (const response of [
      { ...good, response: { ...good.response, attestationObject: "A".repeat(16_001) } }, { ...good, response: { ...good.response, transports: Array<string>(11).fill("usb") } },
      { ...good, rawId: "a".repeat(1_365) }, { ...good, response: { ...good.response, clientDataJSON: "A".repeat(4_001) } },
    ]) expect(await add(response)).toBe("400 invalid_input");
    for (const name of ["", "  ", "n".repeat(61)]) expect(await outcome(ask(browser, "POST", "/passkeys/finish", { name, response: good }))).toBe("400 invalid_input");
  });
});

/** The options of an enrolment with the challenge of a sign-in in them. */
async function optionsAsCreation(browser: Browser, options: PasskeyCreation): Promise<PasskeyCreation> {
  return { ...options, challenge: (await optionsOf(browser, "/sign-in/passkey")).challenge };
}

describe("another person's passkey", () => {
  it("is as absent as one that never was: it is neither renamed nor removed nor listed", async () => {
    const browser = await signedBrowser(world, await givenPerson(world, "Sven"));
    await withPasskey(browser);
    const foreign = await env.DIRECTORY.prepare("SELECT id FROM passkey WHERE person_id = ?").bind(mara.id).first<string>("id");
    const before = await kept(["passkey"]);
    const told = async (id: string | null) => [
      (await ask(browser, "PUT", `/passkeys/${id}`, { name: "Mine now" })).body, (await ask(browser, "POST", `/passkeys/${id}/remove`)).body,
    ];
    expect(await told(foreign)).toEqual(await told("a".repeat(26)));
    for (const id of [foreign, "a".repeat(26), "junk", "%00"]) {
      expect(await outcome(ask(browser, "PUT", `/passkeys/${id}`, { name: "Mine now" }))).toBe("404 not_found");
      expect(await outcome(ask(browser, "POST", `/passkeys/${id}/remove`))).toBe("404 not_found");
    }
    expect(await kept(["passkey"]) === before).toBe(true);
    expect((await ask<FactorsView>(browser, "GET", "/factors")).body.passkeys).toHaveLength(1);
  });
});
