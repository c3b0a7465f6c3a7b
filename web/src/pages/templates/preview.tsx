/** Words as they will read, a moment after they are typed; what they cost, and what speaks against them. */
import { createEffect, createSignal, For, on, onCleanup, Show, type JSX } from "solid-js";
import type { ContactItem } from "../../../../src/features/contacts/contract";
import type { PreviewView, TemplateChange } from "../../../../src/features/messages/contract";
import type { Trouble } from "../../ask";
import { useShop } from "../../ui/shop";
import { Finder } from "../contacts/finder";
import { nameOf } from "../contacts/names";
import { costOf } from "../inbox/before-sending";
import { templatesApi } from "../inbox/templates-api";
import { composerWords } from "../inbox/words";
import { trimmed } from "./drafts";
import { previewWords as words } from "./words";

const TYPING_MS = 350;

/** What stands there stays until what is newer is known: nothing flickers while somebody types. */
function createPreview(draft: () => TemplateChange, contact: () => string | null) {
  const [view, setView] = createSignal<PreviewView>();
  const [trouble, setTrouble] = createSignal<Trouble>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const ask = async () => {
    const mine = ++turn;
    const { channel, subject, body } = trimmed(draft());
    if (body === "") {
      setView(undefined);
      return;
    }
    const answer = await templatesApi.preview({ channel, subject, body, contact: contact(), link: "", certificate: "" });
    if (mine !== turn) return;
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) setView(answer.value);
  };
  createEffect(on([() => JSON.stringify(trimmed(draft())), contact], (_, before) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), before === undefined ? 0 : TYPING_MS);
  }));
  onCleanup(() => {
    turn += 1;
    clearTimeout(timer);
  });
  return { view, trouble };
}

/** Beside the form. */
export function Preview(props: { draft: TemplateChange }): JSX.Element {
  const shop = useShop();
  const [contact, setContact] = createSignal<ContactItem | null>(null);
  const preview = createPreview(() => props.draft, () => contact()?.id ?? null);
  return (
    <section class="template-preview">
      <h2>{words.title}</h2>
      <p class="small">{words.to}: {contact() === null ? words.somebody : nameOf(contact() ?? { name: "", phoneText: null, email: null })}</p>
      <Show when={preview.trouble()}>{(trouble) => <p class="wrong" role="alert">{trouble().title}</p>}</Show>
      <Show when={preview.view()} fallback={<p class="small">{words.empty}</p>}>{(view) => <Read view={view()} isText={props.draft.channel === "text"} />}</Show>
      <Show when={shop.may("messages.read")}>
        <details class="choose-reader">
          <summary>{words.choose}</summary>
          <label class="unseen" for="template-reader">{words.choose}</label>
          <Finder ids={{ id: "template-reader", wrong: false, about: undefined }} not={[]} chosen={contact()?.id ?? null} onChoose={setContact} />
          <Show when={contact() !== null}><button type="button" class="plain small" onClick={() => setContact(null)}>{words.somebody}</button></Show>
        </details>
      </Show>
    </section>
  );
}

function Read(props: { view: PreviewView; isText: boolean }): JSX.Element {
  const view = () => props.view;
  return (
    <div role="status">
      <div class="text-sample"><Show when={view().subject !== ""}><b>{view().subject}</b><br /></Show>{view().body}</div>
      <p class="small">{props.isText ? `${composerWords.counted(view().characters, view().segments, costOf(1, view().costMicros ?? 0))} · ${words.free(view().left)}` : words.email}</p>
      <Show when={view().missing.length > 0}><p class="small">{words.missing(view().missing.join(", "))}</p></Show>
      <For each={view().warnings}>{(warning) => <p class="warning" data-tone="held"><span class="mark" aria-hidden="true">◐ </span>{warning.message}</p>}</For>
    </div>
  );
}
