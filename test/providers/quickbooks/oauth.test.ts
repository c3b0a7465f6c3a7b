import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "../../../src/kernel/clock";
import { quickbooks } from "../../../src/providers/quickbooks/index";
import { createSend } from "../../../src/providers/send";
import { BAKERY, CAFE, CLIENT, failureOf, givenBooks, LONGER_THAN_A_TOKEN, valueOf } from "./given";

const { oauth } = quickbooks;

describe("connecting", () => {
  test("sends the merchant to Intuit's consent page with our client, redirect URI, scope and state", () => {
    const url = oauth.authorizeUrl(CLIENT, "the-state", "unused-challenge");
    expect(url.origin + url.pathname).toBe("https://appcenter.intuit.com/connect/oauth2");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "daybook-app", redirect_uri: CLIENT.redirectUri, response_type: "code",
      scope: "com.intuit.quickbooks.accounting", state: "the-state",
    });
  });

  test("brings tokens with their ends, and the company that the consent was for", async () => {
    const { connect, now } = givenBooks();
    const { tokens, accounts: [{ id: externalAccount }] } = await connect(BAKERY);
    expect(externalAccount).toBe(BAKERY);
    expect(tokens).toMatchObject({
      accessExpiresAt: now() + HOUR, refreshExpiresAt: now() + 8_726_400_000, scopes: ["com.intuit.quickbooks.accounting"],
    });
    expect(tokens.accessToken).not.toBe(tokens.refreshToken);
  });

  test("after Deny brings the reason and no token", async () => {
    const { send, consent, now, control } = givenBooks();
    const query = await consent(CAFE, "deny");
    expect(query).toEqual({ error: "access_denied", state: "the-state" });
    expect(failureOf(await oauth.exchange(send, CLIENT, query, "", now()))).toMatchObject({ kind: "provider_refused", answer: { code: "access_denied" } });
    expect(control.calls({ path: "/tokens" })).toHaveLength(0);
  });

  test("works once per code, and within its ten minutes", async () => {
    const { send, consent, now, pass } = givenBooks();
    const query = await consent(CAFE);
    valueOf(await oauth.exchange(send, CLIENT, query, "", now()));
    expect(failureOf(await oauth.exchange(send, CLIENT, query, "", now()))).toMatchObject({ kind: "provider_refused", answer: { code: "invalid_grant" } });
    const late = await consent(CAFE);
    pass(10 * MINUTE);
    expect(failureOf(await oauth.exchange(send, CLIENT, late, "", now())).kind).toBe("provider_refused");
  });

  test("is refused to another client, a wrong secret and another redirect URI", async () => {
    const { send, consent, now } = givenBooks();
    const query = await consent(CAFE);
    const attempt = async (change: Partial<typeof CLIENT>) => failureOf(await oauth.exchange(send, { ...CLIENT, ...change }, query, "", now()));
    expect(await attempt({ clientId: "someone" })).toMatchObject({ kind: "provider_refused", answer: { status: 401, code: "invalid_client" } });
    expect(await attempt({ clientSecret: "guess" })).toMatchObject({ kind: "provider_refused", answer: { status: 401, code: "invalid_client" } });
    expect((await attempt({ redirectUri: `${CLIENT.redirectUri}/` })).kind).toBe("provider_refused");
    expect((await oauth.exchange(send, CLIENT, query, "", now())).ok).toBe(true);
  });

  test("a company that was swapped on the way back is found out", async () => {
    const { send, consent, now } = givenBooks();
    const query = await consent(CAFE);
    const failure = failureOf(await oauth.exchange(send, CLIENT, { ...query, realmId: BAKERY }, "", now()));
    expect(failure).toMatchObject({ kind: "invalid_input", fields: [{ path: "realmId" }] });
    expect(JSON.stringify(failure)).not.toContain("Linnet");
  });

  test.each<Record<string, string>>([{}, { code: "c" }, { realmId: CAFE }, { code: "", realmId: CAFE }, { code: "c", realmId: "1/../../admin" }, { code: "c", realmId: "" }])(
    "a callback of %j asks Intuit nothing", async (query) => {
      const { send, now, control } = givenBooks();
      expect(failureOf(await oauth.exchange(send, CLIENT, query, "", now())).kind).toBe("invalid_input");
      expect(control.calls()).toHaveLength(0);
    },
  );

  test("a code nobody issued is refused", async () => {
    const { send, now } = givenBooks();
    expect(failureOf(await oauth.exchange(send, CLIENT, { code: "XAB1guess", realmId: CAFE }, "", now())).kind).toBe("provider_refused");
  });
});

describe("refreshing", () => {
  test("brings a new access token and, within a day, the same refresh token", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.pass(LONGER_THAN_A_TOKEN);
    const renewed = valueOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()));
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    expect(renewed).toMatchObject({ refreshToken: tokens.refreshToken, accessExpiresAt: world.now() + HOUR, scopes: tokens.scopes });
    expect((await quickbooks.describe(world.accessTo(CAFE, renewed))).ok).toBe(true);
    expect((await quickbooks.describe(world.accessTo(CAFE, tokens))).ok).toBe(false);
  });

  test("after a day brings a new refresh token, and the one before it is dead", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.pass(DAY);
    const renewed = valueOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()));
    expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
    const failure = failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()));
    expect(failure).toMatchObject({ kind: "reconnect_needed", answer: { code: "invalid_grant", reference: expect.stringMatching(/^1-/) } });
    expect((await oauth.refresh(world.send, CLIENT, renewed, world.now())).ok).toBe(true);
  });

  test("keeps a grant alive past its hundred days, but not past five years", async () => {
    const world = givenBooks();
    let { tokens } = await world.connect();
    for (let quarter = 0; quarter < 20; quarter += 1) {
      world.pass(91 * DAY);
      tokens = valueOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()));
    }
    expect(tokens.refreshExpiresAt).toBe(Date.UTC(2026, 0, 10, 20) + 5 * 365 * DAY);
    world.pass(6 * DAY);
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe("reconnect_needed");
  });

  test("after more than a hundred days of silence needs a person", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.pass(102 * DAY);
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe("reconnect_needed");
  });

  test("whose answer was lost within the day can be repeated with the same token", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.control.misbehave({ misbehaviour: { kind: "lost" }, path: "/tokens/bearer" });
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe("provider_down");
    expect((await oauth.refresh(world.send, CLIENT, tokens, world.now())).ok).toBe(true);
  });

  test.each([
    ["status 500", { kind: "status", status: 500 }, "provider_down"],
    ["a gateway's page", { kind: "html", status: 502 }, "provider_down"],
    ["a limit", { kind: "throttle", retryAfterSeconds: 3 }, "provider_busy"],
    ["a cut answer", { kind: "truncated" }, "provider_unreadable"],
    ["an empty answer", { kind: "empty" }, "provider_unreadable"],
    ["silence", { kind: "hang" }, "provider_down"],
  ] as const)("met with %s does not ask anybody to reconnect", async (_, misbehaviour, kind) => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.control.misbehave({ misbehaviour, path: "/tokens/bearer" });
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe(kind);
  });

  test("with a wrong client secret does not ask anybody to reconnect", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    const failure = failureOf(await oauth.refresh(world.send, { ...CLIENT, clientSecret: "old" }, tokens, world.now()));
    expect(failure.kind).toBe("provider_refused");
  });
});

describe("disconnecting", () => {
  test("kills every token of the grant, and leaves other companies alone", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    const bakery = await world.open(BAKERY);
    valueOf(await oauth.revoke(world.send, CLIENT, tokens));
    expect(failureOf(await quickbooks.describe(world.accessTo(CAFE, tokens)))).toMatchObject({ kind: "provider_refused", answer: { status: 401 } });
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe("reconnect_needed");
    expect((await quickbooks.describe(bakery)).ok).toBe(true);
  });

  test("of a grant that is already dead succeeds", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.control.revoke(CAFE);
    expect((await oauth.revoke(world.send, CLIENT, tokens)).ok).toBe(true);
  });

  test("fails while Intuit does not answer, so that it can be tried again", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.control.misbehave({ misbehaviour: { kind: "status", status: 503 }, path: "/revoke" });
    expect(failureOf(await oauth.revoke(world.send, CLIENT, tokens)).kind).toBe("provider_down");
    expect(failureOf(await oauth.revoke(world.send, { ...CLIENT, clientSecret: "old" }, tokens)).kind).toBe("provider_refused");
    expect((await quickbooks.describe(world.accessTo(CAFE, tokens))).ok).toBe(true);
  });
});

test("no failure tells a token, a code or the client secret, even when Intuit repeats them", async () => {
  const { connect, control } = givenBooks();
  const { tokens } = await connect();
  const echo = createSend(async (request) => {
    const sent = `${new TextDecoder().decode(await request.arrayBuffer())} ${request.headers.get("authorization") ?? ""}`;
    return Response.json({ error: "invalid_grant", error_description: decodeURIComponent(sent) }, { status: 400 });
  }, quickbooks.manifest);
  const failure = failureOf(await oauth.refresh(echo, CLIENT, tokens, 0));
  expect(failure.kind).toBe("reconnect_needed");
  for (const secret of [...control.issuedSecrets(), btoa(`${CLIENT.clientId}:${CLIENT.clientSecret}`)]) {
    expect(JSON.stringify(failure)).not.toContain(secret);
  }
});
