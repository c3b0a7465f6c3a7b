/** What a browser can guess of a new shop. */

/** An address from a name: "Ada’s Café & Books" → "adas-cafe-books". Empty where no letter is left. */
export function slugFrom(name: string): string {
  return name.normalize("NFKD").toLowerCase().replaceAll(/[\p{M}'’]/gu, "").replaceAll(/[^a-z0-9]+/g, "-").slice(0, 40).replaceAll(/^-+|-+$/g, "");
}

/** The browser's own time zone by its IANA name. */
export function guessedZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** All zones that the browser knows, its own among them. */
export function zones(): readonly string[] {
  return [...new Set([guessedZone(), ...Intl.supportedValuesOf("timeZone")])].toSorted();
}

const CURRENCY_OF: Readonly<Record<string, string>> = {
  US: "USD", CA: "CAD", GB: "GBP", AU: "AUD", NZ: "NZD", IE: "EUR", DE: "EUR", FR: "EUR", ES: "EUR", IT: "EUR", NL: "EUR", AT: "EUR", BE: "EUR", PT: "EUR",
  FI: "EUR", CH: "CHF", JP: "JPY", SG: "SGD", ZA: "ZAR", DK: "DKK", SE: "SEK", NO: "NOK", PL: "PLN", MX: "MXN", BR: "BRL", IN: "INR", HK: "HKD",
};

/** The currencies that are offered, by their ISO 4217 codes. */
export function currencies(): readonly string[] {
  return [...new Set(Object.values(CURRENCY_OF))].toSorted();
}

/** The currency of the country in the browser's language; US dollars where it names none that is offered. */
export function guessedCurrency(language: string = navigator.language): string {
  return CURRENCY_OF[new Intl.Locale(language).maximize().region ?? ""] ?? "USD";
}
