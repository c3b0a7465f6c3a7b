/** Two shops of two merchants on one shard. */
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "../../support/given";

export async function twoMerchants(): Promise<{ readonly given: GivenWorld; readonly ours: GivenShop; readonly theirs: GivenShop }> {
  const given = givenWorld({ merchants: [{ locations: [{ name: "Pier" }] }, { locations: [{ name: "Quay" }] }] });
  return { given, ours: await givenShop(given, { merchant: 0 }), theirs: await givenShop(given, { merchant: 1 }) };
}
