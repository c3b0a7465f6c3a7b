/** The API of `auth.` for a person's own second factors and passkeys. Every change asks for a proof of the last ten minutes. */
import type { PasskeyId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { anybody, known } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { directoryDb } from "../../platform/database";
import { nextPlace } from "../sessions/contract";
import { nextPlaceOf } from "../sessions/service";
import { beginTotp, confirmTotp, removeTotp, showTotp } from "./authenticator-app";
import { renewCodes } from "./change";
import {
  codesView, creationBegun, factorsView, newCodes, nothing, passkeyFinish, passkeyParams, passkeyRename, passkeyShow, requestBegun, secondFactorByRecovery,
  secondFactorByTotp, secondFactorView, totpBegun, totpRequest,
} from "./contract";
import { beginPasskey, finishPasskey, namePasskey, removePasskey } from "./passkeys";
import { showRecoveryCode } from "./recover";
import { secondFactorsOf, viewFactors } from "./service";
import { beginPasskeySignIn, beginSecondPasskey, finishPasskeySignIn, finishSecondPasskey } from "./show-passkey";

const idOf = ({ passkey }: { readonly passkey: string }): PasskeyId => passkey as PasskeyId;

/** What a person has, and changing it. */
export const factorRoutes = router()
  .get("/factors", known("signed_in"), gives(factorsView), async (c) => answer(c, ok(await viewFactors(c.env, c.get("signed").personId))))
  .post("/totp/begin", known("proved_lately"), accept("json", nothing), gives(totpBegun), async (c) => answer(c, await beginTotp(c, c.get("signed"))))
  .post("/totp/confirm", known("proved_lately"), accept("json", totpRequest), gives(newCodes), async (c) => (
    answer(c, await confirmTotp(c, c.get("signed"), c.req.valid("json").code))
  ))
  .post("/totp/remove", known("proved_lately"), accept("json", nothing), gives(nothing), async (c) => answer(c, await removeTotp(c, c.get("signed"))))
  .post("/recovery-codes", known("proved_lately"), accept("json", nothing), gives(codesView), async (c) => answer(c, await renewCodes(c, c.get("signed"))))
  .post("/passkeys/begin", known("proved_lately"), accept("json", nothing), gives(creationBegun), async (c) => (
    answer(c, await beginPasskey(c, c.get("signed")))
  ))
  .post("/passkeys/finish", known("proved_lately"), accept("json", passkeyFinish), gives(newCodes), async (c) => (
    answer(c, await finishPasskey(c, c.get("signed"), c.req.valid("json")))
  ))
  .put("/passkeys/:passkey", known("signed_in"), accept("param", passkeyParams), accept("json", passkeyRename), gives(nothing), async (c) => (
    answer(c, await namePasskey(c, c.get("signed"), idOf(c.req.valid("param")), c.req.valid("json").name))
  ))
  .post("/passkeys/:passkey/remove", known("proved_lately"), accept("param", passkeyParams), accept("json", nothing), gives(nothing), async (c) => (
    answer(c, await removePasskey(c, c.get("signed"), idOf(c.req.valid("param"))))
  ));

/** Signing in with a passkey alone. */
export const passkeySignInRoutes = router()
  .post("/sign-in/passkey/begin", anybody(), accept("json", nothing), gives(requestBegun), async (c) => answer(c, await beginPasskeySignIn(c)))
  .post("/sign-in/passkey/finish", anybody(), accept("json", passkeyShow), gives(nextPlace), async (c) => (
    answer(c, await finishPasskeySignIn(c, c.req.valid("json")))
  ));

/** Showing a second factor: after a password or a link, where a shop asks for one, and before a sensitive act. */
export const secondFactorRoutes = router()
  .get("/second-factor", known("half_signed_in"), gives(secondFactorView), async (c) => {
    const { personId, state } = c.get("signed");
    return answer(c, ok({ ...(await secondFactorsOf(directoryDb(c.env), personId)), state }));
  })
  .post("/second-factor/totp", known("half_signed_in"), accept("json", secondFactorByTotp), gives(nextPlace), async (c) => {
    const { code, enter } = c.req.valid("json");
    const shown = await showTotp(c, c.get("signed"), code);
    return shown.ok ? answer(c, ok(nextPlaceOf(c.env, enter))) : refuse(c, shown.failure);
  })
  .post("/second-factor/recovery", known("half_signed_in"), accept("json", secondFactorByRecovery), gives(nextPlace), async (c) => {
    const { code, enter } = c.req.valid("json");
    const shown = await showRecoveryCode(c, c.get("signed"), code);
    return shown.ok ? answer(c, ok(nextPlaceOf(c.env, enter))) : refuse(c, shown.failure);
  })
  .post("/second-factor/passkey/begin", known("half_signed_in"), accept("json", nothing), gives(requestBegun), async (c) => (
    answer(c, await beginSecondPasskey(c, c.get("signed")))
  ))
  .post("/second-factor/passkey/finish", known("half_signed_in"), accept("json", passkeyShow), gives(nextPlace), async (c) => {
    const { response, enter } = c.req.valid("json");
    const shown = await finishSecondPasskey(c, c.get("signed"), response);
    return shown.ok ? answer(c, ok(nextPlaceOf(c.env, enter))) : refuse(c, shown.failure);
  });
