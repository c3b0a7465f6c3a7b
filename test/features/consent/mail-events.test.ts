/** What Resend tells of a shop's mails: who bounced for good, or complained, is written to no more; nobody else is touched. */
import { beforeEach, describe, expect, it } from "vitest";
import { postLetter } from "../../../src/features/mail/service";
import { agree, optIn, type Address } from "../../../src/features/consent/service";
import { MINUTE, SECOND, systemRandom } from "../../../src/kernel/clock";
import { newId, type MessageId } from "../../../src/kernel/ids";
import { messageAdded } from "../../../src/features/messages/store";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { directoryDb } from "../../../src/platform/database";
import { signatureOf } from "../../../src/providers/resend/simulator-events";
import { auditOf } from "../../support/audit";
import { lettersTo, MAIL_HOOK } from "../../support/mail";
import { ADA, givenAda, linesOf, openMailbox, shardOf, type Mailbox, type Sender } from "./mailbox";

const PHONE: Address = { channel: "text", value: "+12125550142" };

let box: Mailbox;
let shop: Sender;
const sent = async (address = ADA, sender = shop) => {
  const letter = await box.write(sender, address);
  if (letter === null) throw new Error("nobody said stop yet");
  return letter.id;
};

beforeEach(async () => {
  box = await openMailbox();
  shop = box.harbour;
});

describe("a mail that came back for good", () => {
  it("stops all mail to that address at the shop that sent it, at once and nowhere else", async () => {
    await givenAda(box, shop, PHONE);
    const messageId = newId<MessageId>(systemRandom);
    const letter = await box.write(shop, ADA, messageId);
    box.world.mail.control.tell(letter?.id ?? "", "bounced");
    expect(await box.carry()).toEqual([200]);
    expect([await box.isBarred(shop), await box.isBarred(shop, PHONE), await box.isBarred(box.lantern)]).toEqual([true, false, false]);
    expect(await linesOf(box, shop)).toEqual([{ act: "opted_out", source: "bounce", channel: "email", reference: `bounce:${letter?.id}`, follows: 0, address: ADA.value, words: `The address does not exist any more, or takes no mail. Message ${messageId}.` }]);
    expect((await auditOf(shop.shop)).map(({ action, actor, after }) => [action, actor, after])).toEqual([["consent.opted_out", "daybook", { source: "bounce" }]]);
    expect(await box.write(shop)).toBeNull();
  });

  it.each(["bounced_for_now", "bounced_somehow", "opened", "delivered"] as const)("is not one that was %s: that changes nothing", async (kind) => {
    box.world.mail.control.tell(await sent(), kind);
    expect([await box.carry(), await box.isBarred(shop), await linesOf(box, shop), await auditOf(shop.shop)]).toEqual([[200], false, [], []]);
  });

  it("makes the message undelivered, one that arrived delivered, in whatever order it is told", async () => {
    const contactId = await givenAda(box, shop, PHONE);
    const row = async (id: string) => {
      const letterId = await sent({ channel: "email", value: `${id}@example.com` });
      await shop.desk.db.orm.batch([messageAdded(shop.desk.db, {
        contactId, at: 1, id: id as MessageId, direction: "out", channel: "email", purpose: "words", subject: "", body: "x", media: [], mediaCount: 0, state: "sent", reason: null, errorCode: null,
        segments: 0, providerSid: letterId, templateId: null, broadcastId: null, createdBy: null, dueAt: null, expiresAt: null, attempts: 1, sentAt: 1, sentTo: null, changedAt: 1,
      })]);
      return letterId;
    };
    const [arrived, gone] = [await row("arrived"), await row("gone")];
    for (const [letter, kind] of [[arrived, "delivered"], [gone, "bounced"]] as const) box.world.mail.control.tell(letter, kind, { copies: 3 });
    await box.carry({ newestFirst: true });
    const { results } = await shardOf(box.env, shop.shop).prepare("SELECT state, error_code FROM message WHERE shop_id = ?1 ORDER BY id").bind(shop.shop.id).all();
    expect(results).toEqual([{ state: "delivered", error_code: null }, { state: "undelivered", error_code: "email.bounced" }]);
  });
});

describe("a complaint", () => {
  it("is a word of the reader's own: it stops every message to the same person", async () => {
    await givenAda(box, shop, PHONE);
    box.world.mail.control.tell(await sent(), "complained");
    await box.carry();
    expect([await box.isBarred(shop), await box.isBarred(shop, PHONE), await box.isBarred(box.lantern)]).toEqual([true, true, false]);
    expect((await linesOf(box, shop)).map(({ source, channel }) => [source, channel])).toEqual([["complaint", "email"], ["complaint", "text"]]);
  });

  it("told fifty times at once leaves one line, and told again after its reader has come back changes nothing", async () => {
    const id = await sent();
    box.world.mail.control.tell(id, "complained", { copies: 50 });
    const knocks = await box.world.mail.control.take();
    const ask = async () => new Set(await Promise.all(knocks.map(async ({ url, body, headers }) => (await box.ask(url, { method: "POST", body, headers })).status)));
    expect([knocks.length, await ask(), await linesOf(box, shop), await auditOf(shop.shop)]).toMatchObject([50, new Set([200]), { length: 1 }, { length: 1 }]);
    box.world.pass(MINUTE);
    const said = { source: "staff", words: "It was a slip.", saidAt: box.world.clock(), reference: null, actor: DAYBOOK, byPerson: null } as const;
    expect(await optIn(shop.desk, ADA, said, [])).toBe("restored");
    expect([await ask(), await box.isBarred(shop)]).toEqual([new Set([200]), false]);
    expect((await linesOf(box, shop)).map(({ act }) => act)).toEqual(["opted_out", "opted_in"]);
  });

  it("at one shop makes Resend suppress the address: another shop that writes there is told so, and stops as well", async () => {
    box.world.mail.control.tell(await sent(), "complained");
    await box.carry();
    expect((await box.write(box.lantern))?.isSuppressed).toBe(true);
    await box.carry();
    expect([await box.isBarred(box.lantern), (await linesOf(box, box.lantern)).map(({ source }) => source)]).toEqual([true, ["complaint"]]);
  });

  it("ends no consent of anybody else: those who agreed beforehand and share the shop stay reachable", async () => {
    const bob: Address = { channel: "email", value: "bob@example.com" };
    await agree(shop.desk, bob, { source: "staff", words: "Asked for offers.", saidAt: box.world.clock(), reference: null, actor: DAYBOOK, byPerson: null });
    box.world.mail.control.tell(await sent(), "complained");
    await box.carry();
    expect(await box.isBarred(shop, bob)).toBe(false);
  });
});

describe("an event that cannot be written", () => {
  it("is answered with an error and told again later, until it stands", async () => {
    box.world.mail.control.tell(await sent(), "complained");
    await box.env.SHARD_0.prepare("ALTER TABLE consent RENAME TO consent_away").run();
    expect(await box.carry()).toEqual([500]);
    await box.env.SHARD_0.prepare("ALTER TABLE consent_away RENAME TO consent").run();
    expect(await box.carry()).toEqual([]);
    box.world.pass(5 * SECOND);
    expect([await box.carry(), await box.isBarred(shop), await linesOf(box, shop)]).toMatchObject([[200], true, { length: 1 }]);
  });
});

describe("a letter to somebody of a team", () => {
  it("opts nobody out, whatever becomes of it; a bounce is logged by the letter's id", async () => {
    const { statement, send } = await postLetter(box.world, box.env, directoryDb(box.env), { kind: "sign_in_link", to: ADA.value, subject: "Sign in", paragraphs: ["Here."] });
    await directoryDb(box.env).batch([statement]);
    await send();
    const [letter] = await lettersTo(box.world, ADA.value, box.env);
    for (const kind of ["bounced", "complained", "suppressed"] as const) box.world.mail.control.tell(letter?.id ?? "", kind);
    expect([await box.carry(), await box.isBarred(shop), await box.isBarred(box.lantern)]).toEqual([[200, 200, 200], false, false]);
    const logged = box.world.lines.filter((line) => line.includes("mail.gone_wrong")).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(logged).toMatchObject([{ kind: "bounce", letterId: letter?.tags["letter"] }, { kind: "complaint" }, { kind: "complaint" }]);
    expect(box.world.lines.join()).not.toContain(ADA.value);
  });
});

describe("an event that is not Resend's", () => {
  it("is refused with 401, says nothing, and changes nothing", async () => {
    box.world.mail.control.tell(await sent(), "complained");
    const [knock] = await box.world.mail.control.take();
    const [headers, body] = [knock?.headers ?? {}, knock?.body ?? ""];
    const forged = await signatureOf(["whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWFsdG9nZXRoZXI="], { id: headers["svix-id"] ?? "", timestamp: headers["svix-timestamp"] ?? "", body });
    const tries: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
      [{}, body], [{ ...headers, "svix-signature": forged }, body], [{ ...headers, "svix-id": "msg_other" }, body], [headers, `${body} `], [headers, body.replace("ada@", "bob@")], [headers, ""],
    ];
    for (const [said, text] of tries) {
      const answer = await box.ask(MAIL_HOOK.url, { method: "POST", body: text, headers: said });
      expect([answer.status, await answer.text()]).toEqual([401, ""]);
    }
    box.world.pass(6 * MINUTE);
    expect((await box.ask(MAIL_HOOK.url, { method: "POST", body, headers })).status).toBe(401);
    expect([await box.isBarred(shop), await linesOf(box, shop), box.world.lines.filter((line) => line.includes("hook.refused")).length]).toEqual([false, [], 7]);
  });

  it("but genuine, of a shape or a kind that nobody knows, is taken and comes to nothing", async () => {
    const shopId = shop.shop.id;
    const events: readonly unknown[] = [
      null, [], "text", 1, {}, { type: "email.complained" }, { type: "contact.deleted", data: {} }, { type: "__proto__", data: { email_id: "e", to: [ADA.value] } },
      { type: "email.complained", data: { email_id: "e", to: ADA.value, tags: { shop: shopId, message: newId(systemRandom) } } },
      { type: "email.complained", data: { email_id: "e", to: [ADA.value] } }, { type: "email.complained", data: { email_id: "e", to: [ADA.value], tags: { shop: "z".repeat(26), message: newId(systemRandom) } } },
      { type: "email.complained", data: { email_id: "e", to: [ADA.value], tags: { shop: shopId, message: "'; DROP" } } },
      { type: "email.complained", data: { email_id: "e", to: ["no address", "", "a@b, c@d"], tags: { shop: shopId, message: newId(systemRandom) } } },
      { type: "email.bounced", data: { email_id: "e", to: [ADA.value], tags: { shop: shopId, message: newId(systemRandom) } } },
    ];
    const texts = [...events.map((event) => JSON.stringify(event)), "", "{", "\u0000"];
    for (const [index, body] of texts.entries()) {
      const [id, timestamp] = [`msg_${index}`, Math.floor(box.world.clock() / SECOND).toString()];
      const answer = await box.ask(MAIL_HOOK.url, { method: "POST", body, headers: { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": await signatureOf(MAIL_HOOK.secrets, { id, timestamp, body }) } });
      expect([body, answer.status]).toEqual([body, 200]);
    }
    expect([await box.isBarred(shop), await linesOf(box, shop)]).toEqual([false, []]);
  });

  it("is asked for by POST at its own address, and is refused before it is looked at where it is larger than any", async () => {
    const asked = async (url: string, init: RequestInit) => (await box.ask(url, init)).status;
    expect([await asked(MAIL_HOOK.url, {}), await asked(MAIL_HOOK.url, { method: "POST", body: "x".repeat(65_537) })]).toEqual([404, 413]);
    expect([403, 404]).toContain(await asked(MAIL_HOOK.url.replace("//", "//auth."), { method: "POST", body: "{}" }));
  });
});
