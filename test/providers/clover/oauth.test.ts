import { describe, expect, it } from "vitest";
import { DAY, MINUTE, SECOND } from "../../../src/kernel/clock";
import { clover } from "../../../src/providers/clover";
import { client, connect, consent, givenClover, IRISH, MERCHANT, type World } from "./given";

const { oauth } = clover;

async function exchange(world: World, back: URL, as = client): ReturnType<typeof oauth.exchange> {
  return await oauth.exchange(world.send, as, Object.fromEntries(back.searchParams), "", world.now());
}

describe("connecting", () => {
  it.each([["na", "https://www.clover.com"], ["eu", "https://www.eu.clover.com"], ["la", "https://www.la.clover.com"], [null, "https://www.clover.com"]])(
    "sends the merchant of region %s to %s, with the registered redirect and no secret", (region, origin) => {
      const url = oauth.authorizeUrl({ ...client, region }, "the-state", "unused");
      expect(url.origin + url.pathname).toBe(`${origin}/oauth/v2/authorize`);
      expect(Object.fromEntries(url.searchParams)).toEqual({ client_id: client.clientId, redirect_uri: client.redirectUri, response_type: "code", state: "the-state" });
    },
  );

  it.each([[MERCHANT, "na"], [IRISH, "eu"]])("brings tokens of the region and the account's whole name for %s", async (merchant, region) => {
    const world = givenClover();
    const { tokens, access } = await connect(world, merchant, region);
    expect(access.externalAccount).toBe(`${region}.${merchant}`);
    expect(tokens).toMatchObject({ region, scopes: [], accessExpiresAt: Math.floor((world.now() + 30 * MINUTE) / SECOND) * SECOND });
    expect(tokens.refreshExpiresAt).toBe(Math.floor((world.now() + 365 * DAY) / SECOND) * SECOND);
    expect((await clover.describe(access)).ok).toBe(true);
  });

  it("carries a denial back with its state and no code", async () => {
    expect(Object.fromEntries((await consent(givenClover(), MERCHANT, "deny")).searchParams)).toEqual({ error: "access_denied", state: "the-state" });
  });

  it("refuses a redirect of the App Market, which has neither code nor state, without asking Clover", async () => {
    const world = givenClover();
    const back = await consent(world, MERCHANT, "market");
    expect([...back.searchParams.keys()]).toEqual(["merchant_id", "employee_id", "client_id"]);
    const before = world.control.journal().length;
    expect(await exchange(world, back)).toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { code: "NO_CODE" } } });
    expect(world.control.journal()).toHaveLength(before);
  });

  it("opens nothing of a merchant whose id somebody wrote into the address", async () => {
    const world = givenClover();
    const back = await consent(world);
    back.searchParams.set("merchant_id", "STRANGERSH0P1");
    const exchanged = await exchange(world, back);
    if (!exchanged.ok) throw new Error(exchanged.failure.kind);
    const { tokens, accounts: [{ id }] } = exchanged.value;
    expect(await clover.describe({ send: world.send, accessToken: tokens.accessToken, externalAccount: id })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it.each(["", "short", "../../oauth/v2", "C0VEK1TCHEN01/orders", "c0vek1tchen01"])("takes %j for no merchant's id", async (merchantId) => {
    const world = givenClover();
    const back = await consent(world);
    back.searchParams.set("merchant_id", merchantId);
    expect(await exchange(world, back)).toMatchObject({ ok: false, failure: { kind: "provider_refused" } });
  });

  it.each([
    ["a code that was used", async (world: World) => {
      const back = await consent(world);
      await exchange(world, back);
      return { back, as: client };
    }],
    ["a code that is too old", async (world: World) => {
      const back = await consent(world);
      world.pass(11 * MINUTE);
      return { back, as: client };
    }],
    ["a wrong client secret", async (world: World) => ({ back: await consent(world), as: { ...client, clientSecret: "another" } })],
    ["another region's host", async (world: World) => ({ back: await consent(world), as: { ...client, region: "eu" } })],
  ])("is refused with %s, without a word about reconnecting and without an echo of the secret", async (_, prepare) => {
    const world = givenClover();
    const { back, as } = await prepare(world);
    const refused = await exchange(world, back, as);
    expect(refused).toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { status: 401, message: "Failed to validate authentication code." } } });
    expect(JSON.stringify(refused)).not.toContain(as.clientSecret);
  });

  it("asks for no scope and may call nothing that writes", () => {
    expect(clover.manifest.scopes).toEqual([]);
    expect(clover.manifest.allowed.filter(({ method, path }) => method !== "GET" && !path.startsWith("/oauth/"))).toEqual([]);
  });
});

describe("renewing", () => {
  it("brings a new pair each time, without the secret, at the tokens' own region", async () => {
    const world = givenClover();
    const { tokens } = await connect(world, IRISH, "eu");
    const renewed = await oauth.refresh(world.send, { ...client, clientSecret: "not needed", region: "na" }, tokens, world.now());
    if (!renewed.ok) throw new Error(renewed.failure.kind);
    expect(renewed.value.refreshToken).not.toBe(tokens.refreshToken);
    expect(renewed.value.region).toBe("eu");
    expect(world.control.journal().at(-1)).toMatchObject({ host: "api.eu.clover.com", path: "/oauth/v2/refresh", status: 200 });
  });

  it("works once for each token: of two workers at once, the second is told that its token is dead", async () => {
    const world = givenClover();
    const { tokens } = await connect(world);
    const both = await Promise.all([oauth.refresh(world.send, client, tokens, world.now()), oauth.refresh(world.send, client, tokens, world.now())]);
    expect(both.map((one) => (one.ok ? "renewed" : one.failure.kind)).toSorted()).toEqual(["reconnect_needed", "renewed"]);
  });

  it("is over when the answer was lost, for Clover does not give it twice", async () => {
    const world = givenClover();
    const { tokens } = await connect(world);
    world.control.fault({ kind: "answer_lost", path: "/refresh" });
    expect(await oauth.refresh(world.send, client, tokens, world.now())).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
    expect(await oauth.refresh(world.send, client, tokens, world.now())).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it.each([["unavailable", "provider_down"], ["rate_limited", "provider_busy"], ["truncated", "provider_unreadable"]] as const)(
    "leaves the grant alone when Clover is %s", async (kind, failure) => {
      const world = givenClover();
      const { tokens } = await connect(world);
      world.control.fault({ kind, path: "/refresh" });
      expect(await oauth.refresh(world.send, client, tokens, world.now())).toMatchObject({ ok: false, failure: { kind: failure } });
    },
  );

  it("is over when the merchant uninstalls the app", async () => {
    const world = givenClover();
    const { tokens, access } = await connect(world);
    world.control.uninstall(MERCHANT);
    expect(await oauth.refresh(world.send, client, tokens, world.now())).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
    expect(await clover.describe(access)).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });
});

describe("ending", () => {
  it("spends the refresh token, so that no copy of it opens anything, and is done", async () => {
    const world = givenClover();
    const { tokens } = await connect(world);
    expect(await oauth.revoke(world.send, client, tokens)).toEqual({ ok: true, value: undefined });
    expect(await oauth.refresh(world.send, client, tokens, world.now())).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("of a grant that is dead already is done too, and is tried again while Clover does not answer", async () => {
    const world = givenClover();
    const { tokens } = await connect(world);
    world.control.fault({ kind: "unavailable", path: "/refresh" });
    expect(await oauth.revoke(world.send, client, tokens)).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
    world.control.uninstall(MERCHANT);
    expect((await oauth.revoke(world.send, client, tokens)).ok).toBe(true);
  });
});
