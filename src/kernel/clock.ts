/** Time and randomness are passed in, so that a test can set both. */

/** Answers the instant in milliseconds since 1970-01-01T00:00Z. */
export type Clock = () => number;

/** Fills and returns `length` random bytes of cryptographic quality. */
export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;

/** The wall clock of the machine; passed in by the worker and by nothing else. */
export const systemClock: Clock = () => Date.now();
/** The machine's own randomness; passed in by the worker and by nothing else. */
export const systemRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/** Lengths of time in milliseconds. `DAY` is 24 hours, which a business day need not be (`kernel/day`). */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
