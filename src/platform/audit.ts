/**
 * Audit lines are written in the same batch as the act that they tell of: neither is there without the other. Numbers
 * are given inside the batch, and D1 runs one batch at a time, so a log has no gap and no fork.
 */
import { sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { RandomBytes } from "../kernel/clock";
import type { OrganisationId } from "../kernel/ids";
import { leafOf, type AuditLine } from "./audit-leaf";
import { canonicalJson, type Json } from "./canonical-json";
import type { DirectoryDb, ShopDb } from "./database";

/** A statement of drizzle's that has not run yet. */
export type Statement = BatchItem<"sqlite">;

/** At least one statement, for a batch. */
export type Statements = readonly [Statement, ...Statement[]];

/** The statements that write one line of a shop's audit log, to be put into the act's batch one after the other. */
export function auditLine(db: ShopDb, random: RandomBytes, line: AuditLine): Statements {
  const { leaf, hash, fields } = leafOf(`shop:${db.shopId}`, line, random);
  const written = db.orm.run(sql`
    INSERT INTO audit (shop_id, seq, at, actor, through, action, subject, before, after, commitments, leaf_hash)
    SELECT ${db.shopId}, coalesce(max(seq), 0) + 1, ${leaf.at}, ${leaf.actor}, ${leaf.through}, ${leaf.action}, ${leaf.subject},
      ${jsonOrNull(line.before)}, ${jsonOrNull(line.after)}, ${canonicalJson(leaf.commitments)}, ${hash}
    FROM audit WHERE audit.shop_id = ${db.shopId}`);
  const personal = db.orm.run(sql`
    INSERT INTO audit_personal (shop_id, seq, fields)
    SELECT ${db.shopId}, max(seq), ${JSON.stringify(fields)} FROM audit WHERE audit.shop_id = ${db.shopId}`);
  const pending = db.orm.run(sql`
    INSERT INTO audit_pending (shop_id, since) VALUES (${db.shopId}, ${leaf.at}) ON CONFLICT (shop_id) DO NOTHING`);
  return Object.keys(fields).length === 0 ? [written, pending] : [written, personal, pending];
}

/** The same for an organisation's log, which is in the directory. */
export function organisationAuditLine(directory: DirectoryDb, id: OrganisationId, random: RandomBytes, line: AuditLine): Statements {
  const { leaf, hash, fields } = leafOf(`organisation:${id}`, line, random);
  const written = directory.run(sql`
    INSERT INTO organisation_audit (organisation_id, seq, at, actor, through, action, subject, before, after, commitments, leaf_hash)
    SELECT ${id}, coalesce(max(seq), 0) + 1, ${leaf.at}, ${leaf.actor}, ${leaf.through}, ${leaf.action}, ${leaf.subject},
      ${jsonOrNull(line.before)}, ${jsonOrNull(line.after)}, ${canonicalJson(leaf.commitments)}, ${hash}
    FROM organisation_audit WHERE organisation_audit.organisation_id = ${id}`);
  const personal = directory.run(sql`
    INSERT INTO organisation_audit_personal (organisation_id, seq, fields)
    SELECT ${id}, max(seq), ${JSON.stringify(fields)} FROM organisation_audit WHERE organisation_audit.organisation_id = ${id}`);
  const pending = directory.run(sql`
    INSERT INTO organisation_audit_pending (organisation_id, since) VALUES (${id}, ${leaf.at}) ON CONFLICT (organisation_id) DO NOTHING`);
  return Object.keys(fields).length === 0 ? [written, pending] : [written, personal, pending];
}

function jsonOrNull(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : canonicalJson(value);
}
