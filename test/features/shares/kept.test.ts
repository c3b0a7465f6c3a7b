/** Links to what the store itself keeps: sealed content in whole and in part, small pictures, and content that was replaced. */
import { beforeAll, describe, expect, it } from "vitest";
import type { DocumentsView } from "../../../src/features/documents/contract";
import { fileMade, madeDocumentId } from "../../../src/features/documents/service";
import type { LinkAnswer } from "../../../src/features/shares/contract";
import type { ShopCard } from "../../../src/http/guard";
import { newId, type DocumentId } from "../../../src/kernel/ids";
import { systemRandom } from "../../../src/kernel/clock";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { openShopDb } from "../../../src/platform/database";
import { createBrowser } from "../../support/app";
import { countedBindings } from "../../support/counting";
import { must } from "../../support/people";
import { openHouse, shardOf, viewOf, type Desk, type House } from "./house";

/** Three chunks of the sealed stream and a bit. */
const BYTES = Uint8Array.from({ length: 200_123 }, (_, index) => (index * 7 + (index >> 8)) & 255);

let house: House;
let desk: Desk;

beforeAll(async () => {
  house = await openHouse();
  desk = await house.someone(house.harbour, "owner");
  await desk.call("PUT", "/documents/rule", { seals: true });
});

async function kept(shop: ShopCard, bytes: Uint8Array<ArrayBuffer> = BYTES, key: string = newId(systemRandom)): Promise<{ readonly id: DocumentId; readonly version: number }> {
  const db = openShopDb(house.env, shop.id, shop.shard);
  return must(await fileMade(house.world, house.env, db, {
    id: await madeDocumentId(shop.id, key), kind: "other", subjectKind: "job", subject: "Job 7", title: "Kept", fileName: "kept.txt", mediaType: "text/plain", issuedOn: null, expiresOn: null, tags: [], bytes, actor: DAYBOOK,
  }));
}

const get = async (url: string, headers: Record<string, string> = {}, env = house.env) => await createBrowser(house.world, env).api("GET", url, { headers });
const linkOf = async ({ id, version }: { readonly id: DocumentId; readonly version: number }) => await house.sign(viewOf(house, { shop: house.harbour, id, version, bytes: BYTES, etag: "" }));

describe("sealed content", () => {
  it("stands sealed in the bucket and comes out as it went in, all of it or any part", async () => {
    const document = await kept(house.harbour);
    const row = await shardOf(house.env, house.harbour).prepare("SELECT object_key, sealed_with FROM document WHERE id = ?1").bind(document.id).first<{ object_key: string; sealed_with: string | null }>();
    const stored = new Uint8Array(await (await house.env.DOCUMENTS.get(row?.object_key ?? ""))?.arrayBuffer() ?? new ArrayBuffer(0));
    expect([row?.sealed_with === null, stored.byteLength > BYTES.byteLength]).toEqual([false, true]);
    const url = await linkOf(document);
    const whole = await get(url);
    expect([whole.headers.get("content-length"), new Uint8Array(await whole.arrayBuffer())]).toEqual([String(BYTES.byteLength), BYTES]);
    for (const [first, last] of [[0, 0], [65_535, 65_536], [65_536, 131_071], [70_000, 199_999], [200_122, 200_122]] as const) {
      const part = await get(url, { range: `bytes=${first}-${last}` });
      expect([first, part.status, part.headers.get("content-range")]).toEqual([first, 206, `bytes ${first}-${last}/${BYTES.byteLength}`]);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(BYTES.slice(first, last + 1));
    }
    const end = await get(url, { range: "bytes=-9" });
    expect(new Uint8Array(await end.arrayBuffer())).toEqual(BYTES.slice(-9));
  });

  it("costs one statement as well: its key comes with it", async () => {
    const url = await linkOf(await kept(house.harbour));
    const counted = countedBindings(house.env);
    expect((await (await get(url, {}, counted.env)).arrayBuffer()).byteLength).toBe(BYTES.byteLength);
    expect([counted.cost.trips, counted.cost.statements]).toEqual([1, 1]);
  });

  it("whose key cannot be opened is not given out, and somebody looks at it", async () => {
    const document = await kept(house.harbour);
    const url = await linkOf(document);
    await shardOf(house.env, house.harbour).prepare("UPDATE document SET sealed_with = 'nokey' WHERE id = ?1").bind(document.id).run();
    expect((await get(url)).status).toBe(503);
    expect(house.logs.at(-1)).toContain("document.not_opened");
  });
});

describe("a document that was made anew", () => {
  it("opens by no link to what it was, and by one to what it is", async () => {
    const key = newId(systemRandom);
    const first = await kept(house.harbour, BYTES, key);
    const old = await linkOf(first);
    const second = await kept(house.harbour, BYTES.slice(1), key);
    expect([second.id, second.version]).toEqual([first.id, first.version + 1]);
    expect([(await get(old)).status, (await get(await linkOf(second))).status]).toEqual([404, 200]);
    const { url } = await desk.call<LinkAnswer>("POST", `/documents/${first.id}/link`, { disposition: "attachment" });
    expect((await get(url)).headers.get("content-length")).toBe(String(BYTES.byteLength - 1));
  });
});

describe("a small picture", () => {
  /** A PNG of one pixel. */
  const PNG = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="), (sign) => sign.charCodeAt(0));

  it("is shown to whoever may see the list, as the picture that it is, and noted nowhere", async () => {
    const document = await kept(house.harbour);
    const objectKey = `${house.harbour.id}/${document.id}/${newId(systemRandom)}.thumb`;
    await house.env.DOCUMENTS.put(objectKey, PNG);
    await shardOf(house.env, house.harbour).prepare("UPDATE document SET thumbnail_key = ?2, sealed_with = NULL WHERE id = ?1").bind(document.id, objectKey).run();
    const { documents } = await desk.call<DocumentsView>("GET", "/documents");
    const url = documents.find(({ id }) => id === document.id)?.thumbnailUrl ?? "";
    house.queue.take();
    const answer = await get(url);
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cross-origin-resource-policy"), new Uint8Array(await answer.arrayBuffer())]).toEqual([200, "image/png", "same-site", PNG]);
    expect([house.queue.take(), documents.filter(({ id }) => id !== document.id).every(({ thumbnailUrl }) => thumbnailUrl === null)]).toEqual([[], true]);
    await house.env.DOCUMENTS.put(objectKey, "<svg onload='alert(1)'/>");
    expect((await get(url)).status).toBe(404);
    house.pass(600_000);
    expect((await get(url)).status).toBe(404);
  });
});
