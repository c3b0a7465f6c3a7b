/** What every answer carries, whatever its status: OWASP ASVS 5.0, sections 3.4 and 14.3. */
import { createMiddleware } from "hono/factory";
import type { Config } from "../platform/env";
import type { AppEnv } from "./router";
import { siteOf, type Site } from "./site";

/** Nothing but our own files, no inline script or style, no frame, no form to elsewhere, no text turned into markup. */
function policyOf({ images = "", calls = "", frames = "'none'" }: { readonly images?: string; readonly calls?: string; readonly frames?: string }): string {
  return [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", `img-src 'self' data:${images}`, `connect-src 'self'${calls}`, `frame-src ${frames}`,
    "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'",
  ].join("; ");
}

const CONTENT_SECURITY_POLICY = policyOf({});

/** A shop's pages show documents: pictures and papers of `files.`, and what they made of them or are about to file (`blob:`). */
function policyOfShop({ domain }: Pick<Config, "domain">): string {
  return policyOf({ images: ` blob: files.${domain}`, calls: ` files.${domain}`, frames: "blob:" });
}

/** The few pages of `files.`: our style sheet and a form, nothing that runs. */
const POLICY_OF_FILES = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const NOT_NEEDED = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb", "browsing-topics"];

/** Name and value of each header. Two years of HSTS is what preload lists ask for and more than ASVS 3.4.1 does. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": NOT_NEEDED.map((feature) => `${feature}=()`).join(", "),
  // Codes stand in addresses for the length of a redirect: no other host may ever be told them.
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Puts the security headers on every answer, and `no-store` on whatever does not say how it may be kept. */
export const securityHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  // An answer of the static files cannot be changed; a copy can.
  const answer = new Response(c.res.body, c.res);
  // Where the environment is broken, nobody came to know which site it is.
  const site = c.get("site") as Site | undefined;
  const own = site === undefined ? {} : headersOf(site, c.get("config"), { given: answer.headers, origin: c.req.header("origin") ?? "" });
  for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, ...own })) answer.headers.set(name, value);
  if (!answer.headers.has("cache-control")) answer.headers.set("cache-control", "no-store");
  c.res = undefined;
  c.res = answer;
});

type Asked = { readonly given: Headers; readonly origin: string };

/** What a site says otherwise. Content of `files.` brings a policy of its own. */
function headersOf({ kind }: Site, config: Config, { given, origin }: Asked): Readonly<Record<string, string>> {
  if (kind === "auth" || kind === "public") return {};
  // A host that is nobody's answers as a shop's does.
  if (kind !== "files") return { "content-security-policy": policyOfShop(config) };
  return {
    "content-security-policy": given.get("content-security-policy") ?? POLICY_OF_FILES, "cross-origin-resource-policy": "same-site", vary: "Origin",
    // Somebody may put a link where a search engine finds it.
    "x-robots-tag": "noindex",
    // A shop's own pages may read what they fetch. Cookies are none of this host's, so none are allowed to come.
    ...(isShops(origin, config) ? { "access-control-allow-origin": origin } : {}),
  };
}

function isShops(origin: string, config: Config): boolean {
  const host = URL.parse(origin)?.host ?? "";
  return origin === `${config.scheme}://${host}` && siteOf(host, config).kind === "shop";
}
