/** How a payout stands. */
import { Show, type JSX } from "solid-js";
import type { PayoutRowView } from "../../../../src/features/payouts/contract";
import { payoutStateWords, payoutsWords as words } from "./words";

/** The state as glyph and word, and beside it whether processor and books say the same. */
export function PayoutMark(props: { row: PayoutRowView }): JSX.Element {
  const look = () => payoutStateWords[props.row.state];
  return (
    <>
      <span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph}</span> {look().word}</span>
      <Show when={props.row.ties !== null}>
        <span class="small mark" data-tone={props.row.ties === true ? "ties" : "held"}>{props.row.ties === true ? ` = ${words.tiesYes}` : ` ≠ ${words.tiesNo}`}</span>
      </Show>
    </>
  );
}
