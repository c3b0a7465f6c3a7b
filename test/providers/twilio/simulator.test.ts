/** What the simulated Twilio does by itself: stop words, its own messages and their accidents, and replies. */
import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, systemRandom } from "../../../src/kernel/clock";
import { texting, type Text } from "../../../src/providers/registry";
import { createTwilioSimulator } from "../../../src/providers/twilio/simulator";
import { partsOf } from "../../../src/providers/twilio/simulator-segments";
import { parseTwiml } from "../../../src/providers/twilio/simulator-twiml";
import { AC, ADA, givenTwilio, HOOK, MG, OTHER_AC, OTHER_SHOP, OWN, SERVICE_NUMBERS, SHOP, TOKEN, type Given } from "./given";

const TEXT: Text = { to: ADA, from: { number: SHOP }, body: "Ready", mediaUrls: [], statusCallback: `${HOOK}/status` };
let given: Given;
beforeEach(() => {
  given = givenTwilio();
});

const say = async (body: string, to: string = SHOP, from: string = ADA) => {
  const sid = given.control.text({ from, to, body });
  await given.control.flush();
  return sid;
};
const codeOf = async (text: Partial<Text> = {}) => {
  const sent = await texting.send(given.send, OWN, { ...TEXT, ...text });
  return sent.ok ? "sent" : sent.failure.kind === "provider_refused" ? sent.failure.answer.code : sent.failure.kind;
};
const statuses = () => given.came.flatMap(({ fields }) => (fields["MessageStatus"] === undefined ? [] : [fields["MessageStatus"]]));
const answers = () => given.control.screen(ADA).filter(({ by }) => by === "twilio").length;

describe("a stop word", () => {
  it.each(["STOP", "stop", " StOp\n", "STOPALL", "unsubscribe", "Cancel", "END", "quit", "REVOKE", "optout"])("%j blocks, is answered once, and reaches the shop", async (word) => {
    await say(word);
    expect([await codeOf(), answers(), given.control.isBlocked(SHOP, ADA)]).toEqual(["21610", 1, true]);
    expect(given.came.map(({ fields }) => [fields["Body"], fields["OptOutType"]])).toEqual([[word, undefined]]);
    await say(word);
    expect([answers(), given.came.length]).toEqual([1, 2]);
  });

  it.each(["Stop please", "STOP.", "opt out", "please stop", "ALTO", "ＳＴＯＰ", "🛑"])("%j is none to Twilio", async (words) => {
    await say(words);
    expect([await codeOf(), answers()]).toEqual(["sent", 0]);
  });

  it.each(["START", "yes", "Unstop"])("is lifted by %j from the same phone alone", async (word) => {
    await say("STOP");
    await say(word, SHOP, "+12125550102");
    expect(await codeOf()).toBe("21610");
    await say(word);
    expect([await codeOf(), answers()]).toEqual(["sent", 2]);
  });

  it("is one number's, unless a service sends: then it is the service's", async () => {
    await say("STOP", SERVICE_NUMBERS[0]);
    expect([await codeOf(), await codeOf({ from: { serviceSid: MG } }), await codeOf({ from: { number: SERVICE_NUMBERS[1] } })]).toEqual(["sent", "21610", "21610"]);
    expect(given.came.at(-1)?.fields["MessagingServiceSid"]).toBe(MG);
    expect(given.control.isBlocked(OTHER_SHOP, ADA)).toBe(false);
  });

  it("lets help be asked for, before and after", async () => {
    await say("HELP");
    await say("STOP");
    await say("info");
    expect(given.control.screen(ADA).filter(({ by }) => by === "twilio").map(({ body }) => body)).toEqual([
      "Reply STOP to unsubscribe. Msg&Data Rates May Apply.", expect.stringContaining("unsubscribed"), "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    ]);
  });

  it("is told what it was taken for with Advanced Opt-Out, and answered in the service's own words", async () => {
    given = givenTwilio([{
      sid: AC, authToken: TOKEN, numbers: [{ number: SHOP, smsUrl: HOOK }],
      services: [{ sid: MG, numbers: [SHOP], optOut: "advanced", answers: { stop: "Bye.", start: "Hi.", help: "Call us." }, inboundUrl: `${HOOK}/of-the-service` }],
    }]);
    for (const word of ["help", "Stop", "hello", "start"]) await say(word);
    expect(given.came.map(({ url, fields }) => [url, fields["OptOutType"]])).toEqual(["HELP", "STOP", undefined, "START"].map((type) => [`${HOOK}/of-the-service`, type]));
    expect(given.control.screen(ADA).filter(({ by }) => by === "twilio").map(({ body }) => body)).toEqual(["Call us.", "Bye.", "Hi."]);
  });

  it("is the shop's own affair where Twilio heeds none", async () => {
    given = givenTwilio([{ sid: AC, authToken: TOKEN, numbers: [{ number: SHOP, smsUrl: HOOK, optOut: "off" }] }]);
    await say("STOP");
    expect([await codeOf(), answers()]).toEqual(["sent", 0]);
  });

  it("that comes while a text is on its way stops it", async () => {
    await codeOf();
    given.control.text({ from: ADA, to: SHOP, body: "STOP" });
    await given.control.flush();
    expect(statuses()).toEqual(["failed"]);
    expect(given.came.map(({ fields }) => fields["ErrorCode"])).toContain("21610");
    expect(given.control.screen(ADA).map(({ by }) => by)).toEqual(["person", "twilio", "note"]);
  });

  it("is found after a service that does not check at once has accepted", async () => {
    given = givenTwilio([{ sid: AC, authToken: TOKEN, numbers: [{ number: SHOP, smsUrl: HOOK }], services: [{ sid: MG, numbers: [SHOP], checksAtOnce: false }] }]);
    await say("STOP");
    expect(await codeOf({ from: { serviceSid: MG } })).toBe("sent");
    await given.control.flush();
    expect(statuses()).toEqual(["queued", "failed"]);
  });
});

describe("what becomes of a text", () => {
  it.each([
    ["filtered", ["sent", "undelivered"], "30007"], ["unreachable", ["sent", "undelivered"], "30003"],
  ] as const)("to a phone that is %s is told with its code", async (outcome, states, code) => {
    given.control.setOutcome(ADA, outcome);
    await codeOf();
    await given.control.flush();
    expect([statuses(), given.came.at(-1)?.fields["ErrorCode"], given.control.screen(ADA)]).toEqual([states, code, []]);
  });

  it("from a number that no carrier was told of is 30034", async () => {
    given = givenTwilio([{ sid: AC, authToken: TOKEN, numbers: [{ number: SHOP, isRegistered: false }, { number: "+12125550149" }], services: [{ sid: MG, numbers: ["+12125550149"], campaign: "PENDING" }] }]);
    for (const from of [{ number: SHOP }, { serviceSid: MG }]) await codeOf({ from });
    await given.control.flush();
    expect(given.came.filter(({ fields }) => fields["ErrorCode"] === "30034")).toHaveLength(2);
  });

  it("takes its time where it is to", async () => {
    let now = 0;
    const dues: number[] = [];
    const { app, control } = createTwilioSimulator({
      clock: () => now, random: systemRandom, stepMs: 1_000, onWaiting: (inMs) => dues.push(inMs), deliver: async () => new Response(null),
      accounts: [{ sid: AC, authToken: TOKEN, numbers: [{ number: SHOP }] }],
    });
    await app.request(`/2010-04-01/Accounts/${AC}/Messages.json`, { method: "POST", headers: { "authorization": `Basic ${btoa(`${AC}:${TOKEN}`)}`, "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ To: ADA, From: SHOP, Body: "x" }).toString() });
    const states: string[] = [];
    for (now = 0; now <= 2_000; now += 1_000) {
      await control.flush();
      states.push(control.texts()[0]?.status ?? "");
    }
    expect([states, dues]).toEqual([["queued", "sent", "delivered"], [1_000, 2_000]]);
  });
});

describe("Twilio's own messages", () => {
  it("can be lost and come out of order", async () => {
    given.control.misdeliver({ kind: "lost", times: 1 });
    await codeOf();
    await given.control.flush();
    expect(statuses()).toEqual(["delivered"]);
    given.came.splice(0);
    given.control.misdeliver({ kind: "reordered", times: 2 });
    await codeOf();
    await given.control.flush();
    expect(statuses()).toEqual(["delivered", "sent"]);
  });

  it("can be repeated and come late, those of one kind alone", async () => {
    given.control.misdeliver({ kind: "repeated", times: 1, again: 49, about: "arrived" });
    given.control.misdeliver({ kind: "delayed", times: 1, delayMs: HOUR, about: "arrived" });
    await codeOf();
    await say("STOP");
    expect(given.came.map(({ fields }) => fields["Body"]).filter((body) => body === "STOP")).toHaveLength(50);
    await say("Late");
    expect(given.came.map(({ fields }) => fields["Body"])).not.toContain("Late");
    given.pass(HOUR);
    await given.control.flush();
    expect(given.came.at(-1)?.fields["Body"]).toBe("Late");
  });

  it("that were held back to change their order are sent once all is well", async () => {
    given.control.misdeliver({ kind: "reordered", times: 5 });
    await codeOf();
    await given.control.flush();
    expect(statuses()).toEqual([]);
    given.control.deliverWell();
    await given.control.flush();
    expect(statuses()).toEqual(["delivered", "sent"]);
  });

  it("go to one account's address with one account's signature", async () => {
    await say("Hello", OTHER_SHOP);
    const [one] = given.came;
    expect([one?.url, one?.fields["AccountSid"]]).toEqual([`${HOOK}2`, OTHER_AC]);
    const body = new Uint8Array(await (one?.request.clone() ?? new Response()).arrayBuffer());
    const headers = one?.request.headers ?? new Headers();
    expect(await texting.readHook({ headers, body, url: `${HOOK}2` }, "f".repeat(32))).toMatchObject({ kind: "arrived", to: OTHER_SHOP });
    expect(await texting.readHook({ headers, body, url: `${HOOK}2` }, TOKEN)).toBeNull();
  });

  it("are written down with what was answered, and an owner who is away is noted", async () => {
    given.answer = () => Promise.reject(new Error("nobody"));
    await say("Hello");
    given.answer = () => new Response("no", { status: 403 });
    await say("Hello");
    expect([given.control.delivered().map(({ status }) => status), given.control.alerts().map(({ code }) => code)]).toEqual([[null, 403], [11_200, 11_200]]);
    given.control.pointNumber(SHOP, "");
    await say("Hello");
    expect(given.control.delivered()).toHaveLength(2);
  });
});

describe("a reply", () => {
  const xml = (text: string) => new Response(`<?xml version="1.0" encoding="UTF-8"?>${text}`, { headers: { "content-type": "text/xml" } });

  it("in TwiML is sent, and none is none", async () => {
    given.answer = ({ fields }) => (fields["Body"] === "Hi" ? xml("<Response><Message>Hello &amp; welcome</Message></Response>") : xml("<Response/>"));
    await say("Hi");
    await say("Again");
    expect(given.control.screen(ADA).map(({ by, body }) => [by, body])).toEqual([["person", "Hi"], ["shop", "Hello & welcome"], ["person", "Again"]]);
    expect(given.control.texts().map(({ direction }) => direction)).toEqual(["inbound", "outbound-reply", "inbound"]);
  });

  it("to a stop is refused by Twilio itself", async () => {
    given.answer = () => xml("<Response><Message>Sorry to see you go!</Message></Response>");
    await say("STOP");
    expect([given.control.alerts().map(({ code }) => code), given.control.screen(ADA).map(({ by }) => by)]).toEqual([[21_610], ["person", "twilio", "note"]]);
  });

  it("in plain text reaches a customer, and anything else nobody", async () => {
    given.answer = () => new Response("ok", { headers: { "content-type": "text/plain" } });
    await say("Hi");
    expect(given.control.screen(ADA).at(-1)).toMatchObject({ by: "shop", body: "ok" });
    given.answer = () => Response.json({ ok: true });
    await say("Hi");
    given.answer = () => xml("<Response><Message>Hi</Response>");
    await say("Hi");
    expect(given.control.alerts().map(({ code }) => code)).toEqual([12_300, 12_100]);
  });

  it.each([
    ["<Response><Message to=\"+1\" action='/a&amp;b'><Body>a</Body><Media>m</Media></Message></Response>", [{ body: "a", mediaUrls: ["m"], to: "+1", statusCallback: "/a&b" }]],
    ["<Response>\n  <Message> a &#233;&#x1F44D; </Message>\n</Response>", [{ body: "a é👍", mediaUrls: [], to: null, statusCallback: null }]],
    ["<Response><Message><![CDATA[<b>]]></Message></Response>", [{ body: "<b>", mediaUrls: [], to: null, statusCallback: null }]],
    ["<Response></Response>", []], ["", null], ["<Say/>", null], ["<Response><Say>a</Say></Response>", null], ["<Response>", null], ["<Response/>x", null], ["<Response><Message/></Response>", null],
    ["<Response><Message><Body>a</Message></Response>", null], ["<Response><Message a=b>x</Message></Response>", null], ["<Response>words</Response>", null],
  ])("%j is read as Twilio reads it", (text, replies) => {
    expect(parseTwiml(text)).toEqual(replies);
  });
});

describe("the parts of a text", () => {
  it.each([["", 1], ["a".repeat(160), 1], ["a".repeat(161), 2], ["a".repeat(306), 2], ["a".repeat(307), 3], ["€".repeat(80), 1], ["€".repeat(81), 2], ["ё".repeat(70), 1], ["ё".repeat(71), 2], ["👍".repeat(35), 1], ["👍".repeat(36), 2]])("of %j are %i", (body, count) => {
    expect(partsOf(body)).toBe(count);
  });
});
