/** "?": the list of keys. */
import { For, type JSX } from "solid-js";
import { Dialog } from "./dialog";

const KEYS: readonly (readonly [string, string])[] = [
  ["Ctrl K or ⌘ K", "Find a page, an act or a day"],
  ["?", "This list (can be turned off in Settings)"],
  ["← ↑ → ↓", "In the calendar: move by a day or a week"],
  ["Home, End", "In the calendar: first and last day of the week"],
  ["Page Up, Page Down", "In the calendar: the month before and after"],
  ["← →", "On a day: the day before and after"],
  ["Enter", "In mapping: take the suggestion or the chosen account, and move down"],
  ["Ctrl V or ⌘ V", "On documents: file the picture that was copied"],
  ["← →", "On a document: the next newer one and the next older one"],
  ["+ − 0", "On a photo: larger, smaller, the whole of it"],
  ["J K or ↑ ↓", "In the inbox: the next conversation and the one before"],
  ["Enter", "In the inbox: open the conversation"],
  ["Ctrl Enter or ⌘ Enter", "In a conversation: send what is written"],
  ["Esc", "Close a list or a dialog"],
];

/** The sheet, in a dialog. */
export default function KeySheet(props: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title="Keys" onClose={() => props.onClose()}>
      <dl class="keys-list">
        <For each={KEYS}>{([keys, what]) => <div><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>}</For>
      </dl>
      <div class="dialog-actions"><button type="button" class="button" autofocus onClick={() => props.onClose()}>Close</button></div>
    </Dialog>
  );
}
