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
import type { Ledger } from "./service";
import { stopAt, type Stopping } from "./stop-at";

/** Who hears of mails besides: `told` is handed what became of one, by the id that `post.send` answered. */
export type MailDesk = Stopping & {
  readonly told: (ledger: Ledger, mail: { readonly emailId: string; readonly state: "delivered" | "undelivered"; readonly reason: string | null; readonly at: number }) => Promise<void>;
};

type Told = Exclude<MailEvent, { readonly kind: "other" }>;
type GoneWrong = Extract<MailEvent, { readonly kind: "gone_wrong" }>;

/** Far more than an event comes to. */
const LARGEST_EVENT_BYTES = 65_536;

/** What a mail to a contact was tagged with when it was sent, by `contactMail`; any other letter is tagged with its own id. */
const contactTags = z.object({ shop: id.transform((text) => text as ShopId), message: id });

/** On the public host, before the hooks of tills and books. */
export function mailEventRoutes(desk: MailDesk) {
  return router().post("/hooks/resend", async (c) => await receive(c, desk));
}

async function receive(c: Context<AppEnv>, desk: MailDesk): Promise<Response> {
  const { scheme, domain, hookKeys } = c.get("config");
  const { log, clock } = c.get("world");
  const body = await readAtMost(c.req.raw.body, LARGEST_EVENT_BYTES);
  if (body === null) return refuse(c, { kind: "too_large", limitBytes: LARGEST_EVENT_BYTES });
  const event = await post.readHook({ headers: c.req.raw.headers, body, url: `${scheme}://${domain}/hooks/resend` }, hookKeys.get("resend") ?? "", clock());
  if (event === null) {
    log.warn("hook.refused", { provider: "resend" });
    return c.body(null, 401);
  }
  if (event.kind !== "other") await take(c, desk, event);
  return c.body(null, 200);
}

async function take(c: Context<AppEnv>, desk: MailDesk, event: Told): Promise<void> {
  const world = c.get("world");
  const tags = contactTags.safeParse(event.tags);
  const shard = tags.success ? await shardOfShop(c.env, tags.data.shop) : null;
  if (!tags.success || shard === null) {
    if (event.kind === "gone_wrong") world.log.warn("mail.gone_wrong", { kind: event.why, letterId: event.tags["letter"] ?? "" });
    return;
  }
  const ledger = { world, env: c.env, db: desk.open(c.env, { shopId: tags.data.shop, shard }) };
  const hasArrived = event.kind === "delivered" || event.type === "email.complained";
  if (event.kind === "gone_wrong") await stopFor(ledger, desk, event, tags.data.message);
  await desk.told(ledger, { emailId: event.emailId, state: hasArrived ? "delivered" : "undelivered", reason: hasArrived ? null : event.type, at: world.clock() });
}

/** What is wrong with an address is nothing that its person said: it is told of no other address of theirs. */
async function stopFor(ledger: Ledger, { find }: Stopping, { why, emailId, to }: GoneWrong, messageId: string): Promise<void> {
  const words = why === "bounce" ? "The address does not exist any more, or takes no mail." : "Called the mail spam.";
  for (const value of to.flatMap((one) => emailAddress.safeParse(one).data ?? [])) {
    await stopAt(ledger, why === "bounce" ? alone : find, { channel: "email", value }, { source: why, words: `${words} Message ${messageId}.`, reference: `${why}:${emailId}`, actor: DAYBOOK });
  }
}

const alone: Stopping["find"] = async (_, address) => await Promise.resolve({ address, others: [] });
