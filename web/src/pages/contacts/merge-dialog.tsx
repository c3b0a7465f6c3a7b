/** Makes one contact of two that are one person. */
import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import type { ContactItem, ContactView } from "../../../../src/features/contacts/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, Labelled } from "../../ui/form";
import { createLive } from "../../ui/live";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { contactsApi } from "./contacts-api";
import { nameOf } from "./names";
import { mergeWords as words } from "./words";

const TYPING_MS = 300;
const MOST_OFFERED = 8;

/** The one that the page shows stays. */
export default function MergeDialog(props: { contact: ContactView; onMerged: () => void; onClose: () => void }): JSX.Element {
  const form = createForm();
  const [other, setOther] = createSignal<ContactItem | null>(null);
  const merge = () => {
    const from = other();
    const missing = from === null ? [{ field: "find", text: words.noOther }] : [];
    void form.send(missing, () => contactsApi.merge(props.contact.id, { from: from?.id ?? "", fromVersion: from?.version ?? 1, version: props.contact.version }), () => {
      announce(words.done);
      props.onMerged();
    });
  };
  return (
    <Dialog title={words.title(nameOf(props.contact))} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <FormBox form={form} submit={words.submit} onSubmit={merge} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Labelled form={form} name="find" label={words.find}>
          {(ids) => <Finder ids={ids} not={props.contact.id} chosen={other()} onChoose={setOther} />}
        </Labelled>
        <p role="status"><Show when={other()}>{(one) => words.into(nameOf(one()), nameOf(props.contact))}</Show></p>
      </FormBox>
    </Dialog>
  );
}

type FinderProps = { ids: { id: string; wrong: boolean; about: string | undefined }; not: string; chosen: ContactItem | null; onChoose: (one: ContactItem) => void };

function Finder(props: FinderProps): JSX.Element {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const [search, setSearch] = createSignal("");
  const live = createLive({ key: () => `merge ${search()}`, ask: () => contactsApi.contacts(search() === "" ? {} : { search: search() }) });
  const offered = () => (live.value()?.contacts ?? []).filter(({ id }) => id !== props.not).slice(0, MOST_OFFERED);
  const typed = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => setSearch(text.trim()), TYPING_MS);
  };
  return (
    <>
      <input id={props.ids.id} type="search" maxlength="80" autocomplete="off" aria-invalid={props.ids.wrong ? "true" : undefined} aria-describedby={props.ids.about} onInput={(event) => typed(event.currentTarget.value)} />
      <Show when={offered().length > 0} fallback={<p class="small" role="status">{live.value() === undefined ? "" : words.none}</p>}>
        <ul class="pick-list">
          <For each={offered()}>{(one) => <li><button type="button" aria-pressed={props.chosen?.id === one.id ? "true" : "false"} onClick={() => props.onChoose(one)}><b>{nameOf(one)}</b><small>{[one.phoneText, one.email].filter((address) => address !== null).join(" · ")}</small></button></li>}</For>
        </ul>
      </Show>
    </>
  );
}
