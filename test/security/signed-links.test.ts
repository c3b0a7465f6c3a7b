/**
 * Every way to spoil a signed link, and that all of them end alike: the same status, headers and bytes as nonsense, after the
 * same work (attacks 49 to 53; reference section 1.13).
 */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { LINK_LIVES_MS, signLink, type Link } from "../../src/http/signed-link";
import { newId, type DocumentId, type PersonId, type ShareId } from "../../src/kernel/ids";
import { SECOND, systemRandom } from "../../src/kernel/clock";
import { readConfig, type Bindings } from "../../src/platform/env";
import { createBrowser, originOf } from "../support/app";
import { environmentOf } from "../support/environment";
import { file, openHouse, shardOf, TEXT, viewOf, type Filed, type House } from "../features/shares/house";

const KEYS = { k1: btoa("m".repeat(32)), k2: btoa("n".repeat(32)) };

let house: House;
let filed: Filed;
let other: Filed;
let page: Link;
/** What nonsense is answered with. */
let nothing: string;

const newShare = async ({ shop, id }: Filed, expiresAt: number): Promise<ShareId> => {
  const share = newId<ShareId>(systemRandom);
  await shardOf(house.env, shop).prepare(`INSERT INTO share (shop_id, document_id, id, version, recipient, disposition, is_once, passphrase_hash, created_by, created_at, expires_at, taken_count)
    VALUES (?1, ?2, ?3, 1, 'Rosa', 'attachment', 0, NULL, ?4, ?5, ?6, 0)`).bind(shop.id, id, share, "p".repeat(26), house.clock(), expiresAt).run();
  return share;
};
const pageOf = ({ shop, id }: Filed, share: ShareId, expiresAt: number): Link => ({ kind: "share_page", shard: shop.shard, shopId: shop.id, documentId: id, version: 1, share, expiresAt });

beforeAll(async () => {
  house = await openHouse();
  filed = await file(house, house.lantern);
  other = await file(house, house.harbour);
  const expiresAt = house.clock() + 7 * 86_400_000;
  page = pageOf(filed, await newShare(filed, expiresAt), expiresAt);
  nothing = await seen(`${originOf("files")}/nonsense`);
});

type Asking = { readonly method?: string; readonly env?: Bindings; readonly headers?: Readonly<Record<string, string>> };

/** All of an answer that somebody sees. */
async function seen(url: string, { method = "GET", env = house.env, headers = {} }: Asking = {}): Promise<string> {
  const answer = await createBrowser(house.world, env).api(method, url, { headers });
  return JSON.stringify([answer.status, Object.fromEntries(answer.headers), method === "HEAD" ? "" : await answer.text()]);
}

const good = async (changes: Parameters<typeof viewOf>[2] = {}) => await house.sign(viewOf(house, filed, changes));

/** A genuine address with one part changed, unsigned. */
function spoilt(url: string): readonly string[] {
  const [path = "", query = ""] = url.slice(originOf("files").length).split("?");
  const parameters = query.split("&");
  const signature = parameters.at(-1)?.split("=")[1] ?? "";
  const segments = path.split("/");
  const at = (rest: string) => `${originOf("files")}${rest}`;
  const withParameter = (index: number, text: string) => at(`${path}?${parameters.toSpliced(index, 1, text).join("&")}`);
  const changedParameters = parameters.flatMap((parameter, index) => {
    const [name = "", value = ""] = parameter.split("=");
    const letter = value.at(-1) ?? "";
    return [
      withParameter(index, `${name}=`), withParameter(index, name), withParameter(index, `${name}=${value}x`), withParameter(index, `${name}=${value.slice(0, -1)}`), withParameter(index, `${name}=0`),
      withParameter(index, `${name}=${value.slice(0, -1)}${letter === "b" ? "c" : "b"}`), withParameter(index, `${name.toUpperCase()}=${value}`), withParameter(index, `${name}=${value.toUpperCase()}!`),
      withParameter(index, `${parameter}&${parameter}`), withParameter(index, `${name}[]=${value}`), withParameter(index, `${name}=%${value.charCodeAt(0).toString(16)}${value.slice(1)}`),
      withParameter(index, `${name}=+${value}`), withParameter(index, `${name}= ${value}`), withParameter(index, `${parameter};`), withParameter(index, `${parameter}%00`), withParameter(index, `%${name.charCodeAt(0).toString(16)}${name.slice(1)}=${value}`),
      at(`${path}?${parameters.toSpliced(index, 1).join("&")}`), at(`${path}?${[...parameters.toSpliced(index, 1), parameter].join("&")}`), at(`${path}?${[parameter, ...parameters.toSpliced(index, 1)].join("&")}`),
    ];
  });
  const changedSegments = segments.flatMap((segment, index) => (index === 0 ? [] : [
    at(`${segments.toSpliced(index, 1, `${segment}x`).join("/")}?${query}`), at(`${segments.toSpliced(index, 1, `0${segment}`).join("/")}?${query}`), at(`${segments.toSpliced(index, 1, segment.toUpperCase() === segment ? `${segment}a` : segment.toUpperCase()).join("/")}?${query}`),
    at(`${segments.toSpliced(index, 1, "").join("/")}?${query}`), at(`${segments.toSpliced(index, 1).join("/")}?${query}`), at(`${segments.toSpliced(index, 1, `%${segment.charCodeAt(0).toString(16)}${segment.slice(1)}`).join("/")}?${query}`),
    at(`${segments.toSpliced(index, 0, "..%2f").join("/")}?${query}`), at(`${segments.toSpliced(index, 1, "%2e%2e%2f").join("/")}?${query}`), at(`${segments.toSpliced(index, 1, `${segment}%252f`).join("/")}?${query}`),
    at(`${segments.toSpliced(index, 1, `${segment}%00`).join("/")}?${query}`), at(`${segments.toSpliced(index, 1, `${segment}\u2215`).join("/")}?${query}`), at(`${segments.toSpliced(index, 1, `${segment};a=b`).join("/")}?${query}`),
  ]));
  const whole = [
    `${path}/?${query}`, `${path}.?${query}`, `${path}/.?${query}x`, `/${path}?${query}`, `/x/..%2f${path}?${query}`, `${path}?${query}#d`, `${path}?${query}&`, `${path}?&${query}`, `${path}??${query}`, `${path}?${query}&x=1`,
    `${path}?x=1&${query}`, `${path}%3f${query}`, path, `${path}?`, `${path}?${query.replaceAll("&", "&amp;")}`, `${path}?${query.replaceAll("&", ";")}`, `${path.toUpperCase()}?${query}`, `/files${path}?${query}`, `/shop${path}?${query}`,
    `${path.replace("/d/", "/s/").replace("/s/", "/c/")}?${query}`, `/d/${path}?${query}`, `${path}\\?${query}`, `${path}?${query.replace(signature, `${signature}=`)}`, `${path}?${query.replace(signature, signature.replaceAll("-", "+").replaceAll("_", "/"))}=`,
    `${path}?${query.replace(signature, btoa(signature))}`, `${path}?${query.replace(signature, signature.toLowerCase())}`, `${path}?${query.replace(signature, signature.repeat(2))}`, `${path}?${query.replace(signature, "A".repeat(43))}`,
    `${path}?${query.replace(signature, "")}`, `${path}?${query.replace(signature, "x".repeat(8_000))}`, `${path}?${query.replace(signature, respelled(signature))}`,
  ].map(at);
  const original = new URL(url).href;
  return [...changedParameters, ...changedSegments, ...whole].filter((one) => one !== url && new URL(one).href !== original);
}

/** The same 32 bytes in other base64: the last sign has two bits that count for nothing. */
function respelled(signature: string): string {
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return `${signature.slice(0, -1)}${signs[(signs.indexOf(signature.at(-1) ?? "A") & ~3) + 1] ?? ""}`;
}

describe("a link that was changed in any part", () => {
  it("is nonsense: the same status, headers and bytes", async () => {
    expect(JSON.parse(nothing)[0]).toBe(404);
    const links = [await good(), await good({ disposition: "attachment" }), await house.sign(page)];
    const urls = links.flatMap(spoilt);
    expect(urls.length).toBeGreaterThan(500);
    for (const link of links) expect((JSON.parse(await seen(link)) as [number])[0]).toBe(200);
    const differing = [];
    for (const url of urls) if (await seen(url) !== nothing) differing.push(url);
    expect(differing).toEqual([]);
  });

  it("is nonsense to every method but its own", async () => {
    const [content, share, button] = [await good(), await house.sign(page), await house.sign(page, "POST")];
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) expect([method, await seen(content, { method })]).toEqual([method, nothing]);
    for (const method of ["POST", "PUT", "DELETE"]) expect([method, await seen(share, { method })]).toEqual([method, nothing]);
    for (const method of ["GET", "PUT"]) expect([method, await seen(button, { method })]).toEqual([method, nothing]);
    const head = await seen(button, { method: "HEAD" });
    expect(head).toBe(await seen(`${originOf("files")}/nonsense`, { method: "HEAD" }));
  });

  it("is nonsense with another header in place of the method or the host", async () => {
    const content = await good();
    expect(await seen(content)).toContain("content-disposition");
    for (const name of ["x-http-method-override", "x-http-method"]) expect(await seen(content, { method: "POST", headers: { [name]: "GET" } })).toBe(nothing);
    for (const host of ["evil.example", `other.localhost:8787`, "auth.localhost:8787", "localhost:8787"]) {
      const moved = content.replace(/^http:\/\/[^/]+/, `http://${host}`);
      const headers = { "x-forwarded-host": new URL(content).host, forwarded: `host=${new URL(content).host}`, "x-original-url": content };
      // A host of Daybook's may show its own app there, and no other host is there at all.
      expect([host, (await seen(moved, { headers })).includes("content-disposition")]).toEqual([host, false]);
    }
  });
});

describe("a genuine link", () => {
  const isNothing = async (url: string, asking?: Asking) => await seen(url, asking) === nothing;

  it("opens nothing a second after it ran out, and everything until then", async () => {
    expect(await isNothing(await good({ expiresAt: house.clock() + 1 }))).toBe(false);
    for (const late of [0, 1, SECOND]) expect(await isNothing(await good({ expiresAt: house.clock() - late }))).toBe(true);
    const { expiresAt: _, ...rest } = page as Extract<Link, { readonly kind: "share_page" }>;
    expect(await isNothing(await house.sign({ ...rest, expiresAt: house.clock() }))).toBe(true);
  });

  it("of one document, shop, shard, version or person is none of another: what is signed is all of it", async () => {
    const one = await good();
    const signature = /signature=(.*)$/.exec(one)?.[1] ?? "";
    const mine = viewOf(house, filed);
    const changed: readonly Link[] = [
      { ...mine, documentId: other.id }, { ...mine, shopId: other.shop.id }, { ...mine, shopId: other.shop.id, documentId: other.id, shard: 0 }, { ...mine, shard: 0 }, { ...mine, shard: 9 }, { ...mine, version: 2 },
      { ...mine, disposition: "attachment" }, { ...mine, expiresAt: mine.expiresAt + 1 }, { ...mine, purpose: "thumbnail", to: "r".repeat(26) as PersonId }, { ...mine, purpose: "view", to: "s".repeat(26) as PersonId },
    ];
    for (const link of changed) expect(await isNothing((await house.sign(link)).replace(/signature=.*$/, `signature=${signature}`))).toBe(true);
  });

  it("to what does not exist is nonsense, whoever signed it", async () => {
    const mine = viewOf(house, filed);
    for (const link of [{ ...mine, documentId: newId<DocumentId>(systemRandom) }, { ...mine, shopId: other.shop.id }, { ...mine, shard: 0 }, { ...mine, shard: 9 }, { ...mine, version: 2 }]) {
      expect(await isNothing(await house.sign(link))).toBe(true);
    }
    expect(await isNothing(await house.sign({ ...mine, purpose: "thumbnail", to: "r".repeat(26) as PersonId }))).toBe(true);
    expect(await isNothing(await house.sign({ ...mine, purpose: "share", share: newId<ShareId>(systemRandom) }))).toBe(true);
  });

  it("outlives the turn of the master keys, and ends when its own is taken away or is another", async () => {
    const at = (keys: Partial<typeof KEYS>, current: string) => environmentOf({ SYNC_QUEUE: house.queue.binding, MASTER_KEYS: JSON.stringify(keys), MASTER_KEY_CURRENT: current });
    const sign = async (env: Bindings) => await signLink(readConfig(env), viewOf(house, filed));
    const before = await sign(at({ k1: KEYS.k1 }, "k1"));
    const after = await sign(at(KEYS, "k2"));
    expect([before.includes("key=k1"), after.includes("key=k2")]).toEqual([true, true]);
    for (const url of [before, after]) expect(await isNothing(url, { env: at(KEYS, "k2") })).toBe(false);
    expect(await isNothing(before, { env: at({ k2: KEYS.k2 }, "k2") })).toBe(true);
    expect(await isNothing(before, { env: at({ k1: KEYS.k2, k2: KEYS.k2 }, "k2") })).toBe(true);
    expect(await isNothing(after.replace("key=k2", "key=k1"), { env: at(KEYS, "k2") })).toBe(true);
  });

  it("opens nothing once its share was taken back, its document voided, its shop voided, its content replaced or the document removed", async () => {
    const expiresAt = house.clock() + 86_400_000;
    const shard = shardOf(house.env, filed.shop);
    const ends = [
      "UPDATE share SET revoked_at = ?3 WHERE shop_id = ?1 AND document_id = ?2", "UPDATE document SET links_void_through = ?3 WHERE shop_id = ?1 AND id = ?2",
      "INSERT INTO document_rule (shop_id, seals, links_void_through) VALUES (?1, 0, ?3) ON CONFLICT DO UPDATE SET links_void_through = ?3 WHERE ?2 <> ''",
      "UPDATE document SET version = 2 WHERE shop_id = ?1 AND id = ?2 AND ?3 > 0", "DELETE FROM document WHERE shop_id = ?1 AND id = ?2 AND ?3 > 0",
    ];
    for (const end of ends) {
      house.pass(1);
      const own = await file(house, house.lantern);
      const share = await newShare(own, house.clock() + 86_400_000);
      const urls = [await house.sign(pageOf(own, share, expiresAt)), await house.sign({ ...viewOf(house, own), purpose: "share", share })];
      const team = await house.sign(viewOf(house, own));
      for (const url of [...urls, team]) expect(await isNothing(url)).toBe(false);
      await shard.prepare(end).bind(own.shop.id, own.id, house.clock()).run();
      for (const url of urls) expect([end, await isNothing(url)]).toEqual([end, true]);
      // A share that is taken back ends what came of it, and no link of the team.
      expect([end, await isNothing(team)]).toEqual([end, !end.startsWith("UPDATE share")]);
      if (!/version|DELETE/.test(end)) {
        house.pass(1);
        expect([end, await isNothing(await house.sign(viewOf(house, own)))]).toEqual([end, false]);
      }
    }
  });
});

describe("refusing", () => {
  it("costs the same, whatever is wrong: one HMAC and one statement", async () => {
    const revoked = { ...viewOf(house, filed), documentId: newId<DocumentId>(systemRandom) };
    const genuine = await good();
    const urls = { nonsense: `${originOf("files")}/nonsense`, absent: await house.sign(revoked), forged: genuine.replace(/.$/, (sign) => (sign === "A" ? "E" : "A")), expired: await good({ expiresAt: house.clock() }), foreign: genuine.replace("key=k1", "key=k9"), method: genuine };
    const work = new Map<string, unknown>();
    for (const [name, url] of Object.entries(urls)) work.set(name, await workOf(url, name === "method" ? "POST" : "GET"));
    expect(new Set([...work.values()].map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify({ verified: 1, statements: 1 })]));
  });

  /** Counts what an answer took. The key of links is derived once, and was before. */
  async function workOf(url: string, method: string): Promise<{ readonly verified: number; readonly statements: number }> {
    let statements = 0;
    const counting = (database: D1Database): D1Database => ({ prepare: (sql: string) => { statements += 1; return database.prepare(sql); }, batch: database.batch.bind(database) }) as unknown as D1Database;
    const env = { ...house.env, SHARD_0: counting(house.env.SHARD_0), SHARD_1: counting(house.env.SHARD_1), DIRECTORY: counting(house.env.DIRECTORY) };
    const verify = vi.spyOn(crypto.subtle, "verify");
    try {
      expect(await seen(url, { env, method })).toBe(nothing);
      return { verified: verify.mock.calls.length, statements };
    } finally {
      verify.mockRestore();
    }
  }

  it("depends on nothing that is sent besides: no cookie, no range, no condition", async () => {
    const forged = (await good()).replace(/.$/, (sign) => (sign === "A" ? "E" : "A"));
    const besides = { cookie: "__Host-daybook=a; __Host-daybook=b", range: "bytes=0-1", "if-none-match": "*", accept: "text/html", "content-type": "text/xml", "sec-fetch-site": "cross-site" };
    for (const [name, value] of Object.entries(besides)) expect([name, await seen(forged, { headers: { [name]: value } })]).toEqual([name, nothing]);
  });

  it("leaves no trace on the queue and says nothing in the log", async () => {
    house.queue.take();
    const lines = house.logs.length;
    await seen((await good()).replace(/.$/, "!"));
    expect([house.queue.take(), house.logs.length]).toEqual([[], lines]);
  });
});

describe("files.", () => {
  it("knows no cookie: none is read, none is set, and none that is hostile disturbs it", async () => {
    const answer = await createBrowser(house.world, house.env).api("GET", await good(), { headers: { cookie: `a=${"x".repeat(9_000)}; __Host-daybook=a; __Host-daybook=b` } });
    expect([answer.status, answer.headers.get("set-cookie"), await answer.text()]).toEqual([200, null, TEXT]);
  });

  it("has nothing else: no app, no API, no icon, no list, no asset", async () => {
    for (const path of ["/", "/favicon.ico", "/robots.txt", "/api/shop", "/api/documents", "/assets/app-1a2b.js", "/index.html", "/audit-verifier.html", "/enter/start", "/d", "/d/", "/s/", "/c/", "/page.css/", "/.well-known/security.txt"]) {
      expect([path, await seen(`${originOf("files")}${path}`)]).toEqual([path, nothing]);
    }
  });

  it("is not reached by the path under which its routes are found", async () => {
    const path = (await good()).slice(originOf("files").length);
    for (const label of [house.lantern.slug, "auth", "hq-none"]) {
      const answer = await createBrowser(house.world, house.env).api("GET", `${originOf(label)}/files${path}`);
      expect(await answer.text()).not.toContain("Serviced");
    }
  });
});

describe("a page of somebody else", () => {
  it("cannot show content: it is for pages of the same site, in no frame, with no rights of its own", async () => {
    const { headers } = await createBrowser(house.world, house.env).api("GET", await good(), { headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site", "sec-fetch-dest": "image" } });
    expect([headers.get("cross-origin-resource-policy"), headers.get("access-control-allow-origin")]).toEqual(["same-site", null]);
    expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'; frame-ancestors 'none'");
  });

  it("is refused by a shop's own pages as before, but for documents of files.", async () => {
    const policy = (await createBrowser(house.world, house.env).api("GET", `${originOf(house.harbour.slug)}/api/nothing`)).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("img-src 'self' data: blob: files.localhost:8787;");
    expect(policy).toContain("connect-src 'self' files.localhost:8787;");
    expect(policy).toContain("frame-src blob:;");
    const elsewhere = (await createBrowser(house.world, house.env).api("GET", `${originOf("auth")}/api/nothing`)).headers.get("content-security-policy") ?? "";
    expect(elsewhere).not.toMatch(/files|blob/);
  });
});

describe("time", () => {
  it("lives in the address: a link of the team lives for ten minutes and no longer", () => {
    expect(LINK_LIVES_MS).toBe(600_000);
  });
});
