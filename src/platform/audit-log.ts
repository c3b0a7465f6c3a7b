/** The audit logs there are, a shop's and an organisation's, read alike: in the order of their numbers, a page at a time. */
import { sql, type SQL } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { leafHash, type Leaf, type Salted } from "../kernel/audit-leaf";
import type { Json } from "../kernel/canonical-json";
import type { OrganisationId } from "../kernel/ids";
import type { DirectoryDb, Query, ShopDb } from "./database";

/** One audit log, and where its rows are. */
export type AuditLog = {
  /** `shop:<id>` or `organisation:<id>`, as it stands in every leaf. */
  readonly name: string;
  readonly id: string;
  readonly orm: DrizzleD1Database;
  readonly tables: { readonly lines: SQL; readonly personal: SQL; readonly pending: SQL; readonly owner: SQL };
};

/** A shop's audit log. */
export function shopLog(db: ShopDb): AuditLog {
  const tables = { lines: sql.raw("audit"), personal: sql.raw("audit_personal"), pending: sql.raw("audit_pending"), owner: sql.raw("shop_id") };
  return { name: `shop:${db.shopId}`, id: db.shopId, orm: db.orm, tables };
}

/** An organisation's audit log. */
export function organisationLog(directory: DirectoryDb, id: OrganisationId): AuditLog {
  const [lines, personal, pending] = ["organisation_audit", "organisation_audit_personal", "organisation_audit_pending"].map((name) => sql.raw(name)) as [SQL, SQL, SQL];
  return { name: `organisation:${id}`, id, orm: directory, tables: { lines, personal, pending, owner: sql.raw("organisation_id") } };
}

/** A line as it is stored, with the personal values that were not erased. */
export type AuditRow = {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly through: string | null;
  readonly action: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly commitments: string;
  readonly leaf_hash: string;
  readonly fields: string | null;
};

/** Rows of a log with their personal values, where `condition` holds of `line`. `sql` parts name columns as `line.at`. */
export function rowsQuery(log: AuditLog, { condition, order, limit }: { readonly condition: SQL; readonly order: "ascending" | "descending"; readonly limit: number }): Query<AuditRow> {
  const { lines, personal, owner } = log.tables;
  return log.orm.all<AuditRow>(sql`
    SELECT line.seq AS seq, line.at AS at, line.actor AS actor, line.through AS through, line.action AS action, line.subject AS subject,
      line.before AS before, line.after AS after, line.commitments AS commitments, line.leaf_hash AS leaf_hash, own.fields AS fields
    FROM ${lines} AS line LEFT JOIN ${personal} AS own ON own.${owner} = line.${owner} AND own.seq = line.seq
    WHERE line.${owner} = ${log.id} AND ${condition} ORDER BY line.seq ${sql.raw(order === "ascending" ? "ASC" : "DESC")} LIMIT ${limit}`);
}

/** The rows after a number, in order. */
export function rowsAfter(log: AuditLog, seq: number, limit: number): Query<AuditRow> {
  return rowsQuery(log, { condition: sql`line.seq > ${seq}`, order: "ascending", limit });
}

/** The number of the log's last row; 0 for a log without rows. */
export async function lastSeqOf(log: AuditLog): Promise<number> {
  const { lines, owner } = log.tables;
  const [row] = await log.orm.all<{ last: number | null }>(sql`SELECT max(line.seq) AS last FROM ${lines} AS line WHERE line.${owner} = ${log.id}`);
  return row?.last ?? 0;
}

/** Takes the log off the list of those that have grown, unless it holds more than `size` rows by now. */
export async function settlePending(log: AuditLog, size: number): Promise<void> {
  const { lines, pending, owner } = log.tables;
  await log.orm.run(sql`
    DELETE FROM ${pending} WHERE ${pending}.${owner} = ${log.id}
      AND NOT EXISTS (SELECT 1 FROM ${lines} AS line WHERE line.${owner} = ${log.id} AND line.seq > ${size})`);
}

/** The leaf that a row stands for. */
export function leafOfRow(log: Pick<AuditLog, "name">, row: AuditRow): Leaf {
  return {
    v: 1, log: log.name, at: row.at, actor: row.actor, through: row.through, action: row.action, subject: row.subject,
    before: jsonOf(row.before), after: jsonOf(row.after), commitments: JSON.parse(row.commitments) as Record<string, string>,
  };
}

/** The personal values of a row that are still there. */
export function personalOfRow({ fields }: AuditRow): Readonly<Record<string, Salted>> {
  return fields === null ? {} : (JSON.parse(fields) as Record<string, Salted>);
}

/** Whether a row is what was hashed when it was written. */
export function isAsHashed(log: Pick<AuditLog, "name">, row: AuditRow): boolean {
  return leafHash(leafOfRow(log, row)) === row.leaf_hash;
}

function jsonOf(text: string | null): Json {
  return text === null ? null : (JSON.parse(text) as Json);
}
