/** The lines of the till beside the accounts they go to. */
import { createSignal, createUniqueId, For, Index, Show, type Accessor, type JSX } from "solid-js";
import type { MappingLine, MappingView } from "../../../../src/features/mapping/contract";
import { AccountBox } from "../../ui/account-box";
import { amount } from "../../ui/format";
import { useShop } from "../../ui/shop";
import type { MappingController } from "./controller";
import { CreateDialog } from "./create-dialog";
import { LineTag, RowStatus } from "./row-status";
import type { Selection } from "./selection";
import type { Staging } from "./staging";
import { TagSelect } from "./tag-select";
import { mappingWords as words } from "./words";

type Creating = { readonly line: MappingLine; readonly typed: string };
type TableProps = { view: MappingView; lines: readonly MappingLine[]; mapping: MappingController; staging: Staging; selection: Selection };

/** Rows keep their elements while values change: the focus is never lost on saving. */
export function MappingTable(props: TableProps): JSX.Element {
  const [creating, setCreating] = createSignal<Creating | null>(null);
  const books = () => props.view.booksName ?? "the books";
  const extend = (index: number, by: 1 | -1) => {
    const [from, to] = [props.lines[index], props.lines[index + by]];
    if (from !== undefined && to !== undefined) props.selection.extend(from.key, to.key);
  };
  return (
    <>
      <table class="ledger mapping" data-account-list onKeyDown={(event) => { if (event.key === "Escape") props.selection.clear(); }}>
        <caption class="unseen">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.line}</th><th scope="col" class="n">{`${words.recent}, ${props.view.currency}`}</th><th scope="col">{words.account(books())}</th>
            <For each={props.view.dimensions}>{(dimension) => <th scope="col" class="dimension">{dimension.name}</th>}</For>
            <th scope="col">{words.state}</th>
          </tr>
        </thead>
        <tbody>
          <Index each={props.lines}>
            {(line, index) => <Row {...props} line={line} onExtend={(by) => extend(index, by)} onCreate={(typed) => setCreating({ line: line(), typed })} />}
          </Index>
        </tbody>
      </table>
      <Show when={creating()}>
        {(now) => <CreateDialog line={now().line} typed={now().typed} books={books()} onCreate={(name) => props.mapping.create(now().line.key, name)} onClose={() => setCreating(null)} />}
      </Show>
    </>
  );
}

type RowProps = Omit<TableProps, "lines"> & { line: Accessor<MappingLine>; onExtend: (by: 1 | -1) => void; onCreate: (typed: string) => void };

function Row(props: RowProps): JSX.Element {
  const shop = useShop();
  const note = createUniqueId();
  const line = () => props.line();
  const mayWrite = () => shop.may("mapping.write");
  const status = () => props.staging.status(line().key);
  const isMarked = () => props.selection.keys().has(line().key);
  const pick = (account: { readonly id: string; readonly name: string }) => {
    props.staging.pick(props.selection.with(line().key), account);
    props.selection.clear();
  };
  return (
    <tr classList={{ marked: isMarked() }}>
      <th scope="row">
        <Show when={mayWrite()}><input type="checkbox" class="mark-line" tabindex={-1} aria-label={words.select(line().label)} checked={isMarked()} onChange={() => props.selection.toggle(line().key)} /></Show>
        {line().label}<Show when={line().about !== ""}><small>{line().about}</small></Show>
      </th>
      <td class="n" data-label={words.recent}>{amount(line().recentMinor, props.view.currency)}</td>
      <td class="choose">
        <AccountBox
          label={words.accountFor(line().label)} accounts={props.view.accounts} nature={line().nature} value={line().account} suggestion={line().suggestion}
          isDisabled={!mayWrite()} describedBy={note} onChoose={pick} onExtend={mayWrite() ? props.onExtend : undefined}
          onCreate={props.onCreate} createWord={words.create(props.view.booksName ?? "the books")}
        />
        <RowStatus id={note} status={status()} suggestion={line().suggestion} account={line().account} problem={line().problem} />
      </td>
      <For each={props.view.dimensions}>
        {(dimension) => (
          <td class="dimension" data-label={dimension.name}>
            <TagSelect
              label={words.tagFor(dimension.name, line().label)} dimension={dimension} tags={line().tags} empty={words.asLocation} isDisabled={!mayWrite()}
              value={props.staging.optionOf(line(), dimension.id)} onChoose={(option) => props.staging.tagLines(props.selection.with(line().key), dimension.id, option)}
            />
          </td>
        )}
      </For>
      <td><LineTag line={line()} status={status()} /></td>
    </tr>
  );
}
