/** What waits to be saved, with what it would change in the entries of the last seven days. */
import { createSignal, For, Show, type Accessor, type JSX } from "solid-js";
import type { EffectView } from "../../../../src/features/mapping/contract";
import { plainDate } from "../../ui/dates";
import { amount } from "../../ui/format";
import { Act, Problem } from "../../ui/states";
import type { Staging } from "./staging";
import { mappingWords as words } from "./words";

/** Stands below the lines while something waits. `onLeave` gives the focus back to where it was. */
export function PendingBar(props: { staging: Staging; onLeave: () => void }): JSX.Element {
  const [isShown, setShown] = createSignal(true);
  const save = async () => {
    await props.staging.save();
    if (props.staging.size() === 0) props.onLeave();
  };
  const discard = () => {
    props.staging.discard();
    props.onLeave();
  };
  return (
    <Show when={props.staging.size() > 0}>
      <section class="card pending" aria-label={words.pendingTitle}>
        <div class="split">
          <p role="status"><b>{words.pending(props.staging.size())}</b> <span class="small">{words.pendingKeys}</span></p>
          <p class="buttons">
            <button type="button" class="button" aria-expanded={isShown()} onClick={() => setShown(!isShown())}>{isShown() ? words.hideEffect : words.showEffect}</button>{" "}
            <button type="button" class="button" onClick={discard}>{words.discard}</button>{" "}
            <Act permission="mapping.write" isPrimary isBusy={props.staging.isSaving()} onPress={() => void save()}>{words.saveDraft}</Act>
          </p>
        </div>
        <Show when={props.staging.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
        <Show when={isShown() && props.staging.effect()}>{(effect) => <Effect effect={effect} />}</Show>
      </section>
    </Show>
  );
}

/** Per account: debits and credits before and after. */
export function Effect(props: { effect: Accessor<EffectView> }): JSX.Element {
  const view = () => props.effect();
  const cell = (minor: number) => amount(minor, view().currency);
  return (
    <>
      <p class="small">
        {view().from === null || view().to === null ? words.effectNone : words.effectOf(view().dayCount, plainDate(view().from ?? ""), plainDate(view().to ?? ""))}{" "}
        {words.effectDays(view().unlockedDays, view().stillWaitingDays)}
      </p>
      <Show when={view().rows.length > 0} fallback={<p>{words.effectNothing}</p>}>
        <div class="scroll">
          <table class="ledger effect">
            <caption class="unseen">{words.effectTitle}</caption>
            <thead>
              <tr><th scope="col">{words.effectAccount}</th><th scope="col" class="n">{words.debitBefore}</th><th scope="col" class="n">{words.debitAfter}</th><th scope="col" class="n">{words.creditBefore}</th><th scope="col" class="n">{words.creditAfter}</th></tr>
            </thead>
            <tbody>
              <For each={view().rows}>
                {(row) => (
                  <tr>
                    <th scope="row">{row.account}<Show when={row.tags.length > 0}><small>{row.tags.join(" · ")}</small></Show></th>
                    <td class="n">{cell(row.before.debitMinor)}</td><td class="n">{cell(row.after.debitMinor)}</td>
                    <td class="n">{cell(row.before.creditMinor)}</td><td class="n">{cell(row.after.creditMinor)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
    </>
  );
}
