/** Two contacts become one, and people are forgotten: what they said of being written to outlives both. */
import { beforeEach, describe, expect, it } from "vitest";
import type { ContactView } from "../../../src/features/contacts/contract";
import type { Keeper } from "../../../src/features/contacts/keep";
import { holdForPerson, optIn } from "../../../src/features/consent/service";
import { shardsOf } from "../../../src/platform/env";
import { actorNamed } from "../../../src/platform/audit-leaf";
import { actsOf, barredAt, emailAt, keeperAt, openDesk, phoneAt, rowsOf, saysStop, type Desk, type Hand } from "./desk";

let desk: Desk;
let owner: Hand;
let keeper: Keeper;

beforeEach(async () => {
  desk = await openDesk();
  owner = await desk.someone(desk.harbour, "owner");
  keeper = keeperAt(desk, desk.harbour);
});

const merge = async (into: ContactView, from: ContactView): Promise<ContactView> => (
  (await owner.call<{ contact: ContactView }>("POST", `/contacts/${into.id}/merge`, { from: from.id, fromVersion: from.version, version: into.version })).contact
);
const erase = async ({ id, version }: ContactView) => await owner.call("POST", `/contacts/${id}/erase`, { version });

/** A conversation of one message, with a place in a list. */
async function plantTalk({ id }: Pick<ContactView, "id">, { at, words, unread = 0, done = null }: { readonly at: number; readonly words: string; readonly unread?: number; readonly done?: number | null }, recipient: "waiting" | "written" = "waiting"): Promise<void> {
  const shard = shardsOf(desk.env)[desk.harbour.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  const shop = desk.harbour.id;
  await shard.batch([
    shard.prepare(`INSERT INTO message (shop_id, contact_id, at, id, direction, channel, purpose, subject, body, media, media_count, state, segments, attempts, changed_at)
      VALUES (?1, ?2, ?3, ?4, 'in', 'text', 'words', '', ?5, '[]', 0, 'received', 1, 0, ?3)`).bind(shop, id, at, `message-${at}`, words),
    shard.prepare("INSERT INTO thread (shop_id, contact_id, last_at, last_words, last_direction, unread_count, last_in_at, done_at) VALUES (?1, ?2, ?3, ?4, 'in', ?5, ?3, ?6)").bind(shop, id, at, words, unread, done),
    shard.prepare("INSERT INTO broadcast_recipient (shop_id, broadcast_id, contact_id, state, reason, due_at) VALUES (?1, 'list', ?2, ?3, NULL, 1)").bind(shop, id, recipient),
  ]);
}

describe("two contacts that are one person", () => {
  it("become one with what each has, and the first one's word where both have it", async () => {
    const one = await owner.add({ name: "Rosa", phone: "2125550101", note: "first", tags: ["a"] });
    const other = await owner.add({ name: "R. Diaz", phone: "2125550102", email: "rosa@example.com", note: "second", tags: ["a", "b"], zone: "America/Chicago" });
    const merged = await merge(one, other);
    expect(merged).toMatchObject({ id: one.id, version: 2, name: "Rosa", phone: "+12125550101", email: "rosa@example.com", note: "first\nsecond", tags: ["a", "b"], zone: "America/Chicago" });
    expect(await owner.names()).toEqual(["Rosa"]);
    expect(await actsOf(desk.harbour)).toEqual(["contact.created", "contact.created", "contact.merged"]);
    expect((await owner.send("GET", `/contacts/${other.id}`)).status).toBe(404);
    expect(await owner.add({ name: "Another", phone: "2125550102" })).toMatchObject({ name: "Another" });
  });

  it("have one conversation, of all their messages, and one place in a list", async () => {
    const [one, other] = [await owner.add({ name: "One", phone: "2125550101" }), await owner.add({ name: "Other", phone: "2125550102" })];
    await plantTalk(one, { at: 1_000, words: "earlier", unread: 1, done: 1_500 });
    await plantTalk(other, { at: 2_000, words: "later", unread: 2 }, "written");
    await merge(one, other);
    expect(await rowsOf(desk.harbour, "SELECT contact_id, body FROM message WHERE shop_id = ?1 ORDER BY at")).toEqual([{ contact_id: one.id, body: "earlier" }, { contact_id: one.id, body: "later" }]);
    expect(await rowsOf(desk.harbour, "SELECT contact_id, last_at, last_words, unread_count, last_in_at, done_at FROM thread WHERE shop_id = ?1")).toEqual([
      { contact_id: one.id, last_at: 2_000, last_words: "later", unread_count: 3, last_in_at: 2_000, done_at: null },
    ]);
    expect(await rowsOf(desk.harbour, "SELECT contact_id, state FROM broadcast_recipient WHERE shop_id = ?1")).toEqual([{ contact_id: one.id, state: "written" }]);
  });

  it("keep a conversation and a place in a list that one of them alone has", async () => {
    const [one, other] = [await owner.add({ name: "One", phone: "2125550101" }), await owner.add({ name: "Other", phone: "2125550102" })];
    await plantTalk(other, { at: 2_000, words: "only", unread: 2 });
    await merge(one, other);
    expect(await rowsOf(desk.harbour, "SELECT contact_id, last_words, unread_count FROM thread WHERE shop_id = ?1")).toEqual([{ contact_id: one.id, last_words: "only", unread_count: 2 }]);
    expect(await rowsOf(desk.harbour, "SELECT contact_id, state FROM broadcast_recipient WHERE shop_id = ?1")).toEqual([{ contact_id: one.id, state: "waiting" }]);
  });

  it("stand as the stricter of the two, whichever is kept: out before held, held before nothing", async () => {
    const people: ContactView[] = [];
    for (const end of [1, 2, 3, 4, 5, 6]) people.push(await owner.add({ name: `Person ${end}`, ...(end % 2 === 1 ? { phone: `212555010${end}` } : { email: `p${end}@example.com` }) }));
    const [a, b, c, d, e, f] = people as [ContactView, ContactView, ContactView, ContactView, ContactView, ContactView];
    const how = { source: "staff" as const, words: "?", saidAt: 5, reference: "R1", actor: actorNamed("daybook"), byPerson: null };
    await saysStop(keeper, phoneAt("+12125550101"));
    await holdForPerson(keeper, { address: phoneAt("+12125550103"), others: [] }, how);
    await saysStop(keeper, emailAt("p6@example.com"));
    await holdForPerson(keeper, { address: phoneAt("+12125550105"), others: [] }, { ...how, reference: "R2" });
    expect((await merge(b, a)).consent).toMatchObject({ text: { state: "opted_out" }, email: { state: "opted_out" } });
    expect((await merge(c, d)).consent).toMatchObject({ text: { state: "held" }, email: { state: "held" } });
    expect((await merge(e, f)).consent).toMatchObject({ text: { state: "opted_out" }, email: { state: "opted_out" } });
    expect(await barredAt(keeper, [phoneAt("+12125550101"), emailAt("p2@example.com"), phoneAt("+12125550103"), emailAt("p4@example.com"), phoneAt("+12125550105"), emailAt("p6@example.com")]))
      .toEqual(["opted_out", "opted_out", "held", "held", "opted_out", "opted_out"]);
  });

  it("are out at an address that the merging lets go of, and at the one that it keeps", async () => {
    const [one, other] = [await owner.add({ name: "One", phone: "2125550101" }), await owner.add({ name: "Other", phone: "2125550102" })];
    await saysStop(keeper, phoneAt("+12125550102"));
    expect((await merge(one, other)).consent.text).toMatchObject({ state: "opted_out", isLocked: true });
    expect(await barredAt(keeper, [phoneAt("+12125550101"), phoneAt("+12125550102")])).toEqual(["opted_out", "opted_out"]);
  });

  it("are merged as they were seen, once, and never one with itself", async () => {
    const [one, other] = [await owner.add({ name: "One", phone: "2125550101" }), await owner.add({ name: "Other", phone: "2125550102" })];
    const ask = { from: other.id, fromVersion: other.version, version: one.version };
    expect((await owner.send("POST", `/contacts/${one.id}/merge`, { ...ask, fromVersion: 2 })).status).toBe(409);
    expect((await owner.send("POST", `/contacts/${one.id}/merge`, { ...ask, version: 2 })).status).toBe(409);
    expect((await owner.send("POST", `/contacts/${one.id}/merge`, { ...ask, from: one.id })).status).toBe(409);
    expect((await owner.send("POST", `/contacts/${one.id}/merge`, { ...ask, from: "z".repeat(26) })).status).toBe(404);
    const both = await Promise.all([1, 2].map(async () => await owner.send("POST", `/contacts/${one.id}/merge`, ask)));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await actsOf(desk.harbour)).filter((act) => act === "contact.merged")).toHaveLength(1);
  });

  it("whose notes or tags are more than one holds are left as they are, and it is said why", async () => {
    const one = await owner.add({ name: "One", phone: "2125550101", note: "n".repeat(600), tags: [] });
    const other = await owner.add({ name: "Other", phone: "2125550102", note: "n".repeat(600) });
    const refused = await owner.send("POST", `/contacts/${one.id}/merge`, { from: other.id, fromVersion: 1, version: 1 });
    expect([refused.status, (await refused.json<{ error: { title: string } }>()).error.title]).toEqual([409, "The notes of the two are longer than one contact's can be. Shorten one of them, then merge."]);
    expect(await owner.names()).toEqual(["One", "Other"]);
  });
});

describe("a person who is erased", () => {
  it("leaves no word and no address behind, anywhere but in keyed hashes, and is out when they come back", async () => {
    const canary = "rosa-canary";
    const rosa = await owner.add({ name: canary, phone: "2125550101", email: `${canary}@example.com`, note: canary, tags: [canary] });
    await saysStop(keeper, phoneAt("+12125550101"), [emailAt(`${canary}@example.com`)], `${canary} says stop`);
    const moved = await owner.change(rosa, { phone: "2125550102" });
    await plantTalk(rosa, { at: 1_000, words: canary });
    expect(await erase(moved)).toEqual({ erased: true });
    expect(await erase(moved)).toEqual({ erased: true });
    const tables = ["contact", "contact_import", "contact_import_part", "consent", "consent_evidence", "standing", "message", "thread", "broadcast_recipient", "once", "audit", "audit_personal"];
    const left = await Promise.all(tables.map(async (table) => JSON.stringify(await rowsOf(desk.harbour, `SELECT * FROM ${table} WHERE shop_id = ?1`))));
    expect(tables.filter((_, index) => /rosa-canary|2125550101|2125550102/.test(left[index] ?? ""))).toEqual([]);
    expect(desk.logs.filter((line) => /rosa-canary|212555010/.test(line))).toEqual([]);
    expect(await rowsOf(desk.harbour, "SELECT count(*) AS lines FROM consent WHERE shop_id = ?1")).toEqual([{ lines: 3 }]);
    expect((await actsOf(desk.harbour)).at(-1)).toBe("contact.erased");
    for (const addresses of [{ phone: "2125550101" }, { email: `${canary}@example.com` }, { phone: "2125550102", email: "new@example.com" }]) {
      const back = await owner.add({ name: "Back", ...addresses });
      expect([back.consent.text?.isLocked ?? true, back.consent.email?.isLocked ?? true, back.ledger.map(({ words, address }) => words ?? address)]).toEqual([true, true, expect.not.arrayContaining([`${canary} says stop`])]);
    }
  });

  it("is erased as seen, by whom may, and is absent afterwards", async () => {
    const rosa = await owner.add({ name: "Rosa", phone: "2125550101" });
    expect((await owner.send("POST", `/contacts/${rosa.id}/erase`, { version: 2 })).status).toBe(409);
    const clerk = await desk.someone(desk.harbour, "sales");
    expect((await clerk.send("POST", `/contacts/${rosa.id}/erase`, { version: 1 })).status).toBe(403);
    await erase(rosa);
    expect((await owner.send("GET", `/contacts/${rosa.id}`)).status).toBe(404);
    expect((await owner.send("PUT", `/contacts/${rosa.id}`, { name: "x", phone: "2125550101", email: null, zone: null, note: "", tags: [], version: 1 })).status).toBe(404);
  });

  it("who opted in again may be written to when they come back", async () => {
    const rosa = await owner.add({ name: "Rosa", phone: "2125550101" });
    await saysStop(keeper, phoneAt("+12125550101"));
    desk.pass(60_000);
    const said = { source: "text" as const, words: "START", saidAt: desk.world.clock(), reference: "SM1", actor: actorNamed("daybook"), byPerson: null };
    expect(await optIn(keeper, phoneAt("+12125550101"), said, [])).toBe("restored");
    await erase(rosa);
    expect((await owner.add({ name: "Rosa", phone: "2125550101" })).consent.text).toMatchObject({ state: "agreed", isLocked: false });
  });
});
