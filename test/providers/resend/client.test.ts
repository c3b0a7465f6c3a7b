/** What goes over the wire to Resend, what its answers mean, and that its simulator checks what Resend documents to check. */
import { describe, expect, it } from "vitest";
import { DAY, systemRandom } from "../../../src/kernel/clock";
import { post } from "../../../src/providers/registry";
import { resendReach, sendMail, type Mail } from "../../../src/providers/resend";
import { createResendSimulator } from "../../../src/providers/resend/simulator";
import { createSend, isAllowed } from "../../../src/providers/send";

const KEY = "re_123456789";
const MAIL: Mail = {
  id: "a".repeat(26), from: "Daybook <post@daybook.example>", to: "ada@example.com", subject: "Hello", text: "Hello.\n", html: "<p>Hello.</p>", attachments: [],
};

function open() {
  let now = Date.UTC(2026, 6, 14);
  const simulator = createResendSimulator({ clock: () => now, random: systemRandom, apiKey: KEY, domains: ["daybook.example"], wait: () => Promise.resolve() });
  const requests: Request[] = [];
  const send = createSend(async (request) => {
    requests.push(request.clone());
    return await simulator.app.fetch(request);
  }, resendReach);
  const raw = async (body: unknown, headers: Readonly<Record<string, string>> = {}) => await simulator.app.request("/emails", {
    method: "POST", body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "authorization": `Bearer ${KEY}`, "user-agent": "test", "content-type": "application/json", ...headers },
  });
  return { ...simulator, send, requests, raw, pass: (milliseconds: number) => void (now += milliseconds) };
}

/** Answers as the given ones instead of Resend. */
const answering = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => (
  createSend(async () => Response.json(body, { status, headers }), resendReach)
);

describe("a letter on the wire", () => {
  it("is one POST to Resend and has its fields, its key and its id", async () => {
    const { send, requests, control } = open();
    expect(await sendMail(send, KEY, { ...MAIL, attachments: [{ name: "a.txt", type: "text/plain", text: "naïve ✓" }] })).toEqual({ ok: true, value: { id: expect.any(String) } });
    const [request] = requests;
    expect([request?.method, request?.url]).toEqual(["POST", "https://api.resend.com/emails"]);
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({ "authorization": `Bearer ${KEY}`, "idempotency-key": MAIL.id, "content-type": "application/json", "user-agent": "daybook/1" });
    expect(await request?.json()).toEqual({
      from: MAIL.from, to: ["ada@example.com"], subject: "Hello", text: "Hello.\n", html: "<p>Hello.</p>",
      attachments: [{ filename: "a.txt", content_type: "text/plain", content: "bmHDr3ZlIOKckw==" }],
    });
    expect(control.letters()[0]?.attachments).toEqual([{ name: "a.txt", type: "text/plain", text: "naïve ✓" }]);
  });

  it("may go nowhere else", () => {
    for (const [method, url] of [["GET", "https://api.resend.com/emails"], ["POST", "https://api.resend.com/emails/x"], ["POST", "https://api.resend.com/domains"], ["POST", "http://api.resend.com/emails"], ["POST", "https://resend.com/emails"]] as const) {
      expect([url, isAllowed(post.reach, method, new URL(url))]).toEqual([url, false]);
    }
  });

  it("sent again is one letter for a day", async () => {
    const { send, control, pass } = open();
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await sendMail(send, KEY, MAIL)).ok).toBe(true);
    pass(DAY - 1);
    await sendMail(send, KEY, MAIL);
    expect(control.letters()).toHaveLength(1);
    pass(1);
    await sendMail(send, KEY, MAIL);
    expect(control.letters()).toHaveLength(2);
  });

  it("that was taken under other words is taken as sent: no second one goes out", async () => {
    const { send, control } = open();
    await sendMail(send, KEY, MAIL);
    expect(await sendMail(send, KEY, { ...MAIL, html: "<p>Hello!</p>" })).toEqual({ ok: true, value: { id: null } });
    expect(control.letters()).toHaveLength(1);
  });
});

describe("an answer", () => {
  it.each([
    [429, { name: "rate_limit_exceeded", message: "" }, { "retry-after": "3" }, { kind: "provider_busy", retryAfterSeconds: 3 }],
    [429, { name: "daily_quota_exceeded", message: "" }, {}, { kind: "provider_busy", retryAfterSeconds: null }],
    [409, { name: "concurrent_idempotent_requests", message: "" }, {}, { kind: "provider_busy" }],
    [500, { name: "application_error", message: "" }, {}, { kind: "provider_down" }],
    [503, "<html>", {}, { kind: "provider_down" }],
    [200, {}, {}, { kind: "provider_unreadable" }],
    [401, { name: "missing_api_key", message: "" }, {}, { kind: "provider_refused", answer: { status: 401, code: "missing_api_key" } }],
    [422, { name: "validation_error", message: `Invalid ${KEY}` }, {}, { kind: "provider_refused", answer: { status: 422, message: "Invalid [removed]" } }],
    [302, {}, {}, { kind: "provider_refused", answer: { status: 302 } }],
  ])("of %i %j is told apart by what can be done about it", async (status, body, headers, failure) => {
    expect(await sendMail(answering(status, body, headers), KEY, MAIL)).toMatchObject({ ok: false, failure: { provider: "resend", ...failure } });
  });
});

describe("the simulated Resend", () => {
  const good = { from: "post@daybook.example", to: ["ada@example.com"], subject: "Hello", text: "Hello." };

  it.each([
    ["no key", good, { authorization: "" }, 403], ["another key", good, { authorization: "Bearer re_other" }, 403], ["nobody's name", good, { "user-agent": "" }, 403],
    ["a key too long to repeat", good, { "idempotency-key": "x".repeat(257) }, 400],
    ["no JSON", "{", {}, 422], ["no sender", { ...good, from: undefined }, {}, 422], ["a sender that is none", { ...good, from: "post" }, {}, 422],
    ["somebody else's domain", { ...good, from: "post@evil.example" }, {}, 403], ["nobody to send to", { ...good, to: [] }, {}, 422], ["too many", { ...good, to: Array.from({ length: 51 }, () => "a@example.com") }, {}, 422],
    ["two people in one", { ...good, to: ["a@example.com, b@example.com"] }, {}, 422], ["a header in an address", { ...good, to: ["a@example.com\r\nBcc: b@example.com"] }, {}, 422],
    ["a header in the subject", { ...good, subject: "a\r\nBcc: b@example.com" }, {}, 422], ["no words", { ...good, text: undefined }, {}, 422],
    ["a file that is no base64", { ...good, attachments: [{ filename: "a", content: "%%%" }] }, {}, 422],
  ])("refuses %s", async (_, body, headers, status) => {
    const { raw, control } = open();
    const response = await raw(body, headers);
    expect([response.status, Object.keys(await response.json<object>())]).toEqual([status, ["statusCode", "name", "message"]]);
    expect(control.letters()).toEqual([]);
  });

  it("says conflict when a key comes back with another body", async () => {
    const { raw } = open();
    expect((await raw(good, { "idempotency-key": "k" })).status).toBe(200);
    const response = await raw({ ...good, subject: "Other" }, { "idempotency-key": "k" });
    expect([response.status, await response.json()]).toMatchObject([409, { name: "invalid_idempotent_request" }]);
  });

  it("shows letters to a person without running anything of theirs, and to a test as JSON", async () => {
    const { app, raw, control } = open();
    await raw({ ...good, subject: "<img src=x onerror=alert(1)>", html: "<head></head><script>alert(2)</script><a href='http://auth.localhost/'>Go</a>" });
    const id = control.letters()[0]?.id;
    const inbox = await (await app.request("/")).text();
    const page = await (await app.request(`/letters/${id}`)).text();
    const letter = await app.request(`/letters/${id}/html`);
    expect(`${inbox}${page}`).not.toMatch(/<img|<script/);
    expect(inbox).toContain("&lt;img src=x");
    expect(letter.headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation");
    expect(await letter.text()).toContain('<base target="_top">');
    expect(await (await app.request("/__sim/letters?to=ada@example.com")).json()).toMatchObject({ letters: [{ id }] });
    expect(await (await app.request("/__sim/letters?to=nobody@example.com")).json()).toEqual({ letters: [] });
    expect((await app.request("/letters/other")).status).toBe(404);
  });

  it("misbehaves when it is told to by its own address, and only so often", async () => {
    const { app, raw } = open();
    const fault = async (body: unknown) => (await app.request("/__sim/faults", { method: "POST", body: JSON.stringify(body) })).status;
    expect([await fault({ kind: "rate_limited", retryAfterSeconds: 2, times: 2 }), await fault({ kind: "slow", waitMs: 50 }), await fault({ kind: "fire" })]).toEqual([200, 200, 400]);
    expect([(await raw(good)).status, (await raw(good)).headers.get("retry-after"), (await raw(good)).status]).toEqual([429, "2", 200]);
  });
});
