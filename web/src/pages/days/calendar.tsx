/** The month as a grid of links. One of them is in the tab order; the keys move it. */
import { createEffect, createMemo, createSignal, For, Index, on, Show, type JSX } from "solid-js";
import type { DayCell } from "../../../../src/features/days/contract";
import type { BusinessDate } from "../../../../src/kernel/day";
import { longDate } from "../../ui/dates";
import { amount } from "../../ui/format";
import { firstOf, monthOf, moveBy, weeksOf, WEEKDAYS, type Month } from "./month";
import { summarise, type DaySummary } from "./summary";

type CalendarProps = {
  month: Month;
  today: BusinessDate;
  currency: string;
  cells: readonly DayCell[];
  label: string;
  onMonth: (month: Month) => void;
};

/** A grid of the month; arrows, Home, End, Page Up and Page Down move, Enter opens. */
export function Calendar(props: CalendarProps): JSX.Element {
  let grid: HTMLDivElement | undefined;
  const startAt = () => (monthOf(props.today) === props.month ? props.today : firstOf(props.month));
  const [at, setAt] = createSignal<BusinessDate>(startAt());
  createEffect(on(() => props.month, (month) => {
    if (monthOf(at()) !== month) setAt(startAt());
  }));
  const byDate = createMemo(() => Map.groupBy(props.cells, (cell) => cell.date));
  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveBy(event.key, at());
    if (next === null) return;
    event.preventDefault();
    if (monthOf(next) > monthOf(props.today)) return;
    setAt(next);
    if (monthOf(next) !== props.month) props.onMonth(monthOf(next));
    queueMicrotask(() => grid?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus());
  };
  return (
    <div class="calendar" role="grid" aria-label={props.label} ref={(made) => (grid = made)} onKeyDown={move}>
      <div role="row" class="weekdays"><For each={WEEKDAYS}>{(day) => <span role="columnheader" aria-label={day}>{day.slice(0, 3)}</span>}</For></div>
      <Index each={weeksOf(props.month)}>
        {(week) => (
          <div role="row" class="week">
            <Index each={week()}>
              {(date) => (
                <Show when={date()} fallback={<span role="gridcell" class="outside" />}>
                  {(date) => <CalendarDay date={date()} today={props.today} currency={props.currency} cells={byDate().get(date()) ?? []} isAt={date() === at()} onFocus={() => setAt(date())} />}
                </Show>
              )}
            </Index>
          </div>
        )}
      </Index>
    </div>
  );
}

type DayProps = { date: BusinessDate; today: BusinessDate; currency: string; cells: readonly DayCell[]; isAt: boolean; onFocus: () => void };

function CalendarDay(props: DayProps): JSX.Element {
  const summary = createMemo(() => summarise(props.cells));
  const common = () => ({ "data-date": props.date, tabindex: props.isAt ? 0 : -1, "aria-current": props.date === props.today ? ("date" as const) : undefined });
  return (
    <div role="gridcell" class="cell">
      <Show when={summary()} fallback={<span {...common()} class="day none" onFocus={() => props.onFocus()}><DayNumber date={props.date} /></span>}>
        {(summary) => (
          <a {...common()} href={`/days/${summary().locationId}/${props.date}`} class="day" data-state={summary().state} data-tone={summary().look.tone} onFocus={() => props.onFocus()}>
            <DayNumber date={props.date} />
            <em><span aria-hidden="true">{summary().look.glyph} </span>{summary().word}</em>
            <strong>{takings(summary(), props.currency)}</strong>
          </a>
        )}
      </Show>
    </div>
  );
}

function takings(summary: DaySummary, currency: string): string {
  if (summary.takingsMinor === null || summary.state === "no_sales") return "";
  return amount(summary.takingsMinor, currency);
}

/** The number for the eye, the whole date for the ear. */
function DayNumber(props: { date: string }): JSX.Element {
  const parts = () => longDate(props.date).split(" ");
  return <time datetime={props.date}><span class="unseen">{parts()[0]} </span>{parts()[1]}<span class="unseen"> {parts().slice(2).join(" ")} </span></time>;
}
