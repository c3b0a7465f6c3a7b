/** A mail from a shop to one of its contacts, as it arrives: the shop's words, who wrote, and how to say stop. */
import { beforeEach, describe, expect, it } from "vitest";
import { contactMail } from "../../../src/features/consent/service";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type MessageId } from "../../../src/kernel/ids";
import { sendMail } from "../../../src/providers/resend";
import { ADA, openMailbox, type Mailbox, type Sender } from "./mailbox";

let box: Mailbox;
let shop: Sender;

beforeEach(async () => {
  box = await openMailbox();
  shop = box.harbour;
});

describe("a mail to a contact", () => {
  it("says who wrote and how to stop, in both of its forms, and offers one click to mail programs", async () => {
    const messageId = newId<MessageId>(systemRandom);
    const url = await box.link(shop, ADA, messageId);
    const letter = await box.write(shop, ADA, messageId, { body: "Dear Ada,\nit is ready.\n\n\nSee you.", helpContact: "+1 212 555 0100", replyTo: "shop@example.com", links: [{ text: "Open the document", url: `http://files.${box.config.domain}/s/x` }] });
    expect(letter).toMatchObject({
      from: `"${shop.shop.name} via Daybook" <post@daybook.example>`, to: [ADA.value], subject: "Your warranty is ready", replyTo: "shop@example.com", attachments: [], idempotencyKey: messageId,
      headers: { "List-Unsubscribe": `<${url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }, tags: { shop: shop.shop.id, message: messageId },
    });
    expect(letter?.text).toBe(`Dear Ada,\nit is ready.\n\nSee you.\n\nOpen the document:\nhttp://files.${box.config.domain}/s/x\n\n-- \nSent by ${shop.shop.name}: +1 212 555 0100\nNo more messages from us? ${url}\n`);
    expect(letter?.html).toContain("<p>Dear Ada,<br>it is ready.</p>");
    expect(letter?.html).toContain(`<a href="${url}">Unsubscribe</a>`);
    expect(letter?.html).not.toMatch(/<(?:img|script|iframe|link|form)|src=|@import|url\(/i);
  });

  it("is unsubscribed from by its own header, as a mail program does, and by its own link, as a person does", async () => {
    const first = await box.write(shop);
    expect([box.world.mail.control.unsubscribe(first?.id ?? ""), await box.carry(), await box.isBarred(shop)]).toEqual([true, [200], true]);
    const other = { channel: "email", value: "bob@example.com" } as const;
    const link = /stop\S* |https?:\/\/\S+\/unsubscribe\/\S+/.exec((await box.write(shop, other))?.text ?? "")?.[0] ?? "";
    expect((await box.ask(link)).status).toBe(200);
    expect([await box.isBarred(shop, other), (await box.press(link)).status, await box.isBarred(shop, other)]).toEqual([false, 200, true]);
  });

  it("sent again is the same mail to the byte, and one mail", async () => {
    const messageId = newId<MessageId>(systemRandom);
    const first = await box.write(shop, ADA, messageId);
    const again = await box.write(shop, ADA, messageId);
    expect([again?.id === first?.id, box.world.mail.control.letters(ADA.value).length]).toEqual([true, 1]);
  });

  it("is not sent to whoever said stop, by whatever way", async () => {
    await box.press(await box.link(shop));
    expect([await box.write(shop), box.world.mail.control.letters(ADA.value)]).toEqual([null, []]);
    expect((await box.write(box.lantern))?.to).toEqual([ADA.value]);
  });

  it.each([
    ["\"><script>alert(1)</script>", "&lt;script&gt;"], ["a\r\nBcc: eve@example.com", "Bcc: eve@example.com"], ["=?utf-8?B?SGk=?=", "= ?utf-8?B?SGk="], ["\u202egnp.exe", "gnp.exe"], ["a\u0000b\u2028c", "a b c"],
    ["Ada <ada@example.com>", "Ada &lt;ada@example.com&gt;"], ["👩‍🔧 ☕ Ünïcode", "👩‍🔧 ☕ Ünïcode"], ["x".repeat(9_000), "x".repeat(100)],
  ])("holds hostile words harmlessly: %j", async (hostile, shown) => {
    await box.env.DIRECTORY.prepare("UPDATE shop SET name = ?1 WHERE id = ?2").bind(hostile.slice(0, 100), shop.shop.id).run();
    const named = { ...shop, shop: { ...shop.shop, name: hostile.slice(0, 100) } };
    const letter = await box.write(named, ADA, newId<MessageId>(systemRandom), { subject: hostile, body: hostile, helpContact: hostile });
    expect([letter?.html.includes("<script"), letter?.html.includes(shown), /[\p{Cc}\u202e\u2028]/u.test(`${letter?.subject}${letter?.from}`)]).toEqual([false, true, false]);
    expect(letter?.from).toMatch(/^"[^"\\<>()[\]:;@,]+ via Daybook" <post@daybook\.example>$/);
    expect(Object.keys(letter?.headers ?? {})).toEqual(["List-Unsubscribe", "List-Unsubscribe-Post"]);
  });

  it("goes to one address, or not at all", async () => {
    const mail = { messageId: newId<MessageId>(systemRandom), shop: shop.shop, subject: "", body: "x", links: [], helpContact: null, replyTo: null };
    for (const to of ["", "ada", "ada@example.com, bob@example.com", "ada@example.com\r\nBcc: bob@example.com", "Ada <ada@example.com>"]) {
      await expect(contactMail(box.config, { ...mail, to })).rejects.toThrow("a mail goes to one address");
    }
  });
});

describe("the headers that a mail may carry", () => {
  it("are two, on one line each: anything else is a bug and is not sent", async () => {
    const mail = await contactMail(box.config, { messageId: newId<MessageId>(systemRandom), shop: shop.shop, to: ADA.value, subject: "", body: "x", links: [], helpContact: null, replyTo: null });
    const refused = async (headers: Readonly<Record<string, string>>) => {
      await expect(sendMail(async () => await Promise.reject(new Error("it was sent")), "re_x", { ...mail, headers })).rejects.toThrow("is a header of ours");
    };
    await refused({ "Bcc": "eve@example.com" });
    await refused({ "List-Unsubscribe": "<https://a>\r\nBcc: eve@example.com" });
    await refused({ "list-unsubscribe": "<https://a>" });
    await refused({ "List-Unsubscribe": "ü" });
    await refused({ "List-Unsubscribe": "x".repeat(991) });
  });
});
