/**
 * The door for Square's JSON. A day is tens of megabytes, so nothing is copied or validated as a whole: each field is
 * checked where it is read, absent fields read as nothing, and the first field of a wrong type is remembered.
 */
import type { Failure } from "../../kernel/failure";

/** A JSON object of Square's whose fields nobody has checked yet. */
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

/**
 * Reads the fields of one day in one currency. `problem` is the first thing that was not as Square documents it;
 * totals read after a problem mean nothing, so a caller looks at it before it uses them.
 */
export class WireReader {
  problem: Failure | null = null;

  constructor(readonly currency: string) {}

  /** Minor units of a Money object; an absent object or amount is 0. Another currency is a problem. */
  minor(money: unknown): number {
    if (money === undefined || money === null) return 0;
    const { amount, currency } = money as Wire; // a primitive has no such fields and fails below
    if (amount === undefined || amount === null) return 0;
    // Past 2^53 JSON.parse has already lost cents, so an unsafe integer cannot be trusted.
    if (!Number.isSafeInteger(amount)) return this.refuse("an amount of money is not an integer");
    if (currency !== this.currency) return this.refuseCurrency(currency);
    return amount as number;
  }

  /** The objects of an array; an absent array is empty. */
  list(value: unknown, field: string): readonly Wire[] {
    if (value === undefined || value === null) return NOTHING;
    if (!Array.isArray(value)) {
      this.refuse(`${field} is not an array`);
      return NOTHING;
    }
    for (let index = 0; index < value.length; index += 1) {
      if (isWire(value[index])) continue;
      this.refuse(`${field} holds something that is not an object`);
      return NOTHING;
    }
    return value as readonly Wire[];
  }

  /** Remembers the first problem and answers 0, so that reading can go on to its check. */
  refuse(detail: string): 0 {
    this.problem ??= { kind: "provider_unreadable", provider: "square", detail };
    return 0;
  }

  private refuseCurrency(found: unknown): 0 {
    if (typeof found !== "string") return this.refuse("an amount of money has no currency");
    this.problem ??= { kind: "currency_mismatch", expected: this.currency, found };
    return 0;
  }
}
