/** Misbehaviour on demand, and the limits that apply when nobody asks for any. */
import { MINUTE, SECOND, type Clock } from "../../kernel/clock";

/**
 * `lost` executes the request and lets the connection break before the answer; `truncated`, `empty` and `slow` execute
 * it and damage the answer; the others answer before anything is executed. `hang` never answers at all.
 */
export type Misbehaviour =
  | { readonly kind: "throttle"; readonly retryAfterSeconds: number | null }
  | { readonly kind: "status"; readonly status: 401 | 403 | 500 | 503 }
  | { readonly kind: "html"; readonly status: 200 | 400 | 500 | 502 | 504 }
  | { readonly kind: "fault"; readonly status: 200 | 400 | 403 | 500; readonly code: string; readonly message: string; readonly detail: string }
  | { readonly kind: "hang" }
  | { readonly kind: "slow"; readonly milliseconds: number }
  | { readonly kind: "truncated" }
  | { readonly kind: "empty" }
  | { readonly kind: "lost" };

/** Which calls misbehave: the next `times` whose method is `method` and whose path contains `path`, after `skip` others. */
export type Plan = {
  readonly misbehaviour: Misbehaviour;
  readonly times?: number;
  readonly skip?: number;
  readonly method?: "GET" | "POST";
  readonly path?: string;
};

/** The plans that are not used up yet. */
export class Faults {
  #plans: { plan: Plan; skip: number; times: number }[] = [];

  add(plan: Plan): void {
    this.#plans.push({ plan, skip: plan.skip ?? 0, times: plan.times ?? 1 });
  }

  clear(): void {
    this.#plans = [];
  }

  /** The misbehaviour due for a call, counted as used. */
  take(method: string, path: string): Misbehaviour | null {
    for (const entry of this.#plans) {
      const { plan } = entry;
      if ((plan.method !== undefined && plan.method !== method) || !path.includes(plan.path ?? "") || entry.times === 0) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.times -= 1;
      return plan.misbehaviour;
    }
    return null;
  }
}

export type Limits = { readonly perMinute: number; readonly perSecond: number };

/** Intuit's: 500 a minute per company, 10 a second per company and app. */
export const INTUIT_LIMITS: Limits = { perMinute: 500, perSecond: 10 };

type Bucket = { tokens: number; at: number };

/** Two token buckets per company, on the simulator's clock. */
export class RateLimiter {
  readonly #buckets = new Map<string, { minute: Bucket; second: Bucket }>();
  constructor(readonly clock: Clock, public limits: Limits | null) {}

  /** Counts a call; false when it is one too many, which costs nothing. */
  admits(realm: string): boolean {
    if (this.limits === null) return true;
    const now = this.clock();
    const { perMinute, perSecond } = this.limits;
    const fresh = { minute: { tokens: perMinute, at: now }, second: { tokens: perSecond, at: now } };
    const { minute, second } = this.#buckets.get(realm) ?? fresh;
    refill(minute, perMinute, MINUTE, now);
    refill(second, perSecond, SECOND, now);
    this.#buckets.set(realm, { minute, second });
    if (minute.tokens < 1 || second.tokens < 1) return false;
    minute.tokens -= 1;
    second.tokens -= 1;
    return true;
  }
}

function refill(bucket: Bucket, capacity: number, periodMs: number, now: number): void {
  const elapsed = Math.max(0, now - bucket.at);
  bucket.tokens = Math.min(capacity, bucket.tokens + (elapsed * capacity) / periodMs);
  bucket.at = now;
}
