/** Choosing the missing accounts right where they are missed: chosen, saved, and the day is tried again. */
import { createEffect, createMemo, Index, on, Show, type JSX } from "solid-js";
import type { Explanation } from "../../../../src/features/days/contract";
import { AccountBox } from "../../ui/account-box";
import { useShop } from "../../ui/shop";
import { Bars, Loaded } from "../../ui/states";
import { createMappingController } from "../mapping/controller";
import { RowStatus } from "../mapping/row-status";
import { dayWords as words } from "./words";

type Line = Explanation["lines"][number];

/** `onMapped` is called once every line is saved; until then the lines stay as they are, saved ones too. */
export default function MapLines(props: { lines: Explanation["lines"]; onMapped: () => void }): JSX.Element {
  const shop = useShop();
  const mapping = createMappingController();
  // A day that is tried again with one line still open comes back with fewer lines: the saved ones stay in sight.
  const lines = createMemo<readonly Line[]>((before) => [...before, ...props.lines.filter((line) => !before.some((one) => one.key === line.key))], []);
  const lineOf = (key: string) => mapping.lines().find((line) => line.key === key);
  // An account that can no longer be posted to is no choice: the box is empty, and the suggestion can be taken.
  const accountOf = (key: string) => (lineOf(key)?.problem === null ? (lineOf(key)?.account ?? null) : null);
  const areAllSaved = createMemo(() => lines().every((line) => mapping.status(line.key)?.kind === "saved"));
  createEffect(on(areAllSaved, (areSaved) => {
    if (areSaved) props.onMapped();
  }));
  return (
    <Loaded live={mapping.live} skeleton={<Bars count={lines().length} tall />}>
      {(view) => (
        <div class="map-lines" data-account-list>
          <Index each={lines()}>
            {(line) => (
              <div class="map-line">
                <span class="map-line-name">{line().label}</span>
                <div>
                  <AccountBox
                    label={`Account for ${line().label}`} accounts={view().accounts} nature={lineOf(line().key)?.nature ?? "income"}
                    value={accountOf(line().key)} suggestion={lineOf(line().key)?.suggestion ?? null}
                    isDisabled={!shop.may("mapping.write")} onChoose={(account) => mapping.choose(line().key, account)}
                  />
                  <RowStatus status={mapping.status(line().key)} suggestion={lineOf(line().key)?.suggestion ?? null} account={accountOf(line().key)} />
                </div>
              </div>
            )}
          </Index>
          <Show when={!shop.may("mapping.write")}><p class="small">{`Only ${shop.whoMay("mapping.write")} can choose accounts.`}</p></Show>
          <p class="small" role="status">{areAllSaved() ? words.fixed : ""}</p>
        </div>
      )}
    </Loaded>
  );
}
