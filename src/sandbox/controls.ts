/** The sandbox's own addresses, which `npm start` and `npm run demo:coffee` call. Nothing of it is in production. */
import { Hono } from "hono";
import type { SandboxContext } from "./context";
import { hookControls } from "./hooks";
import { seatBookkeeper } from "./demo-people";
import { seedCoffee } from "./seed-coffee";
import { changeCove, seedCove } from "./seed-cove";
import { missingFile, seedMarket } from "./seed-market";
import { fileHarbour } from "./seed-documents";
import { textHarbour } from "./seed-texting";
import { seedOrganisation } from "./seed-organisation";
import { progressOf, seedDemo } from "./seed";
import { changeHarbour, mapTheRest, settleHarbour } from "./seed-since";

/** Routes below `/__sandbox/`. */
export function controls(context: SandboxContext): Hono {
  return new Hono()
    .get("/__sandbox/health", (c) => c.json({}))
    .post("/__sandbox/seed", async (c) => {
      await seedDemo(context);
      await seedOrganisation(context);
      await seedCove(context);
      await seedMarket(context);
      await seatBookkeeper(context);
      return c.json({});
    })
    .post("/__sandbox/since", async (c) => {
      await mapTheRest(context);
      await changeHarbour(context);
      await changeCove(context);
      await settleHarbour(context);
      await fileHarbour(context);
      await textHarbour(context);
      return c.json({});
    })
    .get("/__sandbox/progress", async (c) => c.json(await progressOf(context)))
    .get("/__sandbox/market/transactions.csv", () => new Response(missingFile(context), {
      headers: { "content-type": "text/csv", "content-disposition": 'attachment; filename="transactions-last-night.csv"' },
    }))
    .post("/__sandbox/coffee", async (c) => {
      await seedCoffee(context, await c.req.arrayBuffer());
      return c.json({});
    })
    .route("/__sandbox/hooks", hookControls(context))
    .onError((error, c) => c.text(error.message, 500));
}
