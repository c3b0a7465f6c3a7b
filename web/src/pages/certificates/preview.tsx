/** The paper as it will be, near enough to judge words by; the real one is drawn by the server when a certificate is issued. */
import { For, Show, type JSX } from "solid-js";
import type { TemplateChange } from "../../../../src/features/certificates/contract";
import { dateIn, plainDate } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { expiryOf, numberOf } from "./beforehand";
import { previewWords as words } from "./words";

/** Follows the draft with every letter. */
export function Preview(props: { draft: TemplateChange }): JSX.Element {
  const shop = useShop();
  const today = dateIn(shop.view().zone, Date.now());
  const through = () => expiryOf(today, props.draft.validMonths);
  const facts = () => [
    [words.facts.product, words.product], [words.facts.serial, words.serial], [words.facts.number, numberOf(props.draft)], [words.facts.issued, plainDate(today)],
    [words.facts.through, throughWords(through())],
  ];
  return (
    <figure class="paper" aria-label={words.label}>
      <div>
        <p class="paper-shop">{shop.view().name}</p>
        <p class="paper-title">{props.draft.title}</p>
        <hr />
        <p class="paper-statement">{props.draft.statement}</p>
        <p class="paper-to">{words.issuedTo}</p>
        <p class="paper-holder">{words.holder}</p>
        <dl><For each={facts()}>{([label, value]) => <div><dt>{label}</dt><dd>{value}</dd></div>}</For></dl>
        <Show when={props.draft.terms.trim() !== ""}><p class="paper-terms">{props.draft.terms}</p></Show>
        <p class="paper-check">{words.check}</p>
      </div>
    </figure>
  );
}

function throughWords(date: string | null): string {
  return date === null ? words.noExpiry : plainDate(date);
}
