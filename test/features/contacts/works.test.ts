/** Contacts are added, found, changed and shown with what they consented to. */
import { beforeEach, describe, expect, it } from "vitest";
import { agree, holdForPerson } from "../../../src/features/consent/service";
import { knownOrNew } from "../../../src/features/contacts/service";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { actorNamed } from "../../../src/platform/audit-leaf";
import { actsOf, barredAt, emailAt, keeperAt, openDesk, phoneAt, said, saysStop, type Desk, type Hand } from "./desk";
import type { Keeper } from "../../../src/features/contacts/keep";

let desk: Desk;
let owner: Hand;
let keeper: Keeper;

beforeEach(async () => {
  desk = await openDesk();
  owner = await desk.someone(desk.harbour, "owner");
  keeper = keeperAt(desk, desk.harbour);
});

describe("a contact", () => {
  it("has its number in one form, however it was typed, and its address as people's own are stored", async () => {
    const spellings = ["(212) 555-0142", "+1 212 555 0142", "2125550142", "１（２１２）５５５‐０１４２", "tel:+1-212-555-0142"];
    const seen: unknown[] = [];
    for (const phone of spellings) {
      const contact = await owner.add({ name: "Rosa", phone, email: `Rosa.${seen.length}@Example.COM` }).catch((error: Error) => error.message);
      seen.push(typeof contact === "string" ? contact.slice(0, 19) : [contact.phone, contact.phoneText, contact.email]);
    }
    expect(seen).toEqual([["+12125550142", "+1 212 555 0142", "rosa.0@example.com"], ...Array.from({ length: 4 }, () => "POST /contacts: 409")]);
  });

  it("sent again with its key is added once, one after the other and at once", async () => {
    const body = { ...said({ name: "Rosa", phone: "2125550142" }), key: newId(systemRandom) };
    const first = await owner.call("POST", "/contacts", body);
    expect(await owner.call("POST", "/contacts", body)).toEqual(first);
    const other = { ...said({ name: "Mo", phone: "2125550143" }), key: newId(systemRandom) };
    const both = await Promise.all([owner.call("POST", "/contacts", other), owner.call("POST", "/contacts", other)]);
    expect(both[0]).toEqual(both[1]);
    expect(await owner.names()).toEqual(["Mo", "Rosa"]);
    expect(await actsOf(desk.harbour)).toEqual(["contact.created", "contact.created"]);
  });

  it("is changed as a whole, and says which parts changed but never to what", async () => {
    const rosa = await owner.add({ name: "Rosa", phone: "2125550142" });
    const changed = await owner.change(rosa, { name: "Rosa Ünlü", email: "rosa@example.com", note: "Likes\nespresso", tags: ["Küche", "Küche"], zone: "America/Chicago" });
    expect(changed).toMatchObject({ version: 2, name: "Rosa Ünlü", note: "Likes\nespresso", tags: ["Küche"], zone: "America/Chicago", phone: "+12125550142", email: "rosa@example.com" });
    expect(await owner.change(changed, {})).toEqual(changed);
    expect((await owner.send("PUT", `/contacts/${rosa.id}`, { ...said({ name: "Late", phone: "2125550142" }), version: 1 })).status).toBe(409);
    expect(await actsOf(desk.harbour)).toEqual(["contact.created", "contact.changed"]);
  });

  it("is whoever writes first, without a name, and the same however many messages come at once", async () => {
    const made = await Promise.all(Array.from({ length: 10 }, async () => await knownOrNew(keeper, phoneAt("+12125550177"))));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await owner.list()).contacts).toMatchObject([{ name: "", phone: "+12125550177", consent: { text: { state: "none", isLocked: false }, email: null } }]);
  });
});

describe("a list", () => {
  it("is searched by folded words and by numbers in any spelling, and narrowed by tag", async () => {
    await owner.add({ name: "Ünal Straße", phone: "2125550142", tags: ["VIP"] });
    await owner.add({ name: "Ana", email: "ana@example.com", tags: ["vip list", "Küche"] });
    for (const search of ["unal", "STRASSE unal".replace("STRASSE", "straße"), "(212) 555-0142", "+1 212 555", "0142", "vip unal"]) expect([search, await owner.names({ search })]).toEqual([search, ["Ünal Straße"]]);
    for (const search of ["ana kuche", "ana@example.com"]) expect([search, await owner.names({ search })]).toEqual([search, ["Ana"]]);
    for (const search of ["%", "_", "a'b", "unal ana"]) expect([search, await owner.names({ search })]).toEqual([search, []]);
    expect([await owner.names({ tag: "VIP" }), await owner.names({ tag: "Küche" }), await owner.names({ tag: "V" })]).toEqual([["Ünal Straße"], ["Ana"], []]);
  });

  it("comes by pages in order of names, each contact once, who has no name last", async () => {
    const numbers = Array.from({ length: 104 }, (_, index) => `+1212555${String(1_000 + index)}`);
    for (const [index, phone] of numbers.entries()) await owner.add({ name: index % 10 === 9 ? "" : `Person ${String(index % 50).padStart(2, "0")}`, phone });
    const seen: { id: string; name: string }[] = [];
    for (let next: string | null = ""; next !== null;) {
      const view = await owner.list(next === "" ? {} : { after: next });
      seen.push(...view.contacts);
      next = view.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(104);
    const names = seen.map(({ name }) => name).filter((name) => name !== "");
    expect(names).toEqual(names.toSorted());
    expect(seen.slice(names.length).every(({ name }) => name === "")).toBe(true);
  });

  it("is narrowed by what is on record", async () => {
    for (const [name, phone] of [["Out", "2125550101"], ["Held", "2125550102"], ["Agreed", "2125550103"], ["Nothing", "2125550104"]]) await owner.add({ name, phone });
    await saysStop(keeper, phoneAt("+12125550101"));
    const how = { source: "staff" as const, words: "at the counter", saidAt: 5, reference: null, actor: actorNamed("daybook"), byPerson: null };
    await holdForPerson(keeper, { address: phoneAt("+12125550102"), others: [] }, how);
    await agree(keeper, phoneAt("+12125550103"), how);
    await agree(keeper, phoneAt("+12125550101"), how);
    expect(await Promise.all(["opted_out", "held", "agreed", "none"].map(async (consent) => await owner.names({ consent })))).toEqual([["Out"], ["Held"], ["Agreed"], ["Nothing"]]);
    const { contacts } = await owner.list({ consent: "agreed" });
    expect(contacts[0]?.consent.text).toEqual({ state: "agreed", isLocked: false, since: 5, source: "staff" });
  });
});

describe("consent", () => {
  it("is shown with each address: locked or not, since when, by which way, and what was said", async () => {
    const rosa = await owner.add({ name: "Rosa", phone: "2125550142", email: "rosa@example.com" });
    await saysStop(keeper, phoneAt("+12125550142"), [emailAt("rosa@example.com")], "please stop");
    const shown = await owner.look(rosa.id);
    const locked = { state: "opted_out", isLocked: true, since: expect.any(Number), source: "text" };
    expect(shown.consent).toEqual({ text: locked, email: locked });
    const told = shown.ledger.map(({ channel, act, words, address, follows }) => [channel, act, words, address, follows]);
    expect(told.toSorted((one, other) => String(one[0]).localeCompare(String(other[0])))).toEqual([
      ["email", "opted_out", "please stop", "rosa@example.com", true], ["text", "opted_out", "please stop", "+12125550142", false],
    ]);
    expect((await owner.list()).contacts[0]?.consent).toEqual(shown.consent);
  });

  it("goes with a person to an address that is learned later, and stays when the one that it was said at is let go", async () => {
    const rosa = await owner.add({ name: "Rosa", phone: "2125550142" });
    await saysStop(keeper, phoneAt("+12125550142"));
    const more = await owner.change(rosa, { email: "rosa@example.com" });
    expect(more.consent.email).toMatchObject({ state: "opted_out", isLocked: true });
    const less = await owner.change(more, { phone: null });
    expect(less.consent).toMatchObject({ text: null, email: { state: "opted_out", isLocked: true } });
    const moved = await owner.change(less, { phone: "2125550199", email: null });
    expect(moved.consent).toMatchObject({ text: { state: "opted_out", isLocked: true }, email: null });
    expect(await barredAt(keeper, [phoneAt("+12125550142"), emailAt("rosa@example.com"), phoneAt("+12125550199")])).toEqual(["opted_out", "opted_out", "opted_out"]);
  });

  it("stands for somebody who is added after they said stop, with whatever else is known of them", async () => {
    await saysStop(keeper, phoneAt("+12125550142"));
    const rosa = await owner.add({ name: "Rosa", phone: "2125550142", email: "rosa@example.com" });
    expect(rosa.consent).toMatchObject({ text: { state: "opted_out" }, email: { state: "opted_out" } });
  });
});
