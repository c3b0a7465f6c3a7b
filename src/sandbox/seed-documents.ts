/** What the demo café has filed: photos of its machine, a warranty, a price list, certificates that it issued, a link that it gave away, its reports. */
import type { CertificatesView, TemplateView } from "../features/certificates/contract";
import type { DocumentAnswer, DocumentsView } from "../features/documents/contract";
import { fileReportsMessage } from "../features/filing/messages";
import { findShopBySlug } from "../features/shops/service";
import { addDays, businessDateAt, type BusinessDate } from "../kernel/day";
import { newId } from "../kernel/ids";
import { directoryDb } from "../platform/database";
import { enqueue, message } from "../platform/queue";
import type { SandboxContext } from "./context";
import { DEMO_SHOPS } from "./demo-people";
import { paintPng, type Rgb } from "./demo-picture";
import { HARBOUR_LOCATIONS, scheduleOf } from "./demo-tills";
import { apiOf, signIn } from "./seed";
import type { Visitor } from "./visitor";

const HARBOUR = { slug: "harbour", ownerEmail: DEMO_SHOPS.find(({ slug }) => slug === "harbour")?.ownerEmail ?? "" };

type Desk = { readonly context: SandboxContext; readonly owner: Visitor; readonly today: BusinessDate };

/** Files the café's documents. Done twice it changes nothing. */
export async function fileHarbour(context: SandboxContext): Promise<void> {
  const owner = await signIn(context, HARBOUR);
  const [main] = HARBOUR_LOCATIONS;
  const shop = await findShopBySlug(directoryDb(context.env), HARBOUR.slug);
  const { documents } = await owner.call<DocumentsView>("GET", apiOf(context, HARBOUR, "/documents"));
  if (main === undefined || shop === null || documents.some(({ kind }) => kind !== "report")) return;
  const desk = { context, owner, today: businessDateAt(scheduleOf(main), context.world.clock()) };
  await filePapers(desk);
  const logo = await filePhotos(desk);
  await issueCertificates(desk, logo);
  await enqueue(context.env.SYNC_QUEUE, [message(fileReportsMessage, { shopId: shop.id, shard: shop.shard, at: context.world.clock() })]);
}

async function filePapers(desk: Desk): Promise<void> {
  const warranty = await file(desk, { name: "espresso-machine-warranty.pdf", bytes: pdf("Warranty of the espresso machine, serial number LM-2208-0417") });
  await describe(desk, warranty, {
    kind: "warranty", subjectKind: "product", subject: "LM-2208-0417", title: "Warranty of the espresso machine", tags: ["kitchen", "machine"],
    issuedOn: addDays(desk.today, -345), expiresOn: addDays(desk.today, 20),
  });
  const share = { recipient: "Tidewater Repairs", disposition: "attachment", days: 14, isOnce: false, passphrase: null };
  await desk.owner.call("POST", apiOf(desk.context, HARBOUR, `/documents/${warranty.id}/shares`), share);
  const prices = await file(desk, { name: "price list.csv", bytes: textBytes("Item,Price\nLatte,4.25\nFlat white,4.00\nGrain bowl,13.95\n") });
  await describe(desk, prices, { kind: "other", subjectKind: "shop", subject: "", title: "Price list", tags: ["counter"], issuedOn: desk.today, expiresOn: null });
}

/** A photo of the machine, and the café's mark for its certificates: its id is the answer. */
async function filePhotos(desk: Desk): Promise<string> {
  const photo = await file(desk, { name: "machine-delivered.png", bytes: await paintPng(960, 640, machine(960, 640)) });
  await describe(desk, photo, {
    kind: "photo", subjectKind: "job", subject: "Job 1042", title: "The machine on the day it was delivered", tags: ["machine"], issuedOn: addDays(desk.today, -345), expiresOn: null,
  });
  await picture(desk, photo, await paintPng(240, 160, machine(240, 160)));
  const mark = await file(desk, { name: "harbour-logo.png", bytes: await paintPng(240, 240, waves(240)) });
  await describe(desk, mark, { kind: "photo", subjectKind: "shop", subject: "", title: "Our logo", tags: [], issuedOn: null, expiresOn: null });
  await picture(desk, mark, await paintPng(160, 160, waves(160)));
  return mark.id;
}

async function issueCertificates({ context, owner, today }: Desk, logoDocumentId: string): Promise<void> {
  const api = (path: string) => apiOf(context, HARBOUR, path);
  const { template } = await owner.call<{ template: TemplateView }>("POST", api("/certificate-templates"), {
    name: "Grinder warranty", title: "Certificate of Warranty", statement: "We stand behind what we sell and look after it in our own workshop.",
    terms: "Parts and labour are covered for the time stated above.\nBurrs, seals and other parts that wear are covered for six months.\nBring this certificate, or its number, with the grinder.",
    numberPrefix: "HB-", nextNumber: 2041, validMonths: 24, logoDocumentId, version: 0,
  });
  for (const [issuedTo, product, serialNumber, daysAgo] of [["Mara Lindqvist", "Pelican hand grinder", "PG-77120", 3], ["José Ñandú", "Heron burr grinder", "HG-10032", 723]] as const) {
    await owner.call("POST", api("/certificates"), { template: template.id, issuedTo, product, serialNumber, issuedOn: addDays(today, -daysAgo), key: newId(context.world.random) });
  }
  const { certificates } = await owner.call<CertificatesView>("GET", api("/certificates"));
  if (certificates.length !== 2) throw new Error("the demo's certificates were not issued");
}

type Document = DocumentAnswer["document"];

async function file({ context, owner }: Desk, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }): Promise<Document> {
  const query = new URLSearchParams({ name, key: newId(context.world.random) });
  return await put(owner, "POST", `${apiOf(context, HARBOUR, "/documents/file")}?${query.toString()}`, bytes);
}

async function picture({ context, owner }: Desk, { id, version }: Document, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await put(owner, "PUT", apiOf(context, HARBOUR, `/documents/${id}/thumbnail?version=${version}`), bytes);
}

async function put(owner: Visitor, method: "POST" | "PUT", address: string, bytes: Uint8Array<ArrayBuffer>): Promise<Document> {
  const url = new URL(address);
  const headers = { "sec-fetch-site": "same-origin", origin: url.origin, "content-type": "application/octet-stream", "content-length": String(bytes.byteLength) };
  const answer = await owner.send(url, { method, headers, body: bytes });
  if (!answer.ok) throw new Error(`${url.pathname} was refused: ${await answer.text()}`);
  const { document } = await answer.json<DocumentAnswer>();
  return document;
}

async function describe({ context, owner }: Desk, { id, changedAt }: Document, said: Readonly<Record<string, unknown>>): Promise<void> {
  await owner.call("PUT", apiOf(context, HARBOUR, `/documents/${id}`), { ...said, changedAt });
}

/** One page with one line (ISO 32000, the least that readers open). */
function pdf(line: string): Uint8Array<ArrayBuffer> {
  const content = `BT /F1 16 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return textBytes(text);
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** A steel box on a counter. */
function machine(width: number, height: number): (x: number, y: number) => Rgb {
  return (x, y) => {
    const [across, down] = [x / width, y / height];
    if (down > 0.78) return [112, 78, 52];
    const inBox = across > 0.22 && across < 0.78 && down > 0.3;
    if (!inBox) return [226 - Math.round(down * 40), 220 - Math.round(down * 40), 208];
    const shine = Math.round(60 * Math.abs(Math.sin(across * 9)));
    return down > 0.52 && down < 0.7 && across > 0.32 && across < 0.68 ? [46, 50, 54] : [150 + shine, 154 + shine, 160 + shine];
  };
}

/** Three waves on paper. */
function waves(side: number): (x: number, y: number) => Rgb {
  return (x, y) => {
    const isWave = [0.35, 0.5, 0.65].some((level) => Math.abs(y / side - level - 0.05 * Math.sin((x / side) * 12)) < 0.022);
    return isWave ? [28, 92, 96] : [250, 247, 240];
  };
}
