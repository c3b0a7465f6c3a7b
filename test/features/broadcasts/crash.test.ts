/** Whatever dies at whichever await, a list is started once, nobody gets it twice, and nobody is forgotten. */
import { describe, expect, it } from "vitest";
import { startList } from "../../../src/features/broadcasts/acts";
import { stepList } from "../../../src/features/broadcasts/step";
import { dryRun, type Sending } from "../../../src/features/broadcasts/plan";
import { HOUR, MINUTE, systemRandom } from "../../../src/kernel/clock";
import { newId, type BroadcastId } from "../../../src/kernel/ids";
import { openShopDb } from "../../../src/platform/database";
import { visitOf } from "../certificates/desk";
import { must } from "../../support/people";
import { deathsWithin, live } from "../messages/lives";
import { givenPeople, livesOn, numberIn, openHall, senderAt, sentBy, type House } from "./hall";

/** Recipients of one list: more than the two that a step takes at this pace. */
const COUNT = 3;
const PACE = 8;

type Step = { readonly shopId: string; readonly shard: number; readonly broadcastId: BroadcastId; readonly dueAt: number };

/** To die before an await leaves what dying after the one before it leaves: each state once. */
const deaths = (steps: number) => deathsWithin(steps).filter(({ how }) => how === "after");

function takeStep({ queue }: House): Step | null {
  const taken = queue.take();
  const step = taken.find(({ body }) => JSON.stringify(body).includes("step-broadcast"));
  for (const message of taken) if (message !== step) queue.put(message);
  return step === undefined ? null : (step.body as { payload: Step }).payload;
}

/** Quiet hours are another promise: here it is day. */
function passNight(house: House): void {
  while (new Date(house.clock()).getUTCHours() < 13 || new Date(house.clock()).getUTCHours() > 22) house.pass(HOUR);
}

const phonesOf = (index: number) => Array.from({ length: COUNT }, (_, one) => numberIn("212", index * COUNT + one));

function expectOnce(house: House, phones: readonly string[], where: string): void {
  const sent = sentBy(house).map(({ to }) => to);
  for (const phone of phones) expect(sent.filter((to) => to === phone), `${where}: ${phone}`).toHaveLength(1);
}

describe("a list whose Worker dies", () => {
  it("in the midst of a step is gone on with", { timeout: 240_000 }, async () => {
    const house = await openHall({ perMinute: 600 });
    const sender = await senderAt(house);
    const template = await sender.template();
    const run = async (index: number, death: { readonly at: number; readonly how: "before" | "after" } | null) => {
      const tag = `run ${index}`;
      passNight(house);
      await givenPeople(house, phonesOf(index).map((phone) => ({ phone, tags: [tag] })));
      const list = await sender.go(sender.planFor(template, { audience: { tags: [tag], contacts: [] }, perMinute: PACE }));
      const step = takeStep(house);
      if (step === null) throw new Error("the first step is on the queue");
      const act = async (env: House["env"]) => await stepList({ ...house.desk, env, db: openShopDb(env, house.shop.id, 0) }, step as Parameters<typeof stepList>[1], 1);
      const lived = await live(house.env, death, act);
      // The queue delivers what was never acknowledged once more.
      if (lived.hasDied) house.queue.put({ id: `again ${index}`, queue: "daybook-twilio", body: { kind: "step-broadcast", payload: step }, dueAt: house.clock() + 15_000, attempts: 2 });
      // What was written and never came on a queue is cron's.
      await livesOn(house, { milliseconds: 20 * MINUTE, stepMs: 5_000 });
      expectOnce(house, phonesOf(index), JSON.stringify(death));
      expect(await sender.look(list), JSON.stringify(death)).toMatchObject({ state: "done", counts: { waiting: 0, written: COUNT, skipped: 0 } });
      await house.twilioGoesOn();
      return lived.steps;
    };
    const steps = await run(0, null);
    expect(steps).toBeGreaterThan(15);
    for (const [index, death] of deaths(steps).entries()) await run(index + 1, death);
  });

  it("while it is started is started once", { timeout: 120_000 }, async () => {
    const house = await openHall({ perMinute: 600 });
    const sender = await senderAt(house);
    const template = await sender.template();
    const run = async (index: number, death: { readonly at: number; readonly how: "before" | "after" } | null) => {
      const tag = `start ${index}`;
      passNight(house);
      await givenPeople(house, phonesOf(index).map((phone) => ({ phone, tags: [tag] })));
      const plan = sender.planFor(template, { audience: { tags: [tag], contacts: [] }, perMinute: PACE });
      const visit = visitOf(house.world, house.env, house.shop);
      const { fingerprint } = must(await dryRun({ world: house.world, env: house.env, visit }, plan));
      const start = { ...plan, name: tag, fingerprint, key: newId(systemRandom) };
      const act = async (env: House["env"]) => await startList({ world: house.world, env, visit: { ...visit, db: openShopDb(env, house.shop.id, 0) } } satisfies Sending, start);
      const lived = await live(house.env, death, act);
      const list = must(await startList({ world: house.world, env: house.env, visit }, start));
      await livesOn(house, { milliseconds: 20 * MINUTE, stepMs: 5_000 });
      expectOnce(house, phonesOf(index), JSON.stringify(death));
      expect(await sender.look(list)).toMatchObject({ state: "done", counts: { written: COUNT } });
      await house.twilioGoesOn();
      return lived.steps;
    };
    const steps = await run(0, null);
    for (const [index, death] of deaths(steps).entries()) await run(index + 1, death);
  });

  it("is found by cron where no queue has its step", async () => {
    const house = await openHall({ perMinute: 600 });
    const sender = await senderAt(house);
    await givenPeople(house, phonesOf(0).map((phone) => ({ phone })));
    await sender.go(sender.planFor(await sender.template()));
    house.queue.take();
    await livesOn(house, { milliseconds: 17 * MINUTE, stepMs: 5_000 });
    expectOnce(house, phonesOf(0), "cron");
  });

  it("does each step once, though the queue delivers it ten times at once", async () => {
    const house = await openHall({ perMinute: 600 });
    const sender = await senderAt(house);
    await givenPeople(house, phonesOf(0).map((phone) => ({ phone })));
    const list = await sender.go(sender.planFor(await sender.template()));
    for (let round = 0; round < COUNT; round += 1) {
      const step = takeStep(house);
      if (step === null) break;
      await Promise.all(Array.from({ length: 10 }, async (_, index) => await stepList(house.desk, step as Parameters<typeof stepList>[1], 1 + (index % 2))));
      house.pass(5_000);
    }
    await livesOn(house, { milliseconds: MINUTE, stepMs: 5_000 });
    expectOnce(house, phonesOf(0), "ten times");
    expect(await sender.look(list)).toMatchObject({ state: "done" });
  });

  it.each(["cancel", "pause"] as const)("sends nothing that a step wrote while somebody said to %s", async (act) => {
    const house = await openHall({ perMinute: 600 });
    const sender = await senderAt(house);
    await givenPeople(house, phonesOf(0).map((phone) => ({ phone })));
    const list = await sender.go(sender.planFor(await sender.template(), { perMinute: 600 }));
    const step = takeStep(house);
    if (step === null) throw new Error("the first step is on the queue");
    await Promise.all([stepList(house.desk, step as Parameters<typeof stepList>[1], 1), sender.turn(list, act)]);
    await livesOn(house, { milliseconds: 20 * MINUTE, stepMs: 1_000 });
    expect(sentBy(house)).toEqual([]);
  });
});
