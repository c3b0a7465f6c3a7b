/** What an organisation sees of its shops and does in them, over HTTP on its own site. */
import type { ShopId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { hqGuard } from "../../http/hq-guard";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { shopPath } from "../organisations/contract";
import { nothing } from "../sessions/contract";
import { bulkOutcome } from "../sync/contract";
import { postShop, retryShop } from "./bulk";
import { comparisonQuery, comparisonView, gridView, shopDatePath, shopDateView } from "./contract";
import { compareShops, viewGrid, viewShopDate } from "./views";

export const headquartersRoutes = router()
  .get("/grid", hqGuard("hq.read"), gives(gridView), async (c) => answer(c, ok(await viewGrid(c.get("world"), c.env, c.get("hqVisit")))))
  .get("/comparison", hqGuard("hq.read"), accept("query", comparisonQuery), gives(comparisonView), async (c) => (
    answer(c, await compareShops(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("query")))
  ))
  .get("/shops/:shop/days/:date", hqGuard("hq.read"), accept("param", shopDatePath), gives(shopDateView), async (c) => {
    const { shop, date } = c.req.valid("param");
    return answer(c, await viewShopDate(c.get("world"), c.env, c.get("hqVisit"), shop as ShopId, date));
  })
  .post("/shops/:shop/retry", hqGuard("hq.days.post"), accept("param", shopPath), accept("json", nothing), gives(bulkOutcome), async (c) => (
    answer(c, await retryShop(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("param").shop as ShopId))
  ))
  .post("/shops/:shop/post", hqGuard("hq.days.post"), accept("param", shopPath), accept("json", nothing), gives(bulkOutcome), async (c) => (
    answer(c, await postShop(c.get("world"), c.env, c.get("hqVisit"), c.req.valid("param").shop as ShopId))
  ));
