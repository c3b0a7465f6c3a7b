/** The conversations as a list that the keyboard walks. */
import { createEffect, For, on, onCleanup, onMount, Show, type Accessor, type JSX } from "solid-js";
import type { ThreadItem } from "../../../../src/features/messages/contract";
import { ById } from "../../ui/by-id";
import { singleKeys } from "../../ui/choices";
import { dateIn, shortDate, timeIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Problem } from "../../ui/states";
import type { Conversations } from "./controller";
import { FOLDERS, inboxAddress, type InboxFilters } from "./filters";
import { stepOf } from "./keys";
import { folderWords, inboxWords as words } from "./words";

/** Long enough to finish a word. */
const TYPING_MS = 300;

type Props = { conversations: Conversations; filters: InboxFilters; open: string | null; onFilter: (change: Partial<InboxFilters>) => void };

/** J and K, or the arrows from within it, walk down and up; Enter opens, as it does on any link. */
export function ConversationList(props: Props): JSX.Element {
  let list: HTMLElement | undefined;
  const rows = () => props.conversations.rows().map((row) => ({ ...row, id: row.contact }));
  const onKey = (event: KeyboardEvent) => {
    const step = stepOf(event, { list, hasSingleKeys: singleKeys() });
    if (step === 0) return;
    event.preventDefault();
    const links = [...(list?.querySelectorAll<HTMLAnchorElement>("a.conversation") ?? [])];
    const current = links.findIndex((link) => link === document.activeElement);
    const start = current === -1 ? links.findIndex((link) => link.hasAttribute("aria-current")) : current;
    links[start === -1 ? 0 : Math.min(links.length - 1, Math.max(0, start + step))]?.focus();
  };
  // Back from a conversation on a small screen: reading goes on at the one that was open.
  createEffect(on(() => props.open, (now, before) => {
    if (now === null && typeof before === "string" && (document.activeElement === null || document.activeElement === document.body)) focusConversation(list, before);
  }, { defer: true }));
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  return (
    <section class="inbox-list" aria-label={words.list} ref={(made) => (list = made)}>
      <Search search={props.filters.search} onSearch={(search) => props.onFilter({ search })} />
      <nav class="chips" aria-label={words.folders}>
        <For each={FOLDERS}>{(folder) => <a class="chip" href={inboxAddress({ ...props.filters, folder }, props.open)} aria-current={props.filters.folder === folder ? "true" : undefined} noScroll>{folderWords[folder]}</a>}</For>
      </nav>
      <Show when={rows().length > 0} fallback={<p class="nothing" role="status">{props.filters.search === "" ? words.none[props.filters.folder] : words.noneFound(props.filters.search)}</p>}>
        <ul class="conversations"><ById items={rows()}>{(row) => <li><Conversation thread={row} filters={props.filters} isOpen={props.open === row().contact} /></li>}</ById>
          <More conversations={props.conversations} />
        </ul>
      </Show>
    </section>
  );
}

function focusConversation(list: HTMLElement | undefined, contact: string): void {
  const found = [...(list?.querySelectorAll<HTMLAnchorElement>("a.conversation") ?? [])].find((link) => link.pathname === `/inbox/${contact}`);
  queueMicrotask(() => found?.focus());
}

function More(props: { conversations: Conversations }): JSX.Element {
  return (
    <Show when={props.conversations.hasMore()}>
      <li class="center">
        <Show when={props.conversations.trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
        <p class="buttons center"><button type="button" class="button" aria-disabled={props.conversations.isLoadingMore() ? "true" : undefined} onClick={() => void props.conversations.more()}>{props.conversations.isLoadingMore() ? words.moreBusy : words.more}</button></p>
      </li>
    </Show>
  );
}

function Conversation(props: { thread: Accessor<ThreadItem>; filters: InboxFilters; isOpen: boolean }): JSX.Element {
  const shop = useShop();
  const one = () => props.thread();
  const when = () => {
    const date = dateIn(shop.view().zone, one().lastAt);
    return date === dateIn(shop.view().zone, Date.now()) ? timeIn(shop.view().zone, one().lastAt) : shortDate(date);
  };
  const whose = () => (one().assignedTo?.isYou === true ? words.mine : (one().assignedTo?.name ?? ""));
  return (
    <a class="conversation" href={inboxAddress(props.filters, one().contact)} aria-current={props.isOpen ? "true" : undefined} data-unread={one().unreadCount > 0 ? "" : undefined} noScroll>
      <b>{one().name === "" ? one().address : one().name}</b>
      <Show when={one().unreadCount > 0} fallback={<span class="when">{when()}</span>}>
        <span class="unread"><span aria-hidden="true">{one().unreadCount}</span><span class="unseen">{words.unread(one().unreadCount)}</span></span>
      </Show>
      <span class="said">{one().lastDirection === "out" ? words.shop : ""}{one().lastWords}</span>
      <span class="facts-line"><Show when={one().unreadCount > 0}><span>{when()}</span></Show><Show when={whose() !== ""}><span>{whose()}</span></Show><Show when={one().doneAt !== null}><span>{words.done}</span></Show></span>
    </a>
  );
}

function Search(props: { search: string; onSearch: (search: string) => void }): JSX.Element {
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  // What comes from elsewhere (back, a chip) is shown; what is being typed is left alone.
  createEffect(on(() => props.search, (text) => {
    if (input !== undefined && input.value.trim() !== text) input.value = text;
  }));
  const typed = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => props.onSearch(text.trim()), TYPING_MS);
  };
  return (
    <search>
      <label class="unseen" for="find-conversation">{words.find}</label>
      <input id="find-conversation" ref={(made) => (input = made)} type="search" maxlength="80" autocomplete="off" placeholder={words.find} value={props.search} onInput={(event) => typed(event.currentTarget.value)} />
    </search>
  );
}
