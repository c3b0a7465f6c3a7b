/**
 * Reads a whole list that moves while it is read. Clover pages by offset and has no cursor: a row that comes or goes between
 * two pages pushes others across their border. Each page therefore begins with the last row of the one before; where it
 * does not, the list has moved and is read again. Rows that come twice are handed on once. In which order rows come is
 * left to Clover, which documents no way to say so.
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { Window } from "../../kernel/day";
import type { Access } from "../contract";
import { get, type Query } from "./client";
import type { Wire, WireReader } from "./wire";
import { textOf } from "./wire";

/** Rows a page: Clover's most (docs.clover.com, "Paginate"). */
export const PAGE_SIZE = 1_000;
/** No shop fills as many pages in a day. */
const MOST_PAGES = 200;
/** A list that moves under as many readings is not quiet enough to be read now. */
const MOST_READINGS = 4;

/**
 * What was created within a window: both ends as Clover's filters say them, the end left out. Orders and payments are
 * never searched for more than 90 days at a time, beyond which Clover leaves rows out in silence; a day is less.
 */
export function createdWithin({ start, end }: Window): Query {
  return [["filter", `createdTime>=${start}`], ["filter", `createdTime<${end}`]];
}

/** One page from an offset; its rows are looked at before the next page is asked for. */
export type Page = { readonly rows: readonly Wire[]; readonly offset: number };

/**
 * Hands every row of a list to `take`, each once, page by page. Answers how many pages were read. `provider_busy` where the
 * list moves more often than it can be read; `take` may have seen a part of it by then.
 */
export async function readList(
  access: Access, path: string, query: Query, reader: WireReader, take: (rows: readonly Wire[], page: Page) => Promise<Result<void>>,
): Promise<Result<number>> {
  const seen = new Set<string>();
  let pages = 0;
  for (let reading = 0; reading < MOST_READINGS; reading += 1) {
    const read = await readOnce(access, path, query, reader, async (page) => {
      pages += 1;
      const fresh = page.rows.filter((row) => !seen.has(textOf(row.id)));
      for (const row of fresh) seen.add(textOf(row.id));
      return await take(fresh, page);
    });
    if (!read.ok) return read;
    if (read.value === "whole") return ok(pages);
  }
  return failed({ kind: "provider_busy", provider: "clover", retryAfterSeconds: null });
}

async function readOnce(
  access: Access, path: string, query: Query, reader: WireReader, take: (page: Page) => Promise<Result<void>>,
): Promise<Result<"whole" | "moved">> {
  let offset = 0;
  let last = "";
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const answer = await get(access, path, [...query, ["limit", String(PAGE_SIZE)], ["offset", String(offset)]]);
    if (!answer.ok) return answer;
    const rows = reader.list(answer.value, path.slice(1));
    if (rows.some((row) => textOf(row.id) === "")) reader.refuse(`${path.slice(1)} holds a row without an id`);
    if (reader.problem !== null) return failed(reader.problem);
    const hasMoved = last !== "" && textOf(rows[0]?.id) !== last;
    const taken = await take({ rows, offset });
    if (!taken.ok) return taken;
    if (hasMoved) return ok("moved");
    if (rows.length < PAGE_SIZE) return ok("whole");
    last = textOf(rows.at(-1)?.id);
    offset += PAGE_SIZE - 1;
  }
  return failed({ kind: "provider_unreadable", provider: "clover", detail: "the pages of a day do not end" });
}
