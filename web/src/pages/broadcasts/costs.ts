/** What many texts cost together. */
import { costOf } from "../inbox/before-sending";

/** "$3.52", and of less than a dollar as fine as a segment's price; empty where nothing is known. */
export function costWords(micros: number | null): string {
  return micros !== null && micros >= 1_000_000 ? new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(micros / 1_000_000) : costOf(1, micros ?? 0);
}
