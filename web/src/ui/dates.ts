/** Dates and times in words. Business dates are dates, never instants; instants are shown on the shop's wall clock. */

const LOCALE = "en-GB";

const written = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: "UTC" });
  return (date: string): string => format.format(new Date(`${date}T00:00:00Z`)).replace(",", "");
};

/** `2026-07-14` → "Tuesday 14 July 2026". */
export const longDate = written({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
/** "Tue 14 Jul". */
export const shortDate = written({ weekday: "short", day: "numeric", month: "short" });
/** "14 July 2026". */
export const plainDate = written({ day: "numeric", month: "long", year: "numeric" });
const monthAndYear = written({ month: "long", year: "numeric" });
const monthAlone = written({ month: "long" });

/** `2026-07` → "July 2026". */
export const monthName = (month: string): string => monthAndYear(`${month}-01`);
/** `2026-07` → "July". */
export const monthWord = (month: string): string => monthAlone(`${month}-01`);

/** "03:12" on the zone's wall clock. */
export function timeIn(zone: string, instant: number): string {
  return new Intl.DateTimeFormat(LOCALE, { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(instant);
}

/** The date on the zone's wall clock as `YYYY-MM-DD`. */
export function dateIn(zone: string, instant: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(instant);
}

/** "Wed 15 Jul 03:12" on the zone's wall clock. */
export function momentIn(zone: string, instant: number): string {
  return `${shortDate(dateIn(zone, instant))} ${timeIn(zone, instant)}`;
}

/** Minutes after midnight as a shop says them: 120 → "02:00", 0 → "midnight". */
export function cutOffWords(minutes: number): string {
  if (minutes === 0) return "midnight";
  return `${Math.floor(minutes / 60).toString().padStart(2, "0")}:${(minutes % 60).toString().padStart(2, "0")}`;
}

/** "just now", "12 minutes ago", "3 hours ago", then the date. Instants are epoch milliseconds. */
export function ago(instant: number, now: number, zone: string): string {
  const minutes = Math.floor((now - instant) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? "" : "s"} ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} hour${minutes < 120 ? "" : "s"} ago`;
  return `on ${plainDate(dateIn(zone, instant))}`;
}

/** "about 2 minutes", "about 20 seconds", from what is done and how long it took; empty until that can be said. */
export function timeLeft(done: number, all: number, elapsedMs: number): string {
  if (done === 0 || done >= all || elapsedMs <= 0) return "";
  const seconds = Math.ceil(((all - done) * elapsedMs) / done / 1_000);
  if (seconds < 50) return `about ${Math.max(10, Math.ceil(seconds / 10) * 10)} seconds`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return `about ${minutes} minute${minutes === 1 ? "" : "s"}`;
}
