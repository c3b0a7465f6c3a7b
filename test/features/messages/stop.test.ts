/** A stop, wherever it falls: nothing leaves after it, and everybody who tries is told why. */
import { describe, expect, it } from "vitest";
import { holdForPerson, optIn, optOut } from "../../../src/features/consent/service";
import { personOf, type Contact } from "../../../src/features/contacts/service";
import { moveOn } from "../../../src/features/messages/send";
import { SECOND } from "../../../src/kernel/clock";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { openShopDb } from "../../../src/platform/database";
import type { Bindings } from "../../../src/platform/env";
import { auditOf } from "../../support/audit";
import { must } from "../../support/people";
import { ADA, givenContact, messagesOf, openHouse, takenFor, write, type House } from "./house";

function personAt(contact: Contact) {
  const person = personOf(contact, "text");
  if (person === null) throw new Error("the contact has a number");
  return person;
}

const said = (house: House, words: string, reference: string) => ({ source: "text", words, saidAt: house.clock(), reference, actor: DAYBOOK, byPerson: null }) as const;

async function stop(house: House, contact: Contact, reference = "SM-stop") {
  return await optOut(house.desk, personAt(contact), said(house, "STOP", reference));
}

/** The key of a message that is written and on no queue. */
async function waiting(house: House, contact: Contact) {
  const { contactId, at, id } = must(await write(house, contact));
  house.queue.take();
  return { contactId, at, id };
}

describe("a stop", () => {
  it("between writing and sending keeps the text back, and the log says so", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    await stop(house, ada);
    await house.work();
    expect(takenFor(house, ADA)).toEqual([]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "not_sent", reason: "opted_out", due_at: null }]);
    expect((await auditOf(house.shop, house.env)).map(({ action }) => action)).toContain("message.withheld");
  });

  it("that arrives while the text is on its way is answered after it", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const key = await waiting(house, ada);
    const order: string[] = [];
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const slow = { ...house.world, transport: () => async (request: Request) => {
      asked();
      await mayGoOn;
      order.push("sent");
      return await house.transport(request);
    } };
    const sending = moveOn({ ...house.desk, world: slow }, key, 1);
    await isAsked;
    const stopping = stop(house, ada).then(() => order.push("stopped"));
    await new Promise((resolve) => setTimeout(resolve, 30));
    goOn();
    await Promise.all([sending, stopping]);
    expect(order).toEqual(["sent", "stopped"]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "accepted" }]);
    expect(await write(house, ada)).toMatchObject({ ok: false, failure: { kind: "opted_out" } });
  });

  it("that waits for a text lets nothing else out that waits behind it", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const keys = [await waiting(house, ada), await waiting(house, ada), await waiting(house, ada)];
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const slow = { ...house.world, transport: () => async (request: Request) => {
      asked();
      await mayGoOn;
      return await house.transport(request);
    } };
    const sending = keys.map(async (key) => await moveOn({ ...house.desk, world: slow }, key, 1));
    await isAsked;
    const stopping = stop(house, ada);
    await new Promise((resolve) => setTimeout(resolve, 30));
    goOn();
    await Promise.all([...sending, stopping]);
    expect(takenFor(house, ADA)).toHaveLength(1);
    expect((await messagesOf(house, ada.id)).map(({ state }) => state).toSorted()).toEqual(["accepted", "not_sent", "not_sent"]);
  });

  it("that comes fifty times at once while fifty texts leave is never followed by one", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const keys = await Promise.all(Array.from({ length: 50 }, async () => await waiting(house, ada)));
    let stopped = false;
    let after = 0;
    const watched = { ...house.world, transport: () => async (request: Request) => {
      if (stopped) after += 1;
      return await house.transport(request);
    } };
    const desk = { ...house.desk, world: watched };
    const sending = keys.map(async (key) => await moveOn(desk, key, 1));
    const firsts = await Promise.all(Array.from({ length: 50 }, async (_, index) => {
      const { isFirst } = await stop(house, ada, `SM-${index}`);
      stopped = true;
      return isFirst;
    }));
    await Promise.all(sending);
    expect(after).toBe(0);
    expect(firsts.filter((isFirst) => isFirst)).toHaveLength(1);
    const states = (await messagesOf(house, ada.id)).map(({ state }) => state);
    expect(states.filter((state) => state === "accepted")).toHaveLength(takenFor(house, ADA).length);
    expect(new Set(states)).toEqual(takenFor(house, ADA).length === 0 ? new Set(["not_sent"]) : new Set(["accepted", "not_sent"]));
  }, 120_000);

  it("at the worker's other isolate, between the claim and the register, keeps the text back", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const key = await waiting(house, ada);
    const register = { getByName: (name: string) => ({ reach: async (recipient: never, act: () => Promise<boolean>) => {
      await stop(house, ada);
      return await house.env.REGISTER.getByName(name).reach(recipient, act);
    } }) } as unknown as Bindings["REGISTER"];
    const env = { ...house.env, REGISTER: register };
    await moveOn({ world: house.world, env, db: openShopDb(env, house.shop.id, 0) }, key, 1);
    expect(takenFor(house, ADA)).toEqual([]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "not_sent" }]);
  });

  it("after a lost answer keeps what was not sent from being sent again", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.twilio.misbehave({ misbehaviour: { kind: "unreachable" }, method: "POST" });
    await house.work();
    await stop(house, ada);
    house.pass(400 * SECOND);
    await house.work();
    house.pass(5 * SECOND);
    await house.work();
    expect(takenFor(house, ADA)).toEqual([]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "not_sent", reason: "opted_out" }]);
  });

  it("that Twilio knows and the shop does not is taken over, and nothing is tried again", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    house.twilio.text({ from: ADA, to: "+12125550142", body: "STOP" });
    must(await write(house, ada));
    must(await write(house, ada, { body: "One more." }));
    await house.work();
    const rows = await messagesOf(house, ada.id);
    expect(rows.map(({ state, reason }) => [state, reason])).toEqual([["not_sent", "opted_out"], ["not_sent", "opted_out"]]);
    expect(house.twilio.calls({ method: "POST" })).toHaveLength(1);
    expect(await write(house, ada)).toMatchObject({ ok: false, failure: { kind: "opted_out", source: "provider" } });
  });

  it("is over when consent was given again, and what was kept back stays so", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    await stop(house, ada);
    await house.work();
    house.pass(SECOND);
    expect(await optIn(house.desk, personAt(ada).address, said(house, "START", "SM-start"), [])).toBe("restored");
    must(await write(house, ada, { body: "Welcome back." }));
    await house.work();
    expect(takenFor(house, ADA)).toEqual(["Welcome back."]);
  });
});

describe("words that may mean stop", () => {
  it("keep a text back until somebody has read them", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    await holdForPerson(house.desk, personAt(ada), said(house, "not now", "SM-held"));
    await house.work();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "not_sent", reason: "held" }]);
    expect(await write(house, ada)).toMatchObject({ ok: false, failure: { kind: "consent_held" } });
  });
});
