/**
 * The demo's merchants at the simulated Clover: a kitchen in New York whose day ends at three, and one in Dublin, at
 * Clover's other installation. Their sales are made on demand by a seed and stored nowhere.
 */
import { HOUR } from "../kernel/clock";
import { windowOf, type BusinessDate, type DaySchedule } from "../kernel/day";
import { inventory, MENU } from "../providers/clover/simulator-cafe";
import { generatedSource } from "../providers/clover/simulator-day";
import { draftSale } from "../providers/clover/simulator-draft";
import type { SalesSource, SimulatedMerchant } from "../providers/clover/simulator-state";
import type { Batch } from "../providers/clover/simulator-wire";

const FIRST_DAY = "2020-01-01" as BusinessDate;
const LAST_DAY = "2099-12-31" as BusinessDate;
const SEED = "cove";

/** Sales by day of the week, Sunday first. */
const WEEK = [58, 40, 44, 46, 52, 84, 90] as const;

/** The demo shop's merchant. */
export const COVE: SimulatedMerchant = {
  id: "C0VEK1TCHEN01", name: "Cove Kitchen", region: "na", timezone: "America/New_York", currency: "USD", summaryHour: 3, items: inventory(),
};
const LIFFEY: SimulatedMerchant = {
  id: "11FFEYK1TCH01", name: "Liffey Kitchen", region: "eu", timezone: "Europe/Dublin", currency: "EUR", summaryHour: 0, items: inventory(),
};

/** Cove's zone and the hour at which its day ends. */
export function coveSchedule(): DaySchedule {
  return scheduleOf(COVE);
}

function scheduleOf({ timezone, summaryHour }: SimulatedMerchant): DaySchedule {
  return { zone: timezone, cutOffs: [{ from: FIRST_DAY, minutes: summaryHour * 60 }] };
}

/** A lunch for twelve, paid by card at one o'clock of a date, that a tablet without a connection kept to itself. */
export function lateLunch(date: BusinessDate): Batch {
  const at = windowOf(coveSchedule(), date).start + 10 * HOUR;
  const burgers = MENU.filter(({ name }) => name === "Burger")
    .flatMap(({ id, name, price, taxes }) => Array.from({ length: 12 }, () => ({ name, itemId: id, priceMinor: price, taxRates: taxes })));
  return draftSale({ id: `LATE1${date.replaceAll("-", "")}`, at, lines: burgers, payments: [{ isOffline: true, tipMinor: 2_500 }] });
}

/** Who can sign in at the simulated Clover. */
export function cloverMerchants(): readonly SimulatedMerchant[] {
  return [COVE, LIFFEY];
}

/** What they sold. */
export function cloverSales(): SalesSource {
  const merchants = [COVE, LIFFEY].map((merchant) => ({
    id: merchant.id, currency: merchant.currency, schedule: scheduleOf(merchant),
    volumeOn: (date: BusinessDate) => WEEK[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 0,
  }));
  return generatedSource(SEED, merchants, FIRST_DAY, LAST_DAY);
}
