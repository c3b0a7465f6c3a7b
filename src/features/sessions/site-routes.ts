/** Coming into a site and leaving it, on the site's own host: a shop's or an organisation's. */
import { createMiddleware } from "hono/factory";
import { ok } from "../../kernel/result";
import { SECOND } from "../../kernel/clock";
import { accept } from "../../http/accept";
import { clearHostCookie, setHostCookie } from "../../http/cookies";
import { gives } from "../../http/gives";
import { showPage } from "../../http/page";
import { answer } from "../../http/respond";
import { router, type AppEnv } from "../../http/router";
import { directoryDb } from "../../platform/database";
import { findOrganisationBySlug } from "../organisations/service";
import { findShopBySlug } from "../shops/service";
import { arriveQuery, nothing, startQuery } from "./contract";
import { endSessionOfSite } from "./ending";
import { enterSite, leaveForAuth, type EntrySite } from "./entry";
import { ENTRY_COOKIE, ENTRY_MS, LONGEST_SESSION_MS, SESSION_COOKIE, writeToken } from "./rules";

type SiteEnv = { Bindings: AppEnv["Bindings"]; Variables: AppEnv["Variables"] & { entrySite: EntrySite } };

/**
 * Lets a request on only where the host is an open shop's or an organisation's: everywhere else there is nothing. Asks
 * for nobody, and says so, as the other guards say what they ask for.
 */
export const knownSite = Object.assign(createMiddleware<SiteEnv>(async (c, next) => {
  const site = await entrySiteOf(c.get("site"), c.env);
  if (site === null) return await c.notFound();
  c.set("entrySite", site);
  return await next();
}), { access: "anybody" as const });

async function entrySiteOf(site: AppEnv["Variables"]["site"], env: AppEnv["Bindings"]): Promise<EntrySite | null> {
  const directory = directoryDb(env);
  if (site.kind === "shop") {
    const shop = await findShopBySlug(directory, site.slug);
    return shop === null ? null : { label: shop.slug, owner: { shopId: shop.id, organisationId: null } };
  }
  if (site.kind !== "hq") return null;
  const organisation = await findOrganisationBySlug(directory, site.slug);
  return organisation === null ? null : { label: `hq-${organisation.slug}`, owner: { shopId: null, organisationId: organisation.id } };
}

/** Signing out of a site's host, under its API. */
export const siteSignOutRoutes = router().post("/sign-out", knownSite, accept("json", nothing), gives(nothing), async (c) => {
  await endSessionOfSite(c.get("world"), c.env, c.req.raw);
  clearHostCookie(c, SESSION_COOKIE);
  return answer(c, ok({}));
});

/** The two addresses of an entry: out to `auth.`, and back with a code. */
export const enterRoutes = router()
  .get("/enter/start", knownSite, accept("query", startQuery), async (c) => {
    const { location, verifier } = await leaveForAuth(c.get("world"), c.env, c.get("entrySite"), c.req.valid("query"));
    setHostCookie(c, ENTRY_COOKIE, verifier, ENTRY_MS / SECOND);
    return c.redirect(location, 303);
  })
  .get("/enter", knownSite, accept("query", arriveQuery), async (c) => {
    const { code, to, again } = c.req.valid("query");
    const token = await enterSite(c.get("world"), c.env, c.req.raw, c.get("entrySite"), code);
    clearHostCookie(c, ENTRY_COOKIE);
    if (token !== null) {
      setHostCookie(c, SESSION_COOKIE, writeToken(token), LONGEST_SESSION_MS / SECOND);
      return c.redirect(new URL(to, c.req.url).href, 303);
    }
    const start = `/enter/start?${new URLSearchParams({ to, again: "1" }).toString()}`;
    if (again === undefined) return c.redirect(start, 303);
    return await showPage(c, CANNOT_ENTER, { href: `/enter/start?${new URLSearchParams({ to }).toString()}`, text: "Try once more" });
  });

const CANNOT_ENTER = {
  status: 400,
  title: "You could not be let in",
  sentence: `The link that brings you here from the sign-in page works once, within a minute, in the browser that asked for it. Allow cookies for this site, then try once more.`,
} as const;
