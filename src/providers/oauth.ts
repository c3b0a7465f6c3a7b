/**
 * OAuth 2.0 as every provider needs it (RFC 6749, RFC 7009). The one importer of `arctic`: its authorization URL is
 * used; its token calls are not, for they reach for the global `fetch` and cannot be given a deadline, a size limit or
 * an allow-list. Every call of ours goes through `Send`. A PKCE verifier is `newSecret` and its challenge `hashOf`.
 */
import { OAuth2Client } from "arctic";
import { encodeBase64 } from "@oslojs/encoding";
import { z } from "zod";
import type { ProviderAnswer, ProviderFailure } from "../kernel/failure";
import { failed, ok, type Result } from "../kernel/result";
import type { OAuthClient } from "./contract";
import type { Incoming } from "./send";

/** Where the merchant is sent: `response_type=code` with the exact redirect URI, the state and the scopes (§4.1.1). */
export function authorizationUrl(endpoint: string, client: OAuthClient, state: string, scopes: readonly string[]): URL {
  return new OAuth2Client(client.clientId, null, client.redirectUri).createAuthorizationURL(endpoint, state, [...scopes]);
}

/** The `Authorization` header by which a confidential client proves itself (RFC 6749 §2.3.1, RFC 7617). */
export function basicAuthorization(client: OAuthClient): string {
  return `Basic ${basicCredentials(client)}`;
}

/** What a provider may echo of the client and nobody may see: the secret, plain and as it was sent. */
export function secretsOf(client: OAuthClient): string[] {
  return [client.clientSecret, basicCredentials(client)];
}

function basicCredentials(client: OAuthClient): string {
  return encodeBase64(new TextEncoder().encode(`${client.clientId}:${client.clientSecret}`));
}

/** A body of type `application/x-www-form-urlencoded`. */
export function formBody(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

const LONGEST_MESSAGE = 500;

/**
 * What is shown of a provider's answer: shortened, and with every given secret struck out, since a provider may echo
 * the token that it refuses.
 */
export function providerAnswer(answer: ProviderAnswer, secrets: readonly string[]): ProviderAnswer {
  return { ...answer, code: clean(answer.code, 100, secrets), message: clean(answer.message, LONGEST_MESSAGE, secrets) };
}

function clean(text: string, limit: number, secrets: readonly string[]): string {
  const real = secrets.filter((secret) => secret !== "");
  return real.reduce((cleaned, secret) => cleaned.replaceAll(secret, "[removed]"), text).slice(0, limit);
}

/** The provider's own word on when to come back, in seconds; null where it gave none. Dates are not read: no clock. */
export function retryAfterSeconds(headers: Headers): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  return /^\d{1,6}$/.test(value) ? Number(value) : null;
}

/** JSON of untrusted text, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const oauthErrorSchema = z.object({ error: z.string(), error_description: z.string().nullish() });

export type TokenReading = {
  readonly provider: string;
  /** What was sent and must not come back in a failure: code, tokens, client secret. */
  readonly secrets: readonly string[];
  /** The provider's reference of this call, where it has one. */
  readonly reference?: string;
};

/**
 * Reads a token endpoint's answer (RFC 6749 §5). Fields beyond the schema are tolerated, fields missing are not.
 * `invalid_grant` is `reconnect_needed`; every other refusal is ours or the provider's and leaves the grant alone.
 */
export function readTokenAnswer<T>(incoming: Incoming, schema: z.ZodType<T>, reading: TokenReading): Result<T, ProviderFailure> {
  const { provider } = reading;
  if (incoming.status === 429) {
    return failed({ kind: "provider_busy", provider, retryAfterSeconds: retryAfterSeconds(incoming.headers) });
  }
  if (incoming.status >= 500) return failed({ kind: "provider_down", provider, detail: `status ${incoming.status}` });
  const body = parseJson(incoming.text);
  const refusal = oauthErrorSchema.safeParse(body);
  if (refusal.success) return failed(refusalOf(incoming, refusal.data.error, refusal.data.error_description ?? "", reading));
  const answer = schema.safeParse(body);
  if (incoming.status === 200 && answer.success) return ok(answer.data);
  return failed({ kind: "provider_unreadable", provider, detail: `a token answer of status ${incoming.status} without its fields` });
}

function refusalOf(incoming: Incoming, code: string, message: string, reading: TokenReading): ProviderFailure {
  const reference = reading.reference === undefined ? {} : { reference: reading.reference };
  const answer = providerAnswer({ status: incoming.status, code, message, ...reference }, reading.secrets);
  const kind = code === "invalid_grant" ? "reconnect_needed" : "provider_refused";
  return { kind, provider: reading.provider, answer };
}
