/** The SQL of a register, in its Durable Object's own database. */
import type { Subject } from "./register";

/** A stop as it came: at its source it is found by `reference`. */
export type Stop = { readonly reference: string | null; readonly at: number };

/**
 * Where one address stands; instants are epoch milliseconds, null for what never was or is over. `saidAt`, `source` and
 * `reference` are of the word by which it stands so; `ended` is the reference of the one that was dealt with before.
 * `further` are the stops that came on top of the one that stands: consent that follows the first may have been given before
 * them. `revision` counts the changes.
 */
export type Standing = {
  readonly outAt: number | null;
  readonly inAt: number | null;
  readonly heldAt: number | null;
  readonly saidAt: number | null;
  readonly source: string | null;
  readonly reference: string | null;
  readonly ended: string | null;
  readonly further: readonly Stop[];
  readonly revision: number;
};

type Row = Omit<Standing, "further"> & { readonly further: string };

const COLUMNS = "out_at AS outAt, in_at AS inAt, held_at AS heldAt, said_at AS saidAt, source, reference, ended, further, revision";
const NOTHING: Standing = { outAt: null, inAt: null, heldAt: null, saidAt: null, source: null, reference: null, ended: null, further: [], revision: 0 };

/** What stands of a subject. */
export function readStanding(sql: SqlStorage, subject: Subject): Standing {
  createTable(sql);
  const [row] = sql.exec<Row>(`SELECT ${COLUMNS} FROM standing WHERE subject = ?`, subject).toArray();
  return row === undefined ? NOTHING : standingOf(row);
}

/** Writes what stands of a subject from now on, as the next revision of what stood, and answers it. */
export function writeStanding(sql: SqlStorage, subject: Subject, standing: Standing): Standing {
  createTable(sql);
  const next = { ...standing, revision: standing.revision + 1 };
  const { outAt, inAt, heldAt, saidAt, source, reference, ended, further, revision } = next;
  sql.exec(
    `INSERT OR REPLACE INTO standing (subject, out_at, in_at, held_at, said_at, source, reference, ended, further, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    subject, outAt, inAt, heldAt, saidAt, source, reference, ended, JSON.stringify(further), revision,
  );
  return next;
}

/** At most `most` subjects after one, in their order. */
export function listStandings(sql: SqlStorage, after: Subject | "", most: number): (Standing & { readonly subject: Subject })[] {
  createTable(sql);
  return sql.exec<Row & { subject: Subject }>(`SELECT subject, ${COLUMNS} FROM standing WHERE subject > ? ORDER BY subject LIMIT ?`, after, most).toArray()
    .map(({ subject, ...row }) => ({ subject, ...standingOf(row) }));
}

function standingOf({ further, ...row }: Row): Standing {
  return { ...row, further: JSON.parse(further) as readonly Stop[] };
}

function createTable(sql: SqlStorage): void {
  sql.exec(`CREATE TABLE IF NOT EXISTS standing (
    subject TEXT PRIMARY KEY, out_at INTEGER, in_at INTEGER, held_at INTEGER, said_at INTEGER, source TEXT, reference TEXT, ended TEXT, further TEXT NOT NULL, revision INTEGER NOT NULL
  ) WITHOUT ROWID`);
}
