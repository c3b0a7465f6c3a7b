/** Preview, approve or automatic, each with what it means. */
import { createSignal, For, Show, type JSX } from "solid-js";
import { shopApi, type Trouble } from "../../api";
import { useShop } from "../../ui/shop";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import type { PostingMode } from "../../../../src/features/sync/contract";
import { modeWords, settingsWords as words } from "./words";

const MODES: readonly PostingMode[] = ["preview", "approve", "automatic"];

/** Radios and a button: moving through them by keys changes nothing until it is saved. */
export function ModeChoice(props: { mode: PostingMode; onSaved: () => void }): JSX.Element {
  const shop = useShop();
  const [picked, setPicked] = createSignal<PostingMode | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const mode = () => picked() ?? props.mode;
  const may = () => shop.may("posting.manage");
  const save = async () => {
    if (isBusy() || !may()) return;
    setBusy(true);
    setTrouble(undefined);
    const answer = await shopApi.setPosting(mode());
    setBusy(false);
    if (!answer.ok) {
      setTrouble(answer.failure);
      return;
    }
    announce(words.saved);
    setPicked(null);
    props.onSaved();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <fieldset class="modes" disabled={!may()}>
        <legend class="unseen">{words.posting}</legend>
        <For each={MODES}>
          {(each) => (
            <label class="mode">
              <input type="radio" name="mode" checked={mode() === each} onChange={() => setPicked(each)} />
              <span><b>{modeWords[each].name}</b><small>{modeWords[each].meaning}</small></span>
            </label>
          )}
        </For>
      </fieldset>
      <Show when={!may()}><p class="small">{words.needs(shop.whoMay("posting.manage"))}</p></Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Show when={may()}><button type="submit" class={mode() === props.mode ? "button" : "button primary"} aria-disabled={isBusy() || mode() === props.mode ? "true" : undefined}>{words.save}</button></Show>
    </form>
  );
}
