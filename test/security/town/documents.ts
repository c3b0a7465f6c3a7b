/** A shop keeps documents for a while: filed, sealed, described, replaced, sent in parts, given to people outside, certified, taken back. */
import type { CertificateView, TemplateView } from "../../../src/features/certificates/contract";
import type { DocumentItem, DocumentsView, UploadView } from "../../../src/features/documents/contract";
import type { LinkAnswer, ShareAnswer } from "../../../src/features/shares/contract";
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
  await give(desk, id);
  await certify(desk);
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

/** Links for the team and for people outside: looked at, taken, downloaded, and ended in every way. */
async function give(desk: Desk, id: string): Promise<void> {
  const { town, owner } = desk;
  const own = await call<LinkAnswer>(desk, "POST", `/documents/${id}/link`, { disposition: "inline" });
  await owner.send(new Request(own.url));
  const request = { recipient: "Rosa Ferreira", disposition: "attachment", days: 7, isOnce: true, passphrase: "blue heron 7" };
  const { share } = await call<ShareAnswer>(desk, "POST", `/documents/${id}/shares`, request);
  const page = await owner.visitor.open(share.url ?? "");
  const action = /action="([^"]+)"/.exec(page.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
  for (const passphrase of ["blue heron 8", "blue heron 7"]) await owner.visitor.submit(new URL(action), { passphrase });
  await town.work();
  await call(desk, "GET", `/documents/${id}/shares`);
  await call(desk, "POST", `/documents/${id}/shares/${share.id}/revoke`, {});
  await call(desk, "POST", `/documents/${id}/links/void`, {});
  await call(desk, "POST", "/documents/links/void", {});
}

/** A certificate is issued, checked by whoever holds it, and revoked. */
async function certify(desk: Desk): Promise<void> {
  const about = { name: "Machines", title: "Warranty Certificate", statement: "It is warranted.", terms: "We mend what breaks.", numberPrefix: "HC-", nextNumber: 12, validMonths: 24, logoDocumentId: null, version: 0 };
  const { template } = await call<{ template: TemplateView }>(desk, "POST", "/certificate-templates", about);
  const request = { template: template.id, issuedTo: "Rosa Ferreira", product: "Linea Mini", serialNumber: "LM-817", issuedOn: "2030-07-15", key: "c".repeat(26) };
  const { certificate } = await call<{ certificate: CertificateView }>(desk, "POST", "/certificates", request);
  await desk.owner.visitor.open(certificate.verifyUrl);
  await call(desk, "GET", "/certificates");
  await call(desk, "POST", `/certificates/${certificate.number}/revoke`, { because: "Issued by mistake" });
}
