/** Templates: kept, changed and archived, and seen beforehand as they will read and what they will cost. */
import { describe, expect, it } from "vitest";
import type { PreviewRequest, PreviewView, TemplateAnswer, TemplateChange, TemplatesView } from "../../../src/features/messages/contract";
import { STARTERS, checkWords, fillWords, EXAMPLES, valuesFor, warningsOf } from "../../../src/features/messages/templates-rules";
import { givenContact, openHouse, shardOf } from "./house";

const WORDS: TemplateChange = { name: "Reminder", kind: "reminder", channel: "text", subject: "", body: "Hi {{first_name}}, {{shop}} is open again.", version: 0 };
const ABSENT = "z".repeat(26);

async function open() {
  const house = await openHouse();
  const desk = await house.someone("admin");
  const save = async (changes: Partial<TemplateChange> = {}) => (await desk.call<TemplateAnswer>("POST", "/message-templates", { ...WORDS, ...changes })).template;
  const refusal = async (method: string, path: string, body: unknown) => {
    const response = await desk.send(method, path, body);
    const { error } = await response.json<{ error: { title: string } }>();
    return `${response.status} ${error.title}`;
  };
  const preview = async (changes: Partial<PreviewRequest> = {}) => (
    await desk.call<PreviewView>("POST", "/message-templates/preview", { channel: "text", subject: "", body: WORDS.body, contact: null, link: "", certificate: "", ...changes })
  );
  return { house, desk, save, refusal, preview };
}

describe("templates", () => {
  it("are offered to begin with, and none is there until somebody saves it", async () => {
    const { desk, save } = await open();
    const before = await desk.call<TemplatesView>("GET", "/message-templates");
    expect(before).toMatchObject({ templates: [], may: { manage: true } });
    expect(before.starters.length).toBeGreaterThanOrEqual(3);
    for (const starter of before.starters) await save(starter);
    expect((await desk.call<TemplatesView>("GET", "/message-templates")).templates).toHaveLength(before.starters.length);
  });

  it("to begin with can all be filled, say who writes, and fit two segments", () => {
    for (const starter of STARTERS) {
      expect(checkWords(starter).ok, starter.name).toBe(true);
      expect(fillWords(starter, { ...EXAMPLES, ...valuesFor({ name: "Ada" }, "Harbour", { link: EXAMPLES.link, certificate: "W-1", date: EXAMPLES.date }) }).ok, starter.name).toBe(true);
      expect(warningsOf(starter, "Harbour"), starter.name).toEqual([]);
    }
  });

  it("are changed from the version that was seen, and archived and brought back", async () => {
    const { house, desk, save, refusal } = await open();
    const first = await save();
    expect(first).toMatchObject({ version: 1, fields: ["first_name", "shop"], isArchived: false });
    const { template } = await desk.call<TemplateAnswer>("PUT", `/message-templates/${first.id}`, { ...WORDS, name: "Again", version: 1 });
    expect(template).toMatchObject({ name: "Again", version: 2 });
    expect(await refusal("PUT", `/message-templates/${first.id}`, { ...WORDS, version: 1 })).toContain("409 Somebody changed");
    expect(await desk.call("POST", `/message-templates/${first.id}/archive`, { version: 2, isArchived: true })).toMatchObject({ template: { isArchived: true, version: 3 } });
    expect(await desk.call("POST", `/message-templates/${first.id}/archive`, { version: 3, isArchived: false })).toMatchObject({ template: { isArchived: false, version: 4 } });
    const { results } = await shardOf(house.env).prepare("SELECT action FROM audit WHERE shop_id = ?1 AND action LIKE 'message_template.%' ORDER BY seq").bind(house.shop.id).all<{ action: string }>();
    expect(results.map(({ action }) => action)).toEqual(["message_template.saved", "message_template.saved", "message_template.archived", "message_template.restored"]);
  });

  it("are changed by one of two who save at once", async () => {
    const { desk, save } = await open();
    const { id } = await save();
    const both = await Promise.all(["one", "other"].map(async (name) => (await desk.send("PUT", `/message-templates/${id}`, { ...WORDS, name, version: 1 })).status));
    expect(new Set(both)).toEqual(new Set([200, 409]));
  });

  it.each([
    [{ body: "Hi {{nickname}}" }, "There is no field called {{nickname}}"],
    [{ body: "Hi {{first_name" }, "two braces on each side"],
    [{ subject: "News" }, "A text has no subject"],
    [{ channel: "email" as const }, "Say what the email is about"],
    [{ channel: "email" as const, subject: "{{what}}" }, "There is no field called {{what}}"],
    [{ body: "a".repeat(1_601) }, "at most 1600 characters"],
  ])("are refused: %o", async (changes, words) => {
    const { refusal } = await open();
    expect(await refusal("POST", "/message-templates", { ...WORDS, ...changes })).toContain(words);
  });

  it("are not there, where they are nobody's", async () => {
    const { refusal } = await open();
    expect(await refusal("PUT", `/message-templates/${ABSENT}`, { ...WORDS, version: 1 })).toContain("404");
    expect(await refusal("POST", `/message-templates/${ABSENT}/archive`, { version: 1, isArchived: true })).toContain("404");
  });

  it("are written by those who may, and read by those who send", async () => {
    const { house } = await open();
    const { send } = await house.someone("sales");
    expect((await send("POST", "/message-templates", WORDS)).status).toBe(403);
    expect((await send("GET", "/message-templates")).status).toBe(200);
    expect((await send("POST", "/message-templates/preview", { channel: "text", subject: "", body: "x", contact: null, link: "", certificate: "" })).status).toBe(200);
  });
});

describe("a preview", () => {
  it("reads as it will to a contact, and says what it costs", async () => {
    const { house, preview } = await open();
    const ben = await givenContact(house, "+13125550102", { name: "Ben Ali" });
    expect(await preview({ contact: ben.id })).toEqual({ subject: "", body: "Hi Ben, Harbour is open again.", missing: [], segments: 1, characters: 30, left: 130, costMicros: 8_000, warnings: [] });
  });

  it("shows an example where nothing is known, and says so", async () => {
    const { preview } = await open();
    expect(await preview({ body: "{{shop}}: {{certificate}} {{link}}", link: "https://x.test" })).toMatchObject({ missing: ["certificate"], body: `Harbour: ${EXAMPLES.certificate} https://x.test` });
  });

  it("warns of what would be blocked, of nobody who writes, and of a character that costs", async () => {
    const { preview } = await open();
    const kinds = async (body: string) => (await preview({ body })).warnings.map(({ kind }) => kind);
    expect(await kinds("Come back soon")).toEqual(["no_shop_name"]);
    expect(await kinds("Harbour: see https://bit.ly/abc")).toEqual(["link_shortener"]);
    for (const body of ["Harbour: see https://abit.ly/x", "Harbour: mail us at t.com", "Harbour: https://bit.ly.example.com"]) expect(await kinds(body), body).toEqual([]);
    expect(await kinds(`Harbour: ${"a".repeat(100)} it’s open`)).toEqual(["costly_character"]);
    expect(await kinds("Harbour: it’s open")).toEqual([]);
  });

  it("is nobody's of another shop's contact", async () => {
    const { refusal } = await open();
    const other = await openHouse();
    const ada = await givenContact(other);
    expect(await refusal("POST", "/message-templates/preview", { channel: "text", subject: "", body: "x", contact: ada.id, link: "", certificate: "" })).toContain("404");
  });
});
