/** D1 as the app uses it, with every statement's text and values written down on the way. */

/** One statement text with the values of its first execution. */
export type SentStatement = { readonly database: string; readonly sql: string; readonly values: readonly unknown[] };

/** Statements by database and text: each text once. */
export type Recorder = { readonly statements: ReadonlyMap<string, SentStatement>; record(name: string, database: D1Database): D1Database };

/** Records what is prepared and bound at any database that it is given. */
export function createRecorder(): Recorder {
  const statements = new Map<string, SentStatement>();
  const note = (database: string, sql: string, values: readonly unknown[]): void => {
    const key = `${database} ${sql}`;
    const known = statements.get(key);
    if (known === undefined || known.values.length < values.length) statements.set(key, { database, sql, values });
  };
  const prepare = (name: string, database: D1Database) => (sql: string): D1PreparedStatement => {
    note(name, sql, []);
    const statement = database.prepare(sql);
    const bind = statement.bind.bind(statement);
    // The real statement is kept, so that the real database takes it in a batch.
    return Object.assign(statement, {
      bind: (...values: unknown[]) => {
        note(name, sql, values);
        return bind(...values);
      },
    });
  };
  return {
    statements,
    record: (name, database) => new Proxy(database, {
      get: (target, property) => {
        if (property === "prepare") return prepare(name, target);
        const value: unknown = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) as unknown : value;
      },
    }),
  };
}
