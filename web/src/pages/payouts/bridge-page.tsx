/** From takings to deposits, month by month and day by day, and what waits in the clearing account. */
import { For, Show, type JSX } from "solid-js";
import type { AgeingView, BridgesView, BridgeView } from "../../../../src/features/payouts/contract";
import { reportsApi } from "../../reports-api";
import { monthName, shortDate } from "../../ui/dates";
import { amount, exactAmount } from "../../ui/format";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { firstOf, lastOf } from "../days/month";
import { createMonth, MonthSteps, Told, Ways } from "./frame";
import { bridgeWords as words } from "./words";

/** /payouts/bridge */
export default function BridgePage(): JSX.Element {
  return <Permitted permission="days.read"><Bridges /></Permitted>;
}

function Bridges(): JSX.Element {
  const month = createMonth("/payouts/bridge");
  const live = createLive({ key: () => `bridge ${month.month()}`, ask: () => reportsApi.bridge(firstOf(month.month()), lastOf(month.month())) });
  return (
    <Page title={`${words.title}, ${monthName(month.month())}`} about={words.about} beside={<MonthSteps month={month} />}>
      <Ways here="bridge" month={month} />
      <Loaded live={live} skeleton={<><Bars count={8} /><Bars count={6} /></>}>
        {(view) => <Told view={view()}><All view={view()} /></Told>}
      </Loaded>
    </Page>
  );
}

function All(props: { view: BridgesView }): JSX.Element {
  return (
    <div class="stack wide">
      <For each={props.view.bridges} fallback={<p class="nothing">{words.none}</p>}>{(bridge) => <Bridge bridge={bridge} hasName={props.view.bridges.length > 1} />}</For>
      <For each={props.view.ageing}>{(ageing) => <Ageing ageing={ageing} />}</For>
      <Show when={props.view.clearing}>
        {(clearing) => <p>{words.clearing(clearing().account)} <b class="figure">{exactAmount(clearing().balanceMinor, clearing().currency)}</b> {clearing().currency}.</p>}
      </Show>
    </div>
  );
}

/** Each line as it is added; what was zero is left out but for the two ends and the difference. */
function stepsOf(bridge: BridgeView): { readonly first: readonly (readonly [string, number])[]; readonly second: readonly (readonly [string, number])[] } {
  const first = [
    [words.taken, bridge.takenMinor], [words.refunded, -bridge.refundedMinor], [words.otherDays, bridge.otherDaysMinor],
    [words.otherPayouts, -bridge.otherPayoutsMinor], [words.onItsWay, -bridge.onItsWayMinor], [words.unexplained, -bridge.unexplainedMinor],
  ] as const;
  const second = [
    [words.fees, -bridge.feesMinor], [words.chargebacks, -bridge.chargebacksMinor], [words.adjustments, -bridge.adjustmentsMinor],
    [words.withheld, -bridge.withheldMinor], [words.returned, -bridge.returnedMinor],
  ] as const;
  return { first: first.filter(([word, minor]) => minor !== 0 || word === words.taken), second: second.filter(([, minor]) => minor !== 0) };
}

function Bridge(props: { bridge: BridgeView; hasName: boolean }): JSX.Element {
  const steps = () => stepsOf(props.bridge);
  const figure = (minor: number) => exactAmount(minor, props.bridge.currency);
  const row = ([word, minor]: readonly [string, number]) => <tr><th scope="row">{word}</th><td class="n">{figure(minor)}</td></tr>;
  return (
    <section>
      <Show when={props.hasName}><h2>{props.bridge.name}</h2></Show>
      <div class="columns">
        <div class="stack">
          <table class="ledger bridge">
            <caption class="unseen">{words.title}, {props.bridge.name}</caption>
            <tbody>
              <For each={steps().first}>{row}</For>
              <tr class="sum"><th scope="row">{words.gross}</th><td class="n">{figure(props.bridge.grossSettledMinor)}</td></tr>
              <For each={steps().second}>{row}</For>
            </tbody>
            <tfoot><tr><th scope="row">{words.deposits}, {props.bridge.currency}</th><td class="n">{figure(props.bridge.depositsMinor)}</td></tr></tfoot>
          </table>
          <Unexplained bridge={props.bridge} />
        </div>
        <ByDay bridge={props.bridge} />
      </div>
    </section>
  );
}

function Unexplained(props: { bridge: BridgeView }): JSX.Element {
  return (
    <Show when={props.bridge.unexplained.length > 0} fallback={<p class="mark bridge-verdict" data-tone="ties"><span aria-hidden="true">✓</span> {words.ties}</p>}>
      <section class="notice" data-tone="held">
        <h2>{words.unexplainedTitle}</h2>
        <p>{words.unexplainedText}</p>
        <ul>
          <For each={props.bridge.unexplained}>
            {({ date, minor }) => <li><a href={`/days/${props.bridge.locationId}/${date}`}>{shortDate(date)}</a>: {exactAmount(minor, props.bridge.currency)} {props.bridge.currency}</li>}
          </For>
        </ul>
      </section>
    </Show>
  );
}

function ByDay(props: { bridge: BridgeView }): JSX.Element {
  const { currency } = props.bridge;
  return (
    <Show when={props.bridge.days.length > 0}>
      <section>
        <h2>{words.byDay}</h2>
        <table class="ledger bridge-days">
          <thead>
            <tr>
              <th scope="col">{words.date}</th><th scope="col" class="n">{words.takenShort}</th><th scope="col" class="n wide-only">{words.refundedShort}</th>
              <th scope="col" class="settled">{words.settledBy}</th><th scope="col" class="n">{words.open}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.bridge.days.toReversed()}>
              {(day) => (
                <tr>
                  <th scope="row"><a href={`/days/${props.bridge.locationId}/${day.date}`}>{shortDate(day.date)}</a></th>
                  <td class="n">{amount(day.takenMinor, currency)}</td>
                  <td class="n wide-only">{amount(day.refundedMinor, currency)}</td>
                  <td class="settled"><For each={day.settled}>{(one) => <a href={`/payouts/${one.payout}`}>{shortDate(one.arrivalDate)}</a>}</For></td>
                  <td class="n">{amount(day.openMinor, currency)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
    </Show>
  );
}

function Ageing(props: { ageing: AgeingView }): JSX.Element {
  const figure = (minor: number) => amount(minor, props.ageing.currency);
  return (
    <section>
      <h2>{words.ageing}</h2>
      <p class="small">{words.ageingAbout(props.ageing.processor)}</p>
      <table class="ledger ageing">
        <thead><tr><th scope="col">{words.age}</th><th scope="col" class="n">{props.ageing.currency}</th></tr></thead>
        <tbody>
          <For each={props.ageing.buckets}>{(bucket) => <tr><th scope="row">{bucket.age}</th><td class="n">{figure(bucket.minor)}</td></tr>}</For>
          <tr><th scope="row">{words.heldBack}</th><td class="n">{figure(props.ageing.withheldMinor)}</td></tr>
        </tbody>
        <tfoot><tr><th scope="row">{words.openSum}</th><td class="n">{exactAmount(props.ageing.openMinor + props.ageing.withheldMinor, props.ageing.currency)}</td></tr></tfoot>
      </table>
    </section>
  );
}
