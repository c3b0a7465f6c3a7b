/**
 * A Worker that dies, or is told of a failure, at any await while a text is heard or taken in. Twilio tells of it once: what
 * was answered comes to what it would have, and a STOP that was answered bars.
 */
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app";
import { barredAmong } from "../../../src/features/consent/service";
import { createJobs } from "../../../src/jobs";
import type { Bindings } from "../../../src/platform/env";
import { drawsOf, gatedDatabase, gatedQueue, runScheduled, type Fate, type Gate } from "../../support/schedule";
import { TEXT_NUMBER } from "../../support/texting";
import { ADA, formOf, openStreet, signedBy, STOPPED, taken, type Fields, type Street } from "./phone";

/** Bindings each await of which passes the gate. */
function gated(env: Bindings, gate: Gate): Bindings {
  const getByName = (name: string) => {
    const stub = env.REGISTER.getByName(name) as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
    return new Proxy({}, { get: (_, method) => (method === "then" ? undefined : (...values: unknown[]) => gate(async () => await stub[String(method)]?.(...values))) });
  };
  return {
    ...env, SHARD_0: gatedDatabase(env.SHARD_0, gate), DIRECTORY: gatedDatabase(env.DIRECTORY, gate), SYNC_TWILIO: gatedQueue(env.SYNC_TWILIO ?? env.SYNC_QUEUE, gate),
    REGISTER: { getByName } as unknown as Bindings["REGISTER"],
  };
}

const isBarred = async ({ ledger }: Street) => (await barredAmong(ledger, [{ address: { channel: "text", value: ADA }, others: [] }]))[0] !== null;

/** What the shop has of it all in the end, without what differs between worlds. */
async function booksOf(street: Street) {
  await street.work();
  const rows = async (sql: string) => (await street.env.SHARD_0.prepare(sql).bind(street.desk.visit.shop.id).all()).results;
  const found = {
    isBarred: await isBarred(street), taken: taken(street),
    consent: await rows("SELECT act, source, reference IS NOT NULL AS isKnown FROM consent WHERE shop_id = ?1 ORDER BY act, said_at"),
    standing: await rows("SELECT opted_out_at IS NOT NULL AS isOut, opted_in_at IS NOT NULL AS isIn, held_at IS NOT NULL AS isHeld FROM standing WHERE shop_id = ?1"),
    messages: await rows("SELECT direction, purpose, body FROM message WHERE shop_id = ?1 ORDER BY direction, body"),
    threads: await rows("SELECT unread_count, last_words FROM thread WHERE shop_id = ?1"),
    audit: await rows("SELECT action, count(*) AS count FROM audit WHERE shop_id = ?1 AND action <> 'shop.created' GROUP BY action ORDER BY action"),
  };
  // Each world has a shop of its own name, which stands in what HELP is answered.
  return JSON.parse(JSON.stringify(found).replaceAll(street.desk.visit.shop.slug, "harbour")) as typeof found;
}

const WORDS = ["stop texting me", "wrong number", "HELP", "START"] as const;

/** A text that was sent and that the shop was not told of yet; START comes from somebody who is out. */
async function given(body: string): Promise<{ readonly street: Street; readonly fields: Fields }> {
  const street = await openStreet();
  street.world.texting.listen(async () => new Response("", { status: 200 }));
  const sent = (words: string) => formOf({ Body: words, MessageSid: street.world.texting.control.text({ from: ADA, to: TEXT_NUMBER, body: words }) });
  if (body === "START") {
    await tell(street, sent("STOP"), street.env);
    await street.work();
    street.world.pass(2_000);
  }
  return { street, fields: sent(body) };
}

/** Takes the text that waits off the queue, and leaves what else does. */
function arrivedIn({ queue }: Street): ReturnType<Street["queue"]["take"]>[number] {
  const waiting = queue.take();
  const found = waiting.find(({ body }) => JSON.stringify(body).includes("text-arrived"));
  if (found === undefined) throw new Error("it is on the queue");
  for (const message of waiting) if (message !== found) queue.put(message);
  return found;
}

async function tell({ world, line }: Street, fields: Fields, env: Bindings): Promise<number> {
  return (await createApp(world).fetch(await signedBy(`https://daybook.example/hooks/texts/${line.hookId}`, fields), env)).status;
}

/** What a text comes to when nothing goes wrong. */
async function expectedOf(body: string) {
  const { street, fields } = await given(body);
  expect(await tell(street, fields, street.env)).toBe(200);
  return await booksOf(street);
}

describe.each(WORDS)("“%s”", (body) => {
  it("heard by a Worker that breaks at any await: what was answered is done, and a STOP bars though all else broke", async () => {
    const expected = await expectedOf(body);
    let steps = 0;
    const whole = await given(body);
    await tell(whole.street, whole.fields, gated(whole.street.env, async (effect) => ((steps += 1), await effect())));
    expect(steps).toBeGreaterThan(4);
    for (const happens of [false, true]) {
      for (let at = 0; at < steps; at += 1) {
        const { street, fields } = await given(body);
        let step = 0;
        const breaking: Gate = async (effect) => {
          const isIt = step === at;
          step += 1;
          if (isIt && happens) await effect();
          if (isIt) throw new Error("the connection broke");
          return await effect();
        };
        const status = await tell(street, fields, gated(street.env, breaking));
        if (status === 200) expect([happens, at, await booksOf(street)]).toEqual([happens, at, expected]);
        else if (street.queue.waiting().length === 0) expect([happens, at, taken(street)]).toEqual([happens, at, []]);
      }
    }
  }, 120_000);

  it("taken in by a Worker that dies at any await comes to the same when the queue brings it again", async () => {
    const expected = await expectedOf(body);
    const jobsOf = ({ world }: Street) => createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
    const take = async (street: Street, message: ReturnType<Street["queue"]["take"]>[number], gate: Gate) => {
      const batch = { queue: "daybook-twilio", messages: [{ id: message.id, body: message.body, attempts: message.attempts, timestamp: new Date(0), ack: () => {}, retry: () => street.queue.put(message) }] };
      await jobsOf(street).queue(batch as unknown as MessageBatch, gated(street.env, gate));
    };
    let steps = 0;
    const whole = await given(body);
    await tell(whole.street, whole.fields, whole.street.env);
    await take(whole.street, arrivedIn(whole.street), async (effect) => ((steps += 1), await effect()));
    expect(steps).toBeGreaterThan(4);
    for (const fate of ["dies_before", "dies_after"] as const) {
      for (let at = 0; at < steps; at += 1) {
        const { street, fields } = await given(body);
        await tell(street, fields, street.env);
        const message = arrivedIn(street);
        const ran = await runScheduled([async (gate) => await take(street, message, gate)], drawsOf(at), (_, step): Fate => (step === at ? fate : "go"));
        if (ran.died[0] === true) street.queue.put(message);
        expect([fate, at, await booksOf(street)]).toEqual([fate, at, expected]);
      }
    }
  }, 120_000);
});

it("a confirmation is one, whatever broke before it", async () => {
  expect((await expectedOf("stop texting me")).taken).toEqual([STOPPED]);
});
