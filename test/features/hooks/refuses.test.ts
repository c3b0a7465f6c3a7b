/** The door for providers: nothing is believed that is not signed over its very bytes, and nothing genuine breaks it. */
import { describe, expect, it } from "vitest";
import { readQuickBooksHook } from "../../../src/providers/quickbooks/webhook";
import { readSquareHook } from "../../../src/providers/square/webhook";
import { createApp } from "../../../src/app";
import { NOW } from "../../support/given";
import { CLIENTS, DOMAIN } from "../../support/providers";
import { entityChanged, givenClaimed, paymentEvent, send } from "./senders";

const LONG_AGO = NOW - 40 * 3_600_000;

async function givenEvent() {
  const { given, shop } = await givenClaimed();
  return { given, shop, body: paymentEvent(shop.merchant.merchantId, shop.locations[0].externalId, LONG_AGO) };
}

describe("a message that its provider did not send", () => {
  it.each([["no signature", ""], ["no base64", "%%%"], ["another's", btoa("x".repeat(32))], ["a short one", btoa("x")]])("with %s is refused with 401, says nothing, and leaves nothing", async (_, signature) => {
    const { given, shop, body } = await givenEvent();
    for (const [provider, sent] of [["square", body], ["quickbooks", entityChanged(shop.merchant.realm, "1", "Delete")]] as const) {
      const answer = await send(given, provider, { body: sent, signature });
      expect([answer.status, await answer.text()]).toEqual([401, ""]);
    }
    expect(given.queue.waiting()).toEqual([]);
    expect(given.logs.filter((line) => line.includes("hook.refused"))).toHaveLength(2);
  });

  it("signed with another key, for another address or over other bytes is refused", async () => {
    const { given, body } = await givenEvent();
    const statuses = await Promise.all([
      send(given, "square", { body, key: CLIENTS.QUICKBOOKS_WEBHOOK_TOKEN }),
      send(given, "square", { body, url: `https://${DOMAIN}/hooks/square/` }),
      send(given, "square", { body, url: `http://${DOMAIN}/hooks/square` }),
      send(given, "square", { text: `${JSON.stringify(body)} `, signature: "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=" }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it("signed by one provider is not taken for another's", async () => {
    const { given, body } = await givenEvent();
    const answer = await createApp(given.world).fetch(new Request(`https://${DOMAIN}/hooks/quickbooks`, { method: "POST", headers: { "x-square-hmacsha256-signature": "x" }, body: JSON.stringify(body) }), given.env);
    expect(answer.status).toBe(401);
  });
});

describe("a genuine message", () => {
  it("of a shape that nobody knows is taken, and comes to nothing", async () => {
    const { given, shop } = await givenEvent();
    const texts = ["", "null", "[]", "{}", "{", "\"text\"", "[{}]", "{\"merchant_id\":1}", "\u0000", JSON.stringify({ merchant_id: shop.merchant.merchantId, type: "payment.updated", data: { object: { payment: { location_id: 1, created_at: "yesterday" } } } })];
    for (const text of texts) {
      for (const provider of ["square", "quickbooks"]) expect((await send(given, provider, { text })).status, text).toBe(200);
    }
    expect(given.queue.waiting()).toEqual([]);
  });

  it("of a kind that is of no interest is taken, and comes to nothing", async () => {
    const { given, body } = await givenEvent();
    for (const type of ["catalog.version.updated", "customer.created", "webhooks.test_notification", "__proto__"]) await send(given, "square", { body: { ...body, type } });
    expect(given.queue.waiting()).toEqual([]);
  });

  it("that is larger than any is refused before it is looked at", async () => {
    const { given } = await givenEvent();
    expect((await send(given, "square", { text: `"${"x".repeat(262_144)}"` })).status).toBe(413);
  });

  it("with a thousand changes is put on the queue in parts that its schema takes", async () => {
    const { given, shop } = await givenEvent();
    const entities = Array.from({ length: 1_000 }, (_, index) => ({ name: "JournalEntry", id: String(index), operation: "Update", lastUpdated: "2026-07-15T13:00:00Z" }));
    expect((await send(given, "quickbooks", { body: { eventNotifications: [{ realmId: shop.merchant.realm, dataChangeEvent: { entities } }] } })).status).toBe(200);
    expect(given.queue.waiting().length).toBeGreaterThan(10);
    await given.drain();
    expect(given.logs.filter((line) => line.includes("queue.malformed") || line.includes("queue.threw"))).toEqual([]);
  });

  it("is answered with an error when the queue is away, so that it is sent again", async () => {
    const { given, body } = await givenEvent();
    const env = { ...given.env, SYNC_QUEUE: { sendBatch: async () => await Promise.reject(new Error("the queue is away")) } as unknown as Queue };
    expect((await send({ ...given, env }, "square", { body })).status).toBe(500);
  });

  it("is asked for by POST, at a provider's own address on the public host, and nowhere else", async () => {
    const { given, shop } = await givenEvent();
    const ask = async (method: string, url: string) => (await createApp(given.world).fetch(new Request(url, { method }), given.env)).status;
    expect(await ask("GET", `https://${DOMAIN}/hooks/square`)).toBe(404);
    expect(await ask("POST", `https://${DOMAIN}/hooks/nobody`)).toBe(404);
    expect(await ask("POST", `https://${DOMAIN}/hooks/__proto__`)).toBe(404);
    expect([403, 404]).toContain(await ask("POST", `https://auth.${DOMAIN}/hooks/square`));
    expect([403, 404]).toContain(await ask("POST", `https://harbour-${shop.shopId.slice(0, 10)}.${DOMAIN}/hooks/square`));
  });
});

type Vector = { readonly provider: string; readonly key: string; readonly body?: string; readonly url?: string; readonly computed: string };

describe("published signatures", async () => {
  const answer = await fetch("https://shared.test/specs/signature_vectors.json");
  const vectors = answer.ok ? ((await answer.json()) as readonly Vector[]) : [];
  const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));

  it.skipIf(!answer.ok).each([["square", "x-square-hmacsha256-signature", readSquareHook, 3], ["intuit", "intuit-signature", readQuickBooksHook, 1]] as const)(
    "of %s are taken, and with any byte changed are not", async (provider, header, read, count) => {
      const own = vectors.filter((vector) => vector.provider === provider);
      expect(own).toHaveLength(count);
      for (const { key, body = "", url = "", computed } of own) {
        const message = { headers: new Headers({ [header]: computed }), body: bytes(body), url };
        expect(await read(message, key)).toEqual([]);
        expect(await read({ ...message, body: bytes(`${body} `) }, key)).toBeNull();
        expect(await read(message, `${key}x`)).toBeNull();
        expect(await read({ ...message, headers: new Headers() }, key)).toBeNull();
      }
    },
  );
});
