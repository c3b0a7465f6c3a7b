/**
 * Intuit's OAuth 2.0: a confidential client with Basic authentication, no PKCE. An access token lives an hour; the
 * refresh token's value changes about daily and its life is extended by use (Intuit, OAuth FAQ): the latest must be
 * kept, and the one before it is dead.
 */
import { z } from "zod";
import { SECOND } from "../../kernel/clock";
import type { Failure } from "../../kernel/failure";
import type { TokenSet } from "../../kernel/grant";
import { failed, ok, type Result } from "../../kernel/result";
import type { CallbackQuery, ExternalAccount, OAuth, OAuthClient } from "../contract";
import { authorizationUrl, basicAuthorization, formBody, providerAnswer, readTokenAnswer, secretsOf } from "../oauth";
import type { Incoming, Send } from "../send";
import { companyName } from "./company";
import { AUTHORIZE_URL, manifest, REVOKE_URL, TOKEN_URL } from "./manifest";
import { tokenAnswerSchema } from "./wire";

const provider = manifest.id;

export const oauth: OAuth = {
  authorizeUrl: (client, state) => authorizationUrl(AUTHORIZE_URL, client, state, manifest.scopes),
  exchange: (send, client, query, _verifier, now) => exchange(send, client, query, now),
  refresh,
  revoke,
};

async function exchange(
  send: Send, client: OAuthClient, query: CallbackQuery, now: number,
): Promise<Result<{ readonly tokens: TokenSet; readonly accounts: readonly [ExternalAccount, ...ExternalAccount[]] }>> {
  if (query["error"] !== undefined) {
    const answer = { status: 302, code: query["error"], message: query["error_description"] ?? "" };
    return failed({ kind: "provider_refused", provider, answer: providerAnswer(answer, []) });
  }
  const code = query["code"] ?? "";
  const realm = query["realmId"] ?? "";
  if (code === "" || !/^\d{1,20}$/.test(realm)) return badCallback("QuickBooks came back without a code or a company.");
  const grant = { grant_type: "authorization_code", code, redirect_uri: client.redirectUri };
  const tokens = await askForTokens(send, client, grant, { secret: code, scopes: manifest.scopes, now });
  if (!tokens.ok) return failed(beforeAGrant(tokens.failure));
  // The company's id came through the browser: only the token can say that the consent was for that company.
  const name = await companyName({ send, accessToken: tokens.value.accessToken, externalAccount: realm });
  if (name.ok) return ok({ tokens: tokens.value, accounts: [{ id: realm, name: null }] });
  const isForeign = name.failure.kind === "reconnect_needed" || name.failure.kind === "provider_refused";
  return isForeign ? badCallback("The consent was given for another company than the one named.") : name;
}

/** A code that is spent or late is no dead grant: there is none yet. */
function beforeAGrant(failure: Failure): Failure {
  const isRefusal = failure.kind === "reconnect_needed" && failure.answer !== undefined;
  return isRefusal ? { kind: "provider_refused", provider, answer: failure.answer } : failure;
}

function badCallback(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "realmId", message }] });
}

async function refresh(send: Send, client: OAuthClient, tokens: TokenSet, now: number): Promise<Result<TokenSet>> {
  const grant = { grant_type: "refresh_token", refresh_token: tokens.refreshToken };
  return await askForTokens(send, client, grant, { secret: tokens.refreshToken, scopes: tokens.scopes, now });
}

async function revoke(send: Send, client: OAuthClient, tokens: TokenSet): Promise<Result<void>> {
  const sent = await send({
    method: "POST",
    url: REVOKE_URL,
    headers: { Accept: "application/json", Authorization: basicAuthorization(client), "Content-Type": "application/json" },
    body: JSON.stringify({ token: tokens.refreshToken }),
  });
  if (!sent.ok) return sent;
  if (sent.value.status === 200) return ok(undefined);
  const secrets = [tokens.refreshToken, ...secretsOf(client)];
  const answer = readTokenAnswer(sent.value, z.never(), { provider, secrets, ...referenceOf(sent.value) });
  return answer.ok || answer.failure.kind === "reconnect_needed" ? ok(undefined) : answer;
}

/** `secret` is the code or token that is traded in; `now` is the instant before the call, so that lives are not overstated. */
type Asking = { readonly secret: string; readonly scopes: readonly string[]; readonly now: number };

async function askForTokens(
  send: Send, client: OAuthClient, grant: Readonly<Record<string, string>>, { secret, scopes, now }: Asking,
): Promise<Result<TokenSet>> {
  const sent = await send({
    method: "POST",
    url: TOKEN_URL,
    headers: {
      Accept: "application/json",
      Authorization: basicAuthorization(client),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: formBody(grant),
  });
  if (!sent.ok) return sent;
  const secrets = [secret, ...secretsOf(client)];
  const answer = readTokenAnswer(sent.value, tokenAnswerSchema, { provider, secrets, ...referenceOf(sent.value) });
  if (!answer.ok) return answer;
  const { access_token, expires_in, refresh_token, x_refresh_token_expires_in: refreshSeconds } = answer.value;
  return ok({
    accessToken: access_token,
    accessExpiresAt: now + expires_in * SECOND,
    refreshToken: refresh_token,
    refreshExpiresAt: refreshSeconds === undefined ? null : now + refreshSeconds * SECOND,
    scopes,
  });
}

function referenceOf(incoming: Incoming): { reference?: string } {
  const tid = incoming.headers.get("intuit_tid");
  return tid === null ? {} : { reference: tid };
}
