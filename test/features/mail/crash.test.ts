/** A Worker that dies anywhere between writing a letter and having sent it costs a quarter of an hour, never a letter or a second one. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createJobs } from "../../../src/jobs";
import { MINUTE } from "../../../src/kernel/clock";
import type { World } from "../../../src/platform/world";
import { createTestWorld, type TestWorld } from "../../support/app";
import { createQueue, type TestQueue } from "../../support/queue";
import { drawsOf, gatedDatabase, gatedQueue, runScheduled, type Fate, type Gate } from "../../support/schedule";
import { letterTo, post, rowsOf } from "./outbox";

let people = 0;

/** A letter that waits with its message on a queue, and a fresh person for it. */
async function waitingLetter() {
  const world = createTestWorld();
  const queue = createQueue(world.clock);
  const email = `crash${(people += 1)}@example.com`;
  await post(world, letterTo(email), { ...env, MAIL_QUEUE: queue.binding });
  return { world, queue, email };
}

/** One delivery whose every await goes through the gate: database and post. */
function delivery(world: TestWorld, body: unknown): (gate: Gate) => Promise<void> {
  return async (gate) => {
    const gated: World = { ...world, transport: () => async (request) => await gate(async () => await world.mail.transport(request)) };
    const bindings = { ...env, DIRECTORY: gatedDatabase(env.DIRECTORY, gate) };
    const message = { id: "m", body, attempts: 1, timestamp: new Date(0), ack: () => {}, retry: () => {} };
    await createJobs(gated).queue({ queue: "daybook-mail", messages: [message] } as unknown as MessageBatch, bindings);
  };
}

/** What cron and the queue do with what is left, until nothing waits. */
async function recover(world: TestWorld, queue: TestQueue): Promise<void> {
  const bindings = { ...env, MAIL_QUEUE: queue.binding };
  const jobs = createJobs(world);
  for (let quarter = 0; quarter < 8; quarter += 1) {
    world.pass(15 * MINUTE);
    await jobs.scheduled(bindings);
    await queue.deliver(jobs.queue, bindings);
  }
}

const once = async (world: TestWorld, email: string) => {
  expect(world.mail.control.letters(email)).toHaveLength(1);
  expect((await rowsOf(email)).map(({ state, sealed_words: words }) => [state, words])).toEqual([["sent", null]]);
};

describe("a delivery that dies", () => {
  const deaths = [0, 1, 2].flatMap((step) => [["dies_before", step], ["dies_after", step]] as const);

  it.each(deaths)("(%s step %i of three) is made good, once", async (fate, step) => {
    const { world, queue, email } = await waitingLetter();
    const body = queue.take()[0]?.body;
    const ran = await runScheduled([delivery(world, body)], drawsOf(step), (_, at): Fate => (at === step ? fate : "go"));
    expect(ran.died).toEqual([true]);
    await recover(world, queue);
    await once(world, email);
  });

  it("could do so at three steps: reading the letter, sending it, and writing down that it was sent", async () => {
    const { world, queue } = await waitingLetter();
    const ran = await runScheduled([delivery(world, queue.take()[0]?.body)], drawsOf(1), () => "go");
    expect(ran).toEqual({ died: [false], steps: [3] });
  });
});

describe("a letter", () => {
  it("that is delivered twice, one after the other or both at once in any order, is sent once", async () => {
    for (let seed = 0; seed < 12; seed += 1) {
      const { world, queue, email } = await waitingLetter();
      const body = queue.take()[0]?.body;
      await runScheduled([delivery(world, body), delivery(world, body)], drawsOf(seed), () => "go");
      await once(world, email);
    }
  });

  it.each(["answer_lost", "hang", "empty"] as const)("whose acceptance is lost on the way (%s) is sent once", async (kind) => {
    const { world, queue, email } = await waitingLetter();
    world.mail.control.fault({ kind, times: 1 });
    const impatient: TestWorld = { ...world, transport: () => async (request) => await world.mail.transport(new Request(request, { signal: AbortSignal.timeout(20) })) };
    const bindings = { ...env, MAIL_QUEUE: queue.binding };
    await queue.deliver(createJobs(impatient).queue, bindings);
    expect(queue.waiting()).toHaveLength(1);
    expect((await rowsOf(email))[0]?.state).toBe("waiting");
    await recover(world, queue);
    await once(world, email);
  });

  it("whose act dies before its message is on the queue is sent all the same, and one whose act was not done never is", async () => {
    const world = createTestWorld();
    const queue = createQueue(world.clock);
    const [done, undone] = [`done${(people += 1)}@example.com`, `undone${people}@example.com`];
    const act = (email: string, diesAt: number) => runScheduled([async (gate) => {
      await post(world, letterTo(email), { ...env, DIRECTORY: gatedDatabase(env.DIRECTORY, gate), MAIL_QUEUE: gatedQueue(queue.binding, gate) });
    }], drawsOf(1), (_, step) => (step === diesAt ? "dies_before" : "go"));
    await act(undone, 0);
    await act(done, 1);
    expect(queue.waiting()).toEqual([]);
    await recover(world, queue);
    await once(world, done);
    expect([world.mail.control.letters(undone), await rowsOf(undone)]).toEqual([[], []]);
  });
});
