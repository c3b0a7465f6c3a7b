import { describe, expect, test } from "vitest";
import { z } from "zod";
import { systemRandom } from "../../src/kernel/clock";
import { hashOf, newSecret } from "../../src/kernel/ids";
import {
  authorizationUrl, basicAuthorization, formBody, parseJson, providerAnswer, readTokenAnswer, retryAfterSeconds,
} from "../../src/providers/oauth";

const CLIENT = { clientId: "daybook", clientSecret: "s3cret:with/colon", redirectUri: "https://auth.daybook.example/callback/books", region: null };
const SCHEMA = z.object({ access_token: z.string(), expires_in: z.number() });

const answer = (status: number, text: string, headers: Record<string, string> = {}) => ({ status, text, headers: new Headers(headers) });
const read = (status: number, text: string, headers: Record<string, string> = {}) => {
  return readTokenAnswer(answer(status, text, headers), SCHEMA, { provider: "quickbooks", secrets: ["the-token"], reference: "1-a" });
};

describe("proof key for code exchange", () => {
  test("the challenge is RFC 7636's for its own verifier (appendix B)", async () => {
    expect(await hashOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  test("a verifier is 43 characters of its alphabet and never the same", () => {
    const verifiers = new Set(Array.from({ length: 100 }, () => newSecret(systemRandom)));
    expect(verifiers.size).toBe(100);
    for (const verifier of verifiers) expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe("what is sent", () => {
  test("the authorization URL carries client, exact redirect URI, state and scopes, and no secret", () => {
    const url = authorizationUrl("https://provider.example/authorize", CLIENT, "st&te=1", ["a.read", "b.read"]);
    expect(url.origin + url.pathname).toBe("https://provider.example/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: "code", client_id: "daybook", redirect_uri: CLIENT.redirectUri, state: "st&te=1", scope: "a.read b.read",
    });
    expect(url.href).not.toContain("s3cret");
  });

  test("basic authorization is the base64 of id and secret", () => {
    expect(basicAuthorization(CLIENT)).toBe(`Basic ${btoa("daybook:s3cret:with/colon")}`);
  });

  test("a form cannot be broken out of by a value", () => {
    expect(formBody({ code: "a&grant_type=b", state: "x y=z" })).toBe("code=a%26grant_type%3Db&state=x+y%3Dz");
  });
});

describe("a token answer", () => {
  test("is read with fields beyond those that are asked for", () => {
    expect(read(200, '{"access_token":"t","expires_in":3600,"extra":{"deep":1}}')).toEqual({ ok: true, value: { access_token: "t", expires_in: 3600 } });
  });

  test("of invalid_grant means that only a person can help", () => {
    expect(read(400, '{"error":"invalid_grant","error_description":"Token the-token expired"}')).toEqual({
      ok: false,
      failure: {
        kind: "reconnect_needed", provider: "quickbooks",
        answer: { status: 400, code: "invalid_grant", message: "Token [removed] expired", reference: "1-a" },
      },
    });
  });

  test.each([
    ["a wrong client", 401, '{"error":"invalid_client"}', "provider_refused"],
    ["an error in a 200", 200, '{"error":"server_confused"}', "provider_refused"],
    ["a limit", 429, "", "provider_busy"],
    ["a failing server, even one that says invalid_grant", 500, '{"error":"invalid_grant"}', "provider_down"],
    ["a gateway's page", 502, "<html>", "provider_down"],
    ["a body that is no JSON", 200, "<html>", "provider_unreadable"],
    ["no body", 200, "", "provider_unreadable"],
    ["missing fields", 200, '{"access_token":"t"}', "provider_unreadable"],
    ["fields of the wrong type", 200, '{"access_token":"t","expires_in":"3600"}', "provider_unreadable"],
    ["a refusal without an error", 400, "{}", "provider_unreadable"],
  ])("with %s leaves the grant alone", (_, status, text, kind) => {
    expect(read(status, text)).toMatchObject({ ok: false, failure: { kind } });
  });
});

describe("what is kept of a provider's answer", () => {
  test("is short and without secrets; an empty secret strikes out nothing", () => {
    const kept = providerAnswer({ status: 400, code: "c", message: `abc ${"x".repeat(1_000)}` }, ["", "abc"]);
    expect(kept.message).toHaveLength(500);
    expect(kept.message).toMatch(/^\[removed\] xxx/);
  });

  test.each([["7", 7], ["0", 0], [" 12 ", 12], ["-1", null], ["1.5", null], ["Wed, 21 Oct 2026 07:28:00 GMT", null], ["", null]])(
    "a Retry-After of %j is %j", (value, seconds) => expect(retryAfterSeconds(new Headers({ "retry-after": value }))).toBe(seconds),
  );

  test("JSON or undefined", () => {
    expect(parseJson('{"a":1}')).toEqual({ a: 1 });
    expect(parseJson("{")).toBeUndefined();
    expect(retryAfterSeconds(new Headers())).toBeNull();
  });
});
