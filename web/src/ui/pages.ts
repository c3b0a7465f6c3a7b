/** A list that comes in pages: the first is kept live, further ones are laid against it as they are asked for. */
import { createEffect, createSignal, on, type Accessor } from "solid-js";
import type { Answer, Trouble } from "../ask";
import { createLive, type Live } from "./live";

export type Page<T> = { readonly rows: readonly T[]; readonly next: string | null };

export type Pages<V, T> = {
  /** The first page, as the server answers it. */
  readonly live: Live<V>;
  readonly rows: Accessor<readonly T[]>;
  readonly hasMore: Accessor<boolean>;
  readonly isLoadingMore: Accessor<boolean>;
  /** Why the last further page did not come. */
  readonly trouble: Accessor<Trouble | undefined>;
  readonly more: () => Promise<void>;
};

type Options<V, T> = {
  /** Names the question; another key is another list. */
  readonly key: () => string;
  readonly ask: (after?: string) => Promise<Answer<V>>;
  readonly pageOf: (view: V) => Page<T>;
  readonly idOf: (row: T) => string;
  readonly pollWhile?: (view: V) => boolean;
  readonly lookAgainWhile?: (view: V) => boolean;
};

/** Lives as long as its owner. */
export function createPages<V, T>({ key, ask, pageOf, idOf, ...moving }: Options<V, T>): Pages<V, T> {
  const live = createLive<V>({ key, ask: () => ask(), ...moving });
  const [held, setHeld] = createSignal<Page<T> | null>(null);
  const [isLoadingMore, setLoadingMore] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  createEffect(on(key, () => {
    setHeld(null);
    setTrouble(undefined);
  }, { defer: true }));
  createEffect(on(live.value, (view) => {
    setHeld((before) => (view === undefined ? null : withFirstPage(before, pageOf(view), idOf)));
  }));
  const more = async () => {
    const [now, asked] = [held(), key()];
    if (now === null || now.next === null || isLoadingMore()) return;
    setLoadingMore(true);
    const answer = await ask(now.next);
    setLoadingMore(false);
    if (key() !== asked) return;
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) setHeld((before) => withNextPage(before ?? now, pageOf(answer.value), idOf));
  };
  return { live, rows: () => held()?.rows ?? [], hasMore: () => (held()?.next ?? null) !== null, isLoadingMore, trouble, more };
}

/** The first page, asked again: what came after its last row before still does. Where that row was never seen, everything is asked for anew. */
export function withFirstPage<T>(before: Page<T> | null, page: Page<T>, idOf: (row: T) => string): Page<T> {
  const last = page.rows.at(-1);
  if (before === null || last === undefined || page.next === null) return page;
  const at = before.rows.findIndex((row) => idOf(row) === idOf(last));
  const known = new Set(page.rows.map(idOf));
  const later = at === -1 ? [] : before.rows.slice(at + 1).filter((row) => !known.has(idOf(row)));
  return later.length === 0 ? page : { rows: [...page.rows, ...later], next: before.next };
}

/** The page after the last one. */
export function withNextPage<T>(before: Page<T>, page: Page<T>, idOf: (row: T) => string): Page<T> {
  const known = new Set(before.rows.map(idOf));
  return { rows: [...before.rows, ...page.rows.filter((row) => !known.has(idOf(row)))], next: page.next };
}
