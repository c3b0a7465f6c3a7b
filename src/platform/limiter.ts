/**
 * How often something may be tried: one Durable Object per subject (an account, an address, a shop), so that a hundred
 * tries at once, from a hundred places, are counted one after the other. A window slides: a turn comes back exactly
 * when its time is over. What is kept is bounded by the limits, survives eviction, and is forgotten by alarm.
 */
import { DurableObject } from "cloudflare:workers";
import { assert } from "../kernel/assert";
import type { Bindings } from "./env";

/** So many turns in so much time. */
export type Limit = { readonly turns: number; readonly perMs: number };

const MOST_TURNS = 1_000;

/** Instants of the turns that were taken, oldest first. */
type Times = readonly number[];

export abstract class LimiterObject extends DurableObject<Bindings> {
  /** The machine's own time, epoch milliseconds: alarms go by it. */
  protected abstract clock(): number;

  /** Takes a turn at an act; answers null, or in how many milliseconds there will be one. `now` is epoch milliseconds. */
  async take(act: string, limit: Limit, now: number): Promise<number | null> {
    assert(limit.turns >= 1 && limit.turns <= MOST_TURNS && limit.perMs > 0, "a limit is a number of turns in some time");
    // Read and written without letting anybody in between: nothing is awaited before the turn is on record.
    const times = this.#timesOf(act).filter((at) => now - at < limit.perMs);
    const [oldest] = times;
    if (times.length >= limit.turns && oldest !== undefined) return oldest + limit.perMs - now;
    this.#write(act, [...times, now], this.clock() + limit.perMs);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(this.clock() + limit.perMs);
    return null;
  }

  /** Takes back the turn that was taken at `at`, which was not used after all; without `at`, every turn at that act. */
  async giveBack(act: string, at: number | null): Promise<void> {
    const times = this.#timesOf(act);
    const index = at === null ? -1 : times.lastIndexOf(at);
    if (at === null) this.#write(act, [], this.clock());
    else if (index >= 0) this.#write(act, times.toSpliced(index, 1), null);
  }

  /** Forgets what no limit reads any more, and everything when nothing is left. */
  override async alarm(): Promise<void> {
    const { sql } = this.ctx.storage;
    this.#createTable();
    sql.exec("DELETE FROM turns WHERE kept_until <= ?", this.clock());
    const [next] = sql.exec<{ at: number | null }>("SELECT min(kept_until) AS at FROM turns").toArray();
    if (next === undefined || next.at === null) await this.ctx.storage.deleteAll();
    else await this.ctx.storage.setAlarm(next.at);
  }

  #timesOf(act: string): Times {
    this.#createTable();
    const [row] = this.ctx.storage.sql.exec<{ times: string }>("SELECT times FROM turns WHERE act = ?", act).toArray();
    return row === undefined ? [] : JSON.parse(row.times) as number[];
  }

  /** `keptUntil` is the machine's time; null leaves it as it is. */
  #write(act: string, times: Times, keptUntil: number | null): void {
    this.ctx.storage.sql.exec(
      `INSERT INTO turns (act, times, kept_until) VALUES (?1, ?2, coalesce(?3, 0))
       ON CONFLICT (act) DO UPDATE SET times = excluded.times, kept_until = coalesce(?3, kept_until)`, act, JSON.stringify(times), keptUntil,
    );
  }

  #createTable(): void {
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS turns (act TEXT PRIMARY KEY, times TEXT NOT NULL, kept_until INTEGER NOT NULL) WITHOUT ROWID");
  }
}
