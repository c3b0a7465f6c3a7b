/** A value of the server, kept live: shown at once from memory, asked for again, and polled while something moves. */
import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";
import type { Answer, Trouble } from "../api";

const POLL_MS = 1_500;
const POLL_AFTER_TROUBLE_MS = 5_000;
const LOOK_AGAIN_MS = 15_000;
const STALE_MS = 60_000;
const REMEMBERED = 60;

export type Live<T> = {
  /** The last good answer, or undefined before the first. */
  readonly value: Accessor<T | undefined>;
  /** Why the last question failed; cleared by the next good answer. */
  readonly trouble: Accessor<Trouble | undefined>;
  /** Asks again; resolves when the answer is in `value` or `trouble`. */
  readonly reload: () => Promise<void>;
};

type Options<T> = {
  /** Names the question; another key is another question, null asks nothing. */
  readonly key: () => string | null;
  readonly ask: () => Promise<Answer<T>>;
  /** Whether to ask again in a moment. */
  readonly pollWhile?: (value: T) => boolean;
  /** Whether somebody else may move it on at any time: asked now and then, and whenever the page is looked at again. */
  readonly lookAgainWhile?: (value: T) => boolean;
};

/** What was answered before, so that going back shows it at once. Bounded; gone with the page. */
const remembered = new Map<string, unknown>();

/** Keeps a server value live for as long as its owner lives. Never throws: failure is `trouble`. */
export function createLive<T>(options: Options<T>): Live<T> {
  const [value, setValue] = createSignal<T>();
  const [trouble, setTrouble] = createSignal<Trouble>();
  let turn = 0;
  let askedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keep = (key: string, next: T) => {
    // An equal answer changes nothing on the page: rows keep their elements, and so the focus they hold.
    if (JSON.stringify(next) !== JSON.stringify(value())) setValue(() => next);
    remember(key, next);
    setTrouble(undefined);
  };
  const reload = async (): Promise<void> => {
    const key = options.key();
    if (key === null) return;
    clearTimeout(timer);
    const mine = ++turn;
    askedAt = Date.now();
    const answer = await options.ask();
    if (mine !== turn) return;
    if (answer.ok) keep(key, answer.value);
    else setTrouble(answer.failure);
    const pause = pauseOf(options, value(), answer.ok);
    if (pause !== null) timer = setTimeout(tick, pause);
  };
  const tick = () => {
    if (!document.hidden) void reload();
  };
  const onVisible = () => {
    const mayHaveMoved = pauseOf(options, value(), true) !== null;
    if (!document.hidden && (mayHaveMoved || Date.now() - askedAt > STALE_MS)) void reload();
  };

  createEffect(on(options.key, (key) => {
    turn += 1;
    clearTimeout(timer);
    setTrouble(undefined);
    setValue(() => (key === null ? undefined : (remembered.get(key) as T | undefined)));
    void reload();
  }));
  document.addEventListener("visibilitychange", onVisible);
  onCleanup(() => {
    turn += 1;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
  });
  return { value, trouble, reload };
}

/** How long to wait before asking again; null where nothing is expected. */
function pauseOf<T>({ pollWhile, lookAgainWhile }: Options<T>, last: T | undefined, wasAnswered: boolean): number | null {
  if (last === undefined) return null;
  if (pollWhile?.(last)) return wasAnswered ? POLL_MS : POLL_AFTER_TROUBLE_MS;
  return lookAgainWhile?.(last) ? LOOK_AGAIN_MS : null;
}

function remember(key: string, value: unknown): void {
  remembered.delete(key);
  remembered.set(key, value);
  const oldest = remembered.keys().next().value;
  if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}
