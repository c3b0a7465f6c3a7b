/** What stands under an account box: the suggestion's reason, or how saving went. */
import { Match, Switch, type JSX } from "solid-js";
import type { MappingLine } from "../../../../src/features/mapping/contract";
import { needsAccount } from "./lines";
import type { Status } from "./saver";
import { mappingWords as words } from "./words";

type Props = { id?: string; status: Status | undefined; suggestion: MappingLine["suggestion"]; account: MappingLine["account"]; problem?: MappingLine["problem"] };

/** One quiet line; failures in their colour. */
export function RowStatus(props: Props): JSX.Element {
  const failed = () => (props.status?.kind === "failed" ? props.status.trouble : undefined);
  const instead = () => (props.suggestion === null ? "" : words.instead(props.suggestion.account.name, sentence(props.suggestion.reason)));
  return (
    <small class="row-status" id={props.id} role="status">
      <Switch>
        <Match when={failed()}>{(trouble) => <span data-tone="failed">{trouble().title} {trouble().next}</span>}</Match>
        <Match when={props.status?.kind === "conflict"}><span data-tone="held">{words.conflictRow}</span></Match>
        <Match when={props.status?.kind === "saving"}>{words.saving}</Match>
        <Match when={props.status?.kind === "saved"}><span data-tone="ties">{words.saved}</span></Match>
        <Match when={props.problem}>{(problem) => <><span data-tone="failed">{problem()}</span> {instead()}</>}</Match>
        <Match when={props.account === null && props.suggestion}>{(suggestion) => <>{words.suggested(sentence(suggestion().reason))}</>}</Match>
      </Switch>
    </small>
  );
}

/** The state of a line as a tag. */
export function LineTag(props: { line: MappingLine }): JSX.Element {
  return <span class="tag" data-tone={needsAccount(props.line) ? "held" : "ties"}>{needsAccount(props.line) ? `◐ ${words.needsAccount}` : "✓"}<span class="unseen">{needsAccount(props.line) ? "" : "Has an account"}</span></span>;
}

function sentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
