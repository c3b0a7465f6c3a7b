/** Intuit's OAuth 2.0 as the simulator keeps it: consent for one company, single-use codes, a refresh token that changes daily. */
import { decodeBase64 } from "@oslojs/encoding";
import { Hono, type Context } from "hono";
import { DAY, HOUR, MINUTE, SECOND } from "../../kernel/clock";
import type { RegisteredClient } from "../simulator-machine";
import { consentPage, consentProblem } from "./simulator-consent";
import { bodyOf, issue, type Env, type Simulation } from "./simulator-core";
import { isFields } from "./simulator-validate";
import { parseJson } from "../oauth";
import type { Code, Grant } from "./simulator-state";

const ACCESS_LIFE = HOUR;
const CODE_LIFE = 10 * MINUTE;
/** 8,726,400 seconds, about 101 days, from every use. */
const REFRESH_LIFE = 8_726_400 * SECOND;
/** The refresh token's value changes once it is a day old. */
const REFRESH_VALUE_LIFE = DAY;
/** No refreshing goes beyond five years after the consent. */
const HARD_LIFE = 5 * 365 * DAY;

/** Consent page, token endpoint, revocation. */
export function oauthRoutes(simulation: Simulation): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/connect/oauth2", (context) => {
    const problem = consentProblem(simulation, context.req.query());
    return problem === null ? context.html(consentPage(simulation, context.req.query())) : context.text(problem, 400);
  });
  app.post("/connect/oauth2", async (context) => decide(context, simulation, fieldsOf(await bodyOf(context))));
  app.post("/oauth2/v1/tokens/bearer", async (context) => {
    const client = clientOf(context, simulation);
    if (client === null) return context.json({ error: "invalid_client" }, 401);
    const isForm = (context.req.header("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
    if (!isForm) return context.json({ error: "invalid_request", error_description: "A form is expected" }, 400);
    return trade(context, simulation, client, fieldsOf(await bodyOf(context)));
  });
  app.post("/v2/oauth2/tokens/revoke", async (context) => {
    const client = clientOf(context, simulation);
    if (client === null) return context.json({ error: "invalid_client" }, 401);
    const grant = simulation.state.grantOf(revokedToken(await bodyOf(context)));
    if (grant === undefined || grant.isRevoked || grant.clientId !== client.clientId) return invalidGrant(context, "Token invalid");
    simulation.state.putGrant({ ...grant, isRevoked: true });
    return context.body("", 200);
  });
  for (const path of ["/oauth2/v1/tokens/bearer", "/v2/oauth2/tokens/revoke"]) {
    app.all(path, (context) => context.json({ error: "invalid_request", error_description: "POST is expected" }, 405));
  }
  return app;
}

/** The pair of a token and what it may do, or null: unknown, expired or revoked. */
export function openedBy(simulation: Simulation, accessToken: string): Grant | null {
  const grant = simulation.state.grantOf(accessToken);
  if (grant === undefined || grant.isRevoked) return null;
  const isLive = grant.accessTokens.some(({ token, expiresAt }) => token === accessToken && expiresAt > simulation.clock());
  return isLive ? grant : null;
}

/** Form fields, or a JSON object's texts: the SDKs send either. */
function fieldsOf(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

function revokedToken(body: string): string {
  const json = parseJson(body);
  const token = isFields(json) ? json["token"] : fieldsOf(body)["token"];
  return typeof token === "string" ? token : "";
}

function clientOf(context: Context, simulation: Simulation): RegisteredClient | null {
  const match = /^Basic (.+)$/i.exec(context.req.header("authorization") ?? "");
  let pair = "";
  try {
    pair = new TextDecoder().decode(decodeBase64(match?.[1] ?? ""));
  } catch {
    return null; // not base64: as wrong as a wrong secret
  }
  return simulation.clients.find(({ clientId, clientSecret }) => pair === `${clientId}:${clientSecret}`) ?? null;
}

function decide(context: Context, simulation: Simulation, fields: Record<string, string>): Response {
  const problem = consentProblem(simulation, fields);
  if (problem !== null) return context.text(problem, 400);
  const back = new URL(fields["redirect_uri"] ?? "");
  if (fields["decision"] === "allow") {
    const realm = fields["company"] ?? "";
    if (!simulation.state.companies.has(realm)) return context.text("Choose a company.", 400);
    const code: Code = {
      code: issue(simulation, "XAB1", 24), realm, clientId: fields["client_id"] ?? "", redirectUri: fields["redirect_uri"] ?? "",
      scope: fields["scope"] ?? "", expiresAt: simulation.clock() + CODE_LIFE, isSpent: false,
    };
    simulation.state.put({ kind: "code", key: code.code, value: code });
    back.searchParams.set("code", code.code);
    back.searchParams.set("realmId", realm);
  } else {
    back.searchParams.set("error", "access_denied");
  }
  back.searchParams.set("state", fields["state"] ?? "");
  return context.redirect(back.href, 302);
}

function trade(context: Context, simulation: Simulation, client: RegisteredClient, fields: Record<string, string>): Response {
  if (fields["grant_type"] === "authorization_code") return tradeCode(context, simulation, client, fields);
  if (fields["grant_type"] === "refresh_token") return tradeRefreshToken(context, simulation, client, fields);
  return context.json({ error: "unsupported_grant_type" }, 400);
}

function tradeCode(context: Context, simulation: Simulation, client: RegisteredClient, fields: Record<string, string>): Response {
  const { state } = simulation;
  const now = simulation.clock();
  const code = state.codes.get(fields["code"] ?? "");
  const isGood = code !== undefined && !code.isSpent && code.expiresAt > now && code.clientId === client.clientId;
  if (!isGood || code.redirectUri !== fields["redirect_uri"]) return invalidGrant(context, "Invalid authorization code");
  state.put({ kind: "code", key: code.code, value: { ...code, isSpent: true } });
  const grant: Grant = {
    id: code.code, realm: code.realm, clientId: code.clientId, scope: code.scope,
    accessTokens: [{ token: newAccessToken(simulation), expiresAt: now + ACCESS_LIFE }],
    refreshToken: newRefreshToken(simulation), refreshChangedAt: now,
    refreshExpiresAt: now + REFRESH_LIFE, hardExpiresAt: now + HARD_LIFE, isRevoked: false,
  };
  state.putGrant(grant);
  return answerTokens(context, grant, now);
}

function tradeRefreshToken(context: Context, simulation: Simulation, client: RegisteredClient, fields: Record<string, string>): Response {
  const now = simulation.clock();
  const token = fields["refresh_token"] ?? "";
  const grant = simulation.state.grantOf(token);
  const isKnown = grant?.refreshToken === token && grant.clientId === client.clientId && !grant.isRevoked;
  if (!isKnown) return invalidGrant(context, "Incorrect or invalid refresh token");
  if (grant.refreshExpiresAt <= now) return invalidGrant(context, "Token expired");
  const isOld = now - grant.refreshChangedAt >= REFRESH_VALUE_LIFE;
  const renewed: Grant = {
    ...grant,
    accessTokens: [...grant.accessTokens.filter(({ expiresAt }) => expiresAt > now), { token: newAccessToken(simulation), expiresAt: now + ACCESS_LIFE }],
    refreshToken: isOld ? newRefreshToken(simulation) : grant.refreshToken,
    refreshChangedAt: isOld ? now : grant.refreshChangedAt,
    refreshExpiresAt: Math.min(now + REFRESH_LIFE, grant.hardExpiresAt),
  };
  simulation.state.putGrant(renewed);
  return answerTokens(context, renewed, now);
}

function answerTokens(context: Context, grant: Grant, now: number): Response {
  const wantsHardExpiry = context.req.header("x-include-refresh-token-hard-expires-in") === "true";
  return context.json({
    token_type: "bearer",
    access_token: grant.accessTokens.at(-1)?.token,
    expires_in: ACCESS_LIFE / SECOND,
    refresh_token: grant.refreshToken,
    x_refresh_token_expires_in: Math.floor((grant.refreshExpiresAt - now) / SECOND),
    ...(wantsHardExpiry ? { x_refresh_token_hard_expires_in: Math.floor((grant.hardExpiresAt - now) / SECOND) } : {}),
  });
}

function invalidGrant(context: Context, description: string): Response {
  return context.json({ error: "invalid_grant", error_description: description }, 400);
}

/** Long, as Intuit's are (JWE of up to 4,096 characters). */
export function newAccessToken(simulation: Simulation): string {
  return issue(simulation, "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..", 240);
}

export function newRefreshToken(simulation: Simulation): string {
  return issue(simulation, "AB11", 36);
}
