/** How a file is cut into parts: all of one size, the last what is left. Pure. */
import { failed, ok, type Result } from "../../kernel/result";

type Cut = { readonly sizeBytes: number; readonly partBytes: number };

const MOST_NAMED = 5;

/** How many parts a file comes in. */
export function partsOf({ sizeBytes, partBytes }: Cut): number {
  return Math.ceil(sizeBytes / partBytes);
}

/** Whether a part of that number has the length of its place. `invalid_input` where it has not. */
export function checkPart(cut: Cut, number: number, sizeBytes: number): Result<void> {
  const count = partsOf(cut);
  const right = number === count ? cut.sizeBytes - (count - 1) * cut.partBytes : cut.partBytes;
  if (number <= count && sizeBytes === right) return ok(undefined);
  const message = number > count ? `The file has ${count} parts, and this says to be number ${number}.` : `Part ${number} has ${sizeBytes} bytes in place of ${right}. Send it again.`;
  return failed({ kind: "invalid_input", message, fields: [{ path: "file", message }] });
}

/** The sentence that says which parts are missing; null where none is. */
export function missingParts(cut: Cut, there: readonly number[]): string | null {
  const known = new Set(there);
  const missing = Array.from({ length: partsOf(cut) }, (_, index) => index + 1).filter((number) => !known.has(number));
  if (missing.length === 0) return null;
  const named = missing.slice(0, MOST_NAMED).join(", ");
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
  return `Part ${named}${more} of ${partsOf(cut)} did not arrive yet. Send what is missing, then finish.`;
}
