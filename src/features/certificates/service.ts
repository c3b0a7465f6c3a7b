/** Certificates: issued from templates, revoked with a reason, found again, and checked by whoever holds one. */
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine } from "../../platform/audit";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { fileCertificate } from "./filing";
import { certificateQuery, certificateRevoked, type CertificateRow } from "./store";

export { expiringOn, type Expiring } from "./expiring";
export { issueCertificate } from "./issue";
export { archiveTemplate, saveTemplate } from "./templates";
export { viewCertificate, viewCertificates } from "./view";

/** Makes the paper of a certificate that has none yet, because what made it was interrupted. `not_found` for no such number. */
export async function makePaper(world: World, env: Bindings, visit: Visit, number: string): Promise<Result<CertificateRow>> {
  const [row] = await certificateQuery(visit.db, number);
  return row === undefined ? failed({ kind: "not_found" }) : await fileCertificate(world, env, visit, row);
}

/**
 * Revokes a certificate for good: whoever checks it is told since when and why. One that is revoked already stays as it is.
 * `not_found` for no such number.
 */
export async function revokeCertificate(world: World, visit: Visit, number: string, because: string): Promise<Result<CertificateRow>> {
  const { db } = visit;
  const [row] = await certificateQuery(db, number);
  if (row === undefined || row.revokedAt !== null) return row === undefined ? failed({ kind: "not_found" }) : ok(row);
  const at = world.clock();
  const audit = auditLine(db, world.random, { at, actor: actorOf(visit), action: "certificate.revoked", subject: `document:${row.documentId}`, after: { number, because } });
  try {
    await db.orm.batch([certificateRevoked(db, number, { at, because }), ...audit]);
    return ok({ ...row, revokedAt: at, revokedBecause: because });
  } catch (error) {
    // Of two people who revoke at once the first one's reason stays.
    const [now] = await certificateQuery(db, number);
    if (now !== undefined && now.revokedAt !== null) return ok(now);
    throw error;
  }
}
