/** The number that a shop texts from, over HTTP. */
import type { Context } from "hono";
import type { Result } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { lineChange, seenLine, textingView } from "./contract";
import { checkLine, removeLine, setUpLine, type Desk } from "./set-up";
import { viewLine } from "./view";

export const textLineRoutes = router()
  .get("/texting", guard("messages.read"), gives(textingView), async (c) => answer(c, await viewLine(c.env, c.get("visit"))))
  .put("/texting", guard("messages.manage", { proof: "lately" }), accept("json", lineChange), gives(textingView), async (c) => (
    await shown(c, async (desk) => await setUpLine(desk, c.req.valid("json")))
  ))
  .post("/texting/check", guard("messages.manage"), accept("json", seenLine), gives(textingView), async (c) => (
    await shown(c, async (desk) => await checkLine(desk, c.req.valid("json").version))
  ))
  .post("/texting/remove", guard("messages.manage", { proof: "lately" }), accept("json", seenLine), gives(textingView), async (c) => (
    await shown(c, async (desk) => await removeLine(desk, c.req.valid("json").version))
  ));

/** Does it, within the shop's turns at asking Twilio, and shows how the line stands after it. */
async function shown(c: Context<ShopEnv>, act: (desk: Desk) => Promise<Result<void>>) {
  const visit = c.get("visit");
  const turn = await takeTurn(c, "text_line", { shop: visit.shop.id });
  if (!turn.ok) return refuse(c, turn.failure);
  const done = await act({ world: c.get("world"), env: c.env, visit });
  return done.ok ? answer(c, await viewLine(c.env, visit)) : refuse(c, done.failure);
}
