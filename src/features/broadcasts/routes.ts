/** One message to many over HTTP, at a shop's own host. */
import type { Context } from "hono";
import type { BroadcastId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { cancelList, pauseList, resumeList, startList } from "./acts";
import {
  broadcastAct, broadcastAnswer, broadcastPath, broadcastPlan, broadcastsQuery, broadcastStart, broadcastsView, dryRunView, recipientsQuery, recipientsView,
  type BroadcastAnswer,
} from "./contract";
import { dryRun, type Sending } from "./plan";
import type { BroadcastRow } from "./store";
import { toView, viewList, viewLists, viewRecipients } from "./view";

const sendingOf = (c: Context<ShopEnv>): Sending => ({ world: c.get("world"), env: c.env, visit: c.get("visit") });

export const broadcastsRoutes = router()
  .get("/broadcasts", guard("messages.read"), accept("query", broadcastsQuery), gives(broadcastsView), async (c) => answer(c, ok(await viewLists(sendingOf(c), c.req.valid("query")))))
  .post("/broadcasts/dry-run", guard("messages.manage"), accept("json", broadcastPlan), gives(dryRunView), async (c) => {
    const turn = await takeTurn(c, "broadcast", { shop: c.get("visit").shop.id });
    return turn.ok ? answer(c, await dryRun(sendingOf(c), c.req.valid("json"))) : refuse(c, turn.failure);
  })
  .post("/broadcasts", guard("messages.manage"), accept("json", broadcastStart), gives(broadcastAnswer), async (c) => {
    const turn = await takeTurn(c, "broadcast", { shop: c.get("visit").shop.id });
    return turn.ok ? answer(c, await shown(c, await startList(sendingOf(c), c.req.valid("json")))) : refuse(c, turn.failure);
  })
  .get("/broadcasts/:broadcast", guard("messages.read"), accept("param", broadcastPath), gives(broadcastAnswer), async (c) => {
    const view = await viewList(sendingOf(c), c.req.valid("param").broadcast as BroadcastId);
    return answer(c, view.ok ? ok({ broadcast: view.value }) : view);
  })
  .get("/broadcasts/:broadcast/recipients", guard("messages.read"), accept("param", broadcastPath), accept("query", recipientsQuery), gives(recipientsView), async (c) => (
    answer(c, await viewRecipients(sendingOf(c), c.req.valid("param").broadcast as BroadcastId, c.req.valid("query")))
  ))
  .post("/broadcasts/:broadcast/pause", guard("messages.manage"), accept("param", broadcastPath), accept("json", broadcastAct), gives(broadcastAnswer), async (c) => (
    answer(c, await shown(c, await pauseList(sendingOf(c), c.req.valid("param").broadcast as BroadcastId)))
  ))
  .post("/broadcasts/:broadcast/resume", guard("messages.manage"), accept("param", broadcastPath), accept("json", broadcastAct), gives(broadcastAnswer), async (c) => (
    answer(c, await shown(c, await resumeList(sendingOf(c), c.req.valid("param").broadcast as BroadcastId)))
  ))
  .post("/broadcasts/:broadcast/cancel", guard("messages.manage"), accept("param", broadcastPath), accept("json", broadcastAct), gives(broadcastAnswer), async (c) => (
    answer(c, await shown(c, await cancelList(sendingOf(c), c.req.valid("param").broadcast as BroadcastId)))
  ));

async function shown(c: Context<ShopEnv>, row: Result<BroadcastRow>): Promise<Result<BroadcastAnswer>> {
  return row.ok ? ok({ broadcast: await toView(sendingOf(c), row.value) }) : row;
}
