import { describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import type { OAuthClient } from "../../../src/providers/contract";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { client, connect, consent, givenSquare, type World } from "./given";

const { oauth } = square;

function exchange(world: World, code: string, as: OAuthClient = client): ReturnType<typeof oauth.exchange> {
  return oauth.exchange(world.send, as, { code }, "", world.now());
}

async function codeFor(world: World): Promise<string> {
  return (await consent(world, "MERCHANT_A")).searchParams.get("code") ?? "";
}

describe("connecting", () => {
  it("sends the merchant to Square with client, scopes, state and the registered redirect, and no secret", () => {
    const url = oauth.authorizeUrl(client, "the-state", "unused");
    expect(url.origin + url.pathname).toBe("https://connect.squareup.com/oauth2/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: client.clientId, redirect_uri: client.redirectUri, state: "the-state", session: "false",
      scope: "MERCHANT_PROFILE_READ ORDERS_READ PAYMENTS_READ ITEMS_READ PAYOUTS_READ CASH_DRAWER_READ GIFTCARDS_READ",
    });
  });

  it("asks for no scope that could change anything", () => {
    expect(square.manifest.scopes.filter((scope) => !scope.endsWith("_READ"))).toEqual([]);
  });

  it("brings tokens for thirty days and the merchant's id", async () => {
    const world = givenSquare();
    const exchanged = await exchange(world, await codeFor(world));
    if (!exchanged.ok) throw new Error(exchanged.failure.kind);
    const { tokens, accounts: [{ id: externalAccount }] } = exchanged.value;
    expect(externalAccount).toBe("MERCHANT_A");
    expect(tokens.accessExpiresAt).toBe(Math.floor((world.now() + 30 * DAY) / 1_000) * 1_000);
    expect(tokens).toMatchObject({ refreshExpiresAt: null, scopes: square.manifest.scopes });
  });

  it("carries a denial back with its state and no code", async () => {
    const back = await consent(givenSquare(), "MERCHANT_A", "deny");
    expect(Object.fromEntries(back.searchParams))
      .toEqual({ error: "access_denied", error_description: "user_denied", state: "the-state" });
  });

  it.each([
    ["a code that was never given", (): Promise<string> => Promise.resolve("sq0cgb-guess")],
    ["a code that was used", async (world: World): Promise<string> => {
      const code = await codeFor(world);
      await exchange(world, code);
      return code;
    }],
    ["a code older than five minutes", async (world: World): Promise<string> => {
      const code = await codeFor(world);
      world.pass(5 * MINUTE);
      return code;
    }],
  ])("is refused with %s, without a word about reconnecting", async (_, codeOf) => {
    const world = givenSquare();
    expect(await exchange(world, await codeOf(world))).toMatchObject({
      ok: false, failure: { kind: "provider_refused", answer: { status: 401, code: "UNAUTHORIZED" } },
    });
  });

  it.each([
    ["another secret", { ...client, clientSecret: "wrong" }],
    ["another redirect URI", { ...client, redirectUri: `${client.redirectUri}/` }],
    ["another client", { ...client, clientId: "sq0idp-other" }],
  ])("is refused with %s", async (_, other) => {
    const world = givenSquare();
    expect(await exchange(world, await codeFor(world), other)).toMatchObject({ ok: false, failure: { kind: "provider_refused" } });
  });

  it.each([["empty"], ["truncated"]] as const)("is unreadable when the token answer is %s", async (kind) => {
    const world = givenSquare();
    const code = await codeFor(world);
    world.control.fault({ kind, path: "/oauth2/token" });
    expect(await exchange(world, code)).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });
});

describe("refreshing", () => {
  it("brings a new access token, keeps the refresh token, and leaves the old access token alive", async () => {
    const world = givenSquare();
    const { tokens, access } = await connect(world);
    world.pass(20 * DAY);
    const renewed = await oauth.refresh(world.send, client, tokens, world.now());
    if (!renewed.ok) throw new Error(renewed.failure.kind);
    expect(renewed.value.refreshToken).toBe(tokens.refreshToken);
    expect(renewed.value.accessToken).not.toBe(tokens.accessToken);
    expect(renewed.value.accessExpiresAt).toBeGreaterThan(tokens.accessExpiresAt);
    expect((await square.describe(access)).ok).toBe(true);
  });

  it("may be done twice with the same refresh token, so a lost answer costs nothing", async () => {
    const world = givenSquare();
    const { tokens } = await connect(world);
    world.control.fault({ kind: "answer_lost", path: "/oauth2/token" });
    expect(await oauth.refresh(world.send, client, tokens, world.now()))
      .toMatchObject({ ok: false, failure: { kind: "provider_down" } });
    expect((await oauth.refresh(world.send, client, tokens, world.now())).ok).toBe(true);
  });

  it.each([false, true])("needs a person when the merchant removed Daybook (older error form: %s)", async (speaksOldErrors) => {
    const world = givenSquare();
    const { tokens } = await connect(world);
    world.control.settings({ speaksOldErrors });
    world.control.revoke("MERCHANT_A");
    expect(await oauth.refresh(world.send, client, tokens, world.now()))
      .toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("needs a person when it is refused after the access token ran out", async () => {
    const world = givenSquare();
    const { tokens } = await connect(world);
    world.pass(31 * DAY);
    const dead = await oauth.refresh(world.send, client, { ...tokens, refreshToken: "EQAAdead" }, world.now());
    expect(dead).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("blames the configuration, not the merchant, when the secret is wrong and the grant still lives", async () => {
    const world = givenSquare();
    const { tokens } = await connect(world);
    const wrong = { ...client, clientSecret: "rotated" };
    expect(await oauth.refresh(world.send, wrong, tokens, world.now())).toMatchObject({
      ok: false, failure: { kind: "provider_refused", answer: { code: "UNAUTHORIZED" } },
    });
  });

  it.each([
    ["rate_limited", "provider_busy"], ["unavailable", "provider_down"], ["bad_gateway", "provider_down"], ["internal_error", "provider_down"],
  ] as const)("waits when Square says %s", async (kind, failure) => {
    const world = givenSquare();
    const { tokens } = await connect(world);
    world.control.fault({ kind, path: "/oauth2/token" });
    expect(await oauth.refresh(world.send, client, tokens, world.now())).toMatchObject({ ok: false, failure: { kind: failure } });
  });
});

describe("disconnecting", () => {
  it("ends every token of the merchant at Square, and only theirs", async () => {
    const world = givenSquare();
    const [mine, older, other] = [await connect(world), await connect(world), await connect(world, "MERCHANT_C")];
    expect((await oauth.revoke(world.send, client, mine.tokens)).ok).toBe(true);
    for (const { access } of [mine, older]) {
      expect(await square.describe(access))
        .toMatchObject({ ok: false, failure: { kind: "reconnect_needed", answer: { code: "ACCESS_TOKEN_REVOKED" } } });
    }
    expect((await square.describe(other.access)).ok).toBe(true);
  });

  it("succeeds when the grant is dead already", async () => {
    const world = givenSquare();
    const { tokens } = await connect(world);
    world.control.revoke("MERCHANT_A");
    expect((await oauth.revoke(world.send, client, tokens)).ok).toBe(true);
    expect((await oauth.revoke(world.send, client, { ...tokens, accessToken: "EAAAunknown" })).ok).toBe(true);
  });

  it("does not claim success when the secret was refused", async () => {
    const world = givenSquare();
    const { tokens, access } = await connect(world);
    expect(await oauth.revoke(world.send, { ...client, clientSecret: "wrong" }, tokens))
      .toMatchObject({ ok: false, failure: { kind: "provider_refused" } });
    expect((await square.describe(access)).ok).toBe(true);
  });
});

describe("what people are shown of a refusal", () => {
  it("never holds a token, a code or the secret", async () => {
    const world = givenSquare();
    const { tokens } = await connect(world);
    const echoing = async (request: Request): Promise<Response> =>
      Response.json({ errors: [{ category: "AUTHENTICATION_ERROR", code: "FORBIDDEN", detail: await request.text() }] }, { status: 403 });
    const send = createSend(echoing, square.manifest);
    const shown = JSON.stringify([
      await oauth.refresh(send, client, tokens, world.now()), await oauth.revoke(send, client, tokens),
      await oauth.exchange(send, client, { code: "sq0cgb-code" }, "", world.now()),
    ]);
    for (const secret of [tokens.accessToken, tokens.refreshToken, client.clientSecret, "sq0cgb-code"]) expect(shown).not.toContain(secret);
  });
});
