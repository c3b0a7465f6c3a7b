/** What a file came to: totals, warnings, and the lines that could not be read. */
import { For, Show, type JSX } from "solid-js";
import type { DropView } from "../../../../src/features/files/contract";
import { exactAmount } from "../../ui/format";
import { filesWords as words } from "./words";

/** The totals by category and tender, and what a person should know. */
export function CameTo(props: { drop: DropView }): JSX.Element {
  const summary = () => props.drop.summary;
  return (
    <>
      <For each={summary().warnings}>{(warning) => <p class="small">{warning}</p>}</For>
      <div class="came-to">
        <Sums title={words.categories} rows={summary().categories} currency={summary().currency} />
        <Sums title={words.tenders} rows={summary().tenders} currency={summary().currency} />
      </div>
      <Show when={summary().badCount > 0}><BadRows drop={props.drop} /></Show>
    </>
  );
}

function Sums(props: { title: string; rows: DropView["summary"]["tenders"]; currency: string }): JSX.Element {
  const total = () => props.rows.reduce((sum, { minor }) => sum + minor, 0);
  return (
    <table class="ledger">
      <thead><tr><th scope="col">{props.title}</th><th scope="col" class="n">{props.currency}</th></tr></thead>
      <tbody>
        <For each={props.rows} fallback={<tr><td colspan="2">{words.none}</td></tr>}>
          {(row) => <tr><th scope="row">{row.label}</th><td class="n">{exactAmount(row.minor, props.currency)}</td></tr>}
        </For>
      </tbody>
      <Show when={props.rows.length > 1}><tfoot><tr><th scope="row"><span class="unseen">{props.title}</span></th><td class="n">{exactAmount(total(), props.currency)}</td></tr></tfoot></Show>
    </table>
  );
}

function BadRows(props: { drop: DropView }): JSX.Element {
  const { bad, badCount } = props.drop.summary;
  return (
    <div class="notice" data-tone="held">
      <h2>{words.badTitle(badCount)}</h2>
      <p>{words.badNext}</p>
      <div class="bad-rows" tabindex="0" role="group" aria-label={words.badTitle(badCount)}>
        <table class="ledger">
          <thead><tr><th scope="col">{words.line}</th><th scope="col">{words.reason}</th></tr></thead>
          <tbody><For each={bad}>{(row) => <tr><th scope="row">{row.line}</th><td>{row.reason}</td></tr>}</For></tbody>
        </table>
      </div>
      <Show when={badCount > bad.length}><p class="small">{words.more(badCount - bad.length)}</p></Show>
    </div>
  );
}
