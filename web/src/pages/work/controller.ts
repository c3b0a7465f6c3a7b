/** The acts of the list of work: one at a time, never optimistic, and the list is asked for anew after each. */
import { createSignal, type Accessor } from "solid-js";
import type { WorkItem } from "../../../../src/features/work/contract";
import type { Trouble } from "../../ask";
import { workApi } from "../../auth-api";
import { announce } from "../../ui/toast";
import { workWords as words } from "./words";

export type Work = {
  /** The shop that is being worked on, or null. */
  readonly busy: Accessor<string | null>;
  readonly trouble: Accessor<Trouble | undefined>;
  /** The item whose posting waits for a yes. */
  readonly asked: Accessor<WorkItem | null>;
  /** Asks before posting; nothing for an item that is not ready, or whose shop the person may not post for. */
  readonly ask: (item: WorkItem | null) => void;
  readonly retry: (item: WorkItem) => Promise<void>;
  readonly post: (item: WorkItem) => Promise<void>;
};

/** Whether posting is what an item waits for. */
export const isReady = (item: WorkItem): boolean => item.kind === "ready";
/** Whether trying again can help an item. */
export const isStopped = (item: WorkItem): boolean => item.kind === "failed" || item.kind === "held";

/** `onDone` asks for the list anew. */
export function createWork(onDone: () => void): Work {
  const [busy, setBusy] = createSignal<string | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [asked, setAsked] = createSignal<WorkItem | null>(null);
  const run = async (item: WorkItem, ask: typeof workApi.retry, said: typeof words.posted) => {
    if (busy() !== null) return;
    setBusy(item.shop.id);
    setAsked(null);
    const answer = await ask(item.shop.id);
    setBusy(null);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) announce(said(answer.value.done, answer.value.of, item.shop.name));
    onDone();
  };
  return {
    busy, trouble, asked,
    ask: (item) => setAsked(item !== null && isReady(item) && item.shop.mayPost ? item : null),
    retry: async (item) => {
      if (isStopped(item) && item.shop.mayRetry) await run(item, workApi.retry, words.retried);
    },
    post: async (item) => await run(item, workApi.post, words.posted),
  };
}
