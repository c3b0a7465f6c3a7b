/**
 * Where providers tell of changes by themselves. A message is proved by its bytes before anything of it is believed, and
 * answered as soon as its hints are on the queue: nothing is read from a database, and nothing of it is kept.
 */
import { createMiddleware } from "hono/factory";
import { enqueue, message } from "../../platform/queue";
import { hookReaders, type WebhookHint } from "../../providers/registry";
import { absent } from "../../http/absent";
import { readAtMost } from "../../http/body";
import { refuse } from "../../http/respond";
import { router, type AppEnv } from "../../http/router";
import { isProviderId } from "../connections/contract";
import { hintsMessage, MOST_HINTS } from "./messages";
import { isWorthALook } from "./rules";

/** Far more than any provider sends at once. */
const LARGEST_HOOK_BYTES = 262_144;

const receive = createMiddleware<AppEnv>(async (c) => {
  const provider = c.req.param("provider") ?? "";
  const reader = hookReaders.get(provider);
  if (reader === undefined || !isProviderId(provider)) return await absent(c);
  const { scheme, domain, hookKeys } = c.get("config");
  const { log, clock } = c.get("world");
  const body = await readAtMost(c.req.raw.body, LARGEST_HOOK_BYTES);
  if (body === null) return refuse(c, { kind: "too_large", limitBytes: LARGEST_HOOK_BYTES });
  const key = hookKeys.get(provider) ?? "";
  const hints = await reader({ headers: c.req.raw.headers, body, url: `${scheme}://${domain}/hooks/${provider}` }, key);
  if (hints === null) {
    log.warn("hook.refused", { provider });
    return c.body(null, 401);
  }
  if ("code" in hints) {
    log.info("hook.registration", { provider, registrationCode: hints.code });
    return c.body(null, 200);
  }
  const worth = hints.filter((hint) => isWorthALook(hint, clock()));
  await enqueue(c.env.SYNC_QUEUE, byAccount(worth).map(([account, own]) => message(hintsMessage, { provider, account, hints: own })));
  return c.body(null, 200);
});

/** `POST /hooks/<provider>` on the public host. */
export const hookRoutes = router().post("/hooks/:provider", receive);

/** One message for each account, more where an account has very many hints. */
function byAccount(hints: readonly WebhookHint[]): [string, Omit<WebhookHint, "account">[]][] {
  return [...Map.groupBy(hints, ({ account }) => account)].flatMap(([account, own]) => (
    Array.from({ length: Math.ceil(own.length / MOST_HINTS) }, (_, index): [string, Omit<WebhookHint, "account">[]] => (
      [account, own.slice(index * MOST_HINTS, (index + 1) * MOST_HINTS).map(({ account: _account, ...hint }) => hint)]
    ))
  ));
}
