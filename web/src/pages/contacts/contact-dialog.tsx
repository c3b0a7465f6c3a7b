/** Adds a contact, or changes what is said of one. Whoever changed it meanwhile is never overwritten. */
import { Show, type JSX } from "solid-js";
import type { ContactView, Description } from "../../../../src/features/contacts/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, Labelled, type FormProblem, type Values } from "../../ui/form";
import { newKey } from "../../ui/new-key";
import { announce } from "../../ui/toast";
import { formWords as shared } from "../../words";
import { contactsApi } from "./contacts-api";
import { nameOf } from "./names";
import { formWords as words } from "./words";

type Props = { contact: ContactView | null; onSaved: (contact: ContactView) => void; onClose: () => void; onStale?: () => void };

/** `contact` null adds one: pressed twice, or sent again after a lost answer, it is still one. */
export default function ContactDialog(props: Props): JSX.Element {
  const form = createForm();
  const key = newKey();
  // What the form was opened on stays, while the page may learn of something newer.
  const known = props.contact;
  const save = (value: Values) => {
    const said = descriptionFrom(value);
    void form.send(problemsOf(said), () => (known === null ? contactsApi.add({ ...said, key }) : contactsApi.change(known.id, { ...said, version: known.version })), ({ contact }) => {
      announce(known === null ? words.added(nameOf(contact)) : words.saved);
      props.onSaved(contact);
    });
  };
  const isStale = () => known !== null && form.trouble()?.kind === "conflict" && props.onStale !== undefined;
  return (
    <Dialog title={known === null ? words.addTitle : words.changeTitle} onClose={() => props.onClose()}>
      <FormBox
        form={form} submit={known === null ? words.add : words.save} onSubmit={save}
        beside={
          <>
            <button type="button" class="button" onClick={() => props.onClose()}>{shared.cancel}</button>
            <Show when={isStale()}><button type="button" class="button" onClick={() => props.onStale?.()}>{words.reload}</button></Show>
          </>
        }
      >
        <Field form={form} name="name" label={words.name} autocomplete="off" value={known?.name} />
        <Field form={form} name="phone" label={words.phone} hint={words.phoneHint} autocomplete="off" value={known?.phoneText ?? undefined} />
        <Field form={form} name="email" label={words.email} type="email" inputmode="email" autocomplete="off" value={known?.email ?? undefined} />
        <Field form={form} name="tags" label={words.tags} hint={words.tagsHint} autocomplete="off" value={known?.tags.join(", ")} />
        <Field form={form} name="zone" label={words.zone} hint={words.zoneHint} autocomplete="off" value={known?.zone ?? undefined} />
        <Labelled form={form} name="note" label={words.note} hint={words.noteHint}>
          {(ids) => <textarea id={ids.id} name="note" rows="3" maxlength="1000" aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about}>{known?.note ?? ""}</textarea>}
        </Labelled>
        <Show when={known === null}><p class="small">{words.consentNext}</p></Show>
      </FormBox>
    </Dialog>
  );
}

function descriptionFrom(value: Values): Description {
  const orNull = (field: string) => value(field).trim() || null;
  return {
    name: value("name").trim(), phone: orNull("phone"), email: orNull("email"), zone: orNull("zone"), note: value("note").replaceAll("\r\n", "\n").trim(),
    tags: [...new Set(value("tags").split(",").map((tag) => tag.trim()).filter((tag) => tag !== ""))],
  };
}

/** What counts as a number or an address is the server's to say. */
function problemsOf({ phone, email }: Description): FormProblem[] {
  return phone === null && email === null ? [{ field: "phone", text: words.noAddress }] : [];
}
