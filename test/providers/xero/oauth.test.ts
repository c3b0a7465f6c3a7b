import { describe, expect, test } from "vitest";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import { xero } from "../../../src/providers/xero/index";
import { createSend } from "../../../src/providers/send";
import { BAKERY, CAFE, CLIENT, failureOf, givenBooks, LONGER_THAN_A_TOKEN, valueOf, VERIFIER } from "./given";

const { oauth } = xero;

describe("connecting", () => {
  test("sends the merchant to Xero's consent page with our client, redirect URI, scopes, state and challenge", () => {
    const url = oauth.authorizeUrl(CLIENT, "the-state", "the-challenge");
    expect(url.origin + url.pathname).toBe("https://login.xero.com/identity/connect/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "daybook-app", redirect_uri: CLIENT.redirectUri, response_type: "code", state: "the-state",
      scope: "offline_access accounting.manualjournals accounting.settings", code_challenge: "the-challenge", code_challenge_method: "S256",
    });
  });

  test("brings tokens with their ends, and every organisation that the consent was for, by name", async () => {
    const { connect, now } = givenBooks();
    const { tokens, accounts } = await connect(CAFE, BAKERY);
    expect(accounts).toEqual([{ id: CAFE, name: "Kestrel Coffee" }, { id: BAKERY, name: "Linnet Bakery" }]);
    expect(tokens).toMatchObject({ accessExpiresAt: now() + 30 * MINUTE, refreshExpiresAt: now() + 60 * DAY, scopes: [...xero.manifest.scopes] });
  });

  test("leaves practices out, which have no books", async () => {
    const { connect, transport, consent, now } = givenBooks();
    await connect();
    const mixed = createSend(async (request) => {
      const response = await transport(request);
      if (new URL(request.url).pathname !== "/connections") return response;
      const [one] = await response.json<Record<string, unknown>[]>();
      return Response.json([{ ...one, tenantId: crypto.randomUUID(), tenantType: "PRACTICE" }, one]);
    }, xero.manifest);
    expect(valueOf(await oauth.exchange(mixed, CLIENT, await consent([CAFE]), VERIFIER, now())).accounts).toEqual([{ id: CAFE, name: "Kestrel Coffee" }]);
  });

  test("ends the grant where it opens no organisation, or does not say which", async () => {
    const { transport, consent, now, control, send } = givenBooks();
    const none = createSend(async (request) => (new URL(request.url).pathname === "/connections" ? Response.json([]) : await transport(request)), xero.manifest);
    expect(failureOf(await oauth.exchange(none, CLIENT, await consent([CAFE]), VERIFIER, now())).kind).toBe("invalid_input");
    expect(control.calls({ path: "/connect/revocation" })).toHaveLength(1);
    control.misbehave({ misbehaviour: { kind: "truncated" }, path: "/connections" });
    expect(failureOf(await oauth.exchange(send, CLIENT, await consent([CAFE]), VERIFIER, now())).kind).toBe("provider_unreadable");
    expect(control.calls({ path: "/connect/revocation" })).toHaveLength(2);
  });

  test("after Deny brings the reason and no token", async () => {
    const { send, consent, now, control } = givenBooks();
    const query = await consent([CAFE], "deny");
    expect(query).toEqual({ error: "access_denied", state: "the-state" });
    expect(failureOf(await oauth.exchange(send, CLIENT, query, VERIFIER, now()))).toMatchObject({ kind: "provider_refused", answer: { code: "access_denied" } });
    expect(control.calls({ path: "/connect/token" })).toHaveLength(0);
  });

  test("works once per code, and within its five minutes", async () => {
    const { send, consent, now, pass } = givenBooks();
    const query = await consent([CAFE]);
    valueOf(await oauth.exchange(send, CLIENT, query, VERIFIER, now()));
    expect(failureOf(await oauth.exchange(send, CLIENT, query, VERIFIER, now()))).toMatchObject({ kind: "provider_refused", answer: { code: "invalid_grant" } });
    const late = await consent([CAFE]);
    pass(5 * MINUTE);
    expect(failureOf(await oauth.exchange(send, CLIENT, late, VERIFIER, now())).kind).toBe("provider_refused");
  });

  test("is refused to another client, a wrong secret, another redirect URI and another browser's verifier", async () => {
    const { send, consent, now } = givenBooks();
    const query = await consent([CAFE]);
    const attempt = async (change: Partial<typeof CLIENT>, verifier = VERIFIER) => failureOf(await oauth.exchange(send, { ...CLIENT, ...change }, query, verifier, now()));
    expect(await attempt({ clientId: "someone" })).toMatchObject({ kind: "provider_refused", answer: { code: "invalid_client" } });
    expect(await attempt({ clientSecret: "guess" })).toMatchObject({ kind: "provider_refused", answer: { code: "invalid_client" } });
    expect((await attempt({ redirectUri: `${CLIENT.redirectUri}/` })).kind).toBe("provider_refused");
    expect(await attempt({}, "another")).toMatchObject({ kind: "provider_refused", answer: { code: "invalid_grant" } });
    expect((await oauth.exchange(send, CLIENT, query, VERIFIER, now())).ok).toBe(true);
  });

  test.each<Record<string, string>>([{}, { code: "" }, { state: "the-state" }])("a callback of %j asks Xero nothing", async (query) => {
    const { send, now, control } = givenBooks();
    expect(failureOf(await oauth.exchange(send, CLIENT, query, VERIFIER, now())).kind).toBe("invalid_input");
    expect(control.calls()).toHaveLength(0);
  });
});

describe("refreshing", () => {
  test("brings new tokens of both kinds, for another sixty days", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.pass(LONGER_THAN_A_TOKEN);
    const renewed = valueOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()));
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
    expect(renewed).toMatchObject({ accessExpiresAt: world.now() + 30 * MINUTE, refreshExpiresAt: world.now() + 60 * DAY, scopes: tokens.scopes });
    expect((await xero.describe(world.accessTo(CAFE, renewed))).ok).toBe(true);
  });

  test("whose answer was lost can be repeated with the old token for half an hour, and not after", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.control.misbehave({ misbehaviour: { kind: "lost" }, path: "/connect/token" });
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe("provider_down");
    world.pass(30 * MINUTE - 1);
    const renewed = valueOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()));
    world.pass(1);
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()))).toMatchObject({ kind: "reconnect_needed", answer: { code: "invalid_grant" } });
    expect((await oauth.refresh(world.send, CLIENT, renewed, world.now())).ok).toBe(true);
  });

  test("by two at once leaves both with tokens that work", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    const both = await Promise.all([1, 2].map(async () => valueOf(await oauth.refresh(world.send, CLIENT, tokens, world.now()))));
    for (const renewed of both) {
      expect((await xero.describe(world.accessTo(CAFE, renewed))).ok).toBe(true);
      expect((await oauth.refresh(world.send, CLIENT, renewed, world.now())).ok).toBe(true);
    }
  });

  test("after sixty days of silence needs a person", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.pass(60 * DAY);
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe("reconnect_needed");
  });

  test.each([
    ["a gateway's page", { kind: "html", status: 502 }, "provider_down"], ["status 500", { kind: "status", status: 500 }, "provider_down"],
    ["a limit", { kind: "throttle", problem: "appminute", retryAfterSeconds: 3 }, "provider_busy"], ["a cut answer", { kind: "truncated" }, "provider_unreadable"],
    ["an empty answer", { kind: "empty" }, "provider_unreadable"], ["silence", { kind: "hang" }, "provider_down"],
  ] as const)("met with %s does not ask anybody to reconnect", async (_, misbehaviour, kind) => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.control.misbehave({ misbehaviour, path: "/connect/token" });
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe(kind);
  });

  test("with a wrong client secret does not ask anybody to reconnect", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    expect(failureOf(await oauth.refresh(world.send, { ...CLIENT, clientSecret: "old" }, tokens, world.now())).kind).toBe("provider_refused");
  });
});

describe("disconnecting", () => {
  test("kills every token of the grant, and leaves other grants alone", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    const other = await world.open(BAKERY);
    valueOf(await oauth.revoke(world.send, CLIENT, tokens));
    expect(failureOf(await xero.describe(world.accessTo(CAFE, tokens)))).toMatchObject({ kind: "provider_refused", answer: { status: 401 } });
    expect(failureOf(await oauth.refresh(world.send, CLIENT, tokens, world.now())).kind).toBe("reconnect_needed");
    expect((await xero.describe(other)).ok).toBe(true);
  });

  test("of a grant that is already dead succeeds; while Xero does not answer it fails, so that it can be tried again", async () => {
    const world = givenBooks();
    const { tokens } = await world.connect();
    world.control.misbehave({ misbehaviour: { kind: "status", status: 503 }, path: "/revocation" });
    expect(failureOf(await oauth.revoke(world.send, CLIENT, tokens)).kind).toBe("provider_down");
    expect(failureOf(await oauth.revoke(world.send, { ...CLIENT, clientSecret: "old" }, tokens)).kind).toBe("provider_refused");
    world.control.revoke(CAFE);
    expect((await oauth.revoke(world.send, CLIENT, tokens)).ok).toBe(true);
  });
});

test("no failure tells a token, a code, a verifier or the client secret, even when Xero repeats them", async () => {
  const { connect, control } = givenBooks();
  const { tokens } = await connect();
  const echo = createSend(async (request) => {
    const sent = `${new TextDecoder().decode(await request.arrayBuffer())} ${request.headers.get("authorization") ?? ""}`;
    return Response.json({ error: "invalid_grant", error_description: decodeURIComponent(sent) }, { status: 400 });
  }, xero.manifest);
  const failures = [failureOf(await oauth.refresh(echo, CLIENT, tokens, 0)), failureOf(await oauth.exchange(echo, CLIENT, { code: "the-spent-code" }, VERIFIER, 0))];
  expect(failures.map(({ kind }) => kind)).toEqual(["reconnect_needed", "provider_refused"]);
  for (const secret of [...control.issuedSecrets(), "the-spent-code", VERIFIER, btoa(`${CLIENT.clientId}:${CLIENT.clientSecret}`)]) {
    expect(JSON.stringify(failures)).not.toContain(secret);
  }
});
