/** A shop that seals what it keeps: nothing of it stands readable in the bucket, and all of it comes out as it went in. */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { documentQuery, fileMade, keeperOf, madeDocumentId, openContent, type StoredDocument } from "../../../src/features/documents/service";
import type { ShopCard } from "../../../src/http/guard";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { rewrapShopKey } from "../../../src/platform/vault";
import { must } from "../../support/people";
import { bytesOf, fileQuery, inventoryOf, openDrawer, pdfOf, rowsOf, type Drawer, type Hand } from "./drawer";

let drawer: Drawer;
let owner: Hand;

beforeEach(async () => {
  drawer = await openDrawer();
  owner = await drawer.someone(drawer.harbour, "owner");
  await owner.call("PUT", "/documents/rule", { seals: true });
});

async function stored(id: string, shop: ShopCard = drawer.harbour): Promise<StoredDocument> {
  const [row] = await documentQuery(rowsOf(drawer.env, shop), id as never);
  if (row === undefined) throw new Error("there is no such document");
  return row;
}

async function open(row: StoredDocument, stretch: { readonly offset: number; readonly length: number } | null = null, shop: ShopCard = drawer.harbour, env = drawer.env) {
  return await openContent(env, keeperOf(drawer.world, env), rowsOf(env, shop), row, stretch);
}

const TEXT = "a line that nobody but the shop may read\n".repeat(5_000);

describe("a shop that seals", () => {
  it("has nothing readable in the bucket, and its documents whole and by stretches", async () => {
    const document = await owner.file(bytesOf(TEXT), { name: "notes.txt" });
    expect(document).toMatchObject({ isSealed: true, sizeBytes: TEXT.length });
    const row = await stored(document.id);
    const raw = await (await runtime.DOCUMENTS.get(row.objectKey))?.text();
    expect([raw?.includes("nobody"), (raw?.length ?? 0) > 0]).toEqual([false, true]);
    expect(await new Response(must(await open(row)).body).text()).toBe(TEXT);
    for (const [offset, length] of [[0, 10], [65_530, 20], [131_072, 1], [TEXT.length - 5, 5]] as const) {
      const part = must(await open(row, { offset, length }));
      expect([part.sizeBytes, await new Response(part.body).text()]).toEqual([length, TEXT.slice(offset, offset + length)]);
    }
  });

  it("seals what comes from then on: what was there stays readable, and what comes afterwards is in the clear again", async () => {
    const sealed = await owner.file(pdfOf("sealed"));
    await owner.call("PUT", "/documents/rule", { seals: false });
    const clear = await owner.file(pdfOf("clear"));
    expect([sealed.isSealed, clear.isSealed]).toEqual([true, false]);
    for (const [document, word] of [[sealed, "sealed"], [clear, "clear"]] as const) expect(await new Response(must(await open(await stored(document.id))).body).text()).toContain(word);
    expect(await owner.refile(pdfOf("clear now"), sealed.id, 1)).toMatchObject({ isSealed: false });
    expect((await inventoryOf(drawer.harbour)).lines).toContain("document_rule.changed");
  });

  it("seals what Daybook makes too", async () => {
    const db = rowsOf(drawer.env, drawer.harbour);
    const made = { kind: "report", subjectKind: "shop", subject: "", title: "July", fileName: "july.pdf", mediaType: "application/pdf", issuedOn: null, expiresOn: null, tags: [], actor: DAYBOOK } as const;
    const { id } = must(await fileMade(drawer.world, drawer.env, db, { ...made, id: await madeDocumentId(db.shopId, "july"), bytes: pdfOf("made in July") }));
    const row = await stored(id);
    expect(await (await runtime.DOCUMENTS.get(row.objectKey))?.text()).not.toContain("July");
    expect(await new Response(must(await open(row)).body).text()).toContain("made in July");
  });

  it("reads on after its key was wrapped by another master key", async () => {
    const document = await owner.file(pdfOf("kept"));
    const both = { ...drawer.env, MASTER_KEYS: JSON.stringify({ ...JSON.parse(drawer.env.MASTER_KEYS) as object, k2: btoa("n".repeat(32)) }), MASTER_KEY_CURRENT: "k2" };
    expect(must(await rewrapShopKey(keeperOf(drawer.world, both), rowsOf(both, drawer.harbour)))).toBe(true);
    expect(await new Response(must(await open(await stored(document.id), null, drawer.harbour, both)).body).text()).toContain("kept");
  });
});

describe("a sealed object", () => {
  it("that was changed, cut short, or exchanged for another breaks off, and shows nothing of what was changed", async () => {
    const [one, other] = [await stored((await owner.file(bytesOf(TEXT), { name: "a.txt" })).id), await stored((await owner.file(bytesOf(TEXT.toUpperCase()), { name: "b.txt" })).id)];
    const whole = new Uint8Array(await (await runtime.DOCUMENTS.get(one.objectKey))?.arrayBuffer() ?? []);
    const foreign = new Uint8Array(await (await runtime.DOCUMENTS.get(other.objectKey))?.arrayBuffer() ?? []);
    const changed = whole.slice();
    changed[70_000] = (changed[70_000] ?? 0) ^ 1;
    for (const bytes of [changed, whole.slice(0, -1), whole.slice(0, 65_564), foreign]) {
      await runtime.DOCUMENTS.put(one.objectKey, bytes);
      await expect(new Response(must(await open(one)).body).text()).rejects.toThrow();
    }
  });

  it("does not open with another shop's key, nor where its key is gone", async () => {
    const stranger = await drawer.someone(drawer.lantern, "owner");
    await stranger.call("PUT", "/documents/rule", { seals: true });
    const theirs = await stored((await stranger.file(pdfOf("theirs"))).id, drawer.lantern);
    const ours = await stored((await owner.file(pdfOf("ours"))).id);
    expect(await open({ ...ours, keyWrapped: theirs.keyWrapped, keyMaster: theirs.keyMaster })).toEqual({ ok: false, failure: { kind: "key_unavailable" } });
    expect(await open({ ...ours, keyWrapped: null, keyMaster: null })).toEqual({ ok: false, failure: { kind: "key_unavailable" } });
    expect(await open(theirs)).toEqual({ ok: false, failure: { kind: "key_unavailable" } });
    await expect(open({ ...theirs, sealedWith: null })).rejects.toThrow("a shop's objects are its own");
  });

  it("cannot be filed while the shop's key cannot be opened, and nothing stays behind", async () => {
    await owner.file(pdfOf("first"));
    for (const shard of [runtime.SHARD_0, runtime.SHARD_1]) await shard.prepare("UPDATE shop_key SET wrapped = 'v1.gone.' || substr(wrapped, 7) WHERE shop_id = ?1").bind(drawer.harbour.id).run();
    expect((await owner.sendRaw("POST", `/documents/file?${fileQuery()}`, pdfOf("second"))).status).toBe(503);
    const { held, strays } = await inventoryOf(drawer.harbour);
    expect([held.length, strays]).toEqual([1, []]);
  });
});
