/** Removes a document for good, once a word is typed: there is no way back. */
import type { JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, type Values } from "../../ui/form";
import { formWords } from "../../words";
import { removeWords as words } from "./document-words";
import { documentsApi } from "./documents-api";

/** `onRemoved` once it is gone. */
export default function RemoveDialog(props: { document: DocumentItem; onRemoved: () => void; onClose: () => void }): JSX.Element {
  const form = createForm();
  const remove = (value: Values) => {
    const isTyped = value("word").trim().toLowerCase() === words.word;
    void form.send(isTyped ? [] : [{ field: "word", text: words.wrong(words.word) }], async () => await documentsApi.remove(props.document.id), () => props.onRemoved());
  };
  return (
    <Dialog title={words.title(props.document.title)} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <FormBox form={form} submit={words.now} onSubmit={remove} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Field form={form} name="word" label={words.label(words.word)} autocomplete="off" />
      </FormBox>
    </Dialog>
  );
}
