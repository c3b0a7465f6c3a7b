/** The socket of an open page, on every kind of site: bound to the page's session, opened by the site's own page alone. */
import type { Context } from "hono";
import { failed, type Result } from "../../kernel/result";
import type { PersonId, SessionId } from "../../kernel/ids";
import { guard } from "../../http/guard";
import { hqGuard } from "../../http/hq-guard";
import { known } from "../../http/person";
import { refuse } from "../../http/respond";
import { router } from "../../http/router";
import { isOwnSocket } from "../../http/same-origin";
import { openWatch } from "../../platform/watch-client";

export const shopWatchRoutes = router().get("/watch", guard("shop.read"), async (c) => {
  const { person, sessionId } = c.get("visit");
  return await watch(c, person.id, sessionId, async () => await c.get("identify")(c.req.raw, c.env));
});

export const hqWatchRoutes = router().get("/watch", hqGuard("hq.read"), async (c) => {
  const { person, sessionId } = c.get("hqVisit");
  return await watch(c, person.id, sessionId, async () => await c.get("identifyHq")(c.req.raw, c.env));
});

export const authWatchRoutes = router().get("/watch", known("signed_in"), async (c) => {
  const { personId, sessionId } = c.get("signed");
  return await watch(c, personId, sessionId, async () => await c.get("identifyPerson")(c.req.raw, c.env));
});

/** Status 101; or `invalid_input` without an upgrade, `cross_site_refused` for another's page, `too_many_requests`. */
async function watch(c: Context, personId: PersonId, sessionId: SessionId, identify: () => Promise<Result<unknown>>): Promise<Response> {
  const request = c.req.raw;
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") return refuse(c, NO_SOCKET);
  // A handshake is a GET that any site may send along with our cookie (RFC 6455 section 10.2): the origin decides.
  if (!isOwnSocket(request, c.get("config").scheme)) return refuse(c, { kind: "cross_site_refused" });
  const opened = await openWatch(c.env, personId, sessionId);
  if (opened.webSocket === null) return refuse(c, { kind: "too_many_requests", retryAfterSeconds: 60 });
  // Whoever ended the session while the socket was being opened could not tell it so.
  const still = await identify();
  if (still.ok) return opened;
  opened.webSocket.accept();
  opened.webSocket.close();
  return refuse(c, still.failure);
}

const NO_SOCKET = failed({ kind: "invalid_input", message: "This address is for a page's socket.", fields: [] }).failure;
