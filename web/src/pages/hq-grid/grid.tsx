/** Shops by days. One cell is in the tab order; the arrows, Home and End move it. */
import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import type { GridCell, GridRow } from "../../../../src/features/headquarters/contract";
import { NEEDS, needWords } from "../../hq-words";
import { shortDate } from "../../ui/dates";
import { stateWords } from "../../words";
import { gridWords as words } from "./words";

type GridProps = { rows: readonly GridRow[]; dates: readonly string[]; query: string; factorUrl: string };

/** A table of links, with the days of each shop as columns; on a phone each shop's days wrap below its name. */
export function Grid(props: GridProps): JSX.Element {
  let table: HTMLTableElement | undefined;
  const [at, setAt] = createSignal<readonly [number, number] | null>(null);
  /** Of the first shop the latest day, until somebody has moved. */
  const start = createMemo(() => at() ?? [Math.max(0, props.rows.findIndex(({ cells }) => cells.length > 0)), props.dates.length - 1] as const);
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextOf(table, start(), step, props);
    if (next === null) return;
    event.preventDefault();
    setAt([next.row, next.column]);
    next.link.focus();
  };
  return (
    <table class="hq-grid" ref={(made) => (table = made)} onKeyDown={move}>
      <caption class="unseen">{words.grid}</caption>
      <thead>
        <tr>
          <th scope="col" class="hq-shop">{words.shop}</th>
          <For each={props.dates}>{(date) => <th scope="col" classList={{ monday: isMonday(date) }} aria-label={shortDate(date)}>{Number(date.slice(8))}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row, index) => <ShopRow row={row} dates={props.dates} query={props.query} factorUrl={props.factorUrl} index={index()} at={start()[0] === index() ? start()[1] : null} onFocus={(column) => setAt([index(), column])} />}
        </For>
      </tbody>
    </table>
  );
}

type Step = { readonly rows: number; readonly columns: number };
const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: { rows: 0, columns: -1 }, ArrowRight: { rows: 0, columns: 1 }, ArrowUp: { rows: -1, columns: 0 }, ArrowDown: { rows: 1, columns: 0 },
  Home: { rows: 0, columns: -Infinity }, End: { rows: 0, columns: Infinity },
};

/** The next cell in that direction that is a link; null at the edge. */
function nextOf(table: HTMLTableElement | undefined, [row, column]: readonly [number, number], step: Step, { rows, dates }: GridProps) {
  if (Math.abs(step.columns) === Infinity) {
    const links = [...(table?.querySelectorAll<HTMLAnchorElement>(`a[data-row="${row}"]`) ?? [])];
    const link = step.columns < 0 ? links[0] : links.at(-1);
    return link === undefined ? null : { row, column: Number(link.dataset["column"]), link };
  }
  for (let [r, c] = [row + step.rows, column + step.columns]; r >= 0 && c >= 0 && r < rows.length && c < dates.length; r += step.rows, c += step.columns) {
    const link = table?.querySelector<HTMLAnchorElement>(`a[data-row="${r}"][data-column="${c}"]`);
    if (link !== null && link !== undefined) return { row: r, column: c, link };
  }
  return null;
}

type RowProps = { row: GridRow; dates: readonly string[]; query: string; factorUrl: string; index: number; at: number | null; onFocus: (column: number) => void };

function ShopRow(props: RowProps): JSX.Element {
  const cells = createMemo(() => new Map(props.row.cells.map((cell) => [cell.date, cell])));
  return (
    <tr>
      <th scope="row" class="hq-shop">
        <b>{props.row.shop.name}</b>
        <Needs needs={props.row.needs} hasProblem={props.row.problem !== null} />
      </th>
      <Show when={props.row.problem === null} fallback={<td class="hq-problem" colspan={props.dates.length}><Problem problem={props.row.problem} factorUrl={props.factorUrl} /></td>}>
        <For each={props.dates}>
          {(date, column) => (
            <td classList={{ monday: isMonday(date) }}>
              <Show when={cells().get(date)}>{(cell) => <Cell row={props.row} cell={cell()} index={props.index} column={column()} isAt={props.at === column()} query={props.query} onFocus={() => props.onFocus(column())} />}</Show>
            </td>
          )}
        </For>
      </Show>
    </tr>
  );
}

type CellProps = { row: GridRow; cell: GridCell; index: number; column: number; isAt: boolean; query: string; onFocus: () => void };

function Cell(props: CellProps): JSX.Element {
  const look = () => stateWords[props.cell.state];
  const text = () => words.cell(props.row.shop.name, shortDate(props.cell.date), words.share(props.cell.count, props.cell.of, look().word));
  return (
    <a
      href={`/shops/${props.row.shop.id}/${props.cell.date}${props.query}`} data-tone={look().tone} data-row={props.index} data-column={props.column} tabindex={props.isAt ? 0 : -1}
      aria-label={text()} title={text()} onFocus={() => props.onFocus()}
    >
      <time>{Number(props.cell.date.slice(8))}</time><span aria-hidden="true">{look().glyph}</span>
    </a>
  );
}

function Needs(props: { needs: GridRow["needs"]; hasProblem: boolean }): JSX.Element {
  const some = () => NEEDS.filter((need) => props.needs[need] > 0);
  return (
    <Show when={some().length > 0} fallback={<span class="small">{props.hasProblem ? "" : words.well}</span>}>
      <span class="needs">
        <For each={some()}>{(need) => <span data-tone={needWords[need].tone} title={needWords[need].word}><i aria-hidden="true">{needWords[need].glyph} </i>{props.needs[need]}<span class="unseen"> {needWords[need].word.toLowerCase()} </span></span>}</For>
      </span>
    </Show>
  );
}

function Problem(props: { problem: GridRow["problem"]; factorUrl: string }): JSX.Element {
  return (
    <Show when={props.problem}>
      {(problem) => <>{words.problems[problem()]} <Show when={problem() === "second_factor_needed"}><a href={props.factorUrl} rel="external">{words.showFactor}</a></Show></>}
    </Show>
  );
}

function isMonday(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 1;
}
