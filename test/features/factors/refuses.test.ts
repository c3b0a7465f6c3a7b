/** Codes that are not right, or right and not yours, used, too old, too many; and what nobody may do to their own last factor. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { authSite } from "../../../src/app";
import type { FactorsView, NewCodes, SecondFactorView, TotpBegun } from "../../../src/features/factors/contract";
import type { PersonCard } from "../../../src/features/people/service";
import { MINUTE } from "../../../src/kernel/clock";
import { createBrowser, createTestWorld, type Browser } from "../../support/app";
import { givenPerson, givenShop } from "../../support/people";
import { appOf, ask, auth, halfBrowser, kept, optionsOf, outcome, signedBrowser, STEP_MS, withApp, withPasskey } from "./given";

const world = createTestWorld();

async function show(browser: Browser, code: string | undefined, by = "totp"): Promise<string> {
  return await outcome(ask(browser, "POST", `/second-factor/${by}`, { code }));
}

/** Codes of one person count together: five, then a wait of five minutes. */
const rest = () => world.pass(5 * MINUTE);

describe("a code of an authenticator app", () => {
  it("is taken once: not again, not in another session, not by two at once", async () => {
    const person = await givenPerson(world, "Mara");
    const { app } = await withApp(world, await signedBrowser(world, person));
    const [one, other] = [await halfBrowser(world, person), await halfBrowser(world, person)];
    const code = app.codeAt(world.clock());
    expect((await Promise.all([show(one, code), show(other, code)])).toSorted()).toEqual(["200", "401 wrong_proof"]);
    expect(await show(await halfBrowser(world, person), code)).toBe("401 wrong_proof");
  });

  it("is not taken once a later one was, nor the one that confirmed the app", async () => {
    const person = await givenPerson(world, "Nils");
    const browser = await signedBrowser(world, person);
    const app = appOf((await ask<TotpBegun>(browser, "POST", "/totp/begin")).body.secret);
    const confirming = app.codeAt(world.clock());
    expect(await outcome(ask(browser, "POST", "/totp/confirm", { code: confirming }))).toBe("200");
    const half = await halfBrowser(world, person);
    expect(await show(half, confirming)).toBe("401 wrong_proof");
    world.pass(2 * STEP_MS);
    const [before, after] = [app.codeAt(world.clock() - STEP_MS), app.codeAt(world.clock() + STEP_MS)];
    expect(await show(half, after)).toBe("200");
    expect(await show(await halfBrowser(world, person), before)).toBe("401 wrong_proof");
  });

  it("is not taken two steps away from now, of somebody else's app, or of none", async () => {
    const [person, other] = [await givenPerson(world, "Olga"), await givenPerson(world, "Piet")];
    const { app } = await withApp(world, await signedBrowser(world, person));
    const { app: foreign } = await withApp(world, await signedBrowser(world, other));
    world.pass(4 * STEP_MS);
    const half = await halfBrowser(world, person);
    for (const code of [app.codeAt(world.clock() - 2 * STEP_MS), app.codeAt(world.clock() + 2 * STEP_MS), foreign.codeAt(world.clock())]) {
      expect(await show(half, code)).toBe("401 wrong_proof");
    }
    expect(await show(await halfBrowser(world, await givenPerson(world, "Nobody")), foreign.codeAt(world.clock()))).toBe("401 wrong_proof");
  });

  it("is waited for after five wrong ones, in whichever session, and a passkey still opens", async () => {
    const person = await givenPerson(world, "Rosa");
    const browser = await signedBrowser(world, person);
    const { key } = await withPasskey(browser);
    const { app } = await withApp(world, browser);
    rest();
    const sessions = await Promise.all(Array.from({ length: 8 }, async () => await halfBrowser(world, person)));
    const tried = await Promise.all(sessions.map(async (half) => await show(half, "000000")));
    expect(tried.toSorted()).toEqual([...Array<string>(5).fill("401 wrong_proof"), ...Array<string>(3).fill("429 too_many_requests")]);
    const half = await halfBrowser(world, person);
    expect(await show(half, app.codeAt(world.clock()))).toBe("429 too_many_requests");
    expect(await outcome(ask(half, "POST", "/second-factor/passkey/finish", { response: await key.show(await optionsOf(half, "/second-factor/passkey")) }))).toBe("200");
    rest();
    expect(await show(await halfBrowser(world, person), app.codeAt(world.clock()))).toBe("200");
  });

  it("of six other signs is no code", async () => {
    const person = await givenPerson(world, "Sven");
    const { app } = await withApp(world, await signedBrowser(world, person));
    const half = await halfBrowser(world, person);
    for (const code of ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", `${app.codeAt(world.clock())}\u0000`, "9".repeat(1_000), null, 123_456, ["123456"]]) {
      expect([code, await outcome(ask(half, "POST", "/second-factor/totp", { code }))]).toEqual([code, "400 invalid_input"]);
    }
  });
});

describe("an authenticator app", () => {
  it("that was shown and not confirmed is no factor", async () => {
    const person = await givenPerson(world, "Tara");
    const browser = await signedBrowser(world, person);
    const app = appOf((await ask<TotpBegun>(browser, "POST", "/totp/begin")).body.secret);
    const wrong = app.codeAt(world.clock() + 20 * STEP_MS);
    expect(await outcome(ask(browser, "POST", "/totp/confirm", { code: wrong }))).toBe("401 wrong_proof");
    expect((await ask<SecondFactorView>(browser, "GET", "/second-factor")).body).toMatchObject({ totp: false, recoveryCode: false, isEnrolled: false });
    expect(await show(browser, app.codeAt(world.clock()))).toBe("401 wrong_proof");
    expect(await outcome(ask(browser, "POST", "/totp/remove"))).toBe("404 not_found");
    expect(await outcome(ask(browser, "POST", "/recovery-codes"))).toBe("409 conflict");
  });

  it("is confirmed by the code of the last one that was shown, once, and two at once leave one set of recovery codes", async () => {
    const person = await givenPerson(world, "Ulf");
    const browser = await signedBrowser(world, person);
    expect(await outcome(ask(browser, "POST", "/totp/confirm", { code: "123456" }))).toBe("409 conflict");
    const early = appOf((await ask<TotpBegun>(browser, "POST", "/totp/begin")).body.secret);
    const late = appOf((await ask<TotpBegun>(browser, "POST", "/totp/begin")).body.secret);
    expect(await outcome(ask(browser, "POST", "/totp/confirm", { code: early.codeAt(world.clock()) }))).toBe("401 wrong_proof");
    const code = late.codeAt(world.clock());
    const answers = await Promise.all([1, 2].map(async () => await ask<NewCodes>(browser, "POST", "/totp/confirm", { code })));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await show(await halfBrowser(world, person), won[0]?.body.recoveryCodes?.[0], "recovery")).toBe("200");
  });

  it("whose seed was moved to another person does not open", async () => {
    const [person, thief] = [await givenPerson(world, "Ruth"), await givenPerson(world, "Thief")];
    const { app } = await withApp(world, await signedBrowser(world, thief));
    await withApp(world, await signedBrowser(world, person));
    await env.DIRECTORY.prepare("UPDATE totp SET sealed_seed = (SELECT sealed_seed FROM totp WHERE person_id = ?1), last_step = 0 WHERE person_id = ?2").bind(thief.id, person.id).run();
    expect(await show(await halfBrowser(world, person), app.codeAt(world.clock()))).toBe("503 key_unavailable");
  });
});

describe("a recovery code", () => {
  it("is used once, by one of two at once, and by nobody else", async () => {
    const [person, other] = [await givenPerson(world, "Vito"), await givenPerson(world, "Wanda")];
    const { recoveryCodes } = await withApp(world, await signedBrowser(world, person));
    await withApp(world, await signedBrowser(world, other));
    const code = recoveryCodes?.[0];
    expect(await show(await halfBrowser(world, other), code, "recovery")).toBe("401 wrong_proof");
    const [one, two] = [await halfBrowser(world, person), await halfBrowser(world, person)];
    expect((await Promise.all([show(one, code, "recovery"), show(two, code, "recovery")])).toSorted()).toEqual(["200", "401 wrong_proof"]);
    expect(await show(await halfBrowser(world, person), code, "recovery")).toBe("401 wrong_proof");
    rest();
    for (const junk of ["abcd", "-", " ", "aaaa-aaaa-aaaa-aaaa"]) expect([junk, await show(one, junk, "recovery")]).toEqual([junk, "401 wrong_proof"]);
  });
});

describe("half a session", () => {
  it("opens no route of auth. but those that show a second factor, and those that ask for nobody", async () => {
    const person = await givenPerson(world, "Xaver");
    const { app } = await withApp(world, await signedBrowser(world, person));
    const half = await halfBrowser(world, person);
    const before = await kept();
    const guarded = authSite.routes.flatMap(({ method, path, handler }) => ("access" in handler ? [{ method, path, access: String(handler.access) }] : []));
    const closed = guarded.filter(({ access }) => access === "signed_in" || access === "proved_lately");
    expect(closed.length).toBeGreaterThan(12);
    for (const { method, path } of closed) {
      const response = await half.api(method, `${auth}${path.replace(/:\w+/g, "a".repeat(26))}`, method === "GET" ? {} : { body: {} });
      expect([path, response.status, (await response.json<{ error: { kind: string } }>()).error.kind]).toEqual([path, 403, "second_factor_needed"]);
    }
    expect(guarded.filter(({ access }) => access === "half_signed_in").every(({ path }) => path.startsWith("/api/second-factor"))).toBe(true);
    expect(await kept() === before).toBe(true);
    expect(await show(half, app.codeAt(world.clock()))).toBe("200");
  });
});

describe("a change", () => {
  it("asks for a proof of the last ten minutes, whichever it is, and changes nothing without", async () => {
    const person = await givenPerson(world, "Yves");
    const browser = await signedBrowser(world, person);
    await withPasskey(browser);
    world.pass(10 * MINUTE + 1);
    const { passkeys } = (await ask<FactorsView>(browser, "GET", "/factors")).body;
    const before = await kept();
    const changes: readonly (readonly [string, unknown?])[] = [
      ["/totp/begin"], ["/totp/confirm", { code: "123456" }], ["/totp/remove"], ["/recovery-codes"], ["/passkeys/begin"], [`/passkeys/${passkeys[0]?.id}/remove`],
      ["/passkeys/finish", { name: "x", response: { id: "AA", rawId: "AA", type: "public-key", response: { clientDataJSON: "e30", attestationObject: "oA" } } }],
    ];
    for (const [path, body] of changes) expect([path, await outcome(ask(browser, "POST", path, body))]).toEqual([path, "403 proof_needed"]);
    expect(await kept() === before).toBe(true);
  });

  it("is nobody's without a session", async () => {
    for (const path of ["/totp/begin", "/passkeys/begin", "/recovery-codes", "/second-factor/passkey/begin"]) {
      expect([path, await outcome(ask(createBrowser(world), "POST", path))]).toEqual([path, "401 not_signed_in"]);
    }
    for (const path of ["/factors", "/second-factor"] as const) expect(await outcome(ask(createBrowser(world), "GET", path))).toBe("401 not_signed_in");
  });
});

describe("the last factor", () => {
  async function member(name: string, slug: string): Promise<{ readonly person: PersonCard; readonly browser: Browser }> {
    const person = await givenPerson(world, name);
    await givenShop(world, slug, person);
    await env.DIRECTORY.prepare("UPDATE shop SET requires_second_factor = 1 WHERE slug = ?").bind(slug).run();
    return { person, browser: await signedBrowser(world, person) };
  }
  const firstKey = async (browser: Browser) => (await ask<FactorsView>(browser, "GET", "/factors")).body.passkeys[0]?.id;

  it("stays while a shop of theirs asks for one, which is named, and goes once there is another or none asks", async () => {
    const { browser } = await member("Zora", "harbour");
    await withApp(world, browser);
    const before = await kept();
    const refused = await ask(browser, "POST", "/totp/remove");
    expect([refused.status, refused.body.error.title]).toEqual([409, "This is your last second factor, and it is asked for by The harbour. Add another one first."]);
    expect(await kept() === before).toBe(true);
    await withPasskey(browser);
    expect(await outcome(ask(browser, "POST", "/totp/remove"))).toBe("200");
    const path = `/passkeys/${await firstKey(browser)}/remove`;
    expect(await outcome(ask(browser, "POST", path))).toBe("409 conflict");
    await env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE slug = 'harbour'").run();
    expect(await outcome(ask(browser, "POST", path))).toBe("200");
  });

  it("stays when two are given up at once", async () => {
    const { browser } = await member("Adam", "lantern");
    await withApp(world, browser);
    await withPasskey(browser);
    const answers = await Promise.all([outcome(ask(browser, "POST", "/totp/remove")), outcome(ask(browser, "POST", `/passkeys/${await firstKey(browser)}/remove`))]);
    expect(answers.toSorted()).toEqual(["200", "409 conflict"]);
    expect((await ask<SecondFactorView>(browser, "GET", "/second-factor")).body.isEnrolled).toBe(true);
  });
});
