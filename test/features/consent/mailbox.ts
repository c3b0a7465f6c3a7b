/** Two shops that write mails to people, and whoever says stop: the whole app in front, a clock and the post in the test's hand. */
import { env as runtime } from "cloudflare:workers";
import { createApp } from "../../../src/app";
import { barredAmong, contactMail, whileReachable, type Address, type ContactMail, type Ledger } from "../../../src/features/consent/service";
import { subjectOf } from "../../../src/features/consent/subject";
import { unsubscribeUrl } from "../../../src/features/consent/unsubscribe";
import { foundBy } from "../../../src/features/contacts/rules";
import { addContactUnlessKnown } from "../../../src/features/contacts/store";
import type { ShopCard } from "../../../src/http/guard";
import { createJobs } from "../../../src/jobs";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ContactId, type MessageId } from "../../../src/kernel/ids";
import { openShopDb } from "../../../src/platform/database";
import { readConfig, shardsOf, type Bindings } from "../../../src/platform/env";
import { createSend, post } from "../../../src/providers/registry";
import type { SentLetter } from "../../../src/providers/resend/simulator";
import { createTestWorld } from "../../support/app";
import { environmentOf } from "../../support/environment";
import { MAIL_KEY } from "../../support/mail";
import { givenPerson, givenShop } from "../../support/people";
import { createQueue } from "../../support/queue";

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>;
export type Sender = { readonly shop: ShopCard; readonly desk: Ledger };
type Row = Readonly<Record<string, unknown>>;

/** Adds somebody of whom the shop knows a number as well. */
export async function givenAda({ config }: Pick<Mailbox, "config">, { desk: { world, db } }: Sender, phone: Address): Promise<ContactId> {
  const [emailSubject, phoneSubject] = await Promise.all([subjectOf(config, db.shopId, ADA), subjectOf(config, db.shopId, phone)]);
  const held = { name: "Ada", phone: phone.value, phoneSubject, email: ADA.value, emailSubject, zone: null, note: "", tags: [] };
  const [id, at] = [newId<ContactId>(systemRandom), world.clock()];
  await addContactUnlessKnown(db, { id, ...held, ...foundBy(held), former: [], version: 1, createdBy: "daybook", createdAt: at, changedAt: at });
  return id;
}

export const ADA: Address = { channel: "email", value: "ada@example.com" };

/** Two shops on the two shards, an app before them, and nobody who said anything. */
export async function openMailbox(changes: Partial<Record<keyof Bindings, unknown>> = {}) {
  const world = createTestWorld();
  const queue = createQueue(world.clock);
  const env = environmentOf({ RESEND_API_KEY: MAIL_KEY, SYNC_QUEUE: queue.binding, MAIL_QUEUE: queue.binding, SYNC_TWILIO: queue.binding, ...changes });
  const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
  const config = readConfig(env);
  const app = createApp(world);
  const newShop = async (slug: string, shard: number): Promise<Sender> => {
    const made = await givenShop(world, `${slug}-${newId(systemRandom).slice(0, 8)}`, await givenPerson(world, `Owner ${newId(systemRandom)}`));
    await runtime.DIRECTORY.prepare("UPDATE shop SET shard = ?1 WHERE id = ?2").bind(shard, made.id).run();
    const shop = { ...made, shard };
    return { shop, desk: { world, env, db: openShopDb(env, shop.id, shard) } };
  };
  const ask = async (url: string, init: RequestInit = {}) => await app.fetch(new Request(url, init), env);
  return {
    world, env, config, ask, harbour: await newShop("harbour", 0), lantern: await newShop("lantern", 1),
    /** Sends a mail to somebody, as messages do; answers its letter as it arrived, or null where it may not be sent. */
    write: async ({ shop, desk }: Sender, address: Address = ADA, messageId = newId<MessageId>(systemRandom), words: Partial<Pick<ContactMail, "subject" | "body" | "links" | "helpContact" | "replyTo">> = {}): Promise<SentLetter | null> => {
      const mail = await contactMail(config, { messageId, shop, to: address.value, subject: "Your warranty is ready", body: "Dear Ada,\n\nit is ready.", links: [], helpContact: null, replyTo: null, ...words });
      const reached = await whileReachable(desk, { address, others: [] }, async () => await post.send(createSend(world.transport(env), post.reach), config.mail.apiKey, mail));
      if (reached.barred !== null) return null;
      if (!reached.value.ok) throw new Error(`the mail was not sent: ${reached.value.failure.kind}`);
      return world.mail.control.letters(address.value).at(-1) ?? null;
    },
    /** Delivers what waits on the queues. */
    work: async () => {
      while ((await queue.deliver(jobs.queue, env)) > 0);
    },
    /** Carries what the post has to tell. */
    carry: async (carrying: { readonly newestFirst?: boolean } = {}) => await world.mail.control.carry(async (request) => await app.fetch(request, env), carrying),
    link: async ({ shop }: Sender, address: Address = ADA, messageId = newId<MessageId>(systemRandom)) => await unsubscribeUrl(config, { shopId: shop.id, address, messageId }),
    /** The button of a page: what a browser sends when it is pressed. */
    press: async (url: string, body = "", headers: Readonly<Record<string, string>> = {}) => (
      await ask(url, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded", ...headers } })
    ),
    isBarred: async ({ desk }: Sender, address: Address = ADA) => (await barredAmong(desk, [{ address, others: [] }]))[0] !== null,
  };
}

/** The lines of a shop's ledger of consent with their evidence, in the order in which they were written. */
export async function linesOf({ env }: Pick<Mailbox, "env">, { shop }: Sender): Promise<readonly Row[]> {
  const { results } = await shardOf(env, shop).prepare(
    "SELECT act, source, channel, reference, follows IS NOT NULL AS follows, address, words FROM consent LEFT JOIN consent_evidence ON consent_evidence.shop_id = consent.shop_id AND consent_id = id WHERE consent.shop_id = ?1 ORDER BY consent.at, follows IS NOT NULL",
  ).bind(shop.id).all();
  return results;
}

export function shardOf(env: Bindings, shop: Pick<ShopCard, "shard">): D1Database {
  const shard = shardsOf(env)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  return shard;
}
