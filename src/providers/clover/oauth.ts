/**
 * Clover's OAuth v2 with expiring tokens (docs.clover.com, "High-trust apps: Generate an access token"). The merchant signs
 * in at their region's site; tokens come from, and are good for, that region alone.
 */
import type { TokenSet } from "../../kernel/grant";
import { SECOND } from "../../kernel/clock";
import { failed, ok, type Result } from "../../kernel/result";
import type { CallbackQuery, ExternalAccount, OAuth, OAuthClient } from "../contract";
import { parseJson } from "../oauth";
import type { Incoming, Send } from "../send";
import { accountIdOf } from "./account";
import { answerOf, failureOf, unreadable } from "./errors";
import { regionOf, REGIONS, type Region } from "./manifest";
import { isWire, textOf } from "./wire";

export const oauth: OAuth = { authorizeUrl, exchange, refresh, revoke };

function authorizeUrl(client: OAuthClient, state: string): URL {
  const url = new URL("/oauth/v2/authorize", regionFor(client.region).www);
  url.searchParams.set("client_id", client.clientId);
  url.searchParams.set("redirect_uri", client.redirectUri);
  url.searchParams.set("response_type", "code");
  url.searchParams.set("state", state);
  return url;
}

/**
 * The callback names the merchant in the address, where a person can write anything; the first call with the tokens asks
 * for that very merchant and is refused for any other. A callback without a code is one from Clover's App Market: it
 * proves nothing and is refused; Daybook's own Connect button leads to one that does.
 */
async function exchange(
  send: Send, client: OAuthClient, query: CallbackQuery,
): Promise<Result<{ readonly tokens: TokenSet; readonly accounts: readonly [ExternalAccount, ...ExternalAccount[]] }>> {
  const region = regionFor(client.region);
  const code = query.code ?? "";
  const accountId = accountIdOf(region, query.merchant_id ?? "");
  if (code === "" || accountId === null) return failed(refusedHere("Clover sent no code, or no merchant with it"));
  const sent = await askForTokens(send, region, "token", { client_id: client.clientId, client_secret: client.clientSecret, code });
  if (!sent.ok) return sent;
  if (sent.value.status !== 200) return failed(refusal(sent.value, [code, client.clientSecret]));
  const tokens = tokensIn(sent.value, region);
  return tokens === null ? failed(unreadable("the token answer is incomplete")) : ok({ tokens, accounts: [{ id: accountId, name: null }] });
}

/** Each refresh token works once and brings the next one. A 401 says that this one is spent, ended or was never given. */
async function refresh(send: Send, client: OAuthClient, tokens: TokenSet): Promise<Result<TokenSet>> {
  const region = regionFor(tokens.region ?? client.region);
  const sent = await askForTokens(send, region, "refresh", { client_id: client.clientId, refresh_token: tokens.refreshToken });
  if (!sent.ok) return sent;
  if (sent.value.status !== 200) return failed(failureOf(sent.value, secretsOf(client, tokens)));
  const renewed = tokensIn(sent.value, region);
  return renewed === null ? failed(unreadable("the token answer is incomplete")) : ok(renewed);
}

/**
 * Clover documents no way to revoke a grant: only the merchant ends it, by uninstalling the app. What can be done is to
 * spend the refresh token and to forget what it brings: then no copy of it that might be left anywhere opens anything, and
 * the access token ends by itself within the half hour. A token that is dead already is success.
 */
async function revoke(send: Send, client: OAuthClient, tokens: TokenSet): Promise<Result<void>> {
  const spent = await refresh(send, client, tokens);
  if (spent.ok || spent.failure.kind === "reconnect_needed") return ok(undefined);
  return spent;
}

function askForTokens(send: Send, region: Region, path: "token" | "refresh", body: Readonly<Record<string, string>>): ReturnType<Send> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  return send({ method: "POST", url: `${region.api}/oauth/v2/${path}`, headers, body: JSON.stringify(body) });
}

/** Before there is a grant nothing can be dead: a 401 here is about the code or the client. */
function refusal(incoming: Incoming, secrets: readonly string[]): ReturnType<typeof failureOf> {
  const failure = failureOf(incoming, secrets);
  return failure.kind === "reconnect_needed"
    ? { kind: "provider_refused", provider: "clover", answer: answerOf(incoming, secrets) }
    : failure;
}

function refusedHere(message: string): ReturnType<typeof failureOf> {
  return { kind: "provider_refused", provider: "clover", answer: { status: 400, code: "NO_CODE", message } };
}

function secretsOf(client: OAuthClient, tokens: TokenSet): readonly string[] {
  return [client.clientSecret, tokens.accessToken, tokens.refreshToken];
}

function regionFor(id: string | null | undefined): Region {
  return regionOf(id) ?? REGIONS[0];
}

/** Expirations are Unix seconds, and how long tokens live is Clover's to change. The answer names no permissions. */
function tokensIn(incoming: Incoming, region: Region): TokenSet | null {
  const body = parseJson(incoming.text);
  if (!isWire(body)) return null;
  const accessToken = textOf(body.access_token);
  const refreshToken = textOf(body.refresh_token);
  const { access_token_expiration: accessEnds, refresh_token_expiration: refreshEnds } = body;
  if (accessToken === "" || refreshToken === "" || typeof accessEnds !== "number") return null;
  return {
    accessToken, refreshToken, accessExpiresAt: accessEnds * SECOND, refreshExpiresAt: typeof refreshEnds === "number" ? refreshEnds * SECOND : null,
    scopes: [], region: region.id,
  };
}
