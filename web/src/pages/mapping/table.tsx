/** The lines of the till beside the accounts they go to. */
import { createSignal, createUniqueId, Index, Show, type Accessor, type JSX } from "solid-js";
import type { MappingLine, MappingView } from "../../../../src/features/mapping/contract";
import { AccountBox } from "../../ui/account-box";
import { amount } from "../../ui/format";
import { useShop } from "../../ui/shop";
import type { MappingController } from "./controller";
import { CreateDialog } from "./create-dialog";
import { LineTag, RowStatus } from "./row-status";
import { mappingWords as words } from "./words";

type Creating = { readonly line: MappingLine; readonly typed: string };

/** Rows keep their elements while values change: the focus is never lost on saving. */
export function MappingTable(props: { view: MappingView; lines: readonly MappingLine[]; mapping: MappingController }): JSX.Element {
  const [creating, setCreating] = createSignal<Creating | null>(null);
  const books = () => props.view.booksName ?? "the books";
  return (
    <>
      <table class="ledger mapping" data-account-list>
        <caption class="unseen">{words.title}</caption>
        <thead><tr><th scope="col">{words.line}</th><th scope="col" class="n">{`${words.recent}, ${props.view.currency}`}</th><th scope="col">{words.account(books())}</th><th scope="col">{words.state}</th></tr></thead>
        <tbody>
          <Index each={props.lines}>
            {(line) => <Row line={line} view={props.view} mapping={props.mapping} onCreate={(typed) => setCreating({ line: line(), typed })} />}
          </Index>
        </tbody>
      </table>
      <Show when={creating()}>
        {(now) => <CreateDialog line={now().line} typed={now().typed} books={books()} onCreate={(name) => props.mapping.create(now().line.key, name)} onClose={() => setCreating(null)} />}
      </Show>
    </>
  );
}

type RowProps = { line: Accessor<MappingLine>; view: MappingView; mapping: MappingController; onCreate: (typed: string) => void };

function Row(props: RowProps): JSX.Element {
  const shop = useShop();
  const note = createUniqueId();
  const line = () => props.line();
  const mayWrite = () => shop.may("mapping.write");
  return (
    <tr>
      <th scope="row">{line().label}<Show when={line().about !== ""}><small>{line().about}</small></Show></th>
      <td class="n" data-label={words.recent}>{amount(line().recentMinor, props.view.currency)}</td>
      <td class="choose">
        <AccountBox
          label={words.accountFor(line().label)} accounts={props.view.accounts} nature={line().nature} value={line().account} suggestion={line().suggestion}
          isDisabled={!mayWrite()} describedBy={note} onChoose={(account) => props.mapping.choose(line().key, account)}
          onCreate={props.onCreate} createWord={words.create(props.view.booksName ?? "the books")}
        />
        <RowStatus id={note} status={props.mapping.status(line().key)} suggestion={line().suggestion} account={line().account} problem={line().problem} />
      </td>
      <td><LineTag line={line()} status={props.mapping.status(line().key)} /></td>
    </tr>
  );
}
