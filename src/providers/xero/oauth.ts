/**
 * Xero's OAuth 2.0: a confidential client with Basic authentication and PKCE. An access token lives half an hour; every
 * refresh brings a new refresh token, and the one before it works for 30 minutes more, so that a lost answer can be asked
 * for again (Xero, "Refreshing access and refresh tokens"). The answer names no organisation: `/connections` does.
 */
import { z } from "zod";
import { DAY, SECOND } from "../../kernel/clock";
import type { Failure } from "../../kernel/failure";
import type { TokenSet } from "../../kernel/grant";
import { failed, ok, type Result } from "../../kernel/result";
import type { CallbackQuery, ExternalAccount, OAuth, OAuthClient } from "../contract";
import { authorizationUrl, basicAuthorization, formBody, parseJson, providerAnswer, readTokenAnswer, secretsOf } from "../oauth";
import type { Send } from "../send";
import { failureOf } from "./errors";
import { AUTHORIZE_URL, CONNECTIONS_URL, manifest, REVOKE_URL, TOKEN_URL } from "./manifest";
import { connectionsAnswerSchema, tokenAnswerSchema } from "./wire";

const provider = manifest.id;

/** How long a refresh token lives unless it is used. */
const REFRESH_LIFE_MS = 60 * DAY;

export const oauth: OAuth = { authorizeUrl, exchange, refresh, revoke };

function authorizeUrl(client: OAuthClient, state: string, challenge: string): URL {
  const url = authorizationUrl(AUTHORIZE_URL, client, state, manifest.scopes);
  url.searchParams.set("code_challenge", challenge);
  url.searchParams.set("code_challenge_method", "S256");
  return url;
}

async function exchange(
  send: Send, client: OAuthClient, query: CallbackQuery, verifier: string, now: number,
): Promise<Result<{ readonly tokens: TokenSet; readonly accounts: readonly [ExternalAccount, ...ExternalAccount[]] }>> {
  if (query["error"] !== undefined) {
    const answer = { status: 302, code: query["error"], message: query["error_description"] ?? "" };
    return failed({ kind: "provider_refused", provider, answer: providerAnswer(answer, []) });
  }
  const code = query["code"] ?? "";
  if (code === "") return badCallback("Xero came back without a code.");
  const grant = { grant_type: "authorization_code", code, redirect_uri: client.redirectUri, code_verifier: verifier };
  const tokens = await askForTokens(send, client, grant, { secrets: [code, verifier], scopes: manifest.scopes, now });
  if (!tokens.ok) return failed(beforeAGrant(tokens.failure));
  const found = await organisations(send, tokens.value.accessToken);
  const [first, ...others] = found.ok ? found.value : [];
  if (first !== undefined) return ok({ tokens: tokens.value, accounts: [first, ...others] });
  // Nobody will hold this grant: where it cannot be ended either, it ends by itself for want of use.
  await revoke(send, client, tokens.value);
  return found.ok ? badCallback("The consent was given for no organisation.") : found;
}

/** A code that is spent or late is no dead grant: there is none yet. */
function beforeAGrant(failure: Failure): Failure {
  const isRefusal = failure.kind === "reconnect_needed" && failure.answer !== undefined;
  return isRefusal ? { kind: "provider_refused", provider, answer: failure.answer } : failure;
}

function badCallback(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "code", message }] });
}

/** The organisations that a token opens; practices have no books of their own. */
async function organisations(send: Send, accessToken: string): Promise<Result<readonly ExternalAccount[]>> {
  const sent = await send({ method: "GET", url: CONNECTIONS_URL, headers: { Accept: "application/json", Authorization: `Bearer ${accessToken}` } });
  if (!sent.ok) return sent;
  const body = parseJson(sent.value.text);
  const refusal = failureOf(sent.value, body, { isWrite: false, secrets: [accessToken] });
  if (refusal !== null) return failed(refusal);
  const answer = connectionsAnswerSchema.safeParse(body);
  if (!answer.success) return failed({ kind: "provider_unreadable", provider, detail: "a list of connections that is none" });
  const found = answer.data.filter(({ tenantType }) => tenantType === "ORGANISATION");
  return ok(found.map(({ tenantId, tenantName }) => ({ id: tenantId.toLowerCase(), name: tenantName ?? null })));
}

async function refresh(send: Send, client: OAuthClient, tokens: TokenSet, now: number): Promise<Result<TokenSet>> {
  const grant = { grant_type: "refresh_token", refresh_token: tokens.refreshToken };
  return await askForTokens(send, client, grant, { secrets: [tokens.refreshToken], scopes: tokens.scopes, now });
}

async function revoke(send: Send, client: OAuthClient, tokens: TokenSet): Promise<Result<void>> {
  const sent = await send({ method: "POST", url: REVOKE_URL, headers: formHeaders(client), body: formBody({ token: tokens.refreshToken }) });
  if (!sent.ok) return sent;
  if (sent.value.status === 200) return ok(undefined);
  const answer = readTokenAnswer(sent.value, z.never(), { provider, secrets: [tokens.refreshToken, ...secretsOf(client)] });
  return answer.ok || answer.failure.kind === "reconnect_needed" ? ok(undefined) : answer;
}

/** `secrets`: what is traded in; `now` is the instant before the call, so that lives are not overstated. */
type Asking = { readonly secrets: readonly string[]; readonly scopes: readonly string[]; readonly now: number };

async function askForTokens(
  send: Send, client: OAuthClient, grant: Readonly<Record<string, string>>, { secrets, scopes, now }: Asking,
): Promise<Result<TokenSet>> {
  const sent = await send({ method: "POST", url: TOKEN_URL, headers: formHeaders(client), body: formBody(grant) });
  if (!sent.ok) return sent;
  const answer = readTokenAnswer(sent.value, tokenAnswerSchema, { provider, secrets: [...secrets, ...secretsOf(client)] });
  if (!answer.ok) return answer;
  const { access_token, expires_in, refresh_token, scope } = answer.value;
  return ok({
    accessToken: access_token,
    accessExpiresAt: now + expires_in * SECOND,
    refreshToken: refresh_token,
    refreshExpiresAt: now + REFRESH_LIFE_MS,
    scopes: scope === undefined ? scopes : scope.split(" "),
  });
}

function formHeaders(client: OAuthClient): Record<string, string> {
  return { Accept: "application/json", Authorization: basicAuthorization(client), "Content-Type": "application/x-www-form-urlencoded" };
}
