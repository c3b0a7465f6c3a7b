/** Programming errors are thrown, never returned: they become a plain 500 with a reference number. */

/** Throws where a thing that must hold does not; `message` is for engineers and never leaves the log. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
