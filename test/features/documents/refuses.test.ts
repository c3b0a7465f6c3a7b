/** What is refused, in words, with nothing left behind: files that are none, bodies that lie, acts that come too late, roles that may not. */
import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import { fileDocument } from "../../../src/features/documents/filing";
import { actorNamed } from "../../../src/platform/audit-leaf";
import { digestOf } from "../../../src/platform/digest";
import { shardsOf } from "../../../src/platform/env";
import { bytesOf, fileQuery, inventoryOf, openDrawer, pdfOf, rowsOf, type Drawer, type Hand } from "./drawer";

let drawer: Drawer;
let owner: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
});

const EMPTY = { documents: [], held: [], strays: [], uploads: 0, lines: [] };
const filed = async (body: Uint8Array, query: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string | null>> = {}, hand = owner) => (
  await hand.sendRaw("POST", `/documents/file?${fileQuery(query)}`, body, headers)
);

describe("a file", () => {
  it.each([
    ["a web page", "<!doctype html><script>alert(1)</script>"], ["a drawing", "<svg xmlns='http://www.w3.org/2000/svg'/>"], ["a GIF", "GIF89a=1;alert(1)"],
    ["an archive", "PK\u0003\u0004"], ["a program", "#!/bin/sh\n"], ["a PDF that begins late", "<html>%PDF-1.7"], ["bytes", "\u0000\u0001\u0002"],
  ])("that is %s is refused under any name", async (_, text) => {
    for (const name of ["warranty.pdf", "photo.jpg", "notes.txt"]) expect((await filed(bytesOf(text), { name })).status).toBe(400);
    expect(await inventoryOf(drawer.harbour)).toMatchObject(EMPTY);
  });

  it("that begins as text and goes on as something else is refused as soon as it does, and nothing stays", async () => {
    const text = "line\n".repeat(40_000);
    for (const tail of [[0], [0xff, 0xfe], [0xc3]]) {
      const response = await filed(new Uint8Array([...bytesOf(text), ...tail]), { name: "notes.txt" });
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("goes on as something else")]);
    }
    expect(await inventoryOf(drawer.harbour)).toMatchObject(EMPTY);
  });

  it("that is not what was sent, or not all of it, is refused and may be sent again under its key", async () => {
    const [body, key] = [pdfOf("whole"), newId(systemRandom)];
    expect((await filed(body, { key, checksum: "A".repeat(43) })).status).toBe(400);
    expect((await filed(body.slice(0, -3), { key }, { "content-length": String(body.byteLength) })).status).toBe(400);
    expect((await filed(body, { key }, { "content-length": String(body.byteLength - 3) })).status).toBe(400);
    expect(await inventoryOf(drawer.harbour)).toMatchObject(EMPTY);
    expect((await filed(body, { key, checksum: await digestOf(body) })).status).toBe(200);
    expect((await filed(pdfOf("other"), { key })).status).toBe(409);
    expect(await inventoryOf(drawer.harbour)).toMatchObject({ strays: [], lines: ["document.filed"] });
  });

  it("that is empty, has no length, says to be too large, or comes as another type is refused before it is read", async () => {
    expect((await filed(new Uint8Array(0))).status).toBe(400);
    expect((await filed(pdfOf("x"), {}, { "content-length": null })).status).toBe(400);
    expect((await filed(pdfOf("x"), {}, { "content-length": "1e3" })).status).toBe(400);
    expect((await filed(pdfOf("x"), {}, { "content-length": "100000001" })).status).toBe(413);
    for (const type of ["text/plain", "application/pdf", "multipart/form-data; boundary=x", "application/json", null]) expect([type, (await filed(pdfOf("x"), {}, { "content-type": type })).status]).toEqual([type, 415]);
    for (const site of ["cross-site", "same-site", null]) expect((await filed(pdfOf("x"), {}, { "sec-fetch-site": site })).status).toBe(403);
    expect(await inventoryOf(drawer.harbour)).toMatchObject(EMPTY);
  });

  it("with a query that nobody's page sends is refused", async () => {
    const queries: readonly Readonly<Record<string, string>>[] = [{ name: "" }, { name: "x".repeat(256) }, { key: "short" }, { extra: "1" }, { kind: "report" }, { kind: "certificate" }, { subjectKind: "person" }, { checksum: "x" }, { title: "a\u0007b" }, { title: "x".repeat(121) }];
    for (const query of queries) expect([query, (await filed(pdfOf("x"), query)).status]).toEqual([query, 400]);
  });

  it("about something that is none is refused: a shop with a name, a product without, a day of no calendar", async () => {
    const queries: readonly Readonly<Record<string, string>>[] = [{ subject: "x" }, { subjectKind: "product" }, { subjectKind: "job", subject: " " }, { subjectKind: "day", subject: "2026-02-30" }, { subjectKind: "day", subject: "today" }];
    for (const query of queries) expect([query, (await filed(pdfOf("x"), query)).status]).toEqual([query, 400]);
  });

  it("that takes more than an hour to arrive is refused, long before its object is swept", async () => {
    const db = rowsOf(drawer.env, drawer.harbour);
    const clerk = { world: drawer.world, env: drawer.env, db, actor: actorNamed("daybook"), role: "owner" } as const;
    const bytes = pdfOf("slow");
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes.slice(0, 10)), pull: (controller) => {
      drawer.pass(HOUR);
      controller.enqueue(bytes.slice(10));
      controller.close();
    } }, { highWaterMark: 0 });
    const slow = await fileDocument(clerk, { name: "slow.pdf", key: newId(systemRandom) }, { name: "slow.pdf", content: { body, sizeBytes: bytes.byteLength }, checksum: null });
    expect(slow).toMatchObject({ ok: false, failure: { kind: "invalid_input", message: expect.stringContaining("too long to arrive") } });
    expect(await inventoryOf(drawer.harbour)).toMatchObject(EMPTY);
  });
});

describe("a name", () => {
  it.each([
    ["../../etc/passwd", "passwd.pdf"], ["a\\b\\c.pdf", "c.pdf"], ["invoice.pdf.exe", "invoice.pdf.exe.pdf"], ["\u202Efdp.exe", "fdp.exe.pdf"], ["a\r\nb\u0000.pdf", "ab.pdf"],
    ["\"><script>.pdf", "-script-.pdf"], ["...", "document.pdf"], [".pdf", "pdf.pdf"], ["保証書 📄.PDF", "保証書 📄.pdf"], [`${"é".repeat(250)}.pdf`, `${"é".repeat(156)}.pdf`], ["📄".repeat(120), `${"📄".repeat(78)}.pdf`],
  ])("such as %j is kept as %j", async (name, kept) => {
    expect((await owner.file(pdfOf(name), { name })).fileName).toBe(kept);
  });
});

describe("a document that changed meanwhile", () => {
  const SAID = { kind: "other", subjectKind: "shop", subject: "", title: "Mine", tags: [], issuedOn: null, expiresOn: null };

  it("is not described or replaced as it was: of two at once one is told", async () => {
    const document = await owner.file(pdfOf("x"));
    const change = async (title: string) => (await owner.send("PUT", `/documents/${document.id}`, { ...SAID, title, changedAt: document.changedAt })).status;
    expect((await Promise.all([change("One"), change("Two")])).toSorted()).toEqual([200, 409]);
    const replace = async (text: string) => (await owner.sendRaw("PUT", `/documents/${document.id}/file?name=n.pdf&version=1`, pdfOf(text))).status;
    expect((await Promise.all([replace("first"), replace("second one")])).toSorted()).toEqual([200, 409]);
    expect(await replace("late third")).toBe(409);
    const { held, named, strays } = await inventoryOf(drawer.harbour);
    expect([held, strays]).toEqual([named, []]);
  });

  it("is not said to expire before it was issued, nor on a day that is none", async () => {
    const document = await owner.file(pdfOf("x"));
    for (const dates of [{ issuedOn: "2026-07-02", expiresOn: "2026-07-01" }, { issuedOn: "2026-02-30", expiresOn: null }, { issuedOn: null, expiresOn: "2026-13-01" }]) {
      expect((await owner.send("PUT", `/documents/${document.id}`, { ...SAID, ...dates, changedAt: document.changedAt })).status).toBe(400);
    }
  });
});

describe("a role", () => {
  it("does what the table says", async () => {
    for (const [role, write, manage] of [["admin", 200, 200], ["tech", 200, 403], ["sales", 200, 403], ["viewer", 403, 403]] as const) {
      const hand = await drawer.someone(drawer.harbour, role);
      const document = await owner.file(pdfOf(role));
      expect([role, (await filed(pdfOf("x"), {}, {}, hand)).status, (await hand.send("POST", `/documents/${document.id}/remove`, {})).status]).toEqual([role, write, manage]);
      expect((await hand.send("PUT", "/documents/rule", { seals: false })).status).toBe(manage);
      expect((await hand.list()).may).toEqual({ write: write === 200, share: write === 200, manage: manage === 200 });
    }
  });

  it("that may not read days finds no document of one, and files none", async () => {
    const [sales, tech] = [await drawer.someone(drawer.harbour, "sales"), await drawer.someone(drawer.harbour, "tech")];
    const aDay = { subjectKind: "day", subject: "2026-07-14" };
    const { id, changedAt } = await tech.file(pdfOf("a day"), aDay);
    const said = { kind: "other", subjectKind: "shop", subject: "", title: "Mine", tags: [], issuedOn: null, expiresOn: null, changedAt };
    expect((await sales.list()).documents).toEqual([]);
    expect((await sales.list({ subjectKind: "day" })).documents).toEqual([]);
    expect((await tech.list()).documents).toHaveLength(1);
    const absent = await (await sales.send("PUT", `/documents/${"z".repeat(26)}`, said)).text();
    const told = await sales.send("PUT", `/documents/${id}`, said);
    expect([told.status, await told.text()]).toEqual([404, absent]);
    expect((await sales.sendRaw("PUT", `/documents/${id}/file?name=x.pdf&version=1`, pdfOf("x"))).status).toBe(404);
    expect((await filed(pdfOf("x"), aDay, {}, sales)).status).toBe(403);
    expect((await sales.send("POST", "/documents/uploads", { ...said, changedAt: undefined, ...aDay, name: "x.pdf", sizeBytes: 5 })).status).toBe(403);
  });
});

describe("a shop that is full", () => {
  it("is told so before anything is read", async () => {
    await owner.file(pdfOf("one"));
    const shard = shardsOf(drawer.env)[drawer.harbour.shard];
    const set = async (column: string, value: number) => await shard?.prepare(`UPDATE document_usage SET ${column} = ?2 WHERE shop_id = ?1`).bind(drawer.harbour.id, value).run();
    await set("document_count", 50_000);
    const response = await filed(pdfOf("two"));
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining("50,000 documents")]);
    const [document] = (await owner.list()).documents;
    expect((await owner.refile(pdfOf("other content"), document?.id ?? "", 1)).version).toBe(2);
    await set("document_count", 1);
    await set("total_bytes", 99_999_999_990);
    expect((await filed(pdfOf("two"))).status).toBe(409);
    expect((await owner.send("POST", "/documents/uploads", { kind: "other", subjectKind: "shop", subject: "", title: "x", tags: [], issuedOn: null, expiresOn: null, name: "x.pdf", sizeBytes: 5_000 })).status).toBe(409);
    expect((await inventoryOf(drawer.harbour)).strays).toEqual([]);
  });
});
