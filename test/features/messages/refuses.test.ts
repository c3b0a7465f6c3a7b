/** What is not written or sent, and what somebody is told who tries. */
import { describe, expect, it } from "vitest";
import { problemOf } from "../../../src/features/messages/problems";
import { MESSAGE_STATES } from "../../../src/features/messages/contract";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import { must } from "../../support/people";
import { ADA, arrives, givenContact, messagesOf, openHouse, takenFor, write } from "./house";

describe("writing is refused", () => {
  it("where nothing says that the person agreed, until they write themselves", async () => {
    const house = await openHouse();
    const ada = await givenContact(house, ADA, { agreed: false });
    expect(await write(house, ada)).toMatchObject({ ok: false, failure: { kind: "conflict", message: expect.stringContaining("Note on the contact's page") } });
    await arrives(house, ada);
    expect(await write(house, ada)).toMatchObject({ ok: true });
    expect(await write(house, ada, { purpose: "broadcast" })).toMatchObject({ ok: false, failure: { kind: "conflict" } });
  });

  it("without an address, without words, and with too many", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    expect(await write(house, ada, { channel: "email", subject: "Hello" })).toMatchObject({ ok: false, failure: { kind: "conflict", message: "This contact has no email address." } });
    expect(await write(house, ada, { body: " \n " })).toMatchObject({ ok: false, failure: { kind: "invalid_input" } });
    expect(await write(house, ada, { body: "x".repeat(1_601) })).toMatchObject({ ok: false, failure: { kind: "invalid_input" } });
    expect(await write(house, ada, { body: "x".repeat(1_600) })).toMatchObject({ ok: true, value: { segments: 11 } });
  });

  it("where texting is not set up", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    await house.env.SHARD_0.prepare("UPDATE text_line SET state = 'removed' WHERE shop_id = ?1").bind(house.shop.id).run();
    expect(await write(house, ada)).toMatchObject({ ok: false, failure: { kind: "conflict", message: "Texting is not set up in this shop." } });
    expect(await messagesOf(house, ada.id)).toEqual([]);
  });
});

describe("a text is not sent", () => {
  it("to a number that Twilio refuses for good, and the code is kept", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    house.twilio.setOutcome(ADA, "landline");
    must(await write(house, ada));
    await house.work();
    const [row] = await messagesOf(house, ada.id);
    expect(row).toMatchObject({ state: "failed", error_code: "21614", due_at: null });
    expect(problemOf({ state: "failed", reason: "refused", errorCode: "21614" })).toMatchObject({ title: "That number takes no texts.", code: "21614" });
  });

  it("with credentials that are refused, but waits for others for a day", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.twilio.misbehave({ misbehaviour: { kind: "unauthorized" }, times: 1_000 });
    await house.work();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "queued", reason: "credentials", attempts: 0 }]);
    house.pass(10 * MINUTE);
    house.twilio.behave();
    await house.cron();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "accepted", attempts: 1 }]);
  });

  it("by a line that Twilio refuses, but waits until it is mended", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    const set = async (state: string) => await house.env.SHARD_0.prepare("UPDATE text_line SET state = ?2 WHERE shop_id = ?1").bind(house.shop.id, state).run();
    await set("refused");
    await house.work();
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "queued", reason: "credentials", attempts: 0 }]);
    await set("active");
    house.pass(MINUTE);
    await house.work();
    expect(takenFor(house, ADA)).toHaveLength(1);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "accepted", reason: null }]);
  });

  it("a day late", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    house.queue.take();
    house.pass(24 * HOUR);
    await house.cron();
    expect(takenFor(house, ADA)).toEqual([]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "not_sent", reason: "too_late" }]);
  });

  it("to somebody who was erased", async () => {
    const house = await openHouse();
    const ada = await givenContact(house);
    must(await write(house, ada));
    await house.env.SHARD_0.prepare("DELETE FROM contact WHERE shop_id = ?1").bind(house.shop.id).run();
    await house.work();
    expect(takenFor(house, ADA)).toEqual([]);
    expect(await messagesOf(house, ada.id)).toMatchObject([{ state: "not_sent", reason: "no_address" }]);
  });
});

describe("the sentences of problems", () => {
  it("are there for every state that stands in somebody's way, and lead on", () => {
    for (const state of MESSAGE_STATES) {
      const problem = problemOf({ state, reason: state === "not_sent" ? "opted_out" : null, errorCode: null });
      const isFine = ["received", "queued", "sending", "accepted", "sent", "delivered", "cancelled"].includes(state);
      expect(problem === null, state).toBe(isFine);
      if (problem !== null) expect(problem.next.length, state).toBeGreaterThan(10);
    }
  });

  it("name a code that nobody has heard of without a guess", () => {
    expect(problemOf({ state: "undelivered", reason: null, errorCode: "39999" })).toMatchObject({ title: "The carrier did not deliver it.", code: "39999" });
  });

  it("do not read what a prototype has as a reason or a code", () => {
    expect(problemOf({ state: "failed", reason: "constructor", errorCode: "toString" })).toMatchObject({ title: "The provider refused it." });
  });
});
