/** What stands in the books and looks like the sales that are about to be posted. */
import { For, Show, type JSX } from "solid-js";
import type { LookalikesView } from "../../../../src/features/sync/contract";
import type { Answer } from "../../api";
import { shortDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { amount } from "../../ui/format";
import { Problem } from "../../ui/states";
import { lookalikeWords as words } from "./lookalike-words";

type DialogProps = { answer: Answer<LookalikesView>; onGo: () => void; onAgain: () => void; onClose: () => void };

/** Shows what was found, or why nothing could be; going on is the quiet choice. */
export default function LookalikeDialog(props: DialogProps): JSX.Element {
  const view = () => (props.answer.ok ? props.answer.value : undefined);
  const trouble = () => (props.answer.ok ? undefined : props.answer.failure);
  return (
    <Dialog title={view() === undefined ? words.unknownTitle : words.title(view()?.booksName ?? "")} class="wide" onClose={() => props.onClose()}>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} onRetry={() => props.onAgain()} />}</Show>
      <Show when={view()}>{(found) => <Found view={found()} />}</Show>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => props.onGo()}>{view() === undefined ? words.goUnseen : words.go}</button>
        <button type="button" class="button primary" onClick={() => props.onClose()}>{words.stop}</button>
      </div>
    </Dialog>
  );
}

function Found(props: { view: LookalikesView }): JSX.Element {
  return (
    <>
      <p>{words.about(props.view.found.length)}</p>
      <div class="scroll">
        <table class="ledger">
          <caption class="unseen">{words.title(props.view.booksName)}</caption>
          <thead><tr><th scope="col">{words.date}</th><th scope="col">{words.record}</th><th scope="col" class="n">{words.total(props.view.currency)}</th><th scope="col">{words.why}</th></tr></thead>
          <tbody>
            <For each={props.view.found}>
              {(one) => <tr><th scope="row">{shortDate(one.date)}</th><td>{one.type} {one.documentNumber}</td><td class="n">{amount(one.totalMinor, props.view.currency)}</td><td>{words.because(one.reason)}</td></tr>}
            </For>
          </tbody>
        </table>
      </div>
      <p class="small">{words.advice}</p>
    </>
  );
}
