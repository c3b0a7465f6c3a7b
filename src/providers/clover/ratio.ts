/** Parts of whole minor units, exactly: no product is ever taken as a binary fraction. */

/** `amount × numerator ÷ denominator`, half a minor unit away from zero. The denominator is positive. */
export function partOf(amount: number, numerator: number, denominator: number): number {
  const product = amount * numerator;
  // Twice the product is needed below; past 2^53 it is no longer exact.
  if (Math.abs(product) > Number.MAX_SAFE_INTEGER / 4 || denominator > Number.MAX_SAFE_INTEGER / 4) return largePart(amount, numerator, denominator);
  const part = Math.floor((2 * Math.abs(product) + denominator) / (2 * denominator));
  return product < 0 ? -part : part;
}

function largePart(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(amount) * BigInt(numerator);
  const magnitude = product < 0n ? -product : product;
  const part = Number((2n * magnitude + BigInt(denominator)) / (2n * BigInt(denominator)));
  return product < 0n ? -part : part;
}

/**
 * What each of some signed amounts comes to where all of them together come to `total`: the shares add up to it exactly,
 * and none has another sign than its amount. Where the amounts come to nothing or `total` is negative, all shares are nothing.
 */
export function sharesOf(amounts: readonly number[], total: number): number[] {
  const whole = amounts.reduce((sum, amount) => sum + amount, 0);
  if (whole <= 0 || total < 0) return amounts.map(() => 0);
  let before = 0;
  let taken = 0;
  return amounts.map((amount) => {
    before += amount;
    const upTo = partOf(before, total, whole);
    const share = upTo - taken;
    taken = upTo;
    return share;
  });
}
