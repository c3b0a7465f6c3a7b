/** Amounts as people's files write them: "$1,234.50", "(45.00)", "-$3.00", "1.234,50 €". Exact, in whole minor units. */
import { exponentOf, type Currency } from "../../kernel/money";
import type { DecimalMark } from "./layout";

/** What nearly every amount is, read without a second look. */
const PLAIN = /^(-?)\$?(\d{1,12})\.(\d\d)$/;

/** A sign, the currency by its sign or its letters, the figure, and the same behind it. Letters within a figure make it none. */
const AMOUNT = /^([-−]?)\s*[\p{Sc}\p{L}]{0,4}\s*([-−]?)\s*([\d.,\s'’]*)\s*[\p{Sc}\p{L}]{0,4}\s*([-−]?)$/u;

/** What some countries group digits with. */
const GROUPING = /(?<=\d)[\s'’](?=\d{3}(?!\d))/g;

/** Longer than any sum with its currency. */
const LONGEST_AMOUNT = 40;

/** Whole digits, or groups of three; then a fraction. `,` stands for grouping once the mark is a point. */
const FIGURE = /^(-?)(\d{1,15}|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/;

/**
 * Signed minor units; an empty cell or a dash is 0. Null for what is no amount, holds more decimals than the currency
 * has, or is grouped in a way that leaves open which mark means what.
 */
export function readAmount(text: string, currency: Currency, decimals: DecimalMark): number | null {
  if (text === "" || text === "-") return 0;
  const plain = decimals === "point" && exponentOf(currency) === 2 ? PLAIN.exec(text) : null;
  if (plain !== null) return Number(`${plain[1] ?? ""}${plain[2] ?? ""}${plain[3] ?? ""}`) || 0;
  if (text.length > LONGEST_AMOUNT) return null;
  const isBracketed = text.startsWith("(") && text.endsWith(")");
  const [, before = "", inside = "", figure = "", after = ""] = AMOUNT.exec(isBracketed ? text.slice(1, -1) : text) ?? [];
  const signs = [before, inside, after, isBracketed ? "-" : ""].filter((sign) => sign !== "").length;
  if (signs > 1) return null;
  const bare = figure.trim().replace(GROUPING, "");
  const minor = exact(decimals === "comma" ? swapped(bare) : bare, exponentOf(currency));
  return minor === null || minor === 0 || signs === 0 ? minor : -minor;
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
