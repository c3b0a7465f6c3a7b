/** Messages that work: sent, told of, answered, looked up when the answer was lost, and kept until their time. */
import { describe, expect, it } from "vitest";
import { optOut } from "../../../src/features/consent/service";
import { personOf } from "../../../src/features/contacts/service";
import { recordArrived, recordState, sendConfirmation } from "../../../src/features/messages/service";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { must } from "../../support/people";
import { ADA, arrives, BEN, givenContact, messagesOf, NOON, openHouse, takenFor, write } from "./house";

describe("a text", () => {
  it("is written, sent and told to be delivered", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const row = must(await write(house, ada));
    expect(row).toMatchObject({ state: "queued", dueAt: NOON, segments: 1 });
    await house.work();
    expect(takenFor(house, ADA)).toEqual(["Your bicycle is ready."]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "accepted", attempts: 1, due_at: NOON + 15 * MINUTE }]);
    await house.twilioGoesOn();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "delivered", due_at: null, error_code: null }]);
  });

  it("is written once for its key, however often it is asked for at once", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const rows = await Promise.all(Array.from({ length: 5 }, async () => must(await write(house, ada, { requestKey: "one" }))));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    await house.work();
    expect(takenFor(house, ADA)).toHaveLength(1);
    expect(await write(house, ada, { requestKey: "one", body: "Something else." })).toMatchObject({ ok: false, failure: { kind: "conflict" } });
  });

  it("waits for the recipient's morning, by the zone of their number", async () => {
    const house = await openHouse({ now: Date.UTC(2026, 6, 15, 1, 30) });
    const [ada, ben] = [await givenContact(house), await givenContact(house, BEN, { name: "Ben" })];
    const late = must(await write(house, ada));
    expect(late.dueAt).toBe(Date.UTC(2026, 6, 15, 12));
    expect(must(await write(house, ben)).dueAt).toBe(house.clock());
    await house.work();
    expect([takenFor(house, ADA), takenFor(house, BEN)]).toEqual([[], ["Your bicycle is ready."]]);
    house.pass(Date.UTC(2026, 6, 15, 12) - house.clock());
    await house.work();
    expect(takenFor(house, ADA)).toHaveLength(1);
  });

  it("that is retried into the night waits for the morning too", async () => {
    const house = await openHouse({ now: Date.UTC(2026, 6, 15, 0, 59) });
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.twilio.misbehave({ misbehaviour: { kind: "rate_limited", retryAfterSeconds: 120 } });
    await house.work();
    house.pass(3 * MINUTE);
    await house.work();
    expect(takenFor(house, ADA)).toEqual([]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "queued", due_at: Date.UTC(2026, 6, 15, 12) }]);
    house.pass(12 * HOUR);
    await house.cron();
    expect(takenFor(house, ADA)).toHaveLength(1);
  });

  it("answers at any hour whoever wrote within the hour", async () => {
    const house = await openHouse({ now: Date.UTC(2026, 6, 15, 3) });
    const ada = await givenContact(house, ADA, { agreed: false });
    await arrives(house, ada);
    house.pass(59 * MINUTE);
    must(await write(house, ada, { body: "Come by." }));
    await house.work();
    expect(takenFor(house, ADA)).toEqual(["Come by."]);
    house.pass(2 * MINUTE);
    expect(must(await write(house, ada, { body: "And bring the key." })).dueAt).toBe(Date.UTC(2026, 6, 15, 12));
  });

  it("of a broadcast keeps quiet hours whoever wrote", async () => {
    const house = await openHouse({ now: Date.UTC(2026, 6, 15, 3) });
    const ada = await givenContact(house);
    await arrives(house, ada);
    expect(must(await write(house, ada, { purpose: "broadcast" })).dueAt).toBe(Date.UTC(2026, 6, 15, 12));
  });

  it("whose answer was lost is found at Twilio and not sent again", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.twilio.misbehave({ misbehaviour: { kind: "answer_lost" }, method: "POST" });
    await house.work();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "uncertain" }]);
    house.pass(6 * MINUTE);
    await house.work();
    expect(takenFor(house, ADA)).toHaveLength(1);
    const [row] = await messagesOf(house, ada.id);
    expect(row).toMatchObject({ state: "accepted", provider_sid: house.twilio.texts({ to: ADA })[0]?.sid });
  });

  it("that certainly never arrived at Twilio is sent again, and has failed after four times", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.twilio.misbehave({ misbehaviour: { kind: "unavailable" }, method: "POST" });
    await house.work();
    house.pass(6 * MINUTE);
    await house.cron();
    house.pass(MINUTE);
    await house.work();
    expect(takenFor(house, ADA)).toHaveLength(1);
    must(await write(house, ada, { body: "Another." }));
    house.twilio.misbehave({ misbehaviour: { kind: "unreachable" }, method: "POST", times: 100 });
    for (let look = 0; look < 8; look += 1) {
      await house.cron();
      house.pass(6 * MINUTE);
    }
    expect(takenFor(house, ADA)).toHaveLength(1);
    expect((await messagesOf(house, ada.id))[1]).toMatchObject({ state: "failed", reason: "unanswered", attempts: 4, due_at: null });
  });

  it("of which Twilio told nothing is asked after", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    await house.work();
    house.twilio.misdeliver({ kind: "lost", times: 10 });
    await house.twilioGoesOn();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "accepted" }]);
    house.pass(20 * MINUTE);
    await house.cron();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "delivered", due_at: null }]);
  });

  it("that nobody hears of any more is not asked after for ever", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    await house.work();
    for (const wait of [20 * MINUTE, 3 * HOUR, 13 * HOUR]) {
      house.pass(wait);
      await house.cron();
    }
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "accepted", due_at: null }]);
  });

  it("waits as long as Twilio says where that was too many", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.twilio.misbehave({ misbehaviour: { kind: "rate_limited", retryAfterSeconds: 90 } });
    await house.work();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "queued", attempts: 0, reason: "busy", due_at: NOON + 90_000 }]);
    house.pass(89_000);
    await house.work();
    expect(takenFor(house, ADA)).toEqual([]);
    house.pass(2_000);
    await house.work();
    expect(takenFor(house, ADA)).toHaveLength(1);
  });

  it("that no queue remembers is found by cron", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.queue.take();
    house.pass(3 * MINUTE);
    await house.cron();
    expect(takenFor(house, ADA)).toHaveLength(1);
  });

  it("that came in stands once, unread, and brings its conversation back", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const arrived = { sid: `SM${"a".repeat(32)}`, body: "Is it ready?", mediaCount: 1, at: house.clock() };
    expect(await recordArrived(house.desk, ada, arrived)).toEqual({ isNew: true });
    expect(await recordArrived(house.desk, ada, arrived)).toEqual({ isNew: false });
    const thread = await house.env.SHARD_0.prepare("SELECT unread_count, last_words, last_direction FROM thread WHERE shop_id = ?1").bind(house.shop.id).first();
    expect(thread).toEqual({ unread_count: 1, last_words: "Is it ready?", last_direction: "in" });
  });
});

describe("the answer to a STOP", () => {
  it("goes to somebody who is barred, once for the message that it answers", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const sid = await arrives(house, ada, "please leave me alone");
    const person = personOf(ada, "text");
    if (person === null) throw new Error("she has a number");
    await optOut(house.desk, person, { source: "text", words: "please leave me alone", saidAt: house.clock(), reference: sid, actor: DAYBOOK, byPerson: null });
    const answer = { purpose: "confirmation", body: "You will get no more messages from Harbour.", answerTo: sid } as const;
    await Promise.all([sendConfirmation(house.desk, ada, answer), sendConfirmation(house.desk, ada, answer), sendConfirmation(house.desk, ada, answer)]);
    await house.work();
    await sendConfirmation(house.desk, ada, answer);
    await house.work();
    expect(takenFor(house, ADA)).toEqual(["You will get no more messages from Harbour."]);
  });

  it("is not sent later than five minutes after it", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    const sid = await arrives(house, ada, "stop it");
    await sendConfirmation(house.desk, ada, { purpose: "confirmation", body: "No more messages.", answerTo: sid });
    house.twilio.misbehave({ misbehaviour: { kind: "rate_limited", retryAfterSeconds: 400 } });
    await house.work();
    house.pass(401_000);
    await house.work();
    expect(takenFor(house, ADA)).toEqual([]);
    const other = await arrives(house, ada, "stop it now");
    house.pass(5 * MINUTE);
    await sendConfirmation(house.desk, ada, { purpose: "confirmation", body: "No more messages.", answerTo: other });
    await house.work();
    expect(takenFor(house, ADA)).toEqual([]);
  });
});

describe("what Twilio tells", () => {
  it("of a stop that never came here stands here from then on", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    await house.work();
    const [text] = house.twilio.texts({ to: ADA });
    await recordState(house.desk, { sid: text?.sid ?? "", state: "failed", errorCode: "21610", at: house.clock() });
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "failed", error_code: "21610" }]);
    expect(await write(house, ada)).toMatchObject({ ok: false, failure: { kind: "opted_out", source: "provider" } });
  });

  it("of what it does not know changes nothing", async () => {
    const house = await openHouse();
    await recordState(house.desk, { sid: `SM${"0".repeat(32)}`, state: "delivered", errorCode: null, at: house.clock() });
  });
});
