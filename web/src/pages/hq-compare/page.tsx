/** What every shop sold over a range of dates, side by side. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import type { ComparisonRow, ComparisonView } from "../../../../src/features/headquarters/contract";
import { addDays, parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";
import { hqApi } from "../../hq-api";
import { plainDate } from "../../ui/dates";
import { amount, count, exactAmount } from "../../ui/format";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded } from "../../ui/states";
import { gridWords } from "../hq-grid/words";

const words = {
  title: "Compare shops",
  about: (from: string, to: string) => `${plainDate(from)} to ${plainDate(to)}, as the tills stated it.`,
  from: "From", to: "To", show: "Show",
  backwards: "The first day comes after the last.", tooMany: "Choose at most 92 days.", noDate: "Enter a date.",
  shop: "Shop", gross: "Gross sales", net: "Net sales", tax: "Tax", tips: "Tips", open: "Days open", booked: "In the books",
  all: "All shops", caption: "Sums of every shop", none: "No shop belongs here yet.",
  days: (booked: number, read: number) => `${booked} of ${read}`,
} as const;

const MOST_DAYS = 92;

/** Why a range is none, or null. */
export function problemOfRange(from: BusinessDate | null, to: BusinessDate | null): string | null {
  if (from === null || to === null) return words.noDate;
  if (from > to) return words.backwards;
  return addDays(from, MOST_DAYS - 1) < to ? words.tooMany : null;
}

/** /compare?from=&to= */
export default function HqComparePage(): JSX.Element {
  const at = useLocation();
  const today = new Date().toISOString().slice(0, 10) as BusinessDate;
  const range = createMemo(() => {
    const [from, to] = [at.query["from"], at.query["to"]].map((text) => parseBusinessDate(typeof text === "string" ? text : ""));
    const isGood = from !== undefined && to !== undefined && problemOfRange(from, to) === null;
    return isGood && from !== null && to !== null ? { from, to } : { from: addDays(today, -30), to: today };
  });
  const live = createLive({ key: () => `compare ${range().from} ${range().to}`, ask: () => hqApi.comparison(range().from, range().to) });
  return (
    <Page title={words.title} about={words.about(range().from, range().to)}>
      <Range from={range().from} to={range().to} />
      <Loaded live={live} skeleton={<Bars count={10} />}>
        {(view) => <Show when={view().rows.length > 0} fallback={<p class="nothing">{words.none}</p>}><Table view={view()} /></Show>}
      </Loaded>
    </Page>
  );
}

function Range(props: { from: string; to: string }): JSX.Element {
  const navigate = useNavigate();
  const [problem, setProblem] = createSignal<string | null>(null);
  let [first, last]: [HTMLInputElement | undefined, HTMLInputElement | undefined] = [undefined, undefined];
  const show = (event: SubmitEvent) => {
    event.preventDefault();
    const [from, to] = [parseBusinessDate(first?.value ?? ""), parseBusinessDate(last?.value ?? "")];
    const found = problemOfRange(from, to);
    setProblem(found);
    if (found === null) navigate(`/compare?${new URLSearchParams({ from: from ?? "", to: to ?? "" }).toString()}`, { scroll: false });
    else first?.focus();
  };
  const wrong = () => (problem() === null ? undefined : "true" as const);
  return (
    <form class="range" onSubmit={show} novalidate>
      <label>{words.from}<input type="date" ref={(made) => (first = made)} value={props.from} aria-invalid={wrong()} aria-describedby="range-problem" /></label>
      <label>{words.to}<input type="date" ref={(made) => (last = made)} value={props.to} aria-invalid={wrong()} aria-describedby="range-problem" /></label>
      <button type="submit" class="button">{words.show}</button>
      <p id="range-problem" class="wrong" role="alert">{problem() ?? ""}</p>
    </form>
  );
}

const FIGURES = ["grossMinor", "netMinor", "taxMinor", "tipsMinor"] as const;
const LABELS = { grossMinor: words.gross, netMinor: words.net, taxMinor: words.tax, tipsMinor: words.tips } as const;

function Table(props: { view: ComparisonView }): JSX.Element {
  const rows = () => props.view.rows.toSorted((one, other) => other.grossMinor - one.grossMinor);
  /** Sums mean something only where all count in one currency. */
  const currency = () => {
    const all = new Set(props.view.rows.map((row) => row.currency));
    return all.size === 1 ? [...all][0] : undefined;
  };
  return (
    <table class="ledger compare">
      <caption class="unseen">{words.caption}</caption>
      <thead><tr><th scope="col">{words.shop}</th><For each={FIGURES}>{(figure) => <th scope="col" class="n">{LABELS[figure]}</th>}</For><th scope="col" class="n">{words.open}</th><th scope="col" class="n">{words.booked}</th></tr></thead>
      <tbody><For each={rows()}>{(row) => <Row row={row} />}</For></tbody>
      <Show when={currency()}>
        {(currency) => (
          <tfoot>
            <tr>
              <th scope="row">{words.all}, {currency()}</th>
              <For each={FIGURES}>{(figure) => <td class="n" data-label={LABELS[figure]}>{exactAmount(props.view.rows.reduce((sum, row) => sum + row[figure], 0), currency())}</td>}</For>
              <td class="n" /><td class="n" />
            </tr>
          </tfoot>
        )}
      </Show>
    </table>
  );
}

function Row(props: { row: ComparisonRow }): JSX.Element {
  return (
    <tr>
      <th scope="row">{props.row.shop.name}<small>{props.row.problem === null ? props.row.currency : gridWords.problems[props.row.problem]}</small></th>
      <For each={FIGURES}>{(figure) => <td class="n" data-label={LABELS[figure]}>{props.row.problem === null ? amount(props.row[figure], props.row.currency) : ""}</td>}</For>
      <td class="n" data-label={words.open}>{props.row.problem === null ? count(props.row.daysOpen, "day") : ""}</td>
      <td class="n" data-label={words.booked}>{props.row.problem === null ? words.days(props.row.booked, props.row.read) : ""}</td>
    </tr>
  );
}
