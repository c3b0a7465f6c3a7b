/** Signing in at `auth.`: by password or by letter. Nothing is hashed and no letter written before a turn was taken. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { giveBack, takeTurn } from "../../http/limit";
import { anybody, known } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { nextPlace, nothing } from "../sessions/contract";
import { enterSession } from "../sessions/service";
import { proveByPassword } from "./account";
import { accountNameOf, parseAddress } from "./address";
import { letterRequest, linkProofRequest, linkRequest, mailProofRequest, passwordProofRequest, passwordRequest, signInRequest } from "./contract";
import { askForLink, signInByLink } from "./link";
import { proveByMail } from "./proofs";
import { askForReset, finishReset } from "./reset";
import { checkPassword } from "./service";

/** Signing in, and proving once more who one is. */
export const signInRoutes = router()
  .post("/sign-in", anybody(), accept("json", signInRequest), gives(nextPlace), async (c) => {
    const { enter, ...given } = c.req.valid("json");
    const turn = { account: accountNameOf(given.email) };
    const allowed = await takeTurn(c, "password", turn);
    if (!allowed.ok) return refuse(c, allowed.failure);
    const checked = await checkPassword(c.get("world"), c.env, given);
    if (!checked.ok) return refuse(c, checked.failure);
    await giveBack(c, "password", turn);
    const { personId, awaitsSecondFactor } = checked.value;
    return answer(c, ok(await enterSession(c, personId, { factor: "password", awaitsSecondFactor, enter })));
  })
  .post("/sign-in/link", anybody(), accept("json", linkRequest), gives(nothing), async (c) => {
    const email = await parseAddress(c, c.req.valid("json").email, "mail_link");
    if (!email.ok) return refuse(c, email.failure);
    await askForLink(c, email.value);
    return answer(c, ok({}));
  })
  .post("/sign-in/link/prove", anybody(), accept("json", linkProofRequest), gives(nextPlace), async (c) => {
    const { enter, ...proof } = c.req.valid("json");
    return answer(c, await signInByLink(c, proof, enter));
  })
  .post("/prove/password", known("signed_in"), accept("json", passwordProofRequest), gives(nothing), async (c) => {
    const signed = c.get("signed");
    // Counted by the person and not by the address, at which strangers may wear out the password of signing in.
    const turn = { account: signed.personId };
    const allowed = await takeTurn(c, "password", turn);
    if (!allowed.ok) return refuse(c, allowed.failure);
    const proved = await proveByPassword(c, signed, c.req.valid("json").password);
    if (proved.ok) await giveBack(c, "password", turn);
    return answer(c, proved);
  });

/** Choosing another password by the way of a letter. */
export const resetRoutes = router()
  .post("/reset", anybody(), accept("json", letterRequest), gives(nothing), async (c) => {
    const email = await parseAddress(c, c.req.valid("json").email, "mail_link");
    if (!email.ok) return refuse(c, email.failure);
    await askForReset(c, email.value);
    return answer(c, ok({}));
  })
  .post("/reset/prove", anybody(), accept("json", mailProofRequest), gives(nothing), async (c) => {
    const proved = await proveByMail(c, "reset_password", c.req.valid("json"));
    return proved.ok ? answer(c, ok({})) : refuse(c, proved.failure);
  })
  .post("/reset/finish", anybody(), accept("json", passwordRequest), gives(nothing), async (c) => {
    const turn = await takeTurn(c, "password", {});
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await finishReset(c, c.req.valid("json")));
  });
