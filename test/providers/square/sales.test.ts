import { describe, expect, it } from "vitest";
import { checkSalesDay, type SalesDay } from "../../../src/ledger/sales-day";
import type { Order } from "../../../src/providers/square/simulator-wire";
import { givenOrders, readDay } from "./given";
import { pay, sale } from "./sales";

async function dayOf(...orders: readonly Order[]): Promise<SalesDay> {
  const { day } = await readDay(givenOrders(orders));
  const checked = checkSalesDay(day);
  expect(checked.ok ? "balances" : checked.failure).toBe("balances");
  return day;
}

const grossOf = (day: SalesDay): Record<string, number> => Object.fromEntries(day.categories.map((row) => [row.label, row.grossMinor]));
const takenBy = (day: SalesDay): Record<string, number> => Object.fromEntries(day.tenders.map((row) => [row.kind, row.inMinor]));

describe("goods", () => {
  it("are booked gross under the reporting category of the item behind the variation", async () => {
    const day = await dayOf(sale({ lines: [
      { variationId: "VAR_LATTE_S", unitMinor: 425 }, { variationId: "VAR_LATTE_L", unitMinor: 525, quantity: 2 },
      { variationId: "VAR_BOWL", unitMinor: 1_395 },
    ] }));
    expect(grossOf(day)).toEqual({ Coffee: 1_475, Food: 1_395 });
    expect(day.categories.map((row) => row.id)).toEqual(["CAT_COFFEE", "CAT_FOOD"]);
  });

  it("find their category the way old items name it, too", async () => {
    const day = await dayOf(sale({ lines: [{ variationId: "VAR_DRIP", unitMinor: 300 }, { variationId: "VAR_CHAI", unitMinor: 475 }] }));
    expect(grossOf(day)).toEqual({ Coffee: 300, Tea: 475 });
  });

  it("keep the category of a deleted item and the name of a deleted category", async () => {
    const day = await dayOf(sale({ lines: [{ variationId: "VAR_MUG", unitMinor: 1_600 }, { variationId: "VAR_TEE", unitMinor: 2_800 }] }));
    expect(grossOf(day)).toEqual({ Merchandise: 1_600, "Last year's shirts": 2_800 });
  });

  it("without a category, keyed in by amount, or forgotten by Square are uncategorized, and only the last is a warning", async () => {
    const { day, warnings } = await readDay(givenOrders([sale({ lines: [
      { variationId: "VAR_SPECIAL", unitMinor: 900 }, { itemType: "CUSTOM_AMOUNT", unitMinor: 50 },
      { variationId: "VAR_LOST", unitMinor: 1_200 },
    ] })]));
    expect(day.categories).toEqual([{ id: "uncategorized", label: "Uncategorized", grossMinor: 2_150, returnedMinor: 0 }]);
    expect(warnings).toEqual(["1 item is no longer in Square's catalogue and is under \"Uncategorized\""]);
  });

  it("include their modifiers", async () => {
    const modifiers = [{ name: "Oat milk", minor: 75 }, { name: "Extra shot", minor: 100 }];
    expect(grossOf(await dayOf(sale({ lines: [{ variationId: "VAR_LATTE_S", unitMinor: 425, quantity: 2, modifiers }] }))))
      .toEqual({ Coffee: 1_200 });
  });

  it("sold by weight keep the amount that Square states", async () => {
    const order = sale({ lines: [{ variationId: "VAR_BEANS", unitMinor: 1_234 }] });
    const lines = (order.line_items ?? []).map((line) => ({ ...line, quantity: "0.617", base_price_money: { amount: 2_000, currency: "USD" } }));
    expect(grossOf(await dayOf({ ...order, line_items: lines }))).toEqual({ "Coffee beans": 1_234 });
  });
});

describe("gift cards", () => {
  it("sold are a liability and no sale; redeemed they are a tender", async () => {
    const day = await dayOf(
      sale({ lines: [{ itemType: "GIFT_CARD", unitMinor: 5_000 }] }),
      sale({ id: "G", tenders: (due) => [pay("G", due, { type: "SQUARE_GIFT_CARD", tipMinor: 75 })] }),
    );
    expect(day.giftCards).toEqual({ inMinor: 5_000, outMinor: 0, promotionalMinor: 0 });
    expect(grossOf(day)).toEqual({ Coffee: 425 });
    expect(takenBy(day)).toEqual({ card: 5_000, gift_card: 500 });
    expect(day.tips.inMinor).toBe(75);
  });
});

describe("discounts and comps", () => {
  it("are positive, apart from each other, and leave the gross alone", async () => {
    const day = await dayOf(
      sale({ discounts: [{ name: "Staff 20%", percentage: "20" }] }), sale({ discounts: [{ name: "Two off", minor: 200 }] }),
      sale({ discounts: [{ name: "Comped - kitchen", percentage: "100" }] }), sale({ discounts: [{ name: "COMP", minor: 100 }] }),
    );
    expect([day.discounts, day.comps]).toEqual([{ inMinor: 285, outMinor: 0 }, { inMinor: 525, outMinor: 0 }]);
    expect(grossOf(day)).toEqual({ Coffee: 1_700 });
  });

  it.each(["Company picnic", "Competition", "Compensation", "Decomp", ""])("a discount named %j is no comp", async (name) => {
    expect((await dayOf(sale({ discounts: [{ name, minor: 100 }] }))).comps).toEqual({ inMinor: 0, outMinor: 0 });
  });
});

describe("taxes", () => {
  it("are what Square collected, by catalogue id, never a rate times a base", async () => {
    const taxes = [{ id: "TAX_CITY", name: "Sales tax", percentage: "8.875" }];
    const day = await dayOf(sale({ taxes }), sale({ taxes }), sale({ taxes }));
    expect(day.taxes).toEqual([{ id: "TAX_CITY", label: "Sales tax 8.875%", inMinor: 114, outMinor: 0 }]); // 3 × 38, not 113
  });

  it("of two rates stay two, and one without a catalogue id is known by name and rate", async () => {
    const day = await dayOf(sale({ taxes: [{ name: "City 4%", percentage: "4" }, { id: "TAX_S", name: "State", percentage: "4.5" }] }));
    expect(day.taxes.map(({ id, label, inMinor }) => [id, label, inMinor])).toEqual([
      ["TAX_S", "State 4.5%", 19], ["ad-hoc:City 4%:4", "City 4%", 17],
    ]);
  });

  it.each([true, false])("inside the price are taken out of the sales once (Square leaves them in the gross: %s)", async (grossHoldsTax) => {
    const taxes = [{ id: "TAX_GST", name: "GST", percentage: "10", type: "INCLUSIVE" as const }];
    const lines = [{ variationId: "VAR_BOWL", unitMinor: 1_100 }];
    const day = await dayOf(sale({ lines, discounts: [{ name: "Off", minor: 110 }], taxes, grossHoldsTax }));
    expect(day.taxes).toMatchObject([{ inMinor: 90 }]);
    expect([grossOf(day), day.discounts.inMinor, takenBy(day)]).toEqual([{ Food: 1_010 }, 110, { card: 990 }]);
  });
});

describe("service charges", () => {
  it("keep automatic gratuity and other charges apart by id, without their tax", async () => {
    const taxes = [{ id: "TAX", name: "Tax", percentage: "10" }];
    const day = await dayOf(sale({ taxes, charges: [
      { name: "Large party", minor: 300, type: "AUTO_GRATUITY" }, { name: "Large party", minor: 100, type: "CUSTOM" },
      { id: "CHARGE_D", name: "Delivery", minor: 200, type: "CUSTOM", isTaxable: true },
    ] }));
    expect(day.serviceCharges.map(({ id, label, inMinor }) => [id, label, inMinor])).toEqual([
      ["CHARGE_D", "Delivery", 200], ["ad-hoc:Large party", "Large party", 100], ["auto-gratuity:Large party", "Large party", 300],
    ]);
    expect(day.taxes).toMatchObject([{ inMinor: 63 }]);
  });

  it("lose the tax that is inside them", async () => {
    const taxes = [{ id: "TAX", name: "VAT", percentage: "20", type: "INCLUSIVE" as const }];
    const day = await dayOf(sale({ taxes, grossHoldsTax: true, charges: [{ id: "CHARGE_D", name: "Delivery", minor: 240, isTaxable: true }] }));
    expect(day.serviceCharges).toMatchObject([{ inMinor: 200 }]);
  });
});

describe("tenders", () => {
  it("hold their tips, leave out change, and split payments are summed", async () => {
    const day = await dayOf(
      sale({ id: "C", tenders: (due) => [pay("C", due, { type: "CASH", cashGivenMinor: 1_000 })] }),
      sale({ id: "S", tenders: (due) => [pay("S1", 100, { type: "CASH" }), pay("S2", due - 100, { tipMinor: 60 })] }),
    );
    expect(takenBy(day)).toEqual({ cash: 525, card: 385 });
    expect(day.tips).toEqual({ inMinor: 60, outMinor: 0 });
  });

  it.each(["FAILED", "VOIDED"] as const)("leave out a card that was %s, with its tip", async (status) => {
    const day = await dayOf(sale({ id: "F", tenders: (due) => [pay("F1", due, { status, tipMinor: 99 }), pay("F2", due)] }));
    expect([takenBy(day), day.tips.inMinor]).toEqual([{ card: 425 }, 0]);
  });

  it.each([
    ["THIRD_PARTY_CARD", "third_party"], ["BANK_ACCOUNT", "bank"], ["WALLET", "wallet"], ["BUY_NOW_PAY_LATER", "buy_now_pay_later"],
    ["SQUARE_ACCOUNT", "house_account"], ["OTHER", "other"],
  ] as const)("of type %s are of kind %s", async (type, kind) => {
    expect(takenBy(await dayOf(sale({ id: type, tenders: (due) => [pay(type, due, { type })] })))).toEqual({ [kind]: 425 });
  });

  it("of a type that Square adds one day are booked as other, with a warning", async () => {
    const order = sale({ id: "N" });
    const tenders = (order.tenders ?? []).map((tender) => ({ ...tender, type: "TELEPATHY" as "OTHER" }));
    const { day, warnings } = await readDay(givenOrders([{ ...order, tenders }]));
    expect([takenBy(day), warnings])
      .toEqual([{ other: 425 }, ["1 payment is of a kind that Daybook does not know and is under \"Other\""]]);
  });

  it("that only opened the drawer are no tender", async () => {
    expect((await dayOf(sale({ id: "D", lines: [], tenders: () => [pay("D", 0, { type: "NO_SALE" })] }))).tenders).toEqual([]);
  });
});

describe("rounding", () => {
  it("of cash is signed: up in the shop's favour, down in the customer's", async () => {
    const rounded = (id: string, unitMinor: number): Order => sale({
      id, roundToMinor: 5, lines: [{ variationId: "VAR_DRIP", unitMinor }], tenders: (due) => [pay(id, due, { type: "CASH" })],
    });
    expect((await dayOf(rounded("UP", 303), rounded("DOWN", 301), rounded("DOWN2", 302))).roundingMinor).toBe(2 - 1 - 2);
  });
});

describe("an order that is no sale", () => {
  it.each(["CANCELED", "OPEN", "DRAFT"] as const)("counts for nothing when it is %s", async (state) => {
    const { day, orderCount } = await readDay(givenOrders([{ ...sale(), state }, sale()]));
    expect([orderCount, day.orderCount, grossOf(day)]).toEqual([1, 1, { Coffee: 425 }]);
  });

  it("may be given away whole: goods and comp stand against each other, and nothing was taken", async () => {
    const day = await dayOf(sale({ discounts: [{ name: "Comp", percentage: "100" }] }));
    expect([grossOf(day), day.comps.inMinor, day.tenders]).toEqual([{ Coffee: 425 }, 425, []]);
  });
});
