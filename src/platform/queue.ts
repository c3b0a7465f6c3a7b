/**
 * Typed queues. A message may come twice, late and out of order; it is parsed before anything believes it, and one bad
 * message never takes its batch with it. Every message carries the shop it belongs to, or is declared as nobody's.
 */
import type { z } from "zod";
import { assert } from "../kernel/assert";
import type { Bindings } from "./env";
import { errorFields, type Log } from "./log";

/** What a message of a shop says at least. */
export type Owned = { readonly shopId: string };

/** A message about the directory: a letter to a person. It names no shop, so nothing of a shop can be opened for it. */
export type Unowned = Readonly<Record<string, unknown>> & { readonly shopId?: never };

/** A kind of message: its name on the queue and the schema that it must fit. */
export type MessageKind<Payload extends Owned | Unowned> = { readonly name: string; readonly schema: z.ZodType<Payload> };

/** A message ready to be sent, with its own delay where it has one. */
export type OutgoingMessage = {
  readonly body: { readonly kind: string; readonly payload: Owned | Unowned };
  readonly delaySeconds?: number;
};

/** What becomes of a message: it is done with, or it comes again after so many seconds. */
export type Verdict = { readonly kind: "done" } | { readonly kind: "retry"; readonly afterSeconds: number };

/** How often a message was delivered, this time included (1 for the first), and by which queue: `daybook-square`. */
export type Delivery = { readonly attempts: number; readonly queue: string };

/** What handles one kind of message. `giveUp` runs when it was delivered as often as the queue allows. */
export type Handler = {
  readonly name: string;
  readonly run: (payload: unknown, delivery: Delivery) => Promise<Verdict> | null;
  readonly giveUp: (payload: unknown) => Promise<void> | null;
};

export const DONE: Verdict = { kind: "done" };

/** Cloudflare Queues: 100 messages and 256 KB in one send, 128 KB a message, 12 hours of delay. */
const MOST_IN_ONE_SEND = 100;
const MOST_BYTES_IN_ONE_SEND = 256_000;
const MOST_BYTES_IN_A_MESSAGE = 128_000;
const LONGEST_DELAY_SECONDS = 12 * 3_600;
/** What the queue adds to a message of its own. */
const BYTES_OF_METADATA = 100;
const FIRST_BACKOFF_SECONDS = 15;
const LONGEST_BACKOFF_SECONDS = 3_600;

/** Comes again after `afterSeconds`, between 1 second and the 12 hours that a queue allows. */
export function retryAfter(afterSeconds: number): Verdict {
  return { kind: "retry", afterSeconds: Math.min(Math.max(1, Math.ceil(afterSeconds)), LONGEST_DELAY_SECONDS) };
}

/** 15 s, 30 s, 1 min … up to an hour, by the number of deliveries so far. */
export function backoff(attempts: number): Verdict {
  return retryAfter(Math.min(FIRST_BACKOFF_SECONDS * 2 ** Math.min(attempts - 1, 16), LONGEST_BACKOFF_SECONDS));
}

/** The queues of providers that have one of their own. */
const OWN_QUEUES: ReadonlyMap<string, "SYNC_SQUARE" | "SYNC_CLOVER" | "SYNC_QUICKBOOKS" | "SYNC_XERO" | "SYNC_TWILIO"> = new Map([
  ["square", "SYNC_SQUARE"], ["clover", "SYNC_CLOVER"], ["quickbooks", "SYNC_QUICKBOOKS"], ["xero", "SYNC_XERO"],
  ["twilio", "SYNC_TWILIO"],
] as const);

/**
 * The queue of a provider's work, so that a slow provider holds up only its own. What has none (files, Daybook's own
 * journal) goes to the common one.
 */
export function queueOf(env: Bindings, provider: string | null): Queue {
  const own = provider === null ? undefined : OWN_QUEUES.get(provider);
  return (own === undefined ? undefined : env[own]) ?? env.SYNC_QUEUE;
}

/** The queue by the name under which it delivers: the last part of `daybook-square` is the provider's. */
export function queueNamed(env: Bindings, name: string): Queue {
  return queueOf(env, name.split("-").at(-1) ?? null);
}

/** Declares a kind of message of a shop's. `name` is what stands on the queue and must never be used for another shape. */
export function defineMessage<Payload extends Owned>(name: string, schema: z.ZodType<Payload>): MessageKind<Payload> {
  return { name, schema };
}

/** Declares a kind of message that belongs to no shop; the same holds for its name. */
export function defineUnownedMessage<Payload extends Unowned>(name: string, schema: z.ZodType<Payload>): MessageKind<Payload> {
  return { name, schema };
}

/** One message of a kind. */
export function message<Payload extends Owned | Unowned>(kind: MessageKind<Payload>, payload: Payload, delaySeconds?: number): OutgoingMessage {
  return { body: { kind: kind.name, payload }, ...(delaySeconds === undefined ? {} : { delaySeconds }) };
}

/**
 * Sends all messages, in as few sends as the limits allow. Throws when a send fails: what went before it was sent, so the
 * caller must be able to send everything again. A message of more than 128 KB is a bug.
 */
export async function enqueue(queue: Queue, messages: readonly OutgoingMessage[], options: { readonly delaySeconds?: number } = {}): Promise<void> {
  for (const chunk of chunksOf(messages)) {
    await queue.sendBatch(chunk.map(({ body, delaySeconds }) => {
      const delay = Math.min(delaySeconds ?? options.delaySeconds ?? 0, LONGEST_DELAY_SECONDS);
      return { body, contentType: "json" as const, ...(delay > 0 ? { delaySeconds: delay } : {}) };
    }));
  }
}

/** Binds a kind of message to what handles it and to what happens when it is given up. */
export function handle<Payload extends Owned | Unowned>(
  kind: MessageKind<Payload>,
  run: (payload: Payload, delivery: Delivery) => Promise<Verdict>,
  giveUp: (payload: Payload) => Promise<void>,
): Handler {
  const read = (payload: unknown): Payload | null => {
    const parsed = kind.schema.safeParse(payload);
    return parsed.success ? parsed.data : null;
  };
  return {
    name: kind.name,
    run: (payload, delivery) => withParsed(read(payload), (parsed) => run(parsed, delivery)),
    giveUp: (payload) => withParsed(read(payload), giveUp),
  };
}

/** Handles each message of a batch on its own: done is acknowledged, retry and throw come again, malformed is dropped and logged. */
export async function runBatch(batch: MessageBatch, handlers: readonly Handler[], log: Log): Promise<void> {
  await deliver(batch, log, (found, payload, delivery) => handlerOf(handlers, found)?.run(payload, delivery) ?? null);
}

/** Handles a batch of a dead-letter queue: each message is given up by its handler, so that nothing vanishes unseen. */
export async function runDeadLetters(batch: MessageBatch, handlers: readonly Handler[], log: Log): Promise<void> {
  await deliver(batch, log, (found, payload) => {
    const ended = handlerOf(handlers, found)?.giveUp(payload) ?? null;
    log.error("queue.given_up", { queue: batch.queue, kind: found, ...shopOf(payload) });
    return ended === null ? null : ended.then(() => DONE);
  });
}

type Act = (kind: string, payload: unknown, delivery: Delivery) => Promise<Verdict> | null;

async function deliver(batch: MessageBatch, log: Log, act: Act): Promise<void> {
  await Promise.all(batch.messages.map(async (message) => {
    const verdict = await verdictOn(message, batch.queue, log, act);
    if (verdict.kind === "done") message.ack();
    else message.retry({ delaySeconds: verdict.afterSeconds });
  }));
}

async function verdictOn(message: Message, queue: string, log: Log, act: Act): Promise<Verdict> {
  const { kind, payload } = envelopeOf(message.body);
  const attempts = message.attempts;
  try {
    const verdict = act(kind, payload, { attempts, queue });
    if (verdict !== null) return await verdict;
    // It would be as malformed on every delivery: retrying it can only hide the ones behind it.
    log.error("queue.malformed", { queue, kind, attempts });
    return DONE;
  } catch (error) {
    log.error("queue.threw", { queue, kind, attempts, ...shopOf(payload), ...errorFields(error) });
    return backoff(attempts);
  }
}

function handlerOf(handlers: readonly Handler[], name: string): Handler | undefined {
  return handlers.find((handler) => handler.name === name);
}

function withParsed<Payload, Outcome>(payload: Payload | null, act: (payload: Payload) => Promise<Outcome>): Promise<Outcome> | null {
  return payload === null ? null : act(payload);
}

function envelopeOf(body: unknown): { readonly kind: string; readonly payload: unknown } {
  if (typeof body !== "object" || body === null) return { kind: "", payload: null };
  const { kind, payload } = body as { readonly kind?: unknown; readonly payload?: unknown };
  return { kind: typeof kind === "string" ? kind.slice(0, 40) : "", payload };
}

function shopOf(payload: unknown): { readonly shopId?: string } {
  const shopId = typeof payload === "object" && payload !== null ? (payload as Partial<Owned>).shopId : undefined;
  return typeof shopId === "string" ? { shopId } : {};
}

function chunksOf(messages: readonly OutgoingMessage[]): OutgoingMessage[][] {
  const chunks: OutgoingMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = new TextEncoder().encode(JSON.stringify(message.body)).byteLength + BYTES_OF_METADATA;
    assert(size <= MOST_BYTES_IN_A_MESSAGE, "a message fits a queue");
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length >= MOST_IN_ONE_SEND || bytes + size > MOST_BYTES_IN_ONE_SEND) {
      chunks.push([message]);
      bytes = size;
    } else {
      chunk.push(message);
      bytes += size;
    }
  }
  return chunks;
}
