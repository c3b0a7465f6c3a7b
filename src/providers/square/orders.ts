/** Reads the completed orders of a window page by page; the next page is on its way while one is folded, never more. */
import { failed, ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import type { Access } from "../contract";
import { post, unreadable } from "./client";
import type { OrderFold } from "./fold";
import { textOf, type Wire, type WireReader } from "./wire";

/**
 * Orders a page, of at most 1,000. Larger pages are no faster per order (parsing dominates) and hold twice the
 * memory, while at 500 a page of 3 kB orders is 1.6 MB and a busy day still costs few calls.
 */
export const PAGE_SIZE = 500;

/** No shop closes this many orders in a day; past it the cursor leads nowhere. */
const MOST_PAGES = 1_000;

type Request = { readonly locationId: string; readonly window: Window };

/** Folds every order that was closed within the window. Answers how many pages there were. */
export async function readOrders(access: Access, request: Request, fold: OrderFold, reader: WireReader): Promise<Result<number>> {
  const query = queryOf(request);
  let page: Promise<Result<Wire>> | null = search(access, query, "");
  let pages = 0;
  let cursor = "";
  while (page !== null) {
    if (pages === MOST_PAGES) return failed(unreadable("the pages of a day do not end"));
    const step: Result<Step> = await foldPage(page, cursor, (next) => search(access, query, next), fold, reader);
    if (!step.ok) return step;
    ({ page, cursor } = step.value);
    pages += 1;
    if (fold.goods.isFull) {
      const settled = await fold.goods.settle(access);
      if (!settled.ok) return settled;
    }
  }
  return ok(pages);
}

type Step = { readonly page: Promise<Result<Wire>> | null; readonly cursor: string };

/** In a function of its own, so that nothing holds on to a page while the next one is awaited. */
async function foldPage(
  page: Promise<Result<Wire>>, lastCursor: string, searchFrom: (cursor: string) => Promise<Result<Wire>>,
  fold: OrderFold, reader: WireReader,
): Promise<Result<Step>> {
  const answer = await page;
  if (!answer.ok) return answer;
  const cursor = textOf(answer.value.cursor);
  if (cursor !== "" && cursor === lastCursor) return failed(unreadable("a page's cursor leads back to the page"));
  const next = cursor === "" ? null : searchFrom(cursor);
  for (const order of reader.list(answer.value.orders, "orders")) fold.order(order);
  if (reader.problem === null) return ok({ page: next, cursor });
  await next; // its answer no longer matters, but nothing is left running behind the caller's back
  return failed(reader.problem);
}

/** Both ends of Square's range are included and its times are whole milliseconds: the last one of the day ends it. */
function queryOf({ locationId, window }: Request): Readonly<Record<string, unknown>> {
  const closedAt = { start_at: new Date(window.start).toISOString(), end_at: new Date(window.end - 1).toISOString() };
  return {
    location_ids: [locationId],
    limit: PAGE_SIZE,
    query: {
      filter: { state_filter: { states: ["COMPLETED"] }, date_time_filter: { closed_at: closedAt } },
      sort: { sort_field: "CLOSED_AT", sort_order: "ASC" },
    },
  };
}

function search(access: Access, query: Readonly<Record<string, unknown>>, cursor: string): Promise<Result<Wire>> {
  return post(access, "/v2/orders/search", cursor === "" ? query : { ...query, cursor });
}
