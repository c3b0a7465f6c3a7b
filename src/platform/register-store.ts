/** The SQL of a register, in its Durable Object's own database. */
import type { Subject } from "./register";

/** A stop as it came: at its source it is found by `reference`. */
export type Stop = { readonly reference: string | null; readonly at: number };

/**
 * Where one address stands; instants are epoch milliseconds, null for what never was or is over. The first stop bars; those
 * that came on top of it are kept because consent that follows the first may have been given before them.
 */
export type Standing = {
  readonly outAt: number | null;
  readonly outReference: string | null;
  readonly further: readonly Stop[];
  readonly inAt: number | null;
  readonly inReference: string | null;
  readonly heldAt: number | null;
  readonly heldReference: string | null;
};

type Row = {
  out_at: number | null; out_reference: string | null; further: string; in_at: number | null; in_reference: string | null; held_at: number | null; held_reference: string | null;
};

const NOTHING: Standing = { outAt: null, outReference: null, further: [], inAt: null, inReference: null, heldAt: null, heldReference: null };

const COLUMNS = "out_at, out_reference, further, in_at, in_reference, held_at, held_reference";

/** What stands of a subject. */
export function readStanding(sql: SqlStorage, subject: Subject): Standing {
  createTable(sql);
  const [row] = sql.exec<Row>(`SELECT ${COLUMNS} FROM standing WHERE subject = ?`, subject).toArray();
  return row === undefined ? NOTHING : standingOf(row);
}

/** Writes what stands of a subject from now on. */
export function writeStanding(sql: SqlStorage, subject: Subject, { outAt, outReference, further, inAt, inReference, heldAt, heldReference }: Standing): void {
  createTable(sql);
  sql.exec(
    `INSERT INTO standing (subject, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (subject) DO UPDATE SET out_at = excluded.out_at, out_reference = excluded.out_reference, further = excluded.further,
       in_at = excluded.in_at, in_reference = excluded.in_reference, held_at = excluded.held_at, held_reference = excluded.held_reference`,
    subject, outAt, outReference, JSON.stringify(further), inAt, inReference, heldAt, heldReference,
  );
}

/** At most `most` subjects after one, in their order. */
export function listStandings(sql: SqlStorage, after: Subject | "", most: number): (Standing & { readonly subject: Subject })[] {
  createTable(sql);
  return sql.exec<Row & { subject: string }>(`SELECT subject, ${COLUMNS} FROM standing WHERE subject > ? ORDER BY subject LIMIT ?`, after, most)
    .toArray().map((row) => ({ subject: row.subject as Subject, ...standingOf(row) }));
}

function standingOf(row: Row): Standing {
  return {
    outAt: row.out_at, outReference: row.out_reference, further: JSON.parse(row.further) as readonly Stop[],
    inAt: row.in_at, inReference: row.in_reference, heldAt: row.held_at, heldReference: row.held_reference,
  };
}

function createTable(sql: SqlStorage): void {
  sql.exec(`CREATE TABLE IF NOT EXISTS standing (
    subject TEXT PRIMARY KEY, out_at INTEGER, out_reference TEXT, further TEXT NOT NULL, in_at INTEGER, in_reference TEXT, held_at INTEGER, held_reference TEXT) WITHOUT ROWID`);
}
