/** Payouts over HTTP. */
import type { Context } from "hono";
import type { PayoutId } from "../../kernel/ids";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { bridgeQuery, bridgeView, payoutDecision, payoutPath, payoutsQuery, payoutsView, payoutView } from "../payouts/contract";
import { postRequest, underWay } from "../sync/contract";
import type { Act } from "../sync/service";
import { decidePayout, postPayoutNow, retryPayout } from "./acts";
import { viewBridge } from "./bridge-view";
import { viewPayout, viewPayouts } from "./view";

export const payoutsRoutes = router()
  .get("/payouts", guard("days.read"), accept("query", payoutsQuery), gives(payoutsView), async (c) => answer(c, await viewPayouts(c.get("world"), c.get("visit"), c.req.valid("query"))))
  .get("/payouts/bridge", guard("days.read"), accept("query", bridgeQuery), gives(bridgeView), async (c) => answer(c, await viewBridge(c.get("world"), c.get("visit"), c.req.valid("query"))))
  .get("/payouts/:payout", guard("days.read"), accept("param", payoutPath), gives(payoutView), async (c) => (
    answer(c, await viewPayout(c.get("world"), c.get("visit"), c.req.valid("param").payout as PayoutId))
  ))
  .post("/payouts/:payout/post", guard("days.post"), accept("param", payoutPath), accept("json", postRequest), gives(underWay), async (c) => (
    answer(c, await postPayoutNow(actOf(c), c.req.valid("param").payout as PayoutId, c.req.valid("json").fingerprint))
  ))
  .post("/payouts/:payout/retry", guard("days.work"), accept("param", payoutPath), gives(underWay), async (c) => (
    answer(c, await retryPayout(actOf(c), c.req.valid("param").payout as PayoutId))
  ))
  .post("/payouts/:payout/decide", guard("days.work"), accept("param", payoutPath), accept("json", payoutDecision), gives(underWay), async (c) => (
    answer(c, await decidePayout(actOf(c), c.req.valid("param").payout as PayoutId, c.req.valid("json").kind))
  ));

function actOf(c: Context<ShopEnv>): Act {
  return { world: c.get("world"), env: c.env, visit: c.get("visit") };
}
