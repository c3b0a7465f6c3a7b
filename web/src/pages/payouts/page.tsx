/** The payouts of a month: what arrived, what was kept, and whether the books say the same. */
import { For, Show, type Accessor, type JSX } from "solid-js";
import type { PayoutRowView, PayoutsView } from "../../../../src/features/payouts/contract";
import { reportsApi } from "../../reports-api";
import { monthName, shortDate } from "../../ui/dates";
import { amount, exactAmount } from "../../ui/format";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { firstOf, lastOf } from "../days/month";
import { createMonth, MonthSteps, Told, Ways } from "./frame";
import { PayoutMark } from "./mark";
import { payoutsWords as words } from "./words";

/** /payouts */
export default function PayoutsPage(): JSX.Element {
  return <Permitted permission="days.read"><Payouts /></Permitted>;
}

function Payouts(): JSX.Element {
  const month = createMonth("/payouts");
  const live = createLive({
    key: () => `payouts ${month.month()}`,
    ask: () => reportsApi.payouts(firstOf(month.month()), lastOf(month.month())),
    pollWhile: (view) => view.payouts.some(({ state }) => state === "posting" || state === "uncertain"),
  });
  const toldBy = () => live.value()?.toldBy;
  return (
    <Page title={`${words.title}, ${monthName(month.month())}`} about={<Show when={toldBy()} fallback={"\u00a0"}>{(till) => words.about(till())}</Show>} beside={<MonthSteps month={month} />}>
      <Ways here="list" month={month} />
      <Loaded live={live} skeleton={<Bars count={8} />}>
        {(view) => <Told view={view()}><Month view={view} /></Told>}
      </Loaded>
    </Page>
  );
}

function Month(props: { view: Accessor<PayoutsView> }): JSX.Element {
  const elsewhere = () => props.view().needsWork.filter(({ id }) => props.view().payouts.every((row) => row.id !== id));
  return (
    <>
      <Show when={elsewhere().length > 0}>
        <section class="notice" data-tone="held"><h2>{words.needsWork(elsewhere().length)}</h2><Table rows={elsewhere()} locations={props.view().locations} hasNoSum /></section>
      </Show>
      <Show when={props.view().payouts.length > 0} fallback={<p class="nothing">{words.noneInMonth}</p>}>
        <Table rows={props.view().payouts} locations={props.view().locations} />
      </Show>
    </>
  );
}

/** Latest first, with the sums of the one currency; of several none, for they cannot be added up. */
function Table(props: { rows: readonly PayoutRowView[]; locations: PayoutsView["locations"]; hasNoSum?: boolean }): JSX.Element {
  const nameOf = (id: string) => props.locations.find((location) => location.id === id)?.name ?? "";
  const currency = () => {
    const all = [...new Set(props.rows.map((row) => row.currency))];
    return all.length === 1 && props.hasNoSum !== true ? all[0] : undefined;
  };
  const sum = (pick: (row: PayoutRowView) => number) => props.rows.reduce((total, row) => total + pick(row), 0);
  return (
    <table class="ledger days-table payouts-table">
      <caption class="unseen">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.arrives}</th><th scope="col">{words.location}</th><th scope="col">{words.state}</th><th scope="col">{words.note}</th>
          <th scope="col" class="n wide-only">{words.gross}</th><th scope="col" class="n wide-only">{words.kept}</th><th scope="col" class="n">{words.net}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr>
              <th scope="row"><a href={`/payouts/${row.id}`}>{shortDate(row.arrivalDate)}</a></th>
              <td>{nameOf(row.locationId)}</td>
              <td><PayoutMark row={row} /></td>
              <td class="note">{row.headline ?? (row.hasFailed ? words.failed : "")}</td>
              <td class="n wide-only">{amount(row.grossMinor, row.currency)}</td>
              <td class="n wide-only">{amount(row.keptMinor, row.currency)}</td>
              <td class="n">{exactAmount(row.netMinor, row.currency)}</td>
            </tr>
          )}
        </For>
      </tbody>
      <Show when={currency()}>
        {(one) => (
          <tfoot>
            <tr>
              <th scope="row" colspan="4">{one()}</th><td class="n wide-only">{exactAmount(sum((row) => row.grossMinor), one())}</td>
              <td class="n wide-only">{exactAmount(sum((row) => row.keptMinor), one())}</td><td class="n">{exactAmount(sum((row) => row.netMinor), one())}</td>
            </tr>
          </tfoot>
        )}
      </Show>
    </table>
  );
}
