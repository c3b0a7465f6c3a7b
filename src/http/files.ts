/** The web app's files. They are the same on every host, so that they say nothing of which shops there are. */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./router";
import { absent, isApi } from "./absent";

/** Names under /assets carry a hash of what is in them; the few others may change with a deploy. */
const KEPT_FOR_EVER = "public, max-age=31536000, immutable";
const KEPT_FOR_AN_HOUR = "public, max-age=3600";

/** The offline verifier of audit logs (`web/vite.config.ts` builds it). */
const VERIFIER = "/audit-verifier.html";

/** Serves what has a file's name (`/assets/app-1a2b.js`, `/page.css`) and passes everything else on. */
export const files = createMiddleware<AppEnv>(async (c, next) => {
  const { pathname } = new URL(c.req.url);
  const isAsset = pathname.startsWith("/assets/");
  if (isApi(c.req.url) || !(isAsset || /\.[^/]*$|\/\./.test(pathname))) return await next();
  if (pathname === VERIFIER) return await download(c);
  // Pages have addresses of their own, and a name that begins with a dot is a secret or a mistake.
  if (/\.html$|\/\./i.test(pathname)) return await absent(c);
  return await serve(c, pathname, isAsset ? KEPT_FOR_EVER : KEPT_FOR_AN_HOUR);
});

/** A page to be kept and opened from one's own disk: it is never shown as one of ours, whose policy lets no inline script run. */
async function download(c: Context<AppEnv>): Promise<Response> {
  const answer = await serve(c, VERIFIER.replace(/\.html$/, ""), KEPT_FOR_AN_HOUR);
  if (answer.status === 200) answer.headers.set("content-disposition", 'attachment; filename="daybook-audit-verifier.html"');
  return answer;
}

/** The style sheet of the pages that the server writes itself, where none of the app's other files is. */
export async function servePageStyle(c: Context<AppEnv>): Promise<Response> {
  return await serve(c, "/page.css", KEPT_FOR_AN_HOUR);
}

/** Answers with a page of the web app, never from a cache. */
export async function servePage(c: Context<AppEnv>, page: "/" | "/landing"): Promise<Response> {
  return isApi(c.req.url) ? await absent(c) : await serve(c, page, "no-store");
}

async function serve(c: Context<AppEnv>, pathname: string, cacheControl: string): Promise<Response> {
  const headers = new Headers();
  const known = c.req.header("if-none-match");
  if (known !== undefined) headers.set("if-none-match", known);
  const found = await c.env.ASSETS.fetch(new Request(new URL(pathname, c.req.url), { headers }));
  // Anything but the file itself (a redirect to another spelling of its name, an error) is as good as absent.
  if (found.status !== 200 && found.status !== 304) return await absent(c);
  const answer = new Response(found.body, found);
  answer.headers.set("cache-control", cacheControl);
  return answer;
}
