/** The simulator sits Twilio's own exam: the official package drives it over HTTP, and the published descriptions judge it. */
import { once } from "node:events";
import { serve } from "@hono/node-server";
import twilio, { RestException, twiml } from "twilio";
import RequestClient from "twilio/lib/base/RequestClient";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { texting } from "../../../src/providers/registry";
import { AC, ADA, givenTwilio, HOOK, KEY, MG, OTHER_AC, SERVICE_NUMBERS, SHOP, TOKEN } from "./given";
import { readSpecification } from "./specification";

type Answer = { readonly host: string; readonly method: string; readonly path: string; readonly status: number; readonly body: unknown };

const world = givenTwilio();
const specification = readSpecification();
const answers: Answer[] = [];
let base = "";
let server: ReturnType<typeof serve>;

beforeAll(async () => {
  server = serve({ fetch: async (request) => await world.app.fetch(request), hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  server.close();
  await once(server, "close");
});

/** The package's own HTTP client, whose calls go to the simulator instead. */
class Redirected extends RequestClient {
  override async request<TData>(options: RequestClient.RequestOptions<TData>) {
    const url = new URL(options.uri);
    const answer = await super.request<TData>({ ...options, uri: options.uri.replace(url.origin, base) });
    const body: unknown = typeof answer.body === "string" ? JSON.parse(answer.body) : answer.body;
    answers.push({ host: url.hostname, method: options.method.toUpperCase(), path: url.pathname, status: answer.statusCode, body });
    return answer;
  }
}

function sdk(user: string = AC, password: string = TOKEN, accountSid: string = AC) {
  return twilio(user, password, { accountSid, httpClient: new Redirected() });
}

async function refusalOf(act: Promise<unknown>): Promise<RestException> {
  const refused = await act.then(() => null, (error: unknown) => error);
  if (!(refused instanceof RestException)) throw new Error("this must be refused");
  return refused;
}

const text = { to: ADA, from: SHOP, body: "Naïve ✓ 1+1=2 & more", statusCallback: `${HOOK}/status` };

describe("the official package", () => {
  it("sends from a number and reads back what became of it", async () => {
    const sent = await sdk().messages.create(text);
    expect(sent).toMatchObject({ status: "queued", direction: "outbound-api", from: SHOP, to: ADA, body: text.body, numSegments: "1", numMedia: "0", errorCode: null, messagingServiceSid: null });
    expect(sent.dateCreated.getTime()).toBe(Math.floor(world.now() / 1_000) * 1_000);
    await world.control.flush();
    expect(await sdk().messages(sent.sid).fetch()).toMatchObject({ sid: sent.sid, status: "delivered", errorCode: null });
  });

  it("sends from a Messaging Service, with media, by a key", async () => {
    const sent = await sdk(KEY.sid, KEY.secret).messages.create({ to: ADA, messagingServiceSid: MG, body: "Look", mediaUrl: ["https://files.test/a.jpg"] });
    expect(sent).toMatchObject({ sid: expect.stringMatching(/^MM/), status: "accepted", from: null, numSegments: "0", numMedia: "1", messagingServiceSid: MG });
    await world.control.flush();
    expect(await sdk(KEY.sid, KEY.secret).messages(sent.sid).fetch()).toMatchObject({ status: "delivered", from: SERVICE_NUMBERS[0] });
  });

  it("lists texts by recipient and day, the newest first, page by page", async () => {
    for (let index = 0; index < 5; index += 1) {
      world.pass(1_000);
      await sdk().messages.create({ ...text, to: "+12125550109", body: `No. ${index}` });
      await world.control.flush();
    }
    const bodies = async (filter: object) => (await sdk().messages.list({ to: "+12125550109", pageSize: 2, ...filter })).map(({ body }) => body);
    const today = new Date(world.now());
    expect(await bodies({})).toEqual(["No. 4", "No. 3", "No. 2", "No. 1", "No. 0"]);
    expect(await bodies({ limit: 3 })).toHaveLength(3);
    expect(await bodies({ dateSent: today })).toHaveLength(5);
    expect(await bodies({ dateSentAfter: new Date(world.now() + 86_400_000) })).toEqual([]);
    expect(await bodies({ dateSentBefore: new Date(world.now() - 1_500) })).toEqual(["No. 2", "No. 1", "No. 0"]);
    await sdk().messages.create({ ...text, to: "+12125550109", body: "waits" });
    expect([await bodies({ dateSent: today }), (await bodies({}))[0]]).toEqual([expect.not.arrayContaining(["waits"]), "waits"]);
  });

  it("shows the account, its numbers, its services and what the carriers know of them", async () => {
    expect(await sdk().api.v2010.accounts(AC).fetch()).toMatchObject({ sid: AC, friendlyName: "Harbour Coffee", status: "active" });
    expect(await sdk().incomingPhoneNumbers.list({ phoneNumber: SHOP })).toMatchObject([{ phoneNumber: SHOP, smsUrl: HOOK, capabilities: { sms: true } }]);
    expect(await sdk().messaging.v1.services(MG).fetch()).toMatchObject({ sid: MG, usAppToPersonRegistered: true });
    expect((await sdk().messaging.v1.services(MG).phoneNumbers.list()).map(({ phoneNumber }) => phoneNumber)).toEqual(SERVICE_NUMBERS);
    expect(await sdk().messaging.v1.services(MG).usAppToPerson.list()).toMatchObject([{ campaignStatus: "VERIFIED", messagingServiceSid: MG }]);
  });

  it.each([
    ["a recipient that is none", { to: "+1555" }, 21_211], ["another country", { to: "+447700900123" }, 21_408], ["somebody else's number", { from: "+12125550160" }, 21_606],
    ["no sender", { from: undefined }, 21_603], ["no words", { body: undefined }, 21_602], ["no recipient's number", { to: "" }, 21_604],
  ])("is refused %s with the code that Twilio documents", async (_name, change, code) => {
    const refused = await refusalOf(sdk().messages.create({ ...text, ...change }));
    expect(refused).toMatchObject({ status: 400, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
  });

  it("is refused whoever said stop, until they say start", async () => {
    const handset = "+12125550107";
    world.control.text({ from: handset, to: SHOP, body: " stop\n" });
    expect(await refusalOf(sdk().messages.create({ ...text, to: handset }))).toMatchObject({ status: 400, code: 21_610, message: "Attempt to send to unsubscribed recipient" });
    world.control.text({ from: handset, to: SHOP, body: "Start" });
    expect(await sdk().messages.create({ ...text, to: handset })).toMatchObject({ status: "queued" });
  });

  it("is refused what is not there, credentials that are wrong, and too much at once", async () => {
    expect(await refusalOf(sdk().messages(`SM${"0".repeat(32)}`).fetch())).toMatchObject({ status: 404, code: 20_404 });
    expect(await refusalOf(sdk(AC, "wrong").messages.list({ limit: 1 }))).toMatchObject({ status: 401, code: 20_003 });
    expect(await refusalOf(sdk(AC, TOKEN, OTHER_AC).messages.list({ limit: 1 }))).toMatchObject({ status: 401, code: 20_003 });
    expect(await refusalOf(sdk(KEY.sid, KEY.secret).api.v2010.accounts(AC).fetch())).toMatchObject({ status: 401, code: 20_003 });
    world.control.misbehave({ misbehaviour: { kind: "rate_limited", retryAfterSeconds: 1 } });
    expect(await refusalOf(sdk().messages.create(text))).toMatchObject({ status: 429, code: 20_429 });
  });

  it("is told 405 for what cannot be done to something that is there", async () => {
    expect(await refusalOf(sdk().api.v2010.accounts(AC).update({ friendlyName: "Mine" }))).toMatchObject({ status: 405, code: 20_004 });
    expect(await refusalOf(sdk().calls.list({ limit: 1 }))).toMatchObject({ status: 404, code: 20_404 });
  });
});

describe("the official validator", () => {
  it("takes every message of the simulator's own for Twilio's", async () => {
    world.came.splice(0);
    await sdk().messages.create({ to: ADA, messagingServiceSid: MG, body: "Ready?", statusCallback: `${HOOK}/status` });
    world.control.text({ from: ADA, to: SHOP, body: "¿Sí? 👍 a&b=c+d", mediaUrls: ["https://files.test/a.jpg"] });
    world.control.text({ from: ADA, to: SERVICE_NUMBERS[0], body: "HELP" });
    await world.control.flush();
    expect(world.came.map(({ fields }) => fields["MessageStatus"] ?? fields["Body"])).toEqual(expect.arrayContaining(["queued", "sent", "delivered", "HELP", "¿Sí? 👍 a&b=c+d"]));
    for (const { url, fields, request } of world.came) {
      expect(twilio.validateRequest(TOKEN, request.headers.get("x-twilio-signature") ?? "", url, fields)).toBe(true);
      expect(twilio.validateRequest("another", request.headers.get("x-twilio-signature") ?? "", url, fields)).toBe(false);
    }
  });

  it("writes TwiML that the simulator carries out", async () => {
    world.answer = () => {
      const answer = new twiml.MessagingResponse();
      answer.message({ action: `${HOOK}/status` }, "Bonjour <Ada> & co").media("https://files.test/a.jpg");
      answer.message("Zwei");
      return new Response(answer.toString(), { headers: { "content-type": "text/xml" } });
    };
    world.control.text({ from: "+12125550110", to: SHOP, body: "Hello" });
    await world.control.flush();
    expect(world.control.screen("+12125550110")).toMatchObject([{ by: "person" }, { by: "shop", body: "Bonjour <Ada> & co", mediaUrls: ["https://files.test/a.jpg"] }, { by: "shop", body: "Zwei" }]);
    world.answer = () => new Response(null, { status: 204 });
  });
});

describe.skipIf(specification === null)("the published descriptions", () => {
  it("know every call that Daybook makes", () => {
    const example: Readonly<Record<string, string>> = { ":account": AC, ":service": MG };
    for (const { method, path } of texting.reach.allowed) {
      const concrete = path.split("/").map((part) => (part === ":file" ? `${path.includes("/Messages/") ? "SM1" : AC}.json` : (example[part] ?? part))).join("/");
      expect([method, path, specification?.operationOf(path.startsWith("/v1/") ? "messaging.twilio.com" : "api.twilio.com", method, concrete)]).not.toContain(null);
    }
  });

  it("find nothing wrong with any answer of the simulator's", () => {
    const good = answers.filter(({ status }) => status < 300);
    expect(new Set(good.map(({ host, method, path }) => `${method} ${specification?.operationOf(host, method, path)}`)).size).toBe(8);
    for (const { host, method, path, status, body } of good) {
      expect([path, specification?.problemsOf(host, method, specification.operationOf(host, method, path) ?? "", status, body)]).toEqual([path, []]);
    }
  });
});
