/** Leaves for the provider's consent page; what is kept here is connected at once. */
import { createSignal, Show, type JSX } from "solid-js";
import type { ConnectionView } from "../../../../src/features/connections/contract";
import { shopApi, type Trouble } from "../../api";
import { Act, Problem } from "../../ui/states";
import { connectionWords as words, hereWords } from "./words";

type Props = { provider: ConnectionView["provider"]; name: string; isPrimary?: boolean; children: JSX.Element };

/** While leaving it says where to, and what happens there. */
export function ConnectButton(props: Props): JSX.Element {
  const [isLeaving, setLeaving] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const isHere = () => hereWords[props.provider] !== undefined;
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
      <Act permission="connections.manage" isPrimary={props.isPrimary === true} isBusy={isLeaving()} onPress={() => void connect()}>
        {isLeaving() ? (isHere() ? words.beginning : words.leaving(props.name)) : props.children}
      </Act>
      <Show when={isLeaving() && !isHere()}><p class="small" role="status">{words.leavingNext}</p></Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void connect()} />}</Show>
    </>
  );
}
