/** Leaves for the provider's consent page. */
import { useLocation } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import type { ConnectionView } from "../../../../src/features/connections/contract";
import { shopApi, type Trouble } from "../../api";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { connectionWords as words } from "./words";

type Props = { provider: ConnectionView["provider"]; name: string; isPrimary?: boolean; children: JSX.Element };

/** While leaving it says where to, and what happens there. */
export function ConnectButton(props: Props): JSX.Element {
  const shop = useShop();
  const at = useLocation();
  /** A letter led here: the press that it speaks of is one key away. */
  const isAskedFor = () => at.query["connect"] === props.provider;
  const [isLeaving, setLeaving] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const connect = async () => {
    setLeaving(true);
    setTrouble(undefined);
    const answer = await shopApi.connect(props.provider);
    if (answer.ok) return location.assign(answer.value.url);
    setLeaving(false);
    setTrouble(answer.failure);
    return undefined;
  };
  return (
    <>
      <Show when={!shop.may("connections.manage")}><AskButton provider={props.provider} name={props.name} /></Show>
      <span ref={(made) => isAskedFor() && queueMicrotask(() => made.querySelector("button")?.focus())}>
        <Act permission="connections.manage" isPrimary={props.isPrimary === true} isBusy={isLeaving()} onPress={() => void connect()}>
          {isLeaving() ? words.leaving(props.name) : props.children}
        </Act>
      </span>
      <Show when={isLeaving()}><p class="small" role="status">{words.leavingNext}</p></Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void connect()} />}</Show>
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
