/** A bookkeeper's list at `auth.`: what needs them in all their shops. */
import type { ShopId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { known } from "../../http/person";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { nothing } from "../sessions/contract";
import { bulkOutcome } from "../sync/contract";
import { workPath, workView } from "./contract";
import { postShopDays, retryShopDays, viewWork } from "./service";

export const workRoutes = router()
  .get("/work", known("signed_in"), gives(workView), async (c) => answer(c, ok(await viewWork(c.get("world"), c.env, c.get("signed")))))
  .post("/work/:shop/retry", known("signed_in"), accept("param", workPath), accept("json", nothing), gives(bulkOutcome), async (c) => (
    answer(c, await retryShopDays(c.get("world"), c.env, c.get("signed"), c.req.valid("param").shop as ShopId))
  ))
  .post("/work/:shop/post", known("signed_in"), accept("param", workPath), accept("json", nothing), gives(bulkOutcome), async (c) => (
    answer(c, await postShopDays(c.get("world"), c.env, c.get("signed"), c.req.valid("param").shop as ShopId))
  ));
