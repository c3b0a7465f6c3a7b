/** Documents are filed, found, described, replaced and removed; the bucket holds what the rows name and nothing else. */
import { beforeEach, describe, expect, it } from "vitest";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { keeperOf, documentQuery, openContent } from "../../../src/features/documents/service";
import { bytesOf, inventoryOf, openDrawer, pdfOf, rowsOf, type Drawer, type Hand } from "./drawer";
import { must } from "../../support/people";

let drawer: Drawer;
let owner: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
});

/** A document's content as people get it. */
async function contentOf(id: string, stretch: { readonly offset: number; readonly length: number } | null = null): Promise<string> {
  const db = rowsOf(drawer.env, drawer.harbour);
  const [row] = await documentQuery(db, id as never);
  if (row === undefined) throw new Error("there is no such document");
  const opened = must(await openContent(drawer.env, keeperOf(drawer.world, drawer.env), db, row, stretch));
  const text = await new Response(opened.body).text();
  expect(new TextEncoder().encode(text).byteLength).toBe(opened.sizeBytes);
  return text;
}

describe("a file", () => {
  it("becomes a document with what its name says, and its bytes come out as they went in", async () => {
    const document = await owner.file(pdfOf("a kettle"), { name: "C:\\scans\\Kettle_warranty.PDF" });
    expect(document).toMatchObject({
      version: 1, kind: "other", subjectKind: "shop", subject: "", title: "Kettle warranty", fileName: "Kettle_warranty.PDF".replace("PDF", "pdf"), mediaType: "application/pdf",
      sizeBytes: pdfOf("a kettle").byteLength, isSealed: false, createdBy: "Ada Okafor", thumbnailUrl: null, tags: [],
    });
    expect(await contentOf(document.id)).toBe("%PDF-1.7\n% a kettle\n%%EOF\n");
    expect(await contentOf(document.id, { offset: 11, length: 8 })).toBe("a kettle");
    expect((await owner.list()).documents).toEqual([document]);
    const { named, held, strays, usage, lines } = await inventoryOf(drawer.harbour);
    expect({ named, strays, usage, lines }).toMatchObject({ named: held, strays: [], usage: { document_count: 1, total_bytes: document.sizeBytes }, lines: ["document.filed"] });
  });

  it("sent again with its key is filed once, one after the other and at once", async () => {
    const key = newId(systemRandom);
    const first = await owner.file(pdfOf("once"), { key });
    expect(await owner.file(pdfOf("once"), { key })).toEqual(first);
    const other = newId(systemRandom);
    const both = await Promise.all([owner.file(pdfOf("twice"), { key: other }), owner.file(pdfOf("twice"), { key: other })]);
    expect(both[0].id).toBe(both[1].id);
    const { documents, held, strays } = await inventoryOf(drawer.harbour);
    expect([documents.length, held.length, strays]).toEqual([2, 2, []]);
  });

  it("of text is filed as such, by its name a table", async () => {
    expect(await owner.file(bytesOf("a,b\n1,2\n"), { name: "prices.csv", title: "Prices", kind: "other", subjectKind: "job", subject: "Job 7" })).toMatchObject({ mediaType: "text/csv", title: "Prices", subject: "Job 7" });
    expect(await owner.file(bytesOf("grüße\n"), { name: "note.exe" })).toMatchObject({ mediaType: "text/plain", fileName: "note.exe.txt" });
  });
});

describe("other content", () => {
  it("is the next version, and what was there is removed", async () => {
    const document = await owner.file(pdfOf("old"));
    const before = await inventoryOf(drawer.harbour);
    const newer = await owner.refile(pdfOf("newer"), document.id, 1);
    expect(newer).toMatchObject({ id: document.id, version: 2, fileName: "newer.pdf", title: document.title });
    expect(newer.changedAt).toBeGreaterThan(document.changedAt);
    const { held, named, strays, usage } = await inventoryOf(drawer.harbour);
    expect({ named, strays, usage }).toMatchObject({ named: held, strays: [], usage: { document_count: 1, total_bytes: newer.sizeBytes } });
    expect(held).not.toEqual(before.held);
    expect(await contentOf(document.id)).toContain("newer");
    expect(await owner.refile(pdfOf("newer"), document.id, 1)).toEqual(newer);
  });
});

describe("what is said of a document", () => {
  it("is changed as a whole, and the search knows it", async () => {
    const document = await owner.file(pdfOf("x"));
    const said = { kind: "warranty", subjectKind: "product", subject: "SN-42", title: "Ünïversal Straße", tags: ["Küche", "Küche"], issuedOn: "2026-07-01", expiresOn: "2028-06-30" };
    const { document: changed } = await owner.call<{ document: object }>("PUT", `/documents/${document.id}`, { ...said, changedAt: document.changedAt });
    expect(changed).toMatchObject({ ...said, tags: ["Küche"], version: 1 });
    for (const search of ["universal", "KUCHE sn-42", "warranty.pdf", "straße"]) expect([search, (await owner.list({ search })).documents.length]).toEqual([search, 1]);
    for (const search of ["universal nothing", "%", "_", "a'b", "*\""]) expect([search, (await owner.list({ search })).documents.length]).toEqual([search, 0]);
    expect((await owner.send("PUT", `/documents/${document.id}`, { ...said, changedAt: document.changedAt })).status).toBe(409);
  });
});

describe("a document that is removed", () => {
  it("goes with its content, and is as absent as one that never was", async () => {
    const document = await owner.file(pdfOf("gone"));
    expect(await owner.call("POST", `/documents/${document.id}/remove`, {})).toEqual({ removed: true });
    expect((await owner.send("POST", `/documents/${document.id}/remove`, {})).status).toBe(404);
    expect(await inventoryOf(drawer.harbour)).toMatchObject({ documents: [], held: [], strays: [], usage: { document_count: 0, total_bytes: 0 }, lines: ["document.filed", "document.removed"] });
  });
});
