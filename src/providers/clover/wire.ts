/**
 * The door for Clover's JSON. Nothing is validated as a whole: each field is checked where it is read, absent fields read
 * as nothing, and the first field of a wrong type is remembered. Amounts are integers without a currency of their own.
 */
import type { Failure } from "../../kernel/failure";
import { unreadable } from "./errors";

/** A JSON object of Clover's whose fields nobody has checked yet. */
export type Wire = { readonly [field: string]: unknown };

const NOTHING: readonly Wire[] = [];

/** Whether a JSON value is an object (not null, not an array). */
export function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text, or the empty string for anything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The id of a reference such as `{"id":"…"}`; empty where there is none. */
export function idIn(reference: unknown): string {
  return isWire(reference) ? textOf(reference.id) : "";
}

/**
 * Reads the fields of one day. `problem` is the first thing that was not as Clover documents it; totals read after a
 * problem mean nothing, so a caller looks at it before it uses them.
 */
export class WireReader {
  problem: Failure | null = null;

  constructor(private readonly currency: string) {}

  /** An integer: minor units, milliseconds, a rate; 0 where it is absent. */
  integer(value: unknown, field: string): number {
    if (value === undefined || value === null) return 0;
    // Past 2^53 JSON.parse has already lost cents, so an unsafe integer cannot be trusted.
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    return this.refuse(`${field} is not an integer`);
  }

  /** The objects of a list, which Clover nests as `{"elements":[…]}`; an absent one is empty. */
  list(value: unknown, field: string): readonly Wire[] {
    if (value === undefined || value === null) return NOTHING;
    const elements: unknown = isWire(value) ? value.elements : undefined;
    if (!Array.isArray(elements) || !elements.every(isWire)) {
      this.refuse(`${field} is not a list of objects`);
      return NOTHING;
    }
    return elements;
  }

  /** Remembers an order in another currency than the location's. */
  expectCurrency(found: unknown): void {
    if (found === undefined || found === null || found === this.currency) return;
    if (typeof found !== "string") this.refuse("a currency is not text");
    else this.problem ??= { kind: "currency_mismatch", expected: this.currency, found };
  }

  /** Remembers the first problem and answers 0, so that reading can go on to its check. */
  refuse(detail: string): 0 {
    this.problem ??= unreadable(detail);
    return 0;
  }
}
