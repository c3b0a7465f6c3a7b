/**
 * Telephone numbers in the one form in which they are stored and looked up: E.164 (ITU-T), read by Google's metadata as
 * `libphonenumber-js` carries it. For the Worker alone: the metadata is larger than a page may be.
 */
import { parsePhoneNumberFromString, validatePhoneNumberLength, type CountryCode } from "libphonenumber-js/min";
import { failed, ok, type Result } from "../../kernel/result";

/** The country whose numbers are meant where no code is written; null where the shop's currency is shared and its zone tells nothing. */
export type Country = CountryCode | null;

/** Currencies of one country. Numbers of the United States, Canada and the Caribbean are read alike. */
const COUNTRY_OF_CURRENCY: Readonly<Record<string, CountryCode>> = {
  USD: "US", CAD: "CA", GBP: "GB", AUD: "AU", NZD: "NZ", JPY: "JP", CHF: "CH", MXN: "MX", SEK: "SE", NOK: "NO", DKK: "DK", PLN: "PL", CZK: "CZ", HUF: "HU",
  RON: "RO", BRL: "BR", INR: "IN", SGD: "SG", HKD: "HK", KRW: "KR", ZAR: "ZA", ILS: "IL", TRY: "TR",
};
/** Zones of countries that share a currency. */
const COUNTRY_OF_ZONE: Readonly<Record<string, CountryCode>> = {
  "Europe/Amsterdam": "NL", "Europe/Athens": "GR", "Europe/Berlin": "DE", "Europe/Bratislava": "SK", "Europe/Brussels": "BE", "Europe/Dublin": "IE",
  "Europe/Helsinki": "FI", "Europe/Lisbon": "PT", "Europe/Ljubljana": "SI", "Europe/Luxembourg": "LU", "Europe/Madrid": "ES", "Europe/Malta": "MT",
  "Europe/Paris": "FR", "Europe/Riga": "LV", "Europe/Rome": "IT", "Europe/Tallinn": "EE", "Europe/Vienna": "AT", "Europe/Vilnius": "LT", "Europe/Zagreb": "HR",
};

/** The country whose numbers a shop writes without a code. */
export function countryOf({ currency, zone }: { readonly currency: string; readonly zone: string }): Country {
  return COUNTRY_OF_CURRENCY[currency] ?? COUNTRY_OF_ZONE[zone] ?? null;
}

/** A number in E.164. `invalid_input` with what is wrong with one that cannot be. */
export function readPhone(written: string, country: Country): Result<string> {
  // What comes along when a number is copied: the scheme of a link, and marks that turn the direction of writing.
  const text = written.replace(/\p{Cf}+/gu, "").replace(/^\s*tel:/i, "").trim();
  const problem = problemOf(text, country);
  if (problem !== null) return wrong(problem);
  const number = parsePhoneNumberFromString(text, { ...(country === null ? {} : { defaultCountry: country }), extract: false });
  if (number === undefined) return wrong("That is no telephone number.");
  if (number.ext !== undefined) return wrong("A number with an extension cannot be written to. Enter a direct number.");
  if (!number.isValid()) return wrong("No telephone has that number. Check its digits.");
  return ok(number.number);
}

/** A stored number as it is read: "+1 212 555 0142". */
export function phoneText(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
}

function problemOf(text: string, country: Country): string | null {
  // The library would take letters for the end of the number, and read the rest as another one.
  if (/\p{L}/u.test(text.replace(/\s*(?:ext|extension|x)\.?\s*\d+\s*$/i, ""))) return "A telephone number has no letters. Write its digits.";
  switch (validatePhoneNumberLength(text, country ?? undefined)) {
    case undefined: return null;
    case "INVALID_COUNTRY": return country === null ? "Begin the number with + and its country's code." : "No country has that code after the +.";
    case "NOT_A_NUMBER": return "That is no telephone number.";
    case "TOO_SHORT": return "The number has too few digits.";
    case "TOO_LONG": return "The number has too many digits.";
    case "INVALID_LENGTH": return "No number of that country has so many digits.";
  }
}

function wrong(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "phone", message }] });
}
