/** The lines of an audit log: who, what, before and after, when and from where. */
import { createMemo, For, Show, type JSX } from "solid-js";
import type { AuditLineView, AuditView } from "../../../../src/features/audit/contract";
import { deviceInWords } from "../../../../src/kernel/device";
import { dateIn, plainDate } from "../../ui/dates";
import { actOf, changesOf, namesOfSubjects, subjectOf } from "./acts";
import type { AuditFilters } from "./filters";
import { auditWords as words } from "./words";

type LinesProps = { view: AuditView; zone: string; address: (change: Partial<AuditFilters>) => string };

/** Latest first; `address` leads to the page with a filter changed. */
export function Lines(props: LinesProps): JSX.Element {
  const names = () => new Map(props.view.lines.flatMap(({ actor, personal }) => (personal["name"] === undefined ? [] : [[actor, personal["name"].value] as const])));
  const subjects = createMemo(() => namesOfSubjects(props.view.lines));
  return (
    <table class="ledger audit-table">
      <caption class="unseen">{words.label}</caption>
      <thead><tr><th scope="col">{words.time}</th><th scope="col">{words.act}</th><th scope="col">{words.change}</th><th scope="col">{words.place}</th></tr></thead>
      <tbody>
        <For each={props.view.lines}>
          {(line) => (
            <tr>
              <td class="when"><When at={line.at} zone={props.zone} /><small>{words.line(line.seq)}</small></td>
              <th scope="row">
                <a href={props.address({ actor: line.actor })}>{whoOf(line, names())}</a> {actOf(line.action)}
                <Show when={line.through !== null}> {words.through}</Show>
                <small><a class="about" href={props.address({ subject: line.subject })}>{subjectOf(line, subjects())}<span class="unseen">{words.onlySubject}</span></a></small>
              </th>
              <td class="change"><Change line={line} /></td>
              <td class="note">{placeOf(line)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

function When(props: { at: number; zone: string }): JSX.Element {
  const clock = (zone: string) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(props.at);
  return (
    <time dateTime={new Date(props.at).toISOString()}>
      {`${plainDate(dateIn(props.zone, props.at))} ${clock(props.zone)}`}
      <Show when={props.zone !== "UTC"}><small>{words.utc(`${dateIn("UTC", props.at)} ${clock("UTC")}`)}</small></Show>
    </time>
  );
}

/** What was before and is now, a row for each thing that differs. */
function Change(props: { line: AuditLineView }): JSX.Element {
  const rows = () => changesOf(props.line);
  return (
    <Show when={rows().length > 0} fallback={<span class="quiet">{words.nothing}</span>}>
      <dl>
        <For each={rows()}>
          {({ name, before, after }) => (
            <div><dt>{name}</dt><dd><Show when={before !== null}><del>{before}</del> <span aria-hidden="true">→</span> </Show>{after ?? words.nothing}</dd></div>
          )}
        </For>
      </dl>
    </Show>
  );
}

function whoOf({ actor, personal, commitments }: AuditLineView, names: ReadonlyMap<string, string>): string {
  if (actor === "daybook") return words.daybook;
  if (actor === "stranger") return words.stranger;
  const name = personal["name"]?.value;
  if (name !== undefined) return name;
  return commitments["name"] === undefined ? (names.get(actor) ?? words.somebody) : words.erased;
}

function placeOf({ personal, commitments }: AuditLineView): string {
  const told = ["place", "address", "device"].flatMap((name) => (commitments[name] === undefined ? [] : [wordOf(name, personal[name]?.value)]));
  return [...new Set(told)].join(" · ");
}

/** What a browser calls itself is text of a stranger's: it is shown in words of ours, and is whole in the files. */
function wordOf(name: string, value: string | undefined): string {
  if (value === undefined) return words.erasedValue;
  return name === "device" ? deviceInWords(value) : value;
}
