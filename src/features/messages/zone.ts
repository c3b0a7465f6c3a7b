/**
 * Where a number is from, in zones: a message leaves when it is day in all of them. A number moves with its owner and proves
 * nothing; who asked to be somewhere else has that on their contact.
 */
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";
import { isZone } from "../../kernel/day";
import { AREA_CODES } from "./area-codes";

/** IANA zones, at least one. */
export type Zones = readonly [string, ...string[]];

const ZONES_OF_AREA: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(AREA_CODES).flatMap(([zones, codes]) => codes.split(" ").map((code) => [code, zones.split(" ")] as const)),
);

/**
 * Every zone that the owner of a number (E.164) may live in by it: of the area code in North America, of the whole country
 * elsewhere. Where the number says nothing (toll-free, unknown): the shop's own zone.
 */
export function zoneOf(phone: string, shopZone: string): Zones {
  const [first, ...others] = phone.startsWith("+1") ? (ZONES_OF_AREA.get(phone.slice(2, 5)) ?? []) : zonesAbroad(phone);
  return first === undefined ? [shopZone] : [first, ...others];
}

/** Where a contact is: where they said to be, or where their number is from, or where the shop is. */
export function zoneOfContact({ zone, phone }: { readonly zone: string | null; readonly phone: string | null }, shopZone: string): Zones {
  if (zone !== null && isZone(zone)) return [zone];
  return phone === null ? [shopZone] : zoneOf(phone, shopZone);
}

function zonesAbroad(phone: string): readonly string[] {
  const number = parsePhoneNumberFromString(phone);
  if (number === undefined) return [];
  const countries: readonly CountryCode[] = number.country === undefined
    ? getCountries().filter((country) => getCountryCallingCode(country) === number.countryCallingCode)
    : [number.country];
  return [...new Set(countries.flatMap((country) => new Intl.Locale(`und-${country}`).getTimeZones() ?? []))];
}
