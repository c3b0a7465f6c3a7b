/** A journal entry as a bookkeeper writes it: debits first, credits set in, equal sums under the double rule. */
import { For, Show, type JSX } from "solid-js";
import type { DayView } from "../../../../src/features/days/contract";
import type { BusinessDate } from "../../../../src/kernel/day";
import { longDate, momentIn } from "../../ui/dates";
import { exactAmount } from "../../ui/format";
import { dayWords as words } from "./words";

type Posted = DayView["entries"][number];
type Line = Posted["lines"][number];

/** All that was posted, then what would be. */
export function Entries(props: { day: DayView }): JSX.Element {
  return (
    <>
      <Show when={props.day.proposal}>
        {(proposal) => (
          <section class="card">
            <h2>{words.proposals[proposal().kind]}</h2>
            <EntryTable lines={proposal().lines} totalMinor={proposal().totalMinor} currency={props.day.tieOut.currency} caption={words.proposals[proposal().kind]} />
            <Why cause={proposal().cause} bookedOn={proposal().bookedOn} date={props.day.date} replaces={proposal().replaces} />
          </section>
        )}
      </Show>
      <For each={props.day.entries.toReversed()}>
        {(entry) => (
          <section class="card">
            <h2>{entry.wasSent ? words.posted[entry.kind] : words.onRecord} <span class="number">{entry.documentNumber}</span></h2>
            <EntryTable lines={entry.lines} totalMinor={entry.totalMinor} currency={entry.currency} caption={entry.documentNumber} />
            <Why cause={entry.cause} bookedOn={entry.bookedOn} date={props.day.date} replaces={false} />
            <PostedNote entry={entry} day={props.day} />
          </section>
        )}
      </For>
    </>
  );
}

/** Why an entry was posted after the first one, and on which date where that is another. */
function Why(props: { cause: string; bookedOn: string; date: string; replaces: boolean }): JSX.Element {
  const sentences = () => [
    props.cause === "" ? null : `${props.cause}.`,
    props.bookedOn === props.date ? null : words.bookedOn(longDate(props.bookedOn as BusinessDate)),
    props.replaces ? words.replaces : null,
  ].filter((sentence) => sentence !== null);
  return <Show when={sentences().length > 0}><p class="small note-line">{sentences().join(" ")}</p></Show>;
}

function PostedNote(props: { entry: Posted; day: DayView }): JSX.Element {
  return (
    <p class="small note-line">
      {words.version(props.entry.mappingVersion)} · {(props.entry.wasSent ? words.postedBy : words.recordedFor)(props.entry.postedBy, momentIn(props.day.zone, props.entry.postedAt))}
      <Show when={props.entry.booksUrl}>{(url) => <> · <BooksLink url={url()} text={words.open(props.day.booksName ?? words.books)} /></>}</Show>
    </p>
  );
}

/** A link that leaves Daybook, and says so. */
export function BooksLink(props: { url: string; text: string; class?: string }): JSX.Element {
  return <a class={props.class} href={props.url} target="_blank" rel="noopener noreferrer">{props.text}<span aria-hidden="true"> ↗</span><span class="unseen"> ({words.newTab})</span></a>;
}

/** The lines of an entry under its two columns. */
export function EntryTable(props: { lines: readonly Line[]; totalMinor: number; currency: string; caption: string }): JSX.Element {
  const sided = (side: Line["side"]) => props.lines.filter((line) => line.side === side);
  return (
    <table class="ledger entry">
      <caption class="unseen">{props.caption}</caption>
      <thead><tr><th scope="col">{words.account}</th><th scope="col" class="n">{words.debit}</th><th scope="col" class="n">{words.credit}</th></tr></thead>
      <tbody>
        <For each={sided("debit")}>{(line) => <tr><EntryAccount line={line} /><td class="n">{exactAmount(line.minor, props.currency)}</td><td class="n" /></tr>}</For>
        <For each={sided("credit")}>{(line) => <tr><EntryAccount line={line} isCredit /><td class="n" /><td class="n">{exactAmount(line.minor, props.currency)}</td></tr>}</For>
      </tbody>
      <tfoot><tr><th scope="row">{props.currency}</th><td class="n">{exactAmount(props.totalMinor, props.currency)}</td><td class="n">{exactAmount(props.totalMinor, props.currency)}</td></tr></tfoot>
    </table>
  );
}

/** The account, and under it what the line is where the account's name does not say so already. */
function EntryAccount(props: { line: Line; isCredit?: boolean }): JSX.Element {
  const isSaid = () => props.line.account.toLowerCase() === props.line.description.toLowerCase();
  return (
    <th scope="row" class={props.isCredit ? "credit" : undefined}>
      {props.line.account}
      <Show when={!isSaid()}><small>{props.line.description}</small></Show>
      <Show when={props.line.tags}>{(tags) => <small>{tags().join(" · ")}</small>}</Show>
    </th>
  );
}
