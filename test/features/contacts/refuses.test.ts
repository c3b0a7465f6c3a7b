/** What contacts refuse, and what they say instead; what strangers write is harmless wherever it stands. */
import { beforeEach, describe, expect, it } from "vitest";
import { changeContact, type Keeper } from "../../../src/features/contacts/keep";
import { mergeContacts } from "../../../src/features/contacts/part";
import { countryOf, phoneText, readPhone } from "../../../src/features/contacts/phone";
import { newId, type ContactId } from "../../../src/kernel/ids";
import { systemRandom } from "../../../src/kernel/clock";
import type { Result } from "../../../src/kernel/result";
import type { Role } from "../../../src/kernel/roles";
import { must } from "../../support/people";
import { gatedDatabase } from "../../support/schedule";
import { barredAt, emailAt, keeperAt, openDesk, phoneAt, said, saysStop, type Desk, type Hand } from "./desk";

let desk: Desk;
let owner: Hand;

beforeEach(async () => {
  desk = await openDesk();
  owner = await desk.someone(desk.harbour, "owner");
});

const add = async (changes: Readonly<Record<string, unknown>>) => await owner.send("POST", "/contacts", { ...said(changes), key: newId(systemRandom) });
const told = async (response: Response): Promise<readonly [number, string]> => [response.status, (await response.json<{ error: { title: string } }>()).error.title];

describe("a number", () => {
  const us = { currency: "USD", zone: "America/New_York" };

  it.each([
    ["12", "The number has too few digits."], ["212 555 01423456", "The number has too many digits."], ["+999 555 0142", "No country has that code after the +."],
    ["no number", "A telephone number has no letters. Write its digits."], ["1-800-FLOWERS", "A telephone number has no letters. Write its digits."],
    ["(012) 555-0142", "No telephone has that number. Check its digits."], ["212-555-0142 ext. 7", "A number with an extension cannot be written to. Enter a direct number."],
    ["+49 30 1", "The number has too few digits."], ["---", "That is no telephone number."], ["+1 212 555 0142; +1 212 555 0143", "That is no telephone number."],
  ])("that cannot be is refused with what is wrong: %s", (text, message) => {
    const read = readPhone(text, countryOf(us));
    expect(read.ok ? read.value : read.failure.kind === "invalid_input" ? read.failure.message : "").toBe(message);
  });

  it("without a code is one of the shop's country; where that is unknown it has to be said", () => {
    const read = (text: string, currency: string, zone: string) => readPhone(text, countryOf({ currency, zone }));
    expect(must(read("020 7946 0958", "GBP", "Europe/London"))).toBe("+442079460958");
    expect(must(read("030 901820", "EUR", "Europe/Berlin"))).toBe("+4930901820");
    expect(must(read("(416) 555-0142", "CAD", "America/Toronto"))).toBe("+14165550142");
    expect(read("030 901820", "EUR", "Atlantis/Capital")).toMatchObject({ ok: false, failure: { message: "Begin the number with + and its country's code." } });
    expect(must(read("+49 30 901820", "EUR", "Atlantis/Capital"))).toBe("+4930901820");
    expect(must(read("\u202a+1 (212) 555-0142\u202c", "USD", "America/New_York"))).toBe("+12125550142");
    expect(phoneText("+442079460958")).toBe("+44 20 7946 0958");
  });
});

describe("a contact", () => {
  it("with neither number nor address, a zone that is none, too many tags or controls in its name is refused", async () => {
    expect(await told(await add({ name: "Rosa" }))).toEqual([400, "Enter a telephone number or an email address."]);
    expect(await told(await add({ phone: "2125550101", zone: "Atlantis/Capital" }))).toEqual([400, "Choose a time zone such as America/New_York."]);
    expect(await told(await add({ email: "rosa@" }))).toEqual([400, "Enter an email address such as name@example.com."]);
    for (const bad of [{ tags: Array.from({ length: 13 }, (_, index) => `t${index}`) }, { name: "a\u0007b" }, { name: "n".repeat(121) }, { note: "n".repeat(1_001) }, { more: 1 }]) {
      expect((await add({ phone: "2125550101", ...bad })).status).toBe(400);
    }
    expect(await owner.names()).toEqual([]);
  });

  it("with an address that is another's is refused without a word about that one, and the merge is offered", async () => {
    const rosa = await owner.add({ name: "Rosa Canary", phone: "2125550101", email: "canary@example.com" });
    const other = await owner.add({ name: "Other", phone: "2125550102" });
    const refusals = [
      await add({ name: "Again", phone: "+1 212 555 0101" }), await add({ name: "Again", email: "Canary@Example.com" }),
      await owner.send("PUT", `/contacts/${other.id}`, { ...said({ name: "Other", phone: "2125550101" }), version: 1 }),
    ];
    const words = await Promise.all(refusals.map(async (one) => [one.status, await one.text()] as const));
    expect(words.map(([status]) => status)).toEqual([409, 409, 409]);
    for (const [, text] of words) {
      expect(text).not.toMatch(new RegExp(`Canary|canary@|${rosa.id}`));
      expect(text).toMatch(/merge them/);
    }
    expect((await owner.look(other.id)).version).toBe(1);
  });

  it("keeps hostile words as words", async () => {
    const name = "<script>alert(1)</script> ${x} '; DROP TABLE contact; -- \u202egnp.exe";
    const contact = await owner.add({ name, phone: "2125550101", note: "\"'`<>\n=cmd|' /C calc'!A0", tags: ["</tag>"] });
    expect(contact).toMatchObject({ name, note: "\"'`<>\n=cmd|' /C calc'!A0", tags: ["</tag>"] });
    expect(await owner.names({ search: "drop table" })).toEqual([name]);
    expect((await owner.send("GET", "/contacts?after=AAAA")).status).toBe(400);
    expect((await owner.send("GET", `/contacts?after=A.${"a".repeat(26)}`)).status).toBe(200);
  });

  it("is kept by whoever may write to people, and merged, erased and carried off by those who answer for the shop", async () => {
    const rosa = await owner.add({ name: "Rosa", phone: "2125550101" });
    const other = await owner.add({ name: "Other", phone: "2125550102" });
    const acts = async (role: Role) => {
      const hand = await desk.someone(desk.harbour, role);
      const file = await hand.sendRaw("/contacts/imports", "Name\nx");
      return [
        (await hand.send("GET", "/contacts")).status, (await hand.send("GET", `/contacts/${rosa.id}`)).status,
        (await hand.send("PUT", `/contacts/${rosa.id}`, { ...said({ name: "Rosa", phone: "2125550101" }), version: 7 })).status,
        (await hand.send("POST", `/contacts/${rosa.id}/merge`, { from: other.id, fromVersion: 7, version: 7 })).status,
        (await hand.send("POST", `/contacts/${rosa.id}/erase`, { version: 7 })).status, (await hand.send("GET", "/contacts/export")).status, file.status,
      ];
    };
    expect(await acts("viewer")).toEqual([403, 403, 403, 403, 403, 403, 403]);
    for (const role of ["tech", "sales"] as const) expect([role, await acts(role)]).toEqual([role, [200, 200, 409, 403, 403, 403, 403]]);
    for (const role of ["admin", "owner"] as const) expect([role, await acts(role)]).toEqual([role, [200, 200, 409, 409, 409, 200, 400]]);
  });
});

describe("a stop that comes while a contact is changed or merged", () => {
  /** The act on bindings in which somebody says stop right before its `at`th statement; answers how many statements it had. */
  const interrupted = async (at: number, stop: () => Promise<void>, act: (by: Keeper) => Promise<Result<unknown>>): Promise<number> => {
    let step = 0;
    const stopping = async <T>(effect: () => Promise<T>): Promise<T> => {
      if (step === at) await stop();
      step += 1;
      return await effect();
    };
    const env = { ...desk.env, SHARD_0: gatedDatabase(desk.env.SHARD_0, stopping), SHARD_1: gatedDatabase(desk.env.SHARD_1, stopping) };
    must(await act(keeperAt({ world: desk.world, env }, desk.harbour)));
    return step;
  };

  it.each(["changed", "merged"] as const)("goes with the person, whichever statement it comes before: %s", async (what) => {
    const keeper = keeperAt(desk, desk.harbour);
    let steps = 1;
    for (let at = 0; at < steps; at += 1) {
      const [old, fresh, mail] = [phoneAt(`+12125551${String(100 + at)}`), phoneAt(`+12125552${String(100 + at)}`), emailAt(`p${at}@example.com`)];
      const contact = await owner.add({ name: `Person ${at}`, phone: old.value });
      const other = what === "merged" ? await owner.add({ name: `Also ${at}`, phone: fresh.value, email: mail.value }) : null;
      const [seen, id] = [{ id: contact.id as ContactId, version: 1 }, (other?.id ?? "") as ContactId];
      const change = { ...said({ name: `Person ${at}`, phone: fresh.value, email: mail.value }), version: 1 };
      steps = await interrupted(at, async () => await saysStop(keeper, old), async (by) => (
        other === null ? await changeContact(by, seen.id, change) : await mergeContacts(by, { id, version: 1 }, seen)
      ));
      if (steps > at) expect([at, await barredAt(keeper, [old, fresh, mail])]).toEqual([at, ["opted_out", "opted_out", "opted_out"]]);
    }
    expect(steps).toBeGreaterThan(2);
  });
});
