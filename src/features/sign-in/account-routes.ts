/** A person's own account at `auth.`. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { takeTurn } from "../../http/limit";
import { known } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { directoryDb } from "../../platform/database";
import { renamePerson } from "../people/service";
import { nothing } from "../sessions/contract";
import { askForAddress, askToVerify, changeAddress, changePassword, verifyAddress, viewAccount } from "./account";
import { parseAddress } from "./address";
import { accountView, letterRequest, mailProofRequest, nameRequest, passwordRequest } from "./contract";

export const accountRoutes = router()
  .get("/account", known("signed_in"), gives(accountView), async (c) => answer(c, ok(await viewAccount(c, c.get("signed")))))
  .put("/account/name", known("signed_in"), accept("json", nameRequest), gives(nothing), async (c) => {
    await renamePerson(directoryDb(c.env), c.get("signed").personId, c.req.valid("json").name);
    return answer(c, ok({}));
  })
  .put("/account/password", known("proved_lately"), accept("json", passwordRequest), gives(nothing), async (c) => {
    const signed = c.get("signed");
    const turn = await takeTurn(c, "password", { account: signed.personId });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await changePassword(c, signed, c.req.valid("json")));
  })
  .post("/account/email", known("proved_lately"), accept("json", letterRequest), gives(nothing), async (c) => {
    const email = await parseAddress(c, c.req.valid("json").email, "mail_link");
    if (!email.ok) return refuse(c, email.failure);
    return answer(c, await askForAddress(c, c.get("signed"), email.value));
  })
  .post("/account/email/prove", known("signed_in"), accept("json", mailProofRequest), gives(nothing), async (c) => (
    answer(c, await changeAddress(c, c.get("signed"), c.req.valid("json")))
  ))
  .post("/account/verify", known("signed_in"), accept("json", nothing), gives(nothing), async (c) => {
    const signed = c.get("signed");
    const turn = await takeTurn(c, "mail_link", { account: signed.email });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await askToVerify(c, signed));
  })
  .post("/account/verify/prove", known("signed_in"), accept("json", mailProofRequest), gives(nothing), async (c) => (
    answer(c, await verifyAddress(c, c.get("signed"), c.req.valid("json")))
  ));
