/** Square's rounding, in integers: half a minor unit goes up, and parts always add up to their whole. */

const PERCENT_SCALE = 100_000;

/** `"8.875"` → 8875 thousandths of a percent. */
function thousandths(percentage: string): number {
  return Math.round(Number(percentage) * 1_000);
}

/** A percentage of an amount, half up. */
export function percentOf(minor: number, percentage: string): number {
  return Math.floor((minor * thousandths(percentage) + PERCENT_SCALE / 2) / PERCENT_SCALE);
}

/** The tax that is inside an amount, half up. */
export function taxInside(minor: number, percentage: string): number {
  const rate = thousandths(percentage);
  return Math.floor((minor * rate + (PERCENT_SCALE + rate) / 2) / (PERCENT_SCALE + rate));
}

/** Splits a total over weights so that the parts add up to it; the largest remainders get the odd cents. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const whole = sumOf(weights);
  if (whole === 0 || total === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / whole);
  const parts = exact.map((share) => Math.floor(share));
  const order = exact.map((share, index) => ({ index, rest: share - Math.floor(share) })).sort((a, b) => b.rest - a.rest);
  const missing = total - sumOf(parts);
  for (const { index } of order.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Plain sum of integers. */
export function sumOf(amounts: readonly number[]): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}
