/**
 * Money is an integer of minor units with its currency (ISO 4217). It becomes decimal at a provider's
 * edge only, in integers and text, never through binary fractions.
 */
import { assert } from "./assert";

/** ISO 4217 alphabetic code, upper case. */
export type Currency = string;

export type Money = { readonly minor: number; readonly currency: Currency };

/** ISO 4217 table A.1: the currencies whose minor unit is not a hundredth. A Map, since a code comes from outside. */
const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ["BIF", 0], ["CLP", 0], ["DJF", 0], ["GNF", 0], ["ISK", 0], ["JPY", 0], ["KMF", 0], ["KRW", 0], ["PYG", 0], ["RWF", 0],
  ["UGX", 0], ["UYI", 0], ["VND", 0], ["VUV", 0], ["XAF", 0], ["XOF", 0], ["XPF", 0],
  ["BHD", 3], ["IQD", 3], ["JOD", 3], ["KWD", 3], ["LYD", 3], ["OMR", 3], ["TND", 3],
  ["CLF", 4], ["UYW", 4],
]);

/** Decimal places of a currency's minor unit: 0 for JPY, 2 for USD, 3 for KWD. */
export function exponentOf(currency: Currency): number {
  return EXPONENTS.get(currency) ?? 2;
}

/** Throws unless `minor` is an integer that JavaScript holds exactly. */
export function assertMinor(minor: number): void {
  assert(Number.isSafeInteger(minor), `an amount must be a safe integer of minor units, got ${minor}`);
}

/** Sums minor units exactly; throws past 2^53 rather than lose a cent. */
export function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) {
    total += amount;
    assertMinor(total);
  }
  return total;
}

/** `241053` in USD → `"2410.53"`; no grouping, `-` in front of a negative. */
export function toDecimal(minor: number, currency: Currency): string {
  assertMinor(minor);
  const places = exponentOf(currency);
  const digits = Math.abs(minor).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = minor < 0 ? "-" : "";
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
}

/** `241053` in USD → `"2,410.53"`: for sentences that people read, the same in every locale. */
export function toReadable(minor: number, currency: Currency): string {
  const [whole = "", fraction] = toDecimal(minor, currency).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `"2410.53"` or `2410.53` in USD → `241053`; null for text that is no amount or is finer than the minor unit. */
export function fromDecimal(decimal: string | number, currency: Currency): number | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(String(decimal));
  if (match === null) return null;
  const places = exponentOf(currency);
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > places) return null;
  const minor = Number(`${match[2]}${fraction.padEnd(places, "0")}`);
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] === "-" && minor !== 0 ? -minor : minor;
}
