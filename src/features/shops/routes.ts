/** The shop as its own web app asks for it, and what its people may change of it. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { addressChange, addressChanged, done, nameChange, secondFactorChange, shopView, switcherView } from "./contract";
import { askForSecondFactor, currentShopView, moveShop, renameShop, viewSwitcher } from "./service";

export const shopsRoutes = router()
  .get("/shop", guard("shop.read"), gives(shopView), async (c) => answer(c, ok(currentShopView(c.get("visit"), c.get("config")))))
  .get("/shop/switcher", guard("shop.read"), gives(switcherView), async (c) => answer(c, ok(await viewSwitcher(c.env, c.get("visit")))))
  .put("/shop", guard("shop.manage"), accept("json", nameChange), gives(done), async (c) => (
    answer(c, await renameShop(c.get("world"), c.env, c.get("visit"), c.req.valid("json").name))
  ))
  .put("/shop/address", guard("shop.manage", { proof: "lately" }), accept("json", addressChange), gives(addressChanged), async (c) => {
    const visit = c.get("visit");
    const turn = await takeTurn(c, "move_shop", { shop: visit.shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await moveShop(c.get("world"), c.env, visit, c.req.valid("json").slug));
  })
  .put("/shop/second-factor", guard("shop.manage", { proof: "lately" }), accept("json", secondFactorChange), gives(done), async (c) => (
    answer(c, await askForSecondFactor(c.get("world"), c.env, c.get("visit"), c.req.valid("json").required))
  ));
