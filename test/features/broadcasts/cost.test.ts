/** What a list of five thousand takes, and what each recipient costs beside a message to one. `npm run bench -- lists` prints the figures. */
import { describe, expect, it } from "vitest";
import { startList } from "../../../src/features/broadcasts/acts";
import { dryRun, type Sending } from "../../../src/features/broadcasts/plan";
import { stepList } from "../../../src/features/broadcasts/step";
import { contactById } from "../../../src/features/contacts/service";
import { writeMessage } from "../../../src/features/messages/service";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { openShopDb } from "../../../src/platform/database";
import type { Bindings } from "../../../src/platform/env";
import { countedBindings } from "../../support/counting";
import { must } from "../../support/people";
import { visitOf } from "../certificates/desk";
import { newMessage } from "../messages/house";
import { givenPeople, livesOn, numberIn, openHall, senderAt, sentBy, type House } from "./hall";

type Figures = { trips: number; statements: number; rowsRead: number; rowsWritten: number; sends: number; queued: number };

/** The house's bindings with both databases and the queue counted. */
function counted(env: Bindings): { readonly env: Bindings; readonly take: () => Figures } {
  const shard = countedBindings(env);
  const directory = countedBindings({ ...env, SHARD_0: env.DIRECTORY });
  const queues = { sends: 0, queued: 0 };
  const count = (queue: Queue) => ({ sendBatch: async (messages: Iterable<MessageSendRequest>) => {
    const all = [...messages];
    queues.sends += 1;
    queues.queued += all.length;
    await queue.sendBatch(all);
  } }) as unknown as Queue;
  let before: Figures = { trips: 0, statements: 0, rowsRead: 0, rowsWritten: 0, sends: 0, queued: 0 };
  return {
    env: { ...env, SHARD_0: shard.env.SHARD_0, DIRECTORY: directory.env.SHARD_0, ...(env.SYNC_TWILIO === undefined ? {} : { SYNC_TWILIO: count(env.SYNC_TWILIO) }) },
    take: () => {
      const [one, other] = [shard.cost, directory.cost];
      const now = {
        trips: one.trips + other.trips, statements: one.statements + other.statements, rowsRead: one.rowsRead + other.rowsRead, rowsWritten: one.rowsWritten + other.rowsWritten, ...queues,
      };
      const taken = Object.fromEntries(Object.entries(now).map(([key, value]) => [key, value - before[key as keyof Figures]])) as Figures;
      before = now;
      return taken;
    },
  };
}

const each = (figures: Figures, count: number) => Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, value / count]));

/** Everything that the queue brings in some minutes, on other bindings than the house's. */
async function workOn(house: House, env: Bindings, milliseconds: number): Promise<void> {
  const work = async () => {
    while ((await house.queue.deliver(house.jobs.queue, env)) > 0);
  };
  await livesOn({ ...house, work, cron: work }, { milliseconds, stepMs: 1_000 });
}

describe("a list", () => {
  it("costs each recipient hardly more than a message to one", { timeout: 120_000 }, async ({ task }) => {
    const COUNT = 30;
    const house = await openHall({ perMinute: 600 });
    const meter = counted(house.env);
    const desk = { ...house.desk, env: meter.env, db: openShopDb(meter.env, house.shop.id, 0) };
    const single = await givenPeople(house, Array.from({ length: COUNT }, (_, index) => ({ phone: numberIn("212", index), tags: ["single"] })));
    meter.take();
    for (const id of single) {
      const contact = await contactById(house.desk.db, id);
      if (contact !== null) must(await writeMessage(desk, newMessage(contact)));
    }
    await workOn(house, meter.env, 60_000);
    const alone = each(meter.take(), COUNT);
    await givenPeople(house, Array.from({ length: COUNT }, (_, index) => ({ phone: numberIn("646", index) })));
    const sender = await senderAt(house);
    const plan = sender.planFor(await sender.template(), { perMinute: 600 });
    const sending: Sending = { world: house.world, env: meter.env, visit: visitOf(house.world, meter.env, house.shop) };
    const { fingerprint } = must(await dryRun(sending, plan));
    must(await startList(sending, { ...plan, name: "Spring", fingerprint, key: newId(systemRandom) }));
    await workOn(house, meter.env, 60_000);
    const listed = each(meter.take(), COUNT);
    expect(sentBy(house)).toHaveLength(2 * COUNT);
    Object.assign(task.meta, { cost: { alone, listed } });
    expect(listed["statements"]).toBeLessThan((alone["statements"] ?? 0) * 1.5);
    expect(listed["rowsWritten"]).toBeLessThan((alone["rowsWritten"] ?? 0) * 1.5);
    expect(listed["queued"]).toBeLessThan((alone["queued"] ?? 0) * 1.5);
  });

  it("of five thousand is shown, started and gone on with, within what one invocation may ask of D1", { timeout: 240_000 }, async ({ task }) => {
    const COUNT = 5_000;
    const house = await openHall({ perMinute: 600 });
    const meter = counted(house.env);
    await givenPeople(house, Array.from({ length: COUNT }, (_, index) => ({ phone: numberIn(index % 2 === 0 ? "212" : "808", index) })));
    const sender = await senderAt(house);
    const plan = sender.planFor(await sender.template(), { perMinute: 600 });
    const sending: Sending = { world: house.world, env: meter.env, visit: visitOf(house.world, meter.env, house.shop) };
    meter.take();
    const shown = must(await dryRun(sending, plan));
    const looking = meter.take();
    expect(shown).toMatchObject({ recipientCount: COUNT, asleepCount: COUNT / 2, leftOut: [] });
    const list = must(await startList(sending, { ...plan, name: "Spring", fingerprint: shown.fingerprint, key: newId(systemRandom) }));
    const starting = meter.take();
    for (const { statements, trips } of [looking, starting]) expect(Math.max(statements, trips)).toBeLessThan(50);
    const [{ payload }] = house.queue.take().map(({ body }) => body) as [{ payload: Parameters<typeof stepList>[1] }];
    await stepList({ ...house.desk, env: meter.env, db: openShopDb(meter.env, house.shop.id, 0) }, payload, 1);
    const stepping = meter.take();
    expect(stepping.statements).toBeLessThanOrEqual(50);
    expect(stepping.rowsRead).toBeLessThan(1_000);
    expect(await sender.look(list)).toMatchObject({ counts: { waiting: COUNT - 3, written: 3 } });
    // It has become night in New York: those for whom it has are put off together, fifty at a time.
    house.pass(9.5 * 3_600_000);
    await house.env.SHARD_0.prepare("UPDATE broadcast SET due_at = ?1 WHERE shop_id = ?2").bind(house.clock(), house.shop.id).run();
    await stepList({ ...house.desk, env: meter.env, db: openShopDb(meter.env, house.shop.id, 0) }, { ...payload, dueAt: house.clock() }, 1);
    expect(meter.take().statements).toBeLessThanOrEqual(50);
    Object.assign(task.meta, { cost: { looking, starting, stepping } });
  });
});
