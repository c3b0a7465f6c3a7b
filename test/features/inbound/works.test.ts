/** What people text to a shop: kept once, heeded, and answered once. */
import { describe, expect, it } from "vitest";
import { barredAmong } from "../../../src/features/consent/service";
import { columnOf, openStreet, STOPPED, taken, texts, writes, type Street } from "./phone";
import { ADA } from "./phone";

const isBarred = async ({ ledger }: Street, value = ADA) => (await barredAmong(ledger, [{ address: { channel: "text", value }, others: [] }]))[0]?.kind ?? null;

describe("a text that arrives", () => {
  it("is answered with nothing to say, and kept as the first word of a contact without a name", async () => {
    const street = await openStreet();
    const sid = await texts(street, "Is the grinder repaired?");
    expect(street.world.texting.control.alerts()).toEqual([]);
    await street.work();
    expect(await columnOf(street, "contact", "phone")).toEqual([ADA]);
    expect(await columnOf(street, "message", "body || ' ' || provider_sid")).toEqual([`Is the grinder repaired? ${sid}`]);
    expect(taken(street)).toEqual([]);
  });

  it("stands on the queue sealed, without number and words", async () => {
    const street = await openStreet();
    await texts(street, "Is the grinder repaired?");
    const waiting = JSON.stringify(street.queue.waiting());
    expect(waiting).toContain("text-arrived");
    for (const word of ["grinder", "2125550101", "Is the"]) expect(waiting).not.toContain(word);
  });

  it("with pictures has them counted, and nothing of them fetched", async () => {
    const street = await openStreet();
    street.world.texting.control.text({ from: ADA, to: street.line.number, body: "", mediaUrls: ["https://api.twilio.com/m/1", "https://api.twilio.com/m/2"] });
    await street.world.texting.control.flush();
    await street.work();
    expect(await columnOf(street, "message", "media_count")).toEqual([2]);
    expect(street.world.texting.control.calls({ method: "GET", path: "/m/" })).toEqual([]);
  });
});

describe("STOP", () => {
  it("bars before it is answered, though no queue has looked at it", async () => {
    const street = await openStreet();
    await texts(street, "STOP");
    expect(await isBarred(street)).toBe("opted_out");
    expect(street.queue.waiting()).toHaveLength(1);
  });

  it("of Twilio's own words is confirmed by Twilio alone, and stands in the ledger once, with its words", async () => {
    const street = await openStreet();
    await texts(street, " stop ");
    await street.work();
    expect(taken(street)).toEqual([]);
    expect(await columnOf(street, "consent", "act || ' ' || source")).toEqual(["opted_out text"]);
    expect(await columnOf(street, "consent_evidence", "words")).toEqual([" stop "]);
    expect(await columnOf(street, "message", "body")).toEqual([" stop "]);
  });

  it.each([["Please don't text me again", STOPPED], ["opt out", STOPPED], ["ＳＴＯＰ", STOPPED], ["no más mensajes por favor", "Harbour: Su baja está hecha y no recibirá más mensajes nuestros. Responda START para recibirlos de nuevo."]])(
    "as “%s”, which only we understand, is confirmed once and in its language", async (words, confirmation) => {
      const street = await openStreet();
      await texts(street, words);
      await street.work();
      await texts(street, "I said stop texting me");
      await street.work();
      expect(await isBarred(street)).toBe("opted_out");
      expect(taken(street)).toEqual([confirmation]);
    },
  );

  it("is not confirmed later than five minutes after it came", async () => {
    const street = await openStreet();
    await texts(street, "stop texting me");
    street.world.pass(5 * 60_000);
    await street.work();
    expect([await isBarred(street), taken(street)]).toEqual(["opted_out", []]);
  });

  it("is carried out by the queue where it could not be at the door, and at the door where the queue is away", async () => {
    const street = await openStreet();
    const register = { getByName: () => { throw new Error("the register is away"); } } as unknown as Street["env"]["REGISTER"];
    street.world.texting.listen(async (request) => await street.app.fetch(request, { ...street.env, REGISTER: register }));
    await texts(street, "STOP");
    expect(await isBarred(street)).toBe(null);
    await street.work();
    expect(await isBarred(street)).toBe("opted_out");
    const queue = { sendBatch: async () => await Promise.reject(new Error("the queue is away")) } as unknown as Queue;
    street.world.texting.listen(async (request) => await street.app.fetch(request, { ...street.env, SYNC_TWILIO: queue }));
    await texts(street, "STOP", "+12125550109");
    expect(await isBarred(street, "+12125550109")).toBe("opted_out");
    expect(street.world.texting.control.delivered().map(({ status }) => status)).toEqual([200, 500]);
  });
});

describe("words that may mean stop", () => {
  it("keep everybody from writing until a person has looked, without an answer", async () => {
    const street = await openStreet();
    await texts(street, "wrong number");
    await street.work();
    expect(await isBarred(street)).toBe("held");
    expect(taken(street)).toEqual([]);
    expect(await columnOf(street, "consent", "act")).toEqual(["held"]);
  });
});

describe("START", () => {
  it("ends a stop that was sent before it, by what Twilio says of both", async () => {
    const street = await openStreet();
    await texts(street, "STOP");
    await street.work();
    street.world.pass(1_000);
    await texts(street, "START");
    await street.work();
    expect(await isBarred(street)).toBe(null);
    expect(taken(street)).toEqual([]);
    expect(await columnOf(street, "consent", "act")).toEqual(["opted_in", "opted_out"]);
  });

  it("waits while Twilio cannot be asked, and leaves the stop where it is until then", async () => {
    const street = await openStreet();
    await texts(street, "STOP");
    await street.work();
    street.world.pass(1_000);
    street.world.texting.control.misbehave({ misbehaviour: { kind: "unavailable" }, times: 2, method: "GET" });
    await texts(street, "START");
    await street.work();
    expect(await isBarred(street)).toBe("opted_out");
    street.world.pass(60_000);
    await street.work();
    street.world.pass(60_000);
    await street.work();
    expect(await isBarred(street)).toBe(null);
  });

  it("of the same second as the stop does not end it", async () => {
    const street = await openStreet();
    await texts(street, "STOP");
    street.world.pass(900);
    await texts(street, "START");
    await street.work();
    expect(await isBarred(street)).toBe("opted_out");
  });

  it("opts in nobody but the handset that it came from", async () => {
    const street = await openStreet();
    await texts(street, "STOP");
    await street.work();
    street.world.pass(5_000);
    await texts(street, "START", "+12125550109");
    await street.work();
    expect(await isBarred(street)).toBe("opted_out");
  });

  it("as a yes is an answer to something else where nobody was out", async () => {
    const street = await openStreet();
    await texts(street, "YES");
    await street.work();
    expect(await columnOf(street, "consent", "act")).toEqual([]);
  });
});

describe("HELP", () => {
  it("is answered with who and how, in its language, also to somebody who said stop to us", async () => {
    const street = await openStreet();
    await texts(street, "HELP");
    await texts(street, "ayuda", "+12125550109");
    await texts(street, "please stop texting me", "+12125550109");
    await texts(street, "INFO", "+12125550109");
    await street.work();
    const form = `https://${street.desk.visit.shop.slug}.daybook.example/stop`;
    const english = `Harbour: For help, contact (212) 555-0100. Message and data rates may apply. Reply STOP to get no more messages, or say so at ${form}`;
    expect(taken(street)).toEqual([english]);
    expect([...taken(street, "+12125550109")].toSorted()).toEqual([english, `Harbour: Para ayuda: (212) 555-0100. Pueden aplicarse tarifas de mensajes y datos. Responda STOP para no recibir más mensajes, o dígalo en ${form}`, STOPPED].toSorted());
  });
});

describe("what became of a text", () => {
  it("is recorded by what Twilio tells, in any order and however often", async () => {
    const street = await openStreet();
    await writes(street);
    await street.work();
    street.world.texting.control.misdeliver({ kind: "reordered", times: 2, about: "status" });
    street.world.texting.control.misdeliver({ kind: "repeated", times: 5, again: 3, about: "status" });
    for (let times = 0; times < 5; times += 1) await street.world.texting.control.flush();
    street.world.texting.control.deliverWell();
    await street.world.texting.control.flush();
    await street.work();
    expect(await columnOf(street, "message", "state")).toEqual(["delivered"]);
  });

  it("that says that the recipient said stop to Twilio is an opt-out here", async () => {
    const street = await openStreet();
    await writes(street);
    street.world.texting.control.pointNumber(street.line.number, "");
    await texts(street, "STOP");
    await street.work();
    expect(await isBarred(street)).toBe("opted_out");
    expect(await columnOf(street, "consent", "source")).toEqual(["provider", "staff"]);
    expect(await columnOf(street, "message", "state || ' ' || reason")).toEqual(["not_sent opted_out"]);
  });
});
