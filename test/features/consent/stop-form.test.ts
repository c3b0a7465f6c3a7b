/** The public form of a shop: whoever types a number or an address stops messages there, and learns nothing else. */
import { beforeEach, describe, expect, it } from "vitest";
import { knownOrNew } from "../../../src/features/contacts/service";
import type { Address } from "../../../src/features/consent/service";
import { auditOf } from "../../support/audit";
import { ADA, linesOf, openMailbox, type Mailbox, type Sender } from "./mailbox";

const PHONE: Address = { channel: "text", value: "+12125550142" };

let box: Mailbox;
let shop: Sender;
const formOf = ({ shop: { slug } }: Sender) => `http://${slug}.${box.config.domain}/stop`;
const type = async (text: string, headers: Readonly<Record<string, string>> = {}, sender = shop) => (
  await box.press(formOf(sender), new URLSearchParams({ address: text }).toString(), headers)
);

beforeEach(async () => {
  box = await openMailbox();
  shop = box.harbour;
});

describe("the form", () => {
  it("is a page without scripts or cookies, and looking at it changes nothing", async () => {
    for (const method of ["GET", "HEAD"]) {
      const answer = await box.ask(formOf(shop), { method });
      expect([answer.status, answer.headers.get("set-cookie"), answer.headers.get("cache-control")]).toEqual([200, null, "no-store"]);
      if (method === "GET") expect(await answer.text()).toMatch(/^(?![\s\S]*<script)[\s\S]*The harbour-[\s\S]*<form method="post">[\s\S]*name="address"/);
    }
    expect(await linesOf(box, shop)).toEqual([]);
  });

  it.each([
    ["(212) 555-0142", PHONE], ["+1 212 555 0142", PHONE], ["212.555.0142", PHONE], ["２１２ ５５５ ０１４２", PHONE],
    [" Ada@Example.com ", ADA], ["ada@example.com", ADA], ["+44 20 7946 0958", { channel: "text", value: "+442079460958" }],
  ] as const)("stops messages to %s at once", async (text, address) => {
    const answer = await type(text);
    expect([answer.status, answer.headers.get("set-cookie"), await box.isBarred(shop, address)]).toEqual([200, null, true]);
    expect(await linesOf(box, shop)).toMatchObject([{ act: "opted_out", source: "web_form", channel: address.channel, address: address.value, words: "Said on the shop's own page." }]);
    expect((await auditOf(shop.shop)).map(({ action, actor }) => [action, actor])).toEqual([["consent.opted_out", "stranger"]]);
    expect(await box.isBarred(box.lantern, address)).toBe(false);
  });

  it("says the same to the byte, whether the shop knows the address, has never heard of it, or has stopped already", async () => {
    await knownOrNew(shop.desk, ADA);
    const texts = await Promise.all([ADA.value, "nobody@example.com", ADA.value].map(async (text) => {
      const answer = await type(text);
      return JSON.stringify([answer.status, Object.fromEntries(answer.headers), await answer.text()]);
    }));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).not.toMatch(/ada@|nobody@/);
  });

  it("leaves one line however often it is sent, fifty times at once included", async () => {
    await Promise.all(Array.from({ length: 50 }, async () => await type(ADA.value)));
    expect([await linesOf(box, shop), await auditOf(shop.shop)]).toMatchObject([{ length: 1 }, { length: 1 }]);
  });

  it("may come from any page and mail program: it can do nothing but stop messages to what was typed", async () => {
    const senders: readonly Readonly<Record<string, string>>[] = [{ origin: "https://evil.example", "sec-fetch-site": "cross-site" }, { origin: "null" }, { "content-type": "text/plain" }];
    for (const headers of senders) {
      expect((await type(PHONE.value, headers)).status).toBe(200);
    }
    expect([await box.isBarred(shop, PHONE), await linesOf(box, shop)]).toMatchObject([true, { length: 1 }]);
  });
});

describe("what is no number and no address", () => {
  it.each(["", " ", "555", "ada@", "@", "ada at example.com", "call me", "+999 1", "<script>alert(1)</script>", "\u0000", "a".repeat(300), "1".repeat(300), "'; DROP TABLE consent; --", "ada@example.com, bob@example.com", "ada@example.com\r\nBcc: bob@example.com"])("%j is said to be none, and changes nothing", async (text) => {
    const answer = await type(text);
    const page = await answer.text();
    expect([answer.status, page.includes('class="problem"'), /<script|[^\P{Cc}\n]/u.test(page)]).toEqual([400, true, false]);
    expect([await linesOf(box, shop), await auditOf(shop.shop)]).toEqual([[], []]);
  });

  it("nor is a body that is too large, no form, or empty", async () => {
    for (const body of [`address=${"a".repeat(5_000)}@example.com`, "{\"address\":\"ada@example.com\"}", "", "address[]=ada@example.com", "ADDRESS=ada@example.com"]) {
      expect([body.slice(0, 20), (await box.press(formOf(shop), body)).status]).toEqual([body.slice(0, 20), 400]);
    }
    expect(await linesOf(box, shop)).toEqual([]);
  });

  it("typed without end is stopped, by where it comes from and by what is typed", async () => {
    const from = async (text: string, address: string) => (await type(text, { "cf-connecting-ip": address })).status;
    const one = await Promise.all(Array.from({ length: 31 }, async (_, index) => await from(`p${index}@example.com`, "192.0.2.1")));
    expect(one.filter((status) => status === 429)).toHaveLength(1);
    const many = await Promise.all(Array.from({ length: 11 }, async (_, index) => await from(ADA.value, `198.51.100.${index}`)));
    expect(many.filter((status) => status === 429)).toHaveLength(1);
    const refused = await type(ADA.value, { "cf-connecting-ip": "198.51.100.99" });
    expect([refused.status, Number(refused.headers.get("retry-after")) > 0, await refused.text()]).toEqual([429, true, expect.stringContaining("answer STOP to a text")]);
  });
});

describe("the form's place", () => {
  it("is an open shop's own host and nowhere else, and nothing else there is open to everybody", async () => {
    const { domain } = box.config;
    const asked = async (url: string, init: RequestInit = {}) => (await box.ask(url, init)).status;
    for (const label of ["nobodys-shop", "hq-chain", "files"]) for (const method of ["GET", "POST"]) {
      expect([label, method, [403, 404].includes(await asked(`http://${label}.${domain}/stop`, { method }))]).toEqual([label, method, true]);
    }
    expect([403, 404]).toContain(await asked(`http://${domain}/stop`, { method: "POST" }));
    for (const path of ["/stop/", "/stop/x", "/stopped", "/api/stop", "/api/contacts"]) expect([path, [403, 404].includes(await asked(`${new URL(formOf(shop)).origin}${path}`, { method: "POST", headers: { origin: "https://evil.example" } }))]).toEqual([path, true]);
    for (const method of ["PUT", "PATCH", "DELETE"]) expect([method, [403, 404].includes(await asked(formOf(shop), { method }))]).toEqual([method, true]);
    await box.env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE id = ?1").bind(shop.shop.id).run();
    expect([await asked(formOf(shop)), await asked(formOf(shop), { method: "POST", body: new URLSearchParams({ address: ADA.value }) })]).toEqual([404, 404]);
  });
});
