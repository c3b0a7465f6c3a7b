/** How a list stands: its state in a word, and how far it is. */
import { Show, type JSX } from "solid-js";
import type { BroadcastItem } from "../../../../src/features/broadcasts/contract";
import { listStates, listsWords as words } from "./words";

export function ListMark(props: { state: BroadcastItem["state"] }): JSX.Element {
  const look = () => listStates[props.state];
  return <span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph} </span>{look().word}</span>;
}

/** Of those who are to get it; the others are told beside it. */
export function Progress(props: { counts: BroadcastItem["counts"]; name: string }): JSX.Element {
  const all = () => props.counts.waiting + props.counts.written;
  return (
    <>
      <progress value={props.counts.written} max={Math.max(1, all())} aria-label={words.progress + ": " + props.name} />
      <small>{words.progressIs(props.counts.written, all())}<Show when={props.counts.skipped > 0}> · {words.leftOut(props.counts.skipped)}</Show></small>
    </>
  );
}
