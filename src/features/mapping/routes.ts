/**
 * Reading the mapping over HTTP, and what a change would do. Saving it and creating accounts are routes of `sync`, which
 * then tries the days again that were waiting for it.
 */
import { ok } from "../../kernel/result";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { accept } from "../../http/accept";
import { effectView, mappingChange, mappingView, oldVersionView, versionPath, versionsQuery, versionsView } from "./contract";
import { viewVersion, viewVersions } from "./history";
import { refreshChart, viewEffect, viewMapping } from "./service";

export const mappingRoutes = router()
  .get("/mapping", guard("mapping.read"), gives(mappingView), async (c) => answer(c, ok(await viewMapping(c.env, c.get("visit")))))
  .get("/mapping/versions", guard("mapping.read"), accept("query", versionsQuery), gives(versionsView), async (c) => (
    answer(c, ok(await viewVersions(c.env, c.get("visit"), c.req.valid("query").before ?? null)))
  ))
  .get("/mapping/versions/:version", guard("mapping.read"), accept("param", versionPath), gives(oldVersionView), async (c) => (
    answer(c, await viewVersion(c.env, c.get("visit"), c.req.valid("param").version))
  ))
  .post("/mapping/effect", guard("mapping.write"), accept("json", mappingChange), gives(effectView), async (c) => (
    answer(c, await viewEffect(c.get("visit"), c.req.valid("json")))
  ))
  .post("/mapping/refresh", guard("mapping.write"), gives(mappingView), async (c) => answer(c, await refreshChart(c.get("world"), c.env, c.get("visit"))));
