/** Content by a signed link: whole, in parts, not at all when nothing changed; noted once; under names that are only names. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBrowser, originOf } from "../../support/app";
import { auditOf } from "../../support/audit";
import { countedBindings } from "../../support/counting";
import { environmentOf } from "../../support/environment";
import { file, openHouse, READER, shardOf, TEXT, viewOf, type Filed, type House } from "./house";

let house: House;
let filed: Filed;
let url: string;

beforeAll(async () => {
  house = await openHouse();
});

beforeEach(async () => {
  house.queue.take();
  filed = await file(house, house.lantern);
  url = await house.sign(viewOf(house, filed));
});

const get = async (headers: Record<string, string> = {}, method = "GET", at = url) => await house.browser.api(method, at, { headers });
const range = async (value: string, more: Record<string, string> = {}) => {
  const answer = await get({ range: value, ...more });
  return [answer.status, answer.headers.get("content-range"), await answer.text()];
};
const uses = async () => {
  await house.work();
  return (await shardOf(house.env, filed.shop).prepare("SELECT act, purpose, person_id, place, device FROM document_use WHERE shop_id = ?1 AND document_id = ?2").bind(filed.shop.id, filed.id).all()).results;
};

describe("a link", () => {
  it("gives out the content with its type, its name, its length and how it may be kept", async () => {
    const answer = await get();
    expect([answer.status, await answer.text()]).toEqual([200, TEXT]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/plain; charset=utf-8", "content-disposition": 'inline; filename="report.txt"', "content-length": String(TEXT.length), etag: filed.etag,
      "accept-ranges": "bytes", "cache-control": "private, no-store", "x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-site",
      "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "referrer-policy": "no-referrer", vary: "Origin", "x-robots-tag": "noindex",
    });
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("tells HEAD the same, sends nothing and notes nothing", async () => {
    const [head, whole] = [await get({}, "HEAD"), await get({ "user-agent": "x" })];
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers));
    expect(await uses()).toHaveLength(1);
  });

  it("sends nothing of what the reader has, and notes nothing", async () => {
    for (const known of [filed.etag, `W/${filed.etag}`, `"other", ${filed.etag}`, "*"]) expect([known, (await get({ "if-none-match": known })).status]).toEqual([known, 304]);
    expect((await get({ "if-none-match": '"other"' })).status).toBe(200);
    expect(await uses()).toHaveLength(1);
  });

  it("lives for ten minutes", async () => {
    house.pass(599_999);
    expect((await get()).status).toBe(200);
    house.pass(1);
    expect((await get()).status).toBe(404);
  });

  it("may be read by a shop's page, and by no other", async () => {
    const told = async (origin: string) => (await get({ origin })).headers.get("access-control-allow-origin");
    expect(await told(originOf(house.harbour.slug))).toBe(originOf(house.harbour.slug));
    for (const origin of ["https://evil.example", originOf("auth"), originOf("files"), "http://localhost:8787", `https://${new URL(originOf("harbour")).host}`, "null", `${originOf("harbour")}.evil.example`, `${originOf("harbour")}/`]) {
      expect([origin, await told(origin)]).toEqual([origin, null]);
    }
    expect((await get({ origin: originOf("harbour") })).headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("a part", () => {
  it("is what was asked for, from the front, from the middle and from the end", async () => {
    const size = TEXT.length;
    expect(await range("bytes=0-7")).toEqual([206, `bytes 0-7/${size}`, "Serviced"]);
    expect(await range("bytes=9-10")).toEqual([206, `bytes 9-10/${size}`, "on"]);
    expect(await range("bytes=44-")).toEqual([206, `bytes 44-${size - 1}/${size}`, TEXT.slice(44)]);
    expect(await range("bytes=-6")).toEqual([206, `bytes ${size - 6}-${size - 1}/${size}`, TEXT.slice(-6)]);
    expect(await range("bytes=40-9999")).toEqual([206, `bytes 40-${size - 1}/${size}`, TEXT.slice(40)]);
    expect(await range("bytes=-9999")).toEqual([206, `bytes 0-${size - 1}/${size}`, TEXT]);
  });

  it("that cannot be is refused with the size, and what is no single part of bytes is the whole", async () => {
    for (const wrong of [`bytes=${TEXT.length}-`, "bytes=999-1000", "bytes=-0"]) expect((await range(wrong)).slice(0, 2)).toEqual([416, `bytes */${TEXT.length}`]);
    for (const other of ["bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes = 0-1", `bytes=${"9".repeat(40)}-`]) expect([other, await range(other)]).toEqual([other, [200, null, TEXT]]);
  });

  it("is given under the content's own mark alone: another one, or a date, brings the whole", async () => {
    expect((await range("bytes=0-7", { "if-range": filed.etag }))[0]).toBe(206);
    for (const other of ['"other"', `W/${filed.etag}`, "Tue, 14 Jul 2026 11:00:00 GMT"]) expect((await range("bytes=0-7", { "if-range": other }))[0]).toBe(200);
  });

  it("is no use of its own: all that one visitor fetches by one link is one", async () => {
    for (const part of ["bytes=0-7", "bytes=8-15", "bytes=16-"]) await range(part, { "user-agent": "Firefox/140 Windows", "cf-connecting-ip": "203.0.113.7" });
    expect(await uses()).toEqual([{ act: "downloaded", purpose: "view", person_id: READER, place: "", device: "Firefox on Windows" }]);
    await range("bytes=1-7", { "user-agent": "Chrome/140 Macintosh", "cf-connecting-ip": "203.0.113.7" });
    expect(await uses()).toHaveLength(2);
  });
});

describe("an empty document", () => {
  it("comes whole, and has no part", async () => {
    const empty = await house.sign(viewOf(house, await file(house, house.harbour, "")));
    const [whole, part] = [await get({}, "GET", empty), await get({ range: "bytes=0-0" }, "GET", empty)];
    expect([whole.status, whole.headers.get("content-length"), await whole.text(), part.status]).toEqual([200, "0", "", 416]);
  });
});

describe("a use", () => {
  it("is in the audit log once, with who, what and from where, however often the queue delivers it", async () => {
    await (await get({ "cf-connecting-ip": "203.0.113.7" })).text();
    const [message] = house.queue.take();
    if (message === undefined) throw new Error("nothing was noted");
    for (const _ of [1, 2, 3]) house.queue.put(message);
    await house.work();
    const lines = (await auditOf(filed.shop)).filter(({ subject }) => subject === `document:${filed.id}`);
    expect(lines).toEqual([{ action: "document.downloaded", actor: `person:${READER}`, subject: `document:${filed.id}`, before: null, after: { purpose: "view", share: null } }]);
    expect(await uses()).toHaveLength(1);
  });

  it("says nothing of a person on the queue", async () => {
    await get({ "cf-connecting-ip": "203.0.113.77", "user-agent": "Singular/9 Firefox/140" });
    const waiting = JSON.stringify(house.queue.take());
    expect(waiting).toContain("document-used");
    expect(waiting).not.toMatch(/203\.0\.113|Singular|Firefox|Service report|report\.txt/);
  });

  it("is noted before the first byte leaves: where it cannot be, nothing does", async () => {
    const broken = { sendBatch: () => Promise.reject(new Error("the queue is away")) };
    const browser = createBrowser(house.world, environmentOf({ SYNC_QUEUE: broken }));
    const answer = await browser.api("GET", url);
    expect([answer.status, (await answer.text()).includes("Serviced")]).toEqual([503, false]);
    expect(house.logs.at(-1)).toContain("document.use_not_noted");
  });

  it("is kept with the latest 200 of its document, and the audit log keeps every one", async () => {
    const insert = shardOf(house.env, filed.shop).prepare("INSERT INTO document_use (shop_id, document_id, at, id, purpose, act, place, device) VALUES (?1, ?2, ?3, ?4, 'view', 'downloaded', '', '')");
    await shardOf(house.env, filed.shop).batch(Array.from({ length: 200 }, (_, index) => insert.bind(filed.shop.id, filed.id, 1_000 + index, `use-${index}`)));
    await (await get()).text();
    expect(await uses()).toHaveLength(200);
    const oldest = await shardOf(house.env, filed.shop).prepare("SELECT min(at) AS at FROM document_use WHERE document_id = ?1").bind(filed.id).first<number>("at");
    expect(oldest).toBe(1_001);
  });
});

describe("a download", () => {
  it("costs one statement at the database, and no other round trip", async () => {
    const near = await file(house, house.harbour);
    const counted = countedBindings(house.env);
    const answer = await createBrowser(house.world, counted.env).api("GET", await house.sign(viewOf(house, near)));
    expect([answer.status, await answer.text()]).toEqual([200, TEXT]);
    expect([counted.cost.trips, counted.cost.statements]).toEqual([1, 1]);
    house.queue.take();
  });

  it("that is broken off leaves nothing open, and is noted all the same", async () => {
    const large = await file(house, house.lantern, new Uint8Array(3_000_000));
    const answer = await get({}, "GET", await house.sign(viewOf(house, large)));
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(house.queue.take()).toHaveLength(1);
  });

  it("of what was replaced or removed this very moment is refused like all else", async () => {
    await shardOf(house.env, filed.shop).prepare("UPDATE document SET object_key = shop_id || '/gone' WHERE id = ?1").bind(filed.id).run();
    expect((await get()).status).toBe(404);
    expect(house.queue.take()).toHaveLength(1);
  });
});

describe("a name", () => {
  const named = async (name: string, disposition: "inline" | "attachment" = "attachment") => {
    const document = await file(house, house.harbour, TEXT, { file_name: name });
    const answer = await get({}, "HEAD", await house.sign(viewOf(house, document, { disposition })));
    return answer.headers.get("content-disposition") ?? "";
  };

  it("comes out in any script, and in plain letters for old readers", async () => {
    expect(await named("invoice (2) it's.pdf")).toBe(`attachment; filename="invoice (2) it's.pdf"`);
    expect(await named("Reçu n°7.pdf")).toBe(`attachment; filename="Re_u n_7.pdf"; filename*=UTF-8''Re%C3%A7u%20n%C2%B07.pdf`);
    expect(await named("保証書.pdf", "inline")).toBe(`inline; filename="___.pdf"; filename*=UTF-8''%E4%BF%9D%E8%A8%BC%E6%9B%B8.pdf`);
    expect(await named("🧾(1).txt")).toBe(`attachment; filename="_(1).txt"; filename*=UTF-8''%F0%9F%A7%BE%281%29.txt`);
  });

  it.each([
    ['a".exe', "a_.exe"], ["a\r\nset-cookie: x=1.txt", "aset-cookie_ x=1.txt"], ["../../etc/passwd", ".._.._etc_passwd"], ["C:\\run.txt", "C__run.txt"], ["cod\u202Etxt.exe", "codtxt.exe"],
    ["a\u0000b.txt", "ab.txt"], ["100%25.txt", "100_25.txt"], ["a;b.txt", "a_b.txt"], ["\u202e", "document"], ["   ", "document"],
  ])("that is hostile is only a name: %j", async (name, plain) => {
    const header = await named(name);
    expect(header).toContain(`attachment; filename="${plain}"`);
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(header.match(/"/g)).toHaveLength(2);
  });

  it("that is as long as the table takes still fits a header", async () => {
    expect((await named(`${"🧾".repeat(78)}.txt`)).length).toBeLessThan(2_000);
  });
});

describe("content that looks like a page", () => {
  const PAGE = "<!doctype html><script>alert(document.domain)</script>";

  it.each([["text/plain", "text/plain; charset=utf-8"], ["text/csv", "text/csv; charset=utf-8"], ["image/png", "image/png"], ["application/pdf", "application/pdf"]])("is never one: as %s it is sent as what it was filed as", async (type, sent) => {
    const document = await file(house, house.harbour, PAGE, { media_type: type, file_name: "page.html" });
    const { headers } = await get({ accept: "text/html" }, "GET", await house.sign(viewOf(house, document)));
    expect([headers.get("content-type"), headers.get("x-content-type-options")]).toEqual([sent, "nosniff"]);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|allow-scripts/);
    // Safari shows no PDF in a sandbox: it is the one thing without.
    expect(policy.startsWith("sandbox;")).toBe(type !== "application/pdf");
  });

  it("is in a sandbox, paper too, when it is to be saved", async () => {
    const paper = await file(house, house.harbour, "%PDF-1.7", { media_type: "application/pdf", file_name: "a.pdf" });
    const answer = await get({}, "GET", await house.sign(viewOf(house, paper, { disposition: "attachment" })));
    expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox;/);
  });
});
