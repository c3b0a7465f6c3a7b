/** Xero's OAuth 2.0 as the simulator keeps it: consent for several organisations, PKCE, refresh tokens that rotate with a grace. */
import { decodeBase64 } from "@oslojs/encoding";
import { Hono, type Context } from "hono";
import { DAY, MINUTE, SECOND } from "../../kernel/clock";
import { hashOf } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { RegisteredClient } from "../simulator-machine";
import { consentPage, consentProblem } from "./simulator-consent";
import { bodyOf, issue, newGuid, refuse, type Env, type Simulation } from "./simulator-core";
import type { Code, Grant } from "./simulator-state";

const ACCESS_LIFE = 30 * MINUTE;
const CODE_LIFE = 5 * MINUTE;
/** A refresh token that nobody uses. */
const REFRESH_LIFE = 60 * DAY;
/** How long a refresh token that was traded in still works. */
const GRACE = 30 * MINUTE;

type FormFields = Readonly<Record<string, string>>;

/** Consent page, token endpoint, revocation, and the list of what a token opens. */
export function oauthRoutes(simulation: Simulation): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/identity/connect/authorize", (context) => {
    const problem = consentProblem(simulation, context.req.query());
    return problem === null ? context.html(consentPage(simulation, context.req.query())) : context.text(problem, 400);
  });
  app.post("/identity/connect/authorize", async (context) => decide(context, simulation, new URLSearchParams(await bodyOf(context))));
  app.post("/connect/token", async (context) => {
    const fields: FormFields = Object.fromEntries(new URLSearchParams(await bodyOf(context)));
    const client = clientOf(context, simulation, fields);
    return client === null ? context.json({ error: "invalid_client" }, 400) : await trade(context, simulation, client, fields);
  });
  app.post("/connect/revocation", async (context) => {
    const fields: FormFields = Object.fromEntries(new URLSearchParams(await bodyOf(context)));
    const client = clientOf(context, simulation, fields);
    if (client === null) return context.json({ error: "invalid_client" }, 400);
    // A token that is not known is as good as revoked (RFC 7009 section 2.2).
    const grant = simulation.state.grantOf(fields["token"] ?? "");
    if (grant?.clientId === client.clientId) simulation.state.putGrant({ ...grant, isRevoked: true, connections: [] });
    return context.body("", 200);
  });
  app.get("/connections", (context) => connectionsOf(context, simulation));
  app.delete("/connections/:id", (context) => disconnect(context, simulation, context.req.param("id")));
  for (const path of ["/connect/token", "/connect/revocation", "/connections", "/connections/:id"]) app.all(path, (context) => context.body("", 405));
  return app;
}

/** The grant of a live access token, or Xero's word for what is wrong with it. */
export function grantOpenedBy(simulation: Simulation, accessToken: string): Result<Grant, string> {
  const grant = simulation.state.grantOf(accessToken);
  const held = grant?.accessTokens.find(({ token }) => token === accessToken);
  if (grant === undefined || held === undefined || grant.isRevoked) return failed("AuthenticationUnsuccessful");
  if (held.expiresAt > simulation.clock()) return ok(grant);
  return failed(`TokenExpired: token expired at ${new Date(held.expiresAt).toISOString().slice(0, 19).replace("T", " ")}`);
}

function bearerOf(context: Context): string {
  return /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
}

function connectionsOf(context: Context, simulation: Simulation): Response {
  const opened = grantOpenedBy(simulation, bearerOf(context));
  if (!opened.ok) return refuse(context, simulation, 401, "Unauthorized", opened.failure);
  const shown = opened.value.connections.map(({ id, tenantId, createdAt }) => {
    const at = new Date(createdAt).toISOString().replace("Z", "0000");
    const tenantName = simulation.state.organisations.get(tenantId)?.name ?? "";
    return { id, authEventId: opened.value.id, tenantId, tenantType: "ORGANISATION", tenantName, createdDateUtc: at, updatedDateUtc: at };
  });
  return context.json(shown);
}

function disconnect(context: Context, simulation: Simulation, id: string): Response {
  const opened = grantOpenedBy(simulation, bearerOf(context));
  if (!opened.ok) return refuse(context, simulation, 401, "Unauthorized", opened.failure);
  const kept = opened.value.connections.filter((one) => one.id !== id);
  if (kept.length === opened.value.connections.length) return context.body("", 404);
  simulation.state.putGrant({ ...opened.value, connections: kept });
  return context.body(null, 204);
}

/** By its secret in the header; or in the form, as some of Xero's own SDKs send it. */
function clientOf(context: Context, simulation: Simulation, fields: FormFields): RegisteredClient | null {
  const match = /^Basic (.+)$/i.exec(context.req.header("authorization") ?? "");
  let pair = `${fields["client_id"] ?? ""}:${fields["client_secret"] ?? ""}`;
  try {
    if (match !== null) pair = decodeURIComponent(new TextDecoder().decode(decodeBase64(match[1] ?? "")));
  } catch {
    return null; // not base64: as wrong as a wrong secret
  }
  return simulation.clients.find(({ clientId, clientSecret }) => pair === `${clientId}:${clientSecret}`) ?? null;
}

function decide(context: Context, simulation: Simulation, form: URLSearchParams): Response {
  const fields: FormFields = Object.fromEntries(form);
  const problem = consentProblem(simulation, fields);
  if (problem !== null) return context.text(problem, 400);
  const back = new URL(fields["redirect_uri"] ?? "");
  if (fields["decision"] === "allow") {
    const tenants = form.getAll("organisation");
    if (tenants.length === 0 || !tenants.every((id) => simulation.state.organisations.has(id))) return context.text("Choose an organisation.", 400);
    const challenge = fields["code_challenge"] ?? "";
    const code: Code = {
      code: issue(simulation, "", 32), tenants, clientId: fields["client_id"] ?? "", redirectUri: fields["redirect_uri"] ?? "",
      scopes: (fields["scope"] ?? "").split(" "), challenge: challenge === "" ? null : challenge, expiresAt: simulation.clock() + CODE_LIFE, isSpent: false,
    };
    simulation.state.put({ kind: "code", key: code.code, value: code });
    back.searchParams.set("code", code.code);
    back.searchParams.set("scope", fields["scope"] ?? "");
  } else {
    back.searchParams.set("error", "access_denied");
  }
  if ((fields["state"] ?? "") !== "") back.searchParams.set("state", fields["state"] ?? "");
  return context.redirect(back.href, 302);
}

async function trade(context: Context, simulation: Simulation, client: RegisteredClient, fields: FormFields): Promise<Response> {
  if (fields["grant_type"] === "authorization_code") return await tradeCode(context, simulation, client, fields);
  if (fields["grant_type"] === "refresh_token") return tradeRefreshToken(context, simulation, client, fields);
  return context.json({ error: "unsupported_grant_type" }, 400);
}

async function tradeCode(context: Context, simulation: Simulation, client: RegisteredClient, fields: FormFields): Promise<Response> {
  const now = simulation.clock();
  const code = simulation.state.codes.get(fields["code"] ?? "");
  const isGood = code !== undefined && !code.isSpent && code.expiresAt > now && code.clientId === client.clientId && code.redirectUri === fields["redirect_uri"];
  if (!isGood) return context.json({ error: "invalid_grant" }, 400);
  if (code.challenge !== null && (await hashOf(fields["code_verifier"] ?? "")) !== code.challenge) return context.json({ error: "invalid_grant" }, 400);
  simulation.state.put({ kind: "code", key: code.code, value: { ...code, isSpent: true } });
  const grant: Grant = {
    id: newGuid(simulation.random), clientId: code.clientId, scopes: code.scopes,
    connections: code.tenants.map((tenantId) => ({ id: newGuid(simulation.random), tenantId, createdAt: now })),
    accessTokens: [newAccessToken(simulation)], refreshToken: newRefreshToken(simulation), refreshExpiresAt: now + REFRESH_LIFE, spent: [], isRevoked: false,
  };
  simulation.state.putGrant(grant);
  return answerTokens(context, grant);
}

/** The current token is traded for the next; one that was traded in less than half an hour ago brings another. */
function tradeRefreshToken(context: Context, simulation: Simulation, client: RegisteredClient, fields: FormFields): Response {
  const now = simulation.clock();
  const token = fields["refresh_token"] ?? "";
  const grant = simulation.state.grantOf(token);
  if (grant === undefined || grant.isRevoked || grant.clientId !== client.clientId) return context.json({ error: "invalid_grant" }, 400);
  const inGrace = grant.spent.some((one) => one.token === token && one.until > now);
  const isCurrent = grant.refreshToken === token && grant.refreshExpiresAt > now;
  if (!isCurrent && !inGrace) return context.json({ error: "invalid_grant" }, 400);
  const renewed: Grant = {
    ...grant,
    accessTokens: [...grant.accessTokens.filter(({ expiresAt }) => expiresAt > now - DAY), newAccessToken(simulation)],
    refreshToken: newRefreshToken(simulation),
    refreshExpiresAt: now + REFRESH_LIFE,
    spent: [...grant.spent.filter(({ until }) => until > now), { token: grant.refreshToken, until: now + GRACE }],
  };
  simulation.state.putGrant(renewed);
  return answerTokens(context, renewed);
}

function answerTokens(context: Context, grant: Grant): Response {
  return context.json({
    access_token: grant.accessTokens.at(-1)?.token, expires_in: ACCESS_LIFE / SECOND, token_type: "Bearer",
    ...(grant.scopes.includes("offline_access") ? { refresh_token: grant.refreshToken } : {}), scope: grant.scopes.join(" "),
  });
}

/** Long, as Xero's are (signed JWT). */
function newAccessToken(simulation: Simulation): Grant["accessTokens"][number] {
  return { token: issue(simulation, "eyJhbGciOiJSUzI1NiJ9.", 240), expiresAt: simulation.clock() + ACCESS_LIFE };
}

function newRefreshToken(simulation: Simulation): string {
  return issue(simulation, "", 33);
}
