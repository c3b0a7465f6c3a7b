/** Ways between a site's host and `auth.`. Everything here is a path of ours on a host of ours, whatever an address says. */
import type { EnterRequest } from "../../src/features/sessions/contract";

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
/** A page's own address, as `location` has it. */
export type Here = { readonly protocol: string; readonly host: string };
/** A page of a site that sent the person to `auth.`. */
export type Back = { readonly site: string; readonly to: string };

/** The labels of shops and organisations; anything else is no place to go back to. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/;
/** What the server takes for a path of the site: one slash, never two, and no scheme. */
const PATH = /^\/(?![/\\])[\w\-./?=&%:,+~]{0,499}$/;

/** Where a site's host lets a signed-out person in again and brings them back to where they were. */
export function enterAddress(path: string): string {
  return `/enter/start?to=${encodeURIComponent(path)}`;
}

/** Where somebody signed in to a site proves who they are, to be brought back to `path` of it. */
export function proveAddress(page: "confirm" | "second-factor", here: Here, path: string): string {
  const [site = "", ...domain] = here.host.split(".");
  return `${here.protocol}//auth.${domain.join(".")}/${page}?site=${encodeURIComponent(site)}&to=${encodeURIComponent(path)}`;
}

/** The site that sent the person here, or undefined when they came by themselves. The server checks every part again. */
export function enterOf(query: Query): EnterRequest | undefined {
  const { challenge } = query;
  const back = backOf(query);
  return typeof challenge !== "string" || back === undefined ? undefined : { ...back, challenge };
}

/** The page to go back to, or undefined where the address names none. */
export function backOf({ site, to }: Query): Back | undefined {
  if (typeof site !== "string" || !LABEL.test(site) || site === "auth") return undefined;
  return { site, to: typeof to === "string" && PATH.test(to) ? to : "/" };
}

/** The address of a site's page, seen from `auth.`. Its host is always a sibling of this one. */
export function siteAddress(here: Here, { site, to }: Back): string {
  return `${here.protocol}//${here.host.replace(/^[^.]+/, site)}${to}`;
}

/** The query of a page of `auth.` that passes on where the person came from. */
export function onwards(query: Query): string {
  const kept = ["site", "challenge", "to"].flatMap((name) => {
    const value = query[name];
    return typeof value === "string" ? [[name, value] as [string, string]] : [];
  });
  return kept.length === 0 ? "" : `?${new URLSearchParams(kept).toString()}`;
}
