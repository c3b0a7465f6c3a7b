/** Choosing the missing accounts right where they are missed: chosen, saved, and the day is tried again. */
import { createEffect, createMemo, Index, on, onMount, Show, type JSX } from "solid-js";
import type { Explanation } from "../../../../src/features/days/contract";
import type { MappingLine } from "../../../../src/features/mapping/contract";
import { shopApi } from "../../api";
import { AccountBox } from "../../ui/account-box";
import { useShop } from "../../ui/shop";
import { Bars, Loaded } from "../../ui/states";
import { createMappingController, type MappingController } from "../mapping/controller";
import { LineTag, RowStatus } from "../mapping/row-status";
import { dayWords as words } from "./words";

type Line = Explanation["lines"][number];
type Props = {
  lines: Explanation["lines"];
  /** Whether the books refused the accounts that these lines have: then those are no choice any more. */
  areRefused: boolean;
  onMapped: () => void;
};

/** `onMapped` is called once every line is saved; until then the lines stay as they are, saved ones too. */
export default function MapLines(props: Props): JSX.Element {
  const shop = useShop();
  const mapping = createMappingController();
  // A day that is tried again with one line still open comes back with fewer lines: the saved ones stay in sight.
  const lines = createMemo<readonly Line[]>((before) => [...before, ...props.lines.filter((line) => !before.some((one) => one.key === line.key))], []);
  const areAllSaved = createMemo(() => lines().every((line) => mapping.status(line.key)?.kind === "saved"));
  createEffect(on(areAllSaved, (areSaved) => {
    if (areSaved) props.onMapped();
  }));
  // The accounts were read before the books refused one of them: read again, they say which, and what fits instead.
  onMount(() => {
    if (props.areRefused && shop.may("mapping.write")) void shopApi.refreshAccounts().then(() => mapping.live.reload());
  });
  return (
    <Loaded live={mapping.live} skeleton={<Bars count={lines().length} tall />}>
      {(view) => (
        <div class="map-lines" data-account-list>
          <Index each={lines()}>{(line) => <MapLine line={line()} accounts={view().accounts} mapping={mapping} isRefused={props.areRefused} />}</Index>
          <Show when={!shop.may("mapping.write")}><p class="small">{`Only ${shop.whoMay("mapping.write")} can choose accounts.`}</p></Show>
          <p class="small" role="status">{areAllSaved() ? words.fixed : ""}</p>
        </div>
      )}
    </Loaded>
  );
}

type MapLineProps = { line: Line; accounts: Parameters<typeof AccountBox>[0]["accounts"]; mapping: MappingController; isRefused: boolean };

function MapLine(props: MapLineProps): JSX.Element {
  const shop = useShop();
  const line = () => props.mapping.lines().find((one) => one.key === props.line.key);
  const status = () => props.mapping.status(props.line.key);
  // Whatever the line had when the day was refused is no choice; what was chosen since then is.
  const refusedId = createMemo<string | null>((before) => before ?? (props.isRefused && status() === undefined ? (line()?.account?.id ?? null) : null), null);
  const account = () => {
    const chosen = line()?.account ?? null;
    return (line()?.problem ?? null) === null && chosen?.id !== refusedId() ? chosen : null;
  };
  const suggestion = (): MappingLine["suggestion"] => {
    const offered = line()?.suggestion ?? null;
    return offered?.account.id === refusedId() ? null : offered;
  };
  return (
    <div class="map-line">
      <span class="map-line-name">{props.line.label} <Show when={status() && line()}>{(line) => <LineTag line={line()} status={status()} />}</Show></span>
      <div>
        <AccountBox
          label={`Account for ${props.line.label}`} accounts={props.accounts.filter((one) => one.id !== refusedId())} nature={line()?.nature ?? "income"} value={account()}
          suggestion={suggestion()} isDisabled={!shop.may("mapping.write")} onChoose={(chosen) => props.mapping.choose(props.line.key, chosen)}
        />
        <RowStatus status={status()} suggestion={suggestion()} account={account()} />
      </div>
    </div>
  );
}
