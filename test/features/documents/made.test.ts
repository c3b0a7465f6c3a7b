/** What Daybook makes is filed once under its own id, as a next version where its content is another; and what a link asks is one statement. */
import { beforeEach, describe, expect, it } from "vitest";
import { documentForLink, documentLinksVoided, fileMade, madeDocumentId, shopLinksVoided, type Made } from "../../../src/features/documents/service";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import type { ShopDb } from "../../../src/platform/database";
import { must } from "../../support/people";
import { inventoryOf, openDrawer, pdfOf, rowsOf, type Drawer, type Hand } from "./drawer";

let drawer: Drawer;
let owner: Hand;
let db: ShopDb;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
  db = rowsOf(drawer.env, drawer.harbour);
});

async function report(text: string, changes: Partial<Made> = {}): Promise<Made> {
  return {
    id: await madeDocumentId(db.shopId, "report 2026-07-14"), kind: "report", subjectKind: "day", subject: "2026-07-14", title: "14 July 2026", fileName: "2026-07-14.pdf",
    mediaType: "application/pdf", issuedOn: null, expiresOn: null, tags: [], bytes: pdfOf(text), actor: DAYBOOK, ...changes,
  };
}

const file = async (made: Made) => must(await fileMade(drawer.world, drawer.env, db, made));

describe("what Daybook makes", () => {
  it("is filed once, however often, and at once", async () => {
    const made = await report("one");
    const all = await Promise.all([file(made), file(made), file(made)]);
    expect(new Set(all.map(({ version }) => version))).toEqual(new Set([1]));
    expect(await file(made)).toEqual({ id: made.id, version: 1 });
    const { documents, held, named, strays, lines } = await inventoryOf(drawer.harbour);
    expect({ count: documents.length, held, strays, lines }).toEqual({ count: 1, held: named, strays: [], lines: ["document.made"] });
    expect((await owner.list({ kind: "report" })).documents).toMatchObject([{ createdBy: "Daybook", kind: "report", title: "14 July 2026" }]);
    expect((await owner.list({ subjectKind: "day" })).documents).toHaveLength(1);
    // Where nobody asks for reports they do not bury what people filed.
    expect((await owner.list()).documents).toEqual([]);
  });

  it("is a next version where its content is another, and described anew where only its words are", async () => {
    await file(await report("one"));
    expect((await file(await report("two"))).version).toBe(2);
    expect((await file(await report("two", { title: "Tuesday" }))).version).toBe(2);
    expect((await owner.list({ search: "tuesday", kind: "report" })).documents).toMatchObject([{ title: "Tuesday", version: 2 }]);
    const { held, named, strays, lines } = await inventoryOf(drawer.harbour);
    expect({ held, strays, lines }).toEqual({ held: named, strays: [], lines: ["document.made", "document.made_anew", "document.described"] });
  });

  it("is Daybook's to describe and replace, and a certificate nobody's to remove", async () => {
    const { id } = await file(await report("one", { kind: "certificate", subjectKind: "product", subject: "SN-1" }));
    const [seen] = (await owner.list()).documents;
    const said = { kind: "other", subjectKind: "shop", subject: "", title: "Mine", tags: [], issuedOn: null, expiresOn: null, changedAt: seen?.changedAt };
    expect((await owner.send("PUT", `/documents/${id}`, said)).status).toBe(409);
    expect((await owner.sendRaw("PUT", `/documents/${id}/file?name=x.pdf&version=1`, pdfOf("x"))).status).toBe(409);
    expect((await owner.send("POST", `/documents/${id}/remove`, {})).status).toBe(409);
  });

  it("that was removed begins anew, and no link to the one of old opens it", async () => {
    const { id } = await file(await report("one"));
    await owner.call("POST", `/documents/${id}/remove`, {});
    drawer.pass(1_000);
    expect(await file(await report("one"))).toEqual({ id, version: 1 });
    const [row] = await documentForLink(db, id, null);
    expect(row?.voidThrough).toBe(drawer.world.clock() - 1);
    await owner.call("POST", `/documents/${id}/remove`, {});
    expect(await inventoryOf(drawer.harbour)).toMatchObject({ documents: [], held: [], strays: [] });
  });
});

describe("what decides about a link", () => {
  it("is one row: the document, its share, and what was voided of either", async () => {
    const { id } = await file(await report("one"));
    expect(await documentForLink(db, id, null)).toMatchObject([{ id, version: 1, shareVersion: null, keyMaster: null }]);
    const voided = drawer.world.clock() + 5;
    await db.orm.batch([documentLinksVoided(db, id, voided)]);
    expect((await documentForLink(db, id, null))[0]?.voidThrough).toBe(voided);
    await db.orm.batch([shopLinksVoided(db, voided + 1)]);
    expect((await documentForLink(db, id, null))[0]?.voidThrough).toBe(voided + 1);
    expect(await documentForLink(rowsOf(drawer.env, drawer.lantern), id, null)).toEqual([]);
  });
});
