/** How documents are kept, and the one act that takes back every link: for those who run the shop. */
import { createSignal, Show, type JSX } from "solid-js";
import { createActing } from "../../ui/acting";
import type { Live } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { stateOfPageWords } from "../../words";
import { announce } from "../../ui/toast";
import { ConfirmDialog } from "../account/confirm-dialog";
import { documentsApi } from "./documents-api";
import { keepWords as words } from "./keep-words";

/** `seals`: whether what comes from now on is sealed with the shop's own key. */
export default function Keeping(props: { seals: boolean; live: Pick<Live<unknown>, "reload"> }): JSX.Element {
  const shop = useShop();
  const { act, trouble } = createActing(props.live);
  const [isAsking, setAsking] = createSignal(false);
  const may = () => shop.may("documents.manage");
  const setSeals = async (box: HTMLInputElement) => {
    const seals = box.checked;
    // Never optimistic: the box says what holds.
    box.checked = props.seals;
    await act(documentsApi.setRule(seals), words.saved(seals));
  };
  return (
    <section class="keeping">
      <h2>{words.title}</h2>
      <label class="tick"><input type="checkbox" checked={props.seals} disabled={!may()} onChange={(event) => void setSeals(event.currentTarget)} /> {words.seals}</label>
      <p class="small">{words.sealsHint}<Show when={!may()}> {stateOfPageWords.needs(shop.whoMay("documents.manage"))}</Show></p>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <p class="buttons"><Act permission="documents.manage" onPress={() => setAsking(true)}>{words.voidAll}</Act></p>
      <Show when={isAsking()}>
        <ConfirmDialog
          title={words.voidAllTitle} about={words.voidAllText} submit={words.voidAllNow} act={() => documentsApi.voidAllLinks()}
          onDone={() => { setAsking(false); announce(words.voidedAll); }} onClose={() => setAsking(false)}
        />
      </Show>
    </section>
  );
}
