/** Everything that somebody said of being written to, with what shows it. Lines are added and never changed. */
import { For, Show, type JSX } from "solid-js";
import type { LedgerLine } from "../../../../src/features/contacts/contract";
import { momentIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { channelWords, consentActWords, sourceWords } from "./consent-words";
import { contactWords as words } from "./words";

/** Newest first. */
export function Ledger(props: { lines: readonly LedgerLine[] }): JSX.Element {
  return (
    <Show when={props.lines.length > 0} fallback={<p class="small">{words.noHistory}</p>}>
      <ol class="history"><For each={props.lines}>{(line) => <Line line={line} />}</For></ol>
    </Show>
  );
}

function Line(props: { line: LedgerLine }): JSX.Element {
  const shop = useShop();
  const look = () => consentActWords[props.line.act];
  const facts = () => [channelWords[props.line.channel], props.line.address ?? "", props.line.follows ? words.follows : sourceWords[props.line.source], momentIn(shop.view().zone, props.line.saidAt)];
  return (
    <li data-tone={look().tone}>
      <span class="glyph" aria-hidden="true">{look().glyph}</span>
      <div>
        <b>{look().word}</b>
        <small>{facts().filter((fact) => fact !== "").join(" · ")}</small>
        <Show when={!props.line.follows}>
          <Show when={props.line.words !== null} fallback={<small>{words.erasedWords}</small>}><Show when={props.line.words !== ""}><blockquote>{props.line.words}</blockquote></Show></Show>
        </Show>
      </div>
    </li>
  );
}
