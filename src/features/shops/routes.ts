/** The shop as its own web app asks for it. */
import { ok } from "../../kernel/result";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { shopView } from "./contract";
import { currentShopView } from "./service";

export const shopsRoutes = router()
  .get("/shop", guard("shop.read"), gives(shopView), async (c) => answer(c, ok(currentShopView(c.get("visit"), c.get("config")))));
