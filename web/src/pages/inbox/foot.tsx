/** What stands below a conversation: where an answer is written, or why none can be. */
import { lazy, Match, Suspense, Switch, type Accessor, type JSX } from "solid-js";
import type { ThreadView } from "../../../../src/features/messages/contract";
import { useShop } from "../../ui/shop";
import { Bars, Waiting } from "../../ui/states";
import type { Conversation } from "./conversation";
import { Held, NoAddress, NoConsent, Stopped } from "./locked";
import { footingOf } from "./rules";
import { composerWords as words } from "./words";

const Composer = lazy(() => import("./composer"));

type Props = { conversation: Conversation; view: Accessor<ThreadView>; name: string; onSent: () => void };

/** Whoever said stop is never offered a field to write in. */
export function Foot(props: Props): JSX.Element {
  const shop = useShop();
  const footing = () => footingOf(props.view());
  const parts = () => ({ conversation: props.conversation, view: props.view(), name: props.name });
  return (
    <Switch>
      <Match when={footing() === "opted_out"}><Stopped {...parts()} /></Match>
      <Match when={footing() === "held"}><Held {...parts()} /></Match>
      <Match when={footing() === "no_address"}><NoAddress {...parts()} /></Match>
      <Match when={footing() === "no_consent"}><NoConsent {...parts()} /></Match>
      <Match when={!props.view().may.send}><div class="composer"><p class="small">{words.mayNot(shop.whoMay("messages.send"))}</p></div></Match>
      <Match when={footing() === "write"}>
        <Suspense fallback={<div class="composer"><Waiting><Bars count={2} /></Waiting></div>}><Composer {...parts()} onSent={() => props.onSent()} /></Suspense>
      </Match>
    </Switch>
  );
}
