/** What a report is of, and the journal as files. */
import { useNavigate } from "@solidjs/router";
import { createSignal, createUniqueId, For, Show, type JSX } from "solid-js";
import type { JournalQuery, ReportView } from "../../../../src/features/reports/contract";
import { parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";
import { monthName } from "../../ui/dates";
import { journalAddress, monthsOffered, problemOfRange, rangeOf, reportAddress, type ReportFilters } from "./filters";
import { reportWords as words } from "./words";

/** The latest months at a press, and any range by its dates. */
export function RangeChoice(props: { filters: ReportFilters; today: BusinessDate }): JSX.Element {
  const navigate = useNavigate();
  const problemId = createUniqueId();
  const [problem, setProblem] = createSignal<string | null>(null);
  let [first, last]: [HTMLInputElement | undefined, HTMLInputElement | undefined] = [undefined, undefined];
  const show = (event: SubmitEvent) => {
    event.preventDefault();
    const [from, to] = [parseBusinessDate(first?.value ?? ""), parseBusinessDate(last?.value ?? "")];
    const found = problemOfRange(from, to);
    setProblem(found);
    if (found === null && from !== null && to !== null) navigate(reportAddress(props.filters, { from, to }), { scroll: false });
    else first?.focus();
  };
  const wrong = () => (problem() === null ? undefined : ("true" as const));
  const isOn = (range: Pick<ReportFilters, "from" | "to">) => range.from === props.filters.from && range.to === props.filters.to;
  return (
    <div class="report-range screen-only">
      <nav class="chip-row" aria-label={words.months}>
        <For each={monthsOffered(props.today)}>
          {(month) => <a class="chip" href={reportAddress(props.filters, rangeOf(month))} aria-current={isOn(rangeOf(month)) ? "true" : undefined} noScroll>{monthName(month)}</a>}
        </For>
      </nav>
      <form class="range" aria-label={words.range} onSubmit={show} novalidate>
        <label>{words.from}<input type="date" ref={(made) => (first = made)} value={props.filters.from} aria-invalid={wrong()} aria-describedby={problemId} /></label>
        <label>{words.to}<input type="date" ref={(made) => (last = made)} value={props.filters.to} aria-invalid={wrong()} aria-describedby={problemId} /></label>
        <button type="submit" class="button">{words.show}</button>
        <p id={problemId} class="wrong" role="alert">{problem() ?? ""}</p>
      </form>
    </div>
  );
}

/** One location or all, where there are several. */
export function LocationChoice(props: { filters: ReportFilters; locations: ReportView["locations"] }): JSX.Element {
  const chip = (text: string, location: string | null) => (
    <a class="chip" href={reportAddress(props.filters, { location })} aria-current={props.filters.location === location ? "true" : undefined} noScroll>{text}</a>
  );
  return (
    <Show when={props.locations.length > 1}>
      <nav class="chips chip-row" aria-label={words.locations}>
        {chip(words.all, null)}
        <For each={props.locations}>{(location) => chip(location.name, location.id)}</For>
      </nav>
    </Show>
  );
}

const FORMATS = Object.entries(words.formats) as readonly (readonly [JournalQuery["format"], string])[];

/** The entries themselves, for other programs. */
export function Journal(props: { filters: ReportFilters }): JSX.Element {
  const [by, setBy] = createSignal<JournalQuery["by"]>("business");
  return (
    <section class="card journal-files screen-only">
      <h2>{words.journal}</h2>
      <p class="small">{words.journalAbout}</p>
      <label>
        <span>{words.by}</span>
        <select onChange={(event) => setBy(event.currentTarget.value === "booked" ? "booked" : "business")}>
          <option value="business" selected={by() === "business"}>{words.byBusiness}</option>
          <option value="booked" selected={by() === "booked"}>{words.byBooked}</option>
        </select>
      </label>
      <p class="buttons">
        <For each={FORMATS}>{([format, name]) => <a class="button" href={journalAddress(props.filters, format, by())} download="" rel="external">{name}</a>}</For>
      </p>
    </section>
  );
}
