/** The SQL of a register, in its Durable Object's own database. */
import type { Subject } from "./register";

/** Where one address stands; instants are epoch milliseconds, null for what never was or is over. */
export type Standing = { readonly outAt: number | null; readonly outReference: string | null; readonly inAt: number | null; readonly heldAt: number | null };

type Row = { out_at: number | null; out_reference: string | null; in_at: number | null; held_at: number | null };

const NOTHING: Standing = { outAt: null, outReference: null, inAt: null, heldAt: null };

/** What stands of a subject. */
export function readStanding(sql: SqlStorage, subject: Subject): Standing {
  createTable(sql);
  const [row] = sql.exec<Row>("SELECT out_at, out_reference, in_at, held_at FROM standing WHERE subject = ?", subject).toArray();
  return row === undefined ? NOTHING : standingOf(row);
}

/** Writes what stands of a subject from now on. */
export function writeStanding(sql: SqlStorage, subject: Subject, { outAt, outReference, inAt, heldAt }: Standing): void {
  createTable(sql);
  sql.exec(
    `INSERT INTO standing (subject, out_at, out_reference, in_at, held_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (subject) DO UPDATE SET out_at = excluded.out_at, out_reference = excluded.out_reference, in_at = excluded.in_at, held_at = excluded.held_at`,
    subject, outAt, outReference, inAt, heldAt,
  );
}

/** At most `most` subjects after one, in their order. */
export function listStandings(sql: SqlStorage, after: Subject | "", most: number): (Standing & { readonly subject: Subject })[] {
  createTable(sql);
  return sql.exec<Row & { subject: string }>("SELECT subject, out_at, out_reference, in_at, held_at FROM standing WHERE subject > ? ORDER BY subject LIMIT ?", after, most)
    .toArray().map((row) => ({ subject: row.subject as Subject, ...standingOf(row) }));
}

function standingOf(row: Row): Standing {
  return { outAt: row.out_at, outReference: row.out_reference, inAt: row.in_at, heldAt: row.held_at };
}

function createTable(sql: SqlStorage): void {
  sql.exec("CREATE TABLE IF NOT EXISTS standing (subject TEXT PRIMARY KEY, out_at INTEGER, out_reference TEXT, in_at INTEGER, held_at INTEGER) WITHOUT ROWID");
}
