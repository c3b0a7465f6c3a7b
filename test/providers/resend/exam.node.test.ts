/** Resend's own package and its published description judge ours: what is sent, and whose events are believed. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { Resend } from "resend";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SECOND, systemRandom } from "../../../src/kernel/clock";
import { resendReach, sendMail } from "../../../src/providers/resend";
import { createResendSimulator } from "../../../src/providers/resend/simulator";
import { EVENT_KINDS, signatureOf } from "../../../src/providers/resend/simulator-events";
import { readMailHook } from "../../../src/providers/resend/webhook";
import { createSend } from "../../../src/providers/send";

const NOW = Date.UTC(2026, 6, 14, 11);
const [SECRET, OLDER, OTHERS] = ["whsec_ZGVtby1vZi1kYXlib29rLW1haWw=", "whsec_dGhlLW9uZS1iZWZvcmUtaXQtd2FzLWNoYW5nZWQ=", "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWFsdG9nZXRoZXI="];

afterEach(() => void vi.useRealTimers());

type Delivery = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** What the package says of a delivery, on the machine's own clock. */
function theirs({ headers, body }: Delivery): boolean {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  try {
    const [id = "", timestamp = "", signature = ""] = ["svix-id", "svix-timestamp", "svix-signature"].map((name) => headers[name] ?? "");
    new Resend("re_x").webhooks.verify({ payload: body, headers: { id, timestamp, signature }, webhookSecret: SECRET ?? "" });
    return true;
  } catch {
    return false; // it throws for whatever it does not believe
  } finally {
    vi.useRealTimers();
  }
}

async function ours({ headers, body }: Delivery): Promise<boolean> {
  return (await readMailHook({ headers: new Headers(headers), body: new Uint8Array(new TextEncoder().encode(body)), url: "https://daybook.example/hooks/resend" }, SECRET ?? "", NOW)) !== null;
}

const BODY = JSON.stringify({ type: "email.sent", created_at: "2026-07-14T11:00:00.000Z", data: { email_id: "e", subject: "naïve ✓" } });
const stamp = (offsetSeconds: number) => (NOW / SECOND + offsetSeconds).toString();

async function signed(secrets: readonly (string | undefined)[], { id = "msg_1", timestamp = stamp(0), body = BODY } = {}): Promise<Delivery> {
  const signature = await signatureOf(secrets.flatMap((secret) => secret ?? []), { id, timestamp, body });
  return { headers: { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signature }, body };
}

const spoil = (delivery: Delivery, headers: Readonly<Record<string, string>>, body = delivery.body): Delivery => ({ headers: { ...delivery.headers, ...headers }, body });

describe("an event", () => {
  it("is believed exactly when Resend's own package believes it", async () => {
    const good = await signed([SECRET]);
    const [, signature = ""] = (good.headers["svix-signature"] ?? "").split(",");
    const table: readonly (readonly [name: string, delivery: Delivery, isBelieved: boolean])[] = [
      ["as sent", good, true],
      ["signed with two secrets while one is changed", await signed([OLDER, SECRET]), true],
      ["the other way round", await signed([SECRET, OLDER]), true],
      ["among signatures of other versions", spoil(good, { "svix-signature": `v1a,AAAA v2,${signature} v1,${signature}` }), true],
      ["five minutes old", await signed([SECRET], { timestamp: stamp(-300) }), true],
      ["five minutes early", await signed([SECRET], { timestamp: stamp(300) }), true],
      ["an empty body", await signed([SECRET], { body: "" }), true],
      ["older", await signed([SECRET], { timestamp: stamp(-301) }), false],
      ["from later", await signed([SECRET], { timestamp: stamp(301) }), false],
      ["signed with an older secret alone", await signed([OLDER]), false],
      ["signed by somebody else", await signed([OTHERS]), false],
      ["with another id", spoil(good, { "svix-id": "msg_2" }), false],
      ["with another time", spoil(good, { "svix-timestamp": stamp(1) }), false],
      ["with one more space in its body", spoil(good, {}, `${BODY} `), false],
      ["with its JSON written anew", spoil(good, {}, JSON.stringify(JSON.parse(BODY), null, 1)), false],
      ["without an id", spoil(good, { "svix-id": "" }), false],
      ["without a time", spoil(good, { "svix-timestamp": "" }), false],
      ["with a time that is none", spoil(good, { "svix-timestamp": "yesterday" }), false],
      ["without a signature", spoil(good, { "svix-signature": "" }), false],
      ["with a bare signature", spoil(good, { "svix-signature": signature }), false],
      ["with a signature of another version", spoil(good, { "svix-signature": `v2,${signature}` }), false],
      ["with half a signature", spoil(good, { "svix-signature": `v1,${signature.slice(0, 20)}` }), false],
      ["with an empty one", spoil(good, { "svix-signature": "v1," }), false],
      ["with commas for spaces", spoil(good, { "svix-signature": `v1,AAAA,v1,${signature}` }), false],
    ];
    for (const [name, delivery, isBelieved] of table) expect([name, theirs(delivery), await ours(delivery)]).toEqual([name, isBelieved, isBelieved]);
  });

  it("with a time that only begins with a number is not believed, though the package reads on to the number's end", async () => {
    const good = await signed([SECRET]);
    const odd = spoil(good, { "svix-timestamp": `${good.headers["svix-timestamp"]}x` });
    expect([theirs(odd), await ours(odd)]).toEqual([true, false]);
  });
});

/** Lies beside the checkout, or one level further up. */
const specification = ["../shared", "../../shared"].map((folder) => path.resolve(import.meta.dirname, "../../..", folder, "specs/resend/resend.json")).find((file) => existsSync(file));

describe.skipIf(specification === undefined)("Resend's published description", () => {
  const document = JSON.parse(specification === undefined ? "{}" : readFileSync(specification, "utf8")) as object;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, "resend");
  const problemsOf = (schema: string, value: unknown): unknown => {
    const validate = ajv.getSchema(`resend#/components/schemas/${schema}`);
    return validate === undefined ? `there is no schema ${schema}` : validate(value) === true ? null : validate.errors;
  };
  const SCHEMAS = {
    delivered: "EmailDeliveredEvent", bounced: "EmailBouncedEvent", bounced_for_now: "EmailBouncedEvent", bounced_somehow: "EmailBouncedEvent", complained: "EmailComplainedEvent",
    suppressed: "EmailSuppressedEvent", opened: "EmailOpenedEvent",
  } as const satisfies Record<(typeof EVENT_KINDS)[number], string>;

  it("is kept by what we send and by every event that the simulator tells", async () => {
    const simulator = createResendSimulator({ clock: () => NOW, random: systemRandom, apiKey: "re_x", domains: ["daybook.example"], hook: { url: "https://daybook.example/hooks/resend", secrets: [SECRET ?? ""] } });
    const bodies: unknown[] = [];
    const send = createSend(async (request) => {
      bodies.push(await request.clone().json());
      return await simulator.app.fetch(request);
    }, resendReach);
    const headers = { "List-Unsubscribe": "<https://daybook.example/unsubscribe/x>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
    const mail = { id: "m", from: '"Harbour via Daybook" <post@daybook.example>', to: "ada@example.com", subject: "Hello", text: "Hello", html: "<p>Hello</p>", attachments: [] };
    expect(await sendMail(send, "re_x", { ...mail, replyTo: "shop@example.com", headers, tags: { shop: "s", message: "m" } })).toMatchObject({ ok: true });
    expect([bodies.length, problemsOf("SendEmailRequest", bodies[0])]).toEqual([1, null]);
    const [letter] = simulator.control.letters();
    for (const kind of EVENT_KINDS) {
      simulator.control.tell(letter?.id ?? "", kind);
      const [knock] = await simulator.control.take();
      expect([kind, problemsOf(SCHEMAS[kind], JSON.parse(knock?.body ?? ""))]).toEqual([kind, null]);
      expect(theirs({ headers: knock?.headers ?? {}, body: knock?.body ?? "" })).toBe(true);
    }
  });
});
