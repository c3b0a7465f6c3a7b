/**
 * The demo's merchants at the simulated Square: a café with three locations, one of them open past midnight and one
 * shut on Sundays, a bookshop elsewhere, and a bakery that is still to be set up. Their sales are made on demand by a seed and stored nowhere.
 */
import { addDays, type BusinessDate, type DaySchedule } from "../kernel/day";
import { cafeCatalogue } from "../providers/square/simulator-cafe";
import { buildCatalogue, type Catalogue } from "../providers/square/simulator-catalogue";
import { randomOf } from "../providers/square/simulator-random";
import { cafeProfile, lateNightProfile, type Profile } from "../providers/square/simulator-profile";
import { generatedSource, type GeneratedLocation, type OrderSource } from "../providers/square/simulator-source";
import type { SimulatedMerchant } from "../providers/square/simulator-state";

const FIRST_DAY = "2020-01-01" as BusinessDate;
const LAST_DAY = "2099-12-31" as BusinessDate;

/** Open from seven to seven: a profile counts its hours from the business day's start, which is midnight here. */
const dayProfile: Profile = { ...cafeProfile, openAfterHours: 7, closeAfterHours: 19 };

type DemoLocation = {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly cutOffMinutes: number;
  readonly profile: Profile;
  /** Sales by day of the week, Sunday first. */
  readonly week: readonly [number, number, number, number, number, number, number];
};

/** Harbour Coffee's locations; the Pier closes at two in the morning. */
export const HARBOUR_LOCATIONS: readonly DemoLocation[] = [
  { id: "LHARBOURMAIN", name: "Main Street", zone: "America/New_York", cutOffMinutes: 0, profile: dayProfile, week: [78, 62, 64, 70, 74, 96, 104] },
  { id: "LHARBOURPIER", name: "Pier", zone: "America/New_York", cutOffMinutes: 180, profile: lateNightProfile, week: [54, 40, 42, 48, 58, 92, 98] },
  { id: "LHARBOURAIRP", name: "Airport", zone: "America/New_York", cutOffMinutes: 0, profile: dayProfile, week: [0, 88, 82, 80, 86, 94, 46] },
];

/** Lantern Books's one location, in another zone. */
export const LANTERN_LOCATIONS: readonly DemoLocation[] = [
  { id: "LLANTERN", name: "Lantern Books", zone: "America/Los_Angeles", cutOffMinutes: 0, profile: { ...dayProfile, tipShare: 0 }, week: [30, 0, 22, 24, 26, 34, 44] },
];

/** Corner Bakery's one location: a shop that is still to be set up, for a visitor to try it. */
export const CORNER_LOCATIONS: readonly DemoLocation[] = [
  { id: "LCORNER", name: "Corner Bakery", zone: "America/Chicago", cutOffMinutes: 0, profile: dayProfile, week: [46, 30, 34, 36, 40, 52, 60] },
];

/** A café's shelf, with a catering tray and a workshop that are hardly ever sold. */
export function harbourCatalogue(): Catalogue {
  const cafe = cafeCatalogue("USD");
  const rare = buildCatalogue({
    currency: "USD",
    categories: [{ id: "CAT_CATERING", name: "Catering" }, { id: "CAT_WORKSHOPS", name: "Workshops" }],
    items: [
      { id: "ITEM_TRAY", name: "Catering tray", category: "CAT_CATERING", variations: [{ id: "VAR_TRAY", name: "Twelve", minor: 14_400 }] },
      { id: "ITEM_CLASS", name: "Latte art class", category: "CAT_WORKSHOPS", variations: [{ id: "VAR_CLASS", name: "Seat", minor: 6_500 }] },
    ],
  });
  return { ...cafe, objects: [...cafe.objects, ...rare.objects] };
}

function lanternCatalogue(): Catalogue {
  return buildCatalogue({
    currency: "USD",
    categories: [{ id: "LAN_FICTION", name: "Fiction" }, { id: "LAN_CHILDREN", name: "Children's books" }, { id: "LAN_CARDS", name: "Cards" }],
    items: [
      { id: "LAN_NOVEL", name: "Novel", category: "LAN_FICTION", variations: [{ id: "LAN_NOVEL_P", name: "Paperback", minor: 1_799, weight: 6 }] },
      { id: "LAN_PICTURE", name: "Picture book", category: "LAN_CHILDREN", variations: [{ id: "LAN_PICTURE_H", name: "Hardback", minor: 1_950, weight: 4 }] },
      { id: "LAN_CARD", name: "Greeting card", category: "LAN_CARDS", variations: [{ id: "LAN_CARD_1", name: "Single", minor: 450, weight: 5 }] },
    ],
  });
}

/** The merchants, as their consent page lists them. */
export function demoMerchants(): readonly SimulatedMerchant[] {
  return [
    merchant("MHARBOUR", "Harbour Coffee", HARBOUR_LOCATIONS, harbourCatalogue()),
    merchant("MLANTERN", "Lantern Books", LANTERN_LOCATIONS, lanternCatalogue()),
    merchant("MCORNER", "Corner Bakery", CORNER_LOCATIONS, cafeCatalogue("USD", "CORNER_")),
  ];
}

/** Every sale of all merchants on any date. */
export function demoSource(): OrderSource {
  const harbour = HARBOUR_LOCATIONS.map((location) => generated(location, harbourCatalogue()));
  const lantern = LANTERN_LOCATIONS.map((location) => generated(location, lanternCatalogue()));
  const corner = CORNER_LOCATIONS.map((location) => generated(location, cafeCatalogue("USD", "CORNER_")));
  return generatedSource("daybook-demo", [...harbour, ...lantern, ...corner], FIRST_DAY, LAST_DAY);
}

/** The zone and cut-off of a demo location. */
export function scheduleOf(location: Pick<DemoLocation, "zone" | "cutOffMinutes">): DaySchedule {
  return { zone: location.zone, cutOffs: [{ from: FIRST_DAY, minutes: location.cutOffMinutes }] };
}

function merchant(id: string, name: string, locations: readonly DemoLocation[], catalogue: Catalogue): SimulatedMerchant {
  const [main, ...others] = locations.map((one) => ({ id: one.id, name: one.name, timezone: one.zone, currency: "USD" }));
  if (main === undefined) throw new Error("a merchant has a main location");
  return { id, name, country: "US", currency: "USD", locations: [main, ...others], objects: catalogue.objects };
}

function generated(location: DemoLocation, catalogue: Catalogue): GeneratedLocation {
  return {
    id: location.id, schedule: scheduleOf(location), catalogue, profile: location.profile,
    volumeOn: (date) => {
      const usual = location.week[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 0;
      const swing = randomOf(`${location.id}|${date}|volume`).next() * 0.4 + 0.8;
      return Math.round(usual * swing);
    },
  };
}

/** The demo's ten weeks: seventy days that end yesterday, in the location's own time. */
export function demoRange(today: BusinessDate): { readonly from: BusinessDate; readonly to: BusinessDate } {
  return { from: addDays(today, -70), to: addDays(today, -1) };
}
