/**
 * Runs handlers one await at a time, in an order drawn from a seed, and lets them die before or after any of them, as a
 * Worker dies: what it was doing ends there and then, and nobody tells the queue.
 */
import type { Bindings } from "../../src/platform/env";

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What happens at one await: it is done; or the process dies before it, or right after its effect. */
export type Fate = "go" | "dies_before" | "dies_after";

/** Decides at the `step`th await of process `process`. */
export type Fates = (process: number, step: number) => Fate;

/** Passes one await through the scheduler. */
export type Gate = <T>(act: () => Promise<T>) => Promise<T>;

type Process = {
  state: "alive" | "done" | "dead";
  steps: number;
  /** Awaits that have not been let through yet; a job may have several at once. */
  readonly waiting: { readonly step: number; readonly pass: (fate: Fate) => Promise<void> }[];
};

export type Ran = { readonly died: readonly boolean[]; readonly steps: readonly number[] };

/** Runs processes side by side to their ends; `draw` picks whose await is next, `before` is told of each. */
export async function runScheduled(
  processes: readonly ((gate: Gate) => Promise<void>)[], draw: () => number, fates: Fates, before: () => void = () => {},
): Promise<Ran> {
  const bell = createBell();
  const all = processes.map((): Process => ({ state: "alive", steps: 0, waiting: [] }));
  const failures: unknown[] = [];
  for (const [index, act] of processes.entries()) {
    const process = all[index] as Process;
    const live = async () => {
      await act(gateOf(process, bell)).catch((error: unknown) => failures.push(error));
      process.state = "done";
      bell.ring();
    };
    void live();
  }
  for (;;) {
    while (failures.length === 0 && all.some(({ state, waiting }) => state === "alive" && waiting.length === 0)) await bell.heard();
    if (failures.length > 0) throw failures[0];
    const ready = all.flatMap((process, index) => (process.state === "alive" ? process.waiting.map((one) => ({ process, index, one })) : []));
    const chosen = ready[Math.floor(draw() * ready.length)];
    if (chosen === undefined) return { died: all.map(({ state }) => state === "dead"), steps: all.map(({ steps }) => steps) };
    before();
    chosen.process.waiting.splice(chosen.process.waiting.indexOf(chosen.one), 1);
    await chosen.one.pass(fates(chosen.index, chosen.one.step));
  }
}

type Bell = { ring(): void; heard(): Promise<void> };

function createBell(): Bell {
  let wake = () => {};
  return { ring: () => wake(), heard: async () => await new Promise((resolve) => (wake = resolve)) };
}

function gateOf(process: Process, bell: Bell): Gate {
  return async <T>(act: () => Promise<T>): Promise<T> => await new Promise<T>((resolve, reject) => {
    if (process.state !== "alive") return; // a dead Worker's leftovers wait for ever
    const pass = async (fate: Fate) => {
      if (fate !== "go") process.state = "dead";
      if (fate === "dies_before") return;
      const settle = await act().then((value) => () => resolve(value), (error: Error) => () => reject(error));
      if (fate === "go") settle();
    };
    process.waiting.push({ step: process.steps, pass });
    process.steps += 1;
    bell.ring();
  });
}

/** The bindings with every await of the shop's shard and of the lanes passed through the gate. */
export function gatedBindings(env: Bindings, gate: Gate): Bindings {
  const queues = Object.entries(env).filter(([name]) => name.startsWith("SYNC_")).map(([name, queue]) => [name, gatedQueue(queue as Queue, gate)]);
  return { ...env, SHARD_0: gatedDatabase(env.SHARD_0, gate), LANE: gatedLanes(env.LANE, gate), ...Object.fromEntries(queues) as Pick<Bindings, "SYNC_QUEUE"> };
}

const inner = new WeakMap<object, D1PreparedStatement>();

/** A database with every await passed through the gate. */
export function gatedDatabase(database: D1Database, gate: Gate): D1Database {
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      run: () => gate(() => statement.run()),
      all: () => gate(() => statement.all()),
      raw: (options?: { columnNames: true }) => gate(async () => (options === undefined ? await statement.raw() : await statement.raw(options))),
      first: (column?: string) => gate(async () => (column === undefined ? await statement.first() : await statement.first(column))),
    } as unknown as D1PreparedStatement;
    inner.set(wrapped, statement);
    return wrapped;
  };
  const unwrap = (statement: D1PreparedStatement) => inner.get(statement) ?? statement;
  return {
    prepare: (sql: string) => wrap(database.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => gate(() => database.batch(statements.map(unwrap))),
  } as unknown as D1Database;
}

function gatedLanes(lanes: Bindings["LANE"], gate: Gate): Bindings["LANE"] {
  const getByName = (name: string) => {
    const stub = lanes.getByName(name) as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
    return new Proxy({}, { get: (_, method) => (method === "then" ? undefined : (...values: unknown[]) => gate(async () => await stub[String(method)]?.(...values))) });
  };
  return { getByName } as unknown as Bindings["LANE"];
}

/** A queue likewise. */
export function gatedQueue(queue: Queue, gate: Gate): Queue {
  return { sendBatch: (messages: Iterable<MessageSendRequest>) => gate(() => queue.sendBatch(messages)) } as unknown as Queue;
}
