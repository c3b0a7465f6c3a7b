/** Files in parts: in any order, repeatedly, after breaks; sealed or not they join to what was sent; what is given up is gone. */
import { beforeEach, describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import { PART_BYTES, type DocumentItem, type UploadView } from "../../../src/features/documents/contract";
import { documentQuery, keeperOf, openContent } from "../../../src/features/documents/service";
import { digestOf } from "../../../src/platform/digest";
import { must } from "../../support/people";
import { inventoryOf, openDrawer, pdfOf, rowsOf, type Drawer, type Hand } from "./drawer";
import { PHONE } from "./media/pictures";

let drawer: Drawer;
let owner: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
});

const START = { kind: "warranty", subjectKind: "product", subject: "SN-1", title: "A manual", tags: ["big"], issuedOn: null, expiresOn: "2028-01-01", name: "manual.pdf" };
const begin = async (sizeBytes: number, hand = owner) => await hand.call<UploadView>("POST", "/documents/uploads", { ...START, sizeBytes });
const complete = async (id: string) => (await owner.call<{ document: DocumentItem }>("POST", `/documents/uploads/${id}/complete`, {})).document;

/** A whole of two full parts and a bit, in its parts. */
function threeParts() {
  const whole = new Uint8Array(2 * PART_BYTES + 1_000).map((_, index) => index * 7 + (index >>> 16));
  whole.set(pdfOf("in three parts"));
  return { whole, parts: [whole.slice(0, PART_BYTES), whole.slice(PART_BYTES, 2 * PART_BYTES), whole.slice(2 * PART_BYTES)] as const };
}

async function contentOf(id: string, stretch: { readonly offset: number; readonly length: number } | null) {
  const db = rowsOf(drawer.env, drawer.harbour);
  const [row] = await documentQuery(db, id as never);
  if (row === undefined) throw new Error("there is no such document");
  const content = must(await openContent(drawer.env, keeperOf(drawer.world, drawer.env), db, row, stretch));
  return { row, bytes: new Uint8Array(await new Response(content.body).arrayBuffer()) };
}

describe.each([false, true])("a file in parts (sealed: %s)", (seals) => {
  it("joins to what was sent, whatever order its parts came in and however often", async () => {
    if (seals) await owner.call("PUT", "/documents/rule", { seals: true });
    const { whole, parts } = threeParts();
    const upload = await begin(whole.byteLength);
    expect(upload).toMatchObject({ name: "manual.pdf", partBytes: PART_BYTES, parts: [] });
    await owner.part(upload.id, 3, parts[2]);
    await owner.part(upload.id, 2, parts[1].slice().fill(9));
    expect((await owner.send("POST", `/documents/uploads/${upload.id}/complete`, {})).status).toBe(409);
    await owner.part(upload.id, 2, parts[1]);
    await owner.part(upload.id, 1, parts[0]);
    expect((await owner.part(upload.id, 1, parts[0])).parts).toEqual([1, 2, 3]);
    expect((await owner.list()).uploads).toMatchObject([{ id: upload.id, name: "manual.pdf", sizeBytes: whole.byteLength, arrivedBytes: whole.byteLength }]);
    const document = await complete(upload.id);
    expect(document).toMatchObject({ title: "A manual", mediaType: "application/pdf", sizeBytes: whole.byteLength, isSealed: seals, expiresOn: "2028-01-01", kind: "warranty", tags: ["big"] });
    expect(await complete(upload.id)).toEqual(document);
    const { row, bytes } = await contentOf(document.id, null);
    expect(await digestOf(bytes)).toBe(await digestOf(whole));
    const checksums = await Promise.all(parts.map(async (part) => await digestOf(part)));
    expect(row.checksum).toBe(`${await digestOf(new Uint8Array(new TextEncoder().encode(checksums.join("\n"))))}-3`);
    const over = { offset: PART_BYTES - 3, length: 70_000 };
    expect((await contentOf(document.id, over)).bytes).toEqual(whole.slice(over.offset, over.offset + over.length));
    const { held, named, strays, uploads, lines } = await inventoryOf(drawer.harbour);
    expect({ held, strays, uploads, lines: lines.at(-1) }).toEqual({ held: named, strays: [], uploads: 0, lines: "document.filed" });
  });
});

describe("a part", () => {
  it("that is there already is not read again", async () => {
    const bytes = pdfOf("one part");
    const upload = await begin(bytes.byteLength);
    await owner.part(upload.id, 1, bytes);
    const path = `/documents/uploads/${upload.id}/parts/1?checksum=${await digestOf(bytes)}`;
    expect((await owner.sendRaw("PUT", path, bytes.slice().fill(0))).status).toBe(200);
    expect((await contentOf((await complete(upload.id)).id, null)).bytes).toEqual(bytes);
  });

  it("of another length, beyond the last, of other bytes than it says, or of a type that comes in one piece is refused", async () => {
    const bytes = pdfOf("one part");
    const upload = await begin(bytes.byteLength);
    const put = async (number: string, body: Uint8Array<ArrayBuffer>, checksum?: string) => (await owner.sendRaw("PUT", `/documents/uploads/${upload.id}/parts/${number}?checksum=${checksum ?? await digestOf(body)}`, body)).status;
    expect(await put("1", bytes.slice(1))).toBe(400);
    expect(await put("2", bytes)).toBe(400);
    expect(await put("1", bytes, "A".repeat(43))).toBe(400);
    expect(await put("1", new Uint8Array(bytes.byteLength))).toBe(400);
    const photo = new Uint8Array(bytes.byteLength);
    photo.set(PHONE.bytes.slice(0, bytes.byteLength));
    expect(await put("1", photo)).toBe(400);
    for (const number of ["0", "01", "-1", "1.0", "x", "100000"]) expect([number, await put(number, bytes)]).toEqual([number, 404]);
    expect((await owner.call<UploadView>("GET", `/documents/uploads/${upload.id}`)).parts).toEqual([]);
  });
});

describe("an upload", () => {
  it("that is cancelled is gone with its parts, and takes none any more", async () => {
    const bytes = pdfOf("given up");
    const upload = await begin(bytes.byteLength);
    await owner.part(upload.id, 1, bytes);
    expect(await owner.call("POST", `/documents/uploads/${upload.id}/cancel`, {})).toEqual({ removed: true });
    for (const [method, path] of [["GET", ""], ["POST", "/complete"], ["POST", "/cancel"]] as const) {
      expect((await owner.send(method, `/documents/uploads/${upload.id}${path}`, method === "GET" ? undefined : {})).status).toBe(404);
    }
    expect(await inventoryOf(drawer.harbour)).toMatchObject({ held: [], strays: [], uploads: 0, documents: [] });
    expect((await owner.list()).uploads).toEqual([]);
  });

  it("that nobody finishes within six days is swept with its parts", async () => {
    const bytes = pdfOf("forgotten");
    const upload = await begin(bytes.byteLength);
    await owner.part(upload.id, 1, bytes);
    drawer.pass(6 * DAY - 1_000);
    await drawer.sweep();
    expect(await inventoryOf(drawer.harbour)).toMatchObject({ uploads: 2 });
    drawer.pass(2_000);
    await drawer.sweep();
    expect(await inventoryOf(drawer.harbour)).toMatchObject({ held: [], strays: [], uploads: 0 });
  });

  it("is gone on with by anybody who files at that shop, and is nobody's elsewhere", async () => {
    const bytes = pdfOf("by two");
    const upload = await begin(bytes.byteLength);
    const [colleague, viewer, stranger] = [await drawer.someone(drawer.harbour, "tech"), await drawer.someone(drawer.harbour, "viewer"), await drawer.someone(drawer.lantern, "owner")];
    expect((await colleague.part(upload.id, 1, bytes)).parts).toEqual([1]);
    expect((await viewer.send("GET", `/documents/uploads/${upload.id}`)).status).toBe(403);
    expect((await viewer.list()).uploads).toEqual([]);
    expect((await stranger.send("GET", `/documents/uploads/${upload.id}`)).status).toBe(404);
    expect((await stranger.send("POST", `/documents/uploads/${upload.id}/complete`, {})).status).toBe(404);
    expect((await stranger.sendRaw("PUT", `/documents/uploads/${upload.id}/parts/1?checksum=${await digestOf(bytes)}`, bytes)).status).toBe(404);
  });
});
