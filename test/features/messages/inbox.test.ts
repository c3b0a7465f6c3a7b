/** Conversations over HTTP: listed, opened, answered, given to somebody, read, put away; and what a document becomes. */
import { describe, expect, it } from "vitest";
import type { MessageView, ThreadItem, ThreadsView, ThreadView } from "../../../src/features/messages/contract";
import { optOut } from "../../../src/features/consent/service";
import { personOf } from "../../../src/features/contacts/service";
import { HOUR, MINUTE, systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { auditOf } from "../../support/audit";
import { file } from "../shares/house";
import { ADA, arrives, BEN, givenContact, messagesOf, openHouse, takenFor, type House } from "./house";

const text = (body: string, changes: object = {}) => ({ key: newId(systemRandom), channel: "text", subject: "", body, documents: [], template: null, ...changes });

async function threadsOf(desk: { call: <T>(method: string, path: string) => Promise<T> }, query = ""): Promise<readonly ThreadItem[]> {
  return (await desk.call<ThreadsView>("GET", `/threads${query}`)).threads;
}

async function stops(house: House, contact: Awaited<ReturnType<typeof givenContact>>): Promise<void> {
  const person = personOf(contact, "text");
  if (person === null) throw new Error("the contact has a number");
  await optOut(house.desk, person, { source: "call", words: "No more.", saidAt: house.clock(), reference: null, actor: DAYBOOK, byPerson: null });
}

describe("the inbox", () => {
  it("lists conversations, newest first, by who has them, what is unread, what is done, and by name", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const [ada, ben] = [await givenContact(house), await givenContact(house, BEN, { name: "Ben" })];
    await arrives(house, ada, "Is it ready?");
    house.pass(MINUTE);
    await arrives(house, ben, "Hello");
    expect(await threadsOf(sam)).toMatchObject([{ contact: ben.id, name: "Ben", unreadCount: 1 }, { contact: ada.id, name: "Ada", address: ADA, lastWords: "Is it ready?", lastDirection: "in" }]);
    expect(await sam.call("GET", "/threads/unread")).toEqual({ unreadCount: 2 });
    await sam.call("POST", `/threads/${ada.id}/assign`, { person: sam.person.id });
    expect(await threadsOf(sam, "?filter=mine")).toMatchObject([{ contact: ada.id, assignedTo: { isYou: true, name: "Sam tech" } }]);
    expect(await threadsOf(sam, "?filter=unassigned")).toMatchObject([{ contact: ben.id }]);
    await sam.call("POST", `/threads/${ben.id}/read`, { through: house.clock() });
    expect(await threadsOf(sam, "?filter=unread")).toMatchObject([{ contact: ada.id }]);
    await sam.call("POST", `/threads/${ben.id}/done`, { isDone: true });
    expect(await threadsOf(sam)).toMatchObject([{ contact: ada.id }]);
    expect(await threadsOf(sam, "?filter=done")).toMatchObject([{ contact: ben.id }]);
    await arrives(house, ben, "One more thing");
    expect(await threadsOf(sam)).toHaveLength(2);
    expect(await threadsOf(sam, "?search=aDa")).toMatchObject([{ contact: ada.id }]);
    const actions = (await auditOf(house.shop, house.env)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["thread.assigned", "thread.read", "thread.done"]));
  });

  it("shows a page at a time, of conversations and of what was said", async () => {
    const house = await openHouse();
    const sam = await house.someone("sales");
    const ada = await givenContact(house);
    for (let count = 0; count < 53; count += 1) {
      await arrives(house, ada, `text ${count}`);
      house.pass(1_000);
    }
    const first = await sam.call<ThreadView>("GET", `/threads/${ada.id}`);
    expect([first.messages.length, first.messages[0]?.body, first.thread.unreadCount]).toEqual([50, "text 52", 53]);
    const second = await sam.call<ThreadView>("GET", `/threads/${ada.id}?before=${first.next}`);
    expect(second.messages.map(({ body }) => body)).toEqual(["text 2", "text 1", "text 0"]);
    expect(second.next).toBe(null);
  });

  it("keeps unread what came after the last that was on the screen", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    await arrives(house, ada, "one");
    const through = house.clock();
    house.pass(1_000);
    await arrives(house, ada, "two");
    const { thread } = await sam.call<{ thread: ThreadItem }>("POST", `/threads/${ada.id}/read`, { through });
    expect(thread.unreadCount).toBe(1);
  });

  it("opens a conversation that has not begun, and keeps it when it is given to somebody", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    const view = await sam.call<ThreadView>("GET", `/threads/${ada.id}`);
    expect(view).toMatchObject({ messages: [], text: { state: "open" }, email: { state: "no_address" }, may: { send: true, share: true }, thread: { name: "Ada", unreadCount: 0 } });
    await sam.call("POST", `/threads/${ada.id}/assign`, { person: sam.person.id });
    expect(await threadsOf(sam, "?filter=mine")).toHaveLength(1);
  });

  it("gives no conversation to somebody who may not read it, or is nobody", async () => {
    const house = await openHouse();
    const [sam, viewer] = [await house.someone("admin"), await house.someone("viewer")];
    const ada = await givenContact(house);
    for (const person of [viewer.person.id, newId(systemRandom)]) expect((await sam.send("POST", `/threads/${ada.id}/assign`, { person })).status).toBe(409);
    expect((await viewer.send("GET", "/threads")).status).toBe(403);
    expect(await sam.call("GET", "/threads/assignees")).toMatchObject({ people: expect.arrayContaining([{ person: sam.person.id, name: "Sam admin", isYou: true }]) });
  });
});

describe("writing from the inbox", () => {
  it("sends one text for a double click, and shows who wrote it", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    const request = text("It is ready.");
    const answers = await Promise.all([1, 2, 3].map(async () => await sam.call<{ message: MessageView }>("POST", `/threads/${ada.id}/messages`, request)));
    expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1);
    await house.work();
    expect(takenFor(house, ADA)).toEqual(["It is ready."]);
    expect((await sam.call<ThreadView>("GET", `/threads/${ada.id}`)).messages).toMatchObject([{ by: "You", state: "accepted", mayCancel: false }]);
    const other = await house.someone("sales");
    expect((await other.call<ThreadView>("GET", `/threads/${ada.id}`)).messages).toMatchObject([{ by: "Sam tech" }]);
  });

  it("is refused to somebody who said stop, with when and how, and stands so on the screen", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    await stops(house, ada);
    const refused = await sam.send("POST", `/threads/${ada.id}/messages`, text("Hello?"));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { kind: "opted_out", title: expect.stringContaining("July") } });
    expect(await sam.call("GET", `/threads/${ada.id}`)).toMatchObject({ text: { state: "opted_out", since: house.clock(), source: "call" } });
  });

  it("can be taken back while it waits for the morning, and not when it has left", async () => {
    const house = await openHouse({ now: Date.UTC(2026, 6, 15, 3) });
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    const { message } = await sam.call<{ message: MessageView }>("POST", `/threads/${ada.id}/messages`, text("Tomorrow."));
    expect(message).toMatchObject({ state: "queued", mayCancel: true, dueAt: Date.UTC(2026, 6, 15, 12) });
    const path = `/threads/${ada.id}/messages/${message.id}/cancel`;
    expect(await sam.call("POST", path, { at: message.at })).toMatchObject({ message: { state: "cancelled", dueAt: null } });
    expect(await sam.call("POST", path, { at: message.at })).toMatchObject({ message: { state: "cancelled" } });
    expect((await sam.send("POST", path, { at: message.at + 1 })).status).toBe(404);
    house.pass(10 * HOUR);
    await house.cron();
    expect(takenFor(house, ADA)).toEqual([]);
    const sent = await sam.call<{ message: MessageView }>("POST", `/threads/${ada.id}/messages`, text("Now."));
    await house.work();
    expect((await sam.send("POST", `/threads/${ada.id}/messages/${sent.message.id}/cancel`, { at: sent.message.at })).status).toBe(409);
  });
});

describe("a document in a message", () => {
  it("is led to by a share of its own, which a second click does not double", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    const paper = await file(house, house.shop, "Serviced.");
    const request = text("Your warranty:", { documents: [{ document: paper.id, as: "link" }] });
    await sam.call("POST", `/threads/${ada.id}/messages`, request);
    await sam.call("POST", `/threads/${ada.id}/messages`, request);
    await house.work();
    const [body = ""] = takenFor(house, ADA);
    const [, url = ""] = body.split("\n");
    expect(body.startsWith("Your warranty:\n")).toBe(true);
    expect((await sam.browser.get(url)).status).toBe(200);
    const { shares } = await sam.call<{ shares: readonly { state: string; recipient: string; url: string | null }[] }>("GET", `/documents/${paper.id}/shares`);
    expect(shares.filter(({ state }) => state === "live")).toMatchObject([{ recipient: "Ada", url }]);
  });

  it("that is a picture is fetched by Twilio at a link that opens it", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    const picture = await file(house, house.shop, new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), { media_type: "image/jpeg", file_name: "bike.jpg" });
    await sam.call("POST", `/threads/${ada.id}/messages`, text("Look:", { documents: [{ document: picture.id, as: "picture" }] }));
    await house.work();
    const [sent] = house.twilio.texts({ to: ADA });
    expect(sent).toMatchObject({ body: "Look:", mediaUrls: [expect.stringContaining("purpose=share")] });
    const fetched = await sam.browser.get(sent?.mediaUrls[0] ?? "");
    expect([fetched.status, fetched.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  });

  it("goes to nobody where it is no picture, no document, or nothing was written", async () => {
    const house = await openHouse();
    const sam = await house.someone("tech");
    const ada = await givenContact(house);
    const paper = await file(house, house.shop, "Serviced.");
    const report = await file(house, house.shop, "Takings.", { kind: "report" });
    const asked = (document: string, as: string) => text("Look:", { documents: [{ document, as }] });
    expect((await sam.send("POST", `/threads/${ada.id}/messages`, asked(paper.id, "picture"))).status).toBe(400);
    expect((await sam.send("POST", `/threads/${ada.id}/messages`, asked(newId(systemRandom), "link"))).status).toBe(404);
    const sales = await house.someone("sales");
    expect((await sales.send("POST", `/threads/${ada.id}/messages`, asked(report.id, "link"))).status).toBe(404);
    await stops(house, ada);
    expect((await sam.send("POST", `/threads/${ada.id}/messages`, asked(paper.id, "link"))).status).toBe(409);
    const { shares } = await sam.call<{ shares: readonly { state: string }[] }>("GET", `/documents/${paper.id}/shares`);
    expect(shares.filter(({ state }) => state === "live")).toEqual([]);
    expect(await messagesOf(house, ada.id)).toEqual([]);
  });
});
