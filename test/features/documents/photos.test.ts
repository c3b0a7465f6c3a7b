/** Photos are kept as they are seen and without what was planted in them; small pictures are checked as they are. */
import { beforeEach, describe, expect, it } from "vitest";
import type { DocumentItem } from "../../../src/features/documents/contract";
import { documentQuery, keeperOf, openContent, openThumbnail } from "../../../src/features/documents/service";
import { digestOf } from "../../../src/platform/digest";
import { must } from "../../support/people";
import { fileQuery, inventoryOf, openDrawer, pdfOf, rowsOf, type Drawer, type Hand } from "./drawer";
import { PHONE, PICTURES, SCREEN, TABLET } from "./media/pictures";
import { smallPicture } from "./pictures";

let drawer: Drawer;
let owner: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
});

async function stored(id: string) {
  const db = rowsOf(drawer.env, drawer.harbour);
  const [row] = await documentQuery(db, id as never);
  if (row === undefined) throw new Error("there is no such document");
  return { db, row, keeper: keeperOf(drawer.world, drawer.env) };
}

const latin1 = async (body: ReadableStream) => new TextDecoder("latin1").decode(await new Response(body).arrayBuffer());

describe("a photo", () => {
  it.each(PICTURES)("of $type is kept without what was planted in it, in the size in which it is seen, whatever it is called", async ({ bytes, type, width, height }) => {
    const document = await owner.file(bytes, { name: "holiday.pdf", checksum: await digestOf(bytes) });
    expect(document).toMatchObject({ kind: "photo", mediaType: type, width, height });
    expect(document.fileName).toMatch(/^holiday\.pdf\.(?:jpg|png|webp|heic)$/);
    const { db, row, keeper } = await stored(document.id);
    const content = must(await openContent(drawer.env, keeper, db, row, null));
    expect(content.sizeBytes).toBe(document.sizeBytes);
    expect((await latin1(content.body)).replaceAll("\0", "")).not.toMatch(/PLANTED|Ann Muster/);
  });

  it("that is damaged, or too large to be looked through, leaves nothing behind", async () => {
    const cut = PHONE.bytes.slice(0, 400);
    expect((await owner.sendRaw("POST", `/documents/file?${fileQuery({ name: "p.jpg" })}`, cut)).status).toBe(400);
    const large = new Uint8Array(25_000_001);
    large.set(PHONE.bytes);
    expect((await owner.sendRaw("POST", `/documents/file?${fileQuery({ name: "p.jpg" })}`, large)).status).toBe(413);
    expect(await inventoryOf(drawer.harbour)).toMatchObject({ documents: [], held: [], strays: [] });
  });
});

describe("a small picture", () => {
  const set = async (document: DocumentItem, bytes: Uint8Array, version = document.version) => await owner.sendRaw("PUT", `/documents/${document.id}/thumbnail?version=${version}`, bytes);

  it("stands beside its document, in place of the one before, sealed where that is", async () => {
    for (const seals of [false, true]) {
      await owner.call("PUT", "/documents/rule", { seals });
      const document = await owner.file(pdfOf("a kettle"));
      expect((await set(document, smallPicture())).status).toBe(200);
      const { document: shown } = await (await set(document, SCREEN.bytes)).json<{ document: DocumentItem }>();
      expect(shown.thumbnailUrl).toContain("purpose=thumbnail");
      const { db, row, keeper } = await stored(document.id);
      const raw = await (await drawer.env.DOCUMENTS.get(row.thumbnailKey ?? ""))?.arrayBuffer();
      expect(new TextDecoder("latin1").decode(raw).includes("PNG")).toBe(!seals);
      const small = must(await openThumbnail(drawer.env, keeper, db, row));
      const text = await latin1(small.body);
      expect([text.length, text.slice(1, 4)]).toEqual([small.sizeBytes, "PNG"]);
      expect(text).not.toContain("PLANTED");
      const { held, named, strays } = await inventoryOf(drawer.harbour);
      expect([held, strays]).toEqual([named, []]);
    }
  });

  it("goes with the content that it shows", async () => {
    const document = await owner.file(pdfOf("a kettle"));
    await set(document, smallPicture());
    expect(await owner.refile(pdfOf("a pot"), document.id, 1)).toMatchObject({ thumbnailUrl: null });
    expect((await set(document, smallPicture(), 1)).status).toBe(409);
    const { held, named } = await inventoryOf(drawer.harbour);
    expect([held, held.length]).toEqual([named, 1]);
  });

  it("is refused where it is none: another type, too many bytes, too many pixels, nothing", async () => {
    const document = await owner.file(pdfOf("a kettle"));
    for (const [bytes, status] of [[pdfOf("x"), 400], [TABLET.bytes, 400], [new Uint8Array(0), 400], [new Uint8Array(65_537), 413], [smallPicture().slice(0, 40), 400]] as const) {
      expect((await set(document, bytes)).status).toBe(status);
    }
    const { held, named, strays } = await inventoryOf(drawer.harbour);
    expect([held, strays]).toEqual([named, []]);
  });
});
