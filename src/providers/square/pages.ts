/** Walks a list of Square's through its pages. */
import { failed, ok, type Result } from "../../kernel/result";
import type { Access } from "../contract";
import { get, unreadable } from "./client";
import { textOf, type Wire, type WireReader } from "./wire";

/** Bounds the loop: no list comes near it. */
const MOST_PAGES = 1_000;

/** Which list: its path, what it is asked for, and what it is called in a failure ("payouts"). */
export type List = { readonly path: string; readonly query: Readonly<Record<string, string>>; readonly name: string };

/** Hands on every page of a list; ends with the first problem that `take` answers. */
export async function eachPage(access: Access, { path, query, name }: List, take: (answer: Wire) => WireReader["problem"]): Promise<Result<void>> {
  let cursor = "";
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await get(access, path, cursor === "" ? query : { ...query, cursor });
    if (!answer.ok) return answer;
    const problem = take(answer.value);
    if (problem !== null) return failed(problem);
    cursor = textOf(answer.value.cursor);
    if (cursor === "") return ok(undefined);
  }
  return failed(unreadable(`the pages of ${name} do not end`));
}
