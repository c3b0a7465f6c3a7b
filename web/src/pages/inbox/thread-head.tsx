/** Who a conversation is with, whose it is, and whether it is done. */
import { createMemo, createSignal, For, onMount, Show, type JSX } from "solid-js";
import type { ThreadItem, ThreadView } from "../../../../src/features/messages/contract";
import type { Act } from "../../ui/acting";
import { createLive } from "../../ui/live";
import { Icon } from "../../ui/icon";
import { inboxApi } from "./inbox-api";
import { threadWords as words } from "./words";

type Props = { thread: ThreadItem; name: string; back: string; may: ThreadView["may"]; onAct: Act };

/** Without the right to answer nothing can be changed either. */
export function ThreadHead(props: Props): JSX.Element {
  let heading: HTMLHeadingElement | undefined;
  const [isBusy, setBusy] = createSignal(false);
  // On a small screen the list, and with it the link that was pressed, is gone.
  onMount(() => heading?.checkVisibility() === true && document.activeElement?.checkVisibility() !== true && heading.focus({ preventScroll: true }));
  const isDone = () => props.thread.doneAt !== null;
  const turn = async () => {
    if (isBusy()) return;
    setBusy(true);
    await props.onAct(inboxApi.close(props.thread.contact, !isDone()), isDone() ? words.isOpen : words.isDone);
    setBusy(false);
  };
  return (
    <header>
      <div>
        <a class="chip back" href={props.back}><Icon name="left" />{words.back}</a>
        <h2 id="thread-name" tabindex="-1" ref={(made) => (heading = made)}>{props.name}</h2>
        <Show when={props.thread.address !== props.name}><small>{props.thread.address}</small></Show>
      </div>
      <div class="row-acts">
        <Show when={props.may.send}>
          <Assign thread={props.thread} onAct={props.onAct} />
          <button type="button" class="button" aria-disabled={isBusy() ? "true" : undefined} onClick={() => void turn()}>{isDone() ? words.reopen : words.markDone}</button>
        </Show>
        <a class="button" href={`/contacts/${encodeURIComponent(props.thread.contact)}`}>{words.contact}</a>
      </div>
    </header>
  );
}

/** Who has it now can be chosen even where they left the team meanwhile. */
function Assign(props: { thread: ThreadItem; onAct: Act }): JSX.Element {
  const live = createLive({ key: () => "assignees", ask: inboxApi.assignees });
  const people = createMemo(() => {
    const all = live.value()?.people ?? [];
    const now = props.thread.assignedTo;
    return now === null || all.some(({ person }) => person === now.person) ? all : [now, ...all];
  });
  const assign = (person: string | null) => void props.onAct(inboxApi.assign(props.thread.contact, person), words.assigned(people().find((one) => one.person === person)?.name ?? null));
  return (
    <label>
      <span class="unseen">{words.assign}</span>
      <select onChange={(event) => assign(event.currentTarget.value === "" ? null : event.currentTarget.value)}>
        <option value="" selected={props.thread.assignedTo === null}>{words.nobody}</option>
        <For each={people()}>{(one) => <option value={one.person} selected={props.thread.assignedTo?.person === one.person}>{one.isYou ? words.you(one.name) : one.name}</option>}</For>
      </select>
    </label>
  );
}
