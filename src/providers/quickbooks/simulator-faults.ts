/** Misbehaviour on demand, and the limits that apply when nobody asks for any. */
import { MINUTE, SECOND, type Clock } from "../../kernel/clock";
import { Plans } from "../simulator-plans";

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

/** The plans for calls to Intuit. */
export class Faults extends Plans<Misbehaviour> {}

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
