/** Puts new content in the place of a document's old one. */
import { createSignal, onCleanup, Show, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import type { Trouble } from "../../ask";
import { Dialog } from "../../ui/dialog";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { makesSmaller } from "./choice";
import { replaceWords as words } from "./document-words";
import { documentsApi } from "./documents-api";
import { ACCEPTED } from "./filing";
import { prepare } from "./prepare";
import { LARGEST_UPLOAD_BYTES } from "./sizes";

const local = (title: string, next: string): Trouble => ({ kind: "invalid_input", title, next, fields: [], reference: "" });

/** Closing it while the file is on its way stops it: then nothing is changed. */
export default function ReplaceDialog(props: { document: DocumentItem; onReplaced: () => void; onClose: () => void }): JSX.Element {
  let input: HTMLInputElement | undefined;
  const [part, setPart] = createSignal<number | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const stop = new AbortController();
  onCleanup(() => stop.abort());
  const replace = async (file: File): Promise<Trouble | undefined> => {
    const { id, version } = props.document;
    if (file.size > LARGEST_UPLOAD_BYTES) return local(words.tooLarge, words.tooLargeNext);
    const prepared = await prepare(file, makesSmaller()).catch(() => null);
    if (prepared?.checksum === null || prepared?.checksum === undefined) return local(words.unreadable, words.unreadableNext);
    const onProgress = (sentBytes: number) => setPart(Math.min(1, sentBytes / prepared.body.size));
    const answer = await documentsApi.replace(id, prepared.body, { name: prepared.name, checksum: prepared.checksum, version }, { signal: stop.signal, onProgress });
    if (!answer.ok) return answer.failure;
    if (prepared.thumbnail !== null) await documentsApi.setThumbnail(id, answer.value.document.version, prepared.thumbnail, { signal: stop.signal, onProgress: () => undefined });
    return undefined;
  };
  const chosen = async (file: File | undefined) => {
    if (file === undefined || part() !== null) return;
    setPart(0);
    const failure = await replace(file);
    if (stop.signal.aborted) return;
    setPart(null);
    setTrouble(failure);
    if (failure !== undefined) return;
    announce(words.done);
    props.onReplaced();
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <Show when={trouble()}>{(failure) => <Problem trouble={failure()} />}</Show>
      <div role="status"><Show when={part() !== null}><p>{words.sending(part() ?? 0)}</p></Show></div>
      <Show when={part() !== null}><progress max="1" value={part() ?? 0} aria-label={words.progress} /></Show>
      <input ref={(made) => (input = made)} type="file" hidden accept={ACCEPTED} onChange={(event) => { void chosen(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>
        <button type="button" class="button primary" autofocus aria-disabled={part() === null ? undefined : "true"} onClick={() => part() === null && input?.click()}>{words.choose}</button>
      </div>
    </Dialog>
  );
}
