/** Asks for the name of a passkey. */
import type { JSX } from "solid-js";
import type { Answer } from "../../ask";
import { formWords } from "../../words";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox } from "../../ui/form";
import { securityWords as words } from "./words";

type NameDialogProps<T> = { title: string; submit: string; value: string; act: (name: string) => Promise<Answer<T>>; onDone: (value: T) => void; onClose: () => void };

/** `onDone` with what the act gave, once it worked. */
export function NameDialog<T>(props: NameDialogProps<T>): JSX.Element {
  const form = createForm();
  const save = (typed: string) => {
    const name = typed.trim();
    return form.send(name === "" ? [{ field: "name", text: words.passkeyNameMissing }] : [], () => props.act(name), (value) => props.onDone(value));
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <FormBox
        form={form} submit={props.submit} onSubmit={(value) => void save(value("name"))}
        beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}
      >
        <Field form={form} name="name" label={words.passkeyName} hint={words.passkeyNameHint} autocomplete="off" value={props.value} />
      </FormBox>
    </Dialog>
  );
}
