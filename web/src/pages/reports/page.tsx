/** Reports: a day, a month or any range of at most a year, of one location or all; on the screen, on paper, in files. */
import { useLocation } from "@solidjs/router";
import { createMemo, For, Show, type Accessor, type JSX } from "solid-js";
import type { ReportView } from "../../../../src/features/reports/contract";
import type { BusinessDate } from "../../../../src/kernel/day";
import { reportsApi } from "../../reports-api";
import { dateIn } from "../../ui/dates";
import { Icon } from "../../ui/icon";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Permitted } from "../../ui/states";
import { fileAddress, queryOf, readReportFilters, type ReportFilters } from "./filters";
import { Journal, LocationChoice, RangeChoice } from "./parts";
import { Changes, Days, Posted, Totals } from "./tables";
import { reportWords as words } from "./words";

/** /reports?from=&to=&at= */
export default function ReportsPage(): JSX.Element {
  return <Permitted permission="days.read"><Reports /></Permitted>;
}

function Reports(): JSX.Element {
  const shop = useShop();
  const at = useLocation();
  const today = dateIn(shop.view().zone, Date.now()) as BusinessDate;
  const filters = createMemo(() => readReportFilters(at.query, today));
  const live = createLive({ key: () => `report ${JSON.stringify(filters())}`, ask: () => reportsApi.report(queryOf(filters())) });
  return (
    <Page
      title={words.title}
      about={words.about(filters().from, filters().to)}
      actions={
        <>
          <a class="button" href={fileAddress(filters(), "pdf")} download="" rel="external">{words.pdf}</a>
          <a class="button" href={fileAddress(filters(), "csv")} download="" rel="external">{words.csv}</a>
          <button type="button" class="button" onClick={() => window.print()}><Icon name="print" />{words.printPage}</button>
        </>
      }
    >
      <p class="print-only">{words.print(shop.view().name, words.about(filters().from, filters().to), live.value()?.location?.name ?? words.all)}</p>
      <RangeChoice filters={filters()} today={today} />
      <Loaded live={live} skeleton={<Bars count={12} />}>
        {(view) => <Shown view={view} filters={filters()} />}
      </Loaded>
      <Journal filters={filters()} />
    </Page>
  );
}

function Shown(props: { view: Accessor<ReportView>; filters: ReportFilters }): JSX.Element {
  return (
    <>
      <LocationChoice filters={props.filters} locations={props.view().locations} />
      <Show when={props.view().totals.length > 0} fallback={<Nothing />}>
        <For each={props.view().totals}>{(totals) => <Totals totals={totals} />}</For>
      </Show>
      <For each={props.view().posted}>{(posted) => <Posted posted={posted} />}</For>
      <Show when={props.view().days.length > 0}><Days view={props.view()} /></Show>
      <Show when={props.view().changes.length > 0}><Changes view={props.view()} /></Show>
    </>
  );
}

function Nothing(): JSX.Element {
  return <div class="notice"><h2>{words.emptyTitle}</h2><p>{words.emptyText}</p><p><a class="button" href="/days?backfill=new">{words.emptyLink}</a></p></div>;
}
