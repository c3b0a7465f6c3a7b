/** Leaves for the provider's consent page. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { ConnectionView, ConnectRequest, OfferView } from "../../../../src/features/connections/contract";
import { shopApi, type Trouble } from "../../api";
import { Dialog } from "../../ui/dialog";
import { Act, Problem } from "../../ui/states";
import { connectionWords as words } from "./words";

type Props = {
  provider: ConnectionView["provider"]; name: string;
  /** Where a merchant's account may be kept; asked before leaving where there is a choice. */
  regions?: OfferView["regions"];
  isPrimary?: boolean; children: JSX.Element;
};

/** While leaving it says where to, and what happens there. */
export function ConnectButton(props: Props): JSX.Element {
  const [isLeaving, setLeaving] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [isAsking, setAsking] = createSignal(false);
  const regions = () => props.regions ?? [];
  const connect = async (request: ConnectRequest = { provider: props.provider }) => {
    setAsking(false);
    setLeaving(true);
    setTrouble(undefined);
    const answer = await shopApi.connect(request);
    if (answer.ok) return location.assign(answer.value.url);
    setLeaving(false);
    setTrouble(answer.failure);
    return undefined;
  };
  return (
    <>
      <Act permission="connections.manage" isPrimary={props.isPrimary === true} isBusy={isLeaving()} onPress={() => (regions().length > 1 ? setAsking(true) : void connect())}>
        {isLeaving() ? words.leaving(props.name) : props.children}
      </Act>
      <Show when={isLeaving()}><p class="small" role="status">{words.leavingNext}</p></Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => (regions().length > 1 ? setAsking(true) : void connect())} />}</Show>
      <Show when={isAsking()}>
        <RegionDialog name={props.name} regions={regions()} onClose={() => setAsking(false)} onChosen={(region) => void connect({ provider: props.provider, region })} />
      </Show>
    </>
  );
}

/** An account lives in one of the provider's installations, and only the merchant knows which. */
function RegionDialog(props: { name: string; regions: OfferView["regions"]; onClose: () => void; onChosen: (region: string) => void }): JSX.Element {
  const [chosen, setChosen] = createSignal(props.regions[0]?.id ?? "");
  return (
    <Dialog title={words.regionTitle(props.name)} onClose={() => props.onClose()}>
      <form method="dialog" onSubmit={(event) => { event.preventDefault(); props.onChosen(chosen()); }}>
        <p class="small">{words.regionAbout(props.name)}</p>
        <fieldset class="modes">
          <legend class="unseen">{words.regionTitle(props.name)}</legend>
          <For each={props.regions}>
            {(region, index) => (
              <label class="tick"><input type="radio" name="region" value={region.id} checked={chosen() === region.id} autofocus={index() === 0} onChange={() => setChosen(region.id)} /> {region.name}</label>
            )}
          </For>
        </fieldset>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => props.onClose()}>{words.regionCancel}</button>
          <button type="submit" class="button primary">{words.regionGo(props.name)}</button>
        </div>
      </form>
    </Dialog>
  );
}
