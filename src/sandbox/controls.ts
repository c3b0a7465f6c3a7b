/** The sandbox's own addresses, which `npm start` and `npm run demo:coffee` call. Nothing of it is in production. */
import { Hono } from "hono";
import type { SandboxContext } from "./context";
import { hookControls } from "./hooks";
import { seedCoffee } from "./seed-coffee";
import { seedOrganisation } from "./seed-organisation";
import { progressOf, seedDemo } from "./seed";

/** Routes below `/__sandbox/`. */
export function controls(context: SandboxContext): Hono {
  return new Hono()
    .get("/__sandbox/health", (c) => c.json({}))
    .post("/__sandbox/seed", async (c) => {
      await seedDemo(context);
      await seedOrganisation(context);
      return c.json({});
    })
    .get("/__sandbox/progress", async (c) => c.json(await progressOf(context)))
    .post("/__sandbox/coffee", async (c) => {
      await seedCoffee(context, await c.req.arrayBuffer());
      return c.json({});
    })
    .route("/__sandbox/hooks", hookControls(context))
    .onError((error, c) => c.text(error.message, 500));
}
