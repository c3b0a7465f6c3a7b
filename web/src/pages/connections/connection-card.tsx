/** One till or one set of books, and what can be done with it. */
import { createSignal, lazy, Show, Suspense, type JSX } from "solid-js";
import type { ConnectionView } from "../../../../src/features/connections/contract";
import { shopApi, type Answer, type Trouble } from "../../api";
import { ago, plainDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { ConnectButton } from "./connect-button";
import { connectionStates, connectionWords as words, connectWord } from "./words";

const ClosingDialog = lazy(() => import("./closing-dialog"));

type Props = { connection: ConnectionView; onChanged: () => void };

/** Its state first, its acts below. */
export function ConnectionCard(props: Props): JSX.Element {
  const shop = useShop();
  const one = () => props.connection;
  const look = () => connectionStates[one().state];
  const when = (at: number) => ago(at, Date.now(), shop.view().zone);
  const facts = () => [one().currency, words.since(when(one().connectedAt)), words.checked(when(one().checkedAt)), one().closedThrough === null ? null : words.closed(plainDate(one().closedThrough ?? ""))];
  return (
    <article class="card connection" data-tone={one().state === "reconnect_needed" ? "failed" : undefined}>
      <div>
        <h3>{one().providerName}<Show when={one().name !== one().providerName}><small>{one().name}</small></Show></h3>
        <p class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph}</span> {look().word}</p>
        <p class="small">{facts().filter((fact) => fact !== null).join(" · ")}</p>
        <Show when={one().state === "reconnect_needed"}><p>{words.needed}</p></Show>
        <Show when={one().state === "disconnected"}><p class="small">{words.gone}</p></Show>
      </div>
      <CardActs connection={one()} onChanged={() => props.onChanged()} />
    </article>
  );
}

function CardActs(props: Props): JSX.Element {
  const [isAsking, setAsking] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const run = async (ask: () => Promise<Answer<object>>, said: string) => {
    setBusy(true);
    setTrouble(undefined);
    const answer = await ask();
    setBusy(false);
    setAsking(false);
    if (answer.ok) announce(said);
    else setTrouble(answer.failure);
    props.onChanged();
  };
  const [isClosing, setClosing] = createSignal(false);
  const { id, provider, providerName } = props.connection;
  const isOwn = provider === "journal";
  const isLive = () => props.connection.state === "connected";
  return (
    <div class="card-acts">
      <Show when={!isLive()}>
        <ConnectButton provider={provider} name={providerName} isPrimary>{props.connection.state === "disconnected" ? connectWord(provider, providerName) : words.reconnect}</ConnectButton>
      </Show>
      <Show when={isLive() && isOwn}>
        <Act permission="connections.manage" onPress={() => setClosing(true)}>{words.closePeriod}</Act>
      </Show>
      <Show when={isLive() && !isOwn && provider !== "file"}>
        <Act permission="connections.manage" isBusy={isBusy()} onPress={() => void run(() => shopApi.refreshConnection(id), words.refreshed(providerName))}>{words.refresh}</Act>
      </Show>
      <Show when={props.connection.state !== "disconnected"}>
        <Act permission="connections.manage" isBusy={isBusy()} onPress={() => setAsking(true)}>{words.disconnect}</Act>
      </Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Suspense><Show when={isClosing()}><ClosingDialog connection={props.connection} onClose={() => setClosing(false)} onSaved={() => props.onChanged()} /></Show></Suspense>
      <Show when={isAsking()}>
        <Dialog title={words.confirmTitle(providerName)} onClose={() => setAsking(false)}>
          <p>{props.connection.role === "till" ? words.confirmTill : words.confirmBooks}</p>
          <div class="dialog-actions">
            <button type="button" class="button" autofocus onClick={() => setAsking(false)}>{words.keep}</button>
            <button type="button" class="button danger" onClick={() => void run(() => shopApi.disconnect(id), words.disconnected(providerName))}>{words.confirm}</button>
          </div>
        </Dialog>
      </Show>
    </div>
  );
}
