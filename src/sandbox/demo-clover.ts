/**
 * The demo's merchants at the simulated Clover: a kitchen in New York whose day ends at three, and one in Dublin, at
 * Clover's other installation. Their sales are made on demand by a seed and stored nowhere.
 */
import type { BusinessDate, DaySchedule } from "../kernel/day";
import { inventory } from "../providers/clover/simulator-cafe";
import { generatedSource } from "../providers/clover/simulator-day";
import type { SalesSource, SimulatedMerchant } from "../providers/clover/simulator-state";

const FIRST_DAY = "2020-01-01" as BusinessDate;
const LAST_DAY = "2099-12-31" as BusinessDate;
const SEED = "cove";

/** Sales by day of the week, Sunday first. */
const WEEK = [58, 40, 44, 46, 52, 84, 90] as const;

const COVE: SimulatedMerchant = {
  id: "C0VEK1TCHEN01", name: "Cove Kitchen", region: "na", timezone: "America/New_York", currency: "USD", summaryHour: 3, items: inventory(),
};
const LIFFEY: SimulatedMerchant = {
  id: "11FFEYK1TCH01", name: "Liffey Kitchen", region: "eu", timezone: "Europe/Dublin", currency: "EUR", summaryHour: 0, items: inventory(),
};

/** Who can sign in at the simulated Clover. */
export function cloverMerchants(): readonly SimulatedMerchant[] {
  return [COVE, LIFFEY];
}

/** What they sold. */
export function cloverSales(): SalesSource {
  const merchants = [COVE, LIFFEY].map(({ id, currency, timezone, summaryHour }) => {
    const schedule: DaySchedule = { zone: timezone, cutOffs: [{ from: FIRST_DAY, minutes: summaryHour * 60 }] };
    return { id, currency, schedule, volumeOn: (date: BusinessDate) => WEEK[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 0 };
  });
  return generatedSource(SEED, merchants, FIRST_DAY, LAST_DAY);
}
