/** Cookies of one host only (`__Host-`, RFC 6265bis section 4.1.3.2): no other site, sibling or path can have set them. */
import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { parse } from "hono/utils/cookie";
import type { AppEnv } from "./router";
import { refuse } from "./respond";

export type HostCookie = `__Host-${string}`;

/** The cookie's value, or undefined. Only an exact name counts: not one that some letter or space was put in front of. */
export function cookieOf(request: Request, name: HostCookie): string | undefined {
  return parse(request.headers.get("cookie") ?? "", name)[name];
}

/** Sets a cookie that this host alone gets back, over https, out of reach of scripts, and not from other sites' forms. */
export function setHostCookie(c: Context, name: HostCookie, value: string, maxAgeSeconds: number): void {
  setCookie(c, name, value, { path: "/", secure: true, httpOnly: true, sameSite: "Lax", maxAge: maxAgeSeconds });
}

/** Takes a cookie back. */
export function clearHostCookie(c: Context, name: HostCookie): void {
  deleteCookie(c, name, { path: "/", secure: true, httpOnly: true, sameSite: "Lax" });
}

/**
 * Refuses a request that brings one `__Host-` name twice: a browser cannot, so somebody made it, and which of the two
 * counts would be a matter of taste. The browser is told to forget them all, or it could never get in again.
 */
export const oneCookieEach = createMiddleware<AppEnv>(async (c, next) => {
  const names = (c.req.header("cookie") ?? "").split(";").map((pair) => (pair.split("=")[0] ?? "").trim().toLowerCase());
  const ours = names.filter((name) => name.startsWith("__host-"));
  if (new Set(ours).size !== ours.length) {
    c.header("clear-site-data", '"cookies"');
    return refuse(c, { kind: "invalid_input", message: "Your browser sent the same cookie twice.", fields: [] });
  }
  await next();
  return undefined;
});
