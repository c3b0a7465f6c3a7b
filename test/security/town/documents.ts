/** A shop files, finds, changes and removes documents, in one piece and in parts, in the clear and sealed, and gives up on one. */
import type { DocumentItem, UploadView } from "../../../src/features/documents/contract";
import { DAY } from "../../../src/kernel/clock";
import { digestOf } from "../../../src/platform/digest";
import { smallPicture } from "../../features/documents/pictures";
import { signIn } from "./people";
import { ownerOf } from "./plan";
import type { Working } from "./set-up";
import { apiUrl, type Town } from "./town";

/** What stands in a document and nowhere else; the second in one that is sealed. */
export const IN_THE_CLEAR = "written-in-a-document-alone";
export const SEALED = "written-in-a-sealed-document-alone";

const SAID = { kind: "warranty", subjectKind: "product", subject: "SN-1", title: "A kettle", tags: ["kitchen"], issuedOn: null, expiresOn: "2031-07-01" };
const pdf = (text: string) => new Uint8Array(new TextEncoder().encode(`%PDF-1.7\n% ${text}\n%%EOF\n`));

export async function fileDocuments(town: Town, { shop }: Pick<Working, "shop">): Promise<void> {
  const owner = await signIn(town.handle, shop, ownerOf(shop.plan).email);
  const call = async <T>(method: "GET" | "POST" | "PUT", path: string, body?: unknown) => await owner.visitor.call<T>(method, apiUrl(shop, path), body);
  const send = async <T>(method: "POST" | "PUT", path: string, bytes: Uint8Array<ArrayBuffer>): Promise<T> => {
    const headers = { "content-type": "application/octet-stream", "content-length": String(bytes.byteLength), "sec-fetch-site": "same-origin", accept: "application/json" };
    const response = await owner.send(new Request(apiUrl(shop, path), { method, body: bytes, headers }));
    if (!response.ok) throw new Error(`a document was refused: ${response.status}`);
    return await response.json();
  };
  for (const [seals, text, key] of [[false, IN_THE_CLEAR, "a"], [true, SEALED, "b"]] as const) {
    await call("PUT", "/documents/rule", { seals });
    const { document } = await send<{ document: DocumentItem }>("POST", `/documents/file?name=kettle.pdf&key=${key.repeat(26)}`, pdf(text));
    await send("PUT", `/documents/${document.id}/thumbnail?version=1`, smallPicture());
    const { document: newer } = await send<{ document: DocumentItem }>("PUT", `/documents/${document.id}/file?name=newer.pdf&version=1`, pdf(`${text} still`));
    await call("PUT", `/documents/${document.id}`, { ...SAID, changedAt: newer.changedAt });
    const manual = pdf(`${text} in parts`);
    const upload = await call<UploadView>("POST", "/documents/uploads", { ...SAID, name: "manual.pdf", sizeBytes: manual.byteLength });
    const part = async (bytes: Uint8Array<ArrayBuffer>) => await send("PUT", `/documents/uploads/${upload.id}/parts/1?checksum=${await digestOf(bytes)}`, bytes);
    await part(pdf(`${text} in partS`));
    await part(manual);
    await call("GET", `/documents/uploads/${upload.id}`);
    const { document: joined } = await call<{ document: DocumentItem }>("POST", `/documents/uploads/${upload.id}/complete`, {});
    await call("POST", `/documents/${joined.id}/remove`, {});
    const other = await call<UploadView>("POST", "/documents/uploads", { ...SAID, name: "manual.pdf", sizeBytes: 99 });
    await call("POST", `/documents/uploads/${other.id}/cancel`, {});
  }
  await call("POST", "/documents/uploads", { ...SAID, name: "forgotten.pdf", sizeBytes: 99 });
  await call("GET", "/documents?search=kettle%20SN&kind=warranty&subjectKind=product&subject=SN-1&expiresBy=2032-01-01");
  await call("GET", `/documents?after=1.${"a".repeat(26)}`);
  town.pass(7 * DAY);
  await town.jobs.scheduled(town.env);
  await town.work();
}
