/** Whether an organisation's shops share stops, on its own site. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { hqGuard } from "../../http/hq-guard";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { sharingChange, sharingView } from "./contract";
import { setSharing, viewSharing } from "./tend";

export const hqConsentRoutes = router()
  .get("/opt-outs", hqGuard("hq.read"), gives(sharingView), async (c) => answer(c, ok(await viewSharing(c.env, c.get("hqVisit")))))
  .put("/opt-outs", hqGuard("hq.manage"), accept("json", sharingChange), gives(sharingView), async (c) => (
    answer(c, ok(await setSharing(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("json").sharesOptOuts)))
  ));
