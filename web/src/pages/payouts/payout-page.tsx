/** One payout: what it consists of, what it settles, and the entry it became. */
import { useParams } from "@solidjs/router";
import { createMemo, For, Show, type JSX } from "solid-js";
import type { PayoutView } from "../../../../src/features/payouts/contract";
import { longDate, momentIn, plainDate, shortDate } from "../../ui/dates";
import { exactAmount } from "../../ui/format";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { BooksLink, EntryTable } from "../day/entry";
import NotFound from "../not-found";
import { createPayoutController } from "./controller";
import { PayoutExplanation } from "./explanation";
import { PayoutMark } from "./mark";
import { entryKindWords, payoutsWords, payoutWords as words } from "./words";

/** /payouts/:payout */
export default function PayoutPage(): JSX.Element {
  const params = useParams();
  // An id that is none asks the server nothing: what stands in an address may have been put there by anyone.
  const id = createMemo(() => (/^[a-z2-7]{26}$/.test(params["payout"] ?? "") ? params["payout"] : undefined));
  return <Permitted permission="days.read"><Show when={id()} fallback={<NotFound />}>{(id) => <Payout id={id()} />}</Show></Permitted>;
}

function Payout(props: { id: string }): JSX.Element {
  const control = createPayoutController(() => props.id);
  const view = () => control.payout.value();
  return (
    <Page
      title={view() === undefined ? payoutsWords.title : words.title(longDate(view()?.row.arrivalDate ?? ""))}
      about={<Show when={view()} fallback={"\u00a0"}>{(one) => <>{words.about(one().processorName, one().locationName)} · <span role="status"><PayoutMark row={one().row} /></span></>}</Show>}
      actions={<a class="button screen-only" href="/payouts">{words.all}</a>}
    >
      <Loaded live={control.payout} skeleton={<><Bars count={1} tall /><Bars count={8} /></>}>
        {(one) => (
          <>
            <PayoutExplanation view={one()} control={control} />
            <div class="columns" classList={{ single: one().proposal === null && one().entries.length === 0 }}>
              <div class="stack"><Parts view={one()} /><Settles view={one()} /><Happened view={one()} /></div>
              <Show when={one().proposal !== null || one().entries.length > 0}><div class="stack"><PayoutEntries view={one()} /></div></Show>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

type Rows = readonly { readonly label: JSX.Element; readonly minor: number }[];

function Amounts(props: { title: string; about?: string; first: string; rows: Rows; sum: string; sumMinor: number; currency: string }): JSX.Element {
  return (
    <section>
      <h2>{props.title}</h2>
      <Show when={props.about}><p class="small">{props.about}</p></Show>
      <table class="ledger">
        <thead><tr><th scope="col">{props.first}</th><th scope="col" class="n">{words.amount}</th></tr></thead>
        <tbody><For each={props.rows}>{(row) => <tr><th scope="row">{row.label}</th><td class="n">{exactAmount(row.minor, props.currency)}</td></tr>}</For></tbody>
        <tfoot><tr><th scope="row">{props.sum}, {props.currency}</th><td class="n">{exactAmount(props.sumMinor, props.currency)}</td></tr></tfoot>
      </table>
    </section>
  );
}

function Parts(props: { view: PayoutView }): JSX.Element {
  return <Amounts title={words.parts} first={words.part} rows={props.view.parts} sum={words.net} sumMinor={props.view.row.netMinor} currency={props.view.row.currency} />;
}

function Settles(props: { view: PayoutView }): JSX.Element {
  const rows = () => props.view.settles.map(({ date, minor }) => ({ label: <a href={`/days/${props.view.row.locationId}/${date}`}>{shortDate(date)}</a>, minor }));
  return (
    <Show when={props.view.settles.length > 0}>
      <Amounts title={words.settles} about={words.settlesAbout} first={words.day} rows={rows()} sum={payoutsWords.gross} sumMinor={props.view.row.grossMinor} currency={props.view.row.currency} />
    </Show>
  );
}

function Happened(props: { view: PayoutView }): JSX.Element {
  const shop = useShop();
  return (
    <Show when={props.view.attempts.length > 0}>
      <section>
        <h2>{words.happened}</h2>
        <ol class="steps payout-steps"><For each={props.view.attempts}>{(attempt) => <li><time>{momentIn(shop.view().zone, attempt.at)}</time><span>{attempt.text}</span></li>}</For></ol>
      </section>
    </Show>
  );
}

/** What would be posted, then all that was, newest first. */
function PayoutEntries(props: { view: PayoutView }): JSX.Element {
  const currency = () => props.view.row.currency;
  return (
    <>
      <Show when={props.view.proposal}>
        {(proposal) => (
          <section class="card">
            <h2>{words.proposal}</h2>
            <EntryTable lines={proposal().lines} totalMinor={proposal().totalMinor} currency={currency()} caption={words.proposal} />
            <p class="small note-line">{words.bookedOn(plainDate(proposal().bookedOn))}</p>
          </section>
        )}
      </Show>
      <For each={props.view.entries.toReversed()}>
        {(entry) => (
          <section class="card">
            <h2>{entryKindWords[entry.kind]} <span class="number">{entry.documentNumber}</span></h2>
            <EntryTable lines={entry.lines} totalMinor={entry.totalMinor} currency={currency()} caption={entry.documentNumber} />
            <p class="small note-line">
              {entry.cause === "" ? words.bookedOn(plainDate(entry.bookedOn)) : words.because(entry.cause, plainDate(entry.bookedOn))}
              <Show when={entry.booksUrl}>{(url) => <> · <BooksLink url={url()} text={words.open(props.view.booksName ?? "")} /></>}</Show>
            </p>
          </section>
        )}
      </For>
    </>
  );
}
