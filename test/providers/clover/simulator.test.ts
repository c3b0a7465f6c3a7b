/** The simulator's own exam: the vendor's generated models, and what its documentation says of its lists. */
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import { windowOf, type BusinessDate } from "../../../src/kernel/day";
import { checkSalesDay } from "../../../src/ledger/sales-day";
import { clover } from "../../../src/providers/clover";
import { generatedSource } from "../../../src/providers/clover/simulator-day";
import { draftCredit, draftRefund, draftReversal } from "../../../src/providers/clover/simulator-returns";
import { TENDERS } from "../../../src/providers/clover/simulator-draft";
import { EMPTY_BATCH } from "../../../src/providers/clover/simulator-wire";
import { cloverMerchants, cloverSales } from "../../../src/sandbox/demo-clover";
import { connect, date, givenClover, IRISH, MERCHANT, noon, readDay, schedule, window, type World } from "./given";
import { freshId, ofMenu, sale } from "./sales";

async function ask(world: World, path: string, changes: { readonly method?: string; readonly host?: string; readonly token?: string } = {}): Promise<Response> {
  const { access } = await connect(world);
  const { method = "GET", host = "api.clover.com", token = access.accessToken } = changes;
  return await world.app.fetch(new Request(`https://${host}/v3/merchants/${path}`, { method, headers: { authorization: `Bearer ${token}` } }));
}

async function elements(world: World, path: string): Promise<readonly Record<string, unknown>[]> {
  const body: { elements: Record<string, unknown>[] } = await (await ask(world, `${MERCHANT}/${path}`)).json();
  return body.elements;
}

describe("the simulated Clover", () => {
  it.each([
    ["an unknown path", "GET", `${MERCHANT}/nothing`, 404], ["a path that only reads", "POST", `${MERCHANT}/orders`, 405], ["an unknown thing", "GET", `${MERCHANT}/orders/N0THING000000`, 404],
    ["a field that may not be filtered", "GET", `${MERCHANT}/orders?filter=secret=1`, 400], ["four expansions", "GET", `${MERCHANT}/orders?expand=payments,refunds,credits,voids`, 400],
    ["an expansion that is none", "GET", `${MERCHANT}/payments?expand=everything`, 400], ["another merchant", "GET", `${IRISH}/orders`, 401],
  ])("answers %s as Clover does", async (_, method, path, status) => {
    expect((await ask(givenClover(), path, { method })).status).toBe(status);
  });

  it("takes a token at its own region's host only, and no token for none", async () => {
    const world = givenClover();
    expect((await ask(world, MERCHANT, { host: "api.eu.clover.com" })).status).toBe(401);
    expect((await ask(world, MERCHANT, { token: "" })).status).toBe(401);
  });

  it("names the fields that may be filtered with every list", async () => {
    const answer = await ask(givenClover(), `${MERCHANT}/orders`);
    expect(answer.headers.get("x-clover-allowed-filter-fields")).toContain("createdTime");
  });

  it("gives a hundred rows unless asked for more, never more than a thousand", async () => {
    const world = givenClover(Array.from({ length: 1_200 }, (_, index) => sale({ at: noon + index })));
    expect((await elements(world, "orders")).length).toBe(100);
    expect((await elements(world, "orders?limit=5000")).length).toBe(1_000);
    expect((await elements(world, "orders?limit=1000&offset=1150")).length).toBe(50);
  });

  it("leaves out in silence what is older than ninety days before the end", async () => {
    const world = givenClover([sale({ at: noon - 100 * DAY }), sale()]);
    const from = `filter=createdTime%3E%3D${noon - 200 * DAY}`;
    expect(await elements(world, `orders?${from}`)).toHaveLength(1);
    expect(await elements(world, `orders?${from}&filter=createdTime%3C${noon - 50 * DAY}`)).toHaveLength(1);
  });

  it("shows only what was asked for, and hides an order without a state from lists", async () => {
    const world = givenClover([sale({ discounts: [{ name: "Ten", percentage: 10 }] }), sale({ state: null })]);
    const [bare] = await elements(world, "orders");
    expect(Object.keys(bare ?? {})).not.toContain("lineItems");
    expect(await elements(world, "orders")).toHaveLength(1);
    const [payment] = await elements(world, "payments");
    expect(payment?.tender).toEqual({ id: TENDERS.credit.id });
  });
});

describe("a generated day", () => {
  const merchant = { id: MERCHANT, currency: "USD", schedule, volumeOn: () => 60 };
  const year = ["2026-01-01" as BusinessDate, "2026-12-31" as BusinessDate] as const;

  it("is plausible, balances to the cent with its refunds, and is made again from the same seed", async () => {
    for (const seed of ["one", "two", "three"]) {
      const sales = generatedSource(seed, [merchant], ...year);
      const reading = await readDay(givenClover([], { sales }));
      expect(checkSalesDay(reading.day)).toMatchObject({ ok: true });
      expect(reading.orderCount).toBeGreaterThan(55);
      expect(await readDay(givenClover([], { sales: generatedSource(seed, [merchant], ...year) }))).toEqual(reading);
    }
  });

  it("is found again by the id of anything in it, whatever the zone", () => {
    const dublin = { ...merchant, schedule: { zone: "Europe/Dublin", cutOffs: [{ from: date, minutes: 0 }] } };
    const sales = generatedSource("one", [dublin], ...year);
    const [payment] = sales.within(MERCHANT, window.start, window.end).payments;
    expect(sales.around(MERCHANT, payment?.id ?? "").payments).toContainEqual(payment);
  });
});

describe("the demo's merchants", () => {
  it.each(cloverMerchants())("$name is connected in its region, and its days balance", async ({ id, region, currency, timezone, summaryHour }) => {
    const world = givenClover([], { merchants: cloverMerchants(), sales: cloverSales() });
    const { access } = await connect(world, id, region);
    const day = windowOf({ zone: timezone, cutOffs: [{ from: date, minutes: summaryHour * 60 }] }, date);
    const reading = await clover.readDay(access, { locationId: id, currency, window: day });
    if (!reading.ok) throw new Error(reading.failure.kind);
    expect(checkSalesDay(reading.value.day).ok).toBe(true);
    expect(reading.value.orderCount).toBeGreaterThan(30);
  });
});

type Model = { readonly fields?: Readonly<Record<string, { readonly type: string; readonly wire?: string }>>; readonly enum?: readonly string[] };
const PLACE = "https://shared.test/specs/clover/clover_v3_models.json";
const found = await fetch(PLACE);

describe.skipIf(!found.ok)("every answer", () => {
  it("has the names and the kinds of the vendor's models", async () => {
    const { models }: { models: Readonly<Record<string, Model>> } = await found.clone().json();
    const sold = sale({
      lines: [ofMenu("Burger", { modifiersMinor: [50], discounts: [{ name: "Ten", percentage: 10 }], unitQty: 1_500 }), { name: "Fee", priceMinor: 100, isOrderFee: true }],
      discounts: [{ name: "One", amount: -100 }], servicePercentage: 180_000,
      payments: [{ amountMinor: 900, tender: TENDERS.cash, tipMinor: 10 }, { cashbackMinor: 500, tender: TENDERS.debit, charges: [{ type: "CREDIT_SURCHARGE", amount: 9 }] }],
    });
    const refunded = draftRefund(sold, { id: freshId("R"), at: noon, lines: [0], tipMinor: 5, tender: TENDERS.cash });
    const { credit, reversal } = draftReversal(draftCredit({ id: freshId("K"), at: noon, amountMinor: 100, tender: TENDERS.cash }), noon);
    const world = givenClover([{ ...EMPTY_BATCH, ...sold, refunds: refunded.refunds, credits: [credit], credit_refunds: [reversal] }]);
    const answers = [
      ["order.Order", "orders?expand=lineItems.discounts,lineItems.modifications,lineItems.taxRates"], ["order.Order", "orders?expand=discounts,serviceCharge,payments"],
      ["payments.Payment", "payments?expand=tender,taxRates,additionalCharges"], ["payments.Payment", "payments?expand=cardTransaction"],
      ["payments.Refund", "refunds?expand=lineItems,taxableAmountRates,additionalCharges"], ["payments.Credit", "credits?expand=tender,taxRates,creditRefunds"],
      ["payments.CreditRefund", "credit_refunds"], ["inventory.Item", "items?expand=categories"],
    ] as const;
    for (const [model, path] of answers) {
      const rows = await elements(world, path);
      expect(rows.length, path).toBeGreaterThan(0);
      for (const row of rows) expect(problemsOf(models, model, row), path).toEqual([]);
    }
    const merchant: Record<string, unknown> = await (await ask(world, `${MERCHANT}?expand=properties`)).json();
    expect(problemsOf(models, "merchant.Merchant", merchant)).toEqual([]);
  });
});

/** Names that the real wire fixtures (`order_items_1.json`) have and the generated models do not. */
const ON_THE_WIRE: ReadonlySet<string> = new Set(["order.LineItem.orderRef"]);

/** What is wrong with a value of a model, in words: a name that it does not know, or a value of another kind. */
function problemsOf(models: Readonly<Record<string, Model>>, type: string, value: unknown): readonly string[] {
  const list = /^List<(.+)>$/.exec(type)?.[1];
  if (list !== undefined) {
    const rows = (value as { elements?: unknown } | null)?.elements;
    return Array.isArray(rows) ? rows.flatMap((row) => problemsOf(models, list, row)) : [`${type} is not nested in elements`];
  }
  if (type === "Long" || type === "Integer") return Number.isSafeInteger(value) ? [] : [`${type} is ${JSON.stringify(value)}`];
  if (type === "Boolean") return typeof value === "boolean" ? [] : [`${type} is ${JSON.stringify(value)}`];
  if (type === "String") return typeof value === "string" || value === null ? [] : [`${type} is ${JSON.stringify(value)}`];
  const model = models[type.replace(".", "/")];
  if (model === undefined) return [`there is no model ${type}`];
  if (model.enum !== undefined) return model.enum.includes(String(value)) ? [] : [`${type} knows no ${String(value)}`];
  const { fields = {} } = model;
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, inner]) => {
    const field = fields[name];
    if (ON_THE_WIRE.has(`${type}.${name}`)) return [];
    return field === undefined ? [`${type} has no ${name}`] : problemsOf(models, field.type, inner).map((problem) => `${name}: ${problem}`);
  });
}
