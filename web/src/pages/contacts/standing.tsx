/** Where each address of a contact stands, and what can be noted of it. A stop has no button that lifts it. */
import { For, Show, type JSX } from "solid-js";
import type { AddressConsent, ContactView } from "../../../../src/features/contacts/contract";
import type { Channel } from "../../../../src/features/consent/contract";
import { dateIn, plainDate } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Act } from "../../ui/states";
import { channelWords, consentStates, sourceWords } from "./consent-words";
import { contactWords as words } from "./words";

type Props = { contact: ContactView; onAsk: (asked: "agree" | "stop") => void };
type Reached = { readonly channel: Channel; readonly address: string; readonly consent: AddressConsent };

/** The number first. */
export function Standing(props: Props): JSX.Element {
  const all = (): readonly Reached[] => {
    const { phoneText, email, consent } = props.contact;
    return [
      ...(phoneText === null || consent.text === null ? [] : [{ channel: "text" as const, address: phoneText, consent: consent.text }]),
      ...(email === null || consent.email === null ? [] : [{ channel: "email" as const, address: email, consent: consent.email }]),
    ];
  };
  const isStopped = () => all().every(({ consent }) => consent.state === "opted_out");
  return (
    <>
      <ul class="stand"><For each={all()}>{(one) => <Address {...one} id={props.contact.id} />}</For></ul>
      <p class="buttons">
        <Show when={!isStopped()}>
          <Act permission="messages.send" onPress={() => props.onAsk("agree")}>{words.agree}</Act>
          <Act permission="messages.send" onPress={() => props.onAsk("stop")}>{words.stop}</Act>
        </Show>
      </p>
    </>
  );
}

function Address(props: Reached & { id: string }): JSX.Element {
  const shop = useShop();
  const look = () => consentStates[props.consent.state];
  const noted = () => (props.consent.since === null || props.consent.source === null ? "" : words.noted(plainDate(dateIn(shop.view().zone, props.consent.since)), sourceWords[props.consent.source]));
  const means = () => ({ agreed: "", none: words.nothing, held: words.held, opted_out: props.channel === "text" ? words.locked : words.lockedEmail })[props.consent.state];
  return (
    <li data-tone={look().tone}>
      <small>{channelWords[props.channel]}</small> <b>{props.address}</b>
      <p><span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph} </span>{look().word}.</span> {noted()} {means()} <Show when={props.consent.state === "held"}><a href={`/inbox/${encodeURIComponent(props.id)}`}>{words.readIt}</a></Show></p>
    </li>
  );
}
