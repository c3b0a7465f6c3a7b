/** Makes one contact of two that are one person. */
import { createSignal, Show, type JSX } from "solid-js";
import type { ContactItem, ContactView } from "../../../../src/features/contacts/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, Labelled } from "../../ui/form";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { contactsApi } from "./contacts-api";
import { Finder } from "./finder";
import { nameOf } from "./names";
import { mergeWords as words } from "./words";

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
          {(ids) => <Finder ids={ids} not={[props.contact.id]} chosen={other()?.id ?? null} onChoose={setOther} />}
        </Labelled>
        <p role="status"><Show when={other()}>{(one) => words.into(nameOf(one()), nameOf(props.contact))}</Show></p>
      </FormBox>
    </Dialog>
  );
}
