/**
 * What may change something comes from Daybook's own page of the same host, and as JSON. A sibling host is another
 * shop, so `same-site` is as foreign as any (OWASP CSRF cheat sheet, "Fetch Metadata"; ASVS 5.0 3.5.1 to 3.5.3). Nor
 * is what the API says for any other page (web.dev, "Protect your resources from web attacks with Fetch Metadata").
 */
import { createMiddleware } from "hono/factory";
import { isApi } from "./absent";
import type { AppEnv } from "./router";
import { refuse } from "./respond";

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);
const UNSAFE_METHODS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Whether the method may change something. */
export function isUnsafe(method: string): boolean {
  return !SAFE_METHODS.has(method);
}

/** Answers 405 to methods that Daybook does not use; a header that names another method is not looked at. */
export const knownMethods = createMiddleware<AppEnv>(async (c, next) => {
  const { method } = c.req.raw;
  if (!SAFE_METHODS.has(method) && !UNSAFE_METHODS.has(method)) {
    return c.body(null, 405, { allow: [...SAFE_METHODS, ...UNSAFE_METHODS].join(", ") });
  }
  await next();
  return undefined;
});

/**
 * Refuses to change anything for a request that its browser does not call this host's own, and to read the API for one
 * that it calls another's: nobody there could see the answer, but an export leaves a line in the log and takes a turn.
 */
export const sameOrigin = createMiddleware<AppEnv>(async (c, next) => {
  const isFine = isUnsafe(c.req.raw.method) ? isOwn(c.req.raw, c.get("config").scheme) : !isApi(c.req.url) || isNoOthers(c.req.raw);
  if (!isFine) return refuse(c, { kind: "cross_site_refused" });
  await next();
  return undefined;
});

/** Whether a page of this host itself opens a socket: browsers always say whose page it is (RFC 6455 section 4.1, item 8). */
export function isOwnSocket(request: Request, scheme: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  return request.headers.get("origin") === `${scheme}://${new URL(request.url).host}` && (site === null || site === "same-origin");
}

/** Without the header it is an old browser, or none; `none` is what somebody typed. */
function isNoOthers(request: Request): boolean {
  return [null, "same-origin", "none"].includes(request.headers.get("sec-fetch-site"));
}

/** Both headers are the browser's word and no page can change them: neither may speak against, and one must speak for. */
function isOwn(request: Request, scheme: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const own = `${scheme}://${new URL(request.url).host}`;
  if (site === null) return origin === own;
  return site === "same-origin" && (origin === null || origin === own);
}
