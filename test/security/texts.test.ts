/** The door for texts against whoever is not Twilio: one and the same refusal for all, nothing changed, a line in the log. */
import { describe, expect, it } from "vitest";
import { barredAmong } from "../../src/features/consent/service";
import { removeLine } from "../../src/features/text-line/set-up";
import { DAY } from "../../src/kernel/clock";
import { ADA, formOf, newSid, openStreet, openTextingShop, rowsOf, signedBy, taken, type Fields, type Street, LINE } from "../features/inbound/phone";
import { must } from "../support/people";
import { OTHER_TEXT_ACCOUNT, OTHER_TEXT_NUMBER, TEXT_ACCOUNT } from "../support/texting";

const HOST = "https://daybook.example";
const arrivedAt = ({ line }: Pick<Street, "line">) => `${HOST}/hooks/texts/${line.hookId}`;
const STATUS: Fields = { MessageSid: newSid(), AccountSid: TEXT_ACCOUNT.accountSid, MessageStatus: "delivered", SmsStatus: "delivered", To: ADA, From: LINE.number, ApiVersion: "2010-04-01" };

const bodyOf = async (request: Request): Promise<string> => new TextDecoder().decode(await request.clone().arrayBuffer());

/** The same request with another part. */
async function changed(request: Request, { url = request.url, headers = {}, body, method = "POST" }: { url?: string; headers?: Fields; body?: BodyInit; method?: string }): Promise<Request> {
  const sent = new Headers(request.headers);
  for (const [name, value] of Object.entries(headers)) sent.set(name, value);
  return new Request(url, { method, headers: sent, body: body ?? await bodyOf(request) });
}

const without = (request: Request, header: string): Request => {
  const headers = new Headers(request.headers);
  headers.delete(header);
  return new Request(request, { headers });
};

async function gzipped(text: string): Promise<ArrayBuffer> {
  return await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}

async function signedJson(url: string, value: unknown, { hashed = JSON.stringify(value), token = TEXT_ACCOUNT.authToken } = {}): Promise<Request> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(hashed)));
  const full = `${url}?bodySHA256=${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  const signature = (await signedBy(full, {}, token)).headers.get("x-twilio-signature") ?? "";
  return new Request(full, { method: "POST", headers: { "content-type": "application/json", "x-twilio-signature": signature }, body: JSON.stringify(value) });
}

/** Each makes a request that must not be heard. A STOP, so that it would be seen at once if it were. */
const FORGED: Readonly<Record<string, (street: Street) => Promise<Request>>> = {
  "an address that nobody has": async () => await signedBy(`${HOST}/hooks/texts/${"a".repeat(26)}`, formOf({ Body: "STOP" })),
  "an address of no shape": async () => await signedBy(`${HOST}/hooks/texts/..%2f..%2fadmin`, formOf({ Body: "STOP" })),
  "an address in capitals": async ({ line }) => await signedBy(`${HOST}/hooks/texts/${line.hookId.toUpperCase()}`, formOf({ Body: "STOP" })),
  "no signature": async (street) => without(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), "x-twilio-signature"),
  "an empty signature": async (street) => await changed(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), { headers: { "x-twilio-signature": "" } }),
  "no base64": async (street) => await changed(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), { headers: { "x-twilio-signature": "%%%" } }),
  "two signatures": async (street) => {
    const request = await signedBy(arrivedAt(street), formOf({ Body: "STOP" }));
    return await changed(request, { headers: { "x-twilio-signature": `${request.headers.get("x-twilio-signature") ?? ""}, ${request.headers.get("x-twilio-signature") ?? ""}` } });
  },
  "another shop's token": async (street) => await signedBy(arrivedAt(street), formOf({ Body: "STOP" }), OTHER_TEXT_ACCOUNT.authToken),
  "an empty token": async (street) => await signedBy(arrivedAt(street), formOf({ Body: "STOP" }), "\u0000"),
  "other words than were signed": async (street) => {
    const request = await signedBy(arrivedAt(street), formOf({ Body: "hello" }));
    return await changed(request, { body: (await bodyOf(request)).replace("Body=hello", "Body=STOP") });
  },
  "a field more than was signed": async (street) => {
    const request = await signedBy(arrivedAt(street), formOf());
    return await changed(request, { body: `${await bodyOf(request)}&OptOutType=STOP` });
  },
  "a field that moved into its neighbour": async (street) => {
    const fields = formOf({ Body: "hello" });
    const request = await signedBy(arrivedAt(street), { ...fields, Body: "helloFrom+12125550199" });
    return await changed(request, { body: new URLSearchParams({ ...fields, Body: "hello", From: "+12125550199" }).toString() });
  },
  "a signature for the address of states": async (street) => await changed(await signedBy(`${arrivedAt(street)}/status`, formOf({ Body: "STOP" })), { url: arrivedAt(street) }),
  "a signature for http": async (street) => await changed(await signedBy(arrivedAt(street).replace("https", "http"), formOf({ Body: "STOP" })), { url: arrivedAt(street) }),
  "a signature for another host": async (street) => await changed(await signedBy(arrivedAt(street).replace("daybook.example", "evil.example"), formOf({ Body: "STOP" })), { url: arrivedAt(street) }),
  "a signature for another port": async (street) => await changed(await signedBy(arrivedAt(street).replace(".example", ".example:8443"), formOf({ Body: "STOP" })), { url: arrivedAt(street) }),
  "a signature for a longer path": async (street) => await changed(await signedBy(`${arrivedAt(street)}/`, formOf({ Body: "STOP" })), { url: arrivedAt(street) }),
  "a signature for a query": async (street) => await signedBy(`${arrivedAt(street)}?x=1`, formOf({ Body: "STOP" })),
  "another account, rightly signed": async (street) => await signedBy(arrivedAt(street), formOf({ Body: "STOP", AccountSid: OTHER_TEXT_ACCOUNT.accountSid })),
  "another account's state, rightly signed": async (street) => await signedBy(`${arrivedAt(street)}/status`, { ...STATUS, AccountSid: OTHER_TEXT_ACCOUNT.accountSid }),
  "another number, rightly signed": async (street) => await signedBy(arrivedAt(street), formOf({ Body: "STOP", To: OTHER_TEXT_NUMBER })),
  "a body that was compressed on the way": async (street) => {
    const request = await signedBy(arrivedAt(street), formOf({ Body: "STOP" }));
    return await changed(request, { headers: { "content-encoding": "gzip" }, body: await gzipped(await bodyOf(request)) });
  },
  "a body that says to be compressed and is not": async (street) => await changed(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), { headers: { "content-encoding": "gzip" } }),
  "a mark before the body": async (street) => {
    const request = await signedBy(arrivedAt(street), formOf({ Body: "STOP" }));
    return await changed(request, { body: `\uFEFF${await bodyOf(request)}` });
  },
  "a body in another encoding": async (street) => await changed(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), { body: new Uint8Array([0x42, 0x6f, 0x64, 0x79, 0x3d, 0xe9]) }),
  "a body with a line break more": async (street) => {
    const request = await signedBy(arrivedAt(street), formOf({ Body: "STOP" }));
    return await changed(request, { body: `${await bodyOf(request)}\r\n` });
  },
  "no body": async (street) => await changed(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), { body: "" }),
  "a body that is too large": async (street) => await signedBy(arrivedAt(street), formOf({ Body: "STOP ".repeat(20_000) })),
  "another type": async (street) => await changed(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), { headers: { "content-type": "text/plain" } }),
  "JSON by another token": async (street) => await signedJson(arrivedAt(street), formOf({ Body: "STOP" }), { token: OTHER_TEXT_ACCOUNT.authToken }),
  "JSON that is not what was hashed": async (street) => await signedJson(arrivedAt(street), formOf({ Body: "STOP" }), { hashed: JSON.stringify(formOf()) }),
  "JSON without a hash": async (street) => await changed(await signedBy(arrivedAt(street), {}), { headers: { "content-type": "application/json" }, body: JSON.stringify(formOf({ Body: "STOP" })) }),
};

describe("what Twilio did not send", () => {
  it("is refused with 403 and nothing else, changes nothing, and leaves a line in the log", async () => {
    const street = await openStreet();
    const before = await rowsOf(street);
    const answers: string[] = [];
    for (const [name, forge] of Object.entries(FORGED)) {
      const lines = street.world.lines.length;
      const answer = await street.app.fetch(await forge(street), street.env);
      expect([name, answer.status, await answer.text()]).toEqual([name, 403, ""]);
      answers.push(JSON.stringify([...answer.headers]));
      const said = street.world.lines.slice(lines);
      expect([name, said.filter((line) => line.includes("text.refused"))]).toEqual([name, [expect.any(String)]]);
      expect([name, said.some((line) => line.includes("2125550101") || line.includes("STOP"))]).toEqual([name, false]);
      expect([name, await rowsOf(street) === before, street.queue.waiting()]).toEqual([name, true, []]);
    }
    expect(new Set(answers).size).toBe(1);
    expect(await barredAmong(street.ledger, [{ address: { channel: "text", value: ADA }, others: [] }])).toEqual([null]);
  }, 60_000);

  it("is refused once the number was removed, though Twilio signs it", async () => {
    const street = await openStreet();
    must(await removeLine(street.desk, 1));
    const answer = await street.app.fetch(await signedBy(arrivedAt(street), formOf({ Body: "STOP" })), street.env);
    expect([answer.status, await answer.text(), street.queue.waiting()]).toEqual([403, "", []]);
  });

  it("is asked for by POST, on the public host, and nowhere else", async () => {
    const street = await openStreet();
    const ask = async (method: string, url: string) => (await street.app.fetch(new Request(url, { method }), street.env)).status;
    expect(await ask("GET", arrivedAt(street))).toBe(404);
    for (const label of ["auth", "files", street.desk.visit.shop.slug]) {
      const request = await signedBy(arrivedAt(street), formOf({ Body: "STOP" }));
      const moved = await changed(request, { url: arrivedAt(street).replace("daybook.example", `${label}.daybook.example`) });
      expect([400, 403, 404, 415]).toContain((await street.app.fetch(moved, street.env)).status);
    }
    expect(street.queue.waiting()).toEqual([]);
  });
});

describe("what Twilio sent", () => {
  it("is heard whatever two proxies say of where it came: only the configured address counts", async () => {
    const street = await openStreet();
    const said = { "x-forwarded-proto": "http", "x-forwarded-host": "evil.example:8080", "x-forwarded-port": "80", "x-original-url": "/elsewhere", "x-forwarded-prefix": "/proxy", "forwarded": "host=evil.example;proto=http" };
    const request = await changed(await signedBy(arrivedAt(street), formOf()), { headers: said });
    const answer = await street.app.fetch(request, street.env);
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([200, "text/xml; charset=utf-8", `<?xml version="1.0" encoding="UTF-8"?><Response/>`]);
  });

  it("is heard in any order of its fields, with fields that nobody knows yet, as JSON, and at either address", async () => {
    const street = await openStreet();
    const fields = formOf({ NewThing: "ünï & cøde = +%", Body: "Grüße, 你好 👋" });
    const reordered = await changed(await signedBy(arrivedAt(street), fields), { body: new URLSearchParams(Object.entries(fields).toReversed().map(([name, value]): [string, string] => [name, value])).toString() });
    const requests = [reordered, await signedJson(arrivedAt(street), formOf()), await signedBy(`${arrivedAt(street)}/status`, STATUS), await signedBy(arrivedAt(street), { ...STATUS, MessageStatus: "sent" })];
    for (const request of requests) expect((await street.app.fetch(request, street.env)).status).toBe(200);
    expect(street.queue.waiting()).toHaveLength(4);
    await street.work();
    expect(street.world.lines.filter((line) => line.includes("malformed") || line.includes("threw"))).toEqual([]);
    expect(await rowsOf(street)).toContain("Grüße, 你好 👋");
  });

  it("of a kind that nobody knows is answered, and comes to nothing", async () => {
    const street = await openStreet();
    const answer = await street.app.fetch(await signedBy(arrivedAt(street), { AccountSid: TEXT_ACCOUNT.accountSid, EventType: "onWave" }), street.env);
    expect([answer.status, street.queue.waiting()]).toEqual([200, []]);
  });

  it("with words that are hostile is kept as it is, and harms nothing", async () => {
    const street = await openStreet();
    for (const body of ["=HYPERLINK(\"https://evil.example\")", "</Response><Message>hi</Message>", "\u202Eevil\u0000\u0007", "\uD83D", "'; DROP TABLE message; --", "x".repeat(12_000)]) {
      expect((await street.app.fetch(await signedBy(arrivedAt(street), formOf({ Body: body })), street.env)).status).toBe(200);
    }
    await street.work();
    expect(street.queue.dead()).toEqual([]);
    expect(street.world.lines.filter((line) => line.includes("threw"))).toEqual([]);
    const { results } = await street.env.SHARD_0.prepare("SELECT id FROM message WHERE shop_id = ?1").bind(street.desk.visit.shop.id).all();
    expect(results).toHaveLength(6);
  });

  it("from a sender who can be no handset is taken and says nothing for anybody", async () => {
    const street = await openStreet();
    for (const From of ["12345", "HARBOUR", "whatsapp:+12125550101", "+1"]) await street.app.fetch(await signedBy(arrivedAt(street), formOf({ From, Body: "STOP" })), street.env);
    await street.work();
    const { results } = await street.env.SHARD_0.prepare("SELECT id FROM contact WHERE shop_id = ?1").bind(street.desk.visit.shop.id).all();
    expect([results, taken(street)]).toEqual([[], []]);
  });
});

describe("a replay", () => {
  const tell = async (street: Street, fields: Fields) => (await street.app.fetch(await signedBy(arrivedAt(street), fields), street.env)).status;

  it("days later is answered and changes nothing, whatever it said", async () => {
    const street = await openStreet();
    const { texting } = street.world;
    texting.listen(async () => new Response("", { status: 200 }));
    const sent = ["Is it ready?", "please stop texting me", "START", "HELP", "wrong number"].map((body) => {
      street.world.pass(2_000);
      return formOf({ Body: body, MessageSid: texting.control.text({ from: ADA, to: LINE.number, body }) });
    });
    for (const fields of sent) {
      await tell(street, fields);
      await street.work();
    }
    const [before, reached] = [await rowsOf(street), taken(street)];
    for (const days of [3, 30]) {
      street.world.pass(days * DAY);
      for (const fields of sent) expect(await tell(street, fields)).toBe(200);
      await street.work();
    }
    expect([await rowsOf(street) === before, taken(street)]).toEqual([true, reached]);
  });

  it("of a stop that was lifted bars nobody anew, and sends no second confirmation", async () => {
    const street = await openStreet();
    street.world.texting.listen(async () => new Response("", { status: 200 }));
    const told = ["stop texting me", "START"].map((body) => {
      street.world.pass(2_000);
      return formOf({ Body: body, MessageSid: street.world.texting.control.text({ from: ADA, to: LINE.number, body }) });
    });
    for (const fields of [...told, ...told]) {
      await tell(street, fields);
      await street.work();
    }
    expect(await barredAmong(street.ledger, [{ address: { channel: "text", value: ADA }, others: [] }])).toEqual([null]);
    expect(taken(street).filter((body) => body.includes("unsubscribed"))).toHaveLength(1);
  });

  it("with other words under the same id is nobody's: the first words stand, and an alarm is in the log", async () => {
    const street = await openStreet();
    const first = formOf({ Body: "Is it ready?" });
    await tell(street, first);
    await street.work();
    const before = await rowsOf(street);
    const others: readonly Fields[] = [{ Body: "STOP" }, { From: "+12125550199" }, { Body: "STOP", OptOutType: "STOP" }];
    for (const changes of others) expect(await tell(street, { ...first, ...changes })).toBe(200);
    await street.work();
    expect(await rowsOf(street)).toBe(before);
    expect(street.world.lines.filter((line) => line.includes("text.conflicts") && line.includes("\"error\"")).length).toBeGreaterThanOrEqual(3);
    expect(await barredAmong(street.ledger, [{ address: { channel: "text", value: ADA }, others: [] }])).toEqual([null]);
  });
});

describe("two shops", () => {
  it("do not hear each other: a stop at one is none at the other, and neither's token opens the other's door", async () => {
    const street = await openStreet();
    const other = await openTextingShop(street, { ...LINE, account: { kind: "own", sid: OTHER_TEXT_ACCOUNT.accountSid, credentials: { authToken: OTHER_TEXT_ACCOUNT.authToken, apiKey: null } }, number: OTHER_TEXT_NUMBER });
    const theirs = formOf({ Body: "STOP", To: OTHER_TEXT_NUMBER, AccountSid: OTHER_TEXT_ACCOUNT.accountSid });
    const before = await rowsOf(street);
    expect((await street.app.fetch(await signedBy(arrivedAt(other), theirs, OTHER_TEXT_ACCOUNT.authToken), street.env)).status).toBe(200);
    await street.work();
    for (const [url, fields, token] of [
      [arrivedAt(street), theirs, OTHER_TEXT_ACCOUNT.authToken], [arrivedAt(street), theirs, TEXT_ACCOUNT.authToken], [arrivedAt(other), formOf({ Body: "STOP" }), TEXT_ACCOUNT.authToken],
    ] as const) expect((await street.app.fetch(await signedBy(url, fields, token), street.env)).status).toBe(403);
    await street.work();
    const person = { address: { channel: "text", value: ADA } as const, others: [] };
    expect(await rowsOf(street)).toBe(before);
    expect([await barredAmong(street.ledger, [person]), (await barredAmong(other.ledger, [person]))[0]?.kind]).toEqual([[null], "opted_out"]);
  });
});
