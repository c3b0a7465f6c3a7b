/** What every handler is handed, and the router that features chain their routes on. */
import { Hono } from "hono";
import type { Bindings, Config } from "../platform/env";
import type { World } from "../platform/world";
import type { z } from "zod";
import type { Site } from "./site";

export type AppEnv = {
  Bindings: Bindings;
  Variables: {
    world: World;
    config: Config;
    /** Which of Daybook's sites was asked. */
    site: Site;
    /** Reference number of the request: in the log, and in the answer when something breaks. */
    requestId: string;
    /** What people call a provider: "QuickBooks Online" for `quickbooks`. */
    providerName: (provider: string) => string;
    /** What the route said that it answers with: see `http/gives`. */
    gives: z.ZodType | undefined;
  };
};

/** A router on which routes are chained, so that `type Api` knows every one of them. */
export function router(): Hono<AppEnv> {
  return new Hono<AppEnv>();
}
