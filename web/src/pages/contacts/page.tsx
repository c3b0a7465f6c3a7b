/** The people outside whom the shop may write to, found by name, number, address, tag or consent. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, For, lazy, on, onCleanup, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { ContactItem, ContactsView } from "../../../../src/features/contacts/contract";
import { ById } from "../../ui/by-id";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { createPages, type Pages } from "../../ui/pages";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted, Problem } from "../../ui/states";
import { lineApi } from "../inbox/line-api";
import { ConsentMark } from "./consent-mark";
import { consentStates } from "./consent-words";
import { contactsApi } from "./contacts-api";
import { contactsAddress, isFiltered, questionOf, readContactFilters, STATES, type ContactFilters } from "./filters";
import { nameOf } from "./names";
import { contactsWords as words } from "./words";
import "../../styles/contacts.css";
import "../../styles/picking.css";

const ContactDialog = lazy(() => import("./contact-dialog"));

/** Long enough to finish a word. */
const TYPING_MS = 300;

/** /contacts?search=&consent=&tag=&new= */
export default function ContactsPage(): JSX.Element {
  return <Permitted permission="messages.read"><Contacts /></Permitted>;
}

type Shelf = Pages<ContactsView, ContactItem>;

function Contacts(): JSX.Element {
  const shop = useShop();
  const at = useLocation();
  const navigate = useNavigate();
  const filters = createMemo(() => readContactFilters(at.query));
  const question = createMemo(() => JSON.stringify(questionOf(filters())));
  const pages = createPages<ContactsView, ContactItem>({
    key: () => `contacts ${question()}`, ask: (after) => contactsApi.contacts({ ...questionOf(filters()), ...(after === undefined ? {} : { after }) }),
    pageOf: ({ contacts, next }) => ({ rows: contacts, next }), idOf: ({ id }) => id,
  });
  const isAdding = () => at.query["new"] !== undefined && shop.may("messages.send");
  const go = (change: Partial<ContactFilters>, isTyped = false) => navigate(contactsAddress(filters(), change), { scroll: false, replace: isTyped });
  const isEmpty = () => pages.rows().length === 0 && !isFiltered(filters());
  return (
    <Page title={words.title} about={words.about} actions={<Actions onAdd={() => navigate("/contacts?new=1", { scroll: false })} />}>
      <Loaded live={pages.live} skeleton={<><Bars count={2} /><Bars count={6} tall /></>}>
        {() => <Show when={!isEmpty()} fallback={<Nothing />}><Tools filters={filters()} onGo={go} /><Results pages={pages} /></Show>}
      </Loaded>
      <Suspense><Show when={isAdding()}><ContactDialog contact={null} onSaved={(contact) => navigate(`/contacts/${contact.id}`)} onClose={() => navigate(contactsAddress(filters()), { scroll: false, replace: true })} /></Show></Suspense>
    </Page>
  );
}

function Actions(props: { onAdd: () => void }): JSX.Element {
  const shop = useShop();
  return (
    <>
      <Show when={shop.may("messages.manage")}>
        <a class="button" href="/contacts/import">{words.import}</a>
        <a class="button" href="/api/contacts/export" rel="external" download="contacts.csv">{words.export}</a>
      </Show>
      <Act permission="messages.send" isPrimary onPress={() => props.onAdd()}>{words.add}</Act>
    </>
  );
}

function Tools(props: { filters: ContactFilters; onGo: (change: Partial<ContactFilters>, isTyped?: boolean) => void }): JSX.Element {
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  // What comes from elsewhere ("Show all", back) is shown; what is being typed is left alone.
  createEffect(on(() => props.filters.search, (text) => {
    if (input !== undefined && input.value.trim() !== text) input.value = text;
  }));
  const typed = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => props.onGo({ search: text.trim() }, true), TYPING_MS);
  };
  return (
    <form class="contact-tools" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>{words.search}</span>
        <input type="search" ref={(made) => (input = made)} value={props.filters.search} maxlength="80" autocomplete="off" placeholder={words.searchHint} onInput={(event) => typed(event.currentTarget.value)} />
      </label>
      <label>
        <span>{words.consent}</span>
        <select onChange={(event) => props.onGo({ consent: STATES.find((state) => state === event.currentTarget.value) ?? null })}>
          <option value="" selected={props.filters.consent === null}>{words.anyConsent}</option>
          <For each={STATES}>{(state) => <option value={state} selected={props.filters.consent === state}>{consentStates[state].word}</option>}</For>
        </select>
      </label>
      <Show when={isFiltered(props.filters)}>
        <div class="chip-row">
          <Show when={props.filters.tag !== ""}><span class="chip" aria-current="true">{words.onlyTag(props.filters.tag)}</span></Show>
          <a class="chip" href="/contacts" noScroll>{words.clear}</a>
        </div>
      </Show>
    </form>
  );
}

function Results(props: { pages: Shelf }): JSX.Element {
  let results: HTMLDivElement | undefined;
  const rows = () => props.pages.rows();
  const more = async () => {
    const before = rows().length;
    await props.pages.more();
    // Reading goes on at the first of the new ones; the button may be gone.
    results?.querySelectorAll<HTMLElement>("th > a")[before]?.focus();
  };
  return (
    <div ref={(made) => (results = made)}>
      <p class="small found" role="status">{rows().length === 0 ? words.none : words.found(rows().length, props.pages.hasMore())}</p>
      <Show when={rows().length > 0}><Table rows={rows()} /></Show>
      <Show when={props.pages.trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void props.pages.more()} />}</Show>
      <Show when={props.pages.hasMore()}>
        <p class="buttons"><button type="button" class="button" aria-disabled={props.pages.isLoadingMore() ? "true" : undefined} onClick={() => void more()}>{props.pages.isLoadingMore() ? words.moreBusy : words.more}</button></p>
      </Show>
    </div>
  );
}

function Table(props: { rows: readonly ContactItem[] }): JSX.Element {
  return (
    <div class="card flush">
      <table class="ledger contacts-table">
        <caption class="unseen">{words.list}</caption>
        <thead><tr><th scope="col">{words.columns.name}</th><th scope="col">{words.columns.text}</th><th scope="col">{words.columns.email}</th><th scope="col">{words.columns.tags}</th></tr></thead>
        <tbody><ById items={props.rows}>{(one) => <Row contact={one} />}</ById></tbody>
      </table>
    </div>
  );
}

function Row(props: { contact: Accessor<ContactItem> }): JSX.Element {
  const one = () => props.contact();
  return (
    <tr>
      <th scope="row"><a href={`/contacts/${one().id}`}>{nameOf(one())}</a></th>
      <td><Show when={one().consent.text} fallback={<span class="small no-address">{words.noAddress}</span>}>{(consent) => <>{one().phoneText} <ConsentMark consent={consent()} withDate /></>}</Show></td>
      <td><Show when={one().consent.email} fallback={<span class="small no-address">{words.noAddress}</span>}>{(consent) => <>{one().email} <ConsentMark consent={consent()} withDate /></>}</Show></td>
      <td><span class="tags"><For each={one().tags}>{(tag) => <a class="tag" href={contactsAddress({ search: "", consent: null, tag })}>{tag}</a>}</For></span></td>
    </tr>
  );
}

/** Without a number nobody can text: that is said, too. */
function Nothing(): JSX.Element {
  const shop = useShop();
  const line = createLive({ key: () => (shop.may("messages.manage") ? "texting" : null), ask: lineApi.line });
  return (
    <div class="notice" data-tone="quiet">
      <h2>{words.emptyTitle}</h2>
      <p>{shop.may("messages.send") ? words.emptyText : words.emptyViewer}</p>
      <Show when={line.value()?.line === null}><p>{words.noNumber}</p><p><a class="button" href="/texting">{words.setUpNumber}</a></p></Show>
    </div>
  );
}
