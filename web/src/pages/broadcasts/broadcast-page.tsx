/** One list: how far it is, what became of it, who was left out and why; pause, go on, cancel. */
import { A, useParams } from "@solidjs/router";
import { createSignal, For, Show, type Accessor, type JSX } from "solid-js";
import type { BroadcastAnswer, BroadcastView } from "../../../../src/features/broadcasts/contract";
import { createActing, type Act as Doing } from "../../ui/acting";
import { momentIn } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { ConfirmDialog } from "../account/confirm-dialog";
import { messageStates } from "../inbox/words";
import { announce } from "../../ui/toast";
import { broadcastsApi } from "./broadcasts-api";
import { LeftOut } from "./left-out";
import { ListMark, Progress } from "./marks";
import { durationWords } from "./plan";
import { Recipients } from "./recipients";
import { listWords as words, problemWords } from "./words";
import "../../styles/lists.css";

/** Not over yet, wherever its last messages are. */
const MOVING = ["queued", "sending", "uncertain", "accepted", "sent"];
/** After so long a status that has not come will hardly come. */
const LATE_MS = 10 * 60_000;

/** /broadcasts/:broadcast */
export default function BroadcastPage(): JSX.Element {
  return <Permitted permission="messages.read"><Broadcast /></Permitted>;
}

function Broadcast(): JSX.Element {
  const params = useParams();
  const id = () => params["broadcast"] ?? "";
  const live = createLive<BroadcastAnswer>({ key: () => `broadcast ${id()}`, ask: () => broadcastsApi.list(id()), pollWhile: ({ broadcast }) => isMoving(broadcast, Date.now()), lookAgainWhile: ({ broadcast }) => broadcast.state === "running" });
  const { act, trouble } = createActing(live);
  return (
    <Page title={live.value()?.broadcast.name ?? words.title} actions={<A class="button" href="/broadcasts">{words.back}</A>}>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <Loaded live={live} skeleton={<><Bars count={2} /><Bars count={6} tall /></>}>
        {(view) => <Shown list={() => view().broadcast} act={act} onChanged={live.reload} />}
      </Loaded>
    </Page>
  );
}

/** Something is about to change: it goes out now, or its messages are still on their way. */
function isMoving({ state, nextAt, messages, changedAt }: BroadcastView, now: number): boolean {
  if (state === "running") return nextAt === null || nextAt < now + 60_000;
  return now - changedAt < LATE_MS && messages.some((one) => MOVING.includes(one.state) && one.count > 0);
}

type Props = { list: Accessor<BroadcastView>; act: Doing; onChanged: () => Promise<void> };

function Shown(props: Props): JSX.Element {
  const shop = useShop();
  const list = () => props.list();
  return (
    <div class="stack wide">
      <section>
        <Show when={list().problem}>{(problem) => <div class="notice failed"><h2>{problemWords[problem()].title}</h2><p>{problemWords[problem()].next}</p><p><A class="button" href="/texting">{words.toTexting}</A></p></div>}</Show>
        <h2>{words.progress}</h2>
        <p class="small">{words.made(list().createdBy, momentIn(shop.view().zone, list().createdAt))}</p>
        <p role="status" class="list-state"><ListMark state={list().state} /><Waits list={list()} /></p>
        <div class="list-progress"><Progress counts={list().counts} name={list().name} /></div>
        <Acts {...props} />
      </section>
      <section><h2>{words.became}</h2><States list={list()} /></section>
      <section><Show when={list().leftOut.length > 0} fallback={<><h2>{words.whoNot}</h2><p class="small">{words.nobodyLeft}</p></>}><LeftOut all={list().leftOut} title={words.whoNot} /></Show></section>
      <Recipients list={list()} />
      <section><h2>{words.words}</h2><div class="text-sample"><Show when={list().subject !== ""}><b>{list().subject}</b><br /></Show>{list().body}</div></section>
    </div>
  );
}

/** When it goes on, and for how long still. */
function Waits(props: { list: BroadcastView }): JSX.Element {
  const shop = useShop();
  const later = () => (props.list.state === "running" && props.list.nextAt !== null && props.list.nextAt > Date.now() + 60_000 ? props.list.nextAt : null);
  const left = () => (props.list.state === "running" && props.list.counts.waiting > 0 ? durationWords((props.list.counts.waiting * 60_000) / props.list.perMinute) : "");
  return <span class="small"><Show when={later()} fallback={left() === "" ? "" : words.left(left())}>{(at) => words.next(momentIn(shop.view().zone, at()))}</Show></span>;
}

/** Never optimistic: the state changes when the server says so. */
function Acts(props: Props): JSX.Element {
  const [isCancelling, setCancelling] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const list = () => props.list();
  const isOpen = () => list().state === "running" || list().state === "paused";
  const turn = async () => {
    setBusy(true);
    await (list().state === "running" ? props.act(broadcastsApi.pause(list().id), words.paused) : props.act(broadcastsApi.resume(list().id), words.resumed));
    setBusy(false);
  };
  const cancelled = async () => {
    setCancelling(false);
    announce(words.cancelled);
    await props.onChanged();
  };
  return (
    <Show when={isOpen()}>
      <p class="buttons">
        <Act permission="messages.manage" isPrimary={list().state === "paused"} isBusy={isBusy()} onPress={() => void turn()}>{list().state === "running" ? words.pause : words.resume}</Act>
        <Act permission="messages.manage" onPress={() => setCancelling(true)}>{words.cancel}</Act>
      </p>
      <Show when={isCancelling()}>
        <ConfirmDialog title={words.cancelTitle(list().name)} about={words.cancelAbout(list().counts.waiting)} submit={words.cancelNow} act={() => broadcastsApi.cancel(list().id)} onDone={() => void cancelled()} onClose={() => setCancelling(false)} />
      </Show>
    </Show>
  );
}

function States(props: { list: BroadcastView }): JSX.Element {
  const isText = () => props.list.channel === "text";
  return (
    <Show when={props.list.messages.length > 0} fallback={<p class="small">{words.none}</p>}>
      <table class="ledger list-states">
        <caption class="unseen">{words.became}</caption>
        <thead><tr><th scope="col">{words.state}</th><th scope="col" class="n">{words.many}</th><Show when={isText()}><th scope="col" class="n">{words.segments}</th></Show></tr></thead>
        <tbody>
          <For each={props.list.messages}>
            {({ state, count, segments }) => (
              <tr><th scope="row"><span class="mark" data-tone={messageStates[state].tone}><span aria-hidden="true">{messageStates[state].glyph} </span>{messageStates[state].word}</span></th><td class="n">{count.toLocaleString("en-US")}</td><Show when={isText()}><td class="n">{segments.toLocaleString("en-US")}</td></Show></tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}
