/** Misbehaviour on demand, and the limits that apply when nobody asks for any. */
import { DAY, MINUTE, SECOND, type Clock } from "../../kernel/clock";
import { Plans } from "../simulator-plans";

/**
 * `lost` executes the request and lets the connection break before the answer; `truncated`, `empty` and `slow` execute
 * it and damage the answer; the others answer before anything is executed. `hang` never answers at all.
 */
export type Misbehaviour =
  | { readonly kind: "throttle"; readonly problem: Problem; readonly retryAfterSeconds: number | null }
  | { readonly kind: "status"; readonly status: 401 | 403 | 500 | 503 }
  | { readonly kind: "html"; readonly status: 200 | 400 | 500 | 502 | 503 }
  | { readonly kind: "hang" }
  | { readonly kind: "slow"; readonly milliseconds: number }
  | { readonly kind: "truncated" }
  | { readonly kind: "empty" }
  | { readonly kind: "lost" };

/** The plans for calls to Xero. */
export class Faults extends Plans<Misbehaviour> {}

/** Which limit was reached, in Xero's own words (`X-Rate-Limit-Problem`). */
export type Problem = "concurrent" | "minute" | "day" | "appminute";

export type Limits = { readonly atOnce: number; readonly perMinute: number; readonly perDay: number; readonly perAppMinute: number };

/** Xero's, for an organisation and app, and for an app over all organisations. */
export const XERO_LIMITS: Limits = { atOnce: 5, perMinute: 60, perDay: 5_000, perAppMinute: 10_000 };

/** What is left of each window, as the headers of every answer say. */
export type Left = { readonly minute: number; readonly day: number; readonly appMinute: number };

/** Counts calls in rolling windows on the simulator's clock, and those that are not answered yet. */
export class RateLimiter {
  readonly #calls = new Map<string, number[]>();
  readonly #open = new Map<string, number>();
  constructor(readonly clock: Clock, public limits: Limits | null) {}

  /** Counts a call and opens it; or says which limit it breaks and in how many seconds it would not. */
  begin(tenant: string): { readonly problem: Problem; readonly retryAfterSeconds: number } | null {
    const { limits } = this;
    if (limits === null) return null;
    const windows = [["minute", tenant, MINUTE, limits.perMinute], ["day", tenant, DAY, limits.perDay], ["appminute", "", MINUTE, limits.perAppMinute]] as const;
    if ((this.#open.get(tenant) ?? 0) >= limits.atOnce) return { problem: "concurrent", retryAfterSeconds: 1 };
    for (const [problem, whose, length, limit] of windows) {
      const within = this.#within(whose, length);
      const oldest = within[within.length - limit];
      if (oldest !== undefined) return { problem, retryAfterSeconds: Math.max(1, Math.ceil((oldest + length - this.clock()) / SECOND)) };
    }
    for (const whose of [tenant, ""]) this.#calls.set(whose, [...this.#within(whose, DAY), this.clock()]);
    this.#open.set(tenant, (this.#open.get(tenant) ?? 0) + 1);
    return null;
  }

  /** Ends a call that was opened. */
  end(tenant: string): void {
    this.#open.set(tenant, Math.max(0, (this.#open.get(tenant) ?? 0) - 1));
  }

  left(tenant: string): Left {
    const { perMinute, perDay, perAppMinute } = this.limits ?? XERO_LIMITS;
    const count = (whose: string, length: number) => (this.limits === null ? 0 : this.#within(whose, length).length);
    return { minute: Math.max(0, perMinute - count(tenant, MINUTE)), day: Math.max(0, perDay - count(tenant, DAY)), appMinute: Math.max(0, perAppMinute - count("", MINUTE)) };
  }

  #within(whose: string, length: number): number[] {
    const since = this.clock() - length;
    return (this.#calls.get(whose) ?? []).filter((at) => at > since);
  }
}
