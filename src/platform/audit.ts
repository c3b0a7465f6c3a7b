/**
 * Audit lines are written in the same batch as the act that they tell of: neither is there without the other. Numbers
 * are given inside the batch, and D1 runs one batch at a time, so a log has no gap and no fork.
 */
import { sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { canonicalJson, type Json } from "../kernel/canonical-json";
import type { RandomBytes } from "../kernel/clock";
import type { OrganisationId, PersonId } from "../kernel/ids";
import { leafOf, type AuditLine } from "./audit-leaf";
import { organisationLog, shopLog, type AuditLog } from "./audit-log";
import type { DirectoryDb, ShopDb } from "./database";

/** A statement of drizzle's that has not run yet. */
export type Statement = BatchItem<"sqlite">;

/** At least one statement, for a batch. */
export type Statements = readonly [Statement, ...Statement[]];

/** The statements that write one line of a shop's audit log, to be put into the act's batch one after the other. */
export function auditLine(db: ShopDb, random: RandomBytes, line: AuditLine): Statements {
  return lineOf(shopLog(db), random, line);
}

/** The same for an organisation's log, which is in the directory. */
export function organisationAuditLine(directory: DirectoryDb, id: OrganisationId, random: RandomBytes, line: AuditLine): Statements {
  return lineOf(organisationLog(directory, id), random, line);
}

/** The same for a log that is either. */
export function lineOf(log: AuditLog, random: RandomBytes, line: AuditLine): Statements {
  const { lines, personal, pending, owner } = log.tables;
  const { leaf, hash, fields } = leafOf(log.name, line, random);
  const written = log.orm.run(sql`
    INSERT INTO ${lines} (${owner}, seq, at, actor, through, action, subject, before, after, commitments, leaf_hash)
    SELECT ${log.id}, coalesce(max(seq), 0) + 1, ${leaf.at}, ${leaf.actor}, ${leaf.through}, ${leaf.action}, ${leaf.subject},
      ${jsonOrNull(line.before)}, ${jsonOrNull(line.after)}, ${canonicalJson(leaf.commitments)}, ${hash}
    FROM ${lines} WHERE ${lines}.${owner} = ${log.id}`);
  const kept = log.orm.run(sql`
    INSERT INTO ${personal} (${owner}, seq, fields)
    SELECT ${log.id}, max(seq), ${JSON.stringify(fields)} FROM ${lines} WHERE ${lines}.${owner} = ${log.id}`);
  const grown = log.orm.run(sql`
    INSERT INTO ${pending} (${owner}, since) VALUES (${log.id}, ${leaf.at}) ON CONFLICT (${owner}) DO NOTHING`);
  return Object.keys(fields).length === 0 ? [written, grown] : [written, kept, grown];
}

/**
 * Erases what a log says of one person: who and where they were in the lines of what they did, and what stands of them in
 * the lines of what was done to them (`subject` is `person:<id>`). Lines, hashes and proofs stay as they are.
 */
export function erasePersonal(log: AuditLog, person: PersonId): Statements {
  const erased = (kept: "subject" | "actor", column: "actor" | "subject") => {
    const { lines, personal, owner } = log.tables;
    const isKept = kept === "subject" ? sql`field.key LIKE 'subject!_%' ESCAPE '!'` : sql`field.key NOT LIKE 'subject!_%' ESCAPE '!'`;
    return log.orm.run(sql`
      UPDATE ${personal} SET fields = (
        SELECT json_group_object(field.key, json(field.value)) FROM json_each(fields) AS field WHERE ${isKept}
      ) WHERE ${personal}.${owner} = ${log.id} AND ${personal}.seq IN (
        SELECT line.seq FROM ${lines} AS line WHERE line.${owner} = ${log.id} AND line.${sql.raw(column)} = ${`person:${person}`}
      )`);
  };
  return [erased("subject", "actor"), erased("actor", "subject")];
}

function jsonOrNull(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : canonicalJson(value);
}
