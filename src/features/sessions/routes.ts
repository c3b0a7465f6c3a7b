/** Who is signed in at `auth.`, signing out there, and leaving it for a site. */
import type { SessionId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { clearHostCookie } from "../../http/cookies";
import { gives } from "../../http/gives";
import { anybody, known } from "../../http/person";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import { enterQuery, meView, nothing, sessionPath, sessionsView } from "./contract";
import { endOneSession, endOtherSessions, endSession } from "./ending";
import { entryUrl, handOffTo } from "./entry";
import { viewSessions } from "./list";
import { SESSION_COOKIE } from "./rules";
import { authSession, viewMe } from "./service";

/** The API of `auth.`. */
export const sessionRoutes = router()
  .post("/sign-out", anybody(), accept("json", nothing), gives(nothing), async (c) => {
    await endSession(c.get("world"), c.env, c.req.raw);
    clearHostCookie(c, SESSION_COOKIE);
    return answer(c, ok({}));
  })
  .get("/me", known("signed_in"), gives(meView), async (c) => answer(c, ok(await viewMe(c.env, c.get("signed")))))
  .get("/sessions", known("signed_in"), gives(sessionsView), async (c) => answer(c, ok(await viewSessions(c.get("world"), c.env, c.get("signed")))))
  .post("/sessions/:session/end", known("signed_in"), accept("param", sessionPath), accept("json", nothing), gives(nothing), async (c) => {
    const id = c.req.valid("param").session as SessionId;
    const ended = await endOneSession(c.get("world"), c.env, c.get("signed"), id);
    if (ended.ok && id === c.get("signed").sessionId) clearHostCookie(c, SESSION_COOKIE);
    return answer(c, ended);
  })
  .post("/sessions/end-others", known("signed_in"), accept("json", nothing), gives(nothing), async (c) => {
    await endOtherSessions(c.get("world"), c.env, c.get("signed"));
    return answer(c, ok({}));
  });

/** Where a site's host sends people to be let in. */
export const leaveRoutes = router().get("/enter", anybody(), accept("query", enterQuery), async (c) => {
  const entry = c.req.valid("query");
  const session = await authSession(c.req.raw, c.env, c.get("world"));
  const isHalf = !session.ok && session.failure.kind === "second_factor_needed";
  if (isHalf) return c.redirect(entryUrl("/second-factor", c.env, { site: entry.site, challenge: entry.challenge, to: entry.to }), 303);
  return c.redirect(await handOffTo(c.get("world"), c.env, session.ok ? session.value : null, entry), 303);
});
