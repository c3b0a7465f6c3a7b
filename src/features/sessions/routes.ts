/** Who is signed in at `auth.`, signing out there, and leaving it for a site. */
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { clearHostCookie } from "../../http/cookies";
import { gives } from "../../http/gives";
import { anybody, known } from "../../http/person";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { enterQuery, meView, nothing } from "./contract";
import { endSession } from "./ending";
import { entryUrl, handOffTo } from "./entry";
import { SESSION_COOKIE } from "./rules";
import { authSession, viewMe } from "./service";

/** The API of `auth.`. */
export const sessionRoutes = router()
  .post("/sign-out", anybody(), accept("json", nothing), gives(nothing), async (c) => {
    await endSession(c.get("world"), c.env, c.req.raw);
    clearHostCookie(c, SESSION_COOKIE);
    return answer(c, ok({}));
  })
  .get("/me", known("signed_in"), gives(meView), async (c) => answer(c, ok(await viewMe(c.env, c.get("signed")))));

/** Where a site's host sends people to be let in. */
export const leaveRoutes = router().get("/enter", anybody(), accept("query", enterQuery), async (c) => {
  const entry = c.req.valid("query");
  const session = await authSession(c.req.raw, c.env, c.get("world"));
  const isHalf = !session.ok && session.failure.kind === "second_factor_needed";
  if (isHalf) return c.redirect(entryUrl("/second-factor", c.env, { site: entry.site, challenge: entry.challenge, to: entry.to }), 303);
  return c.redirect(await handOffTo(c.get("world"), c.env, session.ok ? session.value : null, entry), 303);
});
