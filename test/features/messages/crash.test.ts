/** Whatever dies, wherever: a text that was written arrives once, and one that was not told to be written does not. */
import { beforeAll, describe, expect, it } from "vitest";
import { writeMessage } from "../../../src/features/messages/service";
import { moveOn } from "../../../src/features/messages/send";
import type { Contact } from "../../../src/features/contacts/service";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import { openShopDb } from "../../../src/platform/database";
import type { Bindings } from "../../../src/platform/env";
import { must } from "../../support/people";
import { ADA, givenContact, messagesOf, newMessage, openHouse, takenFor, write, type House } from "./house";
import { deathsWithin, live, type Death } from "./lives";

let house: House;
let ada: Contact;

beforeAll(async () => {
  house = await openHouse();
  ada = await givenContact(house);
});

const deskOn = (env: Bindings) => ({ world: house.world, env, db: openShopDb(env, house.shop.id, 0) });

/** One attempt to move a message on, on no queue: what it leaves is found by cron. */
async function attempt(key: Parameters<typeof moveOn>[1], death: Death) {
  return await live(house.env, death, async (env) => await moveOn(deskOn(env), key, 1));
}

/** What a few quarters of an hour bring. */
async function calm(): Promise<void> {
  for (let quarter = 0; quarter < 4; quarter += 1) {
    house.pass(6 * MINUTE);
    await house.cron();
  }
  await house.twilioGoesOn();
}

/** Quiet hours are another promise: here it is always day in New York. */
function passNight(): void {
  while (new Date(house.clock()).getUTCHours() < 13 || new Date(house.clock()).getUTCHours() > 22) house.pass(HOUR);
}

async function written(body: string) {
  passNight();
  const row = must(await write(house, ada, { body }));
  house.queue.take();
  return { contactId: row.contactId, at: row.at, id: row.id };
}

async function expectOnce(body: string): Promise<void> {
  const rows = (await messagesOf(house, ada.id)).filter((row) => row.body === body);
  expect.soft({ taken: takenFor(house, ADA).filter((one) => one === body).length, states: rows.map(({ state }) => state) }, body).toEqual({ taken: 1, states: ["delivered"] });
}

describe("a worker that dies", () => {
  it("at any await of sending, before or after its effect, leaves a text that arrives once", async () => {
    const first = await written("counted");
    const { steps } = await attempt(first, null);
    expect(steps).toBeGreaterThan(6);
    await calm();
    for (const death of deathsWithin(steps)) {
      const body = `died ${death.how} ${death.at}`;
      expect((await attempt(await written(body), death)).hasDied, body).toBe(true);
      await calm();
      await expectOnce(body);
    }
  });

  it("twice, while sending and while looking up, leaves a text that arrives once", async () => {
    const { steps } = await attempt(await written("counted again"), null);
    await calm();
    // Dying before one await is dying after the one before it.
    const after = (most: number) => deathsWithin(most).filter(({ how }) => how === "after");
    for (const death of after(steps).filter(({ at }) => at >= 3)) {
      for (const second of after(5)) {
        const body = `died ${death.how} ${death.at}, then ${second.how} ${second.at}`;
        const key = await written(body);
        await attempt(key, death);
        house.pass(6 * MINUTE);
        await attempt(key, second);
        await calm();
        await expectOnce(body);
      }
    }
  });

  it("at any await of writing leaves a text that is written and arrives once, when it is asked for again", async () => {
    const { steps } = await live(house.env, null, async (env) => await writeMessage(deskOn(env), newMessage(ada, { body: "written", requestKey: "written" })));
    await calm();
    for (const death of deathsWithin(steps)) {
      const body = `written ${death.how} ${death.at}`;
      const message = newMessage(ada, { body, requestKey: body });
      passNight();
      await live(house.env, death, async (env) => await writeMessage(deskOn(env), message));
      must(await writeMessage(house.desk, message));
      await calm();
      await expectOnce(body);
    }
  });
});

describe("two workers", () => {
  it("that are handed the same text at once send one", async () => {
    for (let round = 0; round < 5; round += 1) {
      const body = `both ${round}`;
      const key = await written(body);
      await Promise.all(Array.from({ length: 6 }, async () => await moveOn(house.desk, key, 1)));
      await calm();
      await expectOnce(body);
    }
  });

  it("that look up the same text at once send none again", async () => {
    const key = await written("looked up by many");
    house.twilio.misbehave({ misbehaviour: { kind: "answer_lost" }, method: "POST" });
    await moveOn(house.desk, key, 1);
    house.pass(6 * MINUTE);
    await Promise.all(Array.from({ length: 6 }, async () => await moveOn(house.desk, key, 1).catch(() => null)));
    await calm();
    await expectOnce("looked up by many");
  });

  it("of which one is let in by the register a minute late send one", async () => {
    const key = await written("let in late");
    const late = live(house.env, null, async (env) => {
      const register = { getByName: (name: string) => ({ reach: async (recipient: never, act: () => Promise<boolean>) => {
        house.pass(7 * MINUTE);
        return await env.REGISTER.getByName(name).reach(recipient, act);
      } }) } as unknown as Bindings["REGISTER"];
      await moveOn(deskOn({ ...env, REGISTER: register }), key, 1);
    });
    await late;
    expect(takenFor(house, ADA)).not.toContain("let in late");
    await calm();
    await expectOnce("let in late");
  });
});
