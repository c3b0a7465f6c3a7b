/** Reads a day as a person types it: "mar 3", "3 march 2025", "yesterday", "tue", "14", "2026-07-14". */
import { addDays, parseBusinessDate, type BusinessDate } from "../../../src/kernel/day";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The latest such day that is not after today, or null for text that names no day. */
export function findDay(typed: string, today: BusinessDate): BusinessDate | null {
  const text = typed.trim().toLowerCase();
  if (text === "today") return today;
  if (text === "yesterday") return addDays(today, -1);
  const iso = parseBusinessDate(text);
  if (iso !== null) return iso;
  return weekday(text, today) ?? monthAndDay(text, today) ?? dayAlone(text, today);
}

function weekday(text: string, today: BusinessDate): BusinessDate | null {
  const match = /^(?:last )?([a-z]{3,9})$/.exec(text);
  const wanted = WEEKDAYS.findIndex((name) => match?.[1]?.startsWith(name) === true);
  if (wanted < 0) return null;
  const back = (new Date(`${today}T00:00:00Z`).getUTCDay() - wanted + 7) % 7;
  return addDays(today, -(back === 0 ? 7 : back));
}

function monthAndDay(text: string, today: BusinessDate): BusinessDate | null {
  const match = /^(?:([a-z]{3,9})\.? (\d{1,2})|(\d{1,2})\.? ([a-z]{3,9}))(?:,? (\d{4}))?$/.exec(text);
  if (match === null) return null;
  const month = MONTHS.findIndex((name) => (match[1] ?? match[4] ?? "").startsWith(name)) + 1;
  return month === 0 ? null : latest(month, Number(match[2] ?? match[3]), match[5], today);
}

function latest(month: number, day: number, year: string | undefined, today: BusinessDate): BusinessDate | null {
  const thisYear = Number(today.slice(0, 4));
  const years = year === undefined ? [thisYear, thisYear - 1] : [Number(year)];
  const dates = years.map((each) => parseBusinessDate(`${each}-${pad(month)}-${pad(day)}`));
  return dates.find((date) => date !== null && (year !== undefined || date <= today)) ?? null;
}

function dayAlone(text: string, today: BusinessDate): BusinessDate | null {
  if (!/^\d{1,2}$/.test(text)) return null;
  const thisMonth = parseBusinessDate(`${today.slice(0, 7)}-${pad(Number(text))}`);
  if (thisMonth !== null && thisMonth <= today) return thisMonth;
  const lastMonth = addDays(`${today.slice(0, 7)}-01` as BusinessDate, -1).slice(0, 7);
  return parseBusinessDate(`${lastMonth}-${pad(Number(text))}`);
}

const pad = (value: number) => value.toString().padStart(2, "0");
