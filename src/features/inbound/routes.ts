/** Where Twilio tells of texts: answered at once, with nothing to say, for what is said to anybody goes another way. */
import type { Context } from "hono";
import { router, type AppEnv } from "../../http/router";
import { errorFields } from "../../platform/log";
import { enqueue, message, queueOf, type OutgoingMessage } from "../../platform/queue";
import { hear, type Address, type Heard } from "./door";
import { sealText } from "./envelope";
import { textArrivedMessage, textToldMessage } from "./messages";
import { stopNow } from "./stop-now";

/** TwiML for: say nothing. */
const NOTHING = `<?xml version="1.0" encoding="UTF-8"?><Response/>`;

/** `POST /hooks/texts/<hook>` and `…/status` on the public host. */
export const inboundRoutes = router()
  .post("/hooks/texts/:hook", async (c) => await receive(c, "arrived"))
  .post("/hooks/texts/:hook/status", async (c) => await receive(c, "status"));

async function receive(c: Context<AppEnv>, address: Address): Promise<Response> {
  const heard = await hear(c, address);
  if (heard === null) return c.body(null, 403);
  await take(c, heard);
  return c.body(NOTHING, 200, { "content-type": "text/xml; charset=utf-8" });
}

/** Puts what was told on the queue; a stop is carried out here besides. Where one of the two fails the other does it, and where the queue does, Twilio hears of it. */
async function take(c: Context<AppEnv>, { db, shard, hook }: Heard): Promise<void> {
  const world = c.get("world");
  const owner = { shopId: db.shopId, shard };
  const at = world.clock();
  if (hook.kind === "other") {
    world.log.info("text.unknown", { provider: "twilio", shopId: db.shopId });
    return;
  }
  const { sid } = hook;
  if (hook.kind === "status") {
    await put(c, message(textToldMessage, { ...owner, sid, state: hook.state, errorCode: hook.errorCode, at }));
    return;
  }
  const sealed = await sealText(world, c.env, { shopId: db.shopId, sid }, hook);
  const [queued, stopped] = await Promise.allSettled([
    put(c, message(textArrivedMessage, { ...owner, sid, at, sealed })),
    stopNow({ world, env: c.env, db }, sid, hook),
  ]);
  if (stopped.status === "rejected") world.log.error("text.stop_left_to_queue", { provider: "twilio", shopId: db.shopId, ...errorFields(stopped.reason) });
  if (queued.status === "rejected") throw queued.reason;
}

async function put(c: Context<AppEnv>, outgoing: OutgoingMessage): Promise<void> {
  await enqueue(queueOf(c.env, "twilio"), [outgoing]);
}
