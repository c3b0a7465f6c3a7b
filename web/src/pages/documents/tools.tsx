/** What narrows the documents, and how they are shown. */
import { createEffect, createUniqueId, For, on, onCleanup, Show, type JSX } from "solid-js";
import type { DocumentKind, SubjectKind } from "../../../../src/features/documents/contract";
import { useShop } from "../../ui/shop";
import { look, setLook } from "./choice";
import type { Documents } from "./controller";
import { documentsAddress, isFiltered } from "./filters";
import { documentsWords as words, kindPlurals, subjectInWords, subjectKindWords } from "./words";

/** Long enough to finish a word. */
const TYPING_MS = 300;
const KINDS = Object.entries(kindPlurals) as readonly (readonly [DocumentKind, string])[];
const SUBJECT_KINDS = Object.entries(subjectKindWords) as readonly (readonly [SubjectKind, string])[];

/** Everything that is chosen here stands in the address; the look stays in this browser. */
export function Tools(props: { documents: Documents }): JSX.Element {
  const shop = useShop();
  const filters = () => props.documents.filters();
  const narrowed = () => (filters().about === null || filters().subject === "" ? null : subjectInWords({ subjectKind: filters().about ?? "shop", subject: filters().subject }));
  return (
    <form class="document-tools" role="search" onSubmit={(event) => event.preventDefault()}>
      <Search documents={props.documents} />
      <label>
        <span>{words.kind}</span>
        <select onChange={(event) => props.documents.go({ kind: KINDS.find(([kind]) => kind === event.currentTarget.value)?.[0] ?? null })}>
          <option value="">{words.anyKind}</option>
          <For each={KINDS}>{([kind, word]) => <option value={kind} selected={filters().kind === kind}>{word}</option>}</For>
        </select>
      </label>
      <label>
        <span>{words.aboutWhat}</span>
        <select onChange={(event) => props.documents.go({ about: SUBJECT_KINDS.find(([kind]) => kind === event.currentTarget.value)?.[0] ?? null, subject: "" })}>
          <option value="">{words.anySubject}</option>
          <For each={SUBJECT_KINDS}>{([kind, word]) => <option value={kind} selected={filters().about === kind}>{word}</option>}</For>
        </select>
      </label>
      <div class="chip-row">
        <a class="chip" href={documentsAddress(filters(), { isExpiring: !filters().isExpiring })} aria-current={filters().isExpiring ? "true" : undefined} noScroll>{words.expiring}</a>
        <Show when={filters().kind !== "report" && shop.may("days.read")}><a class="chip" href={documentsAddress(filters(), { kind: "report" })} noScroll>{words.reports}</a></Show>
        <Show when={narrowed()}>{(subject) => <span class="chip" aria-current="true">{words.onlyAbout(subject())}</span>}</Show>
        <Show when={isFiltered(filters())}><a class="chip" href="/documents" noScroll>{words.clear}</a></Show>
        <Looks />
      </div>
    </form>
  );
}

function Search(props: { documents: Documents }): JSX.Element {
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const search = () => props.documents.filters().search;
  // What comes from elsewhere ("Show all", back) is shown; what is being typed is left alone.
  createEffect(on(search, (text) => {
    if (input !== undefined && input.value.trim() !== text) input.value = text;
  }));
  const typed = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => props.documents.go({ search: text.trim() }, true), TYPING_MS);
  };
  return (
    <label>
      <span>{words.search}</span>
      <input type="search" ref={(made) => (input = made)} value={search()} maxlength="80" autocomplete="off" placeholder={words.searchHint} onInput={(event) => typed(event.currentTarget.value)} />
    </label>
  );
}

function Looks(): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset class="looks">
      <legend class="unseen">{words.view}</legend>
      <For each={["grid", "list"] as const}>
        {(each) => <label class="chip" aria-current={look() === each ? "true" : undefined}><input type="radio" class="unseen" name={name} checked={look() === each} onChange={() => setLook(each)} />{words[each]}</label>}
      </For>
    </fieldset>
  );
}
