/** Amounts as people's files write them: "$1,234.50", "(45.00)", "-$3.00", "1.234,50 €". Exact, in whole minor units. */
import { exponentOf, type Currency } from "../../kernel/money";
import type { DecimalMark } from "./layout";

/** Signs and letters around a figure, and the spaces that group its digits. */
const AROUND = /[\p{Sc}\p{L}\s'’]/gu;

/** Whole digits, or groups of three; then a fraction. `,` stands for grouping once the mark is a point. */
const FIGURE = /^(-?)(\d{1,15}|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/;

/**
 * Signed minor units; an empty cell or a dash is 0. Null for what is no amount, holds more decimals than the currency
 * has, or is grouped in a way that leaves open which mark means what.
 */
export function readAmount(text: string, currency: Currency, decimals: DecimalMark): number | null {
  if (text === "") return 0;
  const bare = text.replace(AROUND, "").replace("−", "-");
  if (bare === "" || bare === "-") return text.length <= 20 && !/[\p{L}]/u.test(text) ? 0 : null;
  const isBracketed = bare.startsWith("(") && bare.endsWith(")");
  const unsigned = isBracketed ? bare.slice(1, -1) : bare;
  const sign = unsigned.endsWith("-") ? `-${unsigned.slice(0, -1)}` : unsigned;
  const minor = exact(decimals === "comma" ? swapped(sign) : sign, exponentOf(currency));
  return minor === null || !isBracketed ? minor : -minor;
}

/** Pieces times a unit price, rounded half away from zero to the minor unit. Null where either is no figure. */
export function readProduct(quantity: string, price: string, currency: Currency, decimals: DecimalMark): number | null {
  const pieces = exact(decimals === "comma" ? swapped(quantity.trim()) : quantity.trim(), 3);
  const each = readAmount(price, currency, decimals);
  if (pieces === null || each === null) return null;
  const product = pieces * each;
  if (!Number.isSafeInteger(product)) return null;
  return Math.sign(product) * Math.floor((Math.abs(product) + 500) / 1_000);
}

function swapped(figure: string): string {
  return figure.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));
}

function exact(figure: string, places: number): number | null {
  const match = FIGURE.exec(figure);
  if (match === null || (match[2] === undefined && !match[3])) return null;
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > places) return null;
  const minor = Number(`${(match[2] ?? "0").replaceAll(",", "")}${fraction.padEnd(places, "0")}`);
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] === "-" && minor !== 0 ? -minor : minor;
}
