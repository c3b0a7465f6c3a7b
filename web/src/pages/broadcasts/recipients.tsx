/** Everybody on a list, each with what became of them. */
import { A } from "@solidjs/router";
import { createEffect, createSignal, For, on, Show, type JSX } from "solid-js";
import type { BroadcastView, RecipientsView, RecipientState } from "../../../../src/features/broadcasts/contract";
import { createPages } from "../../ui/pages";
import { Bars, Loaded, Problem } from "../../ui/states";
import { broadcastsApi } from "./broadcasts-api";
import { peopleOf } from "./plan";
import { listWords as words, reasonWords, recipientStates } from "./words";

const STATES = Object.keys(recipientStates) as readonly RecipientState[];
type Recipient = RecipientsView["recipients"][number];

/** Asked for when it is opened, and again when the numbers of the list change. */
export function Recipients(props: { list: BroadcastView }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <details class="recipients" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.each} ({peopleOf(props.list.counts).toLocaleString("en-US")})</summary>
      <Show when={isOpen()}><People list={props.list} /></Show>
    </details>
  );
}

function People(props: { list: BroadcastView }): JSX.Element {
  const [state, setState] = createSignal<RecipientState | null>(null);
  const pages = createPages<RecipientsView, Recipient>({
    key: () => `recipients ${props.list.id} ${state() ?? ""}`,
    ask: (after) => broadcastsApi.recipients(props.list.id, { ...(state() === null ? {} : { state: state() ?? "waiting" }), ...(after === undefined ? {} : { after }) }),
    pageOf: ({ recipients, next }) => ({ rows: recipients, next }), idOf: ({ contact }) => contact,
  });
  createEffect(on(() => JSON.stringify(props.list.counts), () => void pages.live.reload(), { defer: true }));
  return (
    <>
      <div class="chip-row" role="group" aria-label={words.which}>
        <For each={[null, ...STATES]}>{(one) => <button type="button" class="chip" aria-pressed={state() === one ? "true" : "false"} aria-current={state() === one ? "true" : undefined} onClick={() => setState(one)}>{one === null ? words.all : recipientStates[one].word}</button>}</For>
      </div>
      <Loaded live={pages.live} skeleton={<Bars count={4} tall />}>
        {() => (
          <Show when={pages.rows().length > 0} fallback={<p class="small">{words.nobody}</p>}>
            <ul class="recipient-list"><For each={pages.rows()}>{(one) => <Person person={one} />}</For></ul>
          </Show>
        )}
      </Loaded>
      <Show when={pages.trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void pages.more()} />}</Show>
      <Show when={pages.hasMore()}>
        <p class="buttons"><button type="button" class="button" aria-disabled={pages.isLoadingMore() ? "true" : undefined} onClick={() => void pages.more()}>{pages.isLoadingMore() ? words.moreBusy : words.more}</button></p>
      </Show>
    </>
  );
}

function Person(props: { person: Recipient }): JSX.Element {
  const look = () => recipientStates[props.person.state];
  return (
    <li>
      <Show when={props.person.name !== ""} fallback={<span class="small">{words.gone}</span>}><A href={`/contacts/${props.person.contact}`}>{props.person.name}</A></Show>
      <span><span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph} </span>{look().word}</span><Show when={props.person.reason}>{(reason) => <small> {reasonWords[reason()]}</small>}</Show></span>
    </li>
  );
}
