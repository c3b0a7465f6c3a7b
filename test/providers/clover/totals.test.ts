import { describe, expect, it } from "vitest";
import { orderOf } from "../../../src/providers/clover/order";
import { keptLines, soldLines, totalsOf, type OrderTerms } from "../../../src/providers/clover/totals";
import { WireReader, type Wire } from "../../../src/providers/clover/wire";

const PLACE = "https://shared.test/specs/clover";
const isThere = (await fetch(`${PLACE}/order_calc_vectors.json`)).ok;

type VectorLine = {
  price: number; unitQty: number | null; modifications: number; discountAmount: number; discountPercentages: number[]; refunded: boolean; exchanged: boolean;
  taxRates: { id: string; rate: number; taxAmount: number }[];
};
type Vector = {
  order: {
    isVat: boolean; taxRemoved: boolean; discountAmount: number; discountPercentages: number[]; serviceChargePercentageDecimal: number; lineItems: VectorLine[];
  };
  expect: { lineSubtotal: number; discountedSubtotal: number; serviceCharge: number; tax: number; total: number; totalBeforeRefunds: number };
};

/** A vector's order in Clover's own JSON, so that the door is tried with the arithmetic. */
function wireOf({ order }: Vector): { readonly first: Wire; readonly second: Wire } {
  const discounts = (amount: number, percentages: readonly number[]) => ({
    elements: [...(amount === 0 ? [] : [{ name: "Amount", amount }]), ...percentages.map((percentage) => ({ name: "Share", percentage }))],
  });
  const elements = order.lineItems.map(({ modifications, discountAmount, discountPercentages, taxRates, unitQty, ...line }, index) => ({
    id: `L${index}`, ...line, ...(unitQty === null ? {} : { unitQty }), modifications: { elements: [{ amount: modifications }] },
    discounts: discounts(discountAmount, discountPercentages), taxRates: { elements: taxRates },
  }));
  return {
    first: { id: "O", currency: "USD", isVat: order.isVat, taxRemoved: order.taxRemoved, lineItems: { elements } },
    second: { discounts: discounts(order.discountAmount, order.discountPercentages), serviceCharge: { percentageDecimal: order.serviceChargePercentageDecimal } },
  };
}

function found(order: OrderTerms): Vector["expect"] {
  const kept = totalsOf(order, keptLines(order));
  const sold = totalsOf(order, soldLines(order));
  return {
    lineSubtotal: kept.linesMinor, discountedSubtotal: kept.discountedMinor, serviceCharge: sold.serviceMinor, tax: kept.taxMinor, total: kept.totalMinor,
    totalBeforeRefunds: sold.totalMinor,
  };
}

describe.skipIf(!isThere)("an order's totals", () => {
  it("are those of the vendor's calculator for all 300 random orders", async () => {
    const vectors: readonly Vector[] = await (await fetch(`${PLACE}/order_calc_vectors.json`)).json();
    expect(vectors).toHaveLength(300);
    for (const vector of vectors) {
      const { first, second } = wireOf(vector);
      const reader = new WireReader("USD");
      expect(found(orderOf(first, second, reader)), JSON.stringify(vector.order)).toEqual(vector.expect);
      expect(reader.problem).toBeNull();
    }
  });

  it.each([["order_items_1.json", 1_545], ["order_items_400.json", 774_171]])("of the real order %s are %i", async (file, total) => {
    const order: Wire = await (await fetch(`${PLACE}/${file}`)).json();
    const reader = new WireReader("USD");
    const read = orderOf(order, order, reader);
    expect([totalsOf(read, keptLines(read)).totalMinor, order.total, reader.problem]).toEqual([total, total, null]);
  });
});
