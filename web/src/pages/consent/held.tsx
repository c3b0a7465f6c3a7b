/** Words that may have meant stop, for a person to read. */
import { createSignal, For, lazy, Show, Suspense, type JSX } from "solid-js";
import type { HeldDecision, HeldView } from "../../../../src/features/consent/contract";
import { plainDate, dateIn, timeIn } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { focusHeading } from "../../ui/page";
import { phoneWords } from "../../ui/phone";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded } from "../../ui/states";
import { announce } from "../../ui/toast";
import { consentApi } from "../contacts/consent-api";
import { sourceWords } from "../contacts/consent-words";
import { consentWords as words } from "./words";

const DecideDialog = lazy(() => import("../contacts/decide-dialog"));

type Asked = { readonly held: HeldView; readonly decision: HeldDecision["decision"] };

/** Somebody may write at any time: it is looked at again now and then. */
export function Held(): JSX.Element {
  const shop = useShop();
  const live = createLive({ key: () => "held", ask: consentApi.held, lookAgainWhile: () => true });
  const [asked, setAsked] = createSignal<Asked | null>(null);
  const decided = async (decision: Asked["decision"]) => {
    setAsked(null);
    announce(decision === "opted_out" ? words.nowStop : words.nowNoStop);
    await live.reload();
    focusHeading();
  };
  return (
    <section>
      <h2>{words.held}</h2>
      <p class="small">{words.heldAbout}</p>
      <Loaded live={live} skeleton={<Bars count={2} tall />}>
        {(view) => (
          <Show when={view().held.length > 0} fallback={<p><span class="mark" data-tone="ties" aria-hidden="true">✓ </span>{words.nobodyHeld}</p>}>
            <ul class="held-list"><For each={view().held}>{(one) => <Somebody held={one} onAsk={(decision) => setAsked({ held: one, decision })} />}</For></ul>
            <Show when={!shop.may("messages.send")}><p class="small">{words.deciders(shop.whoMay("messages.send"))}</p></Show>
          </Show>
        )}
      </Loaded>
      <Suspense>
        <Show when={asked()} keyed>{(one) => <DecideDialog name={whoOf(one.held)} held={one.held} decision={one.decision} onDecided={() => void decided(one.decision)} onClose={() => setAsked(null)} />}</Show>
      </Suspense>
    </section>
  );
}

function whoOf({ addresses }: HeldView): string {
  return phoneWords(addresses[0]?.value ?? words.erased);
}

function Somebody(props: { held: HeldView; onAsk: (decision: Asked["decision"]) => void }): JSX.Element {
  const shop = useShop();
  const one = () => props.held;
  const when = () => `${plainDate(dateIn(shop.view().zone, one().saidAt))}, ${timeIn(shop.view().zone, one().saidAt)}`;
  const who = () => <span class="unseen">: {whoOf(one())}</span>;
  return (
    <li data-tone="held">
      <h3><Show when={one().addresses.length > 0} fallback={words.erased}><a href={`/contacts?search=${encodeURIComponent(one().addresses[0]?.value ?? "")}`}>{one().addresses.map(({ value }) => phoneWords(value)).join(", ")}</a></Show></h3>
      <p class="small">{words.said(when(), sourceWords[one().source])}</p>
      <Show when={one().words} fallback={<p class="small">{words.noWords}</p>}>{(said) => <blockquote>{said()}</blockquote>}</Show>
      <Show when={shop.may("messages.send")}>
        <div class="row-acts">
          <Act permission="messages.send" onPress={() => props.onAsk("opted_out")}>{words.isStop}{who()}</Act>
          <Act permission="messages.send" onPress={() => props.onAsk("released")}>{words.isNotStop}{who()}</Act>
        </div>
      </Show>
    </li>
  );
}
