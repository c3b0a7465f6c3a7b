/** What every answer carries, whatever its status: OWASP ASVS 5.0, sections 3.4 and 14.3. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./router";

/** Nothing but our own files, no inline script or style, no frame, no form to elsewhere, no text turned into markup. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
  "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'",
].join("; ");

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
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) answer.headers.set(name, value);
  if (!answer.headers.has("cache-control")) answer.headers.set("cache-control", "no-store");
  c.res = undefined;
  c.res = answer;
});
