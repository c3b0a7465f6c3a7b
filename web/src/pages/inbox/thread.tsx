/** One conversation: who it is with, what was said, and what can be answered. */
import { createEffect, createMemo, on, onCleanup, onMount, Show, type Accessor, type JSX } from "solid-js";
import type { ThreadView } from "../../../../src/features/messages/contract";
import { createActing, type Act } from "../../ui/acting";
import { Bars, Loaded, Problem } from "../../ui/states";
import { createConversation, type Conversation } from "./conversation";
import { Foot } from "./foot";
import { ThreadHead } from "./thread-head";
import { Words } from "./said";
import "../../styles/picking.css";
import "../../styles/thread.css";

type Props = { contact: string; back: string; onChanged: () => void };

/** `onChanged`: what the list shows may have changed with it. */
export default function Thread(props: Props): JSX.Element {
  const one = createConversation(props.contact);
  return (
    <section class="thread" aria-labelledby="thread-name">
      <Loaded live={one.pages.live} skeleton={<Bars count={6} tall />}>
        {(view) => <Open conversation={one} view={view} back={props.back} onChanged={() => props.onChanged()} />}
      </Loaded>
    </section>
  );
}

function Open(props: { conversation: Conversation; view: Accessor<ThreadView>; back: string; onChanged: () => void }): JSX.Element {
  const one = () => props.conversation;
  const thread = createMemo(() => props.view().thread);
  const acting = createActing(one().pages.live);
  const act: Act = async (doing, said) => {
    const worked = await acting.act(doing, said);
    props.onChanged();
    return worked;
  };
  // What is on the screen is read; a tab that nobody looks at reads nothing until somebody does.
  const read = () => {
    if (thread().unreadCount > 0 && !document.hidden) void one().read(thread().lastAt).then(() => props.onChanged());
  };
  createEffect(on(() => [thread().unreadCount, thread().lastAt] as const, read));
  onMount(() => document.addEventListener("visibilitychange", read));
  onCleanup(() => document.removeEventListener("visibilitychange", read));
  const name = () => (thread().name === "" ? thread().address : thread().name);
  return (
    <>
      <ThreadHead thread={thread()} name={name()} back={props.back} may={props.view().may} onAct={act} />
      <Show when={acting.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Words conversation={one()} name={name()} onAct={act} />
      <Foot conversation={one()} view={props.view} name={name()} onSent={() => props.onChanged()} />
    </>
  );
}
