/**
 * How often something may be tried: one Durable Object per subject (an account, an address, a shop), so that a hundred
 * tries at once, from a hundred places, are counted one after the other.
 */
import { DurableObject } from "cloudflare:workers";
import type { Bindings } from "./env";

/** So many turns in so much time. */
export type Limit = { readonly turns: number; readonly perMs: number };

export class LimiterObject extends DurableObject<Bindings> {
  /** Takes a turn at an act; answers null, or in how many milliseconds there will be one. `now` is epoch milliseconds. */
  async take(act: string, limit: Limit, now: number): Promise<number | null> {
    const { storage } = this.ctx;
    const times = ((await storage.get<number[]>(act)) ?? []).filter((at) => now - at < limit.perMs);
    const [oldest] = times;
    if (times.length >= limit.turns && oldest !== undefined) return oldest + limit.perMs - now;
    await storage.put(act, [...times, now]);
    return null;
  }
}
