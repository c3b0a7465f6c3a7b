/** Where an address stands, in a glyph, a word and a colour. */
import { Show, type JSX } from "solid-js";
import type { AddressConsent } from "../../../../src/features/contacts/contract";
import { dateIn, plainDate } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { consentStates } from "./consent-words";
import { contactsWords as words } from "./words";

/** `withDate`: since when, on a line of its own. */
export function ConsentMark(props: { consent: AddressConsent; withDate?: boolean }): JSX.Element {
  const shop = useShop();
  const look = () => consentStates[props.consent.state];
  return (
    <>
      <span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph} </span>{look().word}</span>
      <Show when={props.withDate === true && props.consent.since !== null}><small>{words.since(plainDate(dateIn(shop.view().zone, props.consent.since ?? 0)))}</small></Show>
    </>
  );
}
