/** Chooses documents that a message leads to, each by a link of its own. */
import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import type { MessageView } from "../../../../src/features/messages/contract";
import { Dialog } from "../../ui/dialog";
import { createLive } from "../../ui/live";
import { Bars, Loaded } from "../../ui/states";
import { formWords } from "../../words";
import { documentsApi } from "../documents/documents-api";
import { kindWords, subjectInWords } from "../documents/words";
import { mayBePicture, MOST_DOCUMENTS } from "./before-sending";
import type { Enclosed } from "./draft";
import { pickWords as words } from "./words";

type Props = { channel: MessageView["channel"]; enclosed: readonly Enclosed[]; onPick: (documents: readonly Enclosed[]) => void; onClose: () => void };

const TYPING_MS = 300;

/** One at a time; what is there already cannot be chosen twice. */
export default function PickDocument(props: Props): JSX.Element {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const [search, setSearch] = createSignal("");
  const [chosen, setChosen] = createSignal<DocumentItem | null>(null);
  const live = createLive({ key: () => `pick-document ${search()}`, ask: () => documentsApi.list(search() === "" ? {} : { search: search() }) });
  const offered = () => (live.value()?.documents ?? []).filter(({ id }) => !props.enclosed.some(({ document }) => document === id));
  const typed = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => setSearch(text.trim()), TYPING_MS);
  };
  const add = (one: DocumentItem, as: Enclosed["as"]) => props.onPick([...props.enclosed, { document: one.id, as, title: one.title }]);
  return (
    <Dialog title={words.documents} onClose={() => props.onClose()}>
      <p class="small">{words.documentsAbout} {words.most(MOST_DOCUMENTS)}</p>
      <label class="unseen" for="pick-document">{words.findDocument}</label>
      <input id="pick-document" type="search" maxlength="80" autocomplete="off" placeholder={words.findDocument} onInput={(event) => typed(event.currentTarget.value)} />
      <Loaded live={live} skeleton={<Bars count={4} tall />}>
        {() => (
          <Show when={offered().length > 0} fallback={<p class="nothing" role="status">{words.noDocuments}</p>}>
            <ul class="pick-list">
              <For each={offered()}>{(one) => <li><button type="button" aria-pressed={chosen()?.id === one.id ? "true" : "false"} onClick={() => setChosen(one)}><b>{one.title}</b><small>{kindWords[one.kind]} · {subjectInWords(one)}</small></button></li>}</For>
            </ul>
          </Show>
        )}
      </Loaded>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>
        <Show when={props.enclosed.length < MOST_DOCUMENTS ? chosen() : null}>
          {(one) => (
            <>
              <Show when={props.channel === "text" && mayBePicture(one())}><button type="button" class="button" onClick={() => add(one(), "picture")}>{words.asPicture}</button></Show>
              <button type="button" class="button primary" onClick={() => add(one(), "link")}>{words.asLink}</button>
            </>
          )}
        </Show>
      </div>
    </Dialog>
  );
}
