/** Signing in at `auth.`, and leaving it for a shop. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { clearHostCookie, setHostCookie } from "../../http/cookies";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { originOf } from "../../http/site";
import { SECOND } from "../../kernel/clock";
import { enterQuery, nothing, signInRequest } from "./contract";
import { entryUrl, handOffTo } from "./entry";
import { LONGEST_SESSION_MS, SESSION_COOKIE, writeToken } from "./rules";
import { authSession, beginSession, checkPassword, endSession, viewMe } from "./service";

/** The API of `auth.`. */
export const authRoutes = router()
  .post("/sign-in", accept("json", signInRequest), async (c) => {
    const { enter, ...given } = c.req.valid("json");
    const person = await checkPassword(c.env, given);
    if (!person.ok) return refuse(c, person.failure);
    const token = await beginSession(c.get("world"), c.env, person.value, c.req.raw);
    setHostCookie(c, SESSION_COOKIE, writeToken(token), LONGEST_SESSION_MS / SECOND);
    const next = enter === undefined ? `${originOf("auth", c.get("config"))}/` : entryUrl("/enter", c.env, enter);
    return answer(c, ok({ next }));
  })
  .post("/sign-out", accept("json", nothing), async (c) => {
    await endSession(c.req.raw, c.env);
    clearHostCookie(c, SESSION_COOKIE);
    return answer(c, ok({}));
  })
  .get("/me", async (c) => {
    const session = await authSession(c.req.raw, c.env, c.get("world"));
    return session.ok ? answer(c, ok(await viewMe(c.env, session.value))) : refuse(c, session.failure);
  });

/** Where a shop's host sends people to be let in. */
export const leaveRoutes = router().get("/enter", accept("query", enterQuery), async (c) => {
  const session = await authSession(c.req.raw, c.env, c.get("world"));
  return c.redirect(await handOffTo(c.get("world"), c.env, session.ok ? session.value : null, c.req.valid("query")), 303);
});
