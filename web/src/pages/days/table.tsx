/** The calendar's twin: the same days as rows, with what is the matter in words. */
import { For, Show, type JSX } from "solid-js";
import type { DayCell, DaysView } from "../../../../src/features/days/contract";
import { shortDate } from "../../ui/dates";
import { amount, exactAmount } from "../../ui/format";
import { stateWords } from "../../words";
import { takingsOf } from "./summary";
import { daysWords as words } from "./words";

/** Latest first. */
export function DaysTable(props: { cells: readonly DayCell[]; locations: DaysView["locations"]; currency: string; label: string }): JSX.Element {
  const nameOf = (id: string) => props.locations.find((location) => location.id === id)?.name ?? "";
  const rows = () => [...props.cells].sort((one, other) => (one.date === other.date ? nameOf(one.locationId).localeCompare(nameOf(other.locationId)) : one.date < other.date ? 1 : -1));
  return (
    <table class="ledger days-table">
      <caption class="unseen">{props.label}</caption>
      <thead><tr><th scope="col">{words.date}</th><th scope="col">{words.location}</th><th scope="col">{words.state}</th><th scope="col">{words.note}</th><th scope="col" class="n">{words.takings}</th></tr></thead>
      <tbody>
        <For each={rows()}>
          {(cell) => (
            <tr>
              <th scope="row"><a href={`/days/${cell.locationId}/${cell.date}`}>{shortDate(cell.date)}</a></th>
              <td>{nameOf(cell.locationId)}</td>
              <td><StateMark state={cell.state} /></td>
              <td class="note">{cell.headline ?? ""}</td>
              <td class="n">{cell.takingsMinor === null || cell.state === "no_sales" ? "" : amount(cell.takingsMinor, props.currency)}</td>
            </tr>
          )}
        </For>
      </tbody>
      <Show when={takingsOf(props.cells) !== null}>
        <tfoot><tr><th scope="row" colspan="4">{props.currency}</th><td class="n">{exactAmount(takingsOf(props.cells) ?? 0, props.currency)}</td></tr></tfoot>
      </Show>
    </table>
  );
}

/** A state as glyph and word in its colour. */
export function StateMark(props: { state: DayCell["state"] }): JSX.Element {
  const look = () => stateWords[props.state];
  return <span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph}</span> {look().word}</span>;
}
