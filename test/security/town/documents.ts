/** A shop keeps documents for a while: filed, sealed, described, replaced, sent in parts, taken back. */
import type { DocumentItem, DocumentsView, UploadView } from "../../../src/features/documents/contract";
import { DAY } from "../../../src/kernel/clock";
import { digestOf } from "../../../src/platform/digest";
import { signIn, type Person } from "./people";
import { ownerOf } from "./plan";
import type { Working } from "./set-up";
import { apiUrl, type Town } from "./town";

/** A PNG of one pixel. */
const PIXEL = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="), (sign) => sign.charCodeAt(0));
const paper = (text: string) => new Uint8Array(new TextEncoder().encode(`%PDF-1.7\n% ${text}\n%%EOF\n`));
const ABOUT = { kind: "warranty", subjectKind: "product", subject: "LM-817", tags: ["espresso"], issuedOn: null, expiresOn: "2032-07-14" };

/** What stands in a document and nowhere else; the second in one that is sealed. */
export const IN_THE_CLEAR = "written-in-a-document-alone";
export const SEALED = "written-in-a-sealed-document-alone";

type Desk = { readonly town: Town; readonly owner: Person; readonly shop: Working["shop"] };

/** What a shop does with documents in a year; nothing of it touches its days. */
export async function keepDocuments(town: Town, { shop }: Pick<Working, "shop">): Promise<void> {
  const desk: Desk = { town, owner: await signIn(town.handle, shop, ownerOf(shop.plan).email), shop };
  for (const [seals, text, key] of [[false, IN_THE_CLEAR, "a"], [true, SEALED, "b"]] as const) {
    await call(desk, "PUT", "/documents/rule", { seals });
    await raw(desk, "POST", `/documents/file?name=paper.pdf&key=${key.repeat(26)}`, paper(text));
  }
  const { document } = await raw<{ document: DocumentItem }>(desk, "POST", `/documents/file?name=warranty.pdf&key=${"d".repeat(26)}`, paper(shop.plan.canary));
  const { id } = document;
  await raw(desk, "PUT", `/documents/${id}/thumbnail?version=1`, PIXEL);
  const seen = await call<DocumentsView>(desk, "GET", "/documents?search=warranty");
  await call(desk, "PUT", `/documents/${id}`, { ...ABOUT, title: `Warranty of ${shop.plan.canary}`, changedAt: seen.documents[0]?.changedAt });
  await raw(desk, "PUT", `/documents/${id}/file?name=newer.pdf&version=1`, paper(`a newer ${shop.plan.canary}`));
  await sendInParts(desk);
  await call(desk, "GET", `/documents?after=1.${"a".repeat(26)}`);
  await call(desk, "POST", `/documents/${id}/remove`, {});
  town.pass(2 * DAY);
  await town.jobs.scheduled(town.env);
  await town.work();
}

async function call<T>({ owner, shop }: Desk, method: "GET" | "POST" | "PUT", path: string, body?: unknown): Promise<T> {
  return await owner.visitor.call<T>(method, apiUrl(shop, path), body);
}

async function raw<T>({ owner, shop }: Desk, method: "POST" | "PUT", path: string, body: Uint8Array<ArrayBuffer>): Promise<T> {
  const headers = { "content-type": "application/octet-stream", "content-length": String(body.byteLength), "sec-fetch-site": "same-origin", accept: "application/json" };
  const response = await owner.send(new Request(apiUrl(shop, path), { method, body, headers }));
  if (!response.ok) throw new Error(`${method} ${path} was refused: ${response.status} ${await response.text()}`);
  return await response.json();
}

/** One upload that ends as a document, and one that is given up. */
async function sendInParts(desk: Desk): Promise<void> {
  const bytes = paper("a long manual");
  for (const end of ["complete", "cancel"]) {
    const { id } = await call<UploadView>(desk, "POST", "/documents/uploads", { ...ABOUT, title: "Manual", name: "manual.pdf", sizeBytes: bytes.byteLength });
    for (const part of [paper("a long Manual"), bytes]) await raw(desk, "PUT", `/documents/uploads/${id}/parts/1?checksum=${await digestOf(part)}`, part);
    await call(desk, "GET", `/documents/uploads/${id}`);
    await call(desk, "POST", `/documents/uploads/${id}/${end}`, {});
  }
}
