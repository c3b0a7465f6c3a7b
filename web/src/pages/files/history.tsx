/** Every file that was dropped: its name, when, by whom, how much. Never what stood in it. */
import { For, Show, type JSX } from "solid-js";
import type { DropView } from "../../../../src/features/files/contract";
import { ago, plainDate } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { dropStates, filesWords as words } from "./words";

/** Newest first; what each came to behind its name. */
export function History(props: { drops: readonly DropView[] }): JSX.Element {
  return (
    <section>
      <h2>{words.historyTitle}</h2>
      <Show when={props.drops.length > 0} fallback={<p class="small">{words.historyNone}</p>}>
        <div class="card flush">
          <table class="ledger locations">
            <caption class="unseen">{words.historyTitle}</caption>
            <thead><tr><th scope="col">{words.file}</th><th scope="col">{words.when}</th><th scope="col">{words.became}</th><th scope="col" class="n">{words.lines}</th><th scope="col" class="n">{words.days}</th></tr></thead>
            <tbody><For each={props.drops}>{(drop) => <Row drop={drop} />}</For></tbody>
          </table>
        </div>
      </Show>
    </section>
  );
}

function Row(props: { drop: DropView }): JSX.Element {
  const shop = useShop();
  const one = () => props.drop;
  const look = () => dropStates[one().state];
  const span = () => (one().summary.firstDate === null ? "" : `, ${words.span(plainDate(one().summary.firstDate ?? ""), plainDate(one().summary.lastDate ?? ""))}`);
  return (
    <tr>
      <th scope="row" class="file">{one().name}<small>{one().layoutName}{span()}</small></th>
      <td data-label={words.when}>{ago(one().droppedAt, Date.now(), shop.view().zone)}<small> {one().droppedBy}</small></td>
      <td data-label={words.became}><span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph}</span> {look().word}</span></td>
      <td class="n" data-label={words.lines}>{one().rowCount.toLocaleString("en-US")}</td>
      <td class="n" data-label={words.days}>{one().dayCount}</td>
    </tr>
  );
}
