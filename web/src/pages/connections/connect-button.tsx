/** Leaves for the provider's consent page; what is kept here is connected at once. */
import { useLocation } from "@solidjs/router";
import { createSignal, For, Show, type JSX } from "solid-js";
import type { ConnectionView, ConnectRequest, OfferView } from "../../../../src/features/connections/contract";
import { shopApi, type Trouble } from "../../api";
import { Dialog } from "../../ui/dialog";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { connectionWords as words, hereWords } from "./words";

type Props = {
  provider: ConnectionView["provider"]; name: string;
  /** Where a merchant's account may be kept; asked before leaving where there is a choice. */
  regions?: OfferView["regions"];
  isPrimary?: boolean; children: JSX.Element;
};

/** While leaving it says where to, and what happens there. */
export function ConnectButton(props: Props): JSX.Element {
  const shop = useShop();
  const at = useLocation();
  /** A letter led here: the press that it speaks of is one key away. */
  const isAskedFor = () => at.query["connect"] === props.provider;
  const [isLeaving, setLeaving] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [isAsking, setAsking] = createSignal(false);
  const isHere = () => hereWords[props.provider] !== undefined;
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
  const begin = () => (regions().length > 1 ? setAsking(true) : void connect());
  return (
    <>
      <Show when={!shop.may("connections.manage") && !isHere()}><AskButton provider={props.provider} name={props.name} /></Show>
      <span ref={(made) => isAskedFor() && queueMicrotask(() => made.querySelector("button")?.focus())}>
        <Act permission="connections.manage" isPrimary={props.isPrimary === true} isBusy={isLeaving()} onPress={begin}>
          {isLeaving() ? (isHere() ? words.beginning : words.leaving(props.name)) : props.children}
        </Act>
      </span>
      <Show when={isLeaving() && !isHere()}><p class="small" role="status">{words.leavingNext}</p></Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={begin} />}</Show>
      <Show when={isAsking()}>
        <RegionDialog name={props.name} regions={regions()} onClose={() => setAsking(false)} onChosen={(region) => void connect({ provider: props.provider, region })} />
      </Show>
    </>
  );
}

/** For those who may not connect: a letter to those who may. */
function AskButton(props: Pick<Props, "provider" | "name">): JSX.Element {
  const [isAsking, setAsking] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const send = async () => {
    if (isAsking()) return;
    setAsking(true);
    const answer = await shopApi.askToConnect(props.provider);
    setAsking(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) announce(words.asked(props.name));
  };
  return (
    <>
      <button type="button" class="button" aria-disabled={isAsking() ? "true" : undefined} onClick={() => void send()}>{words.ask}</button>
      <Show when={trouble()}>{(problem) => <Problem trouble={problem()} />}</Show>
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
