/** Days, posting and back-fills over HTTP; and saving the mapping, since days that waited for it are tried again with it. */
import type { Context } from "hono";
import type { LocationId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { dayPath, daysQuery, daysView, dayView } from "../days/contract";
import { chartAccount, mappingChange, mappingSaved, newAccount, restoreRequest, versionPath } from "../mapping/contract";
import { createAccountFor, restoreVersion, saveMapping } from "../mapping/service";
import { postDayNow, readDay, reclassifyPosted, retryDay, retryPayouts, retryStopped, type Act } from "./acts";
import { startBackfill, viewBackfill, viewBackfills } from "./backfill";
import { backfillPath, backfillRequest, backfillsView, backfillView, decideRequest, lookalikesQuery, lookalikesView, postingChange, postingView, postRequest, underWay } from "./contract";
import { viewDay, viewDays } from "./day-view";
import { decideDay, undoDay } from "./decisions";
import { scanBooks } from "./lookalikes";
import { changePosting, viewPosting } from "./posting";

/** What stops a day until its lines have accounts that take them. */
const WAITING_FOR_MAPPING = ["unmapped", "account_inactive", "account_unknown", "tag_inactive"] as const;

export const daysRoutes = router()
  .get("/days", guard("days.read"), accept("query", daysQuery), gives(daysView), async (c) => answer(c, await viewDays(c.get("world"), c.get("visit"), c.req.valid("query"))))
  .get("/days/:location/:date", guard("days.read"), accept("param", dayPath), gives(dayView), async (c) => {
    const { location, date } = c.req.valid("param");
    return answer(c, await viewDay(c.get("world"), c.env, c.get("visit"), location as LocationId, date));
  })
  .post("/days/:location/:date/read", guard("days.work"), accept("param", dayPath), gives(underWay), async (c) => answer(c, await readDay(actOf(c), c.req.valid("param"))))
  .post("/days/:location/:date/retry", guard("days.work"), accept("param", dayPath), gives(underWay), async (c) => answer(c, await retryDay(actOf(c), c.req.valid("param"))))
  .post("/days/:location/:date/post", guard("days.post"), accept("param", dayPath), accept("json", postRequest), gives(underWay), async (c) => (
    answer(c, await postDayNow(actOf(c), c.req.valid("param"), c.req.valid("json").fingerprint))
  ))
  .post("/days/:location/:date/undo", guard("days.post"), accept("param", dayPath), gives(underWay), async (c) => answer(c, await undoDay(actOf(c), c.req.valid("param"))))
  .post("/days/:location/:date/decide", guard("days.work"), accept("param", dayPath), accept("json", decideRequest), gives(underWay), async (c) => (
    answer(c, await decideDay(actOf(c), c.req.valid("param"), c.req.valid("json").kind))
  ));

export const postingRoutes = router()
  .get("/posting", guard("posting.manage"), gives(postingView), async (c) => answer(c, ok(await viewPosting(c.get("visit")))))
  .put("/posting", guard("posting.manage"), accept("json", postingChange), gives(postingView), async (c) => answer(c, await changePosting(actOf(c), c.req.valid("json"))));

export const backfillRoutes = router()
  .get("/lookalikes", guard("days.post"), accept("query", lookalikesQuery), gives(lookalikesView), async (c) => answer(c, await scanBooks(actOf(c), c.req.valid("query"))))
  .get("/backfills", guard("days.read"), gives(backfillsView), async (c) => answer(c, ok(await viewBackfills(c.get("visit")))))
  .get("/backfills/:backfill", guard("days.read"), accept("param", backfillPath), gives(backfillView), async (c) => (
    answer(c, await viewBackfill(c.get("visit"), c.req.valid("param").backfill))
  ))
  .post("/backfills", guard("days.work"), accept("json", backfillRequest), gives(backfillView), async (c) => answer(c, await startBackfill(actOf(c), c.req.valid("json"))));

export const mappingChangeRoutes = router()
  .put("/mapping", guard("mapping.write"), accept("json", mappingChange), gives(mappingSaved), async (c) => {
    const act = actOf(c);
    const saved = await saveMapping(act.world, act.visit, c.req.valid("json"));
    if (!saved.ok) return refuse(c, saved.failure);
    await retryPayouts(act, WAITING_FOR_MAPPING);
    const reclassified = await reclassifyPosted(act, Object.keys(c.req.valid("json").accounts ?? {}));
    return answer(c, ok({ version: saved.value.version, retriedDays: await retryStopped(act, WAITING_FOR_MAPPING) + reclassified }));
  })
  .post("/mapping/versions/:version/restore", guard("mapping.write"), accept("param", versionPath), accept("json", restoreRequest), gives(mappingSaved), async (c) => {
    const act = actOf(c);
    const restored = await restoreVersion(act.world, act.visit, { ...c.req.valid("param"), seen: c.req.valid("json").version });
    if (!restored.ok) return refuse(c, restored.failure);
    await retryPayouts(act, WAITING_FOR_MAPPING);
    return answer(c, ok({ version: restored.value.version, retriedDays: await retryStopped(act, WAITING_FOR_MAPPING) }));
  })
  .post("/mapping/accounts", guard("mapping.write"), accept("json", newAccount), gives(chartAccount), async (c) => (
    answer(c, await createAccountFor(c.get("world"), c.env, c.get("visit"), c.req.valid("json")))
  ));

function actOf(c: Context<ShopEnv>): Act {
  return { world: c.get("world"), env: c.env, visit: c.get("visit") };
}
