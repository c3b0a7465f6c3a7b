/** Mails as a shop's staff write them and a reader stops them: from the desk over the queue to the mailbox, and back. */
import { beforeEach, describe, expect, it } from "vitest";
import { agree, type Address } from "../../../src/features/consent/service";
import { knownOrNew, type Contact } from "../../../src/features/contacts/service";
import { writeMessage } from "../../../src/features/messages/service";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { ADA, openMailbox, shardOf, type Mailbox, type Sender } from "./mailbox";

let box: Mailbox;
let shop: Sender;
let ada: Contact;

async function given(address: Address): Promise<Contact> {
  await agree(shop.desk, address, { source: "staff", words: "On the form.", saidAt: box.world.clock(), reference: null, actor: DAYBOOK, byPerson: null });
  return await knownOrNew(shop.desk, address);
}

const write = async (contact: Contact, body = "It is ready.") => await writeMessage(shop.desk, {
  contact, channel: "email", purpose: "words", subject: "Your bicycle", body, media: [], templateId: null, broadcastId: null, createdBy: null, notBefore: null, requestKey: newId(systemRandom),
});
const letters = () => box.world.mail.control.letters(ADA.value);
const states = async () => {
  const { results } = await shardOf(box.env, shop.shop).prepare("SELECT state FROM message WHERE shop_id = ?1 ORDER BY at, state").bind(shop.shop.id).all<{ state: string }>();
  return results.map(({ state }) => state);
};

beforeEach(async () => {
  box = await openMailbox();
  shop = box.harbour;
  ada = await given(ADA);
});

describe("a mail that staff write", () => {
  it("arrives with its link; after one click none is written any more, and one that waited does not leave", async () => {
    expect((await write(ada)).ok).toBe(true);
    await box.work();
    expect(letters()).toMatchObject([{ subject: "Your bicycle", to: [ADA.value] }]);
    box.world.pass(1_000);
    expect((await write(ada, "One more.")).ok).toBe(true);
    expect(box.world.mail.control.unsubscribe(letters()[0]?.id ?? "")).toBe(true);
    expect(await box.carry()).toEqual([200]);
    await box.work();
    expect([letters().length, await states()]).toEqual([1, ["sent", "not_sent"]]);
    expect(await write(ada)).toMatchObject({ ok: false, failure: { kind: "opted_out", source: "email_link" } });
  });

  it("is told apart by its own id: its bounce makes it undelivered and bars its address alone", async () => {
    const ben = await given({ channel: "email", value: "ben@example.com" });
    await write(ada);
    await write(ben);
    await box.work();
    for (const { id, to } of box.world.mail.control.letters()) box.world.mail.control.tell(id, to.includes(ADA.value) ? "bounced" : "delivered");
    expect(await box.carry()).toEqual([200, 200]);
    expect([await states(), await box.isBarred(shop), await box.isBarred(shop, { channel: "email", value: "ben@example.com" })]).toEqual([["delivered", "undelivered"], true, false]);
  });
});

describe("a list of people who each say stop while it is sent", () => {
  it("never reaches anybody after their own stop was answered", async () => {
    const people = await Promise.all(Array.from({ length: 12 }, async (_, index) => await given({ channel: "email", value: `reader${index}@example.com` })));
    const answered = new Map<string, number>();
    for (const person of people) await write(person);
    const stop = async (value: string) => {
      await box.press(await box.link(shop, { channel: "email", value }));
      answered.set(value, box.world.mail.control.letters(value).length);
    };
    await Promise.all([box.work(), ...people.slice(0, 6).map(async ({ email }) => await stop(email ?? ""))]);
    for (const [value, count] of answered) expect([value, box.world.mail.control.letters(value).length]).toEqual([value, count]);
    expect([answered.size, people.slice(6).map(({ email }) => box.world.mail.control.letters(email ?? "").length)]).toEqual([6, [1, 1, 1, 1, 1, 1]]);
  });
});
