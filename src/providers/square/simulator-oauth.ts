/** Square's OAuth as it is documented: consent, single-use codes of five minutes, two flows, revocation of everything. */
import { Hono, type Context } from "hono";
import { DAY, MINUTE } from "../../kernel/clock";
import { bodyOf, json, merchantOf, refuse } from "./simulator-answer";
import { consentPage, refusalPage } from "./simulator-consent";
import { secretOf, type CodeState, type GrantState, type SimulatedClient, type Simulation } from "./simulator-state";

const CODE_LIFE = 5 * MINUTE;
const DEFAULT_SCOPES = "MERCHANT_PROFILE_READ PAYMENTS_READ SETTLEMENTS_READ BANK_ACCOUNTS_READ";

/** `/oauth2/authorize`, `/token`, `/revoke`, `/token/status`. */
export function oauthRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/authorize", (c) => {
    const asked = askedFor(simulation, c);
    return typeof asked === "string"
      ? c.html(refusalPage(asked), 400)
      : c.html(consentPage(simulation.merchants, c.req.query("seller") ?? "", asked.scopes));
  });
  app.post("/authorize", async (c) => {
    const asked = askedFor(simulation, c);
    if (typeof asked === "string") return c.html(refusalPage(asked), 400);
    const { decision, merchant } = await c.req.parseBody();
    return decide(simulation, c, asked, typeof decision === "string" ? decision : "", typeof merchant === "string" ? merchant : "");
  });
  app.post("/token", (c) => token(simulation, c));
  app.post("/revoke", (c) => revoke(simulation, c));
  app.post("/token/status", (c) => status(simulation, c));
  return app;
}

type Asked = { readonly client: SimulatedClient; readonly redirectUri: string; readonly scopes: readonly string[] };

function askedFor(simulation: Simulation, c: Context): Asked | string {
  const client = simulation.clients.find((one) => one.clientId === c.req.query("client_id"));
  if (client === undefined) return "No application has this client_id.";
  const redirectUri = c.req.query("redirect_uri") ?? client.redirectUris[0] ?? "";
  if (!client.redirectUris.includes(redirectUri)) return "The redirect_uri is not the one that is registered.";
  const scopes = (c.req.query("scope") ?? DEFAULT_SCOPES).split(/[ +]+/).filter((scope) => scope !== "");
  return { client, redirectUri, scopes };
}

function decide(simulation: Simulation, c: Context, asked: Asked, decision: string, merchantId: string): Response {
  const back = new URL(asked.redirectUri);
  const state = c.req.query("state");
  if (decision === "allow" && simulation.merchants.some((merchant) => merchant.id === merchantId)) {
    const code = `sq0cgb-${secretOf(simulation.random, 22)}`;
    simulation.state.codes[code] = {
      merchantId, clientId: asked.client.clientId, redirectUri: asked.redirectUri, scopes: asked.scopes,
      challenge: c.req.query("code_challenge") ?? "", expiresAt: simulation.clock() + CODE_LIFE,
    };
    simulation.onChange();
    back.searchParams.set("code", code);
    back.searchParams.set("response_type", "code");
  } else {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_description", "user_denied");
  }
  if (state !== undefined) back.searchParams.set("state", state);
  return c.redirect(back.href, 302);
}

const TOKEN_FIELDS = [
  "client_id", "client_secret", "code", "redirect_uri", "grant_type", "refresh_token", "scopes", "short_lived", "code_verifier",
];

async function token(simulation: Simulation, c: Context): Promise<Response> {
  const body = await bodyOf(c, TOKEN_FIELDS);
  if (body instanceof Response) return body;
  const client = simulation.clients.find((one) => one.clientId === body.client_id);
  if (client === undefined) return unauthorized(simulation, "Client ID is not valid.");
  const grant = body.grant_type === "authorization_code"
    ? await redeem(simulation, client, body)
    : body.grant_type === "refresh_token" ? renew(simulation, client, body) : "Unsupported grant_type.";
  return typeof grant === "string" ? unauthorized(simulation, grant) : issue(simulation, grant, body.short_lived === true);
}

type Body = Readonly<Record<string, unknown>>;
type Granted = { readonly refreshToken: string; readonly grant: GrantState };

/** The code is spent whether or not the rest of the request is right: a guess must not be repeatable. */
async function redeem(simulation: Simulation, client: SimulatedClient, body: Body): Promise<Granted | string> {
  const code = simulation.state.codes[String(body.code)];
  delete simulation.state.codes[String(body.code)];
  if (code === undefined || code.clientId !== client.clientId) return "Authorization code not found.";
  if (code.expiresAt <= simulation.clock()) return "Authorization code is expired.";
  if (body.redirect_uri !== undefined && body.redirect_uri !== code.redirectUri) return "redirect_uri does not match.";
  const isPublic = code.challenge !== "";
  const isProven = isPublic ? (await s256(String(body.code_verifier))) === code.challenge : body.client_secret === client.clientSecret;
  return isProven ? granted(simulation, code, isPublic) : "Not Authorized";
}

function renew(simulation: Simulation, client: SimulatedClient, body: Body): Granted | string {
  const refreshToken = String(body.refresh_token);
  const grant = simulation.state.grants[refreshToken];
  if (grant === undefined || grant.clientId !== client.clientId || grant.isRevoked) return "Refresh token is not valid.";
  if (grant.expiresAt !== null && grant.expiresAt <= simulation.clock()) return "Refresh token is expired.";
  if (!grant.isPublic) return body.client_secret === client.clientSecret ? { refreshToken, grant } : "Not Authorized";
  delete simulation.state.grants[refreshToken];
  return granted(simulation, grant, true);
}

function granted(simulation: Simulation, of: Pick<CodeState, "merchantId" | "clientId" | "scopes">, isPublic: boolean): Granted {
  const refreshToken = `EQAA${secretOf(simulation.random, 60)}`;
  const grant = {
    merchantId: of.merchantId, clientId: of.clientId, scopes: of.scopes, isPublic, isRevoked: false,
    expiresAt: isPublic ? simulation.clock() + 90 * DAY : null,
  };
  simulation.state.grants[refreshToken] = grant;
  return { refreshToken, grant };
}

function issue(simulation: Simulation, { refreshToken, grant }: Granted, isShort: boolean): Response {
  const accessToken = `EAAA${secretOf(simulation.random, 60)}`;
  const expiresAt = simulation.clock() + (isShort ? DAY : 30 * DAY);
  const { merchantId, clientId, scopes } = grant;
  simulation.state.tokens[accessToken] = { merchantId, clientId, scopes, expiresAt, isRevoked: false };
  simulation.onChange();
  return json({
    access_token: accessToken, token_type: "bearer", expires_at: withoutMilliseconds(expiresAt), merchant_id: merchantId,
    refresh_token: refreshToken, short_lived: isShort,
    ...(grant.expiresAt === null ? {} : { refresh_token_expires_at: withoutMilliseconds(grant.expiresAt) }),
  });
}

async function revoke(simulation: Simulation, c: Context): Promise<Response> {
  const body = await bodyOf(c, ["client_id", "access_token", "merchant_id", "revoke_only_access_token"]);
  if (body instanceof Response) return body;
  const client = simulation.clients.find((one) => one.clientId === body.client_id);
  if (client === undefined || c.req.header("authorization") !== `Client ${client.clientSecret}`) {
    return unauthorized(simulation, "Not Authorized");
  }
  const given = simulation.state.tokens[String(body.access_token)];
  const merchantId = given?.merchantId ?? body.merchant_id;
  if (given === undefined && typeof merchantId !== "string") {
    return refuse(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "Access token not found.");
  }
  if (body.revoke_only_access_token === true && given !== undefined) {
    simulation.state.tokens[String(body.access_token)] = { ...given, isRevoked: true };
  } else {
    revokeMerchant(simulation, String(merchantId), client.clientId);
  }
  simulation.onChange();
  return json({ success: true });
}

/** Ends every grant and token of a merchant for one application, or for all of them. */
export function revokeMerchant(simulation: Simulation, merchantId: string, clientId?: string): void {
  for (const held of [simulation.state.tokens, simulation.state.grants]) {
    for (const [key, one] of Object.entries(held)) {
      if (one.merchantId === merchantId && (clientId === undefined || one.clientId === clientId)) {
        Object.assign(held, { [key]: { ...one, isRevoked: true } });
      }
    }
  }
}

function status(simulation: Simulation, c: Context): Response {
  const bearer = (c.req.header("authorization") ?? "").replace("Bearer ", "");
  const held = simulation.state.tokens[bearer];
  const merchant = merchantOf(simulation, c, held?.scopes[0] ?? "");
  if (merchant instanceof Response) return merchant;
  if (held === undefined) return unauthorized(simulation, "Not Authorized");
  return json({
    scopes: held.scopes, expires_at: withoutMilliseconds(held.expiresAt), client_id: held.clientId, merchant_id: held.merchantId,
  });
}

function unauthorized(simulation: Simulation, detail: string): Response {
  return simulation.state.speaksOldErrors
    ? json({ message: detail, type: "service.not_authorized" }, 401)
    : refuse(401, "AUTHENTICATION_ERROR", "UNAUTHORIZED", detail);
}

function withoutMilliseconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}

async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(digest))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
