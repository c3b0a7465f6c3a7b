/** Counts what the shops of a night use: rows and round trips as D1 reports them, messages, deliveries, calls to lanes. */
import type { Bindings } from "../../src/platform/env";

export type Counts = {
  trips: number; statements: number; rowsRead: number; rowsWritten: number;
  sends: number; messages: number; deliveries: number; again: number; batches: number; laneCalls: number;
};

const NONE: Counts = { trips: 0, statements: 0, rowsRead: 0, rowsWritten: 0, sends: 0, messages: 0, deliveries: 0, again: 0, batches: 0, laneCalls: 0 };

export type Counter = {
  /** The same bindings, counted. One object for the life of the isolate: the environment is read once for each. */
  readonly bindings: (env: Bindings) => Bindings;
  /** The same batch, counted. */
  readonly batch: (batch: MessageBatch) => MessageBatch;
  /** What was counted since it was last asked. */
  readonly take: () => Counts;
};

export function createCounter(): Counter {
  let counts = { ...NONE };
  let known: Bindings | null = null;
  const note = (results: readonly D1Result[]): void => {
    counts.trips += 1;
    counts.statements += results.length;
    for (const { meta } of results) {
      counts.rowsRead += meta.rows_read;
      counts.rowsWritten += meta.rows_written;
    }
  };
  return {
    bindings: (env) => (known ??= {
      ...env, ...databases(env, note), ...queues(env, (messages) => {
        counts.sends += 1;
        counts.messages += messages;
      }), LANE: lanes(env.LANE, () => void (counts.laneCalls += 1)),
    }),
    batch: (batch) => {
      counts.batches += 1;
      counts.deliveries += batch.messages.length;
      const messages = batch.messages.map((message) => ({
        id: message.id, timestamp: message.timestamp, body: message.body, attempts: message.attempts, ack: () => message.ack(),
        retry: (options?: QueueRetryOptions) => {
          counts.again += 1;
          message.retry(options);
        },
      }));
      return { queue: batch.queue, messages } as unknown as MessageBatch;
    },
    take: () => {
      const taken = counts;
      counts = { ...NONE };
      return taken;
    },
  };
}

type Note = (results: readonly D1Result[]) => void;

function databases(env: Bindings, note: Note): Pick<Bindings, "DIRECTORY" | "SHARD_0" | "SHARD_1"> {
  return { DIRECTORY: counted(env.DIRECTORY, note), SHARD_0: counted(env.SHARD_0, note), SHARD_1: counted(env.SHARD_1, note) };
}

/** A database that counts. Results come with their meta whichever way they are asked for. */
function counted(database: D1Database, note: Note): D1Database {
  const inner = new WeakMap<object, D1PreparedStatement>();
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const run = async () => {
      const result = await statement.run();
      note([result]);
      return result;
    };
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      run, all: run,
      first: async (column?: string) => {
        const [row] = (await run()).results;
        return row === undefined ? null : column === undefined ? row : row[column];
      },
      raw: async (options?: { columnNames?: boolean }) => {
        const { results } = await run();
        const rows: unknown[][] = results.map((row) => Object.values(row));
        return options?.columnNames === true ? [Object.keys(results[0] ?? {}), ...rows] : rows;
      },
    } as unknown as D1PreparedStatement;
    inner.set(wrapped, statement);
    return wrapped;
  };
  return {
    prepare: (sql: string) => wrap(database.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await database.batch(statements.map((statement) => inner.get(statement) ?? statement));
      note(results);
      return results;
    },
  } as unknown as D1Database;
}

function queues(env: Bindings, sent: (messages: number) => void): Pick<Bindings, "SYNC_QUEUE"> {
  const all = Object.entries(env).filter(([name]) => name.startsWith("SYNC_")).map(([name, queue]) => [name, {
    sendBatch: async (messages: Iterable<MessageSendRequest>) => {
      const all = [...messages];
      sent(all.length);
      await (queue as Queue).sendBatch(all);
    },
  }] as const);
  return Object.fromEntries(all) as unknown as Pick<Bindings, "SYNC_QUEUE">;
}

function lanes(namespace: Bindings["LANE"], called: () => void): Bindings["LANE"] {
  const getByName = (name: string) => new Proxy(namespace.getByName(name), {
    get: (stub, method) => async (...values: unknown[]): Promise<unknown> => {
      called();
      return await (stub as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>)[String(method)]?.(...values);
    },
  });
  return { getByName } as unknown as Bindings["LANE"];
}
