/** Finds a contact while somebody types, and lets them choose one. */
import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import type { ContactItem } from "../../../../src/features/contacts/contract";
import { createLive } from "../../ui/live";
import { contactsApi } from "./contacts-api";
import { nameOf } from "./names";
import { mergeWords as words } from "./words";

const TYPING_MS = 300;
const MOST_OFFERED = 8;

type FinderProps = {
  ids: { id: string; wrong: boolean; about: string | undefined };
  /** Contacts who are not offered. */
  not: readonly string[];
  chosen: string | null;
  /** Offers nobody until something is typed, and is empty again once somebody was chosen: for choosing several. */
  waits?: boolean;
  onChoose: (one: ContactItem) => void;
};

/** A field, and below it whoever is like what stands in it. */
export function Finder(props: FinderProps): JSX.Element {
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const [search, setSearch] = createSignal("");
  const isWaiting = () => props.waits === true && search() === "";
  const live = createLive({ key: () => (isWaiting() ? null : `find ${search()}`), ask: () => contactsApi.contacts(search() === "" ? {} : { search: search() }) });
  const offered = () => (live.value()?.contacts ?? []).filter(({ id }) => !props.not.includes(id)).slice(0, MOST_OFFERED);
  const typed = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => setSearch(text.trim()), TYPING_MS);
  };
  const choose = (one: ContactItem) => {
    props.onChoose(one);
    if (props.waits !== true || input === undefined) return;
    input.value = "";
    setSearch("");
    input.focus();
  };
  return (
    <>
      <input ref={(made) => (input = made)} id={props.ids.id} type="search" maxlength="80" autocomplete="off" aria-invalid={props.ids.wrong ? "true" : undefined} aria-describedby={props.ids.about} onInput={(event) => typed(event.currentTarget.value)} />
      <Show when={offered().length > 0} fallback={<p class="small" role="status">{live.value() === undefined ? "" : words.none}</p>}>
        <ul class="pick-list">
          <For each={offered()}>{(one) => <li><button type="button" aria-pressed={props.chosen === one.id ? "true" : "false"} onClick={() => choose(one)}><b>{nameOf(one)}</b><small>{[one.phoneText, one.email].filter((address) => address !== null).join(" · ")}</small></button></li>}</For>
        </ul>
      </Show>
    </>
  );
}
