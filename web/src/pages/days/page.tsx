/** The days of a month: what is in the books, what is not, and what needs a person. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, lazy, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { DaysView } from "../../../../src/features/days/contract";
import { shopApi } from "../../api";
import { cutOffWords, monthName } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted } from "../../ui/states";
import { BackfillProgress } from "./backfill-progress";
import { Calendar } from "./calendar";
import { createDaysController, type DaysController } from "./controller";
import { Chips, MonthChoice, TallyLine } from "./parts";
import { tallyOf } from "./summary";
import { DaysTable } from "./table";
import { daysWords as words } from "./words";

const BackfillDialog = lazy(() => import("./backfill-dialog"));

/** /days */
export default function DaysPage(): JSX.Element {
  return <Permitted permission="days.read"><Days /></Permitted>;
}

function Days(): JSX.Element {
  const shop = useShop();
  const at = useLocation();
  const navigate = useNavigate();
  const backfills = createLive({ key: () => "backfills", ask: shopApi.backfills, pollWhile: (view) => view.backfills.some((one) => !one.isFinished) });
  const days = createDaysController(() => backfills.value()?.backfills.some((one) => !one.isFinished) === true);
  const [isAsking, setAsking] = createSignal(at.query["backfill"] === "new");
  const close = () => {
    setAsking(false);
    if (at.query["backfill"] !== undefined) navigate(days.address({}), { replace: true });
  };
  return (
    <Page
      title={monthName(days.filters().month)}
      about={<About view={days.days.value()} location={days.filters().location} />}
      beside={<MonthChoice days={days} />}
      actions={
        <>
          <a class="button" href={days.reportAddress()}>{words.report}</a>
          <a class="button bar-only" href="/payouts">{words.payouts}</a>
          <Act permission="days.work" onPress={() => setAsking(true)}>{words.backfill}</Act>
          <FixLink needsWork={shop.overview.value()?.needsWork ?? []} />
        </>
      }
    >
      <BackfillProgress live={backfills} locations={days.days.value()?.locations ?? []} />
      <Loaded live={days.days} skeleton={<><Bars count={2} /><div class="calendar-bars" /></>}>
        {(view) => <Month days={days} view={view} />}
      </Loaded>
      <Suspense>
        <Show when={isAsking() && days.days.value()}>
          {(view) => <BackfillDialog view={view()} today={days.today} onClose={close} onStarted={() => void backfills.reload()} />}
        </Show>
      </Suspense>
    </Page>
  );
}

function Month(props: { days: DaysController; view: Accessor<DaysView> }): JSX.Element {
  const filters = () => props.days.filters();
  const shown = createMemo(() => props.days.cells().filter((cell) => filters().state === null || tallyOf(cell.state) === filters().state));
  const label = () => `${monthName(filters().month)}, ${nameOf(props.view(), filters().location)}`;
  return (
    <Show when={props.view().locations.length > 0} fallback={<NoLocations />}>
      <Chips days={props.days} view={props.view()} />
      <TallyLine days={props.days} />
      <Show
        when={filters().view === "table"}
        fallback={<Calendar month={filters().month} today={props.days.today} currency={props.days.currency()} cells={props.days.cells()} label={label()} onMonth={(month) => props.days.go({ month }, { replace: true })} />}
      >
        <Show when={shown().length > 0} fallback={<NothingShown days={props.days} />}>
          <DaysTable cells={shown()} locations={props.view().locations} currency={props.days.currency()} label={label()} />
        </Show>
      </Show>
    </Show>
  );
}

function About(props: { view: DaysView | undefined; location: string | null }): JSX.Element {
  const one = () => {
    const locations = props.view?.locations ?? [];
    return locations.length === 1 ? locations[0] : locations.find((location) => location.id === props.location);
  };
  return (
    <Show when={one()} fallback={props.view === undefined ? "\u00a0" : props.view.locations.map((location) => location.name).join(" · ")}>
      {(location) => <>{`${location().name} · ${words.closes(cutOffWords(location().cutOffMinutes), location().zone)}`}</>}
    </Show>
  );
}

/** The one primary act of the page: the newest day that waits for a person. */
function FixLink(props: { needsWork: DaysView["needsWork"] }): JSX.Element {
  return (
    <Show when={props.needsWork[0]}>
      {(first) => <a class="button primary" href={`/days/${first().locationId}/${first().date}`}>{words.fix(props.needsWork.length)}</a>}
    </Show>
  );
}

function NoLocations(): JSX.Element {
  return <div class="notice"><h2>{words.noneTitle}</h2><p>{words.noneText}</p><p><a class="button primary" href="/set-up">{words.noneLink}</a></p></div>;
}

function NothingShown(props: { days: DaysController }): JSX.Element {
  return (
    <Show when={props.days.filters().state !== null} fallback={<p class="nothing">{words.noneInMonth}</p>}>
      <p class="nothing">{words.noneInFilter} <a href={props.days.address({ state: null })}>{words.showAll}</a></p>
    </Show>
  );
}

function nameOf(view: DaysView, location: string | null): string {
  return view.locations.find((one) => one.id === location)?.name ?? words.all;
}
