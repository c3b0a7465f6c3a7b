/** Erases a contact for good, once a word is typed. What they said of being written to goes on to count. */
import type { JSX } from "solid-js";
import type { ContactView } from "../../../../src/features/contacts/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, type Values } from "../../ui/form";
import { formWords } from "../../words";
import { contactsApi } from "./contacts-api";
import { nameOf } from "./names";
import { eraseWords as words } from "./words";

/** `onErased` with the name that they had, once it is gone. */
export default function EraseDialog(props: { contact: ContactView; onErased: (name: string) => void; onClose: () => void }): JSX.Element {
  const form = createForm();
  const name = nameOf(props.contact);
  const erase = (value: Values) => {
    const isTyped = value("word").trim().toLowerCase() === words.word;
    void form.send(isTyped ? [] : [{ field: "word", text: words.wrong(words.word) }], () => contactsApi.erase(props.contact.id, props.contact.version), () => props.onErased(name));
  };
  return (
    <Dialog title={words.title(name)} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <p class="stays">{words.stays}</p>
      <FormBox form={form} submit={words.submit} onSubmit={erase} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Field form={form} name="word" label={words.label(words.word)} autocomplete="off" />
      </FormBox>
    </Dialog>
  );
}
