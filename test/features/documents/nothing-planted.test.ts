/** Photos that people file: the bucket never holds where, when, with what or by whom they were taken (attack 51), nor what is none. */
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { fileQuery, inventoryOf, keysOf, openDrawer, type Drawer, type Hand } from "./drawer";
import { DRAWING, PHONE, PICTURES } from "./media/pictures";

let drawer: Drawer;
let owner: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
});

async function held(): Promise<string> {
  const objects = await Promise.all((await keysOf(drawer.harbour.id)).map(async (key) => await (await env.DOCUMENTS.get(key))?.arrayBuffer()));
  return objects.map((bytes) => new TextDecoder("latin1").decode(bytes)).join("");
}

it.each(PICTURES)("is kept without what was planted in it: $name", async ({ bytes, type, width, height }) => {
  const document = await owner.file(bytes, { name: "IMG_0001.exe" });
  expect(document).toMatchObject({ kind: "photo", mediaType: type, width, height });
  expect(document.sizeBytes).toBeLessThan(bytes.byteLength);
  const kept = await held();
  expect(kept.length).toBe(document.sizeBytes);
  expect(kept).not.toMatch(/PLANTED|GPS/);
});

it("is replaced by one as clean, and so is its small picture", async () => {
  const document = await owner.file(PHONE.bytes, { name: "oven.jpg" });
  await owner.refile(DRAWING.bytes, document.id, 1, "oven.webp");
  const answer = await owner.sendRaw("PUT", `/documents/${document.id}/thumbnail?version=2`, DRAWING.bytes);
  expect(answer.status, await answer.text()).toBe(200);
  expect((await inventoryOf(drawer.harbour)).held).toHaveLength(2);
  expect(await held()).not.toMatch(/PLANTED|GPS/);
});

it("is refused where it is damaged, and nothing of it is kept", async () => {
  const answer = await owner.sendRaw("POST", `/documents/file?${fileQuery({ name: "oven.jpg" })}`, PHONE.bytes.slice(0, -1000));
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/damaged: it ends too early.*send the original/);
  await drawer.sweep();
  expect(await inventoryOf(drawer.harbour)).toMatchObject({ documents: [], held: [], strays: [] });
});
