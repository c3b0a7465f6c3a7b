/** The same act in many shops, one after the other, so that it can be watched and stopped; what did not work stands first. */
import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import type { GridRow } from "../../../../src/features/headquarters/contract";
import type { BulkOutcome } from "../../../../src/features/sync/contract";
import type { Answer } from "../../api";
import { hqApi } from "../../hq-api";
import { shortDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { bulkWords as words } from "./words";

export type BulkAct = "retry" | "post";
type Done = { readonly row: GridRow; readonly answer: Answer<BulkOutcome> };

/** Asks once, then goes through the shops; leaving the dialog stops after the shop that is being worked on. */
export function BulkDialog(props: { act: BulkAct; rows: readonly GridRow[]; onClose: (hasActed: boolean) => void }): JSX.Element {
  const [done, setDone] = createSignal<readonly Done[]>([]);
  const [state, setState] = createSignal<"asking" | "working" | "over">("asking");
  let isStopped = false;
  onCleanup(() => (isStopped = true));
  const run = async () => {
    setState("working");
    for (const row of props.rows) {
      if (isStopped) break;
      const answer = await (props.act === "post" ? hqApi.post(row.shop.id) : hqApi.retry(row.shop.id));
      setDone((all) => [...all, { row, answer }].toSorted((one, other) => Number(isWell(one)) - Number(isWell(other))));
    }
    setState("over");
  };
  return (
    <Dialog title={words.titles[props.act]} class="bulk" onClose={() => props.onClose(done().length > 0)}>
      <Show when={state() === "asking"} fallback={<Progress done={done()} all={props.rows.length} act={props.act} isOver={state() === "over"} />}>
        <p>{words.about[props.act]}</p>
        <ul tabindex="0" aria-label={words.shops}><For each={props.rows}>{(row) => <li>{row.shop.name}</li>}</For></ul>
      </Show>
      <div class="dialog-actions">
        <Show when={state() === "asking"}>
          <button type="button" class="button" onClick={() => props.onClose(false)}>{words.cancel}</button>
          <button type="button" class="button primary" onClick={() => void run()}>{words.start[props.act]}</button>
        </Show>
        <Show when={state() === "working"}><button type="button" class="button" onClick={() => (isStopped = true)}>{words.stop}</button></Show>
        <Show when={state() === "over"}><button type="button" class="button primary" onClick={() => props.onClose(true)}>{words.close}</button></Show>
      </div>
    </Dialog>
  );
}

const isWell = ({ answer }: Done): boolean => answer.ok && answer.value.problems.length === 0;

function Progress(props: { done: readonly Done[]; all: number; act: BulkAct; isOver: boolean }): JSX.Element {
  return (
    <>
      <p role="status">{words.progress(props.done.length, props.all)}</p>
      <progress max={props.all} value={props.done.length} aria-label={words.titles[props.act]} />
      <ul tabindex="0" aria-label={words.outcomes}>
        <For each={props.done}>
          {(one) => (
            <li>
              <b>{one.row.shop.name}</b> <span data-tone={isWell(one) ? "ties" : "failed"} class="mark">{isWell(one) ? "✓ " : "! "}{textOf(one, props.act)}</span>
              <Show when={one.answer.ok && one.answer.value}>
                {(outcome) => <ul><For each={outcome().problems}>{(problem) => <li>{shortDate(problem.date)}, {problem.location}: {problem.title}</li>}</For></ul>}
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.isOver}><p class="small">{words.finished}</p></Show>
    </>
  );
}

function textOf({ answer }: Done, act: BulkAct): string {
  if (!answer.ok) return `${answer.failure.title} ${answer.failure.next}`;
  const { done, of, left } = answer.value;
  if (of === 0) return words.nothing;
  return left === 0 ? words.wellOf[act](done, of) : `${words.wellOf[act](done, of)}; ${words.left(left)}`;
}
