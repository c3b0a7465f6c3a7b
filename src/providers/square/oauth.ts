/**
 * Square's OAuth for confidential clients: the code and the client secret bring a 30-day access token and a refresh
 * token that never expires and stays the same (developer.squareup.com/docs/oauth-api/overview#code-flow).
 */
import type { TokenSet } from "../../kernel/grant";
import { failed, ok, type Result } from "../../kernel/result";
import type { CallbackQuery, ExternalAccount, OAuth, OAuthClient } from "../contract";
import type { Incoming, Send } from "../send";
import { get, unreadable } from "./client";
import { answerOf, failureOf, parsed } from "./errors";
import { manifest, SQUARE_ORIGIN, SQUARE_VERSION } from "./manifest";
import { isWire, textOf, type Wire } from "./wire";

export const oauth: OAuth = { authorizeUrl, exchange, refresh, revoke };

/** `session=false` makes the merchant sign in: whoever last used this browser is not assumed to be the owner. */
function authorizeUrl(client: OAuthClient, state: string): URL {
  const url = new URL("/oauth2/authorize", SQUARE_ORIGIN);
  url.searchParams.set("client_id", client.clientId);
  url.searchParams.set("scope", manifest.scopes.join(" "));
  url.searchParams.set("session", "false");
  url.searchParams.set("state", state);
  url.searchParams.set("redirect_uri", client.redirectUri);
  return url;
}

async function exchange(
  send: Send, client: OAuthClient, query: CallbackQuery,
): Promise<Result<{ readonly tokens: TokenSet; readonly accounts: readonly [ExternalAccount, ...ExternalAccount[]] }>> {
  const code = query.code ?? "";
  const sent = await askForTokens(send, client, { grant_type: "authorization_code", code, redirect_uri: client.redirectUri });
  if (!sent.ok) return sent;
  if (sent.value.status !== 200) return failed(refusal(sent.value, [code, client.clientSecret]));
  const body = parsed(sent.value.text);
  const tokens = isWire(body) ? tokensOf(body) : null;
  if (!isWire(body) || tokens === null || textOf(body.merchant_id) === "") return failed(unreadable("the token answer is incomplete"));
  return ok({ tokens, accounts: [{ id: textOf(body.merchant_id), name: null }] });
}

async function refresh(send: Send, client: OAuthClient, tokens: TokenSet, now: number): Promise<Result<TokenSet>> {
  const sent = await askForTokens(send, client, { grant_type: "refresh_token", refresh_token: tokens.refreshToken });
  if (!sent.ok) return sent;
  if (sent.value.status !== 200) return await whyRefused(send, client, tokens, now, sent.value);
  const body = parsed(sent.value.text);
  const renewed = isWire(body) ? tokensOf({ refresh_token: tokens.refreshToken, ...body }) : null;
  return renewed === null ? failed(unreadable("the token answer is incomplete")) : ok(renewed);
}

async function revoke(send: Send, client: OAuthClient, tokens: TokenSet): Promise<Result<void>> {
  const sent = await send({
    method: "POST",
    url: `${SQUARE_ORIGIN}/oauth2/revoke`,
    headers: { ...jsonHeaders, authorization: `Client ${client.clientSecret}` },
    body: JSON.stringify({ client_id: client.clientId, access_token: tokens.accessToken }),
  });
  if (!sent.ok) return sent;
  const { code } = answerOf(sent.value, []);
  const isDead = sent.value.status === 404 || code === "ACCESS_TOKEN_REVOKED" || code === "ACCESS_TOKEN_EXPIRED";
  return sent.value.status === 200 || isDead ? ok(undefined) : failed(refusal(sent.value, secretsOf(client, tokens)));
}

/** Codes with which the token endpoint may turn a refresh token down. */
const DEAD_REFRESH: ReadonlySet<string> = new Set([
  "UNAUTHORIZED", "ACCESS_TOKEN_REVOKED", "ACCESS_TOKEN_EXPIRED", "NOT_FOUND", "service.not_authorized", "invalid_grant",
]);

const jsonHeaders = { accept: "application/json", "content-type": "application/json", "square-version": SQUARE_VERSION };

function askForTokens(send: Send, client: OAuthClient, grant: Readonly<Record<string, string>>): ReturnType<Send> {
  const body = { client_id: client.clientId, client_secret: client.clientSecret, ...grant };
  return send({ method: "POST", url: `${SQUARE_ORIGIN}/oauth2/token`, headers: jsonHeaders, body: JSON.stringify(body) });
}

/**
 * Square says the same "not authorized" to a dead grant and to a wrong client secret. A mistake in our configuration
 * must not tell every merchant to reconnect, so while the old access token lives it is asked: if it still opens the
 * door, the grant is alive and the refusal is about us.
 */
async function whyRefused(
  send: Send, client: OAuthClient, tokens: TokenSet, now: number, refused: Incoming,
): Promise<Result<TokenSet>> {
  const secrets = secretsOf(client, tokens);
  const answer = answerOf(refused, secrets);
  if (!DEAD_REFRESH.has(answer.code)) return failed(refusal(refused, secrets));
  if (now < tokens.accessExpiresAt) {
    const probe = await get({ send, accessToken: tokens.accessToken, externalAccount: "" }, "/v2/merchants/me");
    if (probe.ok) return failed({ kind: "provider_refused", provider: "square", answer });
    if (probe.failure.kind === "provider_busy" || probe.failure.kind === "provider_down") return probe;
  }
  return failed({ kind: "reconnect_needed", provider: "square", answer });
}

/** Before there is a grant nothing can be dead: a 401 here is about the code or the client. */
function refusal(incoming: Incoming, secrets: readonly string[]): ReturnType<typeof failureOf> {
  const failure = failureOf(incoming, secrets);
  return failure.kind === "reconnect_needed"
    ? { kind: "provider_refused", provider: "square", answer: answerOf(incoming, secrets) }
    : failure;
}

function secretsOf(client: OAuthClient, tokens: TokenSet): readonly string[] {
  return [client.clientSecret, tokens.accessToken, tokens.refreshToken];
}

/** The token answer names no scopes; Square grants what was asked for or nothing. */
function tokensOf(body: Wire): TokenSet | null {
  const accessToken = textOf(body.access_token);
  const refreshToken = textOf(body.refresh_token);
  const accessExpiresAt = Date.parse(textOf(body.expires_at));
  if (accessToken === "" || refreshToken === "" || Number.isNaN(accessExpiresAt)) return null;
  return { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt: null, scopes: manifest.scopes };
}
