/** The tables of a report: sums and tie-out of each currency, every day in a row, and what was posted later. */
import { For, Show, type JSX } from "solid-js";
import type { ReportDay, ReportPosted, ReportTotals, ReportView } from "../../../../src/features/reports/contract";
import { plainDate, shortDate } from "../../ui/dates";
import { amount, count, exactAmount } from "../../ui/format";
import { stateWords } from "../../words";
import { StateMark } from "../days/table";
import { reportWords as words } from "./words";

/** One currency: whether it ties, then what it adds up to. */
export function Totals(props: { totals: ReportTotals }): JSX.Element {
  const { totals } = props;
  return (
    <section class="report-totals">
      <Tie tieOut={totals.tieOut} currency={totals.currency} />
      <div class="report-columns">
        <Summary totals={totals} />
        <Sums title={words.categories} heads={[words.sold, words.returned]} rows={totals.categories} currency={totals.currency} />
        <Sums title={words.tenders} heads={[words.taken, words.givenBack]} rows={totals.tenders} currency={totals.currency} />
        <Sums title={words.taxes} heads={[words.collected, words.refunded]} rows={totals.taxes} currency={totals.currency} />
      </div>
    </section>
  );
}

function Tie(props: { tieOut: ReportTotals["tieOut"]; currency: string }): JSX.Element {
  const isPosted = () => props.tieOut.postedDays > 0;
  const verdict = () => {
    const { ties, postedDays } = props.tieOut;
    if (!isPosted()) return words.nothingPosted;
    return ties ? words.ties(postedDays) : words.differs(postedDays);
  };
  return (
    <>
      <div class="tie of-two" data-tone={isPosted() && props.tieOut.ties ? "ties" : "held"}>
        <div><small>{words.till}</small><b>{exactAmount(props.tieOut.tillMinor, props.currency)}</b></div>
        <span class="sign"><span aria-hidden="true">{props.tieOut.ties ? "=" : "≠"}</span><span class="unseen">{props.tieOut.ties ? words.equal : words.unequal}</span></span>
        <div><small>{words.books}</small><b>{exactAmount(props.tieOut.booksMinor, props.currency)}</b></div>
        <p class="verdict"><span aria-hidden="true">{isPosted() && props.tieOut.ties ? "✓ " : "◐ "}</span>{verdict()}</p>
      </div>
      <Show when={props.tieOut.notPostedMinor !== 0}><p class="small note-line">{words.waiting(`${exactAmount(props.tieOut.notPostedMinor, props.currency)} ${props.currency}`)}</p></Show>
    </>
  );
}

function Summary(props: { totals: ReportTotals }): JSX.Element {
  return (
    <section>
      <h2>{words.summary}</h2>
      <table class="ledger">
        <thead><tr><th scope="col">{count(props.totals.days, "day")}</th><th scope="col" class="n">{props.totals.currency}</th></tr></thead>
        <For each={groupsOf(props.totals.summary)}>
          {(group) => (
            <>
              <tbody><For each={group.lines}>{(line) => <tr><th scope="row">{line.label}</th><td class="n">{amount(line.minor, props.totals.currency)}</td></tr>}</For></tbody>
              <tbody class="sum"><tr><th scope="row">{group.total.label}</th><td class="n">{exactAmount(group.total.minor, props.totals.currency)}</td></tr></tbody>
            </>
          )}
        </For>
      </table>
    </section>
  );
}

type Line = ReportTotals["summary"][number];

/** Lines up to each total, with that total: a rule stands above it. */
function groupsOf(summary: readonly Line[]): { readonly lines: readonly Line[]; readonly total: Line }[] {
  const groups: { lines: Line[]; total: Line }[] = [];
  let lines: Line[] = [];
  for (const line of summary) {
    if (!line.isTotal) lines.push(line);
    else groups.push({ lines: lines.splice(0), total: line });
  }
  return groups;
}

type SumsProps = { title: string; heads: readonly [string, string]; rows: ReportTotals["taxes"]; currency: string };

function Sums(props: SumsProps): JSX.Element {
  const sum = (pick: (row: ReportTotals["taxes"][number]) => number) => exactAmount(props.rows.reduce((all, row) => all + pick(row), 0), props.currency);
  return (
    <Show when={props.rows.length > 0}>
      <section>
        <h2>{props.title}</h2>
        <table class="ledger">
          <thead><tr><th scope="col">{props.currency}</th><th scope="col" class="n">{props.heads[0]}</th><th scope="col" class="n">{props.heads[1]}</th><th scope="col" class="n">{words.net}</th></tr></thead>
          <tbody>
            <For each={props.rows}>
              {(row) => <tr><th scope="row">{row.label}</th><td class="n">{amount(row.inMinor, props.currency)}</td><td class="n">{amount(row.outMinor, props.currency)}</td><td class="n">{amount(row.netMinor, props.currency)}</td></tr>}
            </For>
          </tbody>
          <tfoot><tr><th scope="row">{words.total}</th><td class="n">{sum((row) => row.inMinor)}</td><td class="n">{sum((row) => row.outMinor)}</td><td class="n">{sum((row) => row.netMinor)}</td></tr></tfoot>
        </table>
      </section>
    </Show>
  );
}

/** What Daybook posted for the range, as a trial balance shows it. */
export function Posted(props: { posted: ReportPosted }): JSX.Element {
  const shown = (minor: number) => (minor === 0 ? "" : amount(minor, props.posted.currency));
  return (
    <section class="report-days">
      <h2>{words.posted}</h2>
      <p>{words.postedAbout}</p>
      <table class="ledger entry">
        <thead><tr><th scope="col">{words.account}, {props.posted.currency}</th><th scope="col" class="n">{words.debit}</th><th scope="col" class="n">{words.credit}</th></tr></thead>
        <tbody><For each={props.posted.accounts}>{(one) => <tr><th scope="row">{one.account}</th><td class="n">{shown(one.debitMinor)}</td><td class="n">{shown(one.creditMinor)}</td></tr>}</For></tbody>
        <tfoot><tr><th scope="row">{words.total}</th><td class="n">{exactAmount(props.posted.debitMinor, props.posted.currency)}</td><td class="n">{exactAmount(props.posted.creditMinor, props.posted.currency)}</td></tr></tfoot>
      </table>
    </section>
  );
}

/** Every day that should be there, the missing ones too. */
export function Days(props: { view: ReportView }): JSX.Element {
  return (
    <section class="report-days">
      <h2>{words.days}</h2>
      <p class="small">{props.view.states.map(({ state, days }) => `${days} ${stateWords[state].word.toLowerCase()}`).join(" · ")}</p>
      <table class="ledger days-report">
        <caption class="unseen">{words.days}</caption>
        <thead><tr><th scope="col">{words.date}</th><th scope="col">{words.location}</th><th scope="col">{words.state}</th><th scope="col" class="n">{words.netSales}</th><th scope="col" class="n">{words.tax}</th><th scope="col" class="n">{words.till}</th><th scope="col" class="n">{words.books}</th><th scope="col" class="n">{words.tie}</th></tr></thead>
        <tbody><For each={props.view.days}>{(day) => <DayRow day={day} />}</For></tbody>
      </table>
    </section>
  );
}

function DayRow(props: { day: ReportDay }): JSX.Element {
  const shown = (minor: number | null | undefined) => (minor === null || minor === undefined ? "" : amount(minor, props.day.currency));
  return (
    <tr>
      <th scope="row"><a href={`/days/${props.day.locationId}/${props.day.date}`}>{shortDate(props.day.date)}</a></th>
      <td>{props.day.locationName}</td>
      <td><StateMark state={props.day.state} /></td>
      <td class="n" data-label={words.netSales}>{shown(props.day.figures?.netMinor)}</td>
      <td class="n" data-label={words.tax}>{shown(props.day.figures?.taxMinor)}</td>
      <td class="n" data-label={words.till}>{shown(props.day.tillMinor)}</td>
      <td class="n" data-label={words.books}>{shown(props.day.booksMinor)}</td>
      <td class="n" data-label={words.tie}><Verdict ties={props.day.ties} /></td>
    </tr>
  );
}

function Verdict(props: { ties: boolean | null }): JSX.Element {
  return (
    <Show when={props.ties !== null}>
      <span class="mark" data-tone={props.ties ? "ties" : "held"}><span aria-hidden="true">{props.ties ? "✓" : "◐"}</span> {props.ties ? words.yes : words.no}</span>
    </Show>
  );
}

/** Corrections and reversals, with their reasons. */
export function Changes(props: { view: ReportView }): JSX.Element {
  return (
    <section class="report-days">
      <h2>{words.changes}</h2>
      <table class="ledger days-report">
        <thead><tr><th scope="col">{words.date}</th><th scope="col">{words.number}</th><th scope="col">{words.why}</th><th scope="col">{words.booked}</th><th scope="col" class="n">{words.amount}</th></tr></thead>
        <tbody>
          <For each={props.view.changes}>
            {(change) => (
              <tr>
                <th scope="row"><a href={`/days/${change.locationId}/${change.date}`}>{shortDate(change.date)}</a><small>{change.locationName}</small></th>
                <td>{change.documentNumber}</td>
                <td>{change.cause === "" ? words.noCause : change.cause}</td>
                <td>{plainDate(change.bookedOn)}</td>
                <td class="n" data-label={words.amount}>{exactAmount(change.totalMinor, change.currency)} {change.currency}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}
