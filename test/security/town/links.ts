/** A shop gives documents to people outside for a while, and certifies what it sold. */
import type { CertificateView, TemplateView } from "../../../src/features/certificates/contract";
import type { DocumentItem } from "../../../src/features/documents/contract";
import type { LinkAnswer, ShareAnswer } from "../../../src/features/shares/contract";
import { signIn, type Person } from "./people";
import { ownerOf } from "./plan";
import type { Working } from "./set-up";
import { apiUrl, type Town } from "./town";

type Desk = { readonly town: Town; readonly owner: Person; readonly shop: Working["shop"] };

/** What stands nowhere but in somebody's head; at the shop, its hash does. */
export const PASSPHRASE = "blue heron on the seventh pier";

/** A document is filed, given to people outside, and everything taken back; a certificate is issued, checked and revoked. */
export async function giveDocuments(town: Town, { shop }: Pick<Working, "shop">): Promise<void> {
  const desk: Desk = { town, owner: await signIn(town.handle, shop, ownerOf(shop.plan).email), shop };
  await give(desk, await file(desk));
  await certify(desk);
  await town.work();
}

async function call<T>({ owner, shop }: Desk, method: "GET" | "POST" | "PUT", path: string, body?: unknown): Promise<T> {
  return await owner.visitor.call<T>(method, apiUrl(shop, path), body);
}

async function file({ owner, shop }: Desk): Promise<string> {
  const body = new TextEncoder().encode(`%PDF-1.7\n% ${shop.plan.canary}\n%%EOF\n`);
  const headers = { "content-type": "application/octet-stream", "content-length": String(body.byteLength), "sec-fetch-site": "same-origin", accept: "application/json" };
  const response = await owner.send(new Request(apiUrl(shop, `/documents/file?name=warranty.pdf&key=${"l".repeat(26)}`), { method: "POST", body, headers }));
  if (!response.ok) throw new Error(`a document was refused: ${response.status}`);
  return (await response.json<{ readonly document: DocumentItem }>()).document.id;
}

/** Links for the team and for people outside: looked at, taken, downloaded, and ended in every way. */
async function give(desk: Desk, id: string): Promise<void> {
  const { town, owner } = desk;
  const own = await call<LinkAnswer>(desk, "POST", `/documents/${id}/link`, { disposition: "inline" });
  await owner.send(new Request(own.url));
  const request = { recipient: "Rosa Ferreira", disposition: "attachment", days: 7, isOnce: true, passphrase: PASSPHRASE };
  const { share } = await call<ShareAnswer>(desk, "POST", `/documents/${id}/shares`, request);
  const page = await owner.visitor.open(share.url ?? "");
  const action = /action="([^"]+)"/.exec(page.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
  for (const passphrase of ["not the passphrase", PASSPHRASE]) await owner.visitor.submit(new URL(action), { passphrase });
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
