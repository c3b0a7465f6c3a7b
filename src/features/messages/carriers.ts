/**
 * How a message leaves: as a text by the shop's line, or as a mail. What each service answers becomes one of a few outcomes;
 * whether something was sent is the only thing that nobody may be wrong about.
 */
import type { Failure, ProviderFailure } from "../../kernel/failure";
import { ok, type Result } from "../../kernel/result";
import type { ShopCard } from "../../http/guard";
import { signLink } from "../../http/signed-link";
import { readConfig } from "../../platform/env";
import { createSend, post, texting, type TextAccount } from "../../providers/registry";
import { contactMail, type Ledger } from "../consent/service";
import { accountOf, hookUrlOf, lineOf, type TextLine } from "../text-line/service";
import type { Enclosure } from "./rules";
import type { MessageRow } from "./store";

/** What became of handing a message over. `lost`: it may have happened; `not_yet`: it did not, and may be tried again. */
export type Outcome =
  | { readonly kind: "taken"; readonly providerSid: string | null; readonly segments: number | null }
  | { readonly kind: "lost" }
  | { readonly kind: "not_yet"; readonly reason: string; readonly afterSeconds: number | null }
  | { readonly kind: "said_stop" }
  | { readonly kind: "refused"; readonly errorCode: string };

/** A way out that is ready: everything that can fail beforehand did not. */
export type Carrier = { readonly send: (message: MessageRow, to: string) => Promise<Outcome> };

type Shop = Pick<ShopCard, "id" | "shard" | "name">;

/** "Attempt to send to unsubscribed recipient": the recipient said stop to Twilio. */
export const SAID_STOP = "21610";

/** What opens the shop's line. `conflict` where it has none that works, `key_unavailable`. */
export async function openLine({ world, env, db }: Ledger): Promise<Result<{ readonly line: TextLine; readonly account: TextAccount }>> {
  const [line, account] = await Promise.all([lineOf(db), accountOf(world, env, db)]);
  if (!account.ok) return account;
  return line === null ? { ok: false, failure: { kind: "conflict", message: "Texting is not set up in this shop." } } : ok({ line, account: account.value });
}

/** Texts by the shop's line. Failures as `openLine`. */
export async function textCarrier(desk: Ledger, shop: Shop): Promise<Result<Carrier>> {
  const { world, env } = desk;
  const opened = await openLine(desk);
  if (!opened.ok) return opened;
  const { line, account } = opened.value;
  const config = readConfig(env);
  const from = line.serviceSid === null ? { number: line.number } : { serviceSid: line.serviceSid };
  return ok({
    send: async ({ body, media }, to) => {
      const mediaUrls = await Promise.all(media.filter(({ as }) => as === "picture").map(async (one) => await pictureUrl(desk, shop, one)));
      const send = createSend(world.transport(env), texting.reach);
      const sent = await texting.send(send, account, { to, from, body, mediaUrls, statusCallback: hookUrlOf(config, line, "status") });
      return sent.ok ? { kind: "taken", providerSid: sent.value.sid, segments: sent.value.segments } : outcomeOf(sent.failure);
    },
  });
}

/** Mails; sent twice with one id, a mail is one for a day. */
export async function mailCarrier(desk: Ledger, shop: Shop): Promise<Result<Carrier>> {
  const { world, env, db } = desk;
  const config = readConfig(env);
  const helpContact = (await lineOf(db))?.helpContact ?? null;
  return ok({
    send: async ({ id, subject, body, media }, to) => {
      const links = await Promise.all(media.map(async (one) => ({ text: "Open the document", url: await pageUrl(desk, shop, one) })));
      const mail = await contactMail(config, { messageId: id, shop, to, subject, body, links, helpContact, replyTo: null });
      const sent = await post.send(createSend(world.transport(env), post.reach), config.mail.apiKey, mail);
      if (sent.ok) return { kind: "taken", providerSid: sent.value.id, segments: null };
      return mailOutcomeOf(sent.failure);
    },
  });
}

/** The page of a document, for whoever has the link. */
export async function pageUrl({ env }: Pick<Ledger, "env">, shop: Pick<Shop, "id" | "shard">, { documentId, shareId, version, expiresAt }: Enclosure): Promise<string> {
  return await signLink(readConfig(env), { kind: "share_page", shard: shop.shard, shopId: shop.id, documentId, version, share: shareId, expiresAt });
}

/** The picture itself, for Twilio to fetch: it lives and ends with its share. */
async function pictureUrl({ env }: Ledger, shop: Shop, { documentId, shareId, version, expiresAt }: Enclosure): Promise<string> {
  return await signLink(readConfig(env), { kind: "content", shard: shop.shard, shopId: shop.id, documentId, version, disposition: "inline", expiresAt, purpose: "share", share: shareId });
}

/** The same mail, sent again, is no second one: what may have happened is simply done again, and what only we can mend waits for us. */
function mailOutcomeOf(failure: ProviderFailure): Outcome {
  const outcome = outcomeOf(failure);
  const isOurs = failure.kind === "provider_refused" && [401, 403].includes(failure.answer.status);
  return outcome.kind === "lost" || isOurs ? { kind: "not_yet", reason: failure.kind, afterSeconds: null } : outcome;
}

/** What a failure says of the message. Whatever is not known to be without effect may have happened. */
function outcomeOf(failure: Failure): Outcome {
  if (failure.kind === "provider_busy") return { kind: "not_yet", reason: "busy", afterSeconds: failure.retryAfterSeconds };
  if (failure.kind === "reconnect_needed") return { kind: "not_yet", reason: "credentials", afterSeconds: null };
  if (failure.kind !== "provider_refused") return { kind: "lost" };
  return failure.answer.code === SAID_STOP ? { kind: "said_stop" } : { kind: "refused", errorCode: failure.answer.code };
}
