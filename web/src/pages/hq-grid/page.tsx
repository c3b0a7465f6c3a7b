/** Every shop's last 31 days, what needs most work first. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import type { GridRow, GridView, Need } from "../../../../src/features/headquarters/contract";
import { hqApi } from "../../hq-api";
import { NEEDS, needWords } from "../../hq-words";
import { HqAct, useHq } from "../../ui/hq";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded } from "../../ui/states";
import { BulkDialog, type BulkAct } from "./bulk-dialog";
import { filterRows, gridQuery, readGridFilters, type GridFilters } from "./filters";
import { Grid } from "./grid";
import { bulkWords, gridWords as words } from "./words";

/** The first page of an organisation. It is not polled: every look is written into every shop's log. */
export default function HqGridPage(): JSX.Element {
  const live = createLive({ key: () => "grid", ask: hqApi.grid });
  const reload = () => void live.reload();
  return (
    <Page
      title={words.title}
      about={<Show when={live.value()} fallback={"\u00a0"}>{(view) => (view().rows.length === 0 ? words.aboutNone : words.about(view().rows.length))}</Show>}
      actions={<button type="button" class="button" onClick={reload}>{words.refresh}</button>}
    >
      <Loaded live={live} skeleton={<><Bars count={1} tall /><Bars count={12} /></>}>
        {(view) => <Show when={view().rows.length > 0} fallback={<NoShops />}><Shops view={view()} onActed={reload} /></Show>}
      </Loaded>
    </Page>
  );
}

function NoShops(): JSX.Element {
  return (
    <div class="nothing">
      <h2>{words.noneTitle}</h2>
      <p>{words.noneText}</p>
      <p class="buttons center"><a class="button primary" href="/shops">{words.noneLink}</a></p>
    </div>
  );
}

function Shops(props: { view: GridView; onActed: () => void }): JSX.Element {
  const hq = useHq();
  const at = useLocation();
  const filters = createMemo(() => readGridFilters(at.query));
  const rows = createMemo(() => filterRows(props.view.rows, filters()));
  const factorUrl = `${hq.view().authUrl}second-factor?${new URLSearchParams({ site: `hq-${hq.view().slug}`, to: "/" }).toString()}`;
  return (
    <>
      <Tools rows={props.view.rows} filters={filters()} />
      <Bulk rows={rows()} onActed={props.onActed} />
      <Show when={rows().length > 0} fallback={<p class="nothing">{words.noneInFilter} <a href="/">{words.showAll}</a></p>}>
        <Grid rows={rows()} dates={props.view.dates} query={gridQuery(filters())} factorUrl={factorUrl} />
      </Show>
    </>
  );
}

function Tools(props: { rows: readonly GridRow[]; filters: GridFilters }): JSX.Element {
  const navigate = useNavigate();
  const having = (need: Need) => props.rows.filter((row) => row.needs[need] > 0).length;
  const address = (change: Partial<GridFilters>) => `/${gridQuery({ ...props.filters, ...change })}`;
  return (
    <div class="hq-tools">
      <nav class="chips" aria-label={words.filters}>
        <a class="chip" href={address({ need: null })} aria-current={props.filters.need === null ? "true" : undefined} noScroll>{words.all(props.rows.length)}</a>
        <For each={NEEDS.filter((need) => having(need) > 0 || props.filters.need === need)}>
          {(need) => <a class="chip" href={address({ need })} aria-current={props.filters.need === need ? "true" : undefined} noScroll><span aria-hidden="true">{needWords[need].glyph}&nbsp;</span>{needWords[need].word} {having(need)}</a>}
        </For>
      </nav>
      <input type="search" aria-label={words.find} placeholder={words.find} value={props.filters.find} onInput={(event) => navigate(address({ find: event.currentTarget.value }), { replace: true, scroll: false })} />
    </div>
  );
}

function Bulk(props: { rows: readonly GridRow[]; onActed: () => void }): JSX.Element {
  const [open, setOpen] = createSignal<BulkAct | null>(null);
  const stopped = () => props.rows.filter(({ needs }) => needs.failed + needs.held > 0);
  const ready = () => props.rows.filter(({ needs }) => needs.ready > 0);
  const days = (rows: readonly GridRow[], of: (needs: GridRow["needs"]) => number) => rows.reduce((sum, row) => sum + of(row.needs), 0);
  const close = (hasActed: boolean) => {
    setOpen(null);
    if (hasActed) props.onActed();
  };
  return (
    <Show when={stopped().length + ready().length > 0}>
      <div class="hq-acts">
        <Show when={ready().length > 0}><HqAct permission="hq.days.post" isPrimary onPress={() => setOpen("post")}>{bulkWords.post(ready().length, days(ready(), (needs) => needs.ready))}</HqAct></Show>
        <Show when={stopped().length > 0}><HqAct permission="hq.days.post" onPress={() => setOpen("retry")}>{bulkWords.retry(stopped().length, days(stopped(), (needs) => needs.failed + needs.held))}</HqAct></Show>
        <Show when={open()}>{(act) => <BulkDialog act={act()} rows={act() === "post" ? ready() : stopped()} onClose={close} />}</Show>
      </div>
    </Show>
  );
}
