/** Dates and times as exports write them. Years have four digits or two; months are figures or English names. */
import { parseBusinessDate, type BusinessDate } from "../../kernel/day";
import type { DateOrder } from "./layout";

/** What a line says of when it was: by the clock of a zone that it does not name, or an instant. `minutes` null: a date alone. */
export type When =
  | { readonly kind: "clock"; readonly date: BusinessDate; readonly minutes: number | null }
  | { readonly kind: "instant"; readonly at: number };

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(.*))?$/;
const FIGURES = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T, ]+(.*))?$/;
const DAY_NAME_FIRST = /^(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ,]+(\d{4}|\d{2})(?:[T, ]+(.*))?$/;
const NAME_FIRST = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}|\d{2})(?:[T, ]+(.*))?$/;
const TIME = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:[.,]\d{1,9})?)? ?([AaPp])?\.?(?:[Mm]\.?)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?$/;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Reads a date, with its time in the same cell or in another. Null for what is neither. `parse` may remember what it made. */
export function readWhen(dateText: string, timeText: string, order: DateOrder, parse: (text: string) => BusinessDate | null = parseBusinessDate): When | null {
  const parts = partsOf(dateText.trim(), order);
  if (parts === null) return null;
  const date = parse(`${parts.year}-${parts.month.padStart(2, "0")}-${parts.day.padStart(2, "0")}`);
  if (date === null) return null;
  const time = timeText.trim() || parts.time;
  if (time === "") return { kind: "clock", date, minutes: null };
  return readTime(time, date);
}

type Parts = { readonly year: string; readonly month: string; readonly day: string; readonly time: string };

function partsOf(text: string, order: DateOrder): Parts | null {
  const iso = ISO.exec(text);
  if (iso !== null) return { year: iso[1] ?? "", month: iso[2] ?? "", day: iso[3] ?? "", time: iso[4] ?? "" };
  const figures = FIGURES.exec(text);
  if (figures !== null) {
    const [, one = "", two = "", year = "", time = ""] = figures;
    return order === "mdy" ? { year: fullYear(year), month: one, day: two, time } : { year: fullYear(year), month: two, day: one, time };
  }
  const [, day = "", name = "", year = "", time = ""] = DAY_NAME_FIRST.exec(text) ?? swappedName(text) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return month === 0 ? null : { year: fullYear(year), month: String(month), day, time };
}

/** "Oct 5, 2026" in the order of "5 Oct 2026". */
function swappedName(text: string): readonly string[] | null {
  const match = NAME_FIRST.exec(text);
  return match === null ? null : ["", match[2] ?? "", match[1] ?? "", match[3] ?? "", match[4] ?? ""];
}

function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}

/** A time with an offset is an instant. The letters of a zone ("EDT") name none that could be looked up: it is the shop's. */
function readTime(text: string, date: BusinessDate): When | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, hourText = "", minuteText, , half, zone = ""] = match;
  if (minuteText === undefined && half === undefined) return null;
  const hour = hourOf(Number(hourText), half);
  const minute = Number(minuteText ?? 0);
  if (hour === null || minute > 59 || Number(match[3] ?? 0) > 60) return null;
  const minutes = hour * 60 + minute;
  if (["Z", "UTC", "GMT"].includes(zone)) return { kind: "instant", at: Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 };
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (offset === null) return { kind: "clock", date, minutes };
  const ahead = (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === "-" ? -1 : 1);
  return { kind: "instant", at: Date.parse(`${date}T00:00:00Z`) + (minutes - ahead) * 60_000 };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}
