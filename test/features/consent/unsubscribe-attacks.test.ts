/** Every way to spoil the link of a mail: all of them are answered like nonsense, and opt nobody out. */
import { beforeAll, expect, it } from "vitest";
import { readUnsubscribeUrl, unsubscribeUrl } from "../../../src/features/consent/unsubscribe";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type MessageId } from "../../../src/kernel/ids";
import { readConfig } from "../../../src/platform/env";
import { createSealer } from "../../../src/platform/sealer";
import { auditOf } from "../../support/audit";
import { environmentOf } from "../../support/environment";
import { ADA, linesOf, openMailbox, type Mailbox } from "./mailbox";

let box: Mailbox;
let url: string;
let start: string;
let token: string;
/** All that somebody sees of an answer. */
const seen = async (address: string, method: string) => {
  const answer = await box.ask(address, { method, headers: { "cf-connecting-ip": `2001:db8:${(visits += 1).toString(16)}::1` } });
  return JSON.stringify([answer.status, Object.fromEntries(answer.headers), await answer.text()]);
};
let visits = 0;

beforeAll(async () => {
  box = await openMailbox();
  url = await box.link(box.harbour);
  start = `http://${box.config.domain}/unsubscribe/`;
  token = url.slice(start.length);
});

const HEAD = "v1.k1.";

function* spoilt(): Generator<string> {
  const sealed = token.slice(HEAD.length);
  for (let at = 0; at < token.length; at += 7) {
    const letter = token[at] ?? "";
    for (const other of ["A", "b", "9", "-", "_", "", `${letter}${letter}`, letter.toUpperCase() === letter ? letter.toLowerCase() : letter.toUpperCase()]) {
      const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      if (changed !== token) yield start + changed;
    }
    yield `${start}${token.slice(0, at)}%${letter.charCodeAt(0).toString(16)}${token.slice(at + 1)}`;
  }
  for (const other of ["", "x", HEAD, `${token}=`, `${token}==`, `${token}A`, `${token}/`, `${token}/x`, `${token}%00`, `${token}%20`, `${token};`, `${token}.`, `x/${token}`, `/${token}`, `${HEAD}${"A".repeat(80)}`, `${HEAD}${"A".repeat(20_000)}`,
    `v2.k1.${sealed}`, `v1.k2.${sealed}`, `v1.K1.${sealed}`, `V1.k1.${sealed}`, `v1..${sealed}`, `v1.${sealed}`, sealed, `__proto__`, `constructor`, token.replaceAll("-", "+").replaceAll("_", "/"), token.toUpperCase(), token.slice(0, -1), token.slice(1)]) {
    if (other !== token) yield start + other;
  }
  const last = token.at(-1) ?? "A";
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  // The letters that differ in no byte of what they spell, where the last one carries bits to spare.
  for (const other of letters) if (other !== last) yield `${start}${token.slice(0, -1)}${other}`;
}

it("spoilt in any way is answered byte for byte as nonsense is, and opts nobody out", { timeout: 60_000 }, async () => {
  const nothing = { GET: await seen(`${start}nonsense`, "GET"), POST: await seen(`${start}nonsense`, "POST") };
  const wrong: string[] = [];
  let count = 0;
  for (const address of spoilt()) {
    for (const method of ["GET", "POST"] as const) {
      if ((await seen(address, method)) !== nothing[method]) wrong.push(`${method} ${address}`);
      count += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(600);
  expect(JSON.parse(nothing.POST)).toMatchObject([404, { "cache-control": "no-store" }, expect.stringContaining("tell the shop in your own words")]);
  expect([await box.isBarred(box.harbour), await linesOf(box, box.harbour), await auditOf(box.harbour.shop)]).toEqual([false, [], []]);
});

it("made with another key, for another place or with other words opens nothing", async () => {
  const named = { shopId: box.harbour.shop.id, address: ADA, messageId: newId<MessageId>(systemRandom) };
  const other = readConfig(environmentOf({ MASTER_KEYS: JSON.stringify({ k1: btoa("x".repeat(32)) }) }));
  expect(await readUnsubscribeUrl(box.config, await unsubscribeUrl(other, named))).toBeNull();
  const elsewhere = await createSealer(box.config.masterKeys, systemRandom).seal({ table: "unsubscribe", column: "link", shopId: named.shopId, row: "" }, "[]");
  expect(await readUnsubscribeUrl(box.config, `${start}${elsewhere}`)).toBeNull();
  for (const strange of [`http://auth.${box.config.domain}/unsubscribe/${token}`, `https://${box.config.domain}/unsubscribe/${token}`, `http://evil.example/unsubscribe/${token}`, `${start}../unsubscribe/${token}`]) {
    expect([strange, await readUnsubscribeUrl(box.config, strange)]).toEqual([strange, null]);
  }
});

it("is the same for the same message, another for every other, and shows nothing of what it names", async () => {
  const messageId = newId<MessageId>(systemRandom);
  const [first, again, other] = [await box.link(box.harbour, ADA, messageId), await box.link(box.harbour, ADA, messageId), await box.link(box.harbour)];
  expect([again === first, other === first, first.length < 600]).toEqual([true, false, true]);
  expect(first).not.toMatch(new RegExp(`ada|example|${messageId}|${box.harbour.shop.id}`, "i"));
  expect(await readUnsubscribeUrl(box.config, `${first}?utm_source=gateway`)).toEqual({ shopId: box.harbour.shop.id, address: ADA, messageId });
});

it("lives through a change of the master key for as long as the old one is kept", async () => {
  const rotated = readConfig(environmentOf({ MASTER_KEYS: JSON.stringify({ k1: btoa("m".repeat(32)), k2: btoa("n".repeat(32)) }), MASTER_KEY_CURRENT: "k2" }));
  const gone = readConfig(environmentOf({ MASTER_KEYS: JSON.stringify({ k2: btoa("n".repeat(32)) }), MASTER_KEY_CURRENT: "k2" }));
  expect([await readUnsubscribeUrl(rotated, url) === null, await readUnsubscribeUrl(gone, url)]).toEqual([false, null]);
});

it("guessed at from one place is stopped, while genuine links from there still work", async () => {
  const guess = async () => (await box.ask(`${start}x`, { method: "POST", headers: { "cf-connecting-ip": "192.0.2.7" } })).status;
  const statuses = new Set(await Promise.all(Array.from({ length: 300 }, guess)));
  expect([statuses, await guess()]).toEqual([new Set([404]), 429]);
  const fresh = await box.link(box.lantern);
  expect((await box.ask(fresh, { method: "POST", headers: { "cf-connecting-ip": "192.0.2.7" } })).status).toBe(200);
});
