/** Which of Daybook's sites a host name is. Decided by the configured domain, never by a forwarded header. */
import type { Config } from "../platform/env";

export type Site =
  | { readonly kind: "public" }
  | { readonly kind: "auth" }
  | { readonly kind: "shop"; readonly slug: string }
  /** `files.`: signed links, and never a cookie. */
  | { readonly kind: "files" }
  /** An organisation's: `hq-<slug>`. */
  | { readonly kind: "hq"; readonly slug: string }
  | { readonly kind: "unknown" };

/** Names that are no shop's: sites of Daybook itself, and what a stranger might take for one or for a provider's. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  "auth", "ops", "files", "www", "api", "app", "admin", "mail", "status", "help", "support", "docs", "static", "assets", "cdn", "security", "billing", "account",
  "accounts", "login", "logout", "signin", "signup", "sso", "oauth", "password", "console", "root", "legal", "privacy", "terms", "trust", "hq",
  // What other software looks for by name on any domain (RFC 2142, and the finders of mail, proxies and name servers).
  "postmaster", "hostmaster", "webmaster", "abuse", "noreply", "smtp", "imap", "pop3", "webmail", "autoconfig", "autodiscover", "wpad", "isatap", "dns", "ftp",
  "daybook", "localhost", "square", "clover", "toast", "quickbooks", "intuit", "xero", "stripe", "twilio",
]);

/**
 * Whether a shop may have that name: 2 to 40 of a-z, 0-9 and inner hyphens. No `hq-` (an organisation's sites) and no
 * two hyphens after two letters, which is how names of other alphabets are disguised (RFC 5890 section 2.3.1, `xn--`).
 */
export function isShopSlug(label: string): boolean {
  if (RESERVED_SLUGS.has(label) || label.startsWith("hq-") || /^..--/.test(label)) return false;
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/.test(label);
}

/** Whether an organisation may have that name: 2 to 36 of a-z, 0-9 and inner hyphens. */
export function isOrganisationSlug(label: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,34}[a-z0-9])$/.test(label) && !/^..--/.test(label);
}

/** Reads the site from the request's host, which must be the configured domain or one label below it. */
export function siteOf(host: string, config: Pick<Config, "domain">): Site {
  const name = host.toLowerCase();
  if (name === config.domain) return { kind: "public" };
  if (!name.endsWith(`.${config.domain}`)) return { kind: "unknown" };
  const label = name.slice(0, -config.domain.length - 1);
  if (label === "auth") return { kind: "auth" };
  if (label === "files") return { kind: "files" };
  if (label.startsWith("hq-")) return isOrganisationSlug(label.slice(3)) ? { kind: "hq", slug: label.slice(3) } : { kind: "unknown" };
  return isShopSlug(label) ? { kind: "shop", slug: label } : { kind: "unknown" };
}

/** `https://auth.daybook.example`, `https://harbour.daybook.example`; no trailing slash. */
export function originOf(label: string, config: Pick<Config, "domain" | "scheme">): string {
  return `${config.scheme}://${label}.${config.domain}`;
}
