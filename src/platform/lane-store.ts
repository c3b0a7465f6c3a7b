/**
 * The lane's own SQLite: the one place where a connection's tokens are, sealed. Every method is synchronous. A change
 * names the grant that it was decided on and is lost on any other: the sealed text is never the same twice.
 */
import type { ConnectionId, ShopId } from "../kernel/ids";
import type { LaneOwner } from "./lane-types";
import type { SealedText } from "./sealer";
import type { WrappedKey } from "./vault";

/** Tokens as they are kept. */
export type SealedTokens = {
  readonly sealed: SealedText;
  readonly accessExpiresAt: number;
  readonly refreshExpiresAt: number | null;
};

export type Grant = LaneOwner & SealedTokens & {
  readonly provider: string;
  readonly state: "usable" | "refreshing" | "dead";
  readonly key: WrappedKey;
  readonly generation: number;
  /** How often in a row the provider called the grant dead. */
  readonly refusals: number;
  /** The generation that a caller's report had renewed: a further report on it is believed. */
  readonly suspectGeneration: number | null;
  readonly refreshedAt: number | null;
};

/** A grant that was given up and is yet to be revoked at the provider. */
export type Farewell = LaneOwner & Pick<Grant, "provider" | "sealed" | "key" | "refreshExpiresAt"> & {
  readonly id: number;
  readonly since: number;
  readonly attempts: number;
};

/** Until when a grant waits for a person's word (epoch milliseconds), and whether it is revoked when none comes. */
export type Waiting = { readonly until: number; readonly revokes: boolean };

/** What became of the grant while its tokens were being renewed. */
export type Saved = "saved" | "replaced" | "gone";

const TABLES = `
  CREATE TABLE IF NOT EXISTS held (
    id INTEGER PRIMARY KEY CHECK (id = 1), shop_id TEXT NOT NULL, connection_id TEXT NOT NULL, provider TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('usable', 'refreshing', 'dead')),
    sealed TEXT NOT NULL, access_expires_at INTEGER NOT NULL, refresh_expires_at INTEGER,
    key_id TEXT NOT NULL, master_id TEXT NOT NULL, wrapped TEXT NOT NULL,
    generation INTEGER NOT NULL, refusals INTEGER NOT NULL, suspect_generation INTEGER, refreshed_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS farewell (
    id INTEGER PRIMARY KEY, shop_id TEXT NOT NULL, connection_id TEXT NOT NULL, provider TEXT NOT NULL,
    sealed TEXT NOT NULL, refresh_expires_at INTEGER, key_id TEXT NOT NULL, master_id TEXT NOT NULL, wrapped TEXT NOT NULL,
    since INTEGER NOT NULL, attempts INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY CHECK (id = 1), until INTEGER NOT NULL, revokes INTEGER NOT NULL) STRICT;`;

type Row = Record<string, SqlStorageValue>;

export class LaneStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.createTables();
  }

  /** Needed again after the storage was wiped. */
  createTables(): void {
    this.#sql.exec(TABLES);
  }

  /** The grant that is held, or null. */
  read(): Grant | null {
    const row = this.#sql.exec<Row>("SELECT * FROM held").toArray()[0];
    return row === undefined ? null : grantOf(row);
  }

  /** Replaces whatever was held. */
  install(owner: LaneOwner, provider: string, tokens: SealedTokens, key: WrappedKey): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO held (id, shop_id, connection_id, provider, state, sealed, access_expires_at, refresh_expires_at,
         key_id, master_id, wrapped, generation, refusals)
       VALUES (1, ?, ?, ?, 'usable', ?, ?, ?, ?, ?, ?, 1 + coalesce((SELECT max(generation) FROM held), 0), 0)`,
      owner.shopId, owner.connectionId, provider, tokens.sealed, tokens.accessExpiresAt, tokens.refreshExpiresAt,
      key.keyId, key.masterId, key.wrapped,
    );
    // A lane is of one account. To revoke its earlier grant now could end this one: at Square it ends them all.
    this.#sql.exec("DELETE FROM farewell");
    this.#sql.exec("DELETE FROM waiting");
  }

  /** Lets the grant that is held wait for a person's word. */
  wait({ until, revokes }: Waiting): void {
    this.#sql.exec("INSERT OR REPLACE INTO waiting (id, until, revokes) VALUES (1, ?, ?)", until, revokes ? 1 : 0);
  }

  /** What the held grant waits for, or null where it is in use. */
  get waiting(): Waiting | null {
    const row = this.#sql.exec<{ until: number; revokes: number }>("SELECT until, revokes FROM waiting").toArray()[0];
    return row === undefined ? null : { until: row.until, revokes: row.revokes === 1 };
  }

  /** Lets the grant go without ending it. */
  release(grant: Grant): void {
    this.#sql.exec("DELETE FROM waiting");
    this.#sql.exec("DELETE FROM held WHERE sealed = ?", grant.sealed);
  }

  /** Answers false when the grant is no longer held. */
  markRefreshing(grant: Grant): boolean {
    return this.#sql.exec("UPDATE held SET state = 'refreshing' WHERE sealed = ? RETURNING id", grant.sealed).toArray().length > 0;
  }

  /** The renewal brought nothing; the tokens that are held may still be good. */
  markUsable(grant: Grant): void {
    this.#sql.exec("UPDATE held SET state = 'usable' WHERE sealed = ?", grant.sealed);
  }

  /** Counts one more "this grant is dead" of the provider; answers how many in a row. */
  countRefusal(grant: Grant): number {
    const cursor = this.#sql.exec<{ refusals: number }>(
      "UPDATE held SET state = 'usable', refusals = refusals + 1 WHERE sealed = ? RETURNING refusals", grant.sealed,
    );
    return cursor.toArray()[0]?.refusals ?? 0;
  }

  markDead(grant: Grant): void {
    this.#sql.exec("UPDATE held SET state = 'dead' WHERE sealed = ?", grant.sealed);
  }

  /** The access token is not to be used again; the next call renews it. */
  expire(grant: Grant): void {
    this.#sql.exec("UPDATE held SET access_expires_at = 0 WHERE sealed = ?", grant.sealed);
  }

  /** Notes that the generation after this one exists because of a report. */
  suspectNext(grant: Grant): void {
    this.#sql.exec("UPDATE held SET suspect_generation = generation + 1 WHERE sealed = ?", grant.sealed);
  }

  /** Puts renewed tokens in place of the ones that they came from, if those are still held. */
  saveRenewed(grant: Grant, tokens: SealedTokens, now: number): Saved {
    const cursor = this.#sql.exec(
      `UPDATE held SET state = 'usable', sealed = ?, access_expires_at = ?, refresh_expires_at = ?,
         generation = generation + 1, refusals = 0, refreshed_at = ? WHERE sealed = ? RETURNING id`,
      tokens.sealed, tokens.accessExpiresAt, tokens.refreshExpiresAt, now, grant.sealed,
    );
    if (cursor.toArray().length > 0) return "saved";
    return this.read() === null ? "gone" : "replaced";
  }

  /** The same key under another master key, wherever it stands here. */
  saveKey(key: WrappedKey): void {
    for (const table of ["held", "farewell"]) {
      this.#sql.exec(`UPDATE ${table} SET master_id = ?, wrapped = ? WHERE key_id = ?`, key.masterId, key.wrapped, key.keyId);
    }
  }

  /** Gives the grant up: from here on nothing can use it, and only its revocation is left to do. */
  giveUp(grant: Grant, now: number): void {
    this.#sql.exec(
      `INSERT INTO farewell (shop_id, connection_id, provider, sealed, refresh_expires_at, key_id, master_id, wrapped, since, attempts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
      grant.shopId, grant.connectionId, grant.provider, grant.sealed, grant.refreshExpiresAt,
      grant.key.keyId, grant.key.masterId, grant.key.wrapped, now,
    );
    this.release(grant);
  }

  farewells(): Farewell[] {
    return this.#sql.exec<Row>("SELECT * FROM farewell ORDER BY id LIMIT 20").toArray().map(farewellOf);
  }

  countFarewellAttempt(id: number): void {
    this.#sql.exec("UPDATE farewell SET attempts = attempts + 1 WHERE id = ?", id);
  }

  endFarewell(id: number): void {
    this.#sql.exec("DELETE FROM farewell WHERE id = ?", id);
  }

  get isEmpty(): boolean {
    return this.read() === null && this.farewells().length === 0;
  }
}

/** The rows are the lane's own, checked by the tables above: their types are known. */
function grantOf(row: Row): Grant {
  return {
    ...ownedOf(row),
    state: row.state as Grant["state"],
    accessExpiresAt: row.access_expires_at as number,
    generation: row.generation as number,
    refusals: row.refusals as number,
    suspectGeneration: row.suspect_generation as number | null,
    refreshedAt: row.refreshed_at as number | null,
  };
}

function farewellOf(row: Row): Farewell {
  return { ...ownedOf(row), id: row.id as number, since: row.since as number, attempts: row.attempts as number };
}

function ownedOf(row: Row): Omit<Farewell, "id" | "since" | "attempts"> {
  return {
    shopId: row.shop_id as ShopId,
    connectionId: row.connection_id as ConnectionId,
    provider: row.provider as string,
    sealed: row.sealed as SealedText,
    refreshExpiresAt: row.refresh_expires_at as number | null,
    key: { keyId: row.key_id as string, masterId: row.master_id as string, wrapped: row.wrapped as string },
  };
}
