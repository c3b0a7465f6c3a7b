/** What sold, how it was paid, what else: the day's totals as the till stated them. */
import { For, Show, type JSX } from "solid-js";
import type { DayView } from "../../../../src/features/days/contract";
import { amount, exactAmount } from "../../ui/format";
import { dayWords as words } from "./words";

type Totals = NonNullable<DayView["totals"]>;
type Row = { readonly label: string; readonly first: number; readonly second: number };

/** The three tables; the last only where something else happened. */
export function TotalsTables(props: { totals: Totals }): JSX.Element {
  const sold = () => props.totals.categories.map((one) => ({ label: one.label, first: one.grossMinor, second: one.returnedMinor }));
  const paid = () => props.totals.tenders.map((one) => ({ label: one.label, first: one.inMinor, second: one.outMinor }));
  const others = () => props.totals.others.map((one) => ({ label: one.label, first: one.inMinor, second: one.outMinor }));
  return (
    <>
      <TwoColumns title={words.sold} heads={[words.category, words.gross, words.returns]} rows={sold()} currency={props.totals.currency} hasSum />
      <TwoColumns title={words.paid} heads={[words.tender, words.taken, words.givenBack]} rows={paid()} currency={props.totals.currency} hasSum />
      <Show when={others().length > 0}>
        <TwoColumns title={words.else} heads={[words.line, words.in, words.out]} rows={others()} currency={props.totals.currency} />
      </Show>
    </>
  );
}

type TwoColumnsProps = { title: string; heads: readonly [string, string, string]; rows: readonly Row[]; currency: string; hasSum?: boolean };

/** Unlike things (a tip, a tax) are listed without a sum: their total would mean nothing. */
function TwoColumns(props: TwoColumnsProps): JSX.Element {
  const sum = (pick: (row: Row) => number) => props.rows.reduce((total, row) => total + pick(row), 0);
  return (
    <section>
      <h2>{props.title}</h2>
      <table class="ledger">
        <thead><tr><th scope="col">{props.heads[0]}</th><th scope="col" class="n">{props.heads[1]}</th><th scope="col" class="n">{props.heads[2]}</th></tr></thead>
        <tbody>
          <For each={props.rows}>
            {(row) => <tr><th scope="row">{row.label}</th><td class="n">{amount(row.first, props.currency)}</td><td class="n">{amount(row.second, props.currency)}</td></tr>}
          </For>
        </tbody>
        <Show when={props.hasSum}>
          <tfoot><tr><th scope="row">{props.currency}</th><td class="n">{exactAmount(sum((row) => row.first), props.currency)}</td><td class="n">{amount(sum((row) => row.second), props.currency)}</td></tr></tfoot>
        </Show>
      </table>
    </section>
  );
}
