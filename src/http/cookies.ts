/** Cookies of one host only (`__Host-`, RFC 6265bis section 4.1.3.2): no other site, sibling or path can have set them. */
import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { parse } from "hono/utils/cookie";
import { isOpenedByPerson } from "./absent";
import { showPage } from "./page";
import { refuse } from "./respond";
import type { AppEnv } from "./router";

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

/** Ours come to a few hundred bytes. What is larger was planted by a sibling or by hand, and would lock the person out for good. */
const MOST_CHARACTERS = 8_192;

/**
 * Refuses a request that brings one `__Host-` name twice: a browser cannot, so somebody made it, and which of the two
 * counts would be a matter of taste. Refuses cookies that are too many to be ours (RFC 6585 section 5). Either way the
 * browser is told to forget them all, or it could never get in again.
 */
export const plausibleCookies = createMiddleware<AppEnv>(async (c, next) => {
  const sent = c.req.header("cookie") ?? "";
  if (sent.length > MOST_CHARACTERS) return await forget(c, 431, "Your browser sent more cookies than Daybook ever gave it.");
  const names = sent.split(";").map((pair) => (pair.split("=")[0] ?? "").trim().toLowerCase());
  const ours = names.filter((name) => name.startsWith("__host-"));
  if (new Set(ours).size !== ours.length) return await forget(c, 400, "Your browser sent the same cookie twice.");
  await next();
  return undefined;
});

/** The way on is the same address: by then the browser has nothing left to send. Scripts are told the same as 400. */
async function forget(c: Context<AppEnv>, status: 400 | 431, title: string): Promise<Response> {
  c.header("clear-site-data", '"cookies"');
  if (!isOpenedByPerson(c)) return refuse(c, { kind: "invalid_input", message: title, fields: [] });
  return await showPage(c, { status, title, sentence: "They are gone now. You may have to sign in again." }, { href: c.req.url, text: "Go on" });
}
