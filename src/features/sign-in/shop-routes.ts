/** Coming into a shop and leaving it, on the shop's own host. */
import { createMiddleware } from "hono/factory";
import { ok } from "../../kernel/result";
import { SECOND } from "../../kernel/clock";
import { accept } from "../../http/accept";
import { clearHostCookie, setHostCookie } from "../../http/cookies";
import type { ShopCard } from "../../http/guard";
import { showPage } from "../../http/page";
import { answer } from "../../http/respond";
import { router, type AppEnv } from "../../http/router";
import { directoryDb } from "../../platform/database";
import { findShopBySlug } from "../shops/service";
import { arriveQuery, nothing, startQuery } from "./contract";
import { enterShop, leaveForAuth } from "./entry";
import { ENTRY_COOKIE, ENTRY_MS, LONGEST_SESSION_MS, SESSION_COOKIE, writeToken } from "./rules";
import { endSessionOfShop } from "./service";

/** Lets a request on only where the host is an open shop's: everywhere else there is nothing. */
export const knownShop = createMiddleware<{ Bindings: AppEnv["Bindings"]; Variables: AppEnv["Variables"] & { shop: ShopCard } }>(async (c, next) => {
  const site = c.get("site");
  const shop = site.kind === "shop" ? await findShopBySlug(directoryDb(c.env), site.slug) : null;
  if (shop === null) return await c.notFound();
  c.set("shop", shop);
  return await next();
});

/** Signing out of a shop's host, under its API. */
export const shopSignOutRoutes = router().post("/sign-out", knownShop, accept("json", nothing), async (c) => {
  await endSessionOfShop(c.req.raw, c.env);
  clearHostCookie(c, SESSION_COOKIE);
  return answer(c, ok({}));
});

/** The two addresses of an entry: out to `auth.`, and back with a code. */
export const enterRoutes = router()
  .get("/enter/start", knownShop, accept("query", startQuery), async (c) => {
    const { location, verifier } = await leaveForAuth(c.get("world"), c.env, c.get("shop"), c.req.valid("query"));
    setHostCookie(c, ENTRY_COOKIE, verifier, ENTRY_MS / SECOND);
    return c.redirect(location, 303);
  })
  .get("/enter", knownShop, accept("query", arriveQuery), async (c) => {
    const { code, to, again } = c.req.valid("query");
    const token = await enterShop(c.get("world"), c.env, c.req.raw, c.get("shop"), code);
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
