/** What a generated day is made from and what it consists of; ids that say where they belong; Square's sort order. */
import type { BusinessDate, Window } from "../../kernel/day";
import type { Catalogue } from "./simulator-catalogue";
import type { Profile } from "./simulator-profile";
import type { Random } from "./simulator-random";
import type { Order, PaymentRefund } from "./simulator-wire";

export type DayRequest = {
  readonly seed: string;
  readonly locationId: string;
  readonly date: BusinessDate;
  readonly window: Window;
  readonly catalogue: Catalogue;
  /** How many sales are rung up; returns come on top. */
  readonly volume: number;
  readonly profile: Profile;
  /** Sales of earlier days, as `generateSales` gives them, that may come back on this one. */
  readonly earlierSales?: readonly Order[];
};

export type GeneratedDay = {
  /** In the order of `closed_at`; a few are CANCELED and count for nothing. */
  readonly orders: readonly Order[];
  readonly refunds: readonly PaymentRefund[];
};

/** `<location>_<yyyymmdd>_<random>`: a source of generated days finds the day of an order by its id. */
export function orderIdOf(request: Pick<DayRequest, "locationId" | "date">, random: Random): string {
  return `${request.locationId}_${request.date.replaceAll("-", "")}_${random.token(12)}`;
}

/** Location and date of a generated id, or null for an id of another kind. */
export function placeOf(id: string): { readonly locationId: string; readonly date: BusinessDate } | null {
  const match = /^(.+)_(\d{4})(\d{2})(\d{2})_/.exec(id);
  if (match === null) return null;
  return { locationId: match[1] ?? "", date: `${match[2]}-${match[3]}-${match[4]}` as BusinessDate };
}

/** Ascending by `closed_at`, then id, as SearchOrders sorts. */
export function byClosing(a: Order, b: Order): number {
  const first = a.closed_at ?? "";
  const second = b.closed_at ?? "";
  if (first !== second) return first < second ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
