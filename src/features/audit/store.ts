/** The SQL of reading audit logs. There is no index but the key: see `filterOf`. */
import { sql, type SQL } from "drizzle-orm";
import { rowsQuery, type AuditLog, type AuditRow } from "../../platform/audit-log";
import type { DirectoryDb, Query } from "../../platform/database";

/** What is asked for, in the log's own terms. Instants are epoch milliseconds, `until` excluded. */
export type LineFilter = {
  readonly since?: number;
  readonly until?: number;
  readonly actor?: string;
  /** A thing, or a thing and what became of it. */
  readonly action?: string;
  readonly subject?: string;
};

/** Lines of a log, latest first, with numbers below `before`. */
export function linesBefore(log: AuditLog, filter: LineFilter, before: number, limit: number): Query<AuditRow> {
  return rowsQuery(log, { condition: sql`line.seq < ${before} AND ${filterOf(filter)}`, order: "descending", limit });
}

/** Lines of a log in order, with numbers above `after` and up to `last`. */
export function linesAfter(log: AuditLog, filter: LineFilter, { after, last, limit }: { readonly after: number; readonly last: number; readonly limit: number }): Query<AuditRow> {
  return rowsQuery(log, { condition: sql`line.seq > ${after} AND line.seq <= ${last} AND ${filterOf(filter)}`, order: "ascending", limit });
}

/**
 * An act and all below it lie between its name and the sign after the dot: names are made of a-z, "_" and "." alone.
 * The columns that are filtered by are in no index: a log of 100,000 lines is read through along its key in a fraction of
 * the 300 ms that it may take, and every index would be one more row written with every act (`test/bench/audit.mjs`).
 */
function filterOf({ since, until, actor, action, subject }: LineFilter): SQL {
  const conditions = [
    ...(since === undefined ? [] : [sql`line.at >= ${since}`]),
    ...(until === undefined ? [] : [sql`line.at < ${until}`]),
    ...(actor === undefined ? [] : [sql`line.actor = ${actor}`]),
    ...(action === undefined ? [] : [sql`line.action >= ${action} AND line.action < ${`${action}/`}`]),
    ...(subject === undefined ? [] : [sql`line.subject = ${subject}`]),
  ];
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` AND `);
}

/** Organisations whose log has grown and waits for its checkpoint since an instant or longer. DIRECTORY. */
export async function grownOrganisationLogs(directory: DirectoryDb, until: number, limit: number): Promise<string[]> {
  const rows = await directory.all<{ organisation_id: string }>(sql`
    SELECT organisation_id FROM organisation_audit_pending WHERE since <= ${until} ORDER BY since LIMIT ${limit}`);
  return rows.map((row) => row.organisation_id);
}
