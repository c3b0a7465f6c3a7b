/** Expected failure is a value: every operation that can fail in a known way returns a `Result`. */
import type { Failure } from "./failure";

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Failed<F = Failure> = { readonly ok: false; readonly failure: F };

/** Either the value that was promised or the failure that stood in its way; never both, never neither. */
export type Result<T, F = Failure> = Ok<T> | Failed<F>;

/** Wraps a value as success. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Wraps a failure as such; the kind decides what the caller may do about it. */
export function failed<const F>(failure: F): Failed<F> {
  return { ok: false, failure };
}
