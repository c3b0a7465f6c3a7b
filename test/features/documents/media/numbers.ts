import { drawsOf } from "../../../support/schedule";

/** Whole numbers below a bound, the same for the same seed. */
export function numbers(seed: number): (below: number) => number {
  const draw = drawsOf(seed);
  return (below) => Math.floor(draw() * below);
}
