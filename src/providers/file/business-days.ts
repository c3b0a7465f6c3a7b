/**
 * From what a line says of when it was to the business day of its location. A file has a million lines and a handful of
 * days: what a day needs is worked out once.
 */
import { businessDateAt, addDays, cutOffOn, instantAt, wallClockAt, windowOf, type BusinessDate, type DaySchedule } from "../../kernel/day";
import type { When } from "./when";

/**
 * Zones as Square's files call them: the names of Ruby on Rails (ActiveSupport::TimeZone). One that is not here is taken
 * for the location's own, which it nearly always is.
 */
const ZONES: ReadonlyMap<string, string> = new Map([
  ["eastern time (us & canada)", "America/New_York"], ["central time (us & canada)", "America/Chicago"],
  ["mountain time (us & canada)", "America/Denver"], ["pacific time (us & canada)", "America/Los_Angeles"],
  ["arizona", "America/Phoenix"], ["alaska", "America/Juneau"], ["hawaii", "Pacific/Honolulu"], ["indiana (east)", "America/Indiana/Indianapolis"],
  ["atlantic time (canada)", "America/Halifax"], ["newfoundland", "America/St_Johns"], ["saskatchewan", "America/Regina"], ["puerto rico", "America/Puerto_Rico"],
  ["london", "Europe/London"], ["edinburgh", "Europe/London"], ["dublin", "Europe/Dublin"], ["paris", "Europe/Paris"], ["madrid", "Europe/Madrid"],
  ["sydney", "Australia/Sydney"], ["melbourne", "Australia/Melbourne"], ["brisbane", "Australia/Brisbane"], ["perth", "Australia/Perth"],
  ["adelaide", "Australia/Adelaide"], ["darwin", "Australia/Darwin"], ["hobart", "Australia/Hobart"], ["tokyo", "Asia/Tokyo"], ["osaka", "Asia/Tokyo"], ["utc", "UTC"],
]);

const MOST_REMEMBERED = 20_000;

/** The business days of one location. */
export class BusinessDays {
  private readonly starts = new Map<BusinessDate, number>();
  private readonly known = new Map<number, BusinessDate>();

  constructor(private readonly schedule: DaySchedule) {}

  /** The business date of a line; `zoneName` is the file's word for the zone of its clock, empty where it says none. */
  dateOf(when: When, zoneName: string): BusinessDate {
    if (when.kind === "instant") return this.dateAt(when.at);
    if (when.minutes === null) return when.date;
    const zone = zoneName === "" ? undefined : ZONES.get(zoneName.toLowerCase());
    if (zone !== undefined && zone !== this.schedule.zone) return this.dateAt(instantAt(zone, when.date, when.minutes));
    return when.minutes >= this.startOf(when.date) ? when.date : addDays(when.date, -1);
  }

  private dateAt(instant: number): BusinessDate {
    const minute = Math.floor(instant / 60_000);
    const known = this.known.get(minute);
    if (known !== undefined) return known;
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    const date = businessDateAt(this.schedule, minute * 60_000);
    this.known.set(minute, date);
    return date;
  }

  /** The minute at which a day begins by the clock: later than the cut-off says where the clocks jumped over it. */
  private startOf(date: BusinessDate): number {
    const known = this.starts.get(date);
    if (known !== undefined) return known;
    const start = cutOffOn(this.schedule, date) === 0 ? 0 : wallClockAt(this.schedule.zone, windowOf(this.schedule, date).start).minutes;
    if (this.starts.size >= MOST_REMEMBERED) this.starts.clear();
    this.starts.set(date, start);
    return start;
  }
}
