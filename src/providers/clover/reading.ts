/** One business day of one merchant: payments and refunds of its window, spread over the orders that they were for. */
import { ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import { createSalesDayFold, type SalesDayFold } from "../../ledger/sales-day";
import type { Access, DayReading } from "../contract";
import { Goods } from "./goods";
import { isOpen, type Order } from "./order";
import { readOrders, readSingleOrders, type Asking, type OrderRead } from "./orders";
import { listPayments, type Payment, type Payments } from "./payments";
import { bookCredits, bookRefund, listRefunds } from "./refunds";
import { bookForNothing, bookSale, bookWithoutOrder, dueOf } from "./sale";
import { Findings } from "./findings";
import { textOf, WireReader, type Wire } from "./wire";

/** Reads and folds a day. Fails as Clover does, or with `provider_unreadable` and `currency_mismatch`. */
export async function readDay(access: Access, request: { readonly currency: string; readonly window: Window }): Promise<Result<DayReading>> {
  const reader = new WireReader(request.currency);
  const payments = await listPayments(access, request.window, reader);
  if (!payments.ok) return payments;
  const refunds = await listRefunds(access, request.window, payments.value, reader);
  if (!refunds.ok) return refunds;
  const refunded = new Set(refunds.value.map(({ orderId }) => orderId));
  const reading = new Reading({ access, reader, payments: payments.value }, request.currency, refunded);
  const pages = await reading.orders(request.window);
  if (!pages.ok) return pages;
  for (const refund of refunds.value) reading.refund(refund);
  const credits = await bookCredits(access, request.window, reading.day, reading.goods, reader);
  if (!credits.ok) return credits;
  const settled = await reading.goods.settle(access, reader);
  if (!settled.ok) return settled;
  const { goods, findings } = reading;
  findings.see({ credits: credits.value, waiting: payments.value.waiting, unknownItems: goods.unknown, ambiguousItems: goods.ambiguous });
  const day = reading.day.finish();
  return ok({
    day, orderCount: day.orderCount, pageCount: payments.value.pages + pages.value, openChecks: findings.openChecks, warnings: findings.warnings(request.currency),
  });
}

class Reading {
  readonly day: SalesDayFold;
  readonly goods: Goods;
  readonly findings = new Findings();
  private readonly done = new Set<string>();
  private readonly kept = new Map<string, Order>();
  private readonly tests = new Set<string>();
  private readonly payments: Payments;

  constructor(private readonly asking: Asking, currency: string, private readonly refunded: ReadonlySet<string>) {
    this.payments = asking.payments;
    this.day = createSalesDayFold(currency);
    this.goods = new Goods(this.day);
  }

  /** Books what was paid, whatever day its order is of; sees what was not. */
  async orders(window: Window): Promise<Result<number>> {
    const pages = await readOrders(this.asking, window, (first) => this.isWanted(first), (read) => this.order(read, true));
    if (!pages.ok) return pages;
    const ids = [...new Set([...this.payments.byOrder.keys(), ...this.refunded])].filter((id) => id !== "" && !this.done.has(id));
    const others = await readSingleOrders(this.asking, ids, (id, read) => {
      if (read === null) this.lost(this.payments.byOrder.get(id) ?? []);
      else this.order(read, false);
    });
    if (!others.ok) return others;
    this.withoutOrder(this.payments.byOrder.get("") ?? []);
    return pages;
  }

  refund(refund: Parameters<typeof bookRefund>[2]): void {
    if (this.tests.has(refund.orderId)) return;
    const restMinor = bookRefund(this.day, this.goods, refund, this.kept.get(refund.orderId) ?? null);
    this.findings.see({ refundsWithoutGoods: restMinor === 0 ? 0 : 1 });
  }

  /** An order that was paid on another day and not refunded on this one has nothing to say here. */
  private isWanted(first: Wire): boolean {
    const id = textOf(first.id);
    return this.payments.byOrder.has(id) || this.refunded.has(id) || isOpen(first) || (first.total ?? 0) === 0;
  }

  private order({ order, payments }: OrderRead, isOfDay: boolean): void {
    if (this.done.has(order.id)) return;
    this.done.add(order.id);
    const today = this.payments.byOrder.get(order.id) ?? [];
    if (order.isTest) {
      this.tests.add(order.id);
      this.findings.see({ tests: 1 });
      return;
    }
    if (this.refunded.has(order.id)) this.kept.set(order.id, order);
    if (today.length > 0) this.paid(order, today, payments, isOfDay);
    else if (isOfDay) this.unpaid(order, payments);
  }

  private paid(order: Order, today: readonly Payment[], known: readonly Payment[], isOfDay: boolean): void {
    const ids = new Set(today.map(({ id }) => id));
    const payments = [...today, ...known.filter(({ id }) => !ids.has(id))];
    const { openMinor, strayMinor } = bookSale(this.day, this.goods, { order, payments, isOfDay: ({ id }) => ids.has(id) });
    this.findings.see({ strays: strayMinor === 0 ? 0 : 1, strayMinor, partlyPaid: openMinor === 0 ? 0 : 1 });
    if (isOfDay && openMinor > 0) this.findings.open(order.unpaidMinor ?? openMinor);
  }

  /** What is left to pay of an open order is somebody's check; one for nothing is done once it is not open any more. */
  private unpaid(order: Order, payments: readonly Payment[]): void {
    const dueMinor = dueOf(order);
    if (order.isOpen) {
      const openMinor = order.unpaidMinor ?? dueMinor - payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      if (openMinor > payments.length) this.findings.open(openMinor);
    } else if (dueMinor === 0 && payments.length === 0 && order.lines.length > 0) {
      bookForNothing(this.day, this.goods, order);
    }
  }

  private lost(payments: readonly Payment[]): void {
    this.withoutOrder(payments);
    this.findings.see({ lostOrders: payments.length === 0 ? 0 : 1 });
  }

  private withoutOrder(payments: readonly Payment[]): void {
    for (const payment of payments) bookWithoutOrder(this.day, this.goods, payment);
  }
}
