/** Who gets in at the simulated Twilio and with what, what leads it, and the phone that a demo shows. */
import { beforeEach, describe, expect, it } from "vitest";
import { AC, ADA, givenTwilio, MG, OTHER_AC, SHOP, type Given } from "./given";

let given: Given;
beforeEach(() => {
  given = givenTwilio();
});

describe("the simulated API", () => {
  it.each([
    ["GET", "/2010-04-01/Accounts/AC1/Nothing.json", 404], ["GET", "/v2/Services", 404], ["DELETE", `/2010-04-01/Accounts/${AC}/Messages.json`, 405], ["POST", `/v1/Services/${MG}`, 405],
    ["POST", `/2010-04-01/Accounts/${AC}.json`, 405], ["DELETE", `/2010-04-01/Accounts/${AC}/Messages/SM1.json`, 405], ["GET", `/v1/Services/MG0`, 404], ["GET", `/2010-04-01/Accounts/${AC}/Messages.json?Whatever=1`, 400],
  ])("answers %s %s with %i", async (method, path, status) => {
    expect((await given.raw(method, path)).status).toBe(status);
  });

  it("is strict about who calls and with what", async () => {
    const path = `/2010-04-01/Accounts/${AC}/Messages.json`;
    const good = { To: ADA, From: SHOP, Body: "x" };
    const status = async (fields: string | Readonly<Record<string, string>>, authorization?: string) => (await given.raw("POST", path, fields, authorization)).status;
    expect([await status(good), await status({ ...good, Bdoy: "x" }), await status(JSON.stringify(good))]).toEqual([201, 400, 400]);
    for (const nobody of ["", "Bearer x", "Basic %%%", `Basic ${btoa(AC)}`, `Basic ${btoa(`${AC}:`)}`, `Basic ${btoa(`${OTHER_AC}:${"f".repeat(32)}`)}`]) expect([nobody, await status(good, nobody)]).toEqual([nobody, 401]);
  });

  it("lets an account act for its sub-accounts, and a suspended one for nobody", async () => {
    const sub = { sid: OTHER_AC, authToken: "f".repeat(32), ownerSid: AC };
    given.control.putAccount(sub);
    expect((await given.raw("GET", `/2010-04-01/Accounts/${OTHER_AC}.json`)).status).toBe(200);
    given.control.putAccount({ ...sub, isActive: false });
    expect((await given.raw("GET", `/2010-04-01/Accounts/${OTHER_AC}.json`)).status).toBe(401);
  });

  it("remembers everything that it is given back", async () => {
    given.control.text({ from: ADA, to: SHOP, body: "STOP" });
    const other = givenTwilio();
    other.control.restore(structuredClone(given.control.snapshot()));
    expect([other.control.isBlocked(SHOP, ADA), other.control.screen(ADA), other.control.texts()]).toEqual([true, given.control.screen(ADA), given.control.texts()]);
  });

  it("is led by its own address too", async () => {
    const post = async (path: string, body: unknown) => (await given.app.request(`/__sim${path}`, { method: "POST", body: JSON.stringify(body) })).status;
    expect([
      await post("/texts", { from: ADA, to: SHOP, body: "Hello" }), await post("/texts", { from: "Ada", to: SHOP, body: "Hello" }), await post("/texts", { from: ADA, to: "+12125559999", body: "Hello" }),
      await post("/flush", {}), await post("/deliveries", { kind: "lost", times: 1 }), await post("/faults", { misbehaviour: { kind: "slow", waitMs: 10 } }), await post("/faults", { misbehaviour: { kind: "fire" } }),
      await post("/handsets", { handset: ADA, outcome: "landline" }), await post("/numbers", { number: SHOP, smsUrl: "" }), await post("/behave", {}), await post("/deliver-well", {}),
    ]).toEqual([204, 400, 400, 200, 204, 204, 400, 204, 204, 204, 204]);
    expect(await (await given.app.request(`/__sim/screen?handset=${encodeURIComponent(ADA)}`)).json()).toMatchObject({ lines: [{ body: "Hello" }] });
    for (const path of ["/texts", "/deliveries", "/calls"]) expect((await given.app.request(`/__sim${path}`)).status).toBe(200);
  });
});

describe("the phone", () => {
  const page = async (path: string) => await (await given.app.request(path)).text();
  const conversation = `/conversation?handset=${encodeURIComponent(ADA)}&number=${encodeURIComponent(SHOP)}`;
  const send = async (body: string, handset = ADA) => await given.app.request("/conversation", { method: "POST", body: new URLSearchParams({ handset, number: SHOP, body }).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });

  it("texts a shop, shows what it answers, and runs nothing of it", async () => {
    given.answer = () => new Response("<Response><Message>&lt;img src=x onerror=alert(1)&gt;</Message></Response>", { headers: { "content-type": "text/xml" } });
    const sent = await send("<script>alert(2)</script>");
    expect([sent.status, sent.headers.get("location")]).toEqual([303, conversation]);
    const shown = await page(conversation);
    expect(shown).not.toMatch(/<img|<script/);
    expect(shown).toContain("&lt;img src=x");
    expect(await page("/")).toContain("Harbour Coffee");
  });

  it("says plainly when Twilio itself blocked a message", async () => {
    await send("STOP");
    expect((await given.raw("POST", `/2010-04-01/Accounts/${AC}/Messages.json`, { To: ADA, From: SHOP, Body: "x" })).status).toBe(400);
    const shown = await page(conversation);
    expect(shown).toContain("Twilio itself now refuses every message");
    expect(shown).toContain("Twilio refused a message from the shop: this phone said STOP.");
    await send("START");
    expect(await page(conversation)).not.toContain("Twilio itself now refuses every message");
  });

  it("takes a number as people write it, and knows no shop that is none", async () => {
    const at = async (query: { readonly handset?: string; readonly other?: string; readonly number?: string }) => await given.app.request(`/conversation?${new URLSearchParams({ ...query }).toString()}`);
    expect(await (await at({ handset: ADA, other: "+1 (212) 555-0123", number: SHOP })).text()).toContain("+12125550123");
    for (const query of [{ handset: ADA, other: "home", number: SHOP }, { handset: ADA, number: "+12125559999" }, {}]) expect((await at(query)).status).toBe(404);
    expect((await send("Hello", "me")).status).toBe(404);
    expect(given.came).toEqual([]);
  });

  it("has Twilio's console beside it, where a shop says where texts to it go", async () => {
    const save = async (smsUrl: string) => await given.app.request("/numbers", { method: "POST", body: new URLSearchParams({ number: SHOP, smsUrl }).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } });
    expect((await save("https://daybook.example/hooks/texts/new")).status).toBe(303);
    expect(await page("/numbers")).toContain("https://daybook.example/hooks/texts/new");
    await save("nonsense");
    await send("Hello");
    expect(given.came[0]?.url).toBe("https://daybook.example/hooks/texts/new");
  });
});
