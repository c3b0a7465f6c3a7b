/** A conversation cut into days as the shop's clock counts them. */
import { dateIn } from "../../ui/dates";

export type ThreadDay<T> = { readonly id: string; readonly items: readonly T[] };

/** `items` oldest first. Each day is named by its date, `YYYY-MM-DD`. */
export function daysOf<T extends { readonly at: number }>(items: readonly T[], zone: string): readonly ThreadDay<T>[] {
  const days = new Map<string, T[]>();
  for (const item of items) {
    const date = dateIn(zone, item.at);
    const day = days.get(date);
    if (day === undefined) days.set(date, [item]);
    else day.push(item);
  }
  return [...days].map(([id, all]) => ({ id, items: all }));
}
