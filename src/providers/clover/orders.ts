/**
 * The orders behind a day's payments and refunds, and those of the day that nobody has paid. Pages are looked through and
 * let go; an order that was begun on another day, or is hidden from lists, is asked for by its id.
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import type { Access } from "../contract";
import { find, get } from "./client";
import { unreadable } from "./errors";
import { createdWithin, PAGE_SIZE, readList } from "./lists";
import { FIRST_HALF, orderOf, SECOND_HALF, type Order } from "./order";
import { PAYMENT_EXPANDED, paymentOf, type Payment, type Payments } from "./payments";
import { textOf, type Wire, type WireReader } from "./wire";

/** What a reading knows when it comes to its orders. */
export type Asking = { readonly access: Access; readonly reader: WireReader; readonly payments: Payments };

/** Tabs that stay open over night are few; more than this are asked for one by one on no real day. */
const MOST_SINGLE_ORDERS = 3_000;

/** An order with every payment of it so far, of whatever day. */
export type OrderRead = { readonly order: Order; readonly payments: readonly Payment[] };

/** Whether an order of a page is worth its second half. */
export type Wanted = (first: Wire) => boolean;

/** Hands every wanted order that was begun within the window to `take`, and answers how many pages there were. */
export async function readOrders(asking: Asking, window: Window, wanted: Wanted, take: (read: OrderRead) => void): Promise<Result<number>> {
  const { access, reader } = asking;
  const query = createdWithin(window);
  return await readList(access, "/orders", [...query, ["expand", FIRST_HALF]], reader, async (rows, { offset }) => {
    const first = rows.filter(wanted);
    if (first.length === 0) return ok(undefined);
    const answer = await get(access, "/orders", [...query, ["expand", SECOND_HALF], ["limit", String(PAGE_SIZE)], ["offset", String(offset)]]);
    if (!answer.ok) return answer;
    const second = new Map(reader.list(answer.value, "orders").map((row) => [textOf(row.id), row]));
    for (const row of first) {
      const order = await joined(asking, row, second.get(textOf(row.id)));
      if (!order.ok) return order;
      if (order.value !== null) take(order.value);
    }
    return ok(undefined);
  });
}

/** The halves of one order; the second is asked for again where the page had moved under it. Null for one that is gone. */
async function joined(asking: Asking, first: Wire, second: Wire | undefined): Promise<Result<OrderRead | null>> {
  const { access, reader } = asking;
  const other = second === undefined ? await find(access, pathOf(textOf(first.id)), [["expand", SECOND_HALF]]) : ok(second);
  if (!other.ok) return other;
  if (other.value === null) return ok(null);
  const order = orderOf(first, other.value, reader);
  const payments = await paymentsOf(asking, order.id, reader.list(other.value.payments, "payments"));
  if (!payments.ok) return payments;
  return reader.problem === null ? ok({ order, payments: payments.value }) : failed(reader.problem);
}

/**
 * The payments of an order. Within it they do not say their taxes and surcharges: those of other days are asked for by
 * themselves, where this day has one too, for the shares of both days must be the same whichever is read.
 */
async function paymentsOf({ access, reader, payments }: Asking, orderId: string, rows: readonly Wire[]): Promise<Result<readonly Payment[]>> {
  const isPaidToday = payments.byOrder.has(orderId);
  const all: Payment[] = [];
  for (const row of rows) {
    const id = textOf(row.id);
    const known = payments.byId.get(id) ?? paymentOf(row, reader);
    if (known === null) continue;
    const isOfOtherDay = isPaidToday && !payments.byId.has(id);
    const whole = isOfOtherDay ? await find(access, `/payments/${encodeURIComponent(id)}`, [["expand", PAYMENT_EXPANDED]]) : ok(null);
    if (!whole.ok) return whole;
    all.push((whole.value === null ? null : paymentOf(whole.value, reader)) ?? known);
  }
  return ok(all);
}

/** Orders by their ids, one after the other; `take` gets null for one that Clover no longer has. */
export async function readSingleOrders(
  asking: Asking, ids: readonly string[], take: (id: string, read: OrderRead | null) => void,
): Promise<Result<void>> {
  if (ids.length > MOST_SINGLE_ORDERS) return failed(unreadable("too many payments are for orders of other days"));
  for (const id of ids) {
    const first = await find(asking.access, pathOf(id), [["expand", FIRST_HALF]]);
    if (!first.ok) return first;
    const order = first.value === null ? ok(null) : await joined(asking, first.value, undefined);
    if (!order.ok) return order;
    take(id, order.value);
  }
  return ok(undefined);
}

function pathOf(orderId: string): string {
  return `/orders/${encodeURIComponent(orderId)}`;
}
