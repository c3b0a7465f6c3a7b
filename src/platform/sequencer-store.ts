/**
 * The sequencer's own SQLite: the hashes of every line it has taken, apart from the database that holds the lines. They
 * lie in tiles of 256 (as c2sp.org/tlog-tiles), so that a thousand lines cost a handful of rows and a proof reads a few.
 * Every method is synchronous.
 */
import { assert } from "../kernel/assert";
import { HASH_BYTES, nodeHashOf, type Hash } from "../kernel/merkle";
import type { NodeAt } from "../kernel/merkle-proof";

const TABLES = `
  CREATE TABLE IF NOT EXISTS state (
    id INTEGER PRIMARY KEY CHECK (id = 1), log TEXT NOT NULL, size INTEGER NOT NULL, patrolled INTEGER NOT NULL, note TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tile (
    level INTEGER NOT NULL, position INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, position)
  ) STRICT, WITHOUT ROWID;`;

const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

export type SequencerState = {
  readonly log: string;
  /** How many lines were taken. */
  readonly size: number;
  /** How far the lines that were taken were looked at again. */
  readonly patrolled: number;
  /** The last checkpoint that was put away, or null. */
  readonly note: string | null;
};

export class SequencerStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(TABLES);
  }

  /** Null before the first line was taken. */
  read(): SequencerState | null {
    const [row] = this.#storage.sql.exec<SequencerState>("SELECT log, size, patrolled, note FROM state").toArray();
    return row ?? null;
  }

  /** Makes the store one log's. Throws when it is another's. */
  open(log: string): SequencerState {
    this.#storage.sql.exec("INSERT INTO state (id, log, size, patrolled, note) VALUES (1, ?, 0, 0, NULL) ON CONFLICT (id) DO NOTHING", log);
    const state = this.read();
    assert(state?.log === log, "a sequencer serves one log");
    return state;
  }

  /** Takes leaves that follow the last one, all or none. */
  append(leaves: readonly Hash[]): void {
    if (leaves.length === 0) return;
    this.#storage.transactionSync(() => {
      const size = this.read()?.size ?? 0;
      let added = leaves;
      for (let level = 0; added.length > 0; level += 1) added = this.#appendTo(level, Math.floor(size / TILE_WIDTH ** level), added);
      this.#storage.sql.exec("UPDATE state SET size = ?", size + leaves.length);
    });
  }

  keepNote(note: string): void {
    this.#storage.sql.exec("UPDATE state SET note = ?", note);
  }

  keepPatrolled(seq: number): void {
    this.#storage.sql.exec("UPDATE state SET patrolled = ?", seq);
  }

  /** Leaf hashes from `index` (from 0), at most `count` and never more than a tile's. */
  leaves(index: number, count: number): Hash[] {
    const position = Math.floor(index / TILE_WIDTH);
    return this.#tile(0, position).slice(index % TILE_WIDTH, (index % TILE_WIDTH) + count);
  }

  /** Complete subtrees, for proofs; tiles are read once for as long as the answer is used. */
  nodes(): NodeAt {
    const read = new Map<string, Hash[]>();
    return (level, index) => {
      const height = level % TILE_HEIGHT;
      const first = index * 2 ** height;
      const [tileLevel, position] = [Math.floor(level / TILE_HEIGHT), Math.floor(first / TILE_WIDTH)];
      const tile = read.get(`${tileLevel} ${position}`) ?? this.#tile(tileLevel, position);
      read.set(`${tileLevel} ${position}`, tile);
      return foldOf(tile.slice(first % TILE_WIDTH, (first % TILE_WIDTH) + 2 ** height));
    };
  }

  /** Adds hashes behind the `count` that a level has; answers the roots of the tiles that became full. */
  #appendTo(level: number, count: number, added: readonly Hash[]): Hash[] {
    const first = Math.floor(count / TILE_WIDTH);
    const hashes = [...this.#tile(level, first), ...added];
    const full: Hash[] = [];
    for (let position = 0; position * TILE_WIDTH < hashes.length; position += 1) {
      const tile = hashes.slice(position * TILE_WIDTH, (position + 1) * TILE_WIDTH);
      this.#storage.sql.exec(
        "INSERT INTO tile (level, position, hashes) VALUES (?, ?, ?) ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes",
        level, first + position, Uint8Array.from(tile.flatMap((hash) => [...hash])).buffer,
      );
      if (tile.length === TILE_WIDTH) full.push(foldOf(tile));
    }
    return full;
  }

  #tile(level: number, position: number): Hash[] {
    const [row] = this.#storage.sql.exec<{ hashes: ArrayBuffer }>("SELECT hashes FROM tile WHERE level = ? AND position = ?", level, position).toArray();
    const bytes = new Uint8Array(row?.hashes ?? new ArrayBuffer(0));
    return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) => bytes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES));
  }
}

/** The root over a power of two of hashes. */
function foldOf(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, index) => nodeHashOf(row[index * 2] as Hash, row[index * 2 + 1] as Hash));
  const [root] = row;
  assert(root !== undefined, "a subtree that is asked for is complete");
  return root;
}
