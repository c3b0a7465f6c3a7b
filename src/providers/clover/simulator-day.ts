/** Plausible days of a café, made from a seed when they are asked for and stored nowhere. */
import { addDays, businessDateAt, windowOf, type BusinessDate, type DaySchedule } from "../../kernel/day";
import { HOUR, MINUTE } from "../../kernel/clock";
import { MENU, type Sellable } from "./simulator-cafe";
import { draftSale, TENDERS, type DraftLine, type DraftPayment, type SaleDraft } from "./simulator-draft";
import { draftRefund } from "./simulator-returns";
import { ALPHABET, type SalesSource } from "./simulator-state";
import { EMPTY_BATCH, joinBatches, type Batch } from "./simulator-wire";

export type GeneratedMerchant = {
  readonly id: string; readonly currency: string; readonly schedule: DaySchedule;
  /** Sales on a date; 0 for a day on which the place is shut. */
  readonly volumeOn: (date: BusinessDate) => number;
};

/** Ids count days from here in three characters. */
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAY_MS = 24 * HOUR;
const DAYS_KEPT = 8;
const OPENS_AFTER = 7 * HOUR;
const OPEN_FOR = 12 * HOUR;

/** A source that makes a day when it is asked for and forgets it soon after. Refunds come a day after their sale. */
export function generatedSource(seed: string, merchants: readonly GeneratedMerchant[], first: BusinessDate, last: BusinessDate): SalesSource {
  const kept = new Map<string, Batch>();
  const dayOf = (merchant: GeneratedMerchant, date: BusinessDate): Batch => {
    if (date < first || date > last) return EMPTY_BATCH;
    const key = `${merchant.id}|${date}`;
    const day = kept.get(key) ?? generateDay(seed, merchant, date);
    kept.delete(key);
    kept.set(key, day);
    for (const oldest of [...kept.keys()].slice(0, kept.size - DAYS_KEPT)) kept.delete(oldest);
    return day;
  };
  const find = (id: string) => merchants.find((one) => one.id === id);
  return {
    within: (merchantId, startMs, endMs) => {
      const merchant = find(merchantId);
      if (merchant === undefined) return EMPTY_BATCH;
      return joinBatches(datesWithin(merchant.schedule, first, last, startMs, endMs).map((date) => dayOf(merchant, date)));
    },
    around: (merchantId, id) => {
      const merchant = find(merchantId);
      const date = dateIn(id);
      return merchant === undefined || date === null ? EMPTY_BATCH : dayOf(merchant, date);
    },
  };
}

/** A source that holds what it is given, for one merchant. */
export function listedSource(merchantId: string, batches: readonly Batch[]): SalesSource {
  const all = joinBatches(batches);
  const own = (id: string): Batch => (id === merchantId ? all : EMPTY_BATCH);
  return { within: (id) => own(id), around: (id) => own(id) };
}

/** Nothing was ever sold. */
export const NO_SALES: SalesSource = { within: () => EMPTY_BATCH, around: () => EMPTY_BATCH };

function datesWithin(schedule: DaySchedule, first: BusinessDate, last: BusinessDate, startMs: number, endMs: number): readonly BusinessDate[] {
  const from = businessDateAt(schedule, Math.max(startMs, windowOf(schedule, first).start));
  const until = businessDateAt(schedule, Math.min(endMs, windowOf(schedule, last).end - 1));
  const dates: BusinessDate[] = [];
  // A refund belongs to the batch of the day before, on which it was sold.
  for (let date = addDays(from, -1); date <= until; date = addDays(date, 1)) dates.push(date);
  return dates;
}

function generateDay(seed: string, { id, currency, schedule, volumeOn }: GeneratedMerchant, date: BusinessDate): Batch {
  const random = randomOf(`${seed}|${id}|${date}`);
  const { start } = windowOf(schedule, date);
  const batches: Batch[] = [];
  for (let index = 0; index < volumeOn(date); index += 1) {
    const at = start + OPENS_AFTER + Math.floor(random() * OPEN_FOR);
    const sale = draftSale(drawSale(random, currency, `A00${dayCode(date)}${code(random, 7)}`, at));
    batches.push(sale);
    if (random() < 0.02) batches.push(refundNextDay(random, sale, at));
  }
  return withLatestOrders(joinBatches(batches));
}

/** A refund brings its order again, changed: the later one is how it stands. */
function withLatestOrders(batch: Batch): Batch {
  return { ...batch, orders: [...new Map(batch.orders.map((order) => [order.id, order])).values()] };
}

function refundNextDay(random: () => number, sale: Batch, at: number): Batch {
  const id = `R${sale.orders[0]?.id.slice(1) ?? ""}`;
  return draftRefund(sale, { id, at: at + 20 * HOUR + Math.floor(random() * HOUR), ...(random() < 0.5 ? { lines: [0] } : {}) });
}

function drawSale(random: () => number, currency: string, id: string, at: number): SaleDraft {
  const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => drawLine(random));
  const discounts = random() < 0.06 ? [{ name: "Neighbour 10%", percentage: 10 }] : random() < 0.03 ? [{ name: "Comp", percentage: 100 }] : undefined;
  return {
    id, at, currency, lines, payments: drawPayments(random, at), ...(discounts === undefined ? {} : { discounts }), ...(random() < 0.05 ? { servicePercentage: 180_000 } : {}),
  };
}

function drawLine(random: () => number): DraftLine {
  const sellable = sellableAt(random());
  return {
    name: sellable.name, itemId: sellable.id, priceMinor: sellable.price, taxRates: sellable.taxes, isRevenue: sellable.isRevenue,
    ...(sellable.priceType === "PER_UNIT" ? { unitQty: 150 + Math.floor(random() * 600) } : {}),
    ...(random() < 0.2 && sellable.isRevenue ? { modifiersMinor: [75] } : {}),
  };
}

/** By weight of what sells how often; deleted things are sold no more. */
function sellableAt(share: number): Sellable {
  const [first, ...others] = MENU.filter((item) => item.deletedTime === undefined);
  if (first === undefined) throw new Error("a café sells something");
  let left = share * [first, ...others].reduce((sum, { weight }) => sum + weight, 0);
  return [first, ...others].find(({ weight }) => (left -= weight) < 0) ?? first;
}

function drawPayments(random: () => number, at: number): readonly DraftPayment[] {
  const paidAt = at + Math.floor(random() * 20 * MINUTE);
  const tip = random() < 0.4 ? { tipMinor: 100 + Math.floor(random() * 400) } : {};
  const kind = random();
  if (kind < 0.2) return [{ tender: TENDERS.cash, at: paidAt }];
  if (kind < 0.25) return [{ tender: TENDERS.giftCard, at: paidAt }];
  return [{ tender: kind < 0.4 ? TENDERS.debit : TENDERS.credit, at: paidAt, ...tip }];
}

function dayCode(date: BusinessDate): string {
  const day = (Date.parse(date) - FIRST_DAY) / DAY_MS;
  return [10, 5, 0].map((shift) => ALPHABET.charAt((day >> shift) & 31)).join("");
}

/** The date that stands in a generated id after a letter and a number, or null for an id of another kind. */
function dateIn(id: string): BusinessDate | null {
  const digits = Array.from({ length: 3 }, (_, index) => ALPHABET.indexOf(id.charAt(3 + index)));
  if (id.length < 6 || digits.some((digit) => digit < 0)) return null;
  const day = digits.reduce((sum, digit) => sum * 32 + digit, 0);
  return new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10) as BusinessDate;
}

function code(random: () => number, length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(Math.floor(random() * 32))).join("");
}

/** Numbers from 0 to 1 that a text decides (mulberry32 over a hash of it). */
export function randomOf(text: string): () => number {
  let state = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 16_777_619) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
