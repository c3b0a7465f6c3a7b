/** Texts that are sent, read back and looked for, and what becomes of each way in which that fails. */
import { describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import { texting, type Text } from "../../../src/providers/registry";
import { createSend, isAllowed } from "../../../src/providers/send";
import { AC, ADA, givenTwilio, HOOK, KEY, MG, OTHER_AC, OTHER_SHOP, OWN, SERVICE_NUMBERS, SHOP, TOKEN, type Given } from "./given";

const TEXT: Text = { to: ADA, from: { number: SHOP }, body: "Your lamp is ready ✓ 1+1=2 & more", mediaUrls: [], statusCallback: `${HOOK}/status` };

const answering = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => (
  createSend(async () => (typeof body === "string" ? new Response(body, { status, headers }) : Response.json(body, { status, headers })), texting.reach)
);

async function sent(given: Given, text: Partial<Text> = {}) {
  const result = await texting.send(given.send, OWN, { ...TEXT, ...text });
  if (!result.ok) throw new Error(`not sent: ${JSON.stringify(result.failure)}`);
  return result.value;
}

describe("a text", () => {
  it("from a number is taken at once, with its parts counted, and reaches its handset word by word", async () => {
    const given = givenTwilio();
    const value = await sent(given);
    expect(value).toEqual({ sid: expect.stringMatching(/^SM[0-9a-f]{32}$/), state: "queued", segments: 1, createdAt: Math.floor(given.now() / 1_000) * 1_000 });
    await given.control.flush();
    expect(given.control.screen(ADA)).toMatchObject([{ by: "shop", number: SHOP, body: TEXT.body }]);
    expect(given.came.map(({ url, fields }) => [url, fields["MessageStatus"]])).toEqual([[`${HOOK}/status`, "sent"], [`${HOOK}/status`, "delivered"]]);
    expect(await texting.read(given.send, OWN, value.sid)).toEqual({
      ok: true, value: { sid: value.sid, from: SHOP, to: ADA, body: TEXT.body, state: "delivered", errorCode: null, createdAt: value.createdAt },
    });
  });

  it("from a service is accepted before anybody knows from which number", async () => {
    const given = givenTwilio();
    const value = await sent(given, { from: { serviceSid: MG }, mediaUrls: ["https://files.test/a.jpg", "https://files.test/b.jpg"] });
    expect(value).toMatchObject({ sid: expect.stringMatching(/^MM/), state: "accepted", segments: 0 });
    expect(await texting.read(given.send, OWN, value.sid)).toMatchObject({ ok: true, value: { from: null, state: "accepted" } });
    await given.control.flush();
    expect(await texting.read(given.send, OWN, value.sid)).toMatchObject({ ok: true, value: { from: SERVICE_NUMBERS[0], state: "delivered" } });
    expect(given.control.screen(ADA)).toMatchObject([{ mediaUrls: ["https://files.test/a.jpg", "https://files.test/b.jpg"] }]);
    expect(given.came.map(({ fields }) => [fields["MessageStatus"], fields["MessagingServiceSid"]])).toEqual([["queued", MG], ["sent", MG], ["delivered", MG]]);
  });

  it("goes out in the name of the account, by its key where there is one", async () => {
    const given = givenTwilio();
    const seen: string[] = [];
    const send = createSend(async (request) => {
      seen.push(`${request.method} ${request.url} ${atob((request.headers.get("authorization") ?? "").slice(6))}`);
      return await given.app.fetch(request);
    }, texting.reach);
    await texting.send(send, OWN, TEXT);
    await texting.send(send, { ...OWN, apiKey: KEY }, TEXT);
    const url = `https://api.twilio.com/2010-04-01/Accounts/${AC}/Messages.json`;
    expect(seen).toEqual([`POST ${url} ${AC}:${TOKEN}`, `POST ${url} ${KEY.sid}:${KEY.secret}`]);
  });

  it("may go nowhere else", () => {
    for (const [method, url] of [
      ["DELETE", `https://api.twilio.com/2010-04-01/Accounts/${AC}/Messages/SM1.json`], ["POST", `https://api.twilio.com/2010-04-01/Accounts/${AC}/Messages/SM1.json`],
      ["POST", `https://api.twilio.com/2010-04-01/Accounts/${AC}/Calls.json`], ["POST", "https://api.twilio.com/2010-04-01/Accounts.json"],
      ["POST", `https://messaging.twilio.com/v1/Services`], ["GET", `https://evil.example/2010-04-01/Accounts/${AC}.json`], ["GET", `http://api.twilio.com/2010-04-01/Accounts/${AC}.json`],
    ] as const) expect([url, isAllowed(texting.reach, method, new URL(url))]).toEqual([url, false]);
  });
});

describe("a text that Twilio refuses", () => {
  it.each([
    ["somebody who said stop", {}, 21_610, (given: Given) => void given.control.text({ from: ADA, to: SHOP, body: "Stop" })],
    ["what is no number", { to: "+1212" }, 21_211, () => {}],
    ["another country", { to: "+447700900123" }, 21_408, () => {}],
    ["a number that is not the account's", { from: { number: OTHER_SHOP } }, 21_606, () => {}],
    ["a landline", {}, 21_614, (given: Given) => given.control.setOutcome(ADA, "landline")],
    ["nothing to say", { body: "" }, 21_602, () => {}],
    ["too much to say", { body: "x".repeat(1_601) }, 21_617, () => {}],
    ["itself", { to: SHOP }, 21_266, () => {}],
    ["a service that is not the account's", { from: { serviceSid: `MG${"9".repeat(32)}` } }, 21_705, () => {}],
    ["eleven pictures", { mediaUrls: Array.from({ length: 11 }, (_, index) => `https://a.test/${index}`) }, 21_623, () => {}],
    ["a callback that is no address", { statusCallback: "here" }, 21_609, () => {}],
  ])("for %s is refused with its code, and not sent", async (_name, change, code, prepare) => {
    const given = givenTwilio();
    prepare(given);
    expect(await texting.send(given.send, OWN, { ...TEXT, ...change })).toMatchObject({
      ok: false, failure: { kind: "provider_refused", provider: "twilio", answer: { status: 400, code: String(code), reference: expect.stringMatching(/^RQ/) } },
    });
    expect(given.control.texts().filter(({ direction }) => direction !== "inbound")).toEqual([]);
  });

  it.each([
    ["a wrong token", { ...OWN, authToken: "wrong" }], ["a wrong key", { ...OWN, apiKey: { ...KEY, secret: "wrong" } }],
    ["somebody else's account", { ...OWN, accountSid: OTHER_AC, apiKey: KEY }],
  ])("for %s needs its owner", async (_name, account) => {
    expect(await texting.send(givenTwilio().send, account, TEXT)).toMatchObject({ ok: false, failure: { kind: "reconnect_needed", provider: "twilio", answer: { code: "20003" } } });
  });
});

describe("what goes wrong on the way", () => {
  it.each([
    ["rate_limited", { kind: "provider_busy", retryAfterSeconds: 7 }, 0], ["unauthorized", { kind: "reconnect_needed" }, 0],
    ["internal_error", { kind: "answer_lost" }, 0], ["unavailable", { kind: "answer_lost" }, 0], ["bad_gateway", { kind: "answer_lost" }, 0], ["unreachable", { kind: "answer_lost" }, 0],
    ["answer_lost", { kind: "answer_lost" }, 1], ["truncated", { kind: "answer_lost" }, 1], ["empty", { kind: "answer_lost" }, 1], ["failed_late", { kind: "answer_lost" }, 1],
  ] as const)("%s while sending is told apart by what may have happened", async (kind, failure, count) => {
    const given = givenTwilio();
    given.control.misbehave({ misbehaviour: kind === "rate_limited" ? { kind, retryAfterSeconds: 7 } : { kind } });
    const since = given.now();
    expect(await texting.send(given.send, OWN, TEXT)).toMatchObject({ ok: false, failure: { provider: "twilio", ...failure } });
    expect(given.control.texts()).toHaveLength(count);
    expect(await texting.find(given.send, OWN, { to: ADA, body: TEXT.body, since })).toMatchObject({ ok: true, value: given.control.texts().map(({ sid }) => ({ sid })) });
    expect(await texting.send(given.send, OWN, TEXT)).toMatchObject({ ok: true });
  });

  it.each([
    ["rate_limited", { kind: "provider_busy", retryAfterSeconds: null }], ["unauthorized", { kind: "reconnect_needed" }], ["internal_error", { kind: "provider_down" }],
    ["bad_gateway", { kind: "provider_down" }], ["unreachable", { kind: "provider_down" }], ["truncated", { kind: "provider_unreadable" }],
  ] as const)("%s while reading changed nothing", async (kind, failure) => {
    const given = givenTwilio();
    const { sid } = await sent(given);
    for (const act of [() => texting.read(given.send, OWN, sid), () => texting.find(given.send, OWN, { to: ADA, body: TEXT.body, since: given.now() }), () => texting.describe(given.send, OWN, { number: SHOP, serviceSid: null })]) {
      given.control.misbehave({ misbehaviour: { kind } });
      expect(await act()).toMatchObject({ ok: false, failure: { provider: "twilio", ...failure } });
    }
  });

  it("that takes its time is waited for", async () => {
    const given = givenTwilio();
    given.control.misbehave({ misbehaviour: { kind: "slow", waitMs: 5_000 }, times: 2 });
    expect((await sent(given)).state).toBe("queued");
    expect(await texting.describe(given.send, OWN, { number: SHOP, serviceSid: null })).toMatchObject({ ok: true });
  });

  it("is waited for no longer than the deadline, though the text was taken", async () => {
    const given = givenTwilio();
    given.control.misbehave({ misbehaviour: { kind: "hang" } });
    const hurried = createSend(async (request) => await given.app.fetch(request), texting.reach);
    expect(await texting.send((outgoing) => hurried({ ...outgoing, deadlineMs: 50 }), OWN, TEXT)).toMatchObject({ ok: false, failure: { kind: "answer_lost", detail: "no complete answer within the deadline" } });
    expect(given.control.texts()).toHaveLength(1);
  });

  it.each([
    [201, {}, "answer_lost"], [201, "", "answer_lost"], [200, {}, "answer_lost"], [202, "", "answer_lost"], [302, "", "provider_refused"], [408, "", "answer_lost"], [403, "<html>", "provider_refused"],
    [400, { code: 20_003, message: "" }, "reconnect_needed"], [400, { code: 20_429, message: "" }, "provider_busy"], [401, { code: 20_005, message: "" }, "provider_refused"],
  ])("%i %j is %s", async (status, body, kind) => {
    expect(await texting.send(answering(status, body), OWN, TEXT)).toMatchObject({ ok: false, failure: { kind, provider: "twilio" } });
  });

  it("shows nobody the token or the number that Twilio repeats", async () => {
    const refused = await texting.send(answering(400, { code: 1, message: `token ${TOKEN}, key ${KEY.secret}, to ${ADA}` }), { ...OWN, apiKey: KEY }, TEXT);
    expect(JSON.stringify(refused)).toContain("token [removed], key [removed], to [removed]");
  });

  it("takes a state that nobody knows yet for taken, while sending", async () => {
    const wire = { sid: `SM${"1".repeat(32)}`, status: "pondering", num_segments: "1", date_created: "Thu, 24 Aug 2023 05:01:45 +0000" };
    expect(await texting.send(answering(201, wire), OWN, TEXT)).toMatchObject({ ok: true, value: { state: "queued", createdAt: Date.UTC(2023, 7, 24, 5, 1, 45) } });
    expect(await texting.read(answering(200, { ...wire, from: null, to: ADA, body: "", error_code: null }), OWN, wire.sid)).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });
});

describe("a text that is looked for", () => {
  it("is found by its words, in whatever state, since then and to that number alone", async () => {
    const given = givenTwilio();
    await sent(given);
    given.pass(MINUTE);
    const since = given.now();
    const own = await sent(given);
    await sent(given, { to: "+12125550109" });
    await sent(given, { body: "Something else" });
    given.control.text({ from: ADA, to: SHOP, body: TEXT.body });
    const found = async (body: string) => (await texting.find(given.send, OWN, { to: ADA, body, since }));
    expect(await found(TEXT.body)).toMatchObject({ ok: true, value: [{ sid: own.sid, state: "queued" }] });
    expect(await found("Your lamp")).toEqual({ ok: true, value: [] });
    await given.control.flush();
    expect(await found(TEXT.body)).toMatchObject({ ok: true, value: [{ sid: own.sid, state: "delivered" }] });
  });

  it("is found though Twilio changed its punctuation or wrote before it", async () => {
    const page = (body: string) => ({ messages: [{ sid: `SM${"1".repeat(32)}`, from: SHOP, to: ADA, body, status: "sent", error_code: null, date_created: "Thu, 24 Aug 2023 05:01:45 +0000" }], next_page_uri: null });
    const wanted = { to: ADA, body: "It’s ready — “today”…", since: Date.UTC(2023, 7, 24, 5, 1, 46) };
    const count = async (body: string) => {
      const found = await texting.find(answering(200, page(body)), OWN, wanted);
      return found.ok ? found.value.length : found.failure;
    };
    expect(await count("It's ready - \"today\"...")).toBe(1);
    expect(await count("Sent from your Twilio trial account - It's ready - \"today\"...")).toBe(1);
    expect(await count("It's ready - \"tomorrow\"...")).toBe(0);
  });

  it("is looked for past the first page, and not without end", async () => {
    const given = givenTwilio();
    const since = given.now();
    const first = await sent(given);
    for (let index = 0; index < 150; index += 1) await sent(given, { body: `No. ${index}` });
    expect(await texting.find(given.send, OWN, { to: ADA, body: TEXT.body, since })).toMatchObject({ ok: true, value: [{ sid: first.sid }] });
    expect(given.control.calls({ method: "GET" })).toHaveLength(2);
    for (let index = 0; index < 1_000; index += 1) await sent(given, { body: `No. ${index}` });
    expect(await texting.find(given.send, OWN, { to: ADA, body: TEXT.body, since })).toMatchObject({ ok: false, failure: { kind: "provider_unreadable" } });
  });

  it("is not looked for among what is older", async () => {
    const given = givenTwilio();
    for (let index = 0; index < 120; index += 1) await sent(given);
    given.pass(DAY);
    expect(await texting.find(given.send, OWN, { to: ADA, body: TEXT.body, since: given.now() })).toEqual({ ok: true, value: [] });
    expect(given.control.calls({ method: "GET" })).toHaveLength(1);
  });

  it("is nobody else's", async () => {
    const given = givenTwilio();
    const { sid } = await sent(given);
    const other = { accountSid: OTHER_AC, authToken: "f".repeat(32), apiKey: null };
    expect(await texting.read(given.send, other, sid)).toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { code: "20404", status: 404 } } });
    expect(await texting.find(given.send, other, { to: ADA, body: TEXT.body, since: 0 })).toEqual({ ok: true, value: [] });
  });
});

describe("a line", () => {
  const describeWith = async (line: { number: string; serviceSid: string | null }, account = OWN, given = givenTwilio()) => await texting.describe(given.send, account, line);

  it("is described by the account's name, whether the number is its own, and what the carriers know", async () => {
    expect(await describeWith({ number: SHOP, serviceSid: null })).toEqual({ ok: true, value: { accountName: "Harbour Coffee", numberFound: true, registration: "unknown" } });
    expect(await describeWith({ number: SERVICE_NUMBERS[0], serviceSid: MG }, { ...OWN, apiKey: KEY })).toEqual({ ok: true, value: { accountName: "Harbour Coffee", numberFound: true, registration: "approved" } });
    expect(await describeWith({ number: SHOP, serviceSid: MG })).toMatchObject({ ok: true, value: { numberFound: false } });
    expect(await describeWith({ number: OTHER_SHOP, serviceSid: null })).toMatchObject({ ok: true, value: { numberFound: false } });
  });

  it.each([
    ["PENDING", "pending"], ["IN_PROGRESS", "pending"], ["VERIFIED", "approved"], ["FAILED", "refused"], ["SUSPENDED", "refused"], ["NEWER", "unknown"], [null, "unknown"],
  ])("whose campaign is %s is %s", async (campaign, registration) => {
    const given = givenTwilio([{ sid: AC, authToken: TOKEN, numbers: [{ number: SHOP }], services: [{ sid: MG, numbers: [SHOP], campaign }] }]);
    expect(await describeWith({ number: SHOP, serviceSid: MG }, OWN, given)).toMatchObject({ ok: true, value: { registration } });
  });

  it("outside North America needs no campaign, and one that cannot text is not found", async () => {
    const given = givenTwilio([{ sid: AC, authToken: TOKEN, numbers: [{ number: "+447700900142" }, { number: SHOP, canText: false }, { number: "+18005550142" }] }]);
    expect(await describeWith({ number: "+447700900142", serviceSid: null }, OWN, given)).toMatchObject({ ok: true, value: { numberFound: true, registration: "not_needed" } });
    expect(await describeWith({ number: SHOP, serviceSid: null }, OWN, given)).toMatchObject({ ok: true, value: { numberFound: false } });
    expect(await describeWith({ number: "+18005550142", serviceSid: null }, OWN, given)).toMatchObject({ ok: true, value: { registration: "unknown" } });
  });

  it("proves both the token, which signs what comes in, and the key", async () => {
    expect(await describeWith({ number: SHOP, serviceSid: null }, { ...OWN, authToken: "wrong", apiKey: KEY })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
    expect(await describeWith({ number: SHOP, serviceSid: null }, { ...OWN, apiKey: { ...KEY, secret: "wrong" } })).toMatchObject({ ok: false, failure: { kind: "reconnect_needed" } });
  });

  it("of a service that nobody has is refused", async () => {
    expect(await describeWith({ number: SHOP, serviceSid: `MG${"9".repeat(32)}` })).toMatchObject({ ok: false, failure: { kind: "provider_refused", answer: { code: "20404" } } });
  });
});
