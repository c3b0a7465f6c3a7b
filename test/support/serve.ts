/** The feature's own routes behind the real guard, asked as a person of a given role. */
import { Hono } from "hono";
import { ok } from "../../src/kernel/result";
import type { Role } from "../../src/kernel/roles";
import { payoutsRoutes } from "../../src/features/settlement/routes";
import { backfillRoutes, daysRoutes, mappingChangeRoutes, postingRoutes } from "../../src/features/sync/routes";
import type { ShopEnv } from "../../src/http/guard";
import { readConfig } from "../../src/platform/env";
import type { GivenShop, GivenWorld } from "./given";

export type Asked = { readonly status: number; readonly body: unknown };

/** Asks `/api/...` of a shop as somebody with that role. */
export function visitorOf(given: GivenWorld, shop: GivenShop, role: Role = "owner") {
  const app = new Hono<ShopEnv>();
  app.onError((error) => Response.json({ threw: error.message }, { status: 500 }));
  app.use(async (c, next) => {
    c.set("world", given.world);
    c.set("config", readConfig(given.env));
    c.set("requestId", "test");
    c.set("identify", async () => {
      const { db: _, ...visitor } = shop.visit(role);
      return ok(visitor);
    });
    await next();
  });
  for (const routes of [daysRoutes, postingRoutes, backfillRoutes, mappingChangeRoutes, payoutsRoutes]) app.route("/api", routes);
  return async (method: "GET" | "POST" | "PUT", path: string, json?: unknown): Promise<Asked> => {
    const body = json === undefined ? {} : { body: JSON.stringify(json), headers: { "content-type": "application/json" } };
    const response = await app.fetch(new Request(`https://harbour.daybook.example/api${path}`, { method, ...body }), given.env);
    return { status: response.status, body: await response.json() };
  };
}
