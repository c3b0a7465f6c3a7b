/** Signing in at `auth.`. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { giveBack, takeTurn } from "../../http/limit";
import { anybody } from "../../http/person";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { nextPlace } from "../sessions/contract";
import { enterSession } from "../sessions/service";
import { signInRequest } from "./contract";
import { accountOf, checkPassword } from "./service";

/** The API of `auth.`. */
export const signInRoutes = router()
  .post("/sign-in", anybody(), accept("json", signInRequest), gives(nextPlace), async (c) => {
    const { enter, ...given } = c.req.valid("json");
    const turn = { account: accountOf(given.email) };
    const allowed = await takeTurn(c, "password", turn);
    if (!allowed.ok) return refuse(c, allowed.failure);
    const person = await checkPassword(c.env, given);
    if (!person.ok) return refuse(c, person.failure);
    await giveBack(c, "password", turn);
    return answer(c, ok(await enterSession(c, person.value, { factor: "password", enter })));
  });
