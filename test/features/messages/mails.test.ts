/** Messages by mail go the same way as texts: with consent, held while they leave, with a way to say stop in each. */
import { describe, expect, it } from "vitest";
import { agree, optOut } from "../../../src/features/consent/service";
import { contactById, knownOrNew, personOf } from "../../../src/features/contacts/service";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { must } from "../../support/people";
import { messagesOf, openHouse, write, type House } from "./house";

const ADDRESS = "ada.reader@example.com";

async function givenReader({ desk }: House) {
  const made = await knownOrNew(desk, { channel: "email", value: ADDRESS });
  await agree(desk, { channel: "email", value: ADDRESS }, { source: "staff", words: "On the form.", saidAt: desk.world.clock(), reference: null, actor: DAYBOOK, byPerson: null });
  const contact = await contactById(desk.db, made.id);
  if (contact === null) throw new Error("the contact is there");
  return contact;
}

const MAIL = { channel: "email", subject: "Your bicycle", body: "It is ready.\n\nCome by." } as const;

describe("a mail", () => {
  it("leaves once, at any hour, with the links by which its reader says stop", async () => {
    const house = await openHouse({ now: Date.UTC(2026, 6, 15, 5) });
    const reader = await givenReader(house);
    expect(must(await write(house, reader, MAIL)).dueAt).toBe(house.clock());
    await house.work();
    const letters = house.mail.control.letters(ADDRESS);
    expect(letters).toMatchObject([{ subject: "Your bicycle" }]);
    expect(letters[0]?.text).toContain("Come by.");
    expect(letters[0]?.text).toContain("/unsubscribe/");
    expect(await messagesOf(house, reader.id)).toMatchObject([{ state: "sent", due_at: null }]);
  });

  it.each(["internal_error", "unauthorized", "answer_lost"] as const)("that met %s is tried again, and is one mail for its reader", async (kind) => {
    const house = await openHouse();
    const reader = await givenReader(house);
    must(await write(house, reader, MAIL));
    house.mail.control.fault({ kind, times: 1 });
    await house.work();
    expect(await messagesOf(house, reader.id)).toMatchObject([{ state: "queued", attempts: 0 }]);
    house.pass(60_000);
    await house.work();
    expect(house.mail.control.letters(ADDRESS)).toHaveLength(1);
    expect(await messagesOf(house, reader.id)).toMatchObject([{ state: "sent" }]);
  });

  it("is kept back from somebody who said stop meanwhile", async () => {
    const house = await openHouse();
    const reader = await givenReader(house);
    must(await write(house, reader, MAIL));
    const person = personOf(reader, "email");
    if (person === null) throw new Error("the reader has an address");
    await optOut(house.desk, person, { source: "email_link", words: "", saidAt: house.clock(), reference: "m1", actor: DAYBOOK, byPerson: null });
    await house.work();
    expect(house.mail.control.letters(ADDRESS)).toEqual([]);
    expect(await messagesOf(house, reader.id)).toMatchObject([{ state: "not_sent", reason: "opted_out" }]);
  });
});
