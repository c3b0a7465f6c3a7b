/** The simulated Square that the bench reads from: one location for each size of day, and a grant that is already given. */
import type { BusinessDate, DaySchedule } from "../../src/kernel/day";
import { windowOf } from "../../src/kernel/day";
import { DAY } from "../../src/kernel/clock";
import { square } from "../../src/providers/square";
import { createSquareSimulator } from "../../src/providers/square/simulator";
import { cafeCatalogue } from "../../src/providers/square/simulator-cafe";
import { cafeProfile } from "../../src/providers/square/simulator-profile";
import { generatedSource } from "../../src/providers/square/simulator-source";
import { emptyState } from "../../src/providers/square/simulator-state";

const date = "2026-07-14" as BusinessDate;
const first = "2026-07-13" as BusinessDate;
const schedule: DaySchedule = { zone: "America/New_York", cutOffs: [{ from: "2020-01-01" as BusinessDate, minutes: 240 }] };
const window = windowOf(schedule, date);

/** What a reader of the day is told: where, when, and the token. `window` holds epoch milliseconds. */
export type BenchDay = {
  readonly locationId: string; readonly currency: string; readonly token: string;
  readonly window: { readonly start: number; readonly end: number };
};

/** A till at which `orders` sales were rung up on one day. `answer` is its whole API. */
export function createBenchTill(orders: number): { readonly day: BenchDay; readonly answer: (request: Request) => Promise<Response> } {
  const locationId = `L${orders}`;
  const token = `bench-token-${orders}`;
  const catalogue = cafeCatalogue("USD");
  const location = { id: locationId, schedule, catalogue, profile: cafeProfile, volumeOn: () => orders };
  const simulator = createSquareSimulator({
    clock: () => window.end + DAY,
    random: (length) => new Uint8Array(length),
    clients: [],
    merchants: [{
      id: "MBENCH", name: "Bench", country: "US", currency: "USD", objects: catalogue.objects,
      locations: [{ id: locationId, name: "Bench", timezone: schedule.zone, currency: "USD" }],
    }],
    orders: generatedSource("bench", [location], first, date),
  });
  const grant = { merchantId: "MBENCH", clientId: "bench", scopes: square.manifest.scopes, expiresAt: window.end + 2 * DAY, isRevoked: false };
  simulator.control.restore({ ...emptyState(), tokens: { [token]: grant } });
  return { day: { locationId, currency: "USD", token, window }, answer: async (request) => await simulator.app.fetch(request) };
}
