/** A shop whose number is set up as an owner sets it up, people with handsets, and a Twilio that calls the real door. */
import { env as runtime } from "cloudflare:workers";
import { createApp } from "../../../src/app";
import { agree, type Ledger } from "../../../src/features/consent/service";
import { knownOrNew } from "../../../src/features/contacts/service";
import { writeMessage } from "../../../src/features/messages/service";
import { createPerson } from "../../../src/features/people/service";
import { hookUrlOf, lineOf, type TextLine } from "../../../src/features/text-line/service";
import { setUpLine, type Desk } from "../../../src/features/text-line/set-up";
import type { LineChange } from "../../../src/features/text-line/contract";
import { admit } from "../../../src/http/guard";
import { createJobs } from "../../../src/jobs";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type SessionId } from "../../../src/kernel/ids";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { readConfig, type Bindings } from "../../../src/platform/env";
import { signedCallback } from "../../../src/providers/twilio/simulator-webhook";
import { createTestWorld } from "../../support/app";
import { environmentOf } from "../../support/environment";
import { givenShop, must } from "../../support/people";
import { createQueue } from "../../support/queue";
import { TEXT_ACCOUNT, TEXT_NUMBER } from "../../support/texting";

/** In Manhattan, where it is noon and the shop is open. */
export const ADA = "+12125550101";
export const NOON = Date.UTC(2026, 6, 14, 16);
/** By the code of whoever texts. */
export type Fields = Readonly<Record<string, string>>;

export const LINE: LineChange = {
  account: { kind: "own", sid: TEXT_ACCOUNT.accountSid, credentials: { authToken: TEXT_ACCOUNT.authToken, apiKey: TEXT_ACCOUNT.apiKey } },
  number: TEXT_NUMBER, serviceSid: null, displayName: "Harbour", helpContact: "(212) 555-0100", perMinute: 60, segmentMicros: 8_300, version: 0,
};

export type Street = Awaited<ReturnType<typeof openStreet>>;

/** A world with a queue in the test's hand, and one shop in it that texts. */
export async function openStreet() {
  const world = createTestWorld();
  world.pass(NOON - world.clock());
  const queue = createQueue(world.clock);
  const env = environmentOf({ APP_DOMAIN: "daybook.example", APP_SCHEME: "https", SYNC_QUEUE: queue.binding, MAIL_QUEUE: queue.binding, SYNC_TWILIO: queue.bindings.SYNC_TWILIO });
  const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
  const app = createApp(world);
  world.texting.listen(async (request) => await app.fetch(request, env));
  // Every world has a Twilio of its own with the same numbers: what another one left is nobody's here.
  await runtime.DIRECTORY.prepare("DELETE FROM text_number").run();
  const set = await openTextingShop({ world, env });
  return {
    world, env, queue, jobs, app, ...set,
    /** Delivers what is due now, until nothing is. */
    work: async () => {
      while ((await queue.deliver(jobs.queue, env)) > 0);
    },
  };
}

/** A shop on the first shard. */
export async function openShop({ world, env }: Pick<Desk, "env"> & { readonly world: ReturnType<typeof createTestWorld> }): Promise<Desk & { readonly ledger: Ledger }> {
  const owner = must(await createPerson(world, env, { name: "Land Lord", email: `${newId(systemRandom)}@example.com` }));
  const made = await givenShop(world, `harbour-${newId(systemRandom).slice(0, 8)}`, owner);
  await runtime.DIRECTORY.prepare("UPDATE shop SET shard = 0 WHERE id = ?1").bind(made.id).run();
  const shop = { ...made, shard: 0 };
  const visitor = { shop, person: { id: owner.id, name: "Land Lord", email: "lord@example.com" }, role: "owner", sessionId: newId<SessionId>(systemRandom), provedAt: world.clock(), secondFactorAt: null, through: null, from: { address: "", place: "", device: "" } } as const;
  const visit = must(admit(env, visitor, "messages.manage"));
  return { world, env, visit, ledger: { world, env, db: visit.db } };
}

/** The same with its line, and Twilio's number pointed at it. */
export async function openTextingShop(place: Parameters<typeof openShop>[0], change: LineChange = LINE) {
  const desk = await openShop(place);
  must(await setUpLine(desk, change));
  const line = await lineNow(desk);
  place.world.texting.control.pointNumber(line.number, hookUrlOf(readConfig(place.env), line, "arrived"));
  return { desk, ledger: desk.ledger, line };
}

/** The line as it stands. */
export async function lineNow({ visit }: Pick<Desk, "visit">): Promise<TextLine> {
  const line = await lineOf(visit.db);
  if (line === null) throw new Error("the line is set up");
  return line;
}

/** Writes from a handset; Twilio tells the shop at once. Answers the text's id. */
export async function texts({ world }: Pick<Street, "world">, body: string, from = ADA, to = TEXT_NUMBER): Promise<string> {
  const sid = world.texting.control.text({ from, to, body });
  await world.texting.control.flush();
  return sid;
}

/** What a shop writes to somebody who agreed to it; it waits on the queue. */
export async function writes({ ledger }: Pick<Street, "ledger">, body = "Your bicycle is ready.", to = ADA) {
  const contact = await knownOrNew(ledger, { channel: "text", value: to });
  await agree(ledger, { channel: "text", value: to }, { source: "staff", words: "On the form.", saidAt: ledger.world.clock(), reference: null, actor: DAYBOOK, byPerson: null });
  return await writeMessage(ledger, {
    contact, channel: "text", purpose: "words", subject: "", body, media: [], templateId: null, broadcastId: null, createdBy: null, notBefore: null, requestKey: newId(systemRandom),
  });
}

/** Everything that Twilio ever took from the shop for somebody's handset, in order. */
export function taken({ world }: Pick<Street, "world">, to = ADA): readonly string[] {
  return world.texting.control.texts({ to }).filter(({ direction }) => direction !== "inbound").map(({ body }) => body);
}

export const STOPPED = "Harbour: You are unsubscribed and will get no more messages from us. Reply START to get them again.";

/** A text as Twilio's form tells of it. */
export function formOf(changes: Fields = {}): Fields {
  return {
    MessageSid: newSid(), AccountSid: TEXT_ACCOUNT.accountSid, From: ADA, To: TEXT_NUMBER, Body: "Hello", NumMedia: "0", NumSegments: "1", SmsStatus: "received", ApiVersion: "2010-04-01", ...changes,
  };
}

export function newSid(): string {
  return `SM${[...systemRandom(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The request that Twilio makes of a form, signed with a token over an address. */
export async function signedBy(url: string, fields: Fields, token: string = TEXT_ACCOUNT.authToken): Promise<Request> {
  return await signedCallback({ url, fields: Object.entries(fields) }, token);
}

/** Every row of the shop on its shard, as one text to compare. */
export async function rowsOf({ env, desk }: Pick<Street, "env" | "desk">): Promise<string> {
  const tables = ["contact", "consent", "consent_evidence", "standing", "thread", "message", "text_line", "audit", "once"];
  const results = await env.SHARD_0.batch(tables.map((table) => env.SHARD_0.prepare(`SELECT * FROM ${table} WHERE shop_id = ?1`).bind(desk.visit.shop.id)));
  return JSON.stringify(results.map((result) => result.results));
}

/** One column of a table of the shop's. */
export async function columnOf({ env, desk }: Pick<Street, "desk"> & { readonly env: Bindings }, table: string, column: string): Promise<readonly unknown[]> {
  const { results } = await env.SHARD_0.prepare(`SELECT ${column} AS value FROM ${table} WHERE shop_id = ?1 ORDER BY 1`).bind(desk.visit.shop.id).all<{ value: unknown }>();
  return results.map(({ value }) => value);
}
