/** Events as the simulated Resend tells them, and as ours reads them: signed, repeated, in another order, and only what matters. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND, systemRandom } from "../../../src/kernel/clock";
import { readMailHook } from "../../../src/providers/resend";
import { createResendSimulator } from "../../../src/providers/resend/simulator";

const NOW = Date.UTC(2026, 6, 14, 11);
const URL_OF_HOOK = "https://daybook.example/hooks/resend";
const [NEWER, OLDER] = ["whsec_ZGVtby1vZi1kYXlib29rLW1haWw=", "whsec_dGhlLW9uZS1iZWZvcmUtaXQtd2FzLWNoYW5nZWQ="] as const;

async function open(secrets: readonly string[] = [NEWER]) {
  let now = NOW;
  const simulator = createResendSimulator({ clock: () => now, random: systemRandom, apiKey: "re_x", domains: ["daybook.example"], hook: { url: URL_OF_HOOK, secrets } });
  const send = async (to = "ada@example.com", changes: Readonly<Record<string, unknown>> = {}) => await simulator.app.request("/emails", {
    method: "POST", headers: { "authorization": "Bearer re_x", "user-agent": "test" },
    body: JSON.stringify({ from: "post@daybook.example", to, subject: "Hello", text: "Hello.", tags: [{ name: "shop", value: "s" }], ...changes }),
  });
  await send();
  const letter = () => simulator.control.letters().at(-1)?.id ?? "";
  const read = async (secret: string = NEWER) => await Promise.all((await simulator.control.take()).map(async ({ headers, body }) => (
    await readMailHook({ headers: new Headers(headers), body: new Uint8Array(new TextEncoder().encode(body)), url: URL_OF_HOOK }, secret, now)
  )));
  return { ...simulator, send, letter, read, pass: (milliseconds: number) => void (now += milliseconds) };
}

describe("an event", () => {
  it("says of a letter what matters, by its id, its readers and its tags", async () => {
    const { control, letter, read } = await open();
    for (const kind of ["delivered", "bounced", "bounced_for_now", "bounced_somehow", "complained", "suppressed", "opened"] as const) control.tell(letter(), kind);
    const common = { emailId: letter(), tags: { shop: "s" } };
    const gone = { ...common, kind: "gone_wrong", to: ["ada@example.com"] };
    expect(await read()).toEqual([
      { ...common, kind: "delivered" }, { ...gone, type: "email.bounced", why: "bounce" }, { kind: "other" }, { kind: "other" }, { ...gone, type: "email.complained", why: "complaint" },
      { ...gone, type: "email.suppressed", why: "complaint" }, { kind: "other" },
    ]);
  });

  it("is believed under either secret while one is being changed, and under neither before and after", async () => {
    const [both, newer] = [await open([OLDER, NEWER]), await open([NEWER])];
    for (const { control, letter } of [both, newer]) control.tell(letter(), "delivered", { copies: 2 });
    expect([await both.read(NEWER), await newer.read(OLDER)]).toMatchObject([[{ kind: "delivered" }, { kind: "delivered" }], [null, null]]);
    both.control.tell(both.letter(), "delivered");
    expect(await both.read(OLDER)).toMatchObject([{ kind: "delivered" }]);
  });

  it("keeps its id over retries, with a signature of its own time each, by Svix's schedule, and is given up after the last", async () => {
    const { control, letter, pass } = await open();
    control.tell(letter(), "complained");
    const seen: (readonly [id: string | null, timestamp: string | null])[] = [];
    const refuse = async (request: Request) => {
      seen.push([request.headers.get("svix-id"), request.headers.get("svix-timestamp")]);
      return await Promise.resolve(new Response(null, { status: 503 }));
    };
    for (const wait of [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR]) {
      pass(wait - 1);
      expect(await control.carry(refuse)).toEqual([]);
      pass(1);
      expect(await control.carry(refuse)).toEqual([503]);
    }
    pass(100 * HOUR);
    expect([await control.carry(refuse), seen.length, new Set(seen.map(([id]) => id)).size, new Set(seen.map(([, timestamp]) => timestamp)).size]).toEqual([[], 8, 1, 8]);
  });

  it("comes several times, in the other order, or never, as it is asked", async () => {
    const { control, letter } = await open();
    control.tell(letter(), "delivered", { copies: 3 });
    control.tell(letter(), "complained");
    const ids = (await control.take({ newestFirst: true })).map(({ headers }) => headers["svix-id"]);
    expect([new Set(ids).size, ids[0] !== ids[1], ids[1] === ids[3], await control.take()]).toEqual([2, true, true, []]);
  });
});

describe("the simulated Resend", () => {
  it.each(["bounced", "complained"] as const)("sends nothing more to whoever %s, and says so each time", async (kind) => {
    const { control, letter, send, read } = await open();
    control.tell(letter(), kind);
    await read();
    expect((await send("ada@example.com")).status).toBe(200);
    expect(control.letters().map(({ isSuppressed }) => isSuppressed)).toEqual([false, true]);
    expect(await read()).toMatchObject([{ type: "email.suppressed", why: kind === "bounced" ? "bounce" : "complaint" }]);
    await send("ben@example.com");
    expect(control.letters("ben@example.com")[0]?.isSuppressed).toBe(false);
  });

  it.each([
    ["a header that ends", { headers: { "List-Unsubscribe": "<https://a>\r\nBcc: eve@example.com" } }], ["a name that is none", { headers: { "List Unsubscribe": "x" } }],
    ["a tag with a space", { tags: [{ name: "a b", value: "c" }] }], ["a tag without words", { tags: [{ name: "", value: "" }] }], ["an answer to nobody", { reply_to: "nobody" }],
    ["an answer to two", { reply_to: "a@example.com, b@example.com" }],
  ])("refuses %s", async (_, changes) => {
    const { send, control } = await open();
    expect([(await send("ada@example.com", changes)).status, control.letters().length]).toEqual([422, 1]);
  });

  it("unsubscribes as a mail program does, once, and only where a letter offers it", async () => {
    const { control, letter, send } = await open();
    expect([control.unsubscribe(letter()), await control.take()]).toEqual([false, []]);
    await send("ada@example.com", { headers: { "List-Unsubscribe": "<mailto:stop@example.com>, <https://daybook.example/unsubscribe/x>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } });
    expect(control.unsubscribe(letter())).toBe(true);
    const asked: string[] = [];
    const refuse = async (request: Request) => {
      asked.push([request.method, request.url, request.headers.get("content-type"), request.headers.get("cookie"), request.headers.get("origin"), await request.text()].join(" "));
      return new Response(null, { status: 500 });
    };
    expect([await control.carry(refuse), await control.carry(refuse), asked]).toEqual([[500], [], ["POST https://daybook.example/unsubscribe/x application/x-www-form-urlencoded   List-Unsubscribe=One-Click"]]);
  });

  it("lets a person do all that on a letter's page, and shows how Daybook answered", async () => {
    const { app, control, letter } = await open();
    const press = async (act: string) => (await app.request(`/letters/${letter()}/${act}`, { method: "POST" })).status;
    expect([await press("spam"), await press("bounce"), await press("full"), await press("unsubscribe"), await press("burn")]).toEqual([303, 303, 303, 303, 404]);
    expect(await control.carry(async () => await Promise.resolve(new Response(null, { status: 200 })))).toEqual([200, 200, 200]);
    const page = await (await app.request(`/letters/${letter()}`)).text();
    for (const said of ["Mark as spam", "Let it bounce for good", "email.complained: Daybook answered 200", "email.bounced: Daybook answered 200"]) expect(page).toContain(said);
    expect(page).not.toContain("Unsubscribe, as a mail program does");
    const tell = async (body: unknown) => (await app.request("/__sim/events", { method: "POST", body: JSON.stringify(body) })).status;
    expect([await tell({ letter: letter(), kind: "complained", copies: 3 }), await tell({ letter: letter(), kind: "burned" }), await tell({ letter: "other", kind: "complained" })]).toEqual([200, 400, 404]);
    expect(await control.take()).toHaveLength(3);
  });
});

type Vector = { readonly provider: string; readonly key: string; readonly id: string; readonly timestamp: string; readonly body: string; readonly computed: string };

describe("the published signature of Svix", async () => {
  const answer = await fetch("https://shared.test/specs/signature_vectors.json");
  const vectors = answer.ok ? (await answer.json<readonly Vector[]>()).filter(({ provider }) => provider === "resend/svix") : [];

  it.skipIf(!answer.ok)("is taken, and with any byte changed is not", async () => {
    expect(vectors).toHaveLength(1);
    for (const { key, id, timestamp, body, computed } of vectors) {
      const read = async (changes: Readonly<Record<string, string>>, text = body) => await readMailHook({
        headers: new Headers({ "svix-id": id, "svix-timestamp": timestamp, "svix-signature": computed, ...changes }), body: new Uint8Array(new TextEncoder().encode(text)), url: "",
      }, key, Number(timestamp) * SECOND);
      expect(await read({})).toEqual({ kind: "other" });
      expect([await read({}, `${body} `), await read({ "svix-id": `${id}x` }), await read({ "svix-timestamp": `${Number(timestamp) + 1}` }), await read({ "svix-signature": computed.replace("g0", "g1") })]).toEqual([null, null, null, null]);
    }
  });
});
