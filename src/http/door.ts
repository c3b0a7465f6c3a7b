/** The first steps of every request: its reference number, the environment, the site that was asked, and https. */
import type { ErrorHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { getPath } from "hono/utils/url";
import { newId, type Brand } from "../kernel/ids";
import { readConfig, type Bindings } from "../platform/env";
import { errorFields } from "../platform/log";
import type { World } from "../platform/world";
import { isApi } from "./absent";
import { refuse, type Refusal } from "./respond";
import type { AppEnv } from "./router";
import { isUnsafe } from "./same-origin";
import { siteOf } from "./site";

/**
 * The path by which routes are found: the site in front of the address's own path, `/shop/api/days`. The host is the
 * address's; what other headers say of it (`X-Forwarded-Host`) is never read.
 */
export function sitePath(request: Request, options?: { readonly env?: Bindings }): string {
  const { host } = new URL(request.url);
  return `/${siteOf(host, { domain: options?.env?.APP_DOMAIN ?? "" }).kind}${getPath(request)}`;
}

/** Hands every handler the world and the environment. Throws `ConfigError` where the environment is not complete. */
export function begin(world: World, providerName: AppEnv["Variables"]["providerName"]) {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.set("world", world);
    c.set("providerName", providerName);
    c.set("requestId", newId<Brand<string, "RequestId">>(world.random));
    const config = readConfig(c.env);
    c.set("config", config);
    c.set("site", siteOf(new URL(c.req.url).host, config));
    await next();
  });
}

/** Sends a page that was opened over plain http to https; whatever else came in the clear is refused, not forwarded. */
export const httpsOnly = createMiddleware<AppEnv>(async (c, next) => {
  const url = new URL(c.req.url);
  if (c.get("config").scheme === "http" || url.protocol === "https:") return await next();
  if (isUnsafe(c.req.raw.method) || isApi(c.req.url)) {
    return refuse(c, { kind: "invalid_input", message: "This address answers over https only.", fields: [] });
  }
  url.protocol = "https:";
  return c.redirect(url.href, 308);
});

/** A bug: the caller gets a reference number, the log gets the same number and what happened. */
export const broke: ErrorHandler<AppEnv> = (error, c) => {
  const requestId = c.get("requestId") ?? "";
  c.get("world")?.log.error("request.broke", { requestId, method: c.req.method, ...errorFields(error) });
  const body: Refusal = {
    error: {
      kind: "unexpected", title: "Something broke on our side.", next: "Try again; if it stays so, tell us the reference number.",
      fields: [], reference: requestId,
    },
  };
  return c.json(body, 500);
};
