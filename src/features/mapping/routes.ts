/**
 * Reading the mapping over HTTP. Saving it and creating accounts are routes of `sync`, which then tries the days again
 * that were waiting for it.
 */
import { ok } from "../../kernel/result";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { mappingView } from "./contract";
import { refreshChart, viewMapping } from "./service";

export const mappingRoutes = router()
  .get("/mapping", guard("mapping.read"), gives(mappingView), async (c) => answer(c, ok(await viewMapping(c.env, c.get("visit")))))
  .post("/mapping/refresh", guard("mapping.write"), gives(mappingView), async (c) => answer(c, await refreshChart(c.get("world"), c.env, c.get("visit"))));
