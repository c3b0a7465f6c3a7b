/** A message to many: shown beforehand, sent as shown, in its pace, by day, and paused or cancelled at once. */
import { describe, expect, it } from "vitest";
import { optOut } from "../../../src/features/consent/service";
import { contactById, personOf } from "../../../src/features/contacts/service";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import type { ContactId } from "../../../src/kernel/ids";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { givenPeople, livesOn, NOON, numberIn, openHall, senderAt, sentBy, shardOf, type House } from "./hall";

const people = (count: number, area = "212") => Array.from({ length: count }, (_, index) => ({ phone: numberIn(area, index) }));

async function saysStop({ desk }: House, id: ContactId): Promise<void> {
  const contact = await contactById(desk.db, id);
  const person = contact === null ? null : personOf(contact, "text");
  if (person === null) throw new Error("the contact has a number");
  await optOut(desk, person, { source: "text", words: "STOP", saidAt: desk.world.clock(), reference: null, actor: DAYBOOK, byPerson: null });
}

describe("a list", () => {
  it("shows beforehand who gets it and who not and why, what it costs and how it reads, and writes nothing", async () => {
    const house = await openHall();
    const [, stopped] = await givenPeople(house, [
      { phone: numberIn("212", 1), name: "Ada Okafor" }, { phone: numberIn("212", 2), name: "Ben" }, { phone: numberIn("212", 3), name: "Carla", agreed: false },
      { phone: null, email: "d@example.com", name: "Dora" }, { phone: numberIn("212", 5), name: "" }, { phone: numberIn("808", 6), name: "Kai" }, { phone: numberIn("212", 7), tags: ["else"] },
    ]);
    await saysStop(house, stopped as ContactId);
    const sender = await senderAt(house);
    const template = await sender.template();
    const named = "z".repeat(26);
    const shown = await sender.dryRun(sender.planFor(template, { audience: { tags: ["all"], contacts: [named, named] } }));
    expect(shown).toMatchObject({
      channel: "text", recipientCount: 2, segments: 2, costMicros: 16_000, perMinute: 60, asleepCount: 1, obstacle: null, warnings: [],
      leftOut: [
        { reason: "opted_out", count: 1 }, { reason: "no_consent", count: 1 }, { reason: "no_address", count: 1 }, { reason: "no_value", count: 1 }, { reason: "unknown", count: 1 },
        { reason: "duplicate", count: 1 },
      ],
    });
    expect(shown.samples.map(({ body }) => body).toSorted()).toEqual(["Hi Ada, Harbour is open again.", "Hi Kai, Harbour is open again."]);
    // Noon in New York is six in Honolulu: the second one leaves at eight there.
    expect([shown.startsAt, shown.finishesAt]).toEqual([NOON, NOON + 2 * HOUR + 1_000]);
    expect(sentBy(house)).toEqual([]);
    expect(await sender.call("GET", "/broadcasts")).toMatchObject({ broadcasts: [] });
  });

  it("goes to everybody once, in its pace", async () => {
    const house = await openHall({ perMinute: 30 });
    await givenPeople(house, people(20));
    const sender = await senderAt(house);
    const started = await sender.go(sender.planFor(await sender.template()));
    expect(started).toMatchObject({ state: "running", counts: { waiting: 20, written: 0, skipped: 0 } });
    await livesOn(house, { milliseconds: 2 * MINUTE, stepMs: 1_000 });
    const sent = sentBy(house);
    expect(sent.map(({ to }) => to).toSorted()).toEqual(people(20).map(({ phone }) => phone));
    for (const one of sent) expect(sent.filter(({ at }) => at >= one.at && at < one.at + MINUTE).length).toBeLessThanOrEqual(33);
    const last = Math.max(...sent.map(({ at }) => at));
    expect(last - NOON).toBeGreaterThan(30_000);
    expect(last - NOON).toBeLessThan(70_000);
    expect(await sender.look(started)).toMatchObject({ state: "done", nextAt: null, counts: { waiting: 0, written: 20 }, messages: [{ state: "accepted", count: 20 }] });
    expect(house.queue.waiting().filter(({ body }) => JSON.stringify(body).includes("step-broadcast"))).toEqual([]);
  });

  it.each([["cancel", []], ["pause", [numberIn("212", 0)]]] as const)("told to %s while a message of it is neither sent nor not, sends that one by no detour", async (act, inTheEnd) => {
    const house = await openHall();
    await givenPeople(house, people(1));
    const sender = await senderAt(house);
    house.twilio.misbehave({ misbehaviour: { kind: "internal_error" }, method: "POST" });
    const started = await sender.go(sender.planFor(await sender.template()));
    await livesOn(house, { milliseconds: 20_000, stepMs: 1_000 });
    expect(await sender.look(started)).toMatchObject({ messages: [{ state: "uncertain", count: 1 }] });
    await shardOf(house.env).prepare("UPDATE broadcast SET state = 'running' WHERE shop_id = ?1").bind(house.shop.id).run();
    await sender.turn(started, act);
    await livesOn(house, { milliseconds: HOUR, stepMs: MINUTE });
    expect(sentBy(house)).toEqual([]);
    if (act === "pause") await sender.turn(started, "resume");
    await livesOn(house, { milliseconds: HOUR, stepMs: MINUTE });
    expect(sentBy(house).map(({ to }) => to)).toEqual(inTheEnd);
  });

  it("is paused in the middle, with what was written and not handed over, and goes on", async () => {
    const house = await openHall();
    await givenPeople(house, people(30));
    const sender = await senderAt(house);
    const started = await sender.go(sender.planFor(await sender.template()));
    await livesOn(house, { milliseconds: 15_000, stepMs: 1_000 });
    expect(await sender.turn(started, "pause")).toMatchObject({ state: "paused", nextAt: null });
    const before = sentBy(house).length;
    expect(before).toBeGreaterThan(3);
    expect(before).toBeLessThan(25);
    await livesOn(house, { milliseconds: HOUR, stepMs: MINUTE });
    expect(sentBy(house).length).toBe(before);
    await sender.turn(started, "resume");
    await livesOn(house, { milliseconds: MINUTE, stepMs: 1_000 });
    expect(new Set(sentBy(house).map(({ to }) => to)).size).toBe(30);
    expect(sentBy(house)).toHaveLength(30);
    expect(await sender.look(started)).toMatchObject({ state: "done" });
  });

  it("is cancelled at once: nothing leaves any more that was not handed over", async () => {
    const house = await openHall();
    await givenPeople(house, people(30));
    const sender = await senderAt(house);
    const started = await sender.go(sender.planFor(await sender.template()));
    await livesOn(house, { milliseconds: 12_000, stepMs: 1_000 });
    const before = sentBy(house).length;
    const cancelled = await sender.turn(started, "cancel");
    expect(cancelled).toMatchObject({ state: "cancelled" });
    await livesOn(house, { milliseconds: 2 * HOUR, stepMs: MINUTE });
    expect(sentBy(house)).toHaveLength(before);
    const { messages, counts } = await sender.look(started);
    expect(messages.find(({ state }) => state === "cancelled")?.count).toBe(counts.written - before);
    expect((await sender.send("POST", `/broadcasts/${started.id}/resume`, {})).status).toBe(409);
  });

  it("keeps to everybody's day over three zones", async () => {
    // A quarter to nine in the evening in New York: 17:45 in Los Angeles, 14:45 in Honolulu.
    const house = await openHall({ now: Date.UTC(2026, 6, 15, 0, 45), perMinute: 1 });
    await givenPeople(house, [...people(20, "212"), ...people(10, "213"), ...people(4, "808")]);
    const sender = await senderAt(house);
    const plan = sender.planFor(await sender.template(), { perMinute: 1 });
    const shown = await sender.dryRun(plan);
    const started = await sender.start(plan, shown.fingerprint);
    await livesOn(house, { milliseconds: 13 * HOUR, stepMs: 30_000 });
    const sent = sentBy(house);
    expect(new Set(sent.map(({ to }) => to)).size).toBe(34);
    expect(sent).toHaveLength(34);
    for (const { to, at } of sent) {
      const zone = { "212": "America/New_York", "213": "America/Los_Angeles", "808": "Pacific/Honolulu" }[to.slice(2, 5)] ?? "UTC";
      const time = new Date(at).toLocaleTimeString("en-GB", { timeZone: zone });
      expect(time >= "08:00:00" && time < "21:00:00", `${to} at ${time}`).toBe(true);
    }
    const atNight = sent.filter(({ at }) => at >= Date.UTC(2026, 6, 15, 1));
    expect(new Set(atNight.filter(({ at }) => at < Date.UTC(2026, 6, 15, 12)).map(({ to }) => to.slice(2, 5)))).toEqual(new Set(["213", "808"]));
    expect(await sender.look(started)).toMatchObject({ state: "done", messages: [{ state: "accepted", count: 34 }] });
  });

  it("shares the line's pace with another one, evenly", async () => {
    const house = await openHall({ perMinute: 60 });
    await givenPeople(house, people(60).map((one, index) => ({ ...one, tags: [index < 30 ? "one" : "other"] })));
    const sender = await senderAt(house);
    const template = await sender.template();
    for (const tag of ["one", "other"]) await sender.go(sender.planFor(template, { audience: { tags: [tag], contacts: [] }, perMinute: 6_000 }));
    await livesOn(house, { milliseconds: 30_000, stepMs: 1_000 });
    const firsts = sentBy(house).filter(({ to }) => Number(to.slice(-4)) < 30).length;
    const others = sentBy(house).length - firsts;
    expect(firsts + others).toBeLessThan(40);
    expect(Math.abs(firsts - others)).toBeLessThanOrEqual(6);
    await livesOn(house, { milliseconds: 2 * MINUTE, stepMs: 1_000 });
    expect(sentBy(house)).toHaveLength(60);
  });

  it("goes by email too, at night as well, with a subject of its own", async () => {
    const house = await openHall({ now: Date.UTC(2026, 6, 15, 4) });
    await givenPeople(house, [{ phone: null, email: "ada@example.net" }, { phone: null, email: "ben@example.net", name: "Ben" }]);
    const sender = await senderAt(house);
    const template = await sender.template({ channel: "email", subject: "News from {{shop}}", body: "Hello {{first_name}},\n\nread on: {{link}}" });
    const plan = sender.planFor(template, { link: "https://example.net/news" });
    expect(await sender.dryRun(plan)).toMatchObject({ channel: "email", recipientCount: 2, segments: 0, costMicros: null, asleepCount: 0 });
    const started = await sender.go(plan);
    await livesOn(house, { milliseconds: MINUTE, stepMs: 1_000 });
    expect(await sender.look(started)).toMatchObject({ state: "done", messages: [{ state: "sent", count: 2 }] });
  });
});
