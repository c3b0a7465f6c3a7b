/**
 * Issuing: first the number and everything that will be printed, in one batch with its line; then the paper; then it is
 * filed. Whatever dies in between, the same request goes on where it stopped, and there is one certificate.
 */
import { wallClockAt } from "../../kernel/day";
import type { DocumentId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { foldedWords, madeDocumentId } from "../documents/service";
import type { CertificateRequest } from "./contract";
import { fileCertificate, lettersKnown } from "./filing";
import { expiryOf, numberOf, readIssueDate } from "./rules";
import {
  certificateIssued, certificateOfDocumentQuery, certificateQuery, templateQuery, type CertificateRow, type TemplateId, type TemplateRow, type Unnumbered,
} from "./store";

/** How often it is tried again where the template was changed between being read and being used. */
const MOST_TRIES = 3;

/**
 * Issues a certificate, once for each `key`. `invalid_input` for a date that makes no sense and for letters that no font
 * has; `not_found` for no template of the shop's; `conflict` for an archived one, for a number that was given already, and
 * for a key that was used with other contents. What was given a number but could not be filed is answered as it is.
 */
export async function issueCertificate(world: World, env: Bindings, visit: Visit, request: CertificateRequest): Promise<Result<CertificateRow>> {
  const documentId = await madeDocumentId(visit.db.shopId, keyOf(request.key));
  const numbered = await number(world, env, visit, documentId, request);
  if (!numbered.ok) return numbered;
  const filed = await fileCertificate(world, env, visit, numbered.value);
  return filed.ok ? filed : numbered;
}

/** Under which key the paper is filed, so that its document has the id that the certificate was given. */
function keyOf(key: string): string {
  return `certificate ${key}`;
}

async function number(world: World, env: Bindings, visit: Visit, documentId: DocumentId, request: CertificateRequest): Promise<Result<CertificateRow>> {
  const { db } = visit;
  for (let attempt = 1; ; attempt += 1) {
    const [[known], [template]] = await db.orm.batch([certificateOfDocumentQuery(db, documentId), templateQuery(db, request.template as TemplateId)]);
    if (known !== undefined) return isOf(known, request) ? ok(known) : failed({ kind: "conflict", message: "This was already asked for with other contents." });
    if (template === undefined) return failed({ kind: "not_found" });
    const drafted = await draft(world, env, visit, { documentId, request, template });
    if (!drafted.ok) return drafted;
    const audit = auditLine(db, world.random, {
      at: drafted.value.issuedAt, actor: actorOf(visit), action: "certificate.issued", subject: `document:${documentId}`,
      after: { template: template.name, product: request.product, serialNumber: request.serialNumber },
    });
    try {
      await db.orm.batch([...certificateIssued(db, template.version, drafted.value), ...audit]);
    } catch (error) {
      if (attempt < MOST_TRIES) continue;
      const taken = numberOf(template.numberPrefix, template.nextNumber);
      const [other] = await certificateQuery(db, taken);
      if (other !== undefined) return failed({ kind: "conflict", message: `${taken} was given already. Raise the next number of this template.` });
      throw error;
    }
  }
}

type Wanted = { readonly documentId: DocumentId; readonly request: CertificateRequest; readonly template: TemplateRow };

/** Everything of a certificate but its number. */
async function draft(world: World, env: Bindings, visit: Visit, { documentId, request, template }: Wanted): Promise<Result<Unnumbered>> {
  if (template.archivedAt !== null) return failed({ kind: "conflict", message: "This template is not used any more. Choose another one." });
  const now = world.clock();
  const issuedOn = readIssueDate(request.issuedOn, wallClockAt(visit.shop.zone, now).date);
  if (!issuedOn.ok) return issuedOn;
  const { issuedTo, product, serialNumber } = request;
  const { title, statement, terms, logoDocumentId } = template;
  const letters = await lettersKnown(env, { issuedTo, product, serialNumber, title, statement, terms, shop: visit.shop.name });
  if (!letters.ok) return letters;
  return ok({
    documentId, templateId: template.id, title, issuedTo, product, serialNumber, issuedOn: issuedOn.value, expiresOn: expiryOf(issuedOn.value, template.validMonths),
    issuedBy: visit.person.id, issuedAt: now, draft: { statement, terms, logoDocumentId }, words: foldedWords([issuedTo, product, serialNumber]),
  });
}

/** Whether a certificate is what a request asks for. */
function isOf(row: CertificateRow, { template, issuedTo, product, serialNumber, issuedOn }: CertificateRequest): boolean {
  return row.templateId === template && row.issuedTo === issuedTo && row.product === product && row.serialNumber === serialNumber && row.issuedOn === issuedOn;
}
