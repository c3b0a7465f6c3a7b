/** What stands under an account box (the suggestion's reason, what went wrong), and beside it: how saving went. */
import { createMemo, Match, Switch, type JSX } from "solid-js";
import type { MappingLine } from "../../../../src/features/mapping/contract";
import { needsAccount } from "./lines";
import type { Status } from "./saver";
import { mappingWords as words } from "./words";

type Props = { id?: string; status: Status | undefined; suggestion: MappingLine["suggestion"]; account: MappingLine["account"]; problem?: MappingLine["problem"] };

/** One quiet line; failures in their colour. Once it said something its height stays: rows never move under the hands. */
export function RowStatus(props: Props): JSX.Element {
  const failed = () => (props.status?.kind === "failed" ? props.status.trouble : undefined);
  const instead = () => (props.suggestion === null ? "" : words.instead(props.suggestion.account.name, sentence(props.suggestion.reason)));
  const isSaid = () => failed() !== undefined || props.status?.kind === "conflict" || (props.problem ?? null) !== null || (props.account === null && props.suggestion !== null);
  const wasSaid = createMemo<boolean>((before) => before || isSaid(), false);
  return (
    <small class="row-status" classList={{ kept: wasSaid() }} id={props.id} role="status">
      <Switch>
        <Match when={failed()}>{(trouble) => <span data-tone="failed">{trouble().title} {trouble().next}</span>}</Match>
        <Match when={props.status?.kind === "conflict"}><span data-tone="held">{words.conflictRow}</span></Match>
        <Match when={props.problem}>{(problem) => <><span data-tone="failed">{problem()}</span> {instead()}</>}</Match>
        <Match when={props.account === null && props.suggestion}>{(suggestion) => <>{words.suggested(sentence(suggestion().reason))}</>}</Match>
      </Switch>
    </small>
  );
}

/** How a line stands: being saved, saved, in order, or in need of an account. */
export function LineTag(props: { line: MappingLine; status: Status | undefined }): JSX.Element {
  const isWaiting = () => needsAccount(props.line);
  const tone = () => (isWaiting() || props.status?.kind === "staged" ? "held" : props.line.account === null ? "quiet" : "ties");
  return (
    <span class="tag" data-tone={tone()} role="status">
      <Switch fallback={<>✓<span class="unseen">{words.hasAccount}</span></>}>
        <Match when={props.status?.kind === "saving"}>{words.saving}</Match>
        <Match when={props.status?.kind === "staged"}>{words.staged}</Match>
        <Match when={isWaiting()}>{`◐ ${words.needsAccount}`}</Match>
        <Match when={props.line.account === null}>{words.optional}</Match>
        <Match when={props.status?.kind === "saved"}>{words.saved}</Match>
      </Switch>
    </span>
  );
}

function sentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
