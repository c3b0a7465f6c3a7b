/** A shop that texts: its line at a simulated Twilio, the post, contacts, and a queue and a clock in the test's hand. */
import { env as runtime } from "cloudflare:workers";
import { agree, type Ledger } from "../../../src/features/consent/service";
import { contactById, knownOrNew, type Contact } from "../../../src/features/contacts/service";
import { recordArrived, recordState, writeMessage, type MessageRow, type NewMessage } from "../../../src/features/messages/service";
import { createPerson } from "../../../src/features/people/service";
import { seal } from "../../../src/features/text-line/credentials";
import { lineWritten } from "../../../src/features/text-line/store";
import type { ShopCard } from "../../../src/http/guard";
import { createJobs } from "../../../src/jobs";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ContactId } from "../../../src/kernel/ids";
import type { Result } from "../../../src/kernel/result";
import type { Role } from "../../../src/kernel/roles";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { openShopDb } from "../../../src/platform/database";
import { shardsOf, type Bindings } from "../../../src/platform/env";
import { createLog } from "../../../src/platform/log";
import type { World } from "../../../src/platform/world";
import { twilioReach } from "../../../src/providers/twilio/index";
import { createTwilioSimulator } from "../../../src/providers/twilio/simulator";
import type { TextState } from "../../../src/providers/twilio/wire";
import { createBrowser, originOf } from "../../support/app";
import { environmentOf } from "../../support/environment";
import { MAIL_KEY, openMail } from "../../support/mail";
import { givenMember, givenShop, must, signIn } from "../../support/people";
import { createQueue } from "../../support/queue";

/** Tuesday, 14 July 2026, noon in New York. */
export const NOON = Date.UTC(2026, 6, 14, 16);
/** In Manhattan: where the shop is too. */
export const ADA = "+12125550101";
export const BEN = "+13125550102";

const TOKEN = "da7b00c0000000000000000000000001";
const NUMBER = "+12125550142";

/** Of its own for each house: cron looks after every shop of a shard, and another house's texts are none of this one's. */
const newAccount = () => `AC${[...systemRandom(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

export type House = Awaited<ReturnType<typeof openHouse>>;

/** A shop on the first shard with its line, in a world that knows Twilio and the post. */
export async function openHouse({ now: start = NOON }: { readonly now?: number } = {}) {
  let now = start;
  const clock = () => now;
  const logs: string[] = [];
  const accountSid = newAccount();
  const queue = createQueue(clock);
  const mail = openMail(clock);
  const told: { readonly sid: string; readonly state: TextState; readonly errorCode: string | null }[] = [];
  const twilio = createTwilioSimulator({
    clock, random: systemRandom, deliver: async (request) => await heard(request, told), wait: () => Promise.resolve(),
    accounts: [{ sid: accountSid, authToken: TOKEN, name: "Harbour", numbers: [{ number: NUMBER, isRegistered: true }] }],
  });
  const transport = async (request: Request) => (twilioReach.hosts.includes(new URL(request.url).hostname) ? await twilio.app.fetch(request) : await mail.transport(request));
  const world: World = { transport: () => transport, clock, random: systemRandom, log: createLog((line) => logs.push(line), clock) };
  const env = environmentOf({ SYNC_QUEUE: queue.binding, MAIL_QUEUE: queue.binding, SYNC_TWILIO: queue.bindings.SYNC_TWILIO, RESEND_API_KEY: MAIL_KEY });
  const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
  const owner = must(await createPerson(world, env, { name: "Land Lord", email: `${newId(systemRandom)}@example.com` }));
  const made = await givenShop(world, `harbour-${newId(systemRandom).slice(0, 8)}`, owner);
  await runtime.DIRECTORY.prepare("UPDATE shop SET shard = 0 WHERE id = ?1").bind(made.id).run();
  const shop: ShopCard = { ...made, shard: 0 };
  const desk: Ledger = { world, env, db: openShopDb(env, shop.id, 0) };
  await givenLine(desk, accountSid);
  return {
    world, env, queue, mail, twilio: twilio.control, logs, jobs, shop, desk, owner, clock, transport,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Delivers what is due now, until nothing is. */
    work: async () => {
      while ((await queue.deliver(jobs.queue, env)) > 0);
    },
    /** What cron does of messages, and what comes of it. */
    cron: async () => {
      await jobs.scheduled(env);
      while ((await queue.deliver(jobs.queue, env)) > 0);
    },
    /** Lets Twilio go on by itself; what it tells is recorded as the hook's job would. */
    twilioGoesOn: async () => {
      await twilio.control.flush();
      for (const { sid, state, errorCode } of told.splice(0)) await recordState(desk, { sid, state, errorCode, at: now });
    },
    someone: async (role: Role) => await deskOf(world, env, shop, role),
  };
}

/** What the webhook of texts would put on the queue. */
async function heard(request: Request, told: { sid: string; state: TextState; errorCode: string | null }[]): Promise<Response> {
  const fields = new URLSearchParams(await request.text());
  const state = fields.get("MessageStatus");
  if (state !== null) told.push({ sid: fields.get("MessageSid") ?? "", state: state as TextState, errorCode: fields.get("ErrorCode") });
  return new Response("", { status: 200 });
}

async function givenLine(desk: Ledger, accountSid: string): Promise<void> {
  const sealed = must(await seal(desk, { accountSid, authToken: TOKEN, apiKey: null }));
  const line = {
    hookId: newId(systemRandom), accountKind: "own", accountSid, sealedCredentials: sealed, number: NUMBER, formerNumbers: [], serviceSid: null, registration: "approved",
    displayName: "Harbour", helpContact: "harbour@example.com", perMinute: 60, segmentMicros: 8_000, state: "active", changedAt: 1,
  } as const;
  await desk.db.orm.batch([lineWritten(desk.db, 0, line)]);
}

/** A contact with a number who agreed to be texted, unless `agreed` is false. */
export async function givenContact({ desk }: Pick<House, "desk">, phone = ADA, { agreed = true, name = "Ada" }: { readonly agreed?: boolean; readonly name?: string } = {}): Promise<Contact> {
  const made = await knownOrNew(desk, { channel: "text", value: phone });
  await desk.env.SHARD_0.prepare("UPDATE contact SET name = ?1, words = lower(?1) WHERE shop_id = ?2 AND id = ?3").bind(name, desk.db.shopId, made.id).run();
  if (agreed) {
    await agree(desk, { channel: "text", value: phone }, { source: "staff", words: "On the form.", saidAt: desk.world.clock(), reference: null, actor: DAYBOOK, byPerson: null });
  }
  const contact = await contactById(desk.db, made.id);
  if (contact === null) throw new Error("the contact is there");
  return contact;
}

/** Something that is written to a contact. */
export function newMessage(contact: Contact, changes: Partial<NewMessage> = {}): NewMessage {
  return {
    contact, channel: "text", purpose: "words", subject: "", body: "Your bicycle is ready.", media: [], templateId: null, broadcastId: null, createdBy: null, notBefore: null,
    requestKey: newId(systemRandom), ...changes,
  };
}

/** Writes to a contact. */
export async function write(house: Pick<House, "desk">, contact: Contact, changes: Partial<NewMessage> = {}): Promise<Result<MessageRow>> {
  return await writeMessage(house.desk, newMessage(contact, changes));
}

/** A text that comes in from a contact now. */
export async function arrives({ desk }: Pick<House, "desk">, contact: Contact, body = "Hello?"): Promise<string> {
  const sid = `SM${[...systemRandom(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  await recordArrived(desk, contact, { sid, body, mediaCount: 0, at: desk.world.clock() });
  return sid;
}

/** Every message of a contact, oldest first, as it stands in the table. */
export async function messagesOf({ desk }: Pick<House, "desk">, contactId: ContactId): Promise<readonly Stored[]> {
  const { results } = await desk.env.SHARD_0.prepare("SELECT * FROM message WHERE shop_id = ?1 AND contact_id = ?2 ORDER BY at, id").bind(desk.db.shopId, contactId).all<Stored>();
  return results;
}

export type Stored = {
  readonly id: string; readonly direction: string; readonly purpose: string; readonly body: string; readonly state: string; readonly reason: string | null; readonly error_code: string | null;
  readonly provider_sid: string | null; readonly due_at: number | null; readonly attempts: number; readonly sent_at: number | null; readonly segments: number;
};

/** What arrived on somebody's phone or is on its way there: everything that Twilio ever took for it from the shop. */
export function takenFor({ twilio }: Pick<House, "twilio">, phone: string): readonly string[] {
  return twilio.texts({ to: phone }).filter(({ direction }) => direction !== "inbound").map(({ body }) => body);
}

/** What a person of the shop does: calls fail the test where the app refuses, but for `send`. */
async function deskOf(world: World, env: Bindings, shop: ShopCard, role: Role) {
  const person = must(await createPerson(world, env, { name: `Sam ${role}`, email: `${newId(systemRandom)}@example.com` }));
  await givenMember(world, shop, person, role);
  const browser = createBrowser(world, env);
  await signIn(world, browser, person);
  await browser.open(`${originOf(shop.slug)}/enter/start`);
  const send = async (method: string, path: string, body?: unknown) => await browser.api(method, `${originOf(shop.slug)}/api${path}`, body === undefined ? {} : { body });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  return { shop, person, browser, send, call };
}

/** The first shard, for a look at the rows themselves. */
export function shardOf(env: Bindings): D1Database {
  const [shard] = shardsOf(env);
  if (shard === undefined) throw new Error("there is a first shard");
  return shard;
}
