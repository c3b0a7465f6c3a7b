/**
 * STOP against everything that may be on its way: nothing that Twilio takes for the handset follows the answer to a STOP but
 * one confirmation, whatever overtakes what. Proved by what the simulated Twilio took, never by our own rows.
 */
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app";
import { barredAmong } from "../../../src/features/consent/service";
import { createJobs } from "../../../src/jobs";
import { drawsOf } from "../../support/schedule";
import { TEXT_NUMBER } from "../../support/texting";
import { hookUrlOf } from "../../../src/features/text-line/service";
import { ADA, formOf, openStreet, signedBy, STOPPED, taken, texts, writes, type Fields, type Street } from "./phone";

const isBarred = async ({ ledger }: Street) => (await barredAmong(ledger, [{ address: { channel: "text", value: ADA }, others: [] }]))[0] !== null;

/** Tells the shop of a text by its own request, as any of Twilio's machines does. Answers how many texts Twilio had taken when it was answered. */
async function tell({ app, env, line, world }: Street, fields: Fields): Promise<number> {
  const url = hookUrlOf({ scheme: "https", domain: "daybook.example" }, line, "arrived");
  const answer = await app.fetch(await signedBy(url, fields), env);
  expect(answer.status).toBe(200);
  return taken({ world }).length;
}

/** What Twilio took after so many. */
const after = (street: Street, count: number) => taken(street).slice(count);

/** Lets some turns of the loop go by. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

describe("a STOP between queueing and sending", () => {
  it.each([["STOP", []], ["please stop texting me", [STOPPED]]])("keeps back what waits: “%s”", async (words, confirmed) => {
    const street = await openStreet();
    for (let times = 0; times < 5; times += 1) await writes(street, `Your bicycle is ready, ${times}.`);
    await texts(street, words);
    await street.work();
    expect(taken(street)).toEqual(confirmed);
  });

  it("keeps it back also where the queue brings the STOP long after what waits", async () => {
    const street = await openStreet();
    await writes(street);
    await texts(street, "please stop texting me");
    const [first, ...others] = street.queue.take();
    expect(JSON.stringify(others)).toContain("text-arrived");
    if (first !== undefined) street.queue.put(first);
    await street.work();
    expect(taken(street)).toEqual([]);
  });

  it("keeps it back for a Worker that knows nothing of the other one", async () => {
    const street = await openStreet();
    await writes(street);
    const elsewhere = createApp({ ...street.world });
    street.world.texting.listen(async (request) => await elsewhere.fetch(request, { ...street.env }));
    await texts(street, "please stop texting me");
    const jobs = createJobs({ ...street.world }, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
    while ((await street.queue.deliver(jobs.queue, { ...street.env })) > 0);
    expect(taken(street)).toEqual([STOPPED]);
  });
});

describe("a STOP in the very moment of sending", () => {
  it("is answered when what is on its way has arrived, and nothing follows it", async () => {
    const street = await openStreet();
    const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: isThere, resolve: arrive } = Promise.withResolvers<void>();
    const { transport } = street.world.texting;
    Object.assign(street.world, {
      transport: () => async (request: Request) => {
        if (request.method === "POST") {
          arrive();
          await isLetGo;
        }
        return await transport(request);
      },
    });
    await writes(street, "The first");
    await writes(street, "The second");
    const working = street.work();
    await isThere;
    let isAnswered = false;
    const stopping = tell(street, formOf({ Body: "STOP" })).then((count) => {
      isAnswered = true;
      return count;
    });
    await turns(20);
    expect([isAnswered, taken(street), await isBarred(street)]).toEqual([false, [], true]);
    letGo();
    const count = await stopping;
    await working;
    await street.work();
    expect([count, taken(street)]).toEqual([1, ["The first"]]);
  });

  it("lets nothing follow its answer, in whatever order the steps of both come", async () => {
    const counts = new Set<number>();
    for (let seed = 0; seed < 10; seed += 1) {
      const draw = drawsOf(seed);
      const street = await openStreet();
      const { transport } = street.world.texting;
      Object.assign(street.world, { transport: () => async (request: Request) => ((await turns(Math.floor(draw() * 4))), await transport(request)) });
      for (let times = 0; times < 4; times += 1) await writes(street, `Number ${times}`);
      const [wait, other] = [Math.floor(draw() * 30), Math.floor(draw() * 30)];
      const [count] = await Promise.all([
        turns(wait).then(async () => await tell(street, formOf({ Body: seed % 2 === 0 ? "STOP" : "stop texting me" }))),
        street.work(),
        turns(other).then(async () => await street.work()),
      ]);
      await street.work();
      const later = after(street, count);
      expect([seed, later.filter((body) => body !== STOPPED), later.length <= 1]).toEqual([seed, [], true]);
      counts.add(count);
    }
    // It came before, between and after what was sent: otherwise nothing was tried.
    expect(counts.size).toBeGreaterThan(2);
  });
});

describe("STOP and START that overtake each other", () => {
  /** Both were sent; the shop is told of them in this order. */
  async function sentThenTold(words: readonly string[], told: readonly number[], gapMs = 1_000) {
    const street = await openStreet();
    street.world.texting.listen(async () => new Response("", { status: 200 }));
    const sent: Fields[] = [];
    for (const body of words) {
      const sid = street.world.texting.control.text({ from: ADA, to: TEXT_NUMBER, body });
      sent.push(formOf({ MessageSid: sid, Body: body }));
      street.world.pass(gapMs);
    }
    for (const index of told) {
      await tell(street, sent[index] ?? {});
      await street.work();
    }
    await writes(street, "Your bicycle is ready.");
    await street.work();
    return { street, isOut: await isBarred(street), bodies: taken(street) };
  }

  it("a STOP that is told after a START which was sent later bars all the same", async () => {
    expect(await sentThenTold(["STOP", "START"], [1, 0])).toMatchObject({ isOut: true, bodies: [] });
  });

  it("a START that is told after a STOP which was sent later lifts nothing", async () => {
    expect(await sentThenTold(["START", "STOP"], [1, 0])).toMatchObject({ isOut: true, bodies: [] });
  });

  it("a START between two STOPs lifts nothing, in whatever order they are told", async () => {
    for (const told of [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]) {
      expect([told, await sentThenTold(["STOP", "START", "STOP"], told)]).toMatchObject([told, { isOut: true, bodies: [] }]);
    }
  });

  it("a START of the same second lifts nothing, and one of the next lifts", async () => {
    expect(await sentThenTold(["STOP", "START"], [0, 1], 0)).toMatchObject({ isOut: true, bodies: [] });
    expect(await sentThenTold(["STOP", "START"], [0, 1], 1_000)).toMatchObject({ isOut: false, bodies: ["Your bicycle is ready."] });
  });

  it("a START that arrived before a STOP and is told once more after it lifts nothing", async () => {
    expect(await sentThenTold(["STOP", "START", "STOP"], [0, 1, 2, 1])).toMatchObject({ isOut: true, bodies: [] });
  });
});

describe("fifty STOPs at once", () => {
  it.each([["one text, delivered fifty times", false, "stop texting me"], ["fifty texts", true, "stop texting me"], ["fifty of Twilio's own word", true, "STOP"]])(
    "%s: one confirmation at most, one opt-out, nothing else", async (_, areDifferent, body) => {
      const street = await openStreet();
      await writes(street);
      const same = formOf({ Body: body });
      const counts = await Promise.all(Array.from({ length: 50 }, async () => await tell(street, areDifferent ? formOf({ Body: body }) : same)));
      await street.work();
      await Promise.all([street.work(), street.work()]);
      expect([Math.max(...counts), taken(street)]).toEqual([0, body === "STOP" ? [] : [STOPPED]]);
      const { results } = await street.env.SHARD_0.prepare("SELECT DISTINCT at FROM consent WHERE shop_id = ?1 AND act = 'opted_out'").bind(street.desk.visit.shop.id).all();
      expect(results).toHaveLength(1);
      const { results: kept } = await street.env.SHARD_0.prepare("SELECT id FROM message WHERE shop_id = ?1 AND direction = 'in'").bind(street.desk.visit.shop.id).all();
      expect(kept).toHaveLength(areDifferent ? 50 : 1);
    }, 60_000,
  );
});
