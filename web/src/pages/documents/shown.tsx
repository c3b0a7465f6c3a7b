/** The documents as pictures or as lines. */
import { createEffect, createSignal, on, Show, type Accessor, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import { ById } from "../../ui/by-id";
import { ago } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Expiry } from "./expiry-mark";
import { documentAddress, type DocumentFilters } from "./filters";
import { sizeInWords } from "./sizes";
import { documentsWords as words, kindWords, mediaWords, subjectInWords } from "./words";

type Props = { documents: readonly DocumentItem[]; filters: DocumentFilters; today: string };

/** A tile for each: its picture, what it is called, what it is about, and when it ends. */
export function Grid(props: Props): JSX.Element {
  return (
    <ul class="documents-grid" aria-label={words.title}>
      <ById items={props.documents}>
        {(one) => (
          <li>
            <a href={documentAddress(one().id, props.filters)}>
              <Picture document={one()} />
              <b>{one().title}</b>
              <small>{kindWords[one().kind]} · {subjectInWords(one())}</small>
              <Expiry document={one()} today={props.today} />
            </a>
          </li>
        )}
      </ById>
    </ul>
  );
}

/** The same as lines, for many at once. */
export function Table(props: Props): JSX.Element {
  return (
    <div class="card flush">
      <table class="ledger documents-table">
        <caption class="unseen">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.title}</th><th scope="col">{words.columns.about}</th><th scope="col">{words.columns.kind}</th>
            <th scope="col">{words.columns.expiry}</th><th scope="col">{words.columns.filed}</th><th scope="col" class="n">{words.columns.size}</th>
          </tr>
        </thead>
        <tbody><ById items={props.documents}>{(one) => <Line document={one} filters={props.filters} today={props.today} />}</ById></tbody>
      </table>
    </div>
  );
}

function Line(props: { document: Accessor<DocumentItem>; filters: DocumentFilters; today: string }): JSX.Element {
  const shop = useShop();
  const one = () => props.document();
  return (
    <tr>
      <th scope="row"><a href={documentAddress(one().id, props.filters)}>{one().title}</a><small>{one().tags.join(", ")}</small></th>
      <td>{subjectInWords(one())}</td>
      <td>{kindWords[one().kind]}<small> {mediaWords[one().mediaType]}</small></td>
      <td><Expiry document={one()} today={props.today} /></td>
      <td>{ago(one().createdAt, Date.now(), shop.view().zone)}<small> {one().createdBy}</small></td>
      <td class="n">{sizeInWords(one().sizeBytes)}</td>
    </tr>
  );
}

/**
 * The small picture; its link works for some minutes, and without it the tile says what the document is. It is asked for
 * as from another origin: below `localhost` the host of documents is not even the same site.
 */
function Picture(props: { document: DocumentItem }): JSX.Element {
  const [isBroken, setBroken] = createSignal(false);
  const address = () => (isBroken() ? null : props.document.thumbnailUrl);
  createEffect(on(() => props.document.thumbnailUrl, () => setBroken(false), { defer: true }));
  return (
    <span class="tile">
      <Show when={address()} fallback={<span class="tile-word" aria-hidden="true">{mediaWords[props.document.mediaType]}</span>}>
        {(src) => <img src={src()} crossorigin="anonymous" alt="" width="320" height="240" loading="lazy" decoding="async" onError={() => setBroken(true)} />}
      </Show>
    </span>
  );
}
