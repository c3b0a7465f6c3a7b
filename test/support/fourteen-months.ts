/**
 * Fourteen months of a shop on which everything happens that can: sales arrive late, are edited, deleted and refunded,
 * days are read again in any order, periods close, answers get lost. A seed decides all of it; what the till took is
 * kept beside it, added up from the orders themselves, and knows nothing of Daybook.
 */
import { HOUR, MINUTE } from "../../src/kernel/clock";
import { addDays, windowOf, type BusinessDate } from "../../src/kernel/day";
import { entriesOf, findDay, type EntryRow } from "../../src/features/days/service";
import { decideDay } from "../../src/features/sync/decisions";
import { priceOrder } from "../../src/providers/square/simulator-pricing";
import { orderRefundOf, refundOf, returnOf } from "../../src/providers/square/simulator-returns";
import type { Order } from "../../src/providers/square/simulator-wire";
import type { Transport } from "../../src/providers/send";
import { date, orderOf, sync, syncMessage } from "./days";
import { givenShop, givenWorld, type GivenShop, type GivenWorld } from "./given";
import { drawsOf } from "./schedule";

/** The first of some 425 days; the last one lies two days before the world's own today. */
const FIRST = date("2025-05-14");
const MONTHS_IN_DAYS = 425;
/** Of those days as many are open for business in one run, wherever they fall: each costs a look into real storage. */
const OPEN_DAYS = 4;
const STEPS = 16;

const MENU = [
  { account: "Coffee Sales", line: { name: "Latte", variationId: "VAR_LATTE_S", unitMinor: 425 } },
  { account: "Food Sales", line: { name: "Grain bowl", variationId: "VAR_BOWL", unitMinor: 1_395 } },
  { account: "Tea Sales", line: { name: "Chai", variationId: "VAR_CHAI", unitMinor: 475 } },
  { account: "Food Sales", line: { name: "House beans", variationId: "VAR_BEANS", unitMinor: 1_850 } },
] as const;

type Item = (typeof MENU)[number];
type Sale = { readonly id: string; readonly on: BusinessDate; readonly items: readonly Item[]; readonly tender: "CARD" | "CASH"; readonly tipMinor: number; readonly order: Order };
type Return = { readonly id: string; readonly on: BusinessDate; readonly sale: Sale };

export type FourteenMonths = {
  readonly given: GivenWorld;
  readonly shop: GivenShop;
  readonly dates: readonly BusinessDate[];
  /** What the till took on a day, per account of the books by name: debits less credits in cents, none that are nothing. */
  readonly truthOf: (on: BusinessDate) => Readonly<Record<string, number>>;
  /** Entries that were taken by the books with a date in a period that was closed by then. */
  readonly datedInClosedPeriods: readonly string[];
};

/** Lives through the months of a seed, and lets them come to rest: every day as the till says it, or as a person must decide. */
export async function liveFourteenMonths(seed: number): Promise<FourteenMonths> {
  const draw = drawsOf(seed);
  const given = givenWorld();
  const shop = await givenShop(given, { startsOn: FIRST });
  const life = createLife(given, shop, draw);
  await given.env.SHARD_0.prepare("UPDATE posting_rule SET corrections = ?2 WHERE shop_id = ?1").bind(shop.shopId, draw() < 0.5 ? "delta" : "reverse").run();
  for (const on of life.dates) for (let sales = 0; sales < 2; sales += 1) life.sell(on);
  for (const on of life.dates) await given.queue.binding.sendBatch([syncMessage(shop, on, { why: "backfill", post: "yes" })]);
  for (let step = 0; step < STEPS; step += 1) await life.step();
  await life.rest();
  return { given, shop, dates: life.dates, truthOf: life.truthOf, datedInClosedPeriods: life.datedInClosedPeriods };
}

/** Everything that was recorded as posted, oldest day first: what a shop's journal is made of. */
export async function postedEntriesOf({ shop, dates }: Pick<FourteenMonths, "shop" | "dates">): Promise<readonly EntryRow[]> {
  return (await Promise.all(dates.map(async (on) => await entriesOf(shop.db, shop.locations[0].id, on)))).flat();
}

type Life = Pick<FourteenMonths, "dates" | "truthOf" | "datedInClosedPeriods"> & {
  readonly sell: (on: BusinessDate) => void;
  readonly step: () => Promise<void>;
  readonly rest: () => Promise<void>;
};

function createLife(given: GivenWorld, shop: GivenShop, draw: () => number): Life {
  const below = (count: number) => Math.floor(draw() * count);
  const dates = [...new Set(Array.from({ length: OPEN_DAYS }, () => addDays(FIRST, below(MONTHS_IN_DAYS))))].toSorted();
  const anyDate = () => dates[below(dates.length)] ?? FIRST;
  const till = createTill(given, shop, draw);
  const network = createNetwork(given, shop, draw);
  const reread = async (on: BusinessDate) => await given.queue.binding.sendBatch([syncMessage(shop, on, { why: "reread" })]);
  const deliver = async () => {
    given.pass(below(30) * MINUTE);
    await given.queue.deliver(given.jobs.queue, given.env);
  };
  const step = async () => {
    const luck = draw();
    if (luck < 0.22) till.sell(anyDate());
    else if (luck < 0.34) till.edit();
    else if (luck < 0.42) till.remove();
    else if (luck < 0.52) till.giveBack(dates);
    else if (luck < 0.58) await network.close(addDays(anyDate(), below(20)), draw() < 0.5);
    else await reread(anyDate());
    if (draw() < 0.7) await deliver();
  };
  const rest = async () => {
    network.behave();
    await given.drain();
    for (const on of dates) await comeToRest(given, shop, on);
  };
  return { dates, truthOf: till.truthOf, datedInClosedPeriods: network.datedInClosedPeriods, sell: till.sell, step, rest };
}

/** Reads a day again until it rests; what a closed period holds, a person lets be dated on the first open day. */
async function comeToRest(given: GivenWorld, shop: GivenShop, on: BusinessDate): Promise<void> {
  const { id } = shop.locations[0];
  for (let round = 0; round < 4; round += 1) {
    await sync(given, shop, on, { why: "retry" });
    const day = await findDay(shop.db, id, on);
    if (day?.reason?.kind !== "period_closed") return;
    await decideDay({ world: given.world, env: given.env, visit: shop.visit() }, { location: id, date: on }, "first_open_day");
    await given.drain();
  }
}

function createTill(given: GivenWorld, shop: GivenShop, draw: () => number) {
  const [location] = shop.locations;
  const { control } = given.providers.square;
  const sales = new Map<string, Sale>();
  const returns: Return[] = [];
  let ids = 0;
  const below = (count: number) => Math.floor(draw() * count);
  const put = (id: string, on: BusinessDate) => {
    const items = Array.from({ length: 1 + below(4) }, () => MENU[below(MENU.length)] ?? MENU[0]);
    const tender = draw() < 0.7 ? "CARD" : "CASH";
    const tipMinor = tender === "CARD" && draw() < 0.4 ? 1 + below(400) : 0;
    const order = orderOf(location, on, { id, lines: items.map(({ line }) => line), tender, ...(tipMinor === 0 ? {} : { tipMinor }) });
    control.putOrder(order);
    sales.set(id, { id, on, items, tender, tipMinor, order });
  };
  const free = () => [...sales.values()].filter(({ id }) => !returns.some(({ sale }) => sale.id === id));
  const pick = () => free()[below(free().length)];
  return {
    sell: (on: BusinessDate) => put(`S${(ids += 1)}`, on),
    edit: () => {
      const sale = pick();
      if (sale !== undefined) put(sale.id, sale.on);
    },
    remove: () => {
      const sale = pick();
      if (sale === undefined) return;
      sales.delete(sale.id);
      control.removeOrder(sale.id);
    },
    giveBack: (dates: readonly BusinessDate[]) => {
      const sale = pick();
      const later = dates.filter((on) => sale !== undefined && on >= sale.on);
      const on = later[below(later.length)];
      if (sale === undefined || on === undefined) return;
      const id = `R${(ids += 1)}`;
      giveBack(given, shop, { id, on, sale });
      returns.push({ id, on, sale });
    },
    truthOf: (on: BusinessDate) => truthOf(on, [...sales.values()], returns),
  };
}

/** The goods of a sale come back whole, on a later day or an hour after; the tip stays. */
function giveBack(given: GivenWorld, shop: GivenShop, { id, on, sale }: Return): void {
  const [location] = shop.locations;
  const { control } = given.providers.square;
  const at = windowOf({ zone: location.zone, cutOffs: location.cutOffs }, on).start + 13 * HOUR;
  const [tender] = sale.order.tenders ?? [];
  const lines = sale.items.map((_, index) => index);
  const order = priceOrder({
    id, locationId: location.externalId, currency: "USD", createdAt: at, closedAt: at, lines: [], returns: [returnOf(sale.order, { lines, withExtras: false })],
  });
  const refund = refundOf({ id: `${id}-R`, minor: -order.net_amounts.total_money.amount, at, reason: "Returned goods" }, id, location.externalId, "USD", tender ?? null);
  control.putOrder({ ...order, refunds: [orderRefundOf(refund)] });
  control.putRefund(refund);
}

function truthOf(on: BusinessDate, sales: readonly Sale[], returns: readonly Return[]): Readonly<Record<string, number>> {
  const totals: Record<string, number> = {};
  const add = (account: string, minor: number) => {
    totals[account] = (totals[account] ?? 0) + minor;
  };
  const place = { CARD: "Square Clearing", CASH: "Undeposited Funds" };
  for (const { items, tender, tipMinor, order } of sales.filter((sale) => sale.on === on)) {
    for (const { account, line } of items) add(account, -line.unitMinor);
    const taxMinor = taxOf(order);
    add("Sales Tax Payable", -taxMinor);
    add("Tips Payable", -tipMinor);
    add(place[tender], items.reduce((total, { line }) => total + line.unitMinor, taxMinor + tipMinor));
  }
  for (const { sale: { items, tender, order } } of returns.filter((one) => one.on === on)) {
    const grossMinor = items.reduce((total, { line }) => total + line.unitMinor, 0);
    add("Returns and Refunds", grossMinor);
    add("Sales Tax Payable", taxOf(order));
    add(place[tender], -grossMinor - taxOf(order));
  }
  return Object.fromEntries(Object.entries(totals).filter(([, minor]) => minor !== 0));
}

function taxOf(order: Order): number {
  return (order.taxes ?? []).reduce((total, tax) => total + tax.applied_money.amount, 0);
}

/** Loses answers and calls, and watches which date every entry carries when the books take it. */
function createNetwork(given: GivenWorld, shop: GivenShop, draw: () => number) {
  const { control } = given.providers.quickbooks;
  const { realm } = shop.merchant;
  const datedInClosedPeriods: string[] = [];
  let closedThrough = "";
  let isBad = true;
  const transport: Transport = async (request) => {
    const isPosting = request.method === "POST" && request.url.includes("/journalentry");
    const body = isPosting ? await request.clone().text() : "";
    const luck = isBad ? draw() : 1;
    if (luck < 0.03) throw new TypeError("the connection broke before anything was sent");
    if (luck < 0.05) return new Response("down", { status: 503 });
    const response = await given.providers.transport(request);
    if (isPosting && response.status === 200) {
      const { TxnDate, DocNumber } = JSON.parse(body) as { TxnDate: string; DocNumber: string };
      if (TxnDate <= closedThrough) datedInClosedPeriods.push(DocNumber);
    }
    if (luck < (isPosting ? 0.25 : 0.08)) throw new TypeError("the connection broke before the answer came");
    return response;
  };
  Object.assign(given.world, { transport: () => transport });
  return {
    datedInClosedPeriods,
    behave: () => {
      isBad = false;
    },
    /** Closes the books further, never less; Daybook may not have heard of it. */
    close: async (through: BusinessDate, isKnown: boolean) => {
      if (through <= closedThrough) return;
      closedThrough = through;
      control.setCompany(realm, { bookCloseDate: through });
      if (isKnown) await given.env.SHARD_0.prepare("UPDATE connection SET closed_through = ?2 WHERE shop_id = ?1 AND role = 'books'").bind(shop.shopId, through).run();
    },
  };
}
