/** Why somebody cannot be written to: what they said, when, by which way, and how they can come back. */
import { createSignal, For, lazy, Show, Suspense, type JSX } from "solid-js";
import type { HeldDecision } from "../../../../src/features/consent/contract";
import type { Reachability, ThreadView } from "../../../../src/features/messages/contract";
import { dateIn, plainDate } from "../../ui/dates";
import { Icon } from "../../ui/icon";
import { useShop } from "../../ui/shop";
import { Act } from "../../ui/states";
import { announce } from "../../ui/toast";
import { wayOfSource } from "../contacts/consent-words";
import type { Conversation } from "./conversation";
import { lockingLine, lockOf } from "./rules";
import { composerWords, lockWords as words } from "./words";

const DecideDialog = lazy(() => import("../contacts/decide-dialog"));
const AgreeDialog = lazy(() => import("../contacts/agree-dialog"));

type Props = { conversation: Conversation; view: ThreadView; name: string };

/** Nobody in the shop can lift a stop: there is no button here. */
export function Stopped(props: Props): JSX.Element {
  const shop = useShop();
  const lock = () => lockOf(props.view, "opted_out");
  const line = () => lockingLine(props.conversation.ledger(), "opted_out");
  const date = () => plainDate(dateIn(shop.view().zone, line()?.saidAt ?? lock()?.since ?? 0));
  const number = () => props.conversation.person.value()?.contact.phoneText ?? null;
  return (
    <section class="locked" data-tone="failed" aria-label={words.title(props.name)}>
      <h3><Icon name="lock" />{words.title(props.name)}</h3>
      <p>{words.when(date(), wayOfSource(line()?.source ?? lock()?.source ?? ""))}</p>
      <OwnWords conversation={props.conversation} act="opted_out" />
      <p>{number() === null ? words.backAnyhow : words.backByText(number() ?? "")}</p>
    </section>
  );
}

/** Until somebody has read what they said, nothing is sent. */
export function Held(props: Props): JSX.Element {
  const shop = useShop();
  const [deciding, setDeciding] = createSignal<HeldDecision["decision"] | null>(null);
  const line = () => lockingLine(props.conversation.ledger(), "held");
  const date = () => plainDate(dateIn(shop.view().zone, line()?.saidAt ?? lockOf(props.view, "held")?.since ?? 0));
  const decided = (decision: HeldDecision["decision"]) => {
    announce(decision === "opted_out" ? words.nowStop : words.nowNoStop);
    setDeciding(null);
    void props.conversation.changed();
  };
  return (
    <section class="locked" data-tone="held" aria-label={words.heldTitle(props.name)}>
      <h3><Icon name="lock" />{words.heldTitle(props.name)}</h3>
      <p>{words.heldWhen(date(), wayOfSource(line()?.source ?? ""))}</p>
      <OwnWords conversation={props.conversation} act="held" />
      <p class="buttons">
        <Act permission="messages.send" onPress={() => setDeciding("opted_out")}>{words.isStop}</Act>
        <Act permission="messages.send" onPress={() => setDeciding("released")}>{words.isNotStop}</Act>
      </p>
      <Suspense>
        <Show when={deciding()} keyed>
          {(decision) => <Show when={line()}>{(held) => <DecideDialog name={props.name} held={held()} decision={decision} onDecided={() => decided(decision)} onClose={() => setDeciding(null)} />}</Show>}
        </Show>
      </Suspense>
    </section>
  );
}

function OwnWords(props: { conversation: Conversation; act: "opted_out" | "held" }): JSX.Element {
  const line = () => lockingLine(props.conversation.ledger(), props.act);
  return (
    <Show when={line()}>
      {(one) => (
        <Show when={(one().words ?? "") !== ""} fallback={<p class="small">{words.noWords}</p>}>
          <p class="small">{words.said}</p>
          <blockquote>{one().words}</blockquote>
        </Show>
      )}
    </Show>
  );
}

/** Whoever never agreed is not written to first; that they did can be noted here. */
export function NoConsent(props: Props): JSX.Element {
  const [isNoting, setNoting] = createSignal(false);
  return (
    <section class="locked" data-tone="held" aria-label={words.noConsentTitle(props.name)}>
      <h3>{words.noConsentTitle(props.name)}</h3>
      <p>{words.noConsent}</p>
      <p class="buttons"><Act permission="messages.send" onPress={() => setNoting(true)}>{words.note}</Act></p>
      <Suspense>
        <Show when={isNoting() ? props.conversation.person.value()?.contact : undefined}>
          {(contact) => <AgreeDialog contact={contact()} onNoted={() => void props.conversation.changed()} onClose={() => setNoting(false)} />}
        </Show>
      </Suspense>
    </section>
  );
}

export function NoAddress(props: Props): JSX.Element {
  return (
    <section class="locked" data-tone="held" aria-label={words.noAddressTitle}>
      <h3>{words.noAddressTitle}</h3>
      <p>{words.noAddress}</p>
      <p class="buttons"><a class="button" href={`/contacts/${encodeURIComponent(props.conversation.contact)}`}>{words.toContact}</a></p>
    </section>
  );
}

/** Beside a way that is open: why the other is not. */
export function ClosedWays(props: { view: ThreadView }): JSX.Element {
  const shop = useShop();
  const date = (since: number) => plainDate(dateIn(shop.view().zone, since));
  const why = (way: "text" | "email", reach: Reachability): readonly string[] => {
    const said = { opted_out: "since" in reach ? words.optedOut(date(reach.since)) : "", held: "since" in reach ? words.held(date(reach.since)) : "" };
    return reach.state === "opted_out" || reach.state === "held" ? [composerWords.otherLocked(composerWords.ways[way], said[reach.state])] : [];
  };
  const closed = () => [...why("text", props.view.text), ...why("email", props.view.email)];
  return <For each={closed()}>{(line) => <p class="small"><span aria-hidden="true">× </span>{line}</p>}</For>;
}
