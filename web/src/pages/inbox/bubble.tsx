/** One message, and what became of it, in a glyph and in words. */
import { createSignal, For, Show, type Accessor, type JSX } from "solid-js";
import type { MessageView } from "../../../../src/features/messages/contract";
import type { Act } from "../../ui/acting";
import { momentIn, timeIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { inboxApi } from "./inbox-api";
import { messageStates, purposeWords, threadWords as words, wayWords } from "./words";

type Props = { message: Accessor<MessageView>; name: string; contact: string; onAct: Act };

/** What came in stands left, what went out right. */
export function Bubble(props: Props): JSX.Element {
  const one = () => props.message();
  const isOut = () => one().direction === "out";
  const tone = () => messageStates[one().state].tone;
  return (
    <article class={isOut() ? "bubble out" : "bubble"} data-tone={isOut() ? tone() : undefined}>
      <span class="unseen">{words.wrote(isOut() ? one().by : props.name)}</span>
      <div class="body"><Show when={one().subject !== ""}><h4>{one().subject}</h4></Show>{one().body}</div>
      <Show when={one().documents.length > 0}>
        <div class="media"><For each={one().documents}>{(document) => <a href={`/documents/${document.id}`}>{words.document[document.as]}</a>}</For></div>
      </Show>
      <Show when={one().mediaCount > 0}><small>{words.media(one().mediaCount)}</small></Show>
      <Status message={one()} />
      <Show when={one().problem}>{(problem) => <small><b data-tone="failed">{problem().title}</b> {problem().next}</small>}</Show>
      <Show when={one().mayCancel}><Cancel message={one()} contact={props.contact} onAct={props.onAct} /></Show>
    </article>
  );
}

function Status(props: { message: MessageView }): JSX.Element {
  const shop = useShop();
  const one = () => props.message;
  const look = () => messageStates[one().state];
  const facts = () => [one().channel === "email" ? wayWords.email : "", purposeWords[one().purpose], one().direction === "out" ? one().by : ""].filter((fact) => fact !== "");
  const waits = () => {
    const { state, dueAt } = one();
    return state === "queued" && dueAt !== null && dueAt > Date.now() + 60_000 ? words.later(momentIn(shop.view().zone, dueAt)) : null;
  };
  return (
    <small>
      <time datetime={new Date(one().at).toISOString()}>{timeIn(shop.view().zone, one().at)}</time>
      <For each={facts()}>{(fact) => ` · ${fact}`}</For>
      <Show when={one().direction === "out"}> · <b data-tone={look().tone}><span aria-hidden="true">{look().glyph} </span>{waits() ?? look().word}</b></Show>
    </small>
  );
}

function Cancel(props: { message: MessageView; contact: string; onAct: Act }): JSX.Element {
  const [isBusy, setBusy] = createSignal(false);
  const cancel = async () => {
    if (isBusy()) return;
    setBusy(true);
    await props.onAct(inboxApi.cancel(props.contact, props.message.id, props.message.at), words.cancelled);
    setBusy(false);
  };
  return <small><button type="button" class="plain" aria-disabled={isBusy() ? "true" : undefined} onClick={() => void cancel()}>{words.cancel}</button></small>;
}
