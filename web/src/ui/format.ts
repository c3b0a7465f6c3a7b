/** Amounts as a ledger shows them: grouped, without the currency (that stands once per column), zero as an en dash. */
import { toDecimal } from "../../../src/kernel/money";

const LOCALE = "en-US";
const formats = new Map<number, Intl.NumberFormat>();

/** `241053` in USD → `"2,410.53"`; zero → `"–"`; a negative (never in an entry) keeps a true minus sign. */
export function amount(minor: number, currency: string): string {
  return minor === 0 ? "–" : exactAmount(minor, currency);
}

/** Like `amount`, but zero is written out: for totals, where a dash would look like "unknown". */
export function exactAmount(minor: number, currency: string): string {
  const decimal = toDecimal(Math.abs(minor), currency);
  const places = decimal.split(".")[1]?.length ?? 0;
  // Formatted from text: a number would pass through binary fractions on its way to the reader.
  const text = formatOf(places).format(decimal as Intl.StringNumericLiteral);
  return minor < 0 ? `−${text}` : text;
}

/** `1` → "1 day", `3` → "3 days". */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString(LOCALE)} ${many === 1 ? one : more}`;
}

function formatOf(places: number): Intl.NumberFormat {
  const known = formats.get(places);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: places, maximumFractionDigits: places });
  formats.set(places, made);
  return made;
}
