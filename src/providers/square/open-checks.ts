/**
 * Checks that were opened within a window and that nobody has closed yet: how many, and what is due on them. An order is
 * open until it is completed or cancelled (Square, Orders API, order states), paid or not: one that waits to be picked up
 * is paid and open. An open one has no `closed_at` to search by.
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import type { Access, DayReading } from "../contract";
import { post } from "./client";
import { PAGE_SIZE } from "./orders";
import { textOf, type WireReader } from "./wire";

/** More open checks than this are no day's leftovers; they are counted as far as they were read. */
const MOST_PAGES = 4;

type Counted = DayReading["openChecks"];

/** `due`: checks that somebody has to pay. `paid`: paid and not completed; they are nobody's check, and no sale yet. */
export type OpenOrders = { readonly due: Counted; readonly paid: Counted };

/** Counts the open orders of a location. Those that nobody paid and on which nothing is due are left out: nobody will ever close them. */
export async function countOpenOrders(
  access: Access, { locationId, window }: { readonly locationId: string; readonly window: Window }, reader: WireReader,
): Promise<Result<OpenOrders>> {
  const createdAt = { start_at: new Date(window.start).toISOString(), end_at: new Date(window.end - 1).toISOString() };
  const query = {
    location_ids: [locationId], limit: PAGE_SIZE,
    query: {
      filter: { state_filter: { states: ["OPEN"] }, date_time_filter: { created_at: createdAt } },
      sort: { sort_field: "CREATED_AT", sort_order: "ASC" },
    },
  };
  const due = { count: 0, minor: 0 };
  const paid = { count: 0, minor: 0 };
  let cursor = "";
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await post(access, "/v2/orders/search", cursor === "" ? query : { ...query, cursor });
    if (!answer.ok) return answer;
    for (const order of reader.list(answer.value.orders, "orders")) {
      const dueMinor = reader.minor(order.net_amount_due_money ?? order.total_money);
      if (order.state !== "OPEN") continue;
      if (dueMinor > 0) add(due, dueMinor);
      else if (reader.list(order.tenders, "tenders").length > 0) add(paid, reader.minor(order.total_money));
    }
    cursor = textOf(answer.value.cursor);
    if (reader.problem !== null) return failed(reader.problem);
    if (cursor === "") break;
  }
  return ok({ due, paid });
}

function add(counted: { count: number; minor: number }, minor: number): void {
  counted.count += 1;
  counted.minor += minor;
}
