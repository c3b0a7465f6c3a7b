/** What goes out is declared as what comes in is: an answer that its route's schema does not describe is a bug, and is not sent. */
import { createMiddleware } from "hono/factory";
import type { MiddlewareHandler } from "hono";
import type { z } from "zod";
import type { AppEnv } from "./router";

/** A middleware that carries the schema of the route's success, so that a test can walk the router and find it. */
export type Giver = MiddlewareHandler<AppEnv> & { readonly gives: z.ZodType };

/** Declares what a route answers with on success; `answer` holds every answer against it. Schemas are strict. */
export function gives(schema: z.ZodType): Giver {
  const middleware = createMiddleware<AppEnv>(async (c, next) => {
    c.set("gives", schema);
    await next();
  });
  return Object.assign(middleware, { gives: schema });
}
