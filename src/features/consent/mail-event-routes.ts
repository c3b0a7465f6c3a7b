/**
 * `POST https://<domain>/hooks/resend`: what became of the letters that left. A mail to a contact that comes back for good, or
 * that its reader calls spam, is a stop at the shop that sent it. It stands before the answer: where it cannot be written,
 * Resend tells again. A letter to somebody of a team (signing in, the daily letter) stops nothing, and is logged.
 */
import type { Context } from "hono";
import { z } from "zod";
import type { ShopId } from "../../kernel/ids";
import { readAtMost } from "../../http/body";
import { refuse } from "../../http/respond";
import { router, type AppEnv } from "../../http/router";
import { DAYBOOK } from "../../platform/audit-leaf";
import { shardOfShop } from "../../platform/database";
import { post, type MailEvent } from "../../providers/registry";
import { id } from "../connections/contract";
import { emailAddress } from "../people/contract";
import { stopAt, type Stopping } from "./stop-at";

type GoneWrong = Extract<MailEvent, { readonly kind: "gone_wrong" }>;

/** Far more than an event comes to. */
const LARGEST_EVENT_BYTES = 65_536;

/** What a letter was tagged with when it was sent: a contact's mail by `contactMail`, any other by the mail queue. */
const tags = z.object({ shop: id.transform((text) => text as ShopId), message: id });

/** On the public host, before the hooks of tills and books. */
export function mailEventRoutes(stopping: Stopping) {
  return router().post("/hooks/resend", async (c) => await receive(c, stopping));
}

async function receive(c: Context<AppEnv>, stopping: Stopping): Promise<Response> {
  const { scheme, domain, hookKeys } = c.get("config");
  const { log, clock } = c.get("world");
  const body = await readAtMost(c.req.raw.body, LARGEST_EVENT_BYTES);
  if (body === null) return refuse(c, { kind: "too_large", limitBytes: LARGEST_EVENT_BYTES });
  const told = await post.readHook({ headers: c.req.raw.headers, body, url: `${scheme}://${domain}/hooks/resend` }, hookKeys.get("resend") ?? "", clock());
  if (told === null) {
    log.warn("hook.refused", { provider: "resend" });
    return c.body(null, 401);
  }
  if (told.kind === "gone_wrong") await take(c, stopping, told);
  return c.body(null, 200);
}

async function take(c: Context<AppEnv>, { open, find }: Stopping, { why, emailId, to, tags: tagged }: GoneWrong): Promise<void> {
  const world = c.get("world");
  const owner = tags.safeParse(tagged);
  const shard = owner.success ? await shardOfShop(c.env, owner.data.shop) : null;
  if (!owner.success || shard === null) return world.log.warn("mail.gone_wrong", { kind: why, letterId: tagged["letter"] ?? "" });
  const db = open(c.env, { shopId: owner.data.shop, shard });
  const words = why === "bounce" ? "The address does not exist any more, or takes no mail." : "Called the mail spam.";
  for (const value of to.flatMap((one) => emailAddress.safeParse(one).data ?? [])) {
    // What is wrong with an address is nothing that its person said: it is told of no other address of theirs.
    await stopAt({ world, env: c.env, db }, why === "bounce" ? alone : find, { channel: "email", value }, {
      source: why, words: `${words} Message ${owner.data.message}.`, reference: `${why}:${emailId}`, counts: "once", actor: DAYBOOK,
    });
  }
}

const alone: Stopping["find"] = async (_, address) => await Promise.resolve({ address, others: [] });
