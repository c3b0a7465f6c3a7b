/** Changes what is said of a document. Whoever changed it meanwhile is never overwritten. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { Description, DocumentItem, SubjectKind } from "../../../../src/features/documents/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, Labelled, type Form, type Values } from "../../ui/form";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { descriptionFrom, problemsOf } from "./description";
import { detailsWords as words } from "./document-words";
import { documentsApi } from "./documents-api";
import { kindWords, subjectKindWords } from "./words";

type Props = { document: DocumentItem; onSaved: () => void; onStale: () => void; onClose: () => void };

/** The form begins with what was shown; `onStale` asks anew what is there. */
export default function DetailsDialog(props: Props): JSX.Element {
  const form = createForm();
  // What the form was opened on stays, while the page may learn of something newer.
  const { id, changedAt } = props.document;
  const save = (value: Values) => {
    const description: Description = descriptionFrom(value);
    void form.send(problemsOf(description), async () => await documentsApi.describe(id, { ...description, changedAt }), () => {
      announce(words.saved);
      props.onSaved();
    });
  };
  const isStale = () => form.trouble()?.kind === "conflict";
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <FormBox
        form={form} submit={words.save} onSubmit={save}
        beside={
          <>
            <button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>
            <Show when={isStale()}><button type="button" class="button" onClick={() => { props.onStale(); props.onClose(); }}>{words.reload}</button></Show>
          </>
        }
      >
        <Field form={form} name="title" label={words.name} autocomplete="off" value={props.document.title} />
        <Choice form={form} name="kind" label={words.kind} options={{ photo: kindWords.photo, warranty: kindWords.warranty, other: kindWords.other }} chosen={props.document.kind} />
        <About form={form} document={props.document} />
        <Field form={form} name="tags" label={words.tags} hint={words.tagsHint} autocomplete="off" value={props.document.tags.join(", ")} />
        <div class="fields two">
          <DateField form={form} name="issuedOn" label={words.issuedOn} value={props.document.issuedOn} />
          <DateField form={form} name="expiresOn" label={words.expiresOn} value={props.document.expiresOn} />
        </div>
      </FormBox>
    </Dialog>
  );
}

function About(props: { form: Form; document: DocumentItem }): JSX.Element {
  const shop = useShop();
  const [kind, setKind] = createSignal<string>(props.document.subjectKind);
  // What is about a day holds figures: whoever may not see days could not find it again.
  const subjects = () => Object.fromEntries(Object.entries(subjectKindWords).filter(([one]) => one !== "day" || shop.may("days.read")));
  return (
    <>
      <Choice form={props.form} name="subjectKind" label={words.about} options={subjects()} chosen={kind()} onChange={setKind} />
      <Show when={kind() !== ("shop" satisfies SubjectKind)}><Field form={props.form} name="subject" label={words.subject} hint={words.subjectHint} autocomplete="off" value={props.document.subject} /></Show>
    </>
  );
}

type ChoiceProps = { form: Form; name: string; label: string; options: Readonly<Record<string, string>>; chosen: string; onChange?: (value: string) => void };

function Choice(props: ChoiceProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label}>
      {(ids) => (
        <select id={ids.id} name={props.name} aria-describedby={ids.about} onChange={(event) => props.onChange?.(event.currentTarget.value)}>
          <For each={Object.entries(props.options)}>{([value, word]) => <option value={value} selected={value === props.chosen}>{word}</option>}</For>
        </select>
      )}
    </Labelled>
  );
}

function DateField(props: { form: Form; name: string; label: string; value: string | null }): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label}>
      {(ids) => <input id={ids.id} name={props.name} type="date" value={props.value ?? ""} aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} />}
    </Labelled>
  );
}
