/** Who gets nothing, in numbers, each with why. */
import { For, type JSX } from "solid-js";
import type { DryRunView } from "../../../../src/features/broadcasts/contract";
import { listWords, reasonWords } from "./words";

export function LeftOut(props: { all: DryRunView["leftOut"]; title: string }): JSX.Element {
  return (
    <div class="left-out">
      <h3>{props.title}</h3>
      <table class="ledger">
        <caption class="unseen">{props.title}</caption>
        <thead><tr><th scope="col">{listWords.reason}</th><th scope="col" class="n">{listWords.people}</th></tr></thead>
        <tbody><For each={props.all}>{({ reason, count }) => <tr><th scope="row">{reasonWords[reason]}</th><td class="n">{count.toLocaleString("en-US")}</td></tr>}</For></tbody>
      </table>
    </div>
  );
}
