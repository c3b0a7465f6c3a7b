import { describe, expect, test } from "vitest";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { caller, type World } from "./caller";
import { CAFE, CLIENT, givenBooks, valueOf } from "./given";

describe("the door", () => {
  test("answers XML to a caller who does not accept JSON, and signs every answer with an intuit_tid of its own", async () => {
    const { call } = await caller(givenBooks());
    const xml = await call("GET", "/preferences", undefined, "*/*");
    expect(xml.text).toMatch(/^<\?xml .*<HomeCurrency><value>USD<\/value><\/HomeCurrency>/s);
    const tids = await Promise.all(["/preferences", "/preferences", "/journalentry/1"].map(async (path) => (await call("GET", path)).headers.get("intuit_tid")));
    expect(new Set(tids).size).toBe(3);
  });

  test("knows no other path and no other method", async () => {
    const { call } = await caller(givenBooks());
    expect((await call("GET", "/unicorn", undefined, "*/*")).status).toBe(404);
    for (const [method, path] of [["DELETE", "/journalentry/1"], ["PUT", "/journalentry"], ["GET", "/journalentry"], ["POST", "/preferences"]] as const) {
      expect([method, path, (await call(method, path, method === "GET" ? undefined : "{}")).status]).toEqual([method, path, 405]);
    }
  });

  test("says 401 in lower case to no token, a wrong one and a dead one", async () => {
    const world = givenBooks();
    const { call } = await caller(world);
    world.control.revoke(CAFE);
    const dead = await call("GET", "/preferences");
    expect([dead.status, dead.json["fault"]]).toEqual([401, { error: [{ message: "message=AuthenticationFailed; errorCode=003200; statusCode=401", detail: null, code: "3200", element: null }], type: "AUTHENTICATION" }]);
    const url = `https://quickbooks.api.intuit.com/v3/company/${CAFE}/preferences`;
    for (const authorization of ["", "Bearer guess", "Basic x"]) {
      expect((await world.transport(new Request(url, { headers: { authorization } }))).status).toBe(401);
    }
  });

  test("shows consent only to a known client with its exact redirect URI, scope and state", async () => {
    const { transport } = givenBooks();
    const good = quickbooks.oauth.authorizeUrl(CLIENT, "s", "");
    const status = async (change: Record<string, string>) => {
      const url = new URL(good);
      for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
      return (await transport(new Request(url))).status;
    };
    expect(await status({})).toBe(200);
    const bad = [["client_id", "x"], ["redirect_uri", `${CLIENT.redirectUri}?a`], ["response_type", "token"], ["scope", "openid"], ["state", ""]] as const;
    for (const [name, value] of bad) expect([name, await status({ [name]: value })]).toEqual([name, 400]);
  });

  test("tells the pair's hard end to those who ask, and takes a revocation as form or JSON", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    const post = async (url: string, body: string, headers: Record<string, string>) => {
      const authorization = `Basic ${btoa(`${CLIENT.clientId}:${CLIENT.clientSecret}`)}`;
      return await world.transport(new Request(url, { method: "POST", body, headers: { authorization, ...headers } }));
    };
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const refreshed = await post("https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
      new URLSearchParams({ grant_type: "refresh_token", refresh_token: tokens.refreshToken }).toString(),
      { ...form, "x-include-refresh-token-hard-expires-in": "true" });
    expect(await refreshed.json()).toMatchObject({ token_type: "bearer", expires_in: 3_600, x_refresh_token_expires_in: 8_726_400, x_refresh_token_hard_expires_in: 157_680_000 });
    const revoke = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke";
    expect((await post(revoke, `token=${tokens.accessToken}`, form)).status).toBe(200);
    expect((await post(revoke, JSON.stringify({ token: tokens.accessToken }), { "content-type": "application/json" })).status).toBe(400);
  });
});

describe("its switchboard", () => {
  const post = async (world: World, path: string, body: unknown) => {
    const init = { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    return (await world.transport(new Request(`http://quickbooks.localhost:8787/__sim${path}`, init))).status;
  };

  test("does over HTTP what the control does", async () => {
    const world = givenBooks();
    const access = await world.open();
    expect(await post(world, `/company/${CAFE}`, { bookCloseDate: "2026-01-31" })).toBe(204);
    expect(valueOf(await quickbooks.describe(access)).closedThrough).toBe("2026-01-31");
    expect(await post(world, "/faults", { misbehaviour: { kind: "throttle", retryAfterSeconds: 9 }, path: "/query" })).toBe(204);
    expect(await quickbooks.accounts(access)).toMatchObject({ failure: { kind: "provider_busy", retryAfterSeconds: 9 } });
    expect(await post(world, `/company/${CAFE}/account/20`, { isActive: false })).toBe(204);
    expect(valueOf(await quickbooks.accounts(access)).find(({ id }) => id === "20")?.isActive).toBe(false);
    expect(await post(world, "/grants", { realm: CAFE, act: "revoke" })).toBe(204);
    expect((await quickbooks.describe(access)).ok).toBe(false);
  });

  test.each([
    ["/faults", { misbehaviour: { kind: "explode" } }], ["/limits", { perMinute: 0, perSecond: 1 }], ["/switches", { latencyMs: -1 }],
    [`/company/${CAFE}`, { bookCloseDate: "soon" }], ["/grants", { realm: CAFE, act: "snapshot" }], ["/faults", undefined],
  ])("refuses nonsense at %s", async (path, body) => {
    expect(await post(givenBooks(), path, body)).toBe(400);
  });
});
