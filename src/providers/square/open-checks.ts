/**
 * Checks that were opened within a window and that nobody has closed yet: how many, and what is due on them. An order is
 * open until it is paid or cancelled (Square, Orders API, order states); an open one has no `closed_at` to search by.
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import type { Access, DayReading } from "../contract";
import { post } from "./client";
import { PAGE_SIZE } from "./orders";
import { textOf, type WireReader } from "./wire";

/** More open checks than this are no day's leftovers; they are counted as far as they were read. */
const MOST_PAGES = 4;

/** Counts the open checks of a location. Those with nothing due are left out: nobody will ever close them. */
export async function countOpenChecks(
  access: Access, { locationId, window }: { readonly locationId: string; readonly window: Window }, reader: WireReader,
): Promise<Result<DayReading["openChecks"]>> {
  const createdAt = { start_at: new Date(window.start).toISOString(), end_at: new Date(window.end - 1).toISOString() };
  const query = {
    location_ids: [locationId], limit: PAGE_SIZE,
    query: {
      filter: { state_filter: { states: ["OPEN"] }, date_time_filter: { created_at: createdAt } },
      sort: { sort_field: "CREATED_AT", sort_order: "ASC" },
    },
  };
  let count = 0;
  let minor = 0;
  let cursor = "";
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await post(access, "/v2/orders/search", cursor === "" ? query : { ...query, cursor });
    if (!answer.ok) return answer;
    for (const order of reader.list(answer.value.orders, "orders")) {
      const dueMinor = reader.minor(order.net_amount_due_money ?? order.total_money);
      if (order.state !== "OPEN" || dueMinor <= 0) continue;
      count += 1;
      minor += dueMinor;
    }
    cursor = textOf(answer.value.cursor);
    if (reader.problem !== null) return failed(reader.problem);
    if (cursor === "") break;
  }
  return ok({ count, minor });
}
