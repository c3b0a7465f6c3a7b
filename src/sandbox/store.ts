/** What the simulators remember between restarts: JSON by key in the Durable Object's own SQLite, files beside it. */

export type Store = {
  put(key: string, value: unknown): void;
  get(key: string): unknown;
  /** Every value whose key begins with `prefix`, in the order of their first writing. */
  list(prefix: string): unknown[];
  putFile(key: string, bytes: ArrayBuffer): void;
  getFile(key: string): ArrayBuffer | null;
};

/** Opens the store, making its tables where they are missing. A value is at most 2 MB (SQLite in Durable Objects). */
export function openStore(sql: SqlStorage): Store {
  sql.exec("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL)");
  sql.exec("CREATE TABLE IF NOT EXISTS file (key TEXT PRIMARY KEY, bytes BLOB NOT NULL)");
  return {
    put: (key, value) => {
      sql.exec("INSERT INTO kept (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, JSON.stringify(value));
    },
    get: (key) => {
      const [row] = sql.exec<{ value: string }>("SELECT value FROM kept WHERE key = ?", key).toArray();
      return row === undefined ? undefined : JSON.parse(row.value);
    },
    list: (prefix) => sql.exec<{ value: string }>("SELECT value FROM kept WHERE substr(key, 1, ?) = ? ORDER BY id", prefix.length, prefix)
      .toArray().map((row) => JSON.parse(row.value)),
    putFile: (key, bytes) => {
      sql.exec("INSERT INTO file (key, bytes) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET bytes = excluded.bytes", key, bytes);
    },
    getFile: (key) => sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM file WHERE key = ?", key).toArray()[0]?.bytes ?? null,
  };
}
