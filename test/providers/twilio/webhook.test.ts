/** What Twilio's own messages are read as, once they are proved; and bodies that are refused before anything is. */
import { describe, expect, it } from "vitest";
import { texting } from "../../../src/providers/registry";
import { bytesOf } from "../../../src/providers/signature";
import { signedCallback } from "../../../src/providers/twilio/simulator-webhook";
import { AC, ADA, HOOK, MG, SHOP, TOKEN } from "./given";

const SM = `SM${"1".repeat(32)}`;
const ARRIVED = { MessageSid: SM, SmsSid: SM, SmsMessageSid: SM, AccountSid: AC, MessagingServiceSid: MG, From: ADA, To: SHOP, Body: "Stop", NumMedia: "0", SmsStatus: "received", ApiVersion: "2010-04-01" };
const STATUS = { MessageSid: SM, SmsSid: SM, AccountSid: AC, From: SHOP, To: ADA, MessageStatus: "delivered", SmsStatus: "delivered", ApiVersion: "2010-04-01" };

type Change = { readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array<ArrayBuffer> };

async function read(fields: Readonly<Record<string, string>>, { headers = {}, body }: Change = {}) {
  const request = await signedCallback({ url: HOOK, fields: Object.entries(fields) }, TOKEN);
  const sent = new Headers(request.headers);
  for (const [name, value] of Object.entries(headers)) sent.set(name, value);
  return await texting.readHook({ headers: sent, body: body ?? new Uint8Array(await request.arrayBuffer()), url: HOOK }, TOKEN);
}

describe("a text that arrived", () => {
  it("is read with who wrote, to which number, and the words as they were written", async () => {
    expect(await read({ ...ARRIVED, Body: " ¡Alto! 🛑\n" })).toEqual({ kind: "arrived", sid: SM, accountSid: AC, from: ADA, to: SHOP, body: " ¡Alto! 🛑\n", mediaCount: 0, optOutType: null });
  });

  it.each([["STOP", "stop"], ["START", "start"], ["HELP", "help"], ["stop", "stop"], ["NEWER", null], ["", null]])("that Twilio took for %j is said to be %j", async (OptOutType, optOutType) => {
    expect(await read({ ...ARRIVED, OptOutType })).toMatchObject({ kind: "arrived", optOutType });
  });

  it("with pictures says how many, and with a count that is none says none", async () => {
    expect(await read({ ...ARRIVED, Body: "", NumMedia: "3", MediaUrl0: "https://api.twilio.com/x" })).toMatchObject({ kind: "arrived", body: "", mediaCount: 3 });
    expect(await read({ ...ARRIVED, NumMedia: "many" })).toMatchObject({ mediaCount: 0 });
  });

  it("may come from a short code, a name or another channel", async () => {
    for (const From of ["72975", "BANK", "whatsapp:+12125550101"]) expect(await read({ ...ARRIVED, From })).toMatchObject({ kind: "arrived", from: From });
  });
});

describe("a state", () => {
  it.each(["queued", "accepted", "scheduled", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "read", "partially_delivered"])("%s is read", async (MessageStatus) => {
    expect(await read({ ...STATUS, MessageStatus })).toEqual({ kind: "status", sid: SM, accountSid: AC, state: MessageStatus, errorCode: null });
  });

  it("is read with Twilio's code, as in a real sample", async () => {
    const sample = { ErrorCode: "30034", SmsSid: SM, SmsStatus: "undelivered", MessageStatus: "undelivered", To: ADA, MessageSid: SM, AccountSid: AC, From: SHOP, ApiVersion: "2010-04-01" };
    expect(await read(sample)).toEqual({ kind: "status", sid: SM, accountSid: AC, state: "undelivered", errorCode: "30034" });
  });

  it("of a service that has not chosen its number is read without one", async () => {
    const { From: _from, ...rest } = STATUS;
    expect(await read({ ...rest, MessageStatus: "accepted" })).toMatchObject({ kind: "status", state: "accepted" });
  });
});

describe("whatever else is genuine", () => {
  it.each([
    ["nothing", {}], ["a state that nobody knows", { ...STATUS, MessageStatus: "pondering" }], ["no id", { ...ARRIVED, MessageSid: "" }], ["an id that leads elsewhere", { ...ARRIVED, MessageSid: "../Calls" }],
    ["no account", { ...ARRIVED, AccountSid: "AC" }], ["no sender", { ...ARRIVED, From: "" }], ["a call", { CallSid: `CA${"1".repeat(32)}`, AccountSid: AC, From: ADA, To: SHOP }],
  ])("is nothing to Daybook: %s", async (_name, fields) => {
    expect(await read(fields)).toEqual({ kind: "other" });
  });

  it("in JSON is read like a form", async () => {
    const body = bytesOf(JSON.stringify(ARRIVED));
    const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const { headers } = await signedCallback({ url: `${HOOK}?bodySHA256=${hash}`, fields: [] }, TOKEN);
    headers.set("content-type", "application/json");
    expect(await texting.readHook({ headers, body, url: HOOK }, TOKEN)).toMatchObject({ kind: "arrived", body: "Stop" });
    expect(await texting.readHook({ headers, body: bytesOf("[]"), url: HOOK }, TOKEN)).toBeNull();
  });
});

describe("a body that is not what was signed", () => {
  const bytes = bytesOf(new URLSearchParams(ARRIVED).toString());

  it.each([
    ["compressed on the way", { headers: { "content-encoding": "gzip" } }], ["declared as it is", { headers: { "content-encoding": "identity" } }],
    ["with a mark before it", { body: new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]) }], ["that is not UTF-8", { body: new Uint8Array([...bytes, 0x26, 0x78, 0x3d, 0xff]) }],
    ["of another type", { headers: { "content-type": "application/json" } }], ["of no type", { headers: { "content-type": "" } }], ["that is empty", { body: new Uint8Array() }],
    ["escaped bytes that are not UTF-8", { body: bytesOf(`${new TextDecoder().decode(bytes)}&x=%FF`) }],
  ] as readonly (readonly [string, Change])[])("is refused: %s", async (_name, change) => {
    expect(await read(ARRIVED, change)).toBeNull();
  });

  it("is not proved by the secret of a key", async () => {
    const request = await signedCallback({ url: HOOK, fields: Object.entries(ARRIVED) }, "the-secret-of-the-key");
    expect(await texting.readHook({ headers: request.headers, body: new Uint8Array(await request.arrayBuffer()), url: HOOK }, TOKEN)).toBeNull();
  });
});
