/** An audit log as a page, a shop's or an organisation's: filters, lines, proof, files. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createMemo, For, Show, type Accessor, type JSX } from "solid-js";
import type { AuditView } from "../../../../src/features/audit/contract";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded } from "../../ui/states";
import type { AuditApi } from "./api";
import { auditAddress, exportAddress, isFiltered, queryOf, readAuditFilters, type AuditFilters } from "./filters";
import { Lines } from "./lines";
import { VerifyStrip } from "./verify-strip";
import { auditWords as words, thingWords } from "./words";

/** `zone` is the clock that dates and times are shown on. The page's path is `/audit` on either kind of host. */
export function AuditLog(props: { api: AuditApi; zone: string }): JSX.Element {
  const at = useLocation();
  const navigate = useNavigate();
  const filters = createMemo(() => readAuditFilters(at.query));
  const live = createLive({ key: () => `audit ${auditAddress(filters(), { before: filters().before })}`, ask: () => props.api.lines(queryOf(filters())) });
  const go = (change: Partial<AuditFilters>) => navigate(auditAddress(filters(), change), { scroll: false });
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <>
          <a class="button" href={exportAddress(filters(), "csv")} download="" rel="external">{words.csv}</a>
          <a class="button" href={exportAddress(filters(), "json")} download="" rel="external">{words.json}</a>
        </>
      }
    >
      <VerifyStrip api={props.api} view={live.value()} />
      <Filters filters={filters()} view={live.value()} onChange={go} />
      <Loaded live={live} skeleton={<Bars count={8} tall />}>
        {(view) => <Shown view={view} filters={filters()} zone={props.zone} />}
      </Loaded>
    </Page>
  );
}

function Shown(props: { view: Accessor<AuditView>; filters: AuditFilters; zone: string }): JSX.Element {
  return (
    <Show when={props.view().lines.length > 0} fallback={<Nothing filters={props.filters} />}>
      <Lines view={props.view()} zone={props.zone} address={(change) => auditAddress(props.filters, change)} />
      <nav class="buttons" aria-label={words.title}>
        <Show when={props.filters.before !== ""}><a class="button" href={auditAddress(props.filters, {})}>{words.latest}</a></Show>
        <Show when={props.view().next}>{(next) => <a class="button" href={auditAddress(props.filters, { before: String(next()) })}>{words.older}</a>}</Show>
      </nav>
    </Show>
  );
}

function Nothing(props: { filters: AuditFilters }): JSX.Element {
  return (
    <Show when={isFiltered(props.filters)} fallback={<p class="nothing">{words.empty}</p>}>
      <p class="nothing">{words.none} <a href="/audit">{words.clear}</a></p>
    </Show>
  );
}

function Filters(props: { filters: AuditFilters; view: AuditView | undefined; onChange: (change: Partial<AuditFilters>) => void }): JSX.Element {
  const people = createMemo(() => {
    const names = new Map(props.view?.lines.flatMap(({ actor, personal }) => (personal["name"] === undefined ? [] : [[actor, personal["name"].value] as const])));
    if (props.filters.actor.startsWith("person:") && !names.has(props.filters.actor)) names.set(props.filters.actor, words.somebody);
    return [["daybook", words.daybook] as const, ["stranger", words.stranger] as const, ...names].filter(([id], index, all) => all.findIndex(([other]) => other === id) === index);
  });
  const thing = () => props.filters.action.split(".")[0] ?? "";
  return (
    <form class="audit-filters" aria-label={words.filters} onSubmit={(event) => event.preventDefault()}>
      <label><span>{words.from}</span><input type="date" value={props.filters.from} max={props.filters.to} onChange={(event) => props.onChange({ from: event.currentTarget.value })} /></label>
      <label><span>{words.to}</span><input type="date" value={props.filters.to} min={props.filters.from} onChange={(event) => props.onChange({ to: event.currentTarget.value })} /></label>
      <label>
        <span>{words.who}</span>
        <select onChange={(event) => props.onChange({ actor: event.currentTarget.value })}>
          <option value="">{words.anybody}</option>
          <For each={people()}>{([id, name]) => <option value={id} selected={id === props.filters.actor}>{name}</option>}</For>
        </select>
      </label>
      <label>
        <span>{words.what}</span>
        <select onChange={(event) => props.onChange({ action: event.currentTarget.value })}>
          <option value="">{words.anything}</option>
          <For each={Object.entries(thingWords)}>{([id, word]) => <option value={id} selected={id === thing()}>{word}</option>}</For>
        </select>
      </label>
      <Show when={isFiltered(props.filters)}><a class="button" href="/audit">{words.clear}</a></Show>
    </form>
  );
}
