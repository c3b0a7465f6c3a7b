/** Clover's OAuth v2: consent at a region's site, single-use codes, and pairs of tokens of which the refresh token works once. */
import { Hono, type Context } from "hono";
import { DAY, MINUTE, SECOND } from "../../kernel/clock";
import { json, refuse, regionOfHost } from "./simulator-answer";
import { consentPage, refusalPage } from "./simulator-consent";
import { idOf, type SimulatedClient, type Simulation, type TokenState } from "./simulator-state";

const CODE_LIFE = 10 * MINUTE;
const ACCESS_LIFE = 30 * MINUTE;
const REFRESH_LIFE = 365 * DAY;
/** Clover keeps a limited number of refresh tokens alive for a merchant; older ones die. */
const MOST_REFRESH_TOKENS = 5;
const BAD_CODE = "Failed to validate authentication code.";

/** `/oauth/v2/authorize`, `/token`, `/refresh`. */
export function oauthRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/authorize", (c) => {
    const asked = askedFor(simulation, c);
    return typeof asked === "string" ? c.html(refusalPage(asked), 400) : c.html(consentPage(merchantsAt(simulation, c)));
  });
  app.post("/authorize", async (c) => {
    const asked = askedFor(simulation, c);
    if (typeof asked === "string") return c.html(refusalPage(asked), 400);
    const { decision, merchant } = await c.req.parseBody();
    return decide(simulation, c, asked, decision, merchant);
  });
  app.post("/token", async (c) => await redeem(simulation, c));
  app.post("/refresh", async (c) => await renew(simulation, c));
  return app;
}

type Asked = { readonly client: SimulatedClient; readonly redirectUri: string };

function askedFor(simulation: Simulation, c: Context): Asked | string {
  const client = simulation.clients.find((one) => one.clientId === c.req.query("client_id"));
  if (client === undefined) return "No application has this client_id.";
  const redirectUri = c.req.query("redirect_uri") ?? client.redirectUris[0] ?? "";
  return client.redirectUris.includes(redirectUri) ? { client, redirectUri } : "The redirect_uri is not the one that is registered.";
}

/** Merchants sign in at their own region's site; by the sandbox's one address everybody does. */
function merchantsAt(simulation: Simulation, c: Context): Simulation["merchants"] {
  const region = regionOfHost(new URL(c.req.url).hostname);
  return simulation.merchants.filter((merchant) => region === null || merchant.region === region);
}

/** "App Market" stands for a merchant who opens the app there: the same redirect, without a code and without the state. */
function decide(simulation: Simulation, c: Context, asked: Asked, decision: unknown, merchantId: unknown): Response {
  const back = new URL(asked.redirectUri);
  const merchant = merchantsAt(simulation, c).find((one) => one.id === merchantId);
  if (merchant === undefined || decision === "deny") {
    back.searchParams.set("error", "access_denied");
  } else {
    for (const [name, value] of [["merchant_id", merchant.id], ["employee_id", idOf(simulation.random)], ["client_id", asked.client.clientId]] as const) back.searchParams.set(name, value);
    if (decision === "allow") back.searchParams.set("code", codeFor(simulation, c, asked, merchant.id));
  }
  const state = c.req.query("state");
  if (state !== undefined && decision !== "market") back.searchParams.set("state", state);
  return c.redirect(back.href, 302);
}

function codeFor(simulation: Simulation, c: Context, { client, redirectUri }: Asked, merchantId: string): string {
  const code = `${idOf(simulation.random, 8)}-${idOf(simulation.random, 24)}`.toLowerCase();
  simulation.state.codes[code] = {
    merchantId, clientId: client.clientId, redirectUri, challenge: c.req.query("code_challenge") ?? "", expiresAt: simulation.clock() + CODE_LIFE,
  };
  simulation.onChange();
  return code;
}

/** The code is spent whether or not the rest of the request is right. It is worth nothing at another region's host. */
async function redeem(simulation: Simulation, c: Context): Promise<Response> {
  const body = await bodyOf(c);
  if (body === null) return refuse(400, "Invalid JSON");
  const name = String(body.code);
  const code = simulation.state.codes[name];
  delete simulation.state.codes[name];
  const client = simulation.clients.find((one) => one.clientId === body.client_id);
  const merchant = simulation.merchants.find((one) => one.id === code?.merchantId);
  if (code === undefined || client === undefined || merchant === undefined || code.clientId !== client.clientId) return refuse(401, BAD_CODE);
  if (code.expiresAt <= simulation.clock() || regionOfHost(new URL(c.req.url).hostname) !== merchant.region) return refuse(401, BAD_CODE);
  const isProven = code.challenge === "" ? body.client_secret === client.clientSecret : (await s256(String(body.code_verifier))) === code.challenge;
  return isProven ? issue(simulation, { merchantId: merchant.id, clientId: client.clientId }) : refuse(401, BAD_CODE);
}

/** Without a secret: who holds the token may. A token that was used is gone, and whoever comes second is refused. */
async function renew(simulation: Simulation, c: Context): Promise<Response> {
  const body = await bodyOf(c);
  if (body === null) return refuse(400, "Invalid JSON");
  const name = String(body.refresh_token);
  const token = simulation.state.refreshTokens[name];
  const merchant = simulation.merchants.find((one) => one.id === token?.merchantId);
  const isAlive = token !== undefined && token.clientId === body.client_id && token.expiresAt > simulation.clock();
  if (!isAlive || regionOfHost(new URL(c.req.url).hostname) !== merchant?.region) return refuse(401, "401 Unauthorized");
  delete simulation.state.refreshTokens[name];
  return issue(simulation, token);
}

function issue(simulation: Simulation, { merchantId, clientId }: Pick<TokenState, "merchantId" | "clientId">): Response {
  const { state } = simulation;
  const access = `${idOf(simulation.random, 8)}-${idOf(simulation.random, 32)}`;
  const refresh = `clvroar-${idOf(simulation.random, 32)}`;
  const accessEnds = Math.floor((simulation.clock() + ACCESS_LIFE) / SECOND);
  const refreshEnds = Math.floor((simulation.clock() + REFRESH_LIFE) / SECOND);
  state.tokens[access] = { merchantId, clientId, expiresAt: accessEnds * SECOND };
  state.refreshTokens[refresh] = { merchantId, clientId, expiresAt: refreshEnds * SECOND };
  const alive = Object.entries(state.refreshTokens).filter(([, token]) => token.merchantId === merchantId && token.clientId === clientId);
  for (const [oldest] of alive.slice(0, Math.max(0, alive.length - MOST_REFRESH_TOKENS))) delete state.refreshTokens[oldest];
  simulation.onChange();
  return json({ access_token: access, access_token_expiration: accessEnds, refresh_token: refresh, refresh_token_expiration: refreshEnds });
}

/** The merchant uninstalls the app: everything that was ever issued is worth nothing. */
export function uninstall(simulation: Simulation, merchantId: string): void {
  for (const held of [simulation.state.tokens, simulation.state.refreshTokens]) {
    for (const [name, token] of Object.entries(held)) if (token.merchantId === merchantId) delete held[name];
  }
}

async function bodyOf(c: Context): Promise<Readonly<Record<string, unknown>> | null> {
  const body: unknown = await c.req.json().catch(() => null);
  return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Readonly<Record<string, unknown>>) : null;
}

async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(digest))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
