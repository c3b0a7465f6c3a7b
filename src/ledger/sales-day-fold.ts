/**
 * Folds what a till says, one amount at a time, into the totals of a day. Built for days of 50,000 orders: a call is
 * one look-up and one addition, and nothing is allocated after an id has been seen once.
 */
import { assertMinor, type Currency } from "../kernel/money";
import type { CategoryTotal, InAndOut, NamedInAndOut, PaidOut, SalesDay, TenderKind, TenderTotal } from "./sales-day";

/** Longer labels are cut: a till's field is no place for a novel, and a day is one row of a database. */
const LONGEST_LABEL = 200;

/** An amount that comes and goes. Amounts are non-negative minor units; a till's negative one belongs to the other side. */
export class Flow {
  inMinor = 0;
  outMinor = 0;

  /** Given, charged, collected, received, sold, taken. */
  in(minor: number): void {
    this.inMinor += minor;
  }

  /** Reversed, refunded, given back. */
  out(minor: number): void {
    this.outMinor += minor;
  }
}

/** Gift cards and store credit sold (`in`) and refunded (`out`), and those issued for nothing. */
export class GiftCardFlow extends Flow {
  promotionalMinor = 0;

  /** Value issued for nothing. */
  promotional(minor: number): void {
    this.promotionalMinor += minor;
  }
}

class NamedFlow extends Flow {
  constructor(readonly id: string, public label: string) {
    super();
  }
}

class CategoryRow {
  grossMinor = 0;
  returnedMinor = 0;

  constructor(readonly id: string, public label: string) {}

  /** Value of goods sold, before discounts and without tax. */
  gross(minor: number): void {
    this.grossMinor += minor;
  }

  /** Gross value of goods that came back. */
  returned(minor: number): void {
    this.returnedMinor += minor;
  }
}

class PaidOutRow {
  minor = 0;

  constructor(readonly id: string, public label: string) {}
}

/**
 * Adds up one day. The order of calls never matters. Where one id is seen under two labels, the one later in code
 * unit order stays: any rule would do that does not depend on the order. An amount is not judged here: negative
 * totals are refused by `checkSalesDay`.
 */
export class SalesDayFold {
  readonly discount = new Flow();
  readonly comp = new Flow();
  readonly tip = new Flow();
  readonly giftCard = new GiftCardFlow();
  private readonly categories = new Map<string, CategoryRow>();
  private readonly serviceCharges = new Map<string, NamedFlow>();
  private readonly taxes = new Map<string, NamedFlow>();
  private readonly tenders = new Map<TenderKind, Map<string, NamedFlow>>();
  private readonly paidOuts = new Map<PaidOut["purpose"], Map<string, PaidOutRow>>();
  private houseAccountPaymentsMinor = 0;
  private cashOverShortMinor = 0;
  private roundingMinor = 0;
  private orderCount = 0;

  constructor(private readonly currency: Currency) {}

  /** The category with the till's id; `uncategorized` for goods without one, `unallocated` for refunds without goods. */
  category(id: string, label: string): CategoryRow {
    let row = this.categories.get(id);
    if (row === undefined) this.categories.set(id, (row = new CategoryRow(id, label)));
    else if (label > row.label) row.label = label;
    return row;
  }

  /** A service charge, delivery fee or surcharge by the till's id. */
  serviceCharge(id: string, label: string): Flow {
    return namedFlow(this.serviceCharges, id, label);
  }

  /** A tax by the till's id: what the till says it collected, never rate times base. */
  tax(id: string, label: string): Flow {
    return namedFlow(this.taxes, id, label);
  }

  /** Takings: `in` with tips and without change, `out` what was given back. `id` is empty for the plain tender. */
  tender(kind: TenderKind, id: string, label: string): Flow {
    let rows = this.tenders.get(kind);
    if (rows === undefined) this.tenders.set(kind, (rows = new Map()));
    return namedFlow(rows, id, label);
  }

  /** Cash that left the drawer. */
  paidOut(purpose: PaidOut["purpose"], id: string, label: string, minor: number): void {
    let rows = this.paidOuts.get(purpose);
    if (rows === undefined) this.paidOuts.set(purpose, (rows = new Map()));
    let row = rows.get(id);
    if (row === undefined) rows.set(id, (row = new PaidOutRow(id, label)));
    else if (label > row.label) row.label = label;
    row.minor += minor;
  }

  /** A payment received for earlier house account charges. */
  houseAccountPayment(minor: number): void {
    this.houseAccountPaymentsMinor += minor;
  }

  /** Signed: counted minus expected; negative is short. */
  cashOverShort(minor: number): void {
    assertMinor((this.cashOverShortMinor += minor)); // signed sums could pass 2^53 and come back unseen
  }

  /** Signed: positive in the shop's favour. */
  rounding(minor: number): void {
    assertMinor((this.roundingMinor += minor));
  }

  /** One more order or return; a count, no list. */
  order(count = 1): void {
    this.orderCount += count;
  }

  /** Adds totals that were folded elsewhere. */
  add(day: SalesDay): void {
    for (const row of day.categories) addCategory(this.category(row.id, row.label), row);
    for (const row of day.serviceCharges) addFlow(this.serviceCharge(row.id, row.label), row);
    for (const row of day.taxes) addFlow(this.tax(row.id, row.label), row);
    for (const row of day.tenders) addFlow(this.tender(row.kind, row.id, row.label), row);
    for (const row of day.paidOuts) this.paidOut(row.purpose, row.id, row.label, row.minor);
    addFlow(this.discount, day.discounts);
    addFlow(this.comp, day.comps);
    addFlow(this.tip, day.tips);
    addFlow(this.giftCard, day.giftCards);
    this.giftCard.promotional(day.giftCards.promotionalMinor);
    this.houseAccountPayment(day.houseAccountPaymentsMinor);
    this.cashOverShort(day.cashOverShortMinor);
    this.rounding(day.roundingMinor);
    this.order(day.orderCount);
  }

  /**
   * The day so far: rows ascending by id (tenders by kind first), rows without any amount left out. Throws when a
   * total is no integer that JavaScript holds exactly, rather than lose a cent.
   */
  finish(): SalesDay {
    return {
      currency: this.currency,
      orderCount: this.orderCount,
      categories: this.finishCategories(),
      discounts: flowOf(this.discount),
      comps: flowOf(this.comp),
      serviceCharges: finishNamed(this.serviceCharges),
      taxes: finishNamed(this.taxes),
      tips: flowOf(this.tip),
      giftCards: { ...flowOf(this.giftCard), promotionalMinor: exact(this.giftCard.promotionalMinor) },
      houseAccountPaymentsMinor: exact(this.houseAccountPaymentsMinor),
      tenders: this.finishTenders(),
      paidOuts: this.finishPaidOuts(),
      cashOverShortMinor: this.cashOverShortMinor,
      roundingMinor: this.roundingMinor,
    };
  }

  private finishCategories(): CategoryTotal[] {
    return [...this.categories.values()].toSorted(byId)
      .map(({ id, label, grossMinor, returnedMinor }) => (
        { id, label: cut(label), grossMinor: exact(grossMinor), returnedMinor: exact(returnedMinor) }
      ))
      .filter((row) => row.grossMinor !== 0 || row.returnedMinor !== 0);
  }

  private finishTenders(): TenderTotal[] {
    return [...this.tenders].toSorted(([one], [other]) => compare(one, other))
      .flatMap(([kind, rows]) => finishNamed(rows).map((row) => ({ kind, ...row })));
  }

  private finishPaidOuts(): PaidOut[] {
    return [...this.paidOuts].toSorted(([one], [other]) => compare(one, other))
      .flatMap(([purpose, rows]) => [...rows.values()].toSorted(byId)
        .map(({ id, label, minor }) => ({ id, label: cut(label), purpose, minor: exact(minor) })))
      .filter((row) => row.minor !== 0);
  }
}

/** An empty fold for a day in one currency. */
export function createSalesDayFold(currency: Currency): SalesDayFold {
  return new SalesDayFold(currency);
}

function namedFlow(rows: Map<string, NamedFlow>, id: string, label: string): NamedFlow {
  let row = rows.get(id);
  if (row === undefined) rows.set(id, (row = new NamedFlow(id, label)));
  else if (label > row.label) row.label = label;
  return row;
}

function addFlow(flow: Flow, amounts: InAndOut): void {
  flow.in(amounts.inMinor);
  flow.out(amounts.outMinor);
}

function addCategory(row: CategoryRow, amounts: CategoryTotal): void {
  row.gross(amounts.grossMinor);
  row.returned(amounts.returnedMinor);
}

function finishNamed(rows: ReadonlyMap<string, NamedFlow>): NamedInAndOut[] {
  return [...rows.values()].toSorted(byId)
    .map((row) => ({ id: row.id, label: cut(row.label), ...flowOf(row) }))
    .filter((row) => row.inMinor !== 0 || row.outMinor !== 0);
}

function flowOf(flow: Flow): InAndOut {
  return { inMinor: exact(flow.inMinor), outMinor: exact(flow.outMinor) };
}

function exact(minor: number): number {
  assertMinor(minor);
  return minor;
}

function cut(label: string): string {
  return label.slice(0, LONGEST_LABEL);
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return compare(one.id, other.id);
}

/** Code unit order, the same on every machine and in every locale. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
