/** Signing up at `auth.`, and opening another shop. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { takeTurn } from "../../http/limit";
import { anybody, known } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { nextPlace, nothing } from "../sessions/contract";
import { parseAddress } from "./address";
import { letterRequest, mailProofRequest, newShopRequest, provedEmail, signUpRequest, slugQuery, slugView } from "./contract";
import { proveByMail } from "./proofs";
import { askToSignUp, finishSignUp, openShop, viewSlug } from "./sign-up";

export const signUpRoutes = router()
  .post("/sign-up", anybody(), accept("json", letterRequest), gives(nothing), async (c) => {
    const email = await parseAddress(c, c.req.valid("json").email, "sign_up");
    if (!email.ok) return refuse(c, email.failure);
    await askToSignUp(c, email.value);
    return answer(c, ok({}));
  })
  .post("/sign-up/prove", anybody(), accept("json", mailProofRequest), gives(provedEmail), async (c) => {
    const proved = await proveByMail(c, "sign_up", c.req.valid("json"));
    return proved.ok ? answer(c, ok({ email: proved.value.email })) : refuse(c, proved.failure);
  })
  .get("/sign-up/slug", anybody(), accept("query", slugQuery), gives(slugView), async (c) => {
    const turn = await takeTurn(c, "name_check", {});
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, ok(await viewSlug(c, c.req.valid("query").slug)));
  })
  .post("/sign-up/finish", anybody(), accept("json", signUpRequest), gives(nextPlace), async (c) => {
    const turn = await takeTurn(c, "sign_up", {});
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await finishSignUp(c, c.req.valid("json")));
  })
  .post("/shops", known("signed_in"), accept("json", newShopRequest), gives(nextPlace), async (c) => {
    const signed = c.get("signed");
    const turn = await takeTurn(c, "new_shop", { account: signed.personId });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await openShop(c, signed, c.req.valid("json")));
  });
